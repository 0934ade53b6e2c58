"""Filing in a real browser: what scripts add, what the keyboard alone can do, what a page weighs."""

import json
from itertools import count

import brotli
import pytest
import time_machine

from complaints.models import Draft, Report, Tip
from tests.complaints import factories as make
from tests.complaints.public.journey import ACCOUNT, PERSON
from tests.complaints.public.mailboxes import report_to_complete
from tests.e2e.conftest import PHONE
from tests.e2e.keys import Keys, tell_by_keys
from tests.e2e.walk import Blind, Walk

pytestmark = pytest.mark.django_db(transaction=True)
FIRST_VISIT, LATER_PAGE = 100_000, 30_000


@pytest.fixture(autouse=True)
def _stage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(make.at(16, 9).now, tick=True):
        yield


@pytest.fixture
def phone(browser, live_server):
    """One phone, whose errors fail the test."""
    with browser.new_context(viewport=PHONE, base_url=live_server.url, locale="id-ID") as context:
        page = context.new_page()
        page.set_default_timeout(30_000)
        wrong = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if _refused(line) else None)
        yield page
        assert wrong == []


def _refused(line):
    return line.type == "error" and "Content Security Policy" in line.text


def begin(walk, *, way="nama", device="simpan"):
    """Start, say whose device it is, write the code down."""
    walk.send("/lapor/", {"cara": way})
    walk.fill({"cara": device})
    code = walk.page.locator("#kode").inner_text().strip()
    walk.fill({"akhir": code[-4:]})
    return code


def shelf(page):
    """What the page has left on the device."""
    return page.evaluate("[...Object.entries(localStorage), ...Object.entries(sessionStorage)]")


class TestDevice:
    def test_words_survive_a_lost_connection(self, phone, live_server):
        walk = Walk(phone, live_server.url)
        begin(walk)
        walk.go("/lapor/uraian/")
        phone.context.set_offline(True)
        phone.locator("[name=uraian]").fill(ACCOUNT)
        phone.get_by_role("button", name="Simpan dan lanjutkan", exact=True).click()
        phone.get_by_text("Sambungan terputus").wait_for()
        phone.context.set_offline(False)
        phone.goto("/lapor/uraian/")
        assert phone.locator("[name=uraian]").input_value() == ACCOUNT
        phone.get_by_text("dikembalikan dari perangkat ini").wait_for()
        walk.fill({"uraian": ACCOUNT})
        assert phone.url.endswith("/lapor/waktu/")
        assert shelf(phone) == []

    def test_words_survive_a_session_that_ended(self, phone, live_server):
        walk = Walk(phone, live_server.url)
        code = begin(walk)
        walk.go("/lapor/uraian/")
        phone.locator("[name=uraian]").fill(ACCOUNT)
        phone.context.clear_cookies()
        walk.send("/lapor/lanjut/", {"kode": code})
        walk.go("/lapor/uraian/")
        assert phone.locator("[name=uraian]").input_value() == ACCOUNT
        phone.get_by_role("button", name="Buang ketikan itu").click()
        assert (phone.locator("[name=uraian]").input_value(), shelf(phone)) == ("", [])

    @pytest.mark.parametrize("way", ["nama", "anonim"])
    def test_nothing_stays_on_a_device_unless_that_was_chosen(self, phone, live_server, way):
        walk = Walk(phone, live_server.url)
        begin(walk, way=way, device="bersama")
        for url, answers in (
            ("/lapor/perbuatan/", {"kategori": ["FINGER_POSE"]}),
            ("/lapor/uraian/", {"uraian": ACCOUNT}),
            ("/lapor/terlapor/1/", {"nama": "Lurah contoh"}),
        ):
            walk.go(url)
            for name, value in answers.items():
                if isinstance(value, str):
                    phone.locator(f"[name={name}]").fill(value)
            assert shelf(phone) == []
            walk.fill(answers)
        assert shelf(phone) == []

    def test_the_number_of_the_card_is_never_kept(self, phone, live_server):
        walk = Walk(phone, live_server.url)
        begin(walk)
        walk.go("/lapor/identitas/")
        phone.locator("[name=nik]").fill(PERSON["nik"])
        phone.locator("[name=nama]").fill(PERSON["nama"])
        kept = json.dumps(shelf(phone))
        assert (PERSON["nama"] in kept, PERSON["nik"] in kept) == (True, False)


