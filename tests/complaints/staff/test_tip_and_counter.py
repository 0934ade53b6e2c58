"""Tracing a tip, naming its informant, and entering a report at the counter."""

from datetime import UTC, date, datetime

import pypdfium2
import pytest
import zxingcpp
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from complaints.codes import ReportState, TipState
from complaints.forms.staff.counter import BackdatedForm
from complaints.models import (
    AccessCode,
    AgendaItem,
    Evidence,
    Party,
    Report,
    Representation,
    Tip,
)
from complaints.services.codes import new_code, read_code
from neutrality.casework.models import LegalClock, Step
from neutrality.documents.models import Document
from neutrality.elections.models import Contest
from neutrality.law.codes import FormRole
from neutrality.organisations.models import Office
from neutrality.vault.models import SealedBlob
from tests.complaints import factories as make
from tests.complaints.public import journey
from tests.complaints.staff.scene import browser, words

NEW = "/petugas/laporan/baru/"
ABOUT = {f"pelapor-{name}": value for name, value in journey.PERSON.items()}


def step(user, tip, action, **data):
    version = Tip.objects.get(pk=tip.pk).version
    url = reverse("staff:tip_step", args=[tip.public_id, action])
    return browser(user).post(url, {"versi": version, **data})


def page(tip):
    return reverse("staff:tip", args=[tip.public_id])


def test_a_tip_is_traced_its_result_written_and_a_finding_proposed(scene):
    tip = scene.tip(contest=make.contest())
    assert step(scene.handler, tip, "TRACE").status_code == 302
    assert Document.objects.filter(role=FormRole.ASSIGNMENT_LETTER).count() == 1
    url = reverse("staff:tip_result", args=[tip.public_id])
    client = browser(scene.handler)
    assert client.post(url, {"hasil": "", "ditemukan": "2025-06-16"}).status_code == 422
    assert client.post(url, {"hasil": "Ada.", "ditemukan": "2025-06-30"}).status_code == 422
    answer = client.post(url, {"hasil": "Unggahan ditemukan.", "ditemukan": "2025-06-16"})
    assert answer.status_code == 302
    tip.refresh_from_db()
    assert (tip.state, tip.tracing_result) == (TipState.TRACING, "Unggahan ditemukan.")
    propose = reverse("staff:tip_propose", args=[tip.public_id, "SET_FINDING"])
    assert client.post(propose, {"usul": "Tetapkan temuan."}).status_code == 302
    assert AgendaItem.objects.get().kind == "FINDING"
    assert "Unggahan ditemukan." in words(client.get(page(tip)))


def test_a_result_is_written_only_while_tracing(scene):
    tip = scene.tip()
    url = reverse("staff:tip_result", args=[tip.public_id])
    data = {"hasil": "Ada.", "ditemukan": "2025-06-16"}
    assert browser(scene.handler).post(url, data).status_code == 409
    assert browser(scene.intake).post(url, data).status_code == 404


@pytest.mark.parametrize(("region", "status"), [("35.71", 200), ("35.06", 404), ("61.71", 404)])
def test_who_sees_a_tip(scene, region, status):
    tip = scene.tip()
    person = make.user("Orang contoh", "handler", office=make.office(region))
    assert browser(person).get(page(tip)).status_code == status


def test_a_tip_is_closed_with_a_reason(scene):
    tip = scene.tip()
    assert step(scene.handler, tip, "CLOSE").status_code == 422
    assert step(scene.handler, tip, "CLOSE", alasan="Tidak ada bukti.").status_code == 302


def test_a_tip_goes_to_another_office(scene):
    tip = scene.tip()
    target = make.office("35.06")
    answer = step(scene.handler, tip, "TRANSFER", kantor=str(target.public_id), alasan="Di sana.")
    assert answer.status_code == 302
    assert Tip.objects.get().office == target


def test_the_informant_says_who_it_is_and_the_code_opens_the_report(scene):
    code = new_code()
    tip = scene.tip(code_digest=code.digest())
    answer = step(scene.intake, tip, "IDENTIFY", nama="")
    assert answer.status_code == 422
    answer = step(scene.intake, tip, "IDENTIFY", **journey.PERSON)
    assert answer.status_code == 302, words(answer)
    report = Report.objects.get()
    tip.refresh_from_db()
    assert (tip.state, tip.became_report) == (TipState.REPORT, report)
    assert (report.state, report.matter) == (ReportState.SUBMITTED, tip.matter)
    held = AccessCode.objects.get(digest=code.digest())
    assert (held.report, held.tip) == (report, None)
    assert Party.objects.get(report=report, kind="REPORTER").identity is not None
    shown = browser(scene.intake).get(page(tip))
    assert "Buka laporannya" in words(shown)
    assert "Pelapor Contoh" not in shown.content.decode()


