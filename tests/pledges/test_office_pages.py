"""What the HR office changes on its pages while a round runs: end, text, rules, walls, tablets."""

import pytest
from celery import current_app
from django.test import Client
from django.urls import reverse

from pledges.codes import ObligationState as S, PageOutcome
from pledges.models import Kiosk, Obligation, RoundChange, ScannedPage, Signature, WallCode
from tests.pledges import factories
from tests.pledges.factories import NOON
from tests.pledges.test_paper import handed_in, printed, scanned

pytestmark = pytest.mark.django_db
PIN = "482913"
YES = {"dikonfirmasi": "ya"}


@pytest.fixture(autouse=True)
def _on_the_day(settings, tmp_path, time_machine):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to(NOON.now, tick=False)
    conf = current_app.conf
    before, conf.task_always_eager = conf.task_always_eager, True
    yield
    conf.task_always_eager = before


@pytest.fixture
def officer(city):
    return logged_in("Petugas kepegawaian", "hr_pledges", agency=city.agency)


def logged_in(name, *roles, **place):
    browser = Client()
    browser.force_login(factories.user(name, *roles, **place))
    return browser


def at(name, *args):
    return reverse(f"pledges_together:{name}", args=args)


def test_a_round_is_extended_to_the_end_of_a_later_day_and_to_no_earlier_one(place, officer):
    extend = at("extend", place.public_id)

    earlier = officer.post(extend, {"sampai": "2026-12-01", "alasan": "Keliru"})
    bare = officer.post(extend, {"sampai": "2027-01-15"})
    done = officer.post(extend, {"sampai": "2027-01-15", "alasan": "Banjir"})

    place.refresh_from_db()
    assert [each.status_code for each in (earlier, bare, done)] == [422, 422, 302]
    assert place.closes_at.isoformat() == "2027-01-15T16:59:00+00:00"
    assert RoundChange.objects.get().reason == "Banjir"
    assert set(Obligation.objects.values_list("due_at", flat=True)) == {place.closes_at}


def test_another_text_is_asked_for_on_the_page_and_everybody_owes_it(city, place, officer):
    factories.signed(place, city.people[0])
    old, change = place.text_id, at("text", place.public_id)

    given = {"naskah": "SEVEN_PROHIBITIONS", "alasan": "Disesuaikan"}
    asked = officer.post(change, given).content.decode()
    place.refresh_from_db()
    assert "1 pegawai sudah menandatangani naskah sekarang." in asked
    assert place.text_id == old

    same = officer.post(change, {**YES, "naskah": "FOUR_POINTS", "alasan": "Salah pilih"})
    done = officer.post(change, {**YES, **given})

    place.refresh_from_db()
    assert (same.status_code, done.status_code) == (422, 302)
    assert place.text_id != old
    assert set(Obligation.objects.values_list("state", flat=True)) == {S.DUE}
    assert Signature.objects.get().annulled_at is None


def test_the_number_of_invitations_is_told_before_any_goes_out(
    city, place, officer, django_capture_on_commit_callbacks
):
    invite = reverse("pledges_hr:invite_all", args=[place.public_id])
    for one in city.people[:2]:
        factories.reached(place, one)

    asked = officer.post(invite).content.decode()
    before = Obligation.objects.filter(state=S.INVITED).count()
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(invite, YES)
    again = officer.post(invite, follow=True).content.decode()

    assert "2 pegawai menerima tautan pribadi" in asked
    assert (before, Obligation.objects.filter(state=S.INVITED).count()) == (0, 2)
    assert "Tidak ada yang perlu diundang" in again


def test_the_rules_of_exemption_are_chosen_on_the_page_and_bind_who_asks(city, place, officer):
    done = officer.post(at("grounds", place.public_id), {"dasar": ["UNPAID_LEAVE"]})
    odd = officer.post(at("grounds", place.public_id), {"dasar": ["LAZY"]})
    duty = factories.owed(place, city.people[0])
    ask = reverse("pledges_hr:ask_exemption", args=[duty.public_id])
    plea = {"keterangan": "Surat", "bukti": "SK contoh"}
    refused = officer.post(ask, {"dasar": "OTHER", **plea})
    taken = officer.post(ask, {"dasar": "UNPAID_LEAVE", **plea})

    place.refresh_from_db()
    assert place.exemption_grounds == ["UNPAID_LEAVE"]
    assert [each.status_code for each in (done, odd, refused, taken)] == [302, 422, 422, 302]


def test_a_code_is_taken_down_from_the_wall_and_a_neighbour_takes_none_down(city, place, officer):
    officer.post(at("poster", place.public_id))
    wall = WallCode.objects.get()
    page = reverse("pledges_public:wall", args=[wall.token])
    down = at("take_down", place.public_id, wall.pk)
    elsewhere = logged_in("Operator unit", "unit_operator", unit=city.ward)

    foreign = elsewhere.post(down)
    officer.post(down)
    before = Client().get(page).status_code
    done = officer.post(down, YES)

    assert (foreign.status_code, before, done.status_code) == (404, 200, 302)
    assert Client().get(page).status_code == 404


def test_a_tablet_is_closed_from_afar(city, place, officer):
    tablet = logged_in("Petugas layar", "hr_pledges", agency=city.agency)
    given = {"jam": "4", "pin": PIN, "pin_lagi": PIN}
    tablet.post(at("open_tablet", place.public_id), given)
    asked = {"nomor": factories.number(city.people[0]), "pin": PIN}
    tablet.post(reverse("pledges_public:desk"), asked)
    kiosk = Kiosk.objects.get()

    close = at("close_tablet", place.public_id, kiosk.public_id)
    officer.post(close)
    assert Kiosk.objects.get().closed_at is None
    done = officer.post(close, YES)

    card = tablet.post(reverse("pledges_public:desk_card"))
    closed = tablet.get(reverse("pledges_public:desk")).content.decode()
    assert (done.status_code, card["Location"]) == (302, reverse("pledges_public:desk"))
    assert city.people[0].name not in closed
    assert Kiosk.objects.get().closed_at == NOON.now


def test_a_second_officer_confirms_on_the_page_when_late_sheets_were_signed(city, place, hr):
    place.opens_at = NOON.now.replace(day=2)
    place.save(update_fields=["opens_at"])
    sheets = scanned(printed(place, city.people[:2], hr))
    at_that_time = NOON.now.replace(day=10)
    batch = handed_in(place, sheets, hr, at=at_that_time, reason="Jaringan putus")
    second = logged_in("Petugas kedua", "hr_pledges", agency=city.agency)

    asked = second.get(at("scan", batch.public_id)).content.decode()
    done = second.post(at("scan_confirm", batch.public_id))
    again = second.post(at("scan_confirm", batch.public_id))

    assert "Sahkan waktu penandatanganan" in asked
    assert (done.status_code, again.status_code) == (302, 409)
    outcomes = set(ScannedPage.objects.values_list("outcome", flat=True))
    assert outcomes == {PageOutcome.RECORDED}
    assert set(Signature.objects.values_list("signed_at", flat=True)) == {at_that_time}
