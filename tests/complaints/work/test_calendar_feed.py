"""The calendar of an office as a file under a secret address: time, room and an opaque id only."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from complaints.calendar_file import Event, calendar_file
from complaints.models import PlenaryMeeting
from complaints.selectors.case_calendar import MOST
from complaints.services.calendar_feed import issue_feed
from complaints.services.plan_meeting import MeetingPlan, plan_meeting
from neutrality.accounts.actors import actor_of
from neutrality.ui.dates import say_day
from tests.complaints import factories as make
from tests.complaints.case.scene import (
    FOREIGN,
    NEIGHBOUR,
    PROVINCE,
    Scene,
    at,
    logged_in,
    stranger,
    url,
)

pytestmark = pytest.mark.django_db


def scene_with_appointments():
    scene = Scene()
    session = scene.session().session
    meeting = plan_meeting(
        office=scene.office,
        plan=MeetingPlan(planned_at=make.at(20, 9).now, place="Ruang rapat"),
        actor=scene.actor("chair"),
        clock=make.at(17, 9),
    )
    return scene, session, meeting


def lines_of(answer):
    return answer.content.decode().replace("\r\n ", "").split("\r\n")


def test_a_program_reads_time_room_and_an_opaque_id_and_nothing_else():
    scene, session, meeting = scene_with_appointments()
    token = issue_feed(actor=scene.actor("handler"), clock=make.at(17, 10))
    with at(make.at(18, 9)):
        answer = Client().get(url("calendar_file", token))
    lines = lines_of(answer)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [line for line in lines if line.startswith(("SUMMARY", "DTSTART", "LOCATION"))] == [
        "DTSTART:20250619T020000Z",
        f"SUMMARY:Klarifikasi {session.public_id}",
        "LOCATION:Ruang klarifikasi contoh",
        "DTSTART:20250620T020000Z",
        f"SUMMARY:Rapat pleno {meeting.public_id}",
        "LOCATION:Ruang rapat",
    ]
    said = answer.content.decode()
    for secret in (
        "Lurah",
        scene.matter.title,
        scene.report.receipt_number,
        scene.matter.public_id,
    ):
        assert secret not in said


def test_the_address_is_shown_once_and_the_former_one_ends():
    scene, _session, _meeting = scene_with_appointments()
    with at(make.at(18, 9)):
        browser = scene.client("handler")
        first = token_in(browser.post(url("calendar_feed")))
        second = token_in(browser.post(url("calendar_feed")))
        assert second not in browser.get(url("calendar")).content.decode()
        assert Client().get(url("calendar_file", first)).status_code == 404
        assert Client().get(url("calendar_file", second)).status_code == 200
        assert browser.post(url("calendar_feed_end")).status_code == 302
        assert Client().get(url("calendar_file", second)).status_code == 404


def test_whoever_lost_the_role_reads_an_empty_calendar():
    scene, _session, _meeting = scene_with_appointments()
    token = issue_feed(actor=scene.actor("handler"), clock=make.at(17, 10))
    scene.people["handler"].grants.update(ends_on=datetime(2025, 6, 17, tzinfo=UTC).date())
    with at(make.at(18, 9)):
        answer = Client().get(url("calendar_file", token))
    assert "BEGIN:VEVENT" not in lines_of(answer)


def test_another_office_reads_its_own_appointments():
    scene_with_appointments()
    with at(make.at(18, 9)):
        browser = stranger()
        token = token_in(browser.post(url("calendar_feed")))
        assert "BEGIN:VEVENT" not in lines_of(Client().get(url("calendar_file", token)))


@pytest.mark.parametrize("token", ["x", "0" * 32, "a" * 300, "%00"])
def test_a_guessed_address_finds_nothing(token):
    assert Client().get(url("calendar_file", token)).status_code == 404


def test_long_lines_are_folded_between_characters_and_commas_are_escaped():
    event = Event(
        uid="x",
        title="Rapat",
        place="Ruang Joyoboyo, lantai 2; " + "é" * 60,
        starts_at=make.at(18, 9).now,
        ends_at=make.at(18, 10).now,
    )
    data = calendar_file(name="Kalender", events=[event], made_at=make.at(17, 9).now)
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    unfolded = data.replace(b"\r\n ", b"").decode()
    assert "LOCATION:Ruang Joyoboyo\\, lantai 2\\; " + "é" * 60 in unfolded


def token_in(answer):
    html = answer.content.decode()
    return html.split("/kalender/", 1)[1].split(".ics", 1)[0].split("/")[-1]


def province_calendar(**query):
    browser = logged_in(make.user("Staf provinsi", "handler", office=make.office(PROVINCE)))
    with at(make.at(18, 9)):
        return browser.get(url("calendar"), query)


def test_a_calendar_is_of_the_own_office_until_another_below_is_chosen():
    scene, session, meeting = scene_with_appointments()
    neighbour = make.office(NEIGHBOUR)
    pages = {
        "own": province_calendar(),
        "all": province_calendar(kantor="semua"),
        "one": province_calendar(kantor=str(scene.office.public_id)),
        "other": province_calendar(kantor=str(neighbour.public_id)),
        "far": province_calendar(kantor=str(make.office(FOREIGN).public_id)),
        "nonsense": province_calendar(kantor="%00 x"),
    }
    shown = {name: str(meeting.public_id) in page.content.decode() for name, page in pages.items()}
    assert shown == {
        "own": False,
        "all": True,
        "one": True,
        "other": False,
        "far": False,
        "nonsense": False,
    }
    assert str(session.public_id) in pages["one"].content.decode()
    offered = [key for key, _name in pages["own"].context["offices"]]
    assert str(scene.office.public_id) in offered
    assert str(make.office(FOREIGN).public_id) not in offered


def test_the_feed_of_a_province_holds_its_own_appointments_only():
    scene_with_appointments()
    person = make.user("Staf provinsi", "handler", office=make.office(PROVINCE))
    token = issue_feed(actor=actor_of(user=person, day=make.at().now.date()), clock=make.at(17, 10))
    with at(make.at(18, 9)):
        assert "BEGIN:VEVENT" not in lines_of(Client().get(url("calendar_file", token)))


def test_a_calendar_that_is_cut_says_where():
    scene, _session, _meeting = scene_with_appointments()
    given = {"office": scene.office, "office_path": scene.office.path, "mode": "PRESENT"}
    given |= {"members": 3, "quorum": 2}
    PlenaryMeeting.objects.bulk_create(
        PlenaryMeeting(**given, planned_at=make.at(21, 9).now + timedelta(hours=place))
        for place in range(MOST)
    )
    with at(make.at(18, 9)):
        page = scene.client("handler").get(url("calendar"))
        token = issue_feed(actor=scene.actor("handler"), clock=make.at(18, 9))
        lines = lines_of(Client().get(url("calendar_file", token)))
    last = make.at(21, 9).now + timedelta(hours=MOST - 2)
    assert page.context["until"] == say_day(last.astimezone(scene.office.tz).date())
    assert "Daftar ini berakhir pada" in page.content.decode()
    assert [line for line in lines if "terpotong" in line][-1].startswith("SUMMARY:Kalender")
    assert sum(line.startswith("BEGIN:VEVENT") for line in lines) == MOST + 2