def test_a_sealed_identity_is_not_asked_for_again(scene):
    tip = scene.tip(reporter=make.identity())
    sealed = Party.objects.get(tip=tip, kind="REPORTER").identity
    assert step(scene.intake, tip, "IDENTIFY").status_code == 302
    party = Party.objects.get(kind="REPORTER")
    assert (party.identity, party.report) == (sealed, Report.objects.get())


def counter(scene, **change):
    return {
        "asal-sumber": "COUNTER",
        "asal-kantor": str(scene.office.public_id),
        "asal-bernama": "ya",
        "perbuatan-kategori": ["POST_SUPPORT"],
        "cerita-uraian": journey.ACCOUNT,
        "waktu-ketepatan": "DAY",
        "waktu-kejadian": "2025-06-14",
        "waktu-diketahui": "2025-06-14",
        **{f"tempat-{name}": value for name, value in journey.WHERE.items()},
        **{f"terlapor-{name}": value for name, value in journey.RESPONDENT.items()},
        **ABOUT,
        **change,
    }


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


def picture(name):
    return SimpleUploadedFile(name, PIXEL)


def code_on(answer):
    html = answer.content.decode()
    return read_code(html.split('id="kode">')[1].split("<")[0])


def test_a_walk_in_is_entered_on_one_page_and_gets_a_code(scene):
    client = browser(scene.intake)
    assert client.get(NEW).status_code == 200
    answer = client.post(NEW, counter(scene, kiriman="a"))
    report = Report.objects.get()
    assert (report.source, report.state) == ("COUNTER", ReportState.SUBMITTED)
    held = AccessCode.objects.get(digest=code_on(answer).digest())
    assert (held.staff_seen, held.issued_by, held.report) == (True, scene.intake, report)
    again = client.post(NEW, counter(scene, kiriman="a"))
    assert again.headers["Location"] == reverse("staff:report", args=[report.public_id])
    assert Report.objects.count() == 1


def test_the_sheet_has_receipt_code_and_where_to_follow(scene):
    answer = browser(scene.intake).post(NEW, counter(scene))
    report = Report.objects.get()
    shown = words(answer)
    told = [
        report.receipt_number,
        code_on(answer).text,
        scene.office.name,
        "/lacak/",
        "Lurah contoh",
    ]
    assert [text in shown for text in told] == [True] * len(told)
    html = answer.content.decode()
    assert ("data:image/svg+xml;base64," in html, "style=" in html, "data-print" in html) == (
        True,
        False,
        True,
    )


def test_a_code_that_the_officer_saw_is_changed_at_first_use(scene):
    code = code_on(browser(scene.intake).post(NEW, counter(scene)))
    citizen = Client()
    citizen.post("/lacak/", {"kode": code.text})
    answer = citizen.get("/lacak/laporan/")
    assert answer.headers["Location"] == reverse("public:mailbox_code")


