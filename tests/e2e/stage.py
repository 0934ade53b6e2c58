"""An office and those around it, each at a browser of their own, while time goes on."""

from contextlib import ExitStack, contextmanager

from playwright.sync_api import expect

from complaints.models import ClarificationSession
from tests.complaints import factories as make
from tests.complaints.public.journey import PERSON
from tests.e2e.looker import DESKTOP
from tests.e2e.walk import Walk
from tests.scenarios.filing import PIXEL
from tests.scenarios.town import Town, url

PICTURE = {"name": "status.png", "mimeType": "image/png", "buffer": PIXEL}
POST = "Unggahan status dengan pose jari tanda dukungan kepada satu pasangan calon."


class Person(Walk):
    """Somebody in an own browser; axe looks at the pages where the street is watched."""

    def __init__(self, page, address, user=None, street=None):
        super().__init__(page, address)
        self.user, self.is_away = user, True
        self.street = street
        if street is not None:
            self.looked, self.found = street.looked, street.found

    @property
    def is_watched(self):
        """Whether axe looks at present."""
        return self.street is not None and self.street.is_watched

    @property
    def until(self):
        """What is waited for: what is looked at has its colours."""
        return "load" if self.is_watched else "domcontentloaded"

    def look(self, part=""):
        """Let axe look where somebody watches; the others tell who can do what, in which order."""
        if self.is_watched:
            super().look(part)
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.found[self.page.url] = "wider than the screen"

    def go(self, url):
        """Open a page; raises AssertionError when it answers with an error."""
        answer = self.page.goto(url, wait_until=self.until)
        assert answer.ok, (url, answer.status, self.words()[:1500])
        self.look()

    def _press(self, form):
        """Press the button as the keyboard does; that it can be hit is seen in the journey."""
        button = self.button(form)
        if form.get_attribute("data-confirm"):
            super()._press(form)
            return
        with self.page.expect_navigation(wait_until=self.until) as arrived:
            button.press("Enter", no_wait_after=True)
        answer = arrived.value
        assert answer.ok, (self.page.url, answer.status, self.words()[:1500])
        self.look()

    def come(self):
        """Log in, as everybody does who comes back another day; visitors begin anew."""
        if self.is_away:
            self.be(self.user)
            self.is_away = False
        return self

    def send(self, url, answers=None, *, to="", status=302):
        """Open a page, fill in its form, and press its button."""
        super().send(url, answers, to=to)

    def read(self, url):
        """Return the words of a page."""
        self.go(url)
        return self.words()


class Street:
    """Opens browsers for those who come, one for each, at the desk or on a phone."""

    def __init__(self, browser, address, doors: ExitStack):
        self.browser, self.address, self.doors = browser, address, doors
        self.people: dict[tuple[str, str], Person] = {}
        self.is_watched = False
        self.looked: set[str] = set()
        self.found: dict[str, object] = {}
        self.screen = DESKTOP

    @contextmanager
    def watched(self):
        """Let axe look at each page that people come to, once."""
        self.is_watched = True
        yield
        self.is_watched = False

    def person(self, place, who, user=None):
        """Return who it is, at the browser that was theirs before."""
        if (place, who) not in self.people:
            context = self.browser.new_context(
                base_url=self.address, locale="id-ID", viewport=self.screen, reduced_motion="reduce"
            )
            self.doors.enter_context(context)
            self.people[place, who] = Person(context.new_page(), self.address, user, self)
        return self.people[place, who].come()

    def sleep(self):
        """Everybody goes away; who comes back logs in again."""
        for person in self.people.values():
            person.is_away = True