class TestScripts:
    def test_the_browser_proves_its_work_under_our_policy(self, phone, live_server, settings):
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, "new_drafts": (0, 60)}
        walk = Walk(phone, live_server.url)
        walk.send("/lapor/", {"cara": "anonim"})
        phone.get_by_text("Selesai dihitung").wait_for(timeout=60_000)
        walk.look("proved")
        with phone.expect_navigation():
            phone.get_by_role("button", name="Lanjutkan", exact=True).click()
        assert phone.url.endswith("/lapor/perangkat/")
        assert (Draft.objects.count(), walk.found) == (1, {})

    def test_units_are_suggested_while_one_types(self, phone, live_server):
        make.unit("Kelurahan Mojoroto")
        walk = Walk(phone, live_server.url)
        begin(walk)
        walk.send("/lapor/tempat/", WHERE)
        walk.go("/lapor/terlapor/1/")
        phone.locator("#cari-unit").press_sequentially("mojoroto")
        phone.get_by_label("Kelurahan Mojoroto").check()
        walk.look("suggested")
        walk.fill({"nama": "Lurah contoh"})
        assert "Kelurahan Mojoroto" in walk.words()
        assert walk.found == {}

    def test_a_signature_is_drawn_with_a_finger(self, phone, live_server):
        walk = Walk(phone, live_server.url)
        begin(walk)
        walk.go("/lapor/tandatangan/")
        phone.get_by_label("Menggambar").check()
        field = phone.locator("canvas")
        field.scroll_into_view_if_needed()
        box = field.bounding_box()
        phone.mouse.move(box["x"] + 10, box["y"] + 20)
        phone.mouse.down()
        for step in range(20):
            phone.mouse.move(box["x"] + 10 + 8 * step, box["y"] + 20 + 5 * (step % 4))
        phone.mouse.up()
        walk.look("drawn")
        with phone.expect_navigation():
            phone.get_by_role("button", name="Tanda tangani dan lanjutkan").click()
        assert phone.url.endswith("/lapor/periksa/")
        assert "Digambar" in walk.words()
        assert walk.found == {}

    def test_a_list_is_narrowed_while_one_types(self, phone, live_server):
        walk = Walk(phone, live_server.url)
        begin(walk)
        walk.go("/lapor/tempat/")
        phone.locator("#cari-wilayah").press_sequentially("kota kedir")
        assert phone.locator("#id_wilayah").input_value() == "35.71"


WHERE = {"cara": "internet", "wilayah": "35.71", "platform": "WhatsApp"}


def test_a_report_is_filed_with_the_keyboard_alone(browser, live_server):
    make.contest()
    with browser.new_context(viewport=PHONE, base_url=live_server.url, locale="en-US") as context:
        page = context.new_page()
        page.set_default_timeout(30_000)
        context.add_cookies([{"name": "django_language", "value": "id", "url": live_server.url}])
        keys = Keys(page)
        page.goto("/")
        keys.press("main .door .btn-start")
        keys.choose("cara", "nama")
        keys.press("main .btn-start")
        keys.choose("cara", "sendiri")
        keys.press()
        tell_by_keys(keys)
        keys.press("main .btn-primary[href]")
        keys.press()
        keys.choose("sebagai", "VOTER")
        keys.press()
        keys.type("[name=nama]", PERSON["nama"])
        keys.type("[name=alamat]", PERSON["alamat"])
        keys.press()
        keys.type("[name=surel]", PERSON["surel"])
        keys.press()
        keys.type("[name=nama_ketik]", PERSON["nama"])
        keys.press()
        keys.press("main .btn-primary[href]")
        keys.to("[name=benar]")
        page.keyboard.press("Space")
        keys.press()
        assert page.url.endswith("/lapor/selesai/")
    assert Report.objects.get().signature == "TYPED"


