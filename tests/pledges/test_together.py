"""Signing together: wall codes, printed codes, tablets, drawings; who may, how often, for whom."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from neutrality.audit.models import AuditRow
from neutrality.law.codes import SubjectKind
from pledges.codes import ObligationState as S, WallKind
from pledges.models import Ceremony, Kiosk, Signature, SigningCode, WallCode
from pledges.services.printed_codes import print_codes
from pledges.services.wall_codes import wall_code
from pledges.workflow.actions import ObligationAction as A
from tests.pledges import factories
from tests.pledges.factories import NOON, press

pytestmark = pytest.mark.django_db
PIN = "482913"
STROKES = json.dumps([[[10, 10], [200, 120], [400, 40]], [[50, 150], [90, 20]]])


@pytest.fixture(autouse=True)
def _on_the_day(settings, time_machine):
    settings.SECOND_FACTOR_REQUIRED = False
    time_machine.move_to("2026-11-20T05:00:00Z", tick=False)


def public(name, *args):
    return reverse(f"pledges_public:{name}", args=args)


def staff(name, *args):
    return reverse(f"pledges_together:{name}", args=args)


def on_the_wall(place, hr, unit=None):
    return wall_code(
        kind=WallKind.SIGN, place=place, ceremony=None, unit=unit, actor=hr, clock=NOON
    )


def ceremony(place, begins=4, ends=6):
    return Ceremony.objects.create(
        agency=place.agency,
        round=place,
        kind="SIGNING",
        title="Penandatanganan contoh",
        held_on=NOON.now.date(),
        place="Aula contoh",
        begins_at=factories.later(hour=begins).now,
        ends_at=factories.later(hour=ends).now,
        recorded_at=NOON.now,
    )


def pen(place, **hand):
    return {"naskah": place.text.sha256, "setuju": "on", **hand}


def come_by_wall(place, hr, person, browser=None):
    """Type the number at the wall's page and the code that came."""
    browser = browser or Client()
    token = on_the_wall(place, hr).token
    browser.post(public("wall", token), {"nomor": factories.number(person)})
    code = factories.last_message("pledge_code")["code"]
    return browser, browser.post(public("wall_code", token), {"kode": code})


def test_a_number_at_the_wall_sends_a_code_and_the_name_comes_after_it(city, place, hr):
    person = city.people[0]
    factories.reached(place, person)
    browser, token = Client(), on_the_wall(place, hr).token

    asked = browser.post(public("wall", token), {"nomor": factories.number(person)}, follow=True)
    code = factories.last_message("pledge_code")["code"]
    checked = browser.post(public("wall_code", token), {"kode": code})
    page = browser.get(checked["Location"])

    assert person.name not in asked.content.decode()
    assert checked["Location"] == public("sign", "saya")
    assert person.name in page.content.decode()


def test_a_signature_by_the_wall_says_so_and_names_its_ceremony(city, place, hr):
    person, held = city.people[0], ceremony(place)
    factories.reached(place, person)
    browser, _checked = come_by_wall(place, hr, person)

    browser.post(public("sign", "saya"), pen(place, nama=person.name))

    signed = Signature.objects.get()
    assert (signed.channel, signed.assurance, signed.ceremony) == ("WALL", "ONE_TIME_CODE", held)


def test_an_unknown_number_and_an_unreachable_person_see_the_same_page(city, place, hr):
    token = on_the_wall(place, hr).token
    numbers = ["198001012005011999", factories.number(city.people[1])]

    said = [
        Client().post(public("wall", token), {"nomor": each}, follow=True).content.decode()
        for each in numbers
    ]
    bare = [page.split("<main", 1)[1].split("csrfmiddlewaretoken")[0] for page in said]

    assert bare[0] == bare[1]
    assert SigningCode.objects.count() == 0


def test_the_code_of_a_unit_is_for_it_and_for_what_is_below_it(city, place, hr):
    head, _secretary, below, elsewhere = city.people
    token = on_the_wall(place, hr, unit=city.board).token
    said = {}
    for person in (head, below, elsewhere):
        factories.reached(place, person)
        phone = Client()
        number = {"nomor": factories.number(person)}
        said[person] = phone.post(public("wall", token), number, follow=True).content.decode()
        if not SigningCode.objects.filter(obligation__person=person).exists():
            continue
        code = factories.last_message("pledge_code")["code"]
        phone.post(public("wall_code", token), {"kode": code})
        phone.post(public("sign", "saya"), pen(place, nama=person.name))
    first = Client().get(public("wall", token)).content.decode()

    assert "hanya untuk pegawai <strong>Badan Contoh</strong> dan unit di bawahnya" in first
    assert "kepada pegawai <strong>Badan Contoh</strong> dan unit di bawahnya" in said[elsewhere]
    bare = [said[one].split("<main", 1)[1].split("csrfmiddlewaretoken")[0] for one in said]
    assert bare[0] == bare[1] == bare[2]
    signed = Signature.objects.order_by("pk")
    assert [row.obligation.person for row in signed] == [head, below]
    assert {row.channel for row in signed} == {"WALL"}


