"""What offices write while they work on a file: requirements, numbers, plenaries, sessions."""

from random import Random
from typing import Final

from django.db import connection

from complaints.codes import (
    Ballot,
    Channel,
    ItemOutcome,
    MeetingMode,
    MeetingState,
    SessionState,
    Verdict,
)
from complaints.models import (
    AgendaItem,
    AllegationResult,
    Assessment,
    Attendance,
    ClarificationSession,
    CompletionRequest,
    NumberCounter,
    NumberEntry,
    PlenaryMeeting,
    ReferralItem,
    ReferralPackage,
    RequirementCheck,
    Vote,
)
from complaints.models.base import ALPHABET
from complaints.seeding.ground import HOURS, Ground, Place
from complaints.seeding.intake import Arrival, Arrived
from complaints.seeding.sheets import Sheet
from complaints.seeding.words import ANALYSIS, FACTS, REASON
from complaints.services.numbering import RAISE
from neutrality.law.codes import (
    BodyKind,
    OfficeLevel,
    OutcomeClass,
    PlenaryMatter,
    RegisterKind,
)
from neutrality.law.numbering import ReportNumber, format_number, level_code
from neutrality.organisations.models import ReferralBody
from neutrality.organisations.selectors import body_for

PACKAGES: Final = ReferralItem.packages.through
Series = tuple[str, str, str, int]


