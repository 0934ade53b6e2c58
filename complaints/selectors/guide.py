"""What the guide shows: acts by stage with their consequence, poses, everyday questions, sanctions.

Everything is read from the law in force today and made into text once per language and day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final, Protocol, TypeVar

from complaints.selectors.filing import EASTERNMOST
from neutrality.law.books import (
    citizen_categories,
    finger_poses,
    instruments_in,
    kept_with_the_law,
    rulebook_at,
    situations,
)
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import (
    ActCode,
    CandidateStage,
    Certainty,
    InstrumentStatus,
    Regime,
    SituationAnswer,
    SituationTopic,
)
from neutrality.law.labels import label
from neutrality.law.models import CitizenCategory, Instrument, Situation
from neutrality.law.reader import speaks_english
from neutrality.law.rulebook import OtherLawRule, Rulebook, SanctionRule, ViolationRule

_UNSURE: Final = frozenset({Certainty.MEMORY, Certainty.UNCERTAIN})
_TONES: Final = {
    SituationAnswer.ALLOWED: ("success", "success"),
    SituationAnswer.NOT_ALLOWED: ("danger", "danger"),
    SituationAnswer.DEPENDS: ("warning", "warning"),
}
LONGEST_SEARCH: Final = 100
MOST_TERMS: Final = 8


@dataclass(frozen=True, slots=True)
class Consequence:
    """What an act is at one stage, and what it can cost."""

    category: str
    sanctions: str
    basis: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class Crime:
    """Another law that the same act may break, in one kind of election or in both."""

    election: str
    name: str
    penalty: str
    basis: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act in everyday words, with its consequence before and after the determination."""

    words: str
    example: str
    before: Consequence | None
    after: Consequence | None
    crimes: tuple[Crime, ...]
    found_by: str


@dataclass(frozen=True, slots=True)
class Pose:
    """A pose of the hand; `drawing` names its symbol in the sprite."""

    drawing: str
    name: str
    is_forbidden: bool
    found_by: str


@dataclass(frozen=True, slots=True)
class Question:
    """An everyday question with its answer."""

    code: str
    topic: str
    words: str
    answer: SituationAnswer
    verdict: str
    tone: str
    icon: str
    reason: str
    instead: str
    basis: str
    unsure: bool
    before: Consequence | None
    after: Consequence | None
    found_by: str


@dataclass(frozen=True, slots=True)
class Topic:
    """The questions of one part of everyday life."""

    code: str
    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class SanctionRow:
    """A class of sanction and what it consists of."""

    name: str
    measures: str
    basis: str


@dataclass(frozen=True, slots=True)
class Source:
    """A law, regulation or decree that the guide cites."""

    code: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class GuidePage:
    """Everything on the page; with a search only what matches."""

    acts: tuple[ActRow, ...]
    poses: tuple[Pose, ...]
    questions: tuple[Question, ...]
    sanctions: tuple[SanctionRow, ...]
    sources: tuple[Source, ...]
    day: date
    asked: str = ""

    @property
    def forbidden_poses(self) -> list[Pose]:
        """Return the poses to avoid."""
        return [pose for pose in self.poses if pose.is_forbidden]

    @property
    def allowed_poses(self) -> list[Pose]:
        """Return the poses that are safe."""
        return [pose for pose in self.poses if not pose.is_forbidden]

    @property
    def allowed(self) -> list[Question]:
        """Return the questions that are answered with yes."""
        return [row for row in self.questions if row.answer == SituationAnswer.ALLOWED]

    @property
    def topics(self) -> list[Topic]:
        """Return the questions by topic."""
        rows = groupby(self.questions, key=lambda row: row.topic)
        return [Topic(code, label(SituationTopic(code)), tuple(found)) for code, found in rows]

    @property
    def hits(self) -> int:
        """Return how much was found."""
        return len(self.acts) + len(self.poses) + len(self.questions)


class _Searchable(Protocol):
    @property
    def found_by(self) -> str: ...


_Row = TypeVar("_Row", bound=_Searchable)


def guide_page(*, clock: Clock, asked: str = "") -> GuidePage:
    """Return the guide for the law in force today; no query once the law is cached.

    With `asked`, only the acts, poses and questions in which every word occurs.
    """
    today = clock.today_in(EASTERNMOST)
    english = speaks_english()
    whole = kept_with_the_law(
        key=("guide", today, english), make=lambda: _whole(today, english=english)
    )
    asked = " ".join(asked[:LONGEST_SEARCH].split())
    terms = asked.casefold().split()[:MOST_TERMS]
    if not terms:
        return whole
    return replace(
        whole,
        acts=_matching(whole.acts, terms),
        poses=_matching(whole.poses, terms),
        questions=_matching(whole.questions, terms),
        asked=asked,
    )