def test_without_scripts_and_without_a_name_units_are_found_too(browser, live_server):
    make.contest()
    make.unit("Kelurahan Mojoroto")
    with browser.new_context(
        viewport=PHONE, base_url=live_server.url, locale="id-ID", java_script_enabled=False
    ) as context:
        walk = Blind(context.new_page(), live_server.url)
        begin(walk, way="anonim", device="sendiri")
        walk.fill({"kategori": ["FINGER_POSE"]})
        walk.fill({"uraian": ACCOUNT})
        walk.fill({"ketepatan": "DAY", "kejadian": "2025-06-14", "diketahui": "2025-06-14"})
        walk.fill(WHERE)
        walk.go("/lapor/terlapor/1/")
        walk.page.locator("#cari-unit").fill("mojoroto")
        walk.page.locator("[name=cari]").click()
        walk.page.get_by_label("Kelurahan Mojoroto").check()
        walk.fill({"nama": "Lurah contoh"})
        walk.send("/lapor/rekan/", {"rekan": "ya"})
        assert "grup berdelapan" in walk.words()
        walk.send("/lapor/pemilihan/", {"siapa": "Calon contoh"})
        walk.send("/lapor/kirim/", {"benar": True})
    assert (Tip.objects.get().coworker, Tip.objects.get().anonymous) == (True, True)


PAGES = (
    "",
    "perbuatan",
    "uraian",
    "waktu",
    "tempat",
    "kantor",
    "terlapor/1",
    "rekan",
    "tutupi",
    "pemilihan",
    "saksi/1",
    "sebagai",
    "kuasa",
    "identitas",
    "kontak",
    "tandatangan",
    "periksa",
)


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en", "dark", 360), ("id", "light", 1280)]
)
def test_every_question_is_accessible(browser, live_server, language, scheme, width):
    size = {"width": width, "height": 800}
    with browser.new_context(
        viewport=size, base_url=live_server.url, locale="id-ID", color_scheme=scheme
    ) as context:
        cookie = {"name": "django_language", "value": language, "url": live_server.url}
        context.add_cookies([cookie])
        walk = Walk(context.new_page(), live_server.url)
        begin(walk)
        walk.send("/lapor/uraian/", {"uraian": f"{ACCOUNT} Dari meja saya."})
        when = {"ketepatan": "DAY", "kejadian": "2025-06-14", "diketahui": "2025-06-14"}
        walk.send("/lapor/waktu/", when)
        walk.send("/lapor/tempat/", WHERE)
        walk.send("/lapor/sebagai/", {"sebagai": "ATTORNEY"})
        for name in PAGES:
            walk.go(f"/lapor/{name}/".replace("//", "/"))
            wide = walk.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, name
        assert walk.found == {}


def test_a_hurried_press_leaves_nothing_open(phone, live_server, settings):
    settings.QUICK_EXIT_URL = f"{live_server.url}/healthz"
    walk = Walk(phone, live_server.url)
    begin(walk, way="anonim", device="sendiri")
    walk.go("/lapor/uraian/")
    phone.get_by_role("button", name="Tutup cepat").click()
    phone.wait_for_url("**/healthz")
    phone.goto("/lapor/uraian/")
    assert "/lapor/lanjut/" in phone.url


