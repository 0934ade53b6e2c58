"""Every page near and far, light and dark, in both languages: axe finds nothing, nothing sticks out.

The journey looks at the staff's pages by daylight in Indonesian; here they are looked at by night,
and those of the public in every way.
"""

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as project
from django.test import Client

from tests.complaints import factories as make
from tests.complaints.case.scene import Scene as CaseScene
from tests.complaints.public import journey
from tests.complaints.public.mailboxes import tip_with_code
from tests.complaints.staff.scene import Scene
from tests.e2e.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
AXE = Axe()
# By night only the colours are others; on a desktop only the places.
COLOURS = {"runOnly": ["color-contrast"]}
LAYOUT = {"runOnly": ["scrollable-region-focusable", "target-size", "color-contrast"]}
OPEN = (
    "/",
    "/panduan/",
    "/panduan/?cari=zzz",
    "/panduan/bolehkah/",
    "/panduan/bolehkah/diajak-berfoto/",
    "/panduan/bolehkah/uji/",
    "/publikasi/",
    "/data/",
    "/verifikasi/",
    "/lacak/",
    "/undangan/",
    "/lapor/",
    "/lapor/lanjut/",
    "/akun/login/",
    "/tidak-ada/",
)
QUESTIONS = (
    *("perbuatan", "uraian", "waktu", "tempat", "kantor", "terlapor", "terlapor/1", "rekan"),
    *("pemilihan", "bukti", "saksi", "saksi/1", "sebagai", "identitas", "kontak", "tandatangan"),
    *("periksa", "kirim"),
)
MAILBOX = (
    *("", "tenggat/", "cabut/", "pesan/", "kabar/", "data/", "data/alamat/", "data/permintaan/"),
    *("kuasa/", "kode/"),
)
ROOM = ("", "pesan/", "kabar/", "data/", "kuasa/")
STAFF = (
    *("/petugas/", "/petugas/laporan/", "/petugas/laporan/baru/", "/petugas/informasi/"),
    *("/petugas/perkara/", "/petugas/pleno/", "/petugas/penerusan/", "/petugas/kalender/"),
)
HEAD = ("/petugas/kantor/", "/petugas/penerbitan/", "/petugas/penerbitan/baru/", "/akun/peran/")


@pytest.fixture(autouse=True)
def _stage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(make.at(16, 9).now, tick=True):
        yield


class Looker:
    """A browser of one language in which every page is seen near and far, by day and by night."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.found = []

    def be(self, client):
        """Go on as the visitor who has come this far."""
        kept = client.cookies[project.SESSION_COOKIE_NAME]
        cookie = {"name": kept.key, "value": kept.value, "url": self.address}
        self.page.context.add_cookies([cookie])

    def look(self, path):
        """Open a page and note what is wrong with it; what is not found is a page too."""
        self.page.set_viewport_size(PHONE)
        self.page.goto(path)
        arrived = self.page.url.removeprefix(self.address)
        if arrived != path:
            self.found.append((path, "phone", "led elsewhere", arrived))
        self._note(path, "phone", {})
        self.page.emulate_media(color_scheme="dark")
        self._note(path, "phone by night", COLOURS)
        self.page.set_viewport_size(DESKTOP)
        self._note(path, "desktop by night", COLOURS)
        self.page.emulate_media(color_scheme="light")
        self._note(path, "desktop", LAYOUT)

    def _note(self, path, way, options):
        seen = AXE.run(self.page, options=options).response["violations"]
        self.found += [
            (path, way, row["id"], node["html"][:160]) for row in seen for node in row["nodes"]
        ]
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.found.append((path, way, "wider than the screen", ""))


@pytest.fixture
def looker(browser, live_server, request):
    """A browser that speaks one language."""
    # Colours that fade in would be read half-way.
    quiet = {"base_url": live_server.url, "reduced_motion": "reduce"}
    with browser.new_context(**quiet) as context:
        spoken = {
            "name": project.LANGUAGE_COOKIE_NAME,
            "value": request.param,
            "url": live_server.url,
        }
        context.add_cookies([spoken])
        yield Looker(context.new_page(), live_server.url)


@pytest.mark.parametrize("looker", ["id", "en"], indirect=True)
def test_the_pages_of_the_public_are_in_order(looker):
    citizen = Client()
    for path in OPEN:
        looker.look(path)
    code = journey.begin(citizen)
    journey.fill(citizen, contest=str(make.contest().pk))
    looker.be(citizen)
    for step in QUESTIONS:
        looker.look(f"/lapor/{step}/")
    citizen.post("/lapor/kirim/", {"benar": "on"})
    looker.look("/lapor/selesai/")
    citizen.post("/lacak/", {"kode": code.text})
    citizen.post("/lacak/laporan/data/", {"kode": code.text})
    looker.be(citizen)
    for path in MAILBOX:
        looker.look(f"/lacak/laporan/{path}")
    assert looker.found == []


@pytest.mark.parametrize("looker", ["en"], indirect=True)
def test_the_pages_of_an_office_are_in_order(looker):
    scene = Scene()
    report, tip = scene.report(contest=make.contest()), scene.tip()
    looker.be(_logged_in(scene.intake))
    for path in (*STAFF, f"/petugas/laporan/{report.public_id}/"):
        looker.look(path)
    looker.be(_logged_in(scene.handler))
    looker.look(f"/petugas/informasi/{tip.public_id}/")
    looker.look(f"/petugas/laporan/{report.public_id}/syarat/")
    looker.be(_logged_in(scene.head))
    for path in HEAD:
        looker.look(path)
    assert looker.found == []


@pytest.mark.parametrize("looker", ["id", "en"], indirect=True)
def test_the_room_of_somebody_invited_and_what_is_missing_are_in_order(looker):
    scene = CaseScene()
    planned = scene.session(scene.respondent, start=make.at(19, 9).now, end=make.at(19, 11).now)
    guest = Client()
    guest.post("/undangan/", {"kode": planned.code.text})
    guest.post("/undangan/saya/kode/")
    looker.be(guest)
    for path in ROOM:
        looker.look(f"/undangan/saya/{path}")
    _tip, informant, _code = tip_with_code()
    looker.be(informant)
    looker.look("/lacak/laporan/identitas/")
    looker.look("/lacak/laporan/kabar/")
    assert looker.found == []


def _logged_in(user):
    client = Client()
    client.force_login(user)
    return client
