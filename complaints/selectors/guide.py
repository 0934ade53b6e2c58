"""What the guide shows: acts by stage with their consequence, poses of the hand, sanctions."""

from dataclasses import dataclass

from complaints.selectors.filing import EASTERNMOST
from neutrality.law.books import citizen_categories, finger_poses, rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import ActCode, CandidateStage, Certainty, Regime
from neutrality.law.labels import label
from neutrality.law.models import CitizenCategory
from neutrality.law.models.substance import speaks_english
from neutrality.law.rulebook import Rulebook, SanctionRule, ViolationRule


@dataclass(frozen=True, slots=True)
class Consequence:
    """What an act is at one stage, and what it can cost."""

    category: str
    sanctions: tuple[str, ...]
    basis: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act in everyday words, with its consequence before and after the determination."""

    words: str
    example: str
    before: Consequence | None
    after: Consequence | None


@dataclass(frozen=True, slots=True)
class SanctionRow:
    """A class of sanction and what it consists of."""

    name: str
    measures: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class GuidePage:
    """Everything on the page."""

    acts: tuple[ActRow, ...]
    forbidden_poses: tuple[str, ...]
    allowed_poses: tuple[str, ...]
    sanctions: tuple[SanctionRow, ...]


def guide_page(*, clock: Clock) -> GuidePage:
    """Return the guide for the law in force today; no query once the law is cached."""
    today = clock.today_in(EASTERNMOST)
    book = rulebook_at(regime=Regime.PILKADA, day=today)
    poses = finger_poses(day=today)
    categories = citizen_categories(day=today)
    return GuidePage(
        acts=tuple(_act(row, book) for row in categories if row.act != ActCode.OTHER),
        forbidden_poses=tuple(row.label for row in poses if row.is_forbidden),
        allowed_poses=tuple(row.label for row in poses if not row.is_forbidden),
        sanctions=tuple(_sanction(rule) for rule in book.sanctions.values()),
    )


def _act(row: CitizenCategory, book: Rulebook) -> ActRow:
    act = ActCode(row.act)
    return ActRow(
        words=row.label,
        example=row.example,
        before=_consequence(book.violations.get((act, CandidateStage.PROSPECTIVE))),
        after=_consequence(book.violations.get((act, CandidateStage.CANDIDATE))),
    )


def _consequence(rule: ViolationRule | None) -> Consequence | None:
    if rule is None:
        return None
    return Consequence(
        category=label(rule.category),
        sanctions=tuple(label(each) for each in rule.sanctions),
        basis=rule.legal_basis,
        unsure=rule.certainty in {Certainty.MEMORY, Certainty.UNCERTAIN},
    )


def _sanction(rule: SanctionRule) -> SanctionRow:
    english = speaks_english()
    return SanctionRow(
        name=rule.name_en if english else rule.name_id,
        measures=rule.measures_en if english else rule.measures_id,
        basis=rule.legal_basis,
    )
