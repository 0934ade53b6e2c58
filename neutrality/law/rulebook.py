"""The law of one regime on one day, as frozen objects to ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from neutrality.law.codes import (
    ActCode,
    BodyKind,
    CandidateStage,
    Certainty,
    FormRole,
    OutcomeClass,
    PeriodCode,
    PlenaryMatter,
    PolicyCode,
    Regime,
    RegisterKind,
    RetentionClass,
    SanctionClass,
    StageKind,
    SubjectKind,
    ViolationCategory,
)
from neutrality.law.periods import PeriodRule
from neutrality.law.requirements import Requirement

_Row = TypeVar("_Row")


class LawMissing(LookupError):
    """No row answers the question for this regime on this day."""

    def __init__(self, *, what: str, code: str, regime: Regime, day: date) -> None:
        """Name the table, the code, the regime and the day."""
        super().__init__(f"No {what} {code} for {regime} on {day.isoformat()}.")
        self.what = what
        self.code = code
        self.regime = regime
        self.day = day


@dataclass(frozen=True, slots=True)
class FormCode:
    """Which form of the regulation a document is written on.

    Attributes:
        code: Such as `B.1`; empty when the regulation has no form for it.
        name: The title of the form.
        certainty: How sure we are that code and name belong together.
    """

    code: str
    name: str
    certainty: Certainty = Certainty.FOUND
    legal_basis: str = ""
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class ViolationRule:
    """What an act is at one stage, and what it can cost.

    Attributes:
        code: The item of the joint decree (E1 to E7, D1 to D12), or the norm where it has none.
        sanctions: The classes an appointing officer may choose from, lightest first.
        outcome: The class under which the plenary refers it.
    """

    code: str
    act: ActCode
    stage: CandidateStage
    category: ViolationCategory
    sanctions: tuple[SanctionClass, ...]
    outcome: OutcomeClass
    name_id: str
    name_en: str
    legal_basis: str
    certainty: Certainty
    note: str = ""
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class OtherLawRule:
    """A crime or another law that the same act may also break; a parallel track."""

    code: str
    act: ActCode
    outcome: OutcomeClass
    name_id: str
    name_en: str
    penalty_id: str
    legal_basis: str
    certainty: Certainty
    row_id: int | None = None
    penalty_en: str = ""


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """How many of `members` must attend.

    Attributes:
        members: Members the office has by law.
        present: Fewest members present for the meeting to decide.
    """

    members: int
    present: int
    legal_basis: str = ""
    certainty: Certainty = Certainty.FOUND
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class CoordinationRule:
    """Whether the coordinator may decide a matter first, to be ratified by the plenary."""

    matter: PlenaryMatter
    coordinator_first: bool
    legal_basis: str = ""
    certainty: Certainty = Certainty.FOUND
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """Where a proven allegation against a kind of subject goes.

    Attributes:
        body_kind: The kind of referral body.
        ppk: Who imposes the sanction.
        via: Through whom the letter goes, empty when straight to the body.
    """

    body_kind: BodyKind
    ppk: str
    legal_basis: str
    via: str = ""
    certainty: Certainty = Certainty.FOUND
    note: str = ""
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class SanctionRule:
    """A class of sanction and the measures it consists of."""

    sanction: SanctionClass
    name_id: str
    name_en: str
    measures_id: tuple[str, ...]
    measures_en: tuple[str, ...]
    legal_basis: str
    certainty: Certainty
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How many years a file is kept, counted from its closing."""

    retention: RetentionClass
    years: int
    legal_basis: str = ""
    certainty: Certainty = Certainty.FOUND
    row_id: int | None = None

    def until(self, closed_on: date) -> date:
        """Return the last day a file closed on `closed_on` is kept."""
        try:
            return closed_on.replace(year=closed_on.year + self.years)
        except ValueError:
            return date(closed_on.year + self.years, 2, 28)