def test_who_leaves_a_borrowed_phone_is_forgotten_by_it(city, place, hr):
    person = city.people[0]
    factories.reached(place, person)
    browser, _checked = come_by_wall(place, hr, person)

    browser.post(public("leave", "saya"))

    assert browser.get(public("sign", "saya"))["Location"] == public("index")


def test_numbers_are_limited_by_address_but_in_a_ceremony_by_device(city, place, hr, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "pledge_numbers": (3, 900)}
    token, number = on_the_wall(place, hr).token, {"nomor": "198001012005011999"}

    outside = [Client().post(public("wall", token), number).status_code for _one in range(5)]
    ceremony(place)
    inside = [Client().post(public("wall", token), number).status_code for _one in range(5)]
    device = Client()
    many = [device.post(public("wall", token), number).status_code for _one in range(22)]

    assert outside == [302, 302, 302, 422, 422]
    assert inside == [302] * 5
    assert (many[:20], many[20:]) == ([302] * 20, [422] * 2)


def test_a_wall_code_that_was_taken_down_is_404(city, place, hr, client):
    code = on_the_wall(place, hr)
    WallCode.objects.update(revoked_at=NOON.now)

    assert client.get(public("wall", code.token)).status_code == 404


def test_a_printed_code_with_the_own_number_opens_the_text_once(city, place, hr):
    person = city.people[0]
    duty = factories.owed(place, person)
    [strip] = print_codes(obligations=[duty], actor=hr, clock=NOON)
    browser = Client()
    given = {"kode": strip.code.lower().replace("-", " "), "nomor": factories.number(person)}

    came = browser.post(public("printed"), given)
    browser.post(public("sign", "saya"), pen(place, nama=person.name))

    signed = Signature.objects.get()
    assert came["Location"] == public("sign", "saya")
    assert (signed.channel, signed.assurance) == ("PRINT", "PERSONAL_CODE")
    assert SigningCode.objects.get().used_at == NOON.now


def test_a_printed_code_that_signed_opens_and_signs_nothing_any_more(city, place, hr):
    """Who signed with another's strip is annulled for that, and finds the strip worn out."""
    person = city.people[0]
    [strip] = print_codes(obligations=[factories.owed(place, person)], actor=hr, clock=NOON)
    given = {"kode": strip.code, "nomor": factories.number(person)}
    hand = pen(place, nama=person.name)
    browser, beside = Client(), Client()
    browser.post(public("printed"), given)
    beside.post(public("printed"), given)
    browser.post(public("sign", "saya"), hand)
    press(factories.owed(place, person), A.ANNUL, hr, reason="Orang lain memakai kodenya")

    again = Client().post(public("printed"), given)
    unknown = Client().post(public("printed"), {**given, "kode": "7K2M-Q0ZX-19AB"})
    signed = beside.post(public("sign", "saya"), hand)

    said = "Kode dan nomor ini belum cocok"
    assert [said in page.content.decode() for page in (again, unknown)] == [True, True]
    assert signed.status_code == 422
    assert "Minta kode yang baru" in signed.content.decode()
    assert Signature.objects.filter(annulled_at=None).count() == 0
    assert factories.owed(place, person).state == S.DUE


def test_a_found_strip_opens_nothing_and_ends_after_five_wrong_numbers(city, place, hr):
    owner, finder = city.people[:2]
    [strip] = print_codes(obligations=[factories.owed(place, owner)], actor=hr, clock=NOON)
    wrong = {"kode": strip.code, "nomor": factories.number(finder)}

    answers = [Client().post(public("printed"), wrong).status_code for _try in range(5)]
    right = Client().post(public("printed"), {"kode": strip.code, "nomor": factories.number(owner)})

    assert answers == [422] * 5
    assert right.status_code == 422
    assert AuditRow.objects.filter(what="pledge_code.wrong").count() == 5


def test_a_new_printed_code_replaces_the_old_one(city, place, hr):
    duty = factories.owed(place, city.people[0])
    [old] = print_codes(obligations=[duty], actor=hr, clock=NOON)
    print_codes(obligations=[duty], actor=hr, clock=NOON)

    answer = Client().post(
        public("printed"), {"kode": old.code, "nomor": factories.number(city.people[0])}
    )

    assert answer.status_code == 422


@pytest.fixture
def contracted(city):
    """Somebody who is no civil servant, and has no number but the NIK."""
    return factories.servant(city.agency, city.ward, kind=SubjectKind.NON_ASN)


