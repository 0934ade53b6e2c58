"""Who can work on a file in its state, and which files lie with somebody who cannot (any more)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from complaints.codes import CaseState, PartyKind, ReportState
from complaints.models import Matter, Party, Report, Tip
from complaints.workflow.report_table import REPORT_ENDS
from complaints.workflow.tip_table import TIP_ENDS
from neutrality.accounts.models import Relation, RoleGrant
from neutrality.accounts.roles import Role

Thing = Report | Tip | Matter
ENTRANCE: Final = (Role.INTAKE, Role.HANDLER)
WORKERS: Final = (Role.HANDLER,)
# Before an officer has taken it in, those of the counter work on it too.
EARLY: Final[Mapping[type[Thing], frozenset[str]]] = {
    Report: frozenset({ReportState.SUBMITTED, ReportState.TRANSFERRED}),
    Tip: frozenset(),
    Matter: frozenset({CaseState.INTAKE}),
}
ENDED: Final[Mapping[type[Thing], frozenset[str]]] = {
    Report: REPORT_ENDS,
    Tip: TIP_ENDS,
    Matter: frozenset({CaseState.CLOSED}),
}


def workers_of(thing: Thing) -> tuple[Role, ...]:
    """Return the roles in which somebody takes the next step on it."""
    return ENTRANCE if thing.state in EARLY[type(thing)] else WORKERS


def tied_to(*, matter_id: int, day: date) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """Return whom a relation keeps from the file, and who is its respondent, as users' ids."""
    respondents = Party.objects.filter(matter_id=matter_id, kind=PartyKind.RESPONDENT)
    related = Relation.objects.on(day).filter(Exists(respondents.filter(_meant())))
    own = respondents.filter(user__isnull=False)
    return related.order_by().values("user_id"), own.order_by().values("user_id")


def lost(table: type[Thing], *, day: date) -> QuerySet[Any]:
    """Return the open files whose officer has no role for them on this day, or must not see them."""
    rows = table._base_manager.filter(assignee__isnull=False)  # noqa: SLF001  every row
    early = Q(state__in=EARLY[table])
    idle = early & ~_held(ENTRANCE, day) | ~early & ~_held(WORKERS, day)
    matter = "pk" if table is Matter else "matter_id"
    return rows.exclude(state__in=ENDED[table]).filter(idle | _tied(matter, day))


def _held(roles: tuple[Role, ...], day: date) -> Exists:
    """Whether the officer holds one of the roles at the office or above it."""
    grants = RoleGrant.objects.on(day).filter(
        user_id=OuterRef("assignee_id"), user__is_active=True, role__in=roles
    )
    below = grants.annotate(here=Cast(OuterRef("office_path"), CharField()))
    covers = Q(here__startswith=Concat("office__path", Value("/"))) & Q(office__isnull=False)
    return Exists(
        below.filter(Q(is_national=True) | Q(office__path=OuterRef("office_path")) | covers)
    )


def _tied(matter: str, day: date) -> Q:
    respondents = Party.objects.filter(kind=PartyKind.RESPONDENT)
    of_file = respondents.filter(matter_id=OuterRef(OuterRef(matter)))
    related = Relation.objects.on(day).filter(user_id=OuterRef("assignee_id"))
    own = respondents.filter(matter_id=OuterRef(matter), user_id=OuterRef("assignee_id"))
    return Q(Exists(related.filter(Exists(of_file.filter(_meant()))))) | Q(Exists(own))


def _meant() -> Q:
    """Whether a respondent is whom the relation around it names, or works in or below its unit."""
    unit = OuterRef("unit__path")
    return (
        Q(person_id=OuterRef("person_id"))
        | Q(agency_id=OuterRef("agency_id"))
        | Q(unit__path=unit)
        | Q(unit__path__startswith=Concat(unit, Value("/")))
    )