class Scale:
    """What goes over the wire: pages as sent, files of ours as WhiteNoise keeps them (Brotli)."""

    def __init__(self, page, address):
        self.address, self.bytes, self.elsewhere, self.seen = address, 0, [], count()
        self.client = page.context.new_cdp_session(page)
        self.client.send("Network.enable")
        self.urls = {}
        self.client.on("Network.responseReceived", self._received)
        self.client.on("Network.loadingFinished", self._finished)

    def _received(self, event):
        if not event["response"].get("fromDiskCache"):
            self.urls[event["requestId"]] = event["response"]["url"]

    def _finished(self, event):
        url = self.urls.pop(event["requestId"], "")
        if url.startswith("data:") or not url:
            return
        if not url.startswith(self.address):
            self.elsewhere.append(url)
        next(self.seen)
        self.bytes += self._weight(url, event)

    def _weight(self, url, event):
        if "/static/" not in url:
            return event["encodedDataLength"]
        body = self.client.send("Network.getResponseBody", {"requestId": event["requestId"]})
        return len(brotli.compress(body["body"].encode()))


def weigh(page, address, url):
    """Open a page and return its bytes and what it asked of other hosts."""
    scale = Scale(page, address)
    page.goto(url, wait_until="networkidle")
    scale.client.detach()
    return scale.bytes, scale.elsewhere


def test_pages_are_light_and_ask_nobody_else(phone, live_server):
    walk = Blind(phone, live_server.url)
    first, elsewhere = weigh(phone, live_server.url, "/")
    assert (first <= FIRST_VISIT, elsewhere) == (True, []), first
    begin(walk)
    total = first
    for step in ("perbuatan", "tempat", "terlapor/1", "pemilihan", "identitas", "periksa"):
        later, elsewhere = weigh(phone, live_server.url, f"/lapor/{step}/")
        assert (later <= LATER_PAGE, elsewhere) == (True, []), (step, later)
        total += later if step == "perbuatan" else 0
    assert total <= FIRST_VISIT


READ = (
    *("panduan/", "panduan/bolehkah/", "panduan/bolehkah/diajak-berfoto/"),
    *("panduan/bolehkah/uji/", "publikasi/", "data/", "lacak/"),
)
FOLLOWED = ("", "lengkapi/1/", "tenggat/", "pesan/", "data/")


def test_the_guide_and_the_mailbox_are_light_too(phone, live_server):
    _report, browser, code = report_to_complete()
    browser.post("/lacak/laporan/terima/")
    walk = Blind(phone, live_server.url)
    begun = {"lapor/": weigh(phone, live_server.url, "/lapor/")}
    read = {url: weigh(phone, live_server.url, f"/{url}") for url in READ}
    walk.send("/lacak/", {"kode": code})
    for url in FOLLOWED:
        read[f"mailbox {url}"] = weigh(phone, live_server.url, f"/lacak/laporan/{url}")
    heavy = {url: weight for url, (weight, _else) in read.items() if weight > LATER_PAGE}
    heavy |= {url: weight for url, (weight, _else) in begun.items() if weight > FIRST_VISIT}
    asked = [each for _weight, elsewhere in (read | begun).values() for each in elsewhere]
    assert (heavy, asked) == ({}, [])


def test_the_gate_is_light_with_its_proof_of_work(phone, live_server, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "new_drafts": (0, 3600)}
    weigh(phone, live_server.url, "/")
    phone.goto("/lapor/")
    scale = Scale(phone, live_server.url)
    phone.locator('[name="cara"][value="nama"]').check()
    phone.locator('form:has([name="cara"]) [type=submit]').click()
    phone.get_by_text("menghitung sebentar").wait_for()
    phone.wait_for_load_state("networkidle")
    assert (scale.bytes <= LATER_PAGE, scale.elsewhere) == (True, []), scale.bytes


def test_the_first_question_alone_is_light(phone, live_server):
    begin(Blind(phone, live_server.url))
    phone.context.new_cdp_session(phone).send("Network.clearBrowserCache")
    weight, elsewhere = weigh(phone, live_server.url, "/lapor/perbuatan/")
    assert (weight <= FIRST_VISIT, elsewhere) == (True, []), weight
