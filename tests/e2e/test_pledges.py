"""Signing in a real browser: by phone, on a tablet, without scripts, in both languages, with axe."""

import pytest
import time_machine
from django.urls import reverse

from pledges.codes import WallKind
from pledges.models import Ceremony, Signature
from pledges.services.print_sheets import print_sheets
from pledges.services.printed_codes import print_codes
from pledges.services.wall_codes import wall_code
from tests.e2e.conftest import PHONE
from tests.e2e.test_filing import FIRST_VISIT, LATER_PAGE, Scale
from tests.e2e.walk import Blind, Walk
from tests.pledges import factories
from tests.pledges.factories import NOON

pytestmark = pytest.mark.django_db(transaction=True)
PIN = "482913"
# What is sent, the page that answers, and what only that page needs, as the pad to draw on.
MOST_REQUESTS = 4


@pytest.fixture(autouse=True)
def _stage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOON.now, tick=True):
        yield


@pytest.fixture
def scene(db):
    """A city with a round, a ceremony that goes on, and a code on the wall."""
    agency = factories.agency()
    ward = factories.unit(agency, "Kelurahan Contoh")
    person = factories.servant(agency, ward, "Drs. Lurah Contoh, M.Si.")
    place = factories.opened(agency)
    factories.reached(place, person)
    actor = factories.officer(agency)
    Ceremony.objects.create(
        agency=agency,
        round=place,
        kind="SIGNING",
        title="Penandatanganan contoh",
        held_on=NOON.now.date(),
        place="Aula contoh",
        begins_at=factories.later(hour=4).now,
        ends_at=factories.later(hour=9).now,
        recorded_at=NOON.now,
    )
    wall = wall_code(
        kind=WallKind.SIGN, place=place, ceremony=None, unit=None, actor=actor, clock=NOON
    )
    return agency, place, person, wall, actor


def public(name, *args):
    return reverse(f"pledges_public:{name}", args=args)


def come_in(walk, person, wall):
    """The number, then the code that came."""
    walk.send(public("wall", wall.token), {"nomor": factories.number(person)})
    walk.fill({"kode": factories.last_message("pledge_code")["code"]})


def speak(page, language):
    """Choose the language in the page's own switch."""
    page.locator(f'form[action*="bahasa"] button[value="{language}"]').first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("language", ["id", "en"])
def test_somebody_signs_by_phone_in_either_language(page, live_server, scene, language):
    _agency, _place, person, wall, _actor = scene
    walk = Walk(page, live_server.url)
    walk.go(public("wall", wall.token))
    if language == "en":
        speak(page, "en")
    come_in(walk, person, wall)
    assert page.locator("html").get_attribute("lang") == language

    walk.fill({"setuju": True, "nama": "Lurah Contoh"})

    assert Signature.objects.get().typed_name == "Lurah Contoh"
    assert person.name in walk.words()
    with page.expect_download() as fetched:
        page.locator("a[download]").click()
    assert fetched.value.suggested_filename.endswith(".pdf")
    assert walk.found == {}


def test_signing_is_light_on_a_bad_line(browser, live_server, scene):
    """From the code on the wall to the end: after the first page little, and few requests."""
    _agency, _place, person, wall, _actor = scene
    with browser.new_context(viewport=PHONE, base_url=live_server.url, locale="id-ID") as context:
        walk = Blind(context.new_page(), live_server.url)
        weights, asked, known = [], [], set()
        walk.page.on("request", lambda request: asked.append(request.url))

        def weighed(act):
            scale = Scale(walk.page, live_server.url)
            act()
            walk.page.wait_for_load_state("networkidle")
            scale.client.detach()
            # Files are kept for good by their names, so only new ones are asked for again.
            fresh = [url for url in asked if "/static/" not in url or url not in known]
            weights.append((scale.bytes, len(fresh)))
            known.update(asked)
            asked.clear()
            assert scale.elsewhere == []

        weighed(lambda: walk.go(public("wall", wall.token)))
        weighed(lambda: walk.fill({"nomor": factories.number(person)}))
        code = factories.last_message("pledge_code")["code"]
        weighed(lambda: walk.fill({"kode": code}))
        weighed(lambda: walk.fill({"setuju": True, "nama": "Lurah Contoh"}))
    first, *later = weights
    assert Signature.objects.count() == 1
    assert first[0] <= FIRST_VISIT, weights
    assert [each for each in later if each[0] > LATER_PAGE or each[1] > MOST_REQUESTS] == []
    assert sum(size for size, _requests in later) <= LATER_PAGE, weights


