"""What offices write while they work on a file: requirements, numbers, plenaries, sessions."""

from collections.abc import Iterable
from random import Random
from typing import Final

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
    PlenaryMeeting,
    ReferralItem,
    ReferralPackage,
    RequirementCheck,
    Vote,
)
from complaints.seeding.ground import HOURS, Ground, Place
from complaints.seeding.ids import Ids
from complaints.seeding.intake import Arrival, Arrived
from complaints.seeding.sheets import SharedSheet, Sheet
from complaints.seeding.words import ANALYSIS, FACTS, REASON
from neutrality.law.codes import (
    BodyKind,
    OutcomeClass,
    PlenaryMatter,
)
from neutrality.organisations.models import ReferralBody
from neutrality.organisations.selectors import body_for

PACKAGES: Final = ReferralItem.packages.through


class Decisions:
    """Writes the rows between the steps."""

    def __init__(self, ground: Ground, random: Random) -> None:
        """Begin with empty sheets, and with the numbers that were given before."""
        self.ground = ground
        self.ids = Ids(random)
        self._meetings: dict[tuple[int, int], int] = {}
        self._bodies: dict[int | None, ReferralBody] = {}
        self._open_review()
        self._open_plenary()
        self._open_hearing()
        self._open_referral()
        self.sheets = [
            self.checks,
            self.completions,
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
        codes = [str(rule.code) for rule in self.ground.book.requirements()]
        self.checks = SharedSheet(
            RequirementCheck,
            "report",
            "review_round",
            "judged_at",
            "judged_by",
            apart=("code", "verdict", "reason"),
            each=len(codes),
        )
        # All requirements judged at once, by what is missing.
        self._judgements = {
            missing: self.checks.share(
                *(
                    (code, Verdict.NOT_MET if code == missing else Verdict.MET, REASON)
                    for code in codes
                )
            )
            for missing in (None, *codes)
        }
        self._codes = codes
        self.completions = Sheet(
            CompletionRequest,
            "report",
            "review_round",
            "asked_at",
            "asked_by",
            "answer",
            "answered_at",
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
        self._adopted = self.agenda.line_with(
            proposal="Usulan contoh.", outcome=ItemOutcome.ADOPTED, decision="Disetujui."
        )
        self.votes = Sheet(Vote, "item", "member", "ballot", "cast_at")
        self._in_favour = self.votes.line_with(ballot=Ballot.FOR)

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

    def know_bodies(self, places: Iterable[Place]) -> None:
        """Ask who answers for these places; later the connection is busy."""
        day = self.ground.instants[-1].at.date()
        for place in places:
            if place.region_id not in self._bodies:
                self._bodies[place.region_id] = body_for(
                    kind=BodyKind.CIVIL_SERVICE, region=place.office.region, day=day
                )

    def judge(self, arrival: Arrival, review_round: int, slot: int, *, met: bool) -> None:
        """Judge every requirement; one is missing in a round that is not met."""
        at = self.ground.instants[slot].text
        missing = None if met else self.ids.choice(self._codes)
        judgement, desk = self._judgements[missing], arrival.place.desk_id
        self.checks.add(judgement, arrival.report_id, review_round, at, desk)

    def ask(self, arrival: Arrival, asked: int, answered: int | None) -> None:
        """Ask for what is missing in the first round."""
        self.completions.add(
            arrival.report_id,
            1,
            self.ground.instants[asked].text,
            arrival.place.desk_id,
            "" if answered is None else "Perbaikan contoh.",
            None if answered is None else self.ground.instants[answered].text,
        )

    def decide(self, arrival: Arrival, kind: PlenaryMatter, action: str, slot: int) -> int:
        """Adopt an item in the office's meeting of that day, and carry it out; return its key."""
        place, at = arrival.place, self.ground.instants[slot].text
        meeting = self._meeting(place, slot)
        item = self.agenda.put(
            self._adopted,
            self.ids.public_id(),
            place.office_id,
            place.path,
            meeting,
            arrival.matter_id,
            arrival.report_id,
            kind.value,
            action,
            at,
            place.desk_id,
            at,
            at,
        )
        self.votes.put(self._in_favour, item, place.head_id, at)
        self.votes.put(self._in_favour, item, place.member_id, at)
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
            self.ids.public_id(),
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
            arrival.place.desk_id,
        )

    def assess(self, arrival: Arrival, written: int, approved: int | None) -> None:
        """Write the assessment, and approve it when it came to that."""
        place = arrival.place
        self.assessments.add(
            arrival.matter_id,
            place.path,
            1,
            FACTS,
            ANALYSIS,
            "0" * 64,
            self.ground.instants[written].text,
            place.desk_id,
            None if approved is None else self.ground.instants[approved].text,
            None if approved is None else place.head_id,
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
            self.ids.public_id(),
            arrival.matter_id,
            place.office_id,
            body.pk,
            Channel.SYSTEM.value,
            at,
            place.desk_id,
            item,
        )
        key = self.items.add(
            self.ids.public_id(),
            arrival.matter_id,
            arrived.respondent_id,
            OutcomeClass.ASN_LAW.value,
            "SENT",
            place.office_id,
            place.path,
            body.pk,
            body.path,
            at,
            due,
            1,
        )
        self.joined.add(key, package)

    def _meeting(self, place: Place, slot: int) -> int:
        """Return the office's meeting of the day of this instant."""
        day = slot // len(HOURS)
        key = (place.office_id, day)
        if key not in self._meetings:
            self._meetings[key] = self._open_meeting(place, day)
        return self._meetings[key]

    def _open_meeting(self, place: Place, day: int) -> int:
        slots = [day * len(HOURS), min(day * len(HOURS) + len(HOURS) - 1, self.ground.last)]
        opened, closed = (self.ground.instants[slot].text for slot in slots)
        rule = self.ground.book.quorum(place.office.members)
        meeting = self.meetings.add(
            self.ids.public_id(),
            place.office_id,
            place.path,
            MeetingMode.PRESENT.value,
            opened,
            MeetingState.CLOSED.value,
            place.office.members,
            rule.present,
            rule.legal_basis,
            opened,
            place.head_id,
            closed,
            place.head_id,
        )
        self.attendance.add(meeting, place.head_id, True, opened)  # noqa: FBT003 - who chairs
        self.attendance.add(meeting, place.member_id, False, opened)  # noqa: FBT003
        return meeting
