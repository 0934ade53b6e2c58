"""What the next step of a case depends on beside its state; only what that state asks for."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from complaints.codes import CaseState, ItemOutcome, PartyKind, ReferralState, SessionState
from complaints.models import (
    AgendaItem,
    AllegationResult,
    Announcement,
    Assessment,
    ClarificationSession,
    Matter,
    Party,
    ReferralItem,
)
from complaints.services.plan_session import MOST_INVITATIONS
from complaints.workflow.actions import CaseAction
from complaints.workflow.guards import REFERRED_CLASSES
from neutrality.law.feasible import Hearing, Turn
from neutrality.ui.dates import say_instant
from neutrality.ui.prepared import Prepared

# Of a session: its state, which invitation led to it, and when it begins.
_Session = tuple[str, int, datetime]


@dataclass(frozen=True, slots=True)
class CaseSituation:
    """How far the case is within its state; what the state does not ask about stays empty.

    Once it is assessed nobody is heard any more, so there are no hearings left.
    """

    hearings: tuple[Hearing, ...] = ()
    versions: int = 0
    approved: bool = False
    written_by: int | None = None
    result_item: str = ""
    unsent: bool = False
    announced: str = ""

    @property
    def unheard(self) -> bool:
        """Whether a respondent was neither heard nor invited twice in vain."""
        return any(row.turn != Turn.DONE for row in self.hearings)


def case_situation(*, matter: Matter, people: list[Party]) -> CaseSituation:
    """Return the situation in at most three queries, none while the case only waits."""
    state = CaseState(matter.state)
    if state in _HEARING:
        return CaseSituation(hearings=hearings(matter=matter, people=people))
    read = _READERS.get(state)
    return read(matter) if read else CaseSituation()


def hearings(*, matter: Matter, people: list[Party]) -> tuple[Hearing, ...]:
    """Return how far the hearing of each respondent has come; one query."""
    turns: dict[int, list[_Session]] = defaultdict(list)
    for party, state, ordinal, starts_at in _TURNS(matter=matter.pk):
        turns[party].append((state, ordinal, starts_at))
    respondents = (row.pk for row in people if row.kind == PartyKind.RESPONDENT)
    return tuple(_hearing(turns[pk], matter.office.tz) for pk in respondents)


def _hearing(rows: Iterable[_Session], tz: ZoneInfo) -> Hearing:
    """Read the sessions of one respondent, the earliest first; held once is heard."""
    found = Hearing(Turn.NOT_INVITED)
    for state, ordinal, starts_at in rows:
        if state == SessionState.HELD:
            return Hearing(Turn.DONE)
        if state == SessionState.ABSENT:
            found = Hearing(Turn.DONE if ordinal == MOST_INVITATIONS else Turn.ABSENT_ONCE)
        elif state == SessionState.PLANNED:
            turn = Turn.INVITED_TWICE if ordinal == MOST_INVITATIONS else Turn.INVITED_ONCE
            found = Hearing(turn, starts_at.astimezone(tz).date())
    return found


def _assessed(matter: Matter) -> CaseSituation:
    rows = _LATEST(matter=matter.pk)
    if not rows:
        return CaseSituation()
    version, approved_at, written_by = rows[0]
    return CaseSituation(versions=version, approved=bool(approved_at), written_by=written_by)


def _before_plenary(matter: Matter) -> CaseSituation:
    waiting = (
        public_id
        for public_id, action, outcome in _ITEMS(matter=matter.pk)
        if action == CaseAction.DECIDE and outcome == ItemOutcome.PENDING
    )
    return CaseSituation(result_item=next(waiting, ""))


def _decided(matter: Matter) -> CaseSituation:
    found = {pair for pair in _FOUND(matter=matter.pk) if pair[1] in REFERRED_CLASSES}
    sent = {
        (respondent, outcome)
        for respondent, outcome, state in _SENT(matter=matter.pk)
        if state != ReferralState.CANCELLED
    }
    return replace(_announced(matter), unsent=bool(found - sent))


def _announced(matter: Matter) -> CaseSituation:
    at = next(iter(_ANNOUNCED(matter=matter.pk)), None)
    return CaseSituation(announced=say_instant(at, matter.office.tz) if at else "")


def _turns(matter: int) -> QuerySet[ClarificationSession, tuple[int, str, int, datetime]]:
    rows = ClarificationSession.objects.filter(matter_id=matter)
    rows = rows.order_by("hearing", "ordinal", "pk")
    return rows.values_list("party_id", "state", "ordinal", "starts_at")


def _latest(matter: int) -> QuerySet[Assessment, tuple[int, datetime | None, int | None]]:
    rows = Assessment.objects.filter(matter_id=matter).order_by("-version")[:1]
    return rows.values_list("version", "approved_at", "written_by_id")


def _agenda(matter: int) -> QuerySet[AgendaItem, tuple[str, str, str]]:
    rows = AgendaItem.objects.filter(matter_id=matter).order_by("-pk")
    return rows.values_list("public_id", "action", "outcome")


def _results(matter: int) -> QuerySet[AllegationResult, tuple[int, str]]:
    rows = AllegationResult.objects.filter(
        allegation__matter_id=matter, superseded_at__isnull=True
    ).order_by("pk")
    return rows.values_list("allegation__respondent_id", "outcome")


def _referrals(matter: int) -> QuerySet[ReferralItem, tuple[int, str, str]]:
    rows = ReferralItem.objects.filter(matter_id=matter).order_by("pk")
    return rows.values_list("respondent_id", "outcome", "state")


def _announcements(matter: int) -> QuerySet[Announcement, datetime]:
    rows = Announcement.objects.filter(matter_id=matter).order_by("-published_at")[:1]
    return rows.values_list("published_at", flat=True)


_TURNS: Final = Prepared(_turns)
_LATEST: Final = Prepared(_latest)
_ITEMS: Final = Prepared(_agenda)
_FOUND: Final = Prepared(_results)
_SENT: Final = Prepared(_referrals)
_ANNOUNCED: Final = Prepared(_announcements)

_HEARING: Final = frozenset({CaseState.REGISTERED, CaseState.CLARIFICATION})
_READERS: Final[dict[CaseState, Callable[[Matter], CaseSituation]]] = {
    CaseState.ASSESSMENT: _assessed,
    CaseState.PLENARY: _before_plenary,
    CaseState.DECIDED: _decided,
    CaseState.CLOSED: _announced,
}
