"""One complaint from a citizen's phone to the sanction, at the width of a phone and of a desk."""

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from complaints.models import (
    AgendaItem,
    Allegation,
    ClarificationSession,
    PlenaryMeeting,
    ReferralItem,
    Report,
)
from neutrality.law.codes import RequirementCode
from tests.complaints import factories as make
from tests.complaints.public.journey import ACCOUNT, PERSON, RESPONDENT, WHEN, WHERE
from tests.complaints.referral.scene import agency, kanreg
from tests.e2e.conftest import PHONE
from tests.e2e.walk import Blind, Walk

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
PICTURE = {"name": "status.png", "mimeType": "image/png", "buffer": PIXEL}
WEB = {"alamat": "https://contoh.id/unggahan/1", "keterangan": "Foto dengan pose jari"}


@pytest.fixture(autouse=True)
def _stage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def move():
    """Set the clock of the server; the browser keeps its own."""
    journeys: list[time_machine.travel] = []

    def to(*when):
        while journeys:
            journeys.pop().stop()
        journeys.append(time_machine.travel(make.at(*when).now, tick=True))
        journeys[-1].start()

    yield to
    while journeys:
        journeys.pop().stop()


class Office:
    """The people of the office in Kediri, of its city, and of the body above it."""

    def __init__(self):
        self.office, self.contest, self.agency = make.office(), make.contest(), agency()
        here = {"office": self.office}
        self.intake = make.user("Penerima contoh", "intake", **here)
        self.handler = make.user("Staf contoh", "handler", **here)
        self.second = make.user("Staf kedua contoh", "handler", **here)
        self.members = [make.user(f"Anggota {name}", "commissioner", **here) for name in "ABC"]
        self.liaison = make.user("Penghubung contoh", "liaison", body=kanreg())
        self.discipline = make.user("Petugas disiplin", "hr_discipline", agency=self.agency)


def staff(name, *args):
    return reverse(name if ":" in name else f"staff:{name}", args=args)


def write_down(walk):
    """Begin, and write the secret code down."""
    walk.send("/lapor/", {"cara": "nama"})
    walk.fill({"cara": "simpan"})
    code = walk.page.locator("#kode").inner_text().strip()
    walk.fill({"akhir": code[-4:]})
    return code


def answer_everything(walk, contest):
    """One question a page, as the page that follows asks it."""
    walk.fill({"kategori": ["FINGER_POSE"]})
    walk.fill({"uraian": ACCOUNT})
    walk.fill(WHEN)
    walk.fill(WHERE)
    walk.go("/lapor/kantor/")
    walk.send("/lapor/terlapor/1/", RESPONDENT)
    walk.send("/lapor/rekan/", {"rekan": "tidak"})
    walk.send("/lapor/pemilihan/", {"kontestasi": str(contest.pk)})
    walk.hand_in("/lapor/bukti/", PICTURE, "Tangkapan layar")
    walk.send("/lapor/bukti/", WEB)
    walk.go("/lapor/saksi/")
    walk.send("/lapor/saksi/1/", {"nama": "Saksi Contoh"})
    walk.send("/lapor/sebagai/", {"sebagai": PERSON["sebagai"]})
    walk.fill({name: PERSON[name] for name in ("nama", "nik", "alamat", "tanggal_lahir")})
    walk.fill({"telepon": PERSON["telepon"], "surel": PERSON["surel"]})
    walk.fill({"nama_ketik": PERSON["nama"]})
    walk.go("/lapor/periksa/")
    walk.send("/lapor/kirim/", {"benar": True})


def file_report(walk, contest):
    """Go the whole way; return the code that was written down and what was sent."""
    code = write_down(walk)
    answer_everything(walk, contest)
    return code, Report.objects.latest("pk")


@pytest.mark.django_db(transaction=True)
def test_a_complaint_goes_from_the_phone_to_the_sanction(page, live_server, move):
    move(16, 9)
    office = Office()
    walk = Walk(page, live_server.url)
    for url in ("/", "/panduan/", "/data/", "/verifikasi/", "/lacak/", "/undangan/"):
        walk.go(url)
    code, report = file_report(walk, office.contest)
    receive(walk, office, report)
    complete(walk, office, report, code, move)
    matter = register(walk, office, report, move)
    handle(walk, office, matter, move)
    item = refer(walk, office, matter, move)
    punish(walk, office, item, move)
    walk.be()
    walk.send("/lacak/", {"kode": code})
    assert "Sanksi dijatuhkan" in walk.words()
    assert walk.found == {}


