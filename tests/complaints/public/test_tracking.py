"""A citizen follows a report with its code: status, notice, completion, messages, withdrawal."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from complaints.codes import Verdict
from complaints.models import (
    AccessCode,
    CompletionRequest,
    Delivery,
    Evidence,
    Message,
    Report,
    RequirementCheck,
    Tip,
)
from complaints.selectors.tracking import tracking_page
from complaints.services.codes import replace_code
from complaints.workflow import refusals
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.casework.engine import apply
from neutrality.casework.models import LegalClock
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import read_clock
from tests.complaints import factories
from tests.complaints.public.journey import file_report
from tests.complaints.public.mailboxes import changed_code

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def code(client):
    """The code of a report sent from this browser."""
    return file_report(client, contest=factories.contest().pk)


@pytest.fixture
def followed(client, code):
    """The report of the code, whose mailbox is open in this browser."""
    client.post("/lacak/", {"kode": code.text})
    return Report.objects.get()


def staff(*roles):
    return factories.actor("Petugas contoh", *roles, office=factories.office())


def press(report, action, actor, **data):
    return apply(
        workflow=REPORT,
        action=action,
        subject_id=report.pk,
        actor=actor,
        clock=read_clock(),
        context=StepContext(data=data),
    )


def ask_for_completion(report):
    """The office finds that the evidence is missing."""
    press(report, ReportAction.RECEIVE, staff("intake"), identity_check="COUNTER")
    handler = staff("handler")
    press(report, ReportAction.START_REVIEW, handler)
    clock = read_clock()
    RequirementCheck.objects.bulk_create(
        RequirementCheck(
            report=report,
            code=row.code,
            verdict=Verdict.NOT_MET if row.code == "MATERIAL_EVIDENCE" else Verdict.MET,
            reason="Sertakan tangkapan layar." if row.code == "MATERIAL_EVIDENCE" else "",
            judged_at=clock.now,
            judged_by_id=handler.user_id,
        )
        for row in REPORT.adapter.rulebook(Report.objects.get(), clock).requirements()
    )
    press(report, ReportAction.ASK_FOR_COMPLETION, handler)
    report.refresh_from_db()


def page_of(client):
    return client.get("/lacak/laporan/").content.decode()


def completion_clocks(report):
    return LegalClock.objects.filter(subject_id=report.pk, subject_kind="report", code="COMPLETION")


def test_the_code_opens_the_mailbox_in_any_browser(followed, code):
    other = Client()
    assert other.post("/lacak/", {"kode": code.text}).status_code == 302
    shown = page_of(other)
    assert "Laporan terkirim dan menunggu diterima petugas" in shown
    assert followed.receipt_number in shown


def test_the_page_tells_each_running_period_day_by_day(client, followed):
    shown = page_of(client)
    assert "Batas menyerahkan identitas dan bukti" in shown
    assert "Begini menghitungnya" in shown
    counted = client.get("/lacak/laporan/tenggat/")
    hand_over = counted.context["periods"][1]
    assert [day.number for day in hand_over.days if day.counted] == [
        "hari ke-1",
        "hari ke-2",
        "hari ke-3",
    ]
    assert "Hitungan hari demi hari" in counted.content.decode()


def test_until_it_was_received_the_page_says_what_to_bring_by_when_or_to_ask_for(client, followed):
    due = client.get("/lacak/laporan/").context["page"].hand_over
    shown = page_of(client)
    assert ("Datanglah ke kantor paling lambat" in shown, f"<strong>{due}</strong>" in shown) == (
        True,
        True,
    )
    assert due in client.get("/lacak/laporan/tenggat/").content.decode()
    client.cookies["django_language"] = "en"
    client.post("/lacak/laporan/pesan/", {"minta": "video"})
    client.cookies["django_language"] = "id"
    assert "melalui panggilan video" in Message.objects.get().body
    press(followed, ReportAction.RECEIVE, staff("intake"), identity_check="COUNTER")
    assert "Datanglah ke kantor paling lambat" not in page_of(client)


def test_the_page_names_nobody(client, followed):
    shown = page_of(client)
    assert ("Pelapor Contoh" in shown, "Saksi Contoh" in shown) == (False, False)


def test_wrong_codes_run_out(client, settings):
    most, _seconds = settings.RATE_LIMITS["wrong_codes"]
    for _attempt in range(most):
        assert client.post("/lacak/", {"kode": "0000-0000-0000-0000"}).status_code == 422
    assert client.post("/lacak/", {"kode": "0000-0000-0000-0000"}).status_code == 429


def test_a_mailbox_needs_a_code(client):
    for path in ("", "lengkapi/", "cabut/", "kode/"):
        assert client.get(f"/lacak/laporan/{path}").headers["Location"] == "/lacak/"


def test_reading_the_page_writes_nothing(client, followed):
    ask_for_completion(followed)
    shown = page_of(client)
    assert "Ada pemberitahuan untuk Anda" in shown
    assert "Sertakan tangkapan layar." not in shown
    assert (Delivery.objects.count(), completion_clocks(followed).count()) == (0, 0)


def test_the_notice_is_served_when_its_reader_says_so(client, followed):
    ask_for_completion(followed)
    client.post("/lacak/laporan/terima/")
    client.post("/lacak/laporan/terima/")
    delivery = Delivery.objects.get()
    clock = completion_clocks(followed).get()
    assert (delivery.channel, delivery.received_at) == ("PORTAL", clock.started_at)
    shown = page_of(client)
    assert "Sertakan tangkapan layar." in shown
    assert "Perbaikan laporan" in shown


def test_what_was_missing_is_handed_in(client, followed):
    ask_for_completion(followed)
    client.post("/lacak/laporan/terima/")
    file = SimpleUploadedFile("catatan.txt", b"Tautan unggahan ada di sini.")
    answer = client.post(
        "/lacak/laporan/lengkapi/",
        {"jawaban": "Ini catatannya.", "berkas": [file], "versi": followed.version},
    )
    assert answer.status_code == 302
    followed.refresh_from_db()
    assert followed.state == "INITIAL_REVIEW"
    assert CompletionRequest.objects.get().answer == "Ini catatannya."
    assert Evidence.objects.get().report == followed
    assert completion_clocks(followed).get().state == "met"


def test_a_completion_without_words_keeps_nothing_and_says_so(client, followed):
    ask_for_completion(followed)
    page = client.post("/lacak/laporan/lengkapi/", {"jawaban": "", "versi": followed.version})
    assert page.status_code == 422
    followed.refresh_from_db()
    assert followed.state == "AWAITING_COMPLETION"


def test_a_stale_completion_gets_409(client, followed):
    ask_for_completion(followed)
    page = client.post("/lacak/laporan/lengkapi/", {"jawaban": "Ini.", "versi": 1})
    assert page.status_code == 409


def test_messages_go_both_ways_and_are_read_by_pressing(client, followed):
    client.post("/lacak/laporan/pesan/", {"pesan": "Apakah sudah diterima?"})
    office = Message.objects.create(
        report=followed, direction="FROM_OFFICE", body="Sudah.", sent_at=read_clock().now
    )
    shown = page_of(client)
    assert ("Apakah sudah diterima?" in shown, "Sudah." in shown) == (True, True)
    client.post("/lacak/laporan/terima/")
    office.refresh_from_db()
    assert office.read_at is not None


def test_withdrawing_needs_a_reason_and_a_tick(client, followed):
    page = client.post("/lacak/laporan/cabut/", {"alasan": "Keliru orang", "versi": 1})
    assert page.status_code == 422
    assert "Keliru orang" in page.content.decode()


def test_a_withdrawn_report_is_withdrawn(client, followed):
    client.post(
        "/lacak/laporan/cabut/",
        {"alasan": "Keliru orang", "yakin": "on", "versi": followed.version},
    )
    followed.refresh_from_db()
    assert followed.state == "WITHDRAWN"
    assert "Laporan dicabut oleh pelapor" in page_of(client)
    assert client.get("/lacak/laporan/cabut/").status_code == 404


def test_the_papers_are_those_without_names(client, followed):
    press(followed, ReportAction.RECEIVE, staff("intake"), identity_check="COUNTER")
    page = client.get("/lacak/laporan/").context["page"]
    assert [paper.title for paper in page.papers] == [
        "Tanda Bukti Penyampaian Laporan",
        "Tanda Terima Sementara Pengiriman Daring",
    ]
    with translation.override("en"):
        english = tracking_page(entry=Report.objects.get(), clock=read_clock())
    assert [paper.title for paper in english.papers] == [
        "Proof of receipt of report",
        "Temporary receipt",
    ]
    for paper in page.papers:
        answer = client.get(f"/lacak/laporan/dokumen/{paper.public_id}/")
        assert answer.content.startswith(b"%PDF-")


def test_a_document_of_another_report_is_not_found(client, followed):
    stranger = Client()
    file_report(stranger, contest=factories.contest().pk)
    other = stranger.get("/lapor/selesai/").context["receipt"]
    assert client.get(f"/lacak/laporan/dokumen/{other.public_id}/").status_code == 404


def test_a_code_that_staff_have_seen_must_be_changed(client, followed):
    row = AccessCode.objects.get()
    code = replace_code(
        code_id=row.pk,
        staff_sees_it=True,
        reason="lost",
        actor=staff("intake"),
        clock=read_clock(),
    )
    client.post("/lacak/", {"kode": code.text})
    assert client.get("/lacak/laporan/").headers["Location"] == "/lacak/laporan/kode/"
    changed_code(client, "/lacak/laporan/kode/")
    assert client.get("/lacak/laporan/").status_code == 200
    assert Client().post("/lacak/", {"kode": code.text}).status_code == 422


def test_a_revoked_code_closes_open_mailboxes(client, followed):
    AccessCode.objects.update(revoked_at=read_clock().now)
    assert client.get("/lacak/laporan/").headers["Location"] == "/lacak/"


def test_signing_out_closes_the_mailbox(client, followed):
    client.post("/lacak/keluar/")
    assert client.get("/lacak/laporan/").headers["Location"] == "/lacak/"


def test_an_anonymous_informant_can_talk(client):
    code = file_report(client, contest=factories.contest().pk, anonymous=True)
    client.post("/lacak/", {"kode": code.text})
    client.post("/lacak/laporan/pesan/", {"pesan": "Ada foto lain."})
    assert Message.objects.get().tip == Tip.objects.get()
    assert "Informasi awal dicatat" in page_of(client)
    assert client.get("/lacak/laporan/cabut/").status_code == 404


@pytest.mark.parametrize("letters", [1, 12])
def test_the_page_costs_the_same_for_few_and_many_messages(
    client, followed, letters, django_assert_max_num_queries
):
    now = read_clock().now
    Message.objects.bulk_create(
        Message(report=followed, direction="FROM_OFFICE", body="Halo", sent_at=now)
        for _each in range(letters)
    )
    page_of(client)
    with django_assert_max_num_queries(2):
        page_of(client)


def test_a_withdrawal_is_recorded_once(client, followed):
    Report.objects.update(withdrawal_recorded_at=followed.submitted_at)
    answer = client.post(
        "/lacak/laporan/cabut/",
        {"alasan": "Sekali lagi", "yakin": "on", "versi": followed.version},
    )
    assert answer.status_code == 409


def test_officers_too_record_a_withdrawal_once(followed):
    report = Report.objects.get()
    Report.objects.update(withdrawal_recorded_at=followed.submitted_at)
    transition = REPORT.get(ReportAction.RECORD_WITHDRAWAL)
    act = SimpleNamespace(transition=transition)
    assert transition.guards[0](report, act) is None
    assert transition.guards[0](Report.objects.get(), act) == refusals.WITHDRAWAL_RECORDED
