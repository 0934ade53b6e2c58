"""A supervisory office with its people, each at a browser; time goes on as the story tells."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from complaints.models import AgendaItem, Allegation, ClarificationSession, PlenaryMeeting
from complaints.services.codes import read_code
from neutrality.casework.models import LegalClock
from neutrality.elections.models import Contest
from neutrality.law.codes import RequirementCode
from neutrality.organisations.models import Agency, Region
from tests.complaints import factories as make
from tests.scenarios.pages import Visitor

WIB = ZoneInfo("Asia/Jakarta")


def local(text, tz=WIB):
    """The instant of a wall time like `2023-12-08 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=tz)


def url(name, *args):
    """The address of a page of the staff, or of another side when `name` says so."""
    return reverse(name if ":" in name else f"staff:{name}", args=args)


class Town:
    """An office and its city; every act goes through a page, by the person whose act it is."""

    def __init__(self, code, name, move, tz=WIB):
        self.move, self.tz = move, tz
        self.office = make.office(code)
        slug = name.lower().replace(" ", "-")
        self.agency = Agency.objects.create(
            code=slug,
            name=f"Pemerintah {name}",
            kind="CITY",
            path=slug,
            region=Region.objects.get(code=code),
            appointing_authority="Wali Kota contoh",
            valid_from=date(2000, 1, 1),
        )
        here = {"office": self.office}
        self.users = {
            "intake": make.user("Penerima contoh", "intake", **here),
            "handler": make.user("Staf contoh", "handler", **here),
            "second": make.user("Staf kedua contoh", "handler", **here),
            "chair": make.user("Anggota A", "commissioner", **here),
            "member_b": make.user("Anggota B", "commissioner", **here),
            "member_c": make.user("Anggota C", "commissioner", **here),
            "discipline": make.user("Petugas disiplin", "hr_discipline", agency=self.agency),
        }

    @property
    def members(self):
        return [self.users[who] for who in ("chair", "member_b", "member_c")]

    def at(self, when):
        """Let it be this wall time."""
        self.move(local(when, self.tz))

    def visitor(self, who):
        """A fresh browser of one of the people."""
        return Visitor(self.users[who])

    def send(self, who, address, answers=None, **how):
        """Let somebody open a page and send its form."""
        return self.visitor(who).send(address, answers, **how)

    def read(self, who, address):
        """What somebody reads on a page."""
        return self.visitor(who).read(address)

    def step(self, who, entry, action, status=302, **answers):
        """Press a button of a report, a tip or a case."""
        kind = {"Report": "report", "Tip": "tip", "Matter": "case"}[type(entry).__name__]
        address = url(f"{kind}_step", entry.public_id, action)
        answer = self.send(who, address, answers, status=status)
        entry.refresh_from_db()
        return answer

    def judge(self, report, **missing):
        """Judge every requirement; `missing` says what is not met, and why."""
        answers = {}
        for code in RequirementCode:
            why = missing.get(code, "")
            answers[f"{code}-nilai"] = "NOT_MET" if why else "MET"
            answers[f"{code}-alasan"] = why or "Terlihat pada laporan."
        self.send("handler", url("report_requirements", report.public_id), answers)

    def propose(self, who, entry, action, text):
        """Put a decision on the agenda, and return the item."""
        kind = type(entry).__name__.lower()
        self.send(who, url(f"{kind}_propose", entry.public_id, action), {"usul": text})
        return AgendaItem.objects.get(matter=entry.matter, action=action)

    def meetings(self):
        """The meetings of this office."""
        return PlenaryMeeting.objects.filter(office=self.office)

    def decide_alone(self, item, words="Disetujui."):
        """The coordinator decides; the plenary will ratify it."""
        address = url("agenda_item", item.public_id)
        self.send("chair", address, {"putusan-keputusan": words}, to="koordinasi/")

    def meet(self, when, *items, words="Disetujui dengan suara bulat."):
        """The plenary meets at `when`: three members, all for every item; return the meeting."""
        answers = {"waktu": when.replace(" ", "T"), "cara": "PRESENT", "tempat": "Ruang rapat"}
        self.send("chair", url("meeting_plan"), answers)
        meeting = PlenaryMeeting.objects.latest("pk")
        here = url("meeting", meeting.public_id)
        self.send("chair", here, {"butir": [row.public_id for row in items]}, to="acara/")
        self.at(when)
        present = [str(row.pk) for row in self.members]
        opened = {"hadir": present, "ketua": present[0]}
        self.send("chair", url("meeting_open", meeting.public_id), opened)
        for item in items:
            self.vote(item, words)
        self.send("chair", here, to="tutup/")
        meeting.refresh_from_db()
        return meeting

    def vote(self, item, words):
        """Every member is for it, and it is decided."""
        address = url("agenda_item", item.public_id)
        ballots = {f"suara-suara_{row.pk}": "FOR" for row in self.members}
        self.send("chair", address, ballots, to="suara/")
        self.send("chair", address, {"putusan-keputusan": words}, to="putuskan/")
        item.refresh_from_db()

    def link(self, party, kind):
        """Say that a respondent works for the city, and as what."""
        address = url("respondent_link", party.matter.public_id, party.public_id)
        assert self.agency.name in self.read("handler", f"{address}?cari={self.agency.code}")
        query = f"?instansi={self.agency.code}"
        self.send("handler", address + query, {"unit": "", "orang": "", "jenis": kind})

    def invite(self, party, day, hours=("09:00", "11:00"), **more):
        """Plan a session on a day; return it with the code that is printed on the invitation."""
        answers = {
            "pihak": party.public_id,
            "mulai": f"{day}T{hours[0]}",
            "selesai": f"{day}T{hours[1]}",
            "cara": "PRESENT",
            "tempat": "Ruang klarifikasi",
            **more,
        }
        address = url("session_plan", party.matter.public_id)
        answer = self.send("handler", address, answers, status=200)
        code = read_code(answer.context["code"].text) if answer.context["code"] else None
        return ClarificationSession.objects.get(party=party), code

    def qualify(self, matter, act, number=1, **more):
        """Say which act of the law an allegation is; return it."""
        self.send("handler", url("allegation", matter.public_id, number), {"perbuatan": act})
        return Allegation.objects.filter(matter=matter).order_by("pk")[number - 1]

    def assess(self, matter, *outcomes):
        """The handler writes the assessment, a second person approves it."""
        answers: dict[str, str | list[str]] = {
            "fakta": "Fakta contoh.",
            "analisis": "Analisis contoh.",
        }
        rows = Allegation.objects.filter(matter=matter).order_by("pk")
        for row, outcome in zip(rows, outcomes, strict=True):
            answers[f"unsur_{row.pk}"] = "Unsur terpenuhi."
            answers[f"simpulan_{row.pk}"] = [outcome]
        self.send("handler", url("assessment", matter.public_id), answers)
        self.send("second", url("assessment_version", matter.public_id, 1), to="setujui/")


def running(region, kind):
    """A contest of Pilkada 2024 in a city."""
    rows = Contest.objects.select_related("election")
    return rows.get(region__code=region, kind=kind, election__code="pilkada-2024")


def due(subject, code):
    """When a period of a report, a tip, a case or an item ends, in the zone it was counted in."""
    kinds = {"Report": "report", "Tip": "tip", "Matter": "matter", "ReferralItem": "referral_item"}
    rows = LegalClock.objects.filter(
        subject_kind=kinds[type(subject).__name__], subject_id=subject.pk, code=code
    )
    clock = rows.latest("pk")
    return wall(clock.due_at, ZoneInfo(clock.time_zone))


def wall(instant, tz=WIB):
    """Say the end of a period as a wall time; a whole day ends at 23:59."""
    return f"{instant.astimezone(tz):%Y-%m-%d %H:%M}"