def step(walk, entry, action, **answers):
    kind = {"Report": "report", "Matter": "case"}[type(entry).__name__]
    walk.send(staff(f"{kind}_step", entry.public_id, action), answers)
    entry.refresh_from_db()


def receive(walk, office, report):
    """The officer finds it in the inbox and in the queue, and gives it a number."""
    walk.be(office.intake)
    for name in ("inbox", "reports", "report_new"):
        walk.go(staff(name))
    walk.go(staff("report", report.public_id))
    step(walk, report, "RECEIVE", cara_periksa="COUNTER")
    assert report.number.startswith("001/LP/")


def judge(walk, report, **missing):
    answers = {}
    for code in RequirementCode:
        answers[f"{code}-nilai"] = "NOT_MET" if code in missing else "MET"
        answers[f"{code}-alasan"] = missing.get(code, "Terlihat pada laporan.")
    walk.send(staff("report_requirements", report.public_id), answers)


def complete(walk, office, report, code, move):
    """The handler asks for what is missing, the citizen hands it in from the tracking page."""
    move(16, 11)
    walk.be(office.handler)
    step(walk, report, "START_REVIEW")
    judge(walk, report, MATERIAL_EVIDENCE="Waktu unggahan tidak terlihat.")
    step(walk, report, "ASK_FOR_COMPLETION")
    walk.go(staff("report", report.public_id))

    move(16, 12)
    walk.be()
    walk.send("/lacak/", {"kode": code})
    walk.fill({}, to="terima/")
    assert "Waktu unggahan tidak terlihat." in walk.words()
    more = {"name": "lengkap.png", "mimeType": "image/png", "buffer": PIXEL + b"\0"}
    walk.send("/lacak/laporan/lengkapi/", {"jawaban": "Ini lengkapnya.", "berkas": more})

    move(16, 13)
    walk.be(office.handler)
    judge(walk, report)
    report.refresh_from_db()


def meet(walk, office, item, when, move):
    """The plenary meets: it is planned, opened, votes, decides, and is closed."""
    chair = office.members[0]
    walk.be(chair)
    day, hour = when
    planned = {"waktu": f"2025-06-{day}T{hour:02}:00", "cara": "PRESENT", "tempat": "Ruang rapat"}
    walk.send(staff("meeting_plan"), planned)
    meeting = PlenaryMeeting.objects.latest("pk")
    here = staff("meeting", meeting.public_id)
    walk.send(here, {"butir": [item.public_id]}, to="acara/")
    move(day, hour)
    present = [str(row.pk) for row in office.members]
    walk.send(staff("meeting_open", meeting.public_id), {"hadir": present, "ketua": present[0]})
    ballots = {f"suara-suara_{pk}": "FOR" for pk in present}
    walk.send(staff("agenda_item", item.public_id), ballots, to="suara/")
    walk.fill({"putusan-keputusan": "Disetujui dengan suara bulat."}, to="putuskan/")
    walk.send(here, {}, to="tutup/")


def register(walk, office, report, move):
    """The handler proposes, the plenary registers."""
    walk.be(office.handler)
    walk.send(staff("report_propose", report.public_id, "REGISTER"), {"usul": "Syarat lengkap."})
    meet(walk, office, AgendaItem.objects.get(), (16, 14), move)
    report.refresh_from_db()
    assert report.register_number.startswith("001/Reg/LP/")
    matter = report.matter
    matter.refresh_from_db()
    return matter


def handle(walk, office, matter, move):
    """The respondent is heard, the assessment written and approved, the result decided."""
    move(17, 9)
    walk.be(office.handler)
    for name in ("cases", "calendar", "meetings", "tips"):
        walk.go(staff(name))
    lurah = matter.parties.get(kind="RESPONDENT")
    linked = staff("respondent_link", matter.public_id, lurah.public_id)
    walk.send(f"{linked}?instansi={office.agency.code}", {"jenis": "PNS"})
    step(walk, matter, "CLARIFY")
    walk.go(staff("case", matter.public_id))
    hear(walk, matter, lurah, move)
    step(walk, matter, "ASSESS")
    allegation = Allegation.objects.get(matter=matter)
    walk.send(staff("allegation", matter.public_id, 1), {"perbuatan": "PHOTO_TOGETHER"})
    written = {
        "fakta": "Fakta contoh.",
        "analisis": "Analisis contoh.",
        f"unsur_{allegation.pk}": "Unsur terpenuhi.",
        f"simpulan_{allegation.pk}": ["ASN_LAW"],
    }
    walk.send(staff("assessment", matter.public_id), written)
    walk.be(office.second)
    walk.send(staff("assessment_version", matter.public_id, 1), to="setujui/")
    walk.be(office.handler)
    step(walk, matter, "BRING_TO_PLENARY", usul="Diteruskan kepada BKN.")
    meet(walk, office, AgendaItem.objects.get(action="DECIDE"), (18, 14), move)