def test_people_addresses_and_files_come_along_on_the_same_page(scene, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    more = {
        "terlapor2-nama": "Camat contoh",
        "terlapor2-jenis": "PNS",
        "saksi2-nama": "Saksi Satu",
        "saksi3-nama": "Saksi Dua",
        "alamat2-alamat": "contoh.id/unggahan",
        "alamat2-platform": "Facebook",
        "alamat2-diunggah": "2025-06-14",
        "alamat2-jam_unggah": "20:15",
        "bukti-keterangan": "Foto layar",
        "bukti-berkas": [picture("satu.png"), picture("dua.png")],
        "bukti-kartu": picture("ktp.png"),
    }
    answer = browser(scene.intake).post(NEW, counter(scene, **more))
    assert answer.status_code == 200, words(answer)
    report = Report.objects.get()
    people = report.matter.parties.order_by("pk").values_list("alias", "name")
    assert list(people) == [
        ("Pelapor", ""),
        ("Terlapor 1", "Lurah contoh"),
        ("Terlapor 2", "Camat contoh"),
        ("Saksi 1", ""),
        ("Saksi 2", ""),
    ]
    evidence = report.matter.evidence.order_by("pk")
    assert list(evidence.values_list("url", "original_name", "caption", "is_identity")) == [
        ("https://contoh.id/unggahan", "", "", False),
        ("", "satu.png", "Foto layar", False),
        ("", "dua.png", "Foto layar", False),
        ("", "ktp.png", "", True),
    ]
    web = evidence.first()
    assert (web.platform, web.posted_on, web.posted_at) == (
        "Facebook",
        date(2025, 6, 14),
        datetime(2025, 6, 14, 13, 15, tzinfo=UTC),
    )
    card = SealedBlob.objects.get(pk=evidence.last().stored_as)
    assert card.identity == report.matter.parties.get(kind="REPORTER").identity


def test_the_power_of_attorney_hangs_on_the_representation(scene, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    attorney = {
        "pelapor-sebagai": "ATTORNEY",
        "pelapor-pelapor_diwakili": "Orang Diwakili",
        "bukti-surat": picture("kuasa.png"),
    }
    answer = browser(scene.intake).post(NEW, counter(scene, **attorney))
    assert answer.status_code == 200, words(answer)
    power = Representation.objects.get().power_of_attorney
    assert (power.original_name, power.is_identity) == ("kuasa.png", True)


def test_a_refused_file_enters_nothing_and_the_page_can_be_sent_again(scene, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = browser(scene.intake)
    bad = counter(
        scene, kiriman="b", **{"bukti-berkas": SimpleUploadedFile("x.png", b"MZ" + bytes(300))}
    )
    answer = client.post(NEW, bad)
    assert answer.status_code == 422
    assert "Jenis berkas ini tidak dapat diterima" in words(answer)
    assert "Pilih lagi berkasnya" in words(answer)
    assert (Report.objects.count(), Evidence.objects.count()) == (0, 0)
    assert client.post(NEW, counter(scene, kiriman="b")).status_code == 200
    assert Report.objects.count() == 1


def test_too_many_files_are_said_at_their_field_and_nothing_is_left_out(scene, settings):
    settings.EVIDENCE_MAX_FILES = 1
    client = browser(scene.intake)
    two = {
        name: [picture("satu.png"), picture("dua.png")] for name in ("bukti-berkas", "bukti-kartu")
    }
    answer = client.post(NEW, counter(scene, **two))
    assert answer.status_code == 422
    assert [problem.anchor for problem in answer.context["problems"]] == [
        "id_bukti-berkas",
        "id_bukti-kartu",
    ]
    shown = words(answer)
    told = ("Paling banyak 1 berkas di sini", journey.ACCOUNT, "Pilih lagi berkasnya")
    assert [text in shown for text in told] == [True] * 3
    assert (Report.objects.count(), Evidence.objects.count()) == (0, 0)


def test_a_colleague_without_a_name_is_marked_and_whoever_opens_the_file_reads_it(scene):
    """Also of somebody who gives no name: the respondent could guess them."""
    nameless = {key: value for key, value in counter(scene).items() if "pelapor-" not in key}
    given = {**nameless, "asal-bernama": "tidak", "asal-sumber": "TELEPHONE", "pelapor-rekan": "on"}
    sheet = browser(scene.intake).post(NEW, given)
    assert (sheet.status_code, "Cara masuk Telepon" in words(sheet)) == (200, True)
    tip = Tip.objects.get()
    assert (tip.coworker, tip.source) == (True, "TELEPHONE")
    assert "Tanpa nama; rekan atau kenalan terlapor" in words(browser(scene.handler).get(page(tip)))


def test_a_page_that_failed_before_it_was_written_may_be_sent_again(scene):
    client = browser(scene.intake)
    client.raise_request_exception = False
    foreign = counter(scene, kiriman="c", **{"pemilihan-kontestasi": str(make.contest().pk)})
    Office.objects.filter(pk=scene.office.pk).update(phone="1")
    Contest.objects.all().delete()
    assert client.post(NEW, foreign).status_code == 422
    assert client.post(NEW, counter(scene, kiriman="c")).status_code == 200


def test_the_same_page_pressed_twice_at_once_says_so(scene):
    client = browser(scene.intake)
    cache.set(f"counter:{scene.intake.pk}:d", "sedang disimpan", 60)
    answer = client.post(NEW, counter(scene, kiriman="d"), follow=True)
    assert answer.redirect_chain == [(reverse("staff:reports"), 302)]
    assert "Laporan ini sedang disimpan" in words(answer)
    assert Report.objects.count() == 0


@pytest.mark.parametrize("opened", ["public", "staff"])
def test_the_blank_form_is_a_pdf_whose_code_leads_to_the_online_path(scene, settings, opened):
    client = browser(scene.intake)
    answer = client.get(
        reverse("public:blank_form" if opened == "public" else "staff:report_blank")
    )
    pdf = pypdfium2.PdfDocument(b"".join(answer.streaming_content))
    text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert [part in text for part in ("1. Pelapor", "6. Uraian kejadian", "B.1")] == [True] * 3
    assert (scene.office.name in text) == (opened == "staff")
    picture_of_page = pdf[0].render(scale=3).to_pil()
    found = zxingcpp.read_barcodes(picture_of_page)
    assert [code.text for code in found] == [f"{settings.SITE_URL.rstrip('/')}/lapor/"]
    assert len(pdf) == 2


def test_what_is_wrong_is_said_and_everything_typed_stays(scene):
    data = counter(scene, **{"terlapor-nama": "", "waktu-diketahui": ""})
    answer = browser(scene.intake).post(NEW, data)
    assert answer.status_code == 422
    shown = words(answer)
    assert "Tulis namanya, atau jabatan dan ciri-cirinya." in shown
    assert journey.ACCOUNT in shown
    assert Report.objects.count() == 0


def test_without_a_name_or_too_late_it_is_a_tip(scene):
    client = browser(scene.intake)
    nameless = {key: value for key, value in counter(scene).items() if "pelapor-" not in key}
    answer = client.post(NEW, {**nameless, "asal-bernama": "tidak"})
    assert answer.status_code == 200
    late = {"waktu-kejadian": "2025-05-01", "waktu-diketahui": "2025-05-02"}
    answer = client.post(NEW, counter(scene, **late))
    assert "Batas waktu laporan sudah lewat" in words(answer)
    assert (Report.objects.count(), Tip.objects.count()) == (0, 2)


def letter(scene, received, **change):
    """A letter with this stamp (local time), about what became known on 7 June."""
    known = {"waktu-kejadian": "2025-06-07", "waktu-diketahui": "2025-06-07"}
    stamped = {"asal-sumber": "LETTER", "asal-diterima": received}
    return counter(scene, **known, **stamped, **change)


SECOND = {
    "susulan-alasan": "Petugas penerima sakit.",
    "susulan-nomor_surat": "12/S/VI/2025",
    "susulan-tanggal_surat": "2025-06-10",
    "susulan-sandi_orang_kedua": "sandi-contoh",
}


def test_a_letter_counts_from_the_day_of_its_stamp(scene):
    client = browser(scene.intake)
    unstamped = client.post(NEW, letter(scene, ""))
    assert unstamped.status_code == 422
    assert "menurut cap terima" in words(unstamped)
    answer = client.post(NEW, letter(scene, "2025-06-13T14:00"))
    assert answer.status_code == 200, words(answer)
    report = Report.objects.get()
    clock = LegalClock.objects.filter(subject_kind="report", code="SERVICE").get()
    friday = make.at(13, 14).now
    assert (report.submitted_at, report.late, report.declared_at) == (friday, False, friday)
    assert (clock.started_at, clock.due_at) == (friday, report.due_at)
    step = Step.objects.get(subject_kind="report")
    assert (step.occurred_at, step.recorded_at) == (friday, make.at(16, 10).now)
    assert "13 Juni 2025" in words(answer)


def test_a_letter_that_lay_about_needs_its_paper_a_reason_and_a_second_person(scene):
    client = browser(scene.intake)
    stamped = letter(scene, "2025-06-10T09:00")
    asked = client.post(NEW, stamped)
    assert asked.status_code == 422
    missing = [problem.anchor for problem in asked.context["problems"]]
    assert missing == [f"id_susulan-{name}" for name in BackdatedForm.base_fields]
    assert Report.objects.count() == 0
    second = {**SECOND, "susulan-orang_kedua": str(scene.handler.pk)}
    wrong = client.post(NEW, {**stamped, **second, "susulan-sandi_orang_kedua": "bukan"})
    assert "Kata sandi orang kedua tidak cocok" in words(wrong)
    answer = client.post(NEW, {**stamped, **second})
    assert answer.status_code == 200, words(answer)
    step = Step.objects.get(subject_kind="report")
    assert (step.second_person, step.source_number, step.reason) == (
        scene.handler,
        "12/S/VI/2025",
        "Petugas penerima sakit.",
    )
    assert Report.objects.get().submitted_at == make.at(10, 9).now


@pytest.mark.parametrize(
    ("received", "sentence"),
    [
        ("2025-06-17T09:00", "Waktu ini belum terjadi."),
        ("2025-06-06T09:00", "Tanggal ini sesudah laporan diterima."),
        ("kemarin", "Tulis tanggal dan jam yang benar"),
    ],
)
def test_what_cannot_be_a_day_of_receipt_is_said(scene, received, sentence):
    answer = browser(scene.intake).post(NEW, letter(scene, received))
    assert (answer.status_code, sentence in words(answer)) == (422, True)


def test_a_nameless_letter_counts_from_its_stamp_too(scene):
    data = letter(scene, "2025-06-13T14:00", **{"asal-bernama": "tidak"})
    nameless = {key: value for key, value in data.items() if "pelapor-" not in key}
    assert browser(scene.intake).post(NEW, nameless).status_code == 200
    assert Tip.objects.get().submitted_at == make.at(13, 14).now


def test_only_intake_enters_reports_and_only_at_the_own_office(scene):
    assert browser(scene.handler).get(NEW).status_code == 404
    foreign = make.office("61.71")
    answer = browser(scene.intake).post(
        NEW, counter(scene, **{"asal-kantor": str(foreign.public_id)})
    )
    assert answer.status_code == 422
