"""Two presses of one button, at the same moment and without a script, make one thing."""

import pytest
from django.test import Client
from django.urls import reverse

from neutrality.audit.models import AuditRow
from pledges.codes import RoundKind
from pledges.models import Ceremony, CeremonyRole, Obligation, RepresentativeSignature, Round
from tests.pledges import factories
from tests.pledges.test_races import together

OATH = {
    "jenis": "OATH",
    "nama": "Ikrar Contoh",
    "tanggal": "2026-11-20",
    "tempat": "Balai Kota Contoh",
}
HOURS = {"mulai": "08:00", "selesai": "11:00"}


@pytest.fixture
def press(city, settings, time_machine):
    """Send one form twice at once, in two windows of one officer; return both answers."""
    settings.SECOND_FACTOR_REQUIRED = False
    time_machine.move_to("2026-11-20T05:00:00Z", tick=False)
    account = factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency)
    windows = [Client(), Client()]
    for window in windows:
        window.force_login(account)

    def send(path, form):
        def pressed(window):
            return lambda: window.post(path, form)

        return together(*[pressed(window) for window in windows])

    return send


@pytest.mark.django_db(transaction=True)
def test_a_round_pressed_twice_is_one_round_and_both_presses_lead_to_it(city, press):
    form = {
        "instansi": city.agency.pk,
        "pemilihan": [factories.election().pk, factories.election().pk],
        "siapa": "INDIVIDUAL",
        "naskah": "FOUR_POINTS",
        "per_tanggal": "2026-11-01",
        "sampai": "31-12-2026",
        "dikonfirmasi": "ya",
    }

    answers = press(reverse("pledges_hr:open"), form)

    place = reverse("pledges_hr:round", args=[Round.objects.get().public_id])
    assert [answer["Location"] for answer in answers] == [place, place]
    assert Obligation.objects.count() == 4

    # For another election, or until another day, it is another round.
    press(reverse("pledges_hr:open"), {**form, "pemilihan": form["pemilihan"][:1]})
    press(reverse("pledges_hr:open"), {**form, "sampai": "30-12-2026"})
    assert Round.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_ceremony_its_people_and_who_signs_for_others_are_noted_once(city, press):
    place = factories.opened(city.agency, kind=RoundKind.REPRESENTATIVE)
    plan = {**OATH, **HOURS, "putaran": "", "unit": [city.board.pk]}
    answers = press(reverse("pledges_together:plan", args=[city.agency.code]), plan)
    held = Ceremony.objects.get()
    page = reverse("pledges_together:event", args=[held.public_id])
    assert [answer["Location"] for answer in answers] == [page, page]

    role = {"peran": "WITNESS", "nama": "Ketua contoh", "jabatan": "Ketua"}
    press(reverse("pledges_together:event_part", args=[held.public_id]), role)
    assert CeremonyRole.objects.count() == 1

    over = {**OATH, "pemimpin": "Wali kota contoh", "saksi": "Ketua contoh\nKapolres contoh"}
    recording = reverse("pledges_hr:record_ceremony", args=[place.public_id])
    press(recording, over)
    assert Ceremony.objects.filter(round=place).count() == 1
    press(recording, {**over, "nama": "Deklarasi Contoh"})
    assert Ceremony.objects.filter(round=place).count() == 2

    signs = {
        "nama": "Camat contoh",
        "mewakili": "Seluruh camat",
        "cara": "PAPER",
        "tanggal": "2026-11-20",
        "acara": "",
    }
    press(reverse("pledges_hr:represent", args=[place.public_id]), signs)
    assert RepresentativeSignature.objects.count() == 1
    assert AuditRow.objects.filter(what="pledge_round.signed_for_others").count() == 1