class Decisions:
    """Writes the rows between the steps."""

    def __init__(self, ground: Ground, random: Random) -> None:
        """Begin with empty sheets, and with the numbers that were given before."""
        self.ground, self.random = ground, random
        self._meetings: dict[tuple[int, int], int] = {}
        # Asked before: the connection is busy while rows are made.
        self._bodies = {place.region_id: self._body(place) for place in ground.places}
        self._numbers: dict[Series, int] = {
            (kind, contest, office, year): last
            for kind, contest, office, year, last in NumberCounter.objects.values_list(
                "kind", "contest_code", "office_code", "year", "last"
            )
        }
        self._open_review()
        self._open_plenary()
        self._open_hearing()
        self._open_referral()
        self.sheets = [
            self.checks,
            self.completions,
            self.numbers,
            self.meetings,
            self.attendance,
            self.agenda,
            self.votes,
            self.sessions,
            self.assessments,
            self.results,
            self.packages,
            self.items,
            self.joined,
        ]

    def _open_review(self) -> None:
        self.checks = Sheet(
            RequirementCheck,
            "report",
            "review_round",
            "code",
            "verdict",
            "reason",
            "judged_at",
            "judged_by",
        )
        self.completions = Sheet(
            CompletionRequest,
            "report",
            "review_round",
            "asked_at",
            "asked_by",
            "answer",
            "answered_at",
        )
        self.numbers = Sheet(
            NumberEntry,
            "office",
            "matter",
            "kind",
            "contest_code",
            "office_code",
            "year",
            "sequence",
            "text",
            "given_at",
            "given_by",
        )

    def _open_plenary(self) -> None:
        self.meetings = Sheet(
            PlenaryMeeting,
            "public_id",
            "office",
            "office_path",
            "mode",
            "planned_at",
            "state",
            "members",
            "quorum",
            "quorum_basis",
            "opened_at",
            "opened_by",
            "closed_at",
            "closed_by",
        )
        self.attendance = Sheet(Attendance, "meeting", "member", "chairs", "recorded_at")
        self.agenda = Sheet(
            AgendaItem,
            "public_id",
            "office",
            "office_path",
            "meeting",
            "matter",
            "report",
            "kind",
            "action",
            "proposal",
            "proposed_at",
            "proposed_by",
            "outcome",
            "decision",
            "decided_at",
            "used_at",
        )
        self.votes = Sheet(Vote, "item", "member", "ballot", "cast_at")

    def _open_hearing(self) -> None:
        self.sessions = Sheet(
            ClarificationSession,
            "public_id",
            "matter",
            "party",
            "office_path",
            "ordinal",
            "mode",
            "place",
            "starts_at",
            "ends_at",
            "state",
            "state_reason",
            "planned_by",
        )
        self.assessments = Sheet(
            Assessment,
            "matter",
            "office_path",
            "version",
            "facts",
            "analysis",
            "text_sha256",
            "written_at",
            "written_by",
            "approved_at",
            "approved_by",
        )
        self.results = Sheet(
            AllegationResult, "allegation", "outcome", "agenda_item", "reason", "decided_at"
        )

    def _open_referral(self) -> None:
        self.packages = Sheet(
            ReferralPackage,
            "public_id",
            "matter",
            "office",
            "body",
            "channel",
            "sent_at",
            "sent_by",
            "agenda_item",
        )
        self.items = Sheet(
            ReferralItem,
            "public_id",
            "matter",
            "respondent",
            "outcome",
            "state",
            "office",
            "office_path",
            "body",
            "body_path",
            "sent_at",
            "due_at",
            "version",
        )
        self.joined = Sheet(PACKAGES, "referralitem", "referralpackage")

    def write_counters(self) -> None:
        """Let the number register go on behind the numbers that were given."""
        with connection.cursor() as cursor:
            for (kind, contest, office, year), last in self._numbers.items():
                values: dict[str, str | int] = {
                    "kind": kind,
                    "contest": contest,
                    "office": office,
                    "year": year,
                    "amount": last,
                }
                cursor.execute(RAISE, values)

    def judge(self, arrival: Arrival, review_round: int, slot: int, *, met: bool) -> None:
        """Judge every requirement; one is missing in a round that is not met."""
        at = self.ground.instants[slot].text
        codes = [str(rule.code) for rule in self.ground.book.requirements()]
        missing = None if met else self.random.choice(codes)
        for code in codes:
            wrong = code == missing
            self.checks.add(
                arrival.report_id,
                review_round,
                code,
                (Verdict.NOT_MET if wrong else Verdict.MET).value,
                REASON,
                at,
                arrival.place.staff["petugas"].pk,
            )

    def ask(self, arrival: Arrival, asked: int, answered: int | None) -> None:
        """Ask for what is missing in the first round."""
        self.completions.add(
            arrival.report_id,
            1,
            self.ground.instants[asked].text,
            arrival.place.staff["petugas"].pk,
            "" if answered is None else "Perbaikan contoh.",
            None if answered is None else self.ground.instants[answered].text,
        )

    def number(self, arrival: Arrival, kind: RegisterKind, slot: int, role: str) -> str:
        """Give the next number of the office's series."""
        place, at = arrival.place, self.ground.instants[slot]
        contest, code = place.series
        given_on = at.at.astimezone(place.zone).date()
        key = (kind.value, contest.value, code, given_on.year)
        self._numbers[key] = sequence = self._numbers.get(key, 0) + 1
        level = level_code(OfficeLevel(place.office.level))
        parts = (kind, sequence, contest, level, code, given_on.month, given_on.year)
        text = format_number(ReportNumber(*parts))
        by = place.member(role).pk
        office, matter = place.office.pk, arrival.matter_id
        self.numbers.add(office, matter, *key, sequence, text, at.text, by)
        return text

    def decide(self, arrival: Arrival, kind: PlenaryMatter, action: str, slot: int) -> int:
        """Adopt an item in the office's meeting of that day, and carry it out; return its key."""
        place, at = arrival.place, self.ground.instants[slot].text
        meeting = self._meeting(place, slot)
        head, member = place.staff["pimpinan"], place.staff["anggota"]
        item = self.agenda.add(
            self.public_id(),
            place.office.pk,
            place.office.path,
            meeting,
            arrival.matter_id,
            arrival.report_id,
            kind.value,
            action,
            "Usulan contoh.",
            at,
            place.staff["petugas"].pk,
            ItemOutcome.ADOPTED.value,
            "Disetujui.",
            at,
            at,
        )
        self.votes.add(item, head.pk, Ballot.FOR.value, at)
        self.votes.add(item, member.pk, Ballot.FOR.value, at)
        return item

    def hear(self, arrival: Arrival, party_id: int, planned: int, missed: int | None) -> None:
        """Invite the respondent; who has missed both sessions is assessed without being heard."""
        if missed is None:
            self._invite(arrival, party_id, 1, SessionState.PLANNED, planned)
            return
        self._invite(arrival, party_id, 1, SessionState.ABSENT, planned)
        self._invite(arrival, party_id, 2, SessionState.ABSENT, missed)

    def _invite(
        self, arrival: Arrival, party_id: int, ordinal: int, state: SessionState, slot: int
    ) -> None:
        starts, office = self.ground.instants[slot], arrival.place.office
        self.sessions.add(
            self.public_id(),
            arrival.matter_id,
            party_id,
            office.path,
            ordinal,
            MeetingMode.PRESENT.value,
            office.name,
            starts.text,
            starts.at.replace(minute=59).isoformat(),
            state.value,
            "" if state == SessionState.PLANNED else REASON,
            arrival.place.staff["petugas"].pk,
        )

    def assess(self, arrival: Arrival, written: int, approved: int | None) -> None:
        """Write the assessment, and approve it when it came to that."""
        staff = arrival.place.staff
        self.assessments.add(
            arrival.matter_id,
            arrival.place.office.path,
            1,
            FACTS,
            ANALYSIS,
            "0" * 64,
            self.ground.instants[written].text,
            staff["petugas"].pk,
            None if approved is None else self.ground.instants[approved].text,
            None if approved is None else staff["pimpinan"].pk,
        )

    def result(self, arrived: Arrived, outcome: OutcomeClass, item: int, slot: int) -> None:
        """Find one outcome for the allegation."""
        at = self.ground.instants[slot].text
        self.results.add(arrived.allegation_id, outcome.value, item, "Pertimbangan contoh.", at)

    def send(self, arrival: Arrival, arrived: Arrived, item: int, slot: int, due: str) -> None:
        """Send the respondent's matter to the civil-service body in force; `due` its first clock."""
        place, at = arrival.place, self.ground.instants[slot].text
        body = self._bodies[place.region_id]
        package = self.packages.add(
            self.public_id(),
            arrival.matter_id,
            place.office.pk,
            body.pk,
            Channel.SYSTEM.value,
            at,
            place.staff["petugas"].pk,
            item,
        )
        key = self.items.add(
            self.public_id(),
            arrival.matter_id,
            arrived.respondent_id,
            OutcomeClass.ASN_LAW.value,
            "SENT",
            place.office.pk,
            place.office.path,
            body.pk,
            body.path,
            at,
            due,
            1,
        )
        self.joined.add(key, package)

    def public_id(self) -> str:
        """Return an opaque id."""
        return "".join(self.random.choices(ALPHABET, k=12))

    def _meeting(self, place: Place, slot: int) -> int:
        """Return the office's meeting of the day of this instant."""
        day = slot // len(HOURS)
        key = (place.office.pk, day)
        if key not in self._meetings:
            self._meetings[key] = self._open_meeting(place, day)
        return self._meetings[key]

    def _open_meeting(self, place: Place, day: int) -> int:
        slots = [day * len(HOURS), min(day * len(HOURS) + len(HOURS) - 1, self.ground.last)]
        opened, closed = (self.ground.instants[slot].text for slot in slots)
        rule = self.ground.book.quorum(place.office.members)
        head, member = place.staff["pimpinan"], place.staff["anggota"]
        meeting = self.meetings.add(
            self.public_id(),
            place.office.pk,
            place.office.path,
            MeetingMode.PRESENT.value,
            opened,
            MeetingState.CLOSED.value,
            place.office.members,
            rule.present,
            rule.legal_basis,
            opened,
            head.pk,
            closed,
            head.pk,
        )
        self.attendance.add(meeting, head.pk, True, opened)  # noqa: FBT003 - who chairs
        self.attendance.add(meeting, member.pk, False, opened)  # noqa: FBT003
        return meeting

    def _body(self, place: Place) -> ReferralBody:
        return body_for(
            kind=BodyKind.CIVIL_SERVICE,
            region=place.office.region,
            day=self.ground.instants[-1].at.date(),
        )
