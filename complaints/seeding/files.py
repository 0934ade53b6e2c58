"""Whole files: each report or tip with its matter, in the state its journey led to."""

from itertools import accumulate
from random import Random
from typing import Final

from complaints.codes import CaseState, IdentityCheck, ReporterKind
from complaints.models import Matter, Report, Tip
from complaints.seeding.decisions import Decisions
from complaints.seeding.ground import REGIME, Ground, Place
from complaints.seeding.intake import SOURCES, Arrival, Arrived, Intake
from complaints.seeding.journeys import REPORTS, TIPS, Journey, Move
from complaints.seeding.ledger import Ledger, Standing, Walk
from complaints.seeding.numbers import Numbers
from complaints.seeding.sheets import Sheet
from complaints.workflow.actions import CaseAction, ReportAction, TipAction
from complaints.workflow.report_table import REPORT_ENDS
from complaints.workflow.tip_table import TIP_ENDS
from neutrality.law.clock import Clock
from neutrality.law.codes import (
    CandidateStage,
    OutcomeClass,
    PlenaryMatter,
    RegisterKind,
    RetentionClass,
)

Value = str | int | None
_GAP: Final = 6
_SHARED: Final = (
    "public_id",
    "matter",
    "office",
    "office_path",
    "contest",
    "source",
    "receipt_number",
    "account",
    "respondent_line",
    "agency_line",
    "act_line",
    "known_on",
    "submitted_at",
    "due_at",
    "assignee",
    "version",
    "state",
    "ended_at",
)
_DECISIONS: Final = frozenset({ReportAction.DECLINE, ReportAction.REGISTER, ReportAction.MAKE_TIP})


