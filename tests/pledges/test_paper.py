"""Sheets of paper: printed with a code, scanned as one PDF, read page by page, verified."""

import io

import pypdfium2
import pytest
import zxingcpp
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from neutrality.casework.refusals import Refused
from neutrality.law.codes import SubjectKind
from pledges.codes import ObligationState as S, PageOutcome
from pledges.models import Obligation, ScanBatch, ScannedPage, Signature
from pledges.printing import SHEET_MARK, sheets_pdf
from pledges.services.print_sheets import print_sheets
from pledges.services.read_scans import Scan, confirm_time, read_scan, receive_scan
from tests.pledges import factories
from tests.pledges.factories import NOON

pytestmark = pytest.mark.django_db
OUTCOMES = PageOutcome


@pytest.fixture(autouse=True)
def _on_the_day(settings, tmp_path, time_machine):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to("2026-11-20T05:00:00Z", tick=False)
    conf = current_app.conf
    before, conf.task_always_eager = conf.task_always_eager, True
    yield
    conf.task_always_eager = before


def staff(name, *args):
    return reverse(f"pledges_together:{name}", args=args)


def printed(place, people, hr):
    """The sheets of these people, as they come out of the printer."""
    duties = [factories.owed(place, person) for person in people]
    rows = Obligation.objects.select_related("person", "employment", "unit_now").in_bulk(
        [duty.pk for duty in duties]
    )
    sheets = print_sheets(
        place=place, obligations=[rows[duty.pk] for duty in duties], actor=hr, clock=NOON
    )
    return sheets_pdf(place=place, text=place.text, sheets=sheets, day=NOON.now.date())