def hear(walk, matter, lurah, move):
    """Invite, hand over, receive, write down, confirm."""
    session_plan = {
        "pihak": lurah.public_id,
        "mulai": "2025-06-18T09:00",
        "selesai": "2025-06-18T11:00",
        "cara": "PRESENT",
        "tempat": "Ruang klarifikasi",
    }
    walk.send(staff("session_plan", matter.public_id), session_plan)
    session = ClarificationSession.objects.get()
    here = staff("session", session.public_id)
    move(18, 9)
    walk.send(here, {"hadir-sumpah": "NOT_ASKED"}, to="hadir/")
    line = {"tanya": "Apakah Anda memasang foto itu?", "jawab": "Ya."}
    walk.go(staff("session_minutes", session.public_id))
    if walk.page.locator('form[method="post"] [name="tanya"]').count():
        walk.page.locator('[name="tanya"]').first.fill(line["tanya"])
        walk.page.locator('[name="jawab"]').first.fill(line["jawab"])
        walk.page.locator('form:has([name="tanya"]) button[type="submit"]').first.click()
        expect(walk.page.locator("form.is-unsaved")).to_have_count(0)
    walk.send(here, {"sah-dibacakan": True}, to="konfirmasi/")


def refer(walk, office, matter, move):
    """The package goes to the regional office of BKN, which recommends."""
    move(18, 15)
    walk.be(office.handler)
    walk.send(staff("send_package", matter.public_id), {"kanal": "DIRECT", "periksa": True})
    item = ReferralItem.objects.get()
    for url in (staff("items"), staff("item", item.public_id)):
        walk.go(url)
    matter.refresh_from_db()
    step(walk, matter, "CLOSE")
    move(19, 9)
    walk.be(office.liaison)
    walk.go(staff("liaison:items"))
    walk.go(staff("liaison:item", item.public_id))
    walk.send(staff("liaison:item_step", item.public_id, "ACKNOWLEDGE"))
    letter = {"nomor_surat": "R-1", "tanggal_surat": "2025-06-19", "jenis_sanksi": "MORAL_OPEN"}
    walk.send(staff("liaison:item_step", item.public_id, "RECOMMEND"), letter)
    return item


def punish(walk, office, item, move):
    """The officer of the city records examination and decree."""
    move(20, 9)
    walk.be(office.discipline)
    walk.go(staff("hr:items"))
    walk.send(staff("hr:item_step", item.public_id, "START_FOLLOW_UP"))
    heard = {"tim": "Tim contoh", "dipanggil": "2025-06-19", "diperiksa": "2025-06-20"}
    walk.send(staff("hr:examination", item.public_id), heard)
    decree = {
        "nomor_surat": "SK-1",
        "tanggal_surat": "2025-06-20",
        "jenis_sanksi": "MORAL_OPEN",
        "alasan": "Sesuai rekomendasi.",
    }
    walk.send(staff("hr:item_step", item.public_id, "SANCTION"), decree)
    walk.go(staff("hr:item", item.public_id))


@pytest.mark.django_db(transaction=True)
def test_a_citizen_needs_no_scripts(browser, live_server, move):
    move(16, 9)
    office = Office()
    with browser.new_context(
        viewport=PHONE, base_url=live_server.url, locale="id-ID", java_script_enabled=False
    ) as context:
        walk = Blind(context.new_page(), live_server.url)
        code, report = file_report(walk, office.contest)
        assert report.contest == office.contest
        walk.be()
        walk.send("/lacak/", {"kode": code})
        assert "Laporan terkirim" in walk.words()
        walk.fill({"pesan": "Saya dapat datang hari Selasa."})


@pytest.mark.django_db(transaction=True)
def test_the_public_pages_are_accessible_in_english_too(page, live_server, move):
    move(16, 9)
    office = Office()
    walk = Walk(page, live_server.url)
    cookie = {"name": "django_language", "value": "en", "url": live_server.url}
    page.context.add_cookies([cookie])
    for url in ("/", "/panduan/", "/data/", "/verifikasi/", "/lacak/", "/undangan/"):
        walk.go(url)
    assert page.locator("html").get_attribute("lang") == "en"
    code, _report = file_report(walk, office.contest)
    walk.send("/lacak/", {"kode": code})
    assert walk.found == {}