class Stage(Town):
    """A town whose people sit at real browsers."""

    def __init__(self, code, name, move, street, body=None):
        super().__init__(code, name, move)
        self.street, self.name = street, name
        if body is not None:
            self.users["liaison"] = make.user("Penghubung contoh", "liaison", body=body)

    def at(self, when):
        """Let it be this wall time, for everybody."""
        self.street.sleep()
        super().at(when)

    def visitor(self, who):
        """One of the people at their browser; the citizen and the guest have no account."""
        return self.street.person(self.name, who, self.users.get(who))

    def file(self, *, on, contest, respondents, named=True):
        """Report from a phone, question by question; return the code that was written down."""
        phone = self.visitor("citizen")
        phone.send("/lapor/", {"cara": "nama" if named else "anonim"})
        phone.fill({"cara": "bersama"})
        code = phone.page.locator("#kode").inner_text().strip()
        phone.fill({"akhir": code[-4:]})
        phone.send("/lapor/perbuatan/", {"kategori": ["FINGER_POSE"]})
        phone.send("/lapor/uraian/", {"uraian": POST})
        phone.send("/lapor/waktu/", {"ketepatan": "DAY", "kejadian": on, "diketahui": on})
        here = self.office.region.code
        phone.send("/lapor/tempat/", {"cara": "internet", "wilayah": here, "platform": "WhatsApp"})
        for number, who in enumerate(respondents, 1):
            phone.send(f"/lapor/terlapor/{number}/", who)
        phone.send("/lapor/rekan/", {"rekan": "tidak"})
        phone.send("/lapor/pemilihan/", {"kontestasi": str(contest.pk)})
        phone.hand_in("/lapor/bukti/", PICTURE, "Tangkapan layar")
        if named:
            self._say_who(phone)
        phone.send("/lapor/kirim/", {"benar": True})
        return code

    def _say_who(self, phone):
        phone.send("/lapor/sebagai/", {"sebagai": PERSON["sebagai"]})
        named = ("nama", "nik", "alamat", "tanggal_lahir")
        phone.send("/lapor/identitas/", {name: PERSON[name] for name in named})
        phone.send("/lapor/kontak/", {"telepon": PERSON["telepon"]})
        phone.send("/lapor/tandatangan/", {"nama_ketik": PERSON["nama"]})

    def told(self, code):
        """What the citizen reads behind the code."""
        phone = self.visitor("citizen")
        phone.be()
        phone.send("/lacak/", {"kode": code})
        return phone.words()

    def invite(self, party, day, hours=("09:00", "11:00"), **more):
        """Plan a session; return it with the code that stands on the invitation."""
        answers = {
            "pihak": party.public_id,
            "mulai": f"{day}T{hours[0]}",
            "selesai": f"{day}T{hours[1]}",
            "cara": "PRESENT",
            "tempat": "Ruang klarifikasi",
            **more,
        }
        desk = self.visitor("handler")
        desk.send(url("session_plan", party.matter.public_id), answers)
        code = desk.page.locator(".secret-code").inner_text().strip()
        return ClarificationSession.objects.get(party=party), code

    def enter(self, code):
        """The guest opens the room with the code of the letter, changes it and keeps the new one."""
        guest = self.visitor("guest")
        guest.be()
        guest.send("/undangan/", {"kode": code})
        with guest.page.expect_navigation():
            guest.page.locator("main form:not(.quick-exit) button").click()
        new = guest.page.locator(".secret-code").inner_text().strip()
        guest.fill({"akhir": new[-4:]})
        return new

    def sit(self, session, *lines):
        """The guest has come; the minutes are written word by word and saved by themselves."""
        here = url("session", session.public_id)
        self.send("handler", here, {"hadir-sumpah": "NOT_ASKED"}, to="hadir/")
        desk = self.visitor("handler")
        for question, answer in lines:
            desk.go(url("session_minutes", session.public_id))
            form = desk.page.locator('form:has([name="tanya"])').last
            form.locator('[name="tanya"]').fill(question)
            form.locator('[name="jawab"]').fill(answer)
            form.locator('[name="jawab"]').blur()
            expect(desk.page.locator("form.is-unsaved")).to_have_count(0)

    def confirm(self, session, code):
        """The guest reads the own minutes and says that they are right."""
        guest = self.visitor("guest")
        guest.be()
        guest.send("/undangan/", {"kode": code})
        guest.send("/undangan/saya/", {"benar": True}, to="benar/")
        session.refresh_from_db()

    def refer(self, matter):
        """Everything proven goes to its body, and the office is done."""
        self.send(
            "handler", url("send_package", matter.public_id), {"kanal": "DIRECT", "periksa": True}
        )
        self.step("handler", matter, "CLOSE")
        return list(matter.referral_items.order_by("respondent_id"))

    def item_step(self, who, item, action, **answers):
        """One step of a body or of an agency."""
        room = {"liaison": "liaison", "discipline": "hr"}[who]
        self.send(who, url(f"{room}:item_step", item.public_id, action), answers)
        item.refresh_from_db()
