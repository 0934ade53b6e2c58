"""Online filing is paused: a sentence, an address, and nothing that was begun is lost."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from complaints.models import Draft, FilingPause, Report
from complaints.services.pause_filing import lift_pause, pause_filing
from neutrality.audit.models import AuditRow
from neutrality.casework.refusals import Refused
from neutrality.organisations.models import Office
from tests.complaints import factories as make
from tests.complaints.public.journey import begin, fill

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Kantor kebanjiran; kami buka lagi hari Kamis."
SAID = {"kalimat": WORDS, "kalimat_en": "The office is flooded."}


def pause(code, *, at=(16, 9), until=None):
    office = Office.objects.get(path="RI") if code == "RI" else make.office(code)
    actor = make.actor(f"Ketua {code}", "supervisor", office=office)
    return pause_filing(
        office=office,
        sentence=WORDS,
        sentence_en="The office is flooded.",
        ends_at=until,
        actor=actor,
        clock=make.at(*at),
    )


def text_of(answer):
    return answer.content.decode()


def test_everywhere_no_new_report_can_be_begun_and_the_page_says_why(client):
    pause("RI")
    assert WORDS in text_of(client.get("/lapor/"))
    answer = client.post("/lapor/mulai/", {"cara": "nama"})
    assert (answer.status_code, WORDS in text_of(answer)) == (503, True)
    assert Draft.objects.count() == 0


def test_the_english_page_has_the_english_sentence(client):
    pause("RI")
    client.cookies["django_language"] = "en"
    assert "The office is flooded." in text_of(client.get("/lapor/"))


def test_an_office_is_paused_with_its_address_and_the_draft_stays(client):
    contest = make.contest()
    pause("35", at=(16, 9))
    begin(client)
    fill(client, contest=contest.pk)
    page = text_of(client.get("/lapor/kantor/"))
    assert (WORDS in page, make.office().name in page) == (True, True)
    answer = client.post("/lapor/kirim/", {"benar": "on"})
    assert (answer.status_code, WORDS in text_of(answer)) == (503, True)
    assert Draft.objects.get().state == "OPEN"
    office = make.office("35")
    lift_pause(
        office=office,
        actor=make.actor("Ketua lain", "supervisor", office=office),
        clock=make.at(16, 10),
    )
    assert client.post("/lapor/kirim/", {"benar": "on"}).status_code == 302
    assert Report.objects.count() == 1


def test_who_had_begun_before_may_still_send(client):
    contest = make.contest()
    begin(client)
    fill(client, contest=contest.pk)
    started = Draft.objects.get().started_at
    pause("35.71", at=(16, 11))
    assert started < FilingPause.objects.get().starts_at
    with time_machine.travel(make.at(16, 12).now, tick=True):
        assert client.post("/lapor/kirim/", {"benar": "on"}).status_code == 302


def test_another_office_is_not_paused(client):
    contest = make.contest()
    pause("61.71")
    begin(client)
    fill(client, contest=contest.pk)
    assert client.post("/lapor/kirim/", {"benar": "on"}).status_code == 302


def test_a_pause_ends_by_itself(client):
    end = make.at(16, 9).now + timedelta(hours=2)
    pause("RI", until=end)
    with time_machine.travel(end + timedelta(seconds=61), tick=True):
        assert client.post("/lapor/mulai/", {"cara": "nama"}).status_code == 302


def test_only_the_supervisor_of_the_office_may_pause_it():
    office = make.office("35.71")
    for actor in (
        make.actor("Petugas", "intake", office=office),
        make.actor("Ketua lain", "supervisor", office=make.office("61.71")),
    ):
        with pytest.raises(Refused):
            pause_filing(
                office=office,
                sentence=WORDS,
                sentence_en=WORDS,
                ends_at=None,
                actor=actor,
                clock=make.at(16, 9),
            )


@pytest.fixture
def supervisor(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    browser = Client()
    browser.force_login(make.user("Ketua contoh", "supervisor", office=make.office()))
    return browser


def test_the_switch_is_a_page_and_leaves_a_trace(supervisor):
    url = reverse("staff:office_pause", args=[make.office().public_id])
    assert "Penerimaan daring terbuka" in text_of(supervisor.get(url))
    assert supervisor.post(url, SAID | {"sampai": "2025-06-20T08:00"}).status_code == 302
    assert "Jumat, 20 Juni 2025 pukul 08.00 WIB" in text_of(supervisor.get(url))
    assert supervisor.post(url, SAID).status_code == 302
    assert FilingPause.objects.filter(lifted_at__isnull=True).count() == 1
    assert supervisor.post(url, {"buka": "ya"}).status_code == 302
    assert FilingPause.objects.filter(lifted_at__isnull=True).count() == 0
    traces = AuditRow.objects.filter(subject_kind="filing_pause").order_by("id")
    assert [row.what for row in traces] == ["filing.paused", "filing.paused", "filing.resumed"]


def test_a_pause_cannot_be_over_before_it_begins(supervisor):
    url = reverse("staff:office_pause", args=[make.office().public_id])
    assert supervisor.post(url, SAID | {"sampai": "2025-06-01T08:00"}).status_code == 422
