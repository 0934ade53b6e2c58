"""The lives that synthetic reports and tips have, and how many have each."""

from dataclasses import dataclass
from typing import Final

from complaints.workflow.actions import (
    CaseAction as C,
    ReferralAction,
    ReportAction as R,
    TipAction as T,
)
from complaints.workflow.case import CASE
from complaints.workflow.referral import REFERRAL
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.accounts.roles import Role
from neutrality.audit.actor import ActorKind
from neutrality.casework.workflow import Workflow
from neutrality.law.codes import PeriodCode

# Who of an office acts when a step may be taken by several.
_FIRST: Final = (
    ActorKind.CITIZEN,
    ActorKind.SYSTEM,
    Role.INTAKE,
    Role.HANDLER,
    Role.COMMISSIONER,
)


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """One step as its row of the workflow has it, in plain values; there is one of each."""

    workflow: str
    kind: str
    action: str
    source: str
    target: str
    role: str
    stops: tuple[str, ...]
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Journey:
    """The steps of a report or tip, of its case, of the tip it became, and of what was sent.

    Attributes:
        share: How many of a thousand reports go this way.
        rest_days: How long, at most, the last step lies back: running work is young.
    """

    share: int
    entry: tuple[Move, ...]
    rest_days: int = 40
    case: tuple[Move, ...] = ()
    as_tip: tuple[Move, ...] = ()
    item: tuple[Move, ...] = ()

    def took(self, action: str) -> bool:
        """Whether the report took this step."""
        return any(move.action == action for move in self.entry)

    def case_took(self, action: str) -> bool:
        """Whether the case took this step."""
        return any(move.action == action for move in self.case)


_KNOWN: Final[dict[tuple[str, str, str], Move]] = {}


def _moves(workflow: Workflow, *actions: str) -> tuple[Move, ...]:
    """Walk the workflow's table; raises KeyError or ValueError where it does not lead on."""
    here, moves = "", []
    for place, action in enumerate(actions):
        row = workflow.get(action)
        here = "" if row.creates else here or str(workflow.initial)
        if not row.creates and here not in row.sources:
            raise ValueError(f"{workflow.name}: {action} does not start from {here or place}.")
        target = here if row.target is None else str(row.target)
        role = next(str(each) for each in _FIRST if each in row.actors)
        move = Move(
            workflow=workflow.name,
            kind=workflow.subject_kind,
            action=str(action),
            source=here,
            target=target,
            role=role,
            stops=tuple(str(code) for code in row.stops),
            starts=tuple(str(code) for code in row.starts if code is not PeriodCode.COMPLETION),
        )
        moves.append(_KNOWN.setdefault((move.workflow, move.action, here), move))
        here = target
    return tuple(moves)


def _report(*actions: str) -> tuple[Move, ...]:
    return _moves(REPORT, R.SUBMIT, *actions)


def _case(*actions: str) -> tuple[Move, ...]:
    return _moves(CASE, C.REGISTER, *actions)


_REVIEWED: Final = (R.RECEIVE, R.START_REVIEW)
_REGISTERED: Final = _report(*_REVIEWED, R.REGISTER)
_COMPLETED: Final = _report(*_REVIEWED, R.ASK_FOR_COMPLETION, R.COMPLETE, R.REGISTER)
_TO_PLENARY: Final = (C.CLARIFY, C.ASSESS, C.BRING_TO_PLENARY)
_SENT: Final = _moves(REFERRAL, ReferralAction.SEND)
_RECORDED: Final = _moves(TIP, T.RECORD)

REPORTS: Final = (
    Journey(110, _report(), rest_days=3),
    Journey(40, _report(R.RECEIVE), rest_days=3),
    Journey(70, _report(*_REVIEWED), rest_days=4),
    Journey(40, _report(*_REVIEWED, R.ASK_FOR_COMPLETION), rest_days=5),
    Journey(20, _report(*_REVIEWED, R.ASK_FOR_COMPLETION, R.COMPLETE), rest_days=3),
    Journey(110, _report(*_REVIEWED, R.DECLINE)),
    Journey(50, _report(*_REVIEWED, R.ASK_FOR_COMPLETION, R.DECLINE)),
    Journey(30, _report(R.WITHDRAW)),
    Journey(20, _report(R.RECEIVE, R.WITHDRAW)),
    Journey(30, _report(R.TAKE_AS_TIP), as_tip=_RECORDED, rest_days=6),
    Journey(30, _report(*_REVIEWED, R.MAKE_TIP), as_tip=_RECORDED, rest_days=6),
    Journey(20, _report(*_REVIEWED, R.REFER), item=_SENT),
    Journey(50, _REGISTERED, case=_case(), rest_days=3),
    Journey(60, _REGISTERED, case=_case(C.CLARIFY), rest_days=4),
    Journey(50, _REGISTERED, case=_case(C.CLARIFY, C.ASSESS), rest_days=4),
    Journey(30, _COMPLETED, case=_case(*_TO_PLENARY), rest_days=3),
    Journey(80, _REGISTERED, case=_case(*_TO_PLENARY, C.DECIDE), item=_SENT),
    Journey(130, _REGISTERED, case=_case(*_TO_PLENARY, C.DECIDE, C.CLOSE)),
    Journey(30, _COMPLETED, case=_case(*_TO_PLENARY, C.DECIDE, C.CLOSE)),
)
TIPS: Final = (
    Journey(500, _RECORDED, rest_days=6),
    Journey(200, _moves(TIP, T.RECORD, T.TRACE), rest_days=6),
    Journey(300, _moves(TIP, T.RECORD, T.TRACE, T.CLOSE)),
)
