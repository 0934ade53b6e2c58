"""What a supervisor watches: deadlines per office, who carries how much, who is tied to whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.codes import CaseState, ReportState, TipState
from complaints.models import Matter, Report, Tip
from complaints.selectors.audit import title
from neutrality.accounts.models import Relation, RoleGrant
from neutrality.accounts.roles import OFFICE_ROLES, Role
from neutrality.accounts.scope import offices_in_scope, path_condition
from neutrality.accounts.services import stands_above
from neutrality.audit.actor import Actor
from neutrality.casework.clocks import MoveProposal, move_proposals
from neutrality.casework.models import ClockState, LegalClock, RequestState, SecondPersonRequest
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.law.labels import label
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_short_day, say_short_instant
from neutrality.ui.keyset import CappedCount, capped_count

SOON: Final = timedelta(days=2)
MOST_CLOCKS: Final = 200
MOST_REQUESTS: Final = 25
_ENDED: Final = {
    Report: (
        ReportState.REGISTERED,
        ReportState.NOT_REGISTERED,
        ReportState.WITHDRAWN,
        ReportState.TIP,
        ReportState.TRANSFERRED,
        ReportState.REFERRED,
    ),
    Tip: (
        TipState.CLOSED,
        TipState.FINDING,
        TipState.REFERRED,
        TipState.REPORT,
        TipState.TRANSFERRED,
    ),
    Matter: (CaseState.INTAKE, CaseState.CLOSED),
}


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office with its open deadlines."""

    name: str
    url: str
    running: int
    soon: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The open deadlines of the whole subtree, counted up to a cap."""

    running: CappedCount
    soon: CappedCount
    overdue: CappedCount


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """Somebody of the office: the roles, the work in hand, the ties declared."""

    user_id: int
    name: str
    roles: str
    reports: int
    tips: int
    cases: int
    relations: tuple["RelationLine", ...]
    may_be_declared_for: bool


@dataclass(frozen=True, slots=True)
class RelationLine:
    """A tie that keeps an officer away from cases."""

    id: int
    words: str
    since: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """Something that waits for a second person."""

    what: str
    subject: str
    url: str
    by: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A deadline that a later decree would move."""

    clock_id: int
    period: str
    subject: str
    before: str
    after: str
    due_after: str


def supervised(actor: Actor) -> QuerySet[Office]:
    """The offices of the actor's subtree, in the order of the tree."""
    return offices_in_scope(actor, Role.SUPERVISOR)


def totals(*, actor: Actor, clock: Clock) -> Totals:
    """How the subtree stands; three capped counts."""
    rows = LegalClock.objects.filter(state=ClockState.OPEN, organisation_kind="office")
    condition = path_condition(actor, "office", (Role.SUPERVISOR,), field="organisation_path")
    rows = rows if condition is None else rows.filter(condition)
    return Totals(
        running=capped_count(rows),
        soon=capped_count(rows.filter(due_at__gte=clock.now, due_at__lt=clock.now + SOON)),
        overdue=capped_count(rows.filter(due_at__lt=clock.now)),
    )


def office_lines(*, offices: Sequence[Office], clock: Clock) -> list[OfficeLine]:
    """The offices of one page with their deadlines; one query."""
    soon = Q(due_at__gte=clock.now, due_at__lt=clock.now + SOON)
    counted = (
        LegalClock.objects.filter(
            state=ClockState.OPEN,
            organisation_kind="office",
            organisation_path__in=[office.path for office in offices],
        )
        .values("organisation_path")
        .annotate(
            running=Count("pk"),
            soon=Count("pk", filter=soon),
            overdue=Count("pk", filter=Q(due_at__lt=clock.now)),
        )
        .order_by()
    )
    by_path = {row["organisation_path"]: row for row in counted}
    return [_office_line(office, by_path.get(office.path, {})) for office in offices]


def officers(*, office: Office, actor: Actor, day: date) -> list[OfficerLine]:
    """Everybody with a role at this very office; six queries, whatever their number."""
    grants = RoleGrant.objects.on(day).filter(
        office=office, role__in=[*OFFICE_ROLES], user__is_active=True
    )
    roles: dict[tuple[int, str], list[str]] = defaultdict(list)
    for grant in grants.select_related("user").order_by("user__name", "user_id", "pk"):
        roles[grant.user_id, str(grant.user)].append(str(grant.get_role_display()))
    ids = [user_id for user_id, _name in roles]
    work = {table: _in_hand(table, ids) for table in (Report, Tip, Matter)}
    ties = _ties(ids, day)
    above = _above(actor, office)
    return [
        OfficerLine(
            user_id=user_id,
            name=name,
            roles=", ".join(held),
            reports=work[Report][user_id],
            tips=work[Tip][user_id],
            cases=work[Matter][user_id],
            relations=tuple(ties[user_id]),
            may_be_declared_for=above,
        )
        for (user_id, name), held in roles.items()
    ]


