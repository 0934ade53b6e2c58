"""A signature for others that was recorded by mistake: annulled, and still seen."""

import io

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from neutrality.audit.models import AuditRow
from pledges.codes import RoundKind
from pledges.models import Ceremony, RepresentativeSignature
from tests.pledges import factories
from tests.pledges.test_changes import seven

pytestmark = pytest.mark.django_db
SIGNED = "Menandatangani atas nama"
ANNULLED = "Tanda tangan yang dibatalkan"


@pytest.fixture
def place(city, settings, tmp_path, time_machine):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to("2026-11-20T05:00:00Z", tick=False)
    return factories.opened(city.agency, kind=RoundKind.REPRESENTATIVE)


@pytest.fixture
def officer(city):
    browser = Client()
    browser.force_login(factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency))
    return browser


@pytest.fixture
def held(place, officer):
    """An oath at which two signed for others, one of them by mistake of who wrote it down."""
    oath = {"jenis": "OATH", "nama": "Ikrar", "tanggal": "2026-11-20", "tempat": "Balai kota"}
    officer.post(reverse("pledges_hr:record_ceremony", args=[place.public_id]), oath)
    ceremony = Ceremony.objects.get()
    for name, others in (("Camat contoh", "Seluruh camat"), ("Lurah contoh", "Seluruh lurah")):
        given = {
            "nama": name,
            "mewakili": others,
            "cara": "PAPER",
            "tanggal": "2026-11-20",
            "acara": ceremony.pk,
        }
        officer.post(reverse("pledges_hr:represent", args=[place.public_id]), given)
    return ceremony


def words_of_minutes(officer, held):
    made = officer.post(reverse("pledges_together:event_write", args=[held.public_id]))
    assert made.status_code == 302
    pdf = officer.get(reverse("pledges_together:event_minutes", args=[held.public_id])).content
    return "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(pdf))
    )


def test_an_annulled_signature_for_others_stays_visible_and_is_no_longer_signed(
    city, place, held, officer
):
    wrong = RepresentativeSignature.objects.get(name="Lurah contoh")
    annul = reverse("pledges_hr:annul_representative", args=[place.public_id, wrong.pk])

    assert officer.post(annul, {"alasan": ""}).status_code == 422
    for reason in ("Salah orang", "Ditekan dua kali"):
        done = officer.post(annul, {"alasan": reason})
        assert done["Location"] == reverse("pledges_hr:ceremonies", args=[place.public_id])

    pages = (
        reverse("pledges_hr:ceremonies", args=[place.public_id]),
        reverse("pledges_together:event", args=[held.public_id]),
    )
    for page in pages:
        signed, _bar, annulled = officer.get(page).content.decode().partition(ANNULLED)
        listed = signed.partition(SIGNED)[2]
        assert ("Seluruh camat" in listed, "Seluruh lurah" in listed) == (True, False)
        assert "Seluruh lurah. Dibatalkan 20 Nov 2026, 12.00 WIB: Salah orang" in annulled
    minutes = words_of_minutes(officer, held)
    assert ("Seluruh camat" in minutes, "Seluruh lurah" in minutes) == (True, False)
    row = AuditRow.objects.get(what="pledge_round.signature_for_others_annulled")
    assert row.data["signature"] == wrong.pk


def test_the_office_of_a_round_of_representatives_finds_its_circulars_and_its_end(place, officer):
    """And nothing there about codes, posters and people who cannot be reached: nobody is asked."""
    home = officer.get(reverse("pledges_hr:round", args=[place.public_id])).content.decode()
    arranging = reverse("pledges_together:together", args=[place.public_id])
    assert f'href="{arranging}"' in home

    page = officer.get(arranging).content.decode()
    for name in ("extend", "text", "circular"):
        assert reverse(f"pledges_together:{name}", args=[place.public_id]) in page
    for name in ("poster", "open_tablet", "scans", "grounds"):
        assert reverse(f"pledges_together:{name}", args=[place.public_id]) not in page


def test_the_database_keeps_a_signature_for_others(held):
    rows = RepresentativeSignature.objects.filter(name="Lurah contoh")

    for change in (lambda: rows.update(on_behalf_of="Semua"), rows.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_who_signed_an_earlier_text_is_shown_as_such(place, held, officer):
    """A signature binds to its text; for whom it was given, the new one has not been signed."""
    page = reverse("pledges_hr:ceremonies", args=[place.public_id])
    assert "atas naskah sebelumnya" not in officer.get(page).content.decode()
    seven(place, factories.officer(place.agency))
    assert officer.get(page).content.decode().count("atas naskah sebelumnya") == 2


def test_another_agency_annuls_nothing(place, held):
    stranger = Client()
    elsewhere = factories.agency("Pemerintah Kota Lain")
    stranger.force_login(factories.user("Petugas lain", "hr_pledges", agency=elsewhere))
    wrong = RepresentativeSignature.objects.first()
    annul = reverse("pledges_hr:annul_representative", args=[place.public_id, wrong.pk])

    assert stranger.post(annul, {"alasan": "Salah"}).status_code == 404
    assert not RepresentativeSignature.objects.exclude(annulled_at=None).exists()