@pytest.mark.parametrize(("asked", "came"), [(True, 302), (False, 422)])
def test_a_printed_code_opens_with_the_nik_where_the_round_asks_who_has_no_other(
    city, contracted, hr, asked, came
):
    place = factories.opened(city.agency, with_non_asn=asked)
    person = contracted if asked else city.people[0]
    [strip] = print_codes(obligations=[factories.owed(place, person)], actor=hr, clock=NOON)

    given = {"kode": strip.code, "nomor": factories.nik(person)}
    answer = Client().post(public("printed"), given)

    assert answer.status_code == came
    assert factories.nik(person) not in answer.content.decode()


def test_who_has_only_an_nik_comes_in_by_the_wall_and_at_the_tablet(city, contracted, hr):
    place = factories.opened(city.agency, with_non_asn=True)
    factories.reached(place, contracted)
    account = factories.user("Petugas layar", "hr_pledges", agency=city.agency)
    nik = factories.nik(contracted)
    token, phone, browser = on_the_wall(place, hr).token, Client(), tablet(place, account)

    said = phone.post(public("wall", token), {"nomor": nik}, follow=True).content.decode()
    code = factories.last_message("pledge_code")["code"]
    let_in = phone.post(public("wall_code", token), {"kode": code})
    wrong = browser.post(public("desk"), {"nomor": nik, "pin": "000000"}).content.decode()
    browser.post(public("desk"), {"nomor": nik, "pin": PIN})
    card = browser.get(public("desk_card")).content.decode()

    assert let_in["Location"] == public("sign", "saya")
    assert contracted.name in card
    assert [nik in page for page in (said, wrong, card)] == [False] * 3


def test_a_drawn_signature_is_kept_sealed_and_needs_no_name(city, place, hr):
    person = city.people[0]
    factories.reached(place, person)
    browser, _checked = come_by_wall(place, hr, person)

    browser.post(public("sign", "saya"), pen(place, gambar=STROKES))

    signed = Signature.objects.select_related("scan").get()
    assert (signed.kind, signed.typed_name) == ("DRAWN", "")
    assert signed.evidence_sha256 == signed.scan.sha256


@pytest.mark.parametrize(
    "drawn",
    [
        "[[[5,5]]]",
        "[]",
        "{}",
        "x",
        "[[[1,2],[3]]]",
        "[[[0,0],[9999,9999]]]",
        "[" * 5000,
        "[[[1,1.5]]]",
    ],
)
def test_a_dot_or_nonsense_is_no_signature(city, place, hr, drawn):
    person = city.people[0]
    factories.reached(place, person)
    browser, _checked = come_by_wall(place, hr, person)

    answer = browser.post(public("sign", "saya"), pen(place, gambar=drawn))

    assert (answer.status_code, Signature.objects.count()) == (422, 0)


def tablet(place, account, held=None):
    """Turn a fresh browser of somebody into a tablet."""
    browser = Client()
    browser.force_login(account)
    form = {"acara": held.pk if held else "", "jam": "4", "pin": PIN, "pin_lagi": PIN}
    browser.post(staff("open_tablet", place.public_id), form)
    return browser


def unlock(browser, person, pin=PIN):
    return browser.post(public("desk"), {"nomor": factories.number(person), "pin": pin})


def test_an_attendant_sees_the_card_and_the_person_signs_on_the_tablet(city, place):
    account = factories.user("Petugas layar", "hr_pledges", agency=city.agency)
    held, person = ceremony(place), city.people[0]
    browser = tablet(place, account, held)

    unlock(browser, person)
    card = browser.get(public("desk_card")).content.decode()
    browser.post(public("desk_card"))
    done = browser.post(public("desk_sign"), pen(place, nama=person.name), follow=True)

    signed = Signature.objects.get()
    assert person.name in card
    assert person.name not in done.content.decode()
    assert (signed.assurance, signed.channel, signed.ceremony) == ("ATTENDED", "KIOSK", held)
    assert signed.recorded_by == account


def test_the_tablet_holds_no_session_of_the_officer(city, place):
    account = factories.user("Petugas layar", "hr_pledges", agency=city.agency)
    browser = tablet(place, account)

    assert browser.get(reverse("pledges_hr:rounds")).status_code == 302


def test_the_screen_goes_back_unsigned_and_is_closed_only_after_a_question(city, place):
    account = factories.user("Petugas layar", "hr_pledges", agency=city.agency)
    browser = tablet(place, account)
    unlock(browser, city.people[0])
    browser.post(public("desk_card"))
    page = browser.get(public("desk_sign")).content.decode()

    asked = browser.post(public("desk_close"))
    still = browser.get(public("desk"))
    browser.post(public("desk_close"), {"dikonfirmasi": "ya"})

    assert "Batal, kembalikan layar kepada petugas" in page
    assert "petugas yang melihat kartu Anda" in page
    assert ('href="/"' in page, "site-footer" in page) == (False, False)
    assert (asked.status_code, still.context["kiosk"].closed_at) == (200, None)
    assert browser.get(public("desk_card"))["Location"] == public("desk")
    assert "Layar ini tertutup" in browser.get(public("desk")).content.decode()