def scanned(pdf, *extra, turn=2.0, grain=150):
    """What a scanner makes of it: pictures, a little turned, with grey edges, `extra` appended."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [
        page.render(scale=grain / 72).to_pil().convert("L").rotate(turn, fillcolor=235, expand=True)
        for page in document
    ]
    pages += extra
    kept = io.BytesIO()
    pages[0].save(kept, "PDF", save_all=True, append_images=pages[1:], resolution=grain)
    return kept.getvalue()


def blank():
    return Image.new("L", (1240, 1754), 255)


def handed_in(place, pdf, hr, **more):
    scan = Scan(pdf=pdf, number="Berkas 1", signed_at=more.pop("at", NOON.now), **more)
    batch = receive_scan(place=place, scan=scan, actor=hr, clock=NOON)
    read_scan(batch_id=batch.pk, clock=NOON)
    return batch


def outcomes(batch):
    rows = ScannedPage.objects.filter(batch=batch).order_by("number")
    return list(rows.values_list("outcome", flat=True))


def test_a_foreign_decoder_reads_the_code_on_every_sheet(city, place, hr):
    document = pypdfium2.PdfDocument(printed(place, city.people, hr))

    read = [
        found.text
        for page in document
        for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    ]

    assert len(read) == len(set(read)) == 4
    assert {text.startswith(SHEET_MARK) for text in read} == {True}


def test_one_scan_of_many_sheets_signs_for_each_person(city, place, hr):
    pdf = scanned(printed(place, city.people[:3], hr))

    batch = handed_in(place, pdf, hr)

    assert outcomes(batch) == [OUTCOMES.RECORDED] * 3
    signed = Signature.objects.order_by("pk")
    assert [row.obligation.person for row in signed] == city.people[:3]
    assert {(row.kind, row.assurance, row.channel) for row in signed} == {
        ("PAPER", "PAPER", "SHEET")
    }


def test_each_signature_keeps_its_own_page_only(city, place, hr):
    handed_in(place, scanned(printed(place, city.people[:2], hr)), hr)

    for row in Signature.objects.select_related("scan"):
        assert row.evidence_sha256 == row.scan.sha256
    assert Signature.objects.values("scan__sha256").distinct().count() == 2


def test_a_page_without_a_code_waits_for_somebody(city, place, hr):
    batch = handed_in(place, scanned(printed(place, city.people[:1], hr), blank()), hr)

    assert outcomes(batch) == [OUTCOMES.RECORDED, OUTCOMES.UNREADABLE]


def test_a_sheet_scanned_twice_signs_once(city, place, hr):
    pdf = printed(place, city.people[:1], hr)
    handed_in(place, scanned(pdf), hr)

    again = handed_in(place, scanned(pdf, turn=-1.0), hr)

    assert outcomes(again) == [OUTCOMES.REFUSED]
    assert Signature.objects.count() == 1


def test_a_sheet_of_another_round_is_refused(city, place, hr):
    other = factories.opened(city.agency)

    batch = handed_in(place, scanned(printed(other, city.people[:1], hr)), hr)

    assert outcomes(batch) == [OUTCOMES.REFUSED]
    assert Signature.objects.count() == 0


def test_reading_again_changes_nothing(city, place, hr):
    batch = handed_in(place, scanned(printed(place, city.people[:2], hr)), hr)

    assert read_scan(batch_id=batch.pk, clock=NOON) == 0
    assert Signature.objects.count() == 2


def test_sheets_of_last_week_wait_for_a_second_officer(city, place, hr):
    place.opens_at = factories.later(hour=1).now.replace(day=2)
    place.save(update_fields=["opens_at"])
    at = NOON.now.replace(day=10)
    pdf = scanned(printed(place, city.people[:2], hr))
    batch = handed_in(place, pdf, hr, at=at, reason="Jaringan putus saat acara")
    assert outcomes(batch) == [OUTCOMES.SECOND] * 2
    with pytest.raises(Refused, match="own_scan"):
        confirm_time(batch=batch, actor=hr, clock=NOON)

    confirm_time(batch=batch, actor=factories.officer(city.agency), clock=NOON)
    read_scan(batch_id=batch.pk, clock=NOON)

    assert outcomes(batch) == [OUTCOMES.RECORDED] * 2
    assert set(Signature.objects.values_list("signed_at", flat=True)) == {at}


def test_no_pdf_is_refused_before_anything_is_kept(place, hr):
    with pytest.raises(Refused, match="scan_unreadable"):
        handed_in(place, b"%PDF-1.7 rusak", hr)

    assert ScanBatch.objects.count() == 0


def test_a_page_is_given_to_somebody_by_the_nik_where_that_is_the_only_number(city):
    person = factories.servant(city.agency, city.ward, kind=SubjectKind.NON_ASN)
    place = factories.opened(city.agency, with_non_asn=True)
    browser = Client()
    browser.force_login(factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency))
    kept = io.BytesIO()
    blank().save(kept, "PDF")
    batch = handed_in(place, kept.getvalue(), factories.officer(city.agency))

    browser.post(staff("scan_one", batch.public_id, 1), {"nomor": factories.nik(person)})

    assert outcomes(batch) == [OUTCOMES.RECORDED]
    assert Signature.objects.get().obligation.person == person


def test_a_person_says_whose_page_it_is_and_sets_a_blank_aside(city, place):
    account = factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency)
    browser = Client()
    browser.force_login(account)
    kept = io.BytesIO()
    blank().save(kept, "PDF", save_all=True, append_images=[blank()])
    form = {
        "berkas": SimpleUploadedFile("pindaian.pdf", kept.getvalue()),
        "nomor": "Berkas 7",
        "tanggal": "2026-11-20",
        "pukul": "11:00",
    }

    sent = browser.post(staff("scans", place.public_id), form)
    batch = ScanBatch.objects.get()
    picture = browser.get(staff("scan_picture", batch.public_id, 1))
    person = city.people[2]
    said = browser.post(staff("scan_one", batch.public_id, 1), {"nomor": factories.number(person)})
    aside = browser.post(
        staff("scan_one", batch.public_id, 2), {"langkah": "sisihkan", "alasan": "Halaman kosong"}
    )

    assert (sent.status_code, said.status_code, aside.status_code) == (302, 302, 302)
    assert picture.content[:4] == b"\x89PNG"
    assert outcomes(batch) == [OUTCOMES.RECORDED, OUTCOMES.DISMISSED]
    assert Signature.objects.get().obligation.person == person


def test_the_operator_of_the_unit_verifies_what_the_office_scanned(city, place, hr):
    handed_in(place, scanned(printed(place, [city.people[0], city.people[3]], hr)), hr)
    browser = Client()
    browser.force_login(factories.user("Operator unit", "unit_operator", unit=city.ward))
    own, other = (factories.owed(place, city.people[which]) for which in (3, 0))

    listed = browser.get(staff("to_verify")).content.decode()
    sheet = browser.get(staff("sheet", own.public_id))
    stranger = browser.post(staff("verify", other.public_id))
    done = browser.post(staff("verify", own.public_id))

    assert (own.person.name in listed, other.person.name in listed) == (True, False)
    assert (sheet.content[:4], stranger.status_code, done.status_code) == (
        b"\x89PNG",
        404,
        302,
    )
    states = {duty.pk: Obligation.objects.get(pk=duty.pk).state for duty in (own, other)}
    assert states == {own.pk: S.VERIFIED, other.pk: S.SIGNED}


def test_whoever_verifies_many_sheets_goes_on_to_the_next(city, place, hr):
    handed_in(place, scanned(printed(place, city.people[:2], hr)), hr)
    browser = Client()
    browser.force_login(factories.user("Petugas kedua", "hr_pledges", agency=city.agency))
    first, second = (factories.owed(place, one) for one in city.people[:2])

    next_one = browser.post(staff("verify", first.public_id))
    end = browser.post(staff("verify", second.public_id), follow=True)

    assert next_one["Location"] == staff("verify", second.public_id)
    assert end.redirect_chain == [(staff("to_verify"), 302)]
    assert f"{second.person.name} diverifikasi." in end.content.decode()


def test_the_operator_sends_back_what_does_not_match(city, place, hr):
    handed_in(place, scanned(printed(place, [city.people[3]], hr)), hr)
    browser = Client()
    browser.force_login(factories.user("Operator unit", "unit_operator", unit=city.ward))
    duty = factories.owed(place, city.people[3])

    empty = browser.post(staff("verify", duty.public_id), {"langkah": "batalkan"})
    done = browser.post(
        staff("verify", duty.public_id),
        {"langkah": "batalkan", "alasan": "Tanda tangan orang lain"},
    )

    assert (empty.status_code, done.status_code) == (422, 302)
    assert Obligation.objects.get(pk=duty.pk).state == S.DUE
    assert Signature.objects.get().annul_reason == "Tanda tangan orang lain"


def test_an_operator_annuls_nothing_that_was_signed_by_phone(city, place):
    factories.signed(place, city.people[3])
    browser = Client()
    browser.force_login(factories.user("Operator unit", "unit_operator", unit=city.ward))
    duty = factories.owed(place, city.people[3])

    answer = browser.post(
        staff("verify", duty.public_id), {"langkah": "batalkan", "alasan": "Iseng"}
    )

    assert answer.status_code == 404
    assert Signature.objects.get().annulled_at is None
