"""The HR officer's whole round in a real browser: from the roster's file to the report and the end."""

from urllib.parse import urlsplit

import pytest
import time_machine
from celery import current_app
from django.urls import reverse

from neutrality.personnel.models import Person, RosterImport
from pledges.models import Obligation, Round, Signature
from tests.e2e.conftest import PHONE
from tests.e2e.walk import Walk
from tests.personnel.roster.sheets import csv_of, person
from tests.pledges import factories
from tests.pledges.factories import NOON

pytestmark = pytest.mark.django_db(transaction=True)
WAYS = [("id", "light", {"width": 1280, "height": 800}), ("en", "dark", PHONE)]


@pytest.fixture(autouse=True)
def _stage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False
    conf = current_app.conf
    before, conf.task_always_eager = conf.task_always_eager, True
    with time_machine.travel(NOON.now, tick=True):
        yield
    conf.task_always_eager = before


class Spoken(Walk):
    """A walk that keeps to one language, whoever walks."""

    def __init__(self, page, address, language):
        super().__init__(page, address)
        self.language = {"name": "django_language", "value": language, "url": address}

    def be(self, user=None):
        super().be(user)
        self.page.context.add_cookies([self.language])


def at(name, place):
    """An address of the import, or of the round."""
    app = "roster" if isinstance(place, RosterImport) else "pledges_hr"
    return reverse(f"{app}:{name}", args=[place.public_id])


@pytest.fixture(params=WAYS, ids=["desktop by day", "phone by night"])
def walk(browser, live_server, request):
    """A browser of one language, one size and one time of day."""
    language, scheme, size = request.param
    with browser.new_context(
        viewport=size,
        base_url=live_server.url,
        color_scheme=scheme,
        reduced_motion="reduce",
        accept_downloads=True,
    ) as context:
        yield Spoken(context.new_page(), live_server.url, language)


def test_an_officer_runs_a_round_from_import_to_report(walk):
    agency = factories.agency()
    unit = factories.unit(agency, "Kelurahan Contoh")
    election = factories.election()
    officer = factories.user("Petugas kepegawaian", "hr_pledges", agency=agency)
    walk.be(officer)

    imported = _import(walk, unit)
    place = _open(walk, election)
    _sign(walk, officer, place)
    _see(walk, place)
    _report(walk, place)
    walk.send(at("round", place), to=at("close", place))
    walk.fill({})

    place.refresh_from_db()
    assert (imported.state, imported.figures["changes"]) == ("APPLIED", {"NEW": 2})
    assert (place.closed_at is None, Signature.objects.get().late) == (False, False)
    assert "1" in walk.page.locator(".tiles").inner_text()
    assert walk.found == {}


def _import(walk, unit):
    rows = [person(serial, unit.code) for serial in (1, 2)]
    file = {"name": "pegawai.csv", "mimeType": "text/csv", "buffer": csv_of(rows)}
    walk.go(reverse("roster:history"))
    walk.send(reverse("roster:upload"), {"berkas": file, "per_tanggal": "2026-11-15"})
    walk.fill({"number": "NIP", "name": "NAMA"})
    place = RosterImport.objects.get()
    walk.go(reverse("roster:changes", args=[place.public_id, "NEW"]))
    walk.send(at("import", place), to=at("confirm", place))
    walk.go(reverse("roster:units"))
    walk.go(reverse("roster:unit", args=[unit.public_id]))
    who = Person.objects.get(name="Pegawai Contoh 1")
    for name in ("person", "move", "leave", "unpaid_leave"):
        walk.go(reverse(f"roster:{name}", args=[who.public_id]))
    walk.go(reverse("roster:tokens"))
    place.refresh_from_db()
    return place


def _open(walk, election):
    answers = {
        "pemilihan": [str(election.pk)],
        "naskah": "FOUR_POINTS",
        "per_tanggal": "2026-11-20",
        "sampai": "2026-12-31",
    }
    walk.send(reverse("pledges_hr:open"), answers)
    walk.fill({})
    return Round.objects.get()


def _sign(walk, officer, place):
    """The officer records an address and invites; the person signs by the link that came."""
    duty = Obligation.objects.get(round=place, person__name="Pegawai Contoh 1")
    walk.go(at("person", duty))
    walk.send(at("contact", duty), {"surel": "pegawai@contoh.id"})
    walk.send(at("round", place), to=at("invite_all", place))
    walk.fill({})
    walk.be()
    walk.send(urlsplit(factories.last_message("pledge_invitation")["link"]).path)
    walk.fill({"kode": factories.last_message("pledge_code")["code"]})
    walk.fill({"setuju": True, "nama": "Pegawai Contoh 1"})
    walk.be(officer)


def _see(walk, place):
    walk.go(reverse("pledges_hr:rounds"))
    for name in ("gaps", "people", "day", "compare", "hour", "reminders", "bounced", "heads"):
        walk.go(at(name, place))


def _report(walk, place):
    walk.go(at("export", place))
    walk.page.locator('[name="bentuk"][value="pdf"]').check()
    walk.page.locator('[name="siapa"][value="belum"]').check()
    walk.page.locator('[name="alasan"]').fill("Laporan kepada pimpinan")
    with walk.page.expect_download() as fetched:
        walk.page.locator('main form button[type="submit"]').click()
    assert fetched.value.suggested_filename.endswith(".pdf")
