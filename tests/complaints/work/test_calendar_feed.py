"""The calendar of an office as a file under a secret address: time, room and an opaque id only."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from complaints.calendar_file import Event, calendar_file
from complaints.services.calendar_feed import issue_feed
from complaints.services.plan_meeting import MeetingPlan, plan_meeting
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene, at, stranger, url

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
