"""What the next step of a case depends on beside its state; only what that state asks for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

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
from complaints.workflow.actions import CaseAction
from complaints.workflow.guards import REFERRED_CLASSES
from neutrality.ui.dates import say_instant
from neutrality.ui.prepared import Prepared


@dataclass(frozen=True, slots=True)
class CaseSituation:
    """How far the case is within its state; what the state does not ask about stays empty."""

    unheard: bool = False
    versions: int = 0
    approved: bool = False
    written_by: int | None = None
    result_item: str = ""
    unsent: bool = False
    announced: str = ""


def case_situation(*, matter: Matter, people: list[Party]) -> CaseSituation:
    """Return the situation in at most three queries, none while the case only waits."""
    read = _READERS.get(CaseState(matter.state))
    return read(matter, people) if read else CaseSituation()


def _heard(matter: Matter, people: list[Party]) -> CaseSituation:
    """Ask whether a respondent was neither heard nor invited twice in vain."""
    respondents = {row.pk for row in people if row.kind == PartyKind.RESPONDENT}
    done = {
        party
        for party, state, ordinal in _TURNS(matter=matter.pk)
        if state == SessionState.HELD or (state == SessionState.ABSENT and ordinal == 2)
    }
    return CaseSituation(unheard=bool(respondents - done))


def _assessed(matter: Matter, people: list[Party]) -> CaseSituation:  # noqa: ARG001
    rows = _LATEST(matter=matter.pk)
    if not rows:
        return CaseSituation()
    version, approved_at, written_by = rows[0]
    return CaseSituation(versions=version, approved=bool(approved_at), written_by=written_by)


def _before_plenary(matter: Matter, people: list[Party]) -> CaseSituation:  # noqa: ARG001
    waiting = (
        public_id
        for public_id, action, outcome in _ITEMS(matter=matter.pk)
        if action == CaseAction.DECIDE and outcome == ItemOutcome.PENDING
    )
    return CaseSituation(result_item=next(waiting, ""))


def _decided(matter: Matter, people: list[Party]) -> CaseSituation:
    found = {pair for pair in _FOUND(matter=matter.pk) if pair[1] in REFERRED_CLASSES}
    sent = {
        (respondent, outcome)
        for respondent, outcome, state in _SENT(matter=matter.pk)
        if state != ReferralState.CANCELLED
    }
    return replace(_announced(matter, people), unsent=bool(found - sent))


def _announced(matter: Matter, people: list[Party]) -> CaseSituation:  # noqa: ARG001
    at = next(iter(_ANNOUNCED(matter=matter.pk)), None)
    return CaseSituation(announced=say_instant(at, matter.office.tz) if at else "")


def _turns(matter: int) -> QuerySet[ClarificationSession, tuple[int, str, int]]:
    rows = ClarificationSession.objects.filter(matter_id=matter).order_by("pk")
    return rows.values_list("party_id", "state", "ordinal")


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

_READERS: Final[dict[CaseState, Callable[[Matter, list[Party]], CaseSituation]]] = {
    CaseState.CLARIFICATION: _heard,
    CaseState.ASSESSMENT: _assessed,
    CaseState.PLENARY: _before_plenary,
    CaseState.DECIDED: _decided,
    CaseState.CLOSED: _announced,
}