@dataclass(frozen=True, slots=True)
class NumberRule:
    """How numbers of a register look and within what they are unique."""

    register: RegisterKind
    pattern: str
    scope: tuple[str, ...]
    legal_basis: str = ""
    certainty: Certainty = Certainty.FOUND
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The answer we assume where the law leaves a doubt."""

    code: PolicyCode
    is_yes: bool
    question_id: str
    legal_basis: str
    certainty: Certainty
    note: str = ""
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class StageHoursRule:
    """Whether the counter is open around the clock during a stage."""

    stage: StageKind
    is_all_day: bool
    legal_basis: str = ""
    certainty: Certainty = Certainty.FOUND
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything in force for `regime` on the local day `day`.

    Every question either answers or raises `LawMissing`; nothing is guessed.
    """

    regime: Regime
    day: date
    periods: Mapping[PeriodCode, PeriodRule]
    forms: Mapping[FormRole, FormCode]
    requirement_rows: tuple[Requirement, ...]
    violations: Mapping[tuple[ActCode, CandidateStage], ViolationRule]
    other_law_rows: tuple[OtherLawRule, ...]
    quorums: Mapping[int, QuorumRule]
    coordination: Mapping[PlenaryMatter, CoordinationRule]
    routes: Mapping[tuple[SubjectKind, OutcomeClass], Route]
    sanctions: Mapping[SanctionClass, SanctionRule]
    retentions: Mapping[RetentionClass, RetentionRule]
    numbers: Mapping[RegisterKind, NumberRule]
    policies: Mapping[PolicyCode, Policy]
    stage_hours: Mapping[StageKind, StageHoursRule]

    def period(self, code: PeriodCode) -> PeriodRule:
        """Return the rule of a period."""
        return self._found(self.periods.get(code), "period", code)

    def form(self, role: FormRole) -> FormCode:
        """Return the form a document of `role` is written on."""
        return self._found(self.forms.get(role), "form", role)

    def requirements(self) -> tuple[Requirement, ...]:
        """Return the requirements of a report, formal ones first."""
        return self._found(self.requirement_rows or None, "requirement", "*")

    def violation(self, act: ActCode, stage: CandidateStage) -> ViolationRule:
        """Return what `act` is at `stage`."""
        found = self.violations.get((act, stage))
        return self._found(found, "violation", f"{act} at {stage}")

    def other_laws(self, act: ActCode) -> tuple[OtherLawRule, ...]:
        """Return the crimes and other laws that `act` may also break; there may be none."""
        return tuple(row for row in self.other_law_rows if row.act is act)

    def quorum(self, members: int) -> QuorumRule:
        """Return the quorum of an office of `members` members."""
        return self._found(self.quorums.get(members), "quorum", str(members))

    def may_coordinate(self, matter: PlenaryMatter) -> bool:
        """Say whether the coordinator may decide `matter` before the plenary ratifies it."""
        return self._found(self.coordination.get(matter), "coordination", matter).coordinator_first

    def route(
        self, subject_kind: SubjectKind, outcome: OutcomeClass = OutcomeClass.ASN_LAW
    ) -> Route:
        """Return where an allegation with this outcome against this kind of subject goes."""
        found = self.routes.get((subject_kind, outcome))
        return self._found(found, "route", f"{subject_kind} at {outcome}")

    def sanction(self, sanction: SanctionClass) -> SanctionRule:
        """Return what a class of sanction consists of."""
        return self._found(self.sanctions.get(sanction), "sanction", sanction)

    def retention(self, retention: RetentionClass) -> RetentionRule:
        """Return how long a file of this class is kept."""
        return self._found(self.retentions.get(retention), "retention", retention)

    def number(self, register: RegisterKind) -> NumberRule:
        """Return the form and the scope of a register's numbers."""
        return self._found(self.numbers.get(register), "number", register)

    def policy(self, code: PolicyCode) -> Policy:
        """Return what is assumed where the law leaves a doubt."""
        return self._found(self.policies.get(code), "policy", code)

    def is_all_day(self, stage: StageKind) -> bool:
        """Say whether the counter is open around the clock during `stage`; by default it is not."""
        rule = self.stage_hours.get(stage)
        return rule is not None and rule.is_all_day

    def _found(self, value: _Row | None, what: str, code: StrEnum | str) -> _Row:
        if value is None:
            raise LawMissing(what=what, code=str(code), regime=self.regime, day=self.day)
        return value