def test_somebody_draws_with_a_finger(page, live_server, scene):
    _agency, _place, person, wall, _actor = scene
    walk = Walk(page, live_server.url)
    come_in(walk, person, wall)
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 20 + 30 * step, box["y"] + 20 + 8 * (step % 3))
    page.mouse.up()

    walk.fill({"setuju": True})

    signature = Signature.objects.get()
    assert (signature.kind, signature.typed_name) == ("DRAWN", "")
    assert walk.found == {}


def test_an_attendant_lets_somebody_sign_on_a_tablet(page, live_server, scene):
    agency, place, person, _wall, _actor = scene
    account = factories.user("Petugas layar", "hr_pledges", agency=agency)
    walk = Walk(page, live_server.url)
    walk.be(account)
    walk.send(
        reverse("pledges_together:open_tablet", args=[place.public_id]),
        {"jam": "4", "pin": PIN, "pin_lagi": PIN},
    )
    walk.fill({"nomor": factories.number(person), "pin": PIN})
    assert person.name in walk.words()

    walk.fill({}, to="")
    walk.fill({"setuju": True, "nama": "Lurah Contoh"})

    assert Signature.objects.get().recorded_by == account
    assert person.name not in walk.words()
    assert walk.found == {}


def test_the_officer_s_pages_of_the_day_are_read_by_axe(page, live_server, scene):
    agency, place, person, _wall, actor = scene
    duty = factories.owed(place, person)
    print_codes(obligations=[duty], actor=actor, clock=NOON)
    print_sheets(place=place, obligations=[duty], actor=actor, clock=NOON)
    held = Ceremony.objects.get()
    walk = Walk(page, live_server.url)
    walk.be(factories.user("Petugas kepegawaian", "hr_pledges", agency=agency))
    of_round = ("together", "without_contact", "scans", "archives", "extend", "text", "circular")
    of_event = ("event", "event_part", "event_attendance", "event_photo")

    for name in (*of_round, "grounds", "open_tablet"):
        walk.go(reverse(f"pledges_together:{name}", args=[place.public_id]))
    for name in of_event:
        walk.go(reverse(f"pledges_together:{name}", args=[held.public_id]))
    for name in ("events", "to_verify", "contact_changes"):
        walk.go(reverse(f"pledges_together:{name}"))
    walk.go(reverse("pledges_together:plan", args=[agency.code]))
    walk.go(public("index"))
    walk.go(public("printed"))

    assert walk.found == {}


def test_somebody_signs_without_scripts_and_a_double_tap_signs_once(browser, live_server, scene):
    _agency, place, person, _wall, actor = scene
    [strip] = print_codes(obligations=[factories.owed(place, person)], actor=actor, clock=NOON)
    with browser.new_context(
        viewport=PHONE, base_url=live_server.url, locale="id-ID", java_script_enabled=False
    ) as context:
        walk = Blind(context.new_page(), live_server.url)
        walk.send(public("printed"), {"kode": strip.code, "nomor": factories.number(person)})
        assert "Menggambar memerlukan JavaScript" in walk.words()
        walk.fill({"setuju": True, "nama": "Lurah Contoh"})
        walk.page.go_back()
        walk.page.reload()

        assert "Anda sudah menandatangani" in walk.words()
    assert Signature.objects.count() == 1