def requests_waiting(*, office: Office) -> list[RequestLine]:
    """What waits for a second person at this office; two queries."""
    rows = SecondPersonRequest.objects.filter(
        state=RequestState.OPEN, requester__path=office.path, requester__kind="office"
    )
    found = list(rows.order_by("pk")[:MOST_REQUESTS])
    addresses = _addresses(found)
    return [
        RequestLine(
            what=row.get_kind_display(),
            subject=addresses.get((row.subject_kind, row.subject_id), ("", ""))[0],
            url=addresses.get((row.subject_kind, row.subject_id), ("", ""))[1],
            by=row.requester["label"],
            reason=row.reason,
            at=say_short_instant(row.recorded_at, office.tz),
        )
        for row in found
    ]


def moves(*, office: Office) -> list[MoveLine]:
    """The open deadlines of this office that today's calendar would move."""
    clocks = LegalClock.objects.filter(
        state=ClockState.OPEN, organisation_kind="office", organisation_path=office.path
    ).order_by("due_at", "pk")[:MOST_CLOCKS]
    return [_move_line(proposal, office.tz) for proposal in move_proposals(clocks=clocks)]


def has_clock(*, office: Office, clock_id: int) -> bool:
    """Whether this is a deadline of this very office."""
    return LegalClock.objects.filter(
        pk=clock_id, organisation_kind="office", organisation_path=office.path
    ).exists()


def may_declare_for(*, office: Office, user_id: int, actor: Actor, day: date) -> RoleGrant | None:
    """The grant of an officer of this office for whom the actor may declare a tie, else None."""
    grants = RoleGrant.objects.on(day).filter(office=office, user_id=user_id)
    grant = grants.select_related("user").first()
    if grant is None or not stands_above(actor=actor, user=grant.user, day=day):
        return None
    return grant


def relation_of_office(*, office: Office, relation_id: int, day: date) -> Relation | None:
    """A tie in force of somebody of this office."""
    people = RoleGrant.objects.on(day).filter(office=office).values("user_id")
    rows = Relation.objects.on(day).filter(pk=relation_id, user_id__in=people)
    return rows.select_related("user", "person", "unit", "agency").first()


def _office_line(office: Office, counted: Mapping[str, Any]) -> OfficeLine:
    return OfficeLine(
        name=office.name,
        url=reverse("staff:office", args=[office.public_id]),
        running=counted.get("running", 0),
        soon=counted.get("soon", 0),
        overdue=counted.get("overdue", 0),
    )


def _in_hand(table: type[Report] | type[Tip] | type[Matter], ids: Iterable[int]) -> Counter[int]:
    rows = table._base_manager.filter(assignee_id__in=list(ids))  # noqa: SLF001  every row
    counted = (
        rows.exclude(state__in=_ENDED[table]).values_list("assignee_id").annotate(n=Count("pk"))
    )
    return Counter(dict(counted.order_by()))


def _ties(ids: list[int], day: date) -> dict[int, list[RelationLine]]:
    rows = Relation.objects.on(day).filter(user_id__in=ids)
    ties: dict[int, list[RelationLine]] = defaultdict(list)
    for row in rows.select_related("person", "unit", "agency").order_by("valid_from", "pk"):
        since = _("sejak %(day)s") % {"day": say_short_day(row.valid_from)}
        ties[row.user_id].append(RelationLine(row.pk, str(row), since))
    return ties


def _above(actor: Actor, office: Office) -> bool:
    """Whether the actor supervises an office strictly above this one."""
    return any(
        grant.role == Role.SUPERVISOR and office.path.startswith(f"{grant.at.path}/")
        for grant in actor.grants
        if grant.at.kind == "office"
    )


def _addresses(rows: Sequence[SecondPersonRequest]) -> dict[tuple[str, int], tuple[str, str]]:
    """Number and page of the subjects that are reports, tips or matters; at most three queries."""
    pages = {
        "report": (Report, "staff:report"),
        "tip": (Tip, "staff:tip"),
        "matter": (Matter, "staff:case"),
    }
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for kind, (table, view) in pages.items():
        ids = [row.subject_id for row in rows if row.subject_kind == kind]
        subjects: Iterable[Any] = table._base_manager.filter(pk__in=ids) if ids else ()  # noqa: SLF001
        for subject in subjects:
            found[kind, subject.pk] = (str(subject), reverse(view, args=[subject.public_id]))
    return found


def _move_line(proposal: MoveProposal, tz: ZoneInfo) -> MoveLine:
    clock = proposal.clock
    return MoveLine(
        clock_id=clock.pk,
        period=label(PeriodCode(clock.code)),
        subject=title(clock.subject_kind, clock.subject_id),
        before=say_short_instant(proposal.due_before, tz),
        after=say_short_instant(proposal.due_after, tz),
        due_after=_machine(proposal.due_after),
    )


def _machine(instant: datetime) -> str:
    return instant.isoformat()