class Files:
    """Writes files, one by one; what is drawn depends on nothing but the seed."""

    def __init__(self, *, ground: Ground, random: Random, clock: Clock) -> None:
        """Begin with empty sheets."""
        self.ground, self.random = ground, random
        self.ledger = Ledger(ground)
        self.intake = Intake(ground, random, clock)
        self.decisions = Decisions(ground, random)
        self.numbers = Numbers(ground)
        self._open_files()
        own = [self.matters, self.reports, self.tips]
        self.sheets = [
            *own,
            *self.ledger.sheets,
            *self.intake.sheets,
            *self.decisions.sheets,
            self.numbers.entries,
        ]

    def _open_files(self) -> None:
        self.matters = Sheet(
            Matter,
            "public_id",
            "title",
            "state",
            "regime",
            "office",
            "office_path",
            "contest",
            "assignee",
            "opened_at",
            "registered_at",
            "decided_at",
            "closed_at",
            "due_at",
            "retention_class",
            "retention_due_on",
            "version",
        )
        self.reports = Sheet(
            Report,
            *_SHARED,
            "reporter_kind",
            "window_due_at",
            "declared_at",
            "number",
            "register_number",
            "identity_check",
            "identity_checked_at",
            "identity_checked_by",
            "received_at",
            "registered_at",
            "review_round",
        )
        self.tips = Sheet(Tip, *_SHARED, "anonymous", "from_report", "tracing_started_at")

    def report(self, place: Place, journey: Journey) -> None:
        """Write a report and all that it led to."""
        entry = self._slots(journey)
        case = self._later(entry[-1], journey.case)
        arrival = Arrival(
            place=place,
            journey=journey,
            slots=tuple(entry),
            matter_id=self.matters.next_id,
            report_id=self.reports.next_id,
            tip_id=None,
            story=self.intake.story(),
            receipt_number=self.intake.receipt_number("S"),
        )
        arrived = self.intake.write(arrival, self._qualified(arrival, case))
        columns = self._work(arrival, dict(zip(map(_action, journey.entry), entry, strict=True)))
        standing = self._walk(
            arrival, "report", self.reports.next_id, journey.entry, entry, arrived
        )
        self._report_row(arrival, standing, columns)
        if journey.as_tip:
            self._become_tip(arrival, entry[-1])
        self._matter(arrival, arrived, case, standing)

    def tip(self, place: Place, journey: Journey) -> None:
        """Write preliminary information that came without a name."""
        slots = self._slots(journey)
        arrival = Arrival(
            place=place,
            journey=journey,
            slots=tuple(slots),
            matter_id=self.matters.next_id,
            report_id=None,
            tip_id=self.tips.next_id,
            story=self.intake.story(),
            receipt_number=self.intake.receipt_number("I"),
        )
        arrived = self.intake.write(arrival, None)
        standing = self._walk(arrival, "tip", self.tips.next_id, journey.entry, slots, arrived)
        traced = next(
            (s for m, s in zip(journey.entry, slots, strict=True) if m.action == TipAction.TRACE),
            None,
        )
        self._tip_row(arrival, standing, slots[-1], traced)
        self._matter(arrival, arrived, [], standing)

    def draw_reports(self, amount: int) -> list[tuple[Place, Journey]]:
        """Draw where each report arrives and which way it goes."""
        ways = self.random.choices(REPORTS, [way.share for way in REPORTS], k=amount)
        return list(zip(self.ground.draw(amount), ways, strict=True))

    def draw_tips(self, amount: int) -> list[tuple[Place, Journey]]:
        """Draw the same for tips."""
        ways = self.random.choices(TIPS, [way.share for way in TIPS], k=amount)
        return list(zip(self.ground.draw(amount), ways, strict=True))

    # --- instants -----------------------------------------------------------------------------

    def _slots(self, journey: Journey) -> list[int]:
        """Return when each step of the entry was taken, so that the whole ends before now."""
        below = self.intake.ids.below
        gaps = [1 + below(_GAP) for _ in journey.entry[1:]]
        after = _GAP * (len(journey.case) + len(journey.item))
        rest = below(journey.rest_days * 3 + 1)
        start = max(0, self.ground.last - after - rest - sum(gaps))
        return list(accumulate([start, *gaps]))

    def _later(self, first: int, moves: tuple[Move, ...]) -> list[int]:
        """Return when the steps of a case were taken that began at `first`."""
        if not moves:
            return []
        gaps = [1 + self.intake.ids.below(_GAP) for _ in moves[1:]]
        return list(accumulate([first, *gaps]))

    def _at(self, slot: int | None) -> str | None:
        return None if slot is None else self.ground.instants[slot].text

    # --- the entry ----------------------------------------------------------------------------

    def _work(self, arrival: Arrival, when: dict[str, int]) -> dict[str, Value]:
        """Write what the steps of the report need; return the columns of its row."""
        columns: dict[str, Value] = {}
        received = when.get(ReportAction.RECEIVE)
        if received is not None:
            columns["number"] = self.numbers.give(arrival, RegisterKind.LP, received, "intake")
            columns["received"] = received
        self._review(arrival, when)
        registered = when.get(ReportAction.REGISTER)
        if registered is not None:
            columns["register_number"] = self.numbers.give(
                arrival, RegisterKind.REG_LP, registered, "commissioner"
            )
            columns["registered"] = registered
        columns["round"] = 2 if ReportAction.COMPLETE in when else 1
        return columns

    def _review(self, arrival: Arrival, when: dict[str, int]) -> None:
        asked, answered = (
            when.get(action) for action in (ReportAction.ASK_FOR_COMPLETION, ReportAction.COMPLETE)
        )
        decided = next(((a, when[a]) for a in _DECISIONS if a in when), None)
        if asked is not None:
            self.decisions.judge(arrival, 1, asked, met=False)
            self.decisions.ask(arrival, asked, answered)
        if decided is None:
            return
        action, slot = decided
        if asked is None or answered is not None:
            met = action == ReportAction.REGISTER
            self.decisions.judge(arrival, 1 if asked is None else 2, slot, met=met)
        self.decisions.decide(arrival, PlenaryMatter.INITIAL_REVIEW_OUTCOME, str(action), slot)

    def _report_row(self, arrival: Arrival, standing: Standing, columns: dict[str, Value]) -> None:
        at = self._at(arrival.slots[0])
        received = columns.get("received")
        received_at = self._at(received if isinstance(received, int) else None)
        registered = columns.get("registered")
        ended = standing.state in REPORT_ENDS
        self.reports.add(
            *self._shared(arrival, standing, arrival.slots[-1] if ended else None),
            ReporterKind.VOTER.value,
            None,
            at,
            columns.get("number", ""),
            columns.get("register_number", ""),
            IdentityCheck.COUNTER.value if received_at else "",
            received_at,
            arrival.place.desk_id if received_at else None,
            received_at,
            self._at(registered if isinstance(registered, int) else None),
            columns["round"],
        )

    def _tip_row(
        self,
        arrival: Arrival,
        standing: Standing,
        last: int,
        traced: int | None,
        from_report: int | None = None,
    ) -> None:
        self.tips.add(
            *self._shared(arrival, standing, last if standing.state in TIP_ENDS else None),
            from_report is None,
            from_report,
            self._at(traced),
        )

    def _shared(self, arrival: Arrival, standing: Standing, ended: int | None) -> list[Value]:
        place, story = arrival.place, arrival.story
        at = self.ground.instants[arrival.slots[0]]
        source = self.intake.ids.choice(SOURCES)
        suffix = "-IA" if standing.state == "RECORDED" and arrival.report_id else ""
        desk = place.desk_id if standing.version > 2 else None
        return [
            self.intake.ids.public_id(),
            arrival.matter_id,
            place.office_id,
            place.path,
            place.contest_id,
            source.value,
            arrival.receipt_number + suffix,
            story.account,
            story.position,
            story.unit,
            story.act_line,
            at.at.date().isoformat(),
            at.text,
            standing.due_text,
            desk,
            standing.version,
            standing.state,
            self._at(ended),
        ]

    def _become_tip(self, arrival: Arrival, slot: int) -> None:
        """Carry the report on as preliminary information."""
        moves, key = arrival.journey.as_tip, self.tips.next_id
        walk = Walk("tip", key, arrival.place, moves, [slot])
        standing = self.ledger.write(walk)
        self._tip_row(arrival, standing, slot, None, arrival.report_id)

    # --- the matter ---------------------------------------------------------------------------

    def _matter(self, arrival: Arrival, arrived: Arrived, case: list[int], entry: Standing) -> None:
        when = dict(zip(map(_action, arrival.journey.case), case, strict=True))
        standing = self._case(arrival, arrived, when) or entry
        registered = when.get(CaseAction.REGISTER)
        closed = when.get(CaseAction.CLOSE)
        retention = RetentionClass.CASE_NOT_PROVEN
        place, story = arrival.place, arrival.story
        self.matters.add(
            self.intake.ids.public_id(),
            f"{story.act_line}: {story.unit}",
            standing.state if when else CaseState.INTAKE.value,
            REGIME.value,
            place.office_id,
            place.path,
            place.contest_id,
            place.desk_id if when else None,
            self._at(arrival.slots[0]),
            self._at(registered),
            self._at(when.get(CaseAction.DECIDE)),
            self._at(closed),
            standing.due_text,
            "" if closed is None else retention.value,
            None if closed is None else self._kept_until(retention, closed),
            len(when),
        )

    def _case(self, arrival: Arrival, arrived: Arrived, when: dict[str, int]) -> Standing | None:
        """Write the case of a registered report, and what was sent; None when there is none."""
        sent_by = self._decided(arrival, arrived, when)
        if sent_by is not None and arrival.journey.item:
            self._send(arrival, arrived, *sent_by)
        if not when:
            return None
        self._hearing(arrival, arrived, when)
        self.intake.count("CASE", arrival.place, when[CaseAction.REGISTER])
        moves, slots = arrival.journey.case, list(when.values())
        return self._walk(arrival, "matter", arrival.matter_id, moves, slots, None)

    def _hearing(self, arrival: Arrival, arrived: Arrived, when: dict[str, int]) -> None:
        clarified, assessed = when.get(CaseAction.CLARIFY), when.get(CaseAction.ASSESS)
        if clarified is None:
            return
        self.decisions.hear(arrival, arrived.respondent_id, clarified, assessed)
        if assessed is not None:
            approved = when.get(CaseAction.BRING_TO_PLENARY)
            self.decisions.assess(arrival, assessed, approved)

    def _decided(
        self, arrival: Arrival, arrived: Arrived, when: dict[str, int]
    ) -> tuple[int, int] | None:
        """Decide the case, or refer the report at once; return the agenda item and the instant."""
        slot = when.get(CaseAction.DECIDE)
        if slot is not None:
            proven = bool(arrival.journey.item)
            outcome = OutcomeClass.ASN_LAW if proven else OutcomeClass.NOT_PROVEN
            kind, action = PlenaryMatter.RESULT, str(CaseAction.DECIDE)
            item = self.decisions.decide(arrival, kind, action, slot)
            self.decisions.result(arrived, outcome, item, slot)
            self.intake.count("DECIDED", arrival.place, slot)
            self.intake.count(f"OUTCOME_{outcome}", arrival.place, slot)
            return item, slot
        if not arrival.journey.took(ReportAction.REFER):
            return None
        slot = arrival.slots[-1]
        self.decisions.assess(arrival, slot, slot)
        item = self.decisions.decide(
            arrival, PlenaryMatter.INITIAL_REVIEW_OUTCOME, str(ReportAction.REFER), slot
        )
        return item, slot

    def _send(self, arrival: Arrival, arrived: Arrived, item: int, slot: int) -> None:
        key, moves = self.decisions.items.next_id, arrival.journey.item
        standing = self.ledger.write(Walk("referral_item", key, arrival.place, moves, [slot]))
        self.decisions.send(arrival, arrived, item, slot, standing.due_text or "")
        self.intake.count("REFERRED", arrival.place, slot)

    def _qualified(self, arrival: Arrival, case: list[int]) -> tuple[str, str, str] | None:
        """Return stage, norm and time of the officer's qualification, once there is an assessment."""
        journey = arrival.journey
        referred = journey.took(ReportAction.REFER)
        if not referred and not journey.case_took(CaseAction.ASSESS):
            return None
        stage = CandidateStage.CANDIDATE
        rule = self.ground.book.violations.get((arrival.story.act, stage))
        at = arrival.slots[-1] if referred else case[0]
        return stage.value, rule.code if rule else "LAIN", self.ground.instants[at].text

    def _walk(
        self,
        arrival: Arrival,
        kind: str,
        pk: int,
        moves: tuple[Move, ...],
        slots: list[int],
        arrived: Arrived | None,
    ) -> Standing:
        document = arrived.document_id if arrived else None
        walk = Walk(kind, pk, arrival.place, moves, slots, document)
        if document is not None:
            self.ledger.issued(document, walk)
        return self.ledger.write(walk)

    def _kept_until(self, retention: RetentionClass, slot: int) -> str:
        closed_on = self.ground.instants[slot].at.date()
        return self.ground.book.retention(retention).until(closed_on).isoformat()


def _action(move: Move) -> str:
    return move.action