def _matching(rows: Iterable[_Row], terms: list[str]) -> tuple[_Row, ...]:
    return tuple(row for row in rows if all(term in row.found_by for term in terms))


def _whole(today: date, *, english: bool) -> GuidePage:
    books = {regime: rulebook_at(regime=regime, day=today) for regime in Regime}
    book = books[Regime.PILKADA]
    categories = [row for row in citizen_categories(day=today) if row.act != ActCode.OTHER]
    return GuidePage(
        acts=tuple(_act(row, books, english=english) for row in categories),
        poses=tuple(
            Pose(row.code.lower(), row.label, row.is_forbidden, row.label.casefold())
            for row in finger_poses(day=today)
        ),
        questions=tuple(_question(row, book) for row in situations(day=today)),
        sanctions=tuple(_sanction(rule, english=english) for rule in book.sanctions.values()),
        sources=tuple(_sources(book, today)),
        day=today,
    )


def _act(row: CitizenCategory, books: dict[Regime, Rulebook], *, english: bool) -> ActRow:
    act = ActCode(row.act)
    before, after = _consequences(act, books[Regime.PILKADA])
    return ActRow(
        words=row.label,
        example=row.example,
        before=before,
        after=after,
        crimes=tuple(_crimes(act, books, english=english)),
        found_by=_text(row.label, row.example, *(each.basis for each in (before, after) if each)),
    )


def _consequences(
    act: ActCode | None, book: Rulebook
) -> tuple[Consequence | None, Consequence | None]:
    """Return what the act is before and after candidates are determined."""
    if act is None:
        return None, None
    before, after = (
        _consequence(book.violations.get((act, stage)))
        for stage in (CandidateStage.PROSPECTIVE, CandidateStage.CANDIDATE)
    )
    return before, after


def _consequence(rule: ViolationRule | None) -> Consequence | None:
    if rule is None:
        return None
    return Consequence(
        category=label(rule.category),
        sanctions=", ".join(label(each) for each in rule.sanctions),
        basis=cited(rule.legal_basis),
        unsure=rule.certainty in _UNSURE,
    )


def _crimes(act: ActCode, books: dict[Regime, Rulebook], *, english: bool) -> Iterator[Crime]:
    """Each other law once, with the kind of election when it is only one."""
    rows: dict[str, tuple[OtherLawRule, list[Regime]]] = {}
    for regime, book in books.items():
        for rule in book.other_law_rows:
            if rule.act == act:
                rows.setdefault(rule.code, (rule, []))[1].append(regime)
    for rule, regimes in rows.values():
        yield Crime(
            election=label(regimes[0]) if len(regimes) == 1 else "",
            name=rule.name_en if english else rule.name_id,
            penalty=rule.penalty_en if english else rule.penalty_id,
            basis=cited(rule.legal_basis),
            unsure=rule.certainty in _UNSURE,
        )


def _question(row: Situation, book: Rulebook) -> Question:
    answer = SituationAnswer(row.answer)
    tone, icon = _TONES[answer]
    before, after = _consequences(ActCode(row.act) if row.act else None, book)
    basis = cited(row.legal_basis)
    return Question(
        code=row.code,
        topic=row.topic,
        words=row.label,
        answer=answer,
        verdict=label(answer),
        tone=tone,
        icon=icon,
        reason=row.reason,
        instead=row.instead,
        basis=basis,
        unsure=row.sure in _UNSURE,
        before=before,
        after=after,
        found_by=_text(row.label, row.reason, row.instead, row.keywords, basis),
    )


def _sanction(rule: SanctionRule, *, english: bool) -> SanctionRow:
    return SanctionRow(
        name=rule.name_en if english else rule.name_id,
        measures="; ".join(rule.measures_en if english else rule.measures_id),
        basis=cited(rule.legal_basis),
    )


def _sources(book: Rulebook, today: date) -> Iterator[Source]:
    """Return what the rules of violations and sanctions cite, each once."""
    named = {rule.legal_basis for rule in book.violations.values()}
    named |= {rule.legal_basis for rule in book.sanctions.values()}
    named |= {rule.legal_basis for rule in book.other_law_rows}
    seen: dict[str, Instrument] = {}
    for basis in named:
        seen |= {row.code: row for row in instruments_in(basis, day=today)}
    for code, row in sorted(seen.items()):
        yield Source(code, row.title, label(InstrumentStatus(row.status)))


def _text(*parts: str) -> str:
    return " ".join(part for part in parts if part).casefold()