def test_nobody_signs_on_a_tablet_without_the_pin_and_the_card(city, place):
    account = factories.user("Petugas layar", "hr_pledges", agency=city.agency)
    browser, person = tablet(place, account), city.people[0]

    straight = browser.post(public("desk_sign"), pen(place, nama=person.name))
    wrong = unlock(browser, person, pin="000000")
    unlock(browser, person)
    skipped = browser.post(public("desk_sign"), pen(place, nama=person.name))

    assert (straight["Location"], wrong.status_code) == (public("desk"), 422)
    assert (skipped["Location"], Signature.objects.count()) == (public("desk"), 0)


def test_ten_wrong_pins_close_the_tablet(city, place):
    account = factories.user("Petugas layar", "hr_pledges", agency=city.agency)
    browser = tablet(place, account)

    for _try in range(10):
        unlock(browser, city.people[0], pin="000000")

    assert Kiosk.objects.get().closed_at is not None
    assert "tertutup" in browser.get(public("desk")).content.decode()


def test_an_operator_s_tablet_serves_the_own_unit_only(city, place):
    account = factories.user("Operator unit", "unit_operator", unit=city.ward)
    browser = tablet(place, account)
    stranger, own = city.people[0], city.people[3]

    for person in (stranger, own):
        unlock(browser, person)
        browser.post(public("desk_card"))
        browser.post(public("desk_sign"), pen(place, nama=person.name))

    assert [row.obligation.person for row in Signature.objects.all()] == [own]


def test_a_second_tap_on_the_tablet_signs_once(city, place):
    account = factories.user("Petugas layar", "hr_pledges", agency=city.agency)
    browser, person = tablet(place, account), city.people[0]
    for _time in range(2):
        unlock(browser, person)
        browser.post(public("desk_card"))
        browser.post(public("desk_sign"), pen(place, nama=person.name))

    assert Signature.objects.count() == 1


def test_the_page_of_the_day_before_counts_who_cannot_be_reached(city, place, hr, client):
    client.force_login(factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency))
    factories.reached(place, city.people[0])
    duty = factories.owed(place, city.people[1])
    print_codes(obligations=[duty], actor=hr, clock=NOON)

    ready = client.get(staff("together", place.public_id)).context["ready"]
    listed = client.get(staff("without_contact", place.public_id)).content.decode()

    assert (ready.to_sign, ready.unreachable, ready.with_printed, ready.uncovered) == (4, 3, 1, 2)
    assert city.people[0].name not in listed
    assert city.people[1].name in listed


def test_whose_codes_were_tried_too_often_is_reported(city, place, hr, client):
    client.force_login(factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency))
    person = city.people[0]
    [strip] = print_codes(obligations=[factories.owed(place, person)], actor=hr, clock=NOON)
    wrong = {"kode": strip.code, "nomor": "198001012005011999"}
    for _try in range(3):
        Client().post(public("printed"), wrong)

    page = client.get(staff("together", place.public_id))

    assert [(row.person, row.tries) for row in page.context["suspicious"]] == [(person, 3)]


def test_everything_to_print_is_a_pdf_of_the_own_unit(city, place, client):
    client.force_login(factories.user("Operator unit", "unit_operator", unit=city.ward))
    here = {"unit": city.ward.public_id}

    sheets = client.post(staff("print", place.public_id, "lembar"), here)
    codes = client.post(staff("print", place.public_id, "kode"), here)
    poster = client.post(staff("poster", place.public_id), here)
    whole = client.post(staff("poster", place.public_id))

    assert [each.content[:5] for each in (sheets, codes, poster)] == [b"%PDF-"] * 3
    assert whole.status_code == 404
    assert SigningCode.objects.get().obligation.person == city.people[3]


def test_codes_that_were_handed_out_are_replaced_only_after_a_question(city, place, client):
    client.force_login(factories.user("Operator unit", "unit_operator", unit=city.ward))
    here = {"unit": city.ward.public_id}
    again = staff("print", place.public_id, "kode")
    client.post(again, here)

    asked = client.post(again, here).content.decode()
    kept = SigningCode.objects.get().revoked_at
    new = client.post(again, {**here, "dikonfirmasi": "ya"})

    assert "1 orang sudah punya kode cetak yang belum dipakai." in asked
    assert f'name="unit" value="{city.ward.public_id}"' in asked
    assert (kept, new.content[:5]) == (None, b"%PDF-")
    assert SigningCode.objects.filter(revoked_at=None).count() == 1
