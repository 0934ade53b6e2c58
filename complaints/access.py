"""Who may see what: one visible-to queryset per model, and loading and authorising in one call."""

from datetime import date
from typing import Final, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from complaints.codes import PartyKind, ReferralState
from complaints.models import (
    AgendaItem,
    Examiner,
    Matter,
    Party,
    PlenaryMeeting,
    ReferralItem,
    Report,
    Tip,
)
from neutrality.accounts.relations import ExcludedSubjects, excluded_subjects
from neutrality.accounts.roles import OFFICE_ROLES, Role
from neutrality.accounts.scope import path_condition
from neutrality.audit.actor import Actor, OrgKind

M = TypeVar("M", bound=Model)

OFFICE: Final = tuple(sorted(OFFICE_ROLES))
AGENCY: Final = (Role.HR_DISCIPLINE,)
EXAMINED: Final = (
    ReferralState.FOLLOW_UP,
    ReferralState.NOT_FOLLOWED_UP,
    ReferralState.CONTROLLED,
)
KNOWN_TO_AGENCY: Final = (
    ReferralState.RECOMMENDED,
    ReferralState.FOLLOW_UP,
    ReferralState.NOT_FOLLOWED_UP,
    ReferralState.CONTROLLED,
    ReferralState.SANCTIONED,
    ReferralState.SUBJECT_INACTIVE,
)


class NotVisible(LookupError):
    """There is no such thing, or not for this actor; the two are never told apart."""


def reports_for(*, actor: Actor, day: date) -> QuerySet[Report]:
    """Return the reports of the actor's offices, without those of a declared relation."""
    rows = _at(Report.objects.all(), actor, "office", OFFICE, "office_path")
    return _without_conflicts(rows, actor, day, "matter_id")


def tips_for(*, actor: Actor, day: date) -> QuerySet[Tip]:
    """Return the tips of the actor's offices, without those of a declared relation."""
    rows = _at(Tip.objects.all(), actor, "office", OFFICE, "office_path")
    return _without_conflicts(rows, actor, day, "matter_id")


def matters_for(*, actor: Actor, day: date) -> QuerySet[Matter]:
    """Return the matters of the actor's offices, without those of a declared relation."""
    rows = _at(Matter.objects.all(), actor, "office", OFFICE, "office_path")
    return _without_conflicts(rows, actor, day, "pk")


def meetings_for(*, actor: Actor) -> QuerySet[PlenaryMeeting]:
    """Return the plenary meetings of the actor's offices."""
    return _at(PlenaryMeeting.objects.all(), actor, "office", OFFICE, "office_path")


def agenda_for(*, actor: Actor, day: date) -> QuerySet[AgendaItem]:
    """Return the agenda items of the actor's offices, without those of a declared relation."""
    rows = _at(AgendaItem.objects.all(), actor, "office", OFFICE, "office_path")
    return _without_conflicts(rows, actor, day, "matter_id")


def items_for(*, actor: Actor, day: date, side: str = "") -> QuerySet[ReferralItem]:
    """Return the referral items of the actor's offices, bodies and agencies, or of one side only.

    An agency sees its own people from the recommendation on, or from the letter that was copied
    to it; an examiner sees the items for which he was named, until the sanction.
    """
    told = Q(state__in=KNOWN_TO_AGENCY) | Q(agency_informed=True)
    sides = {
        "office": _condition(actor, "office", OFFICE, "office_path"),
        "body": _condition(actor, "body", (Role.LIAISON,), "body_path"),
        "agency": (_condition(actor, "agency", AGENCY, "agency__path") & told) | _named(actor),
    }
    wanted = [sides[side]] if side else list(sides.values())
    condition = Q(pk__in=[])
    for each in wanted:
        condition |= each
    return _without_conflicts(ReferralItem.objects.filter(condition), actor, day, "matter_id")


def _named(actor: Actor) -> Q:
    if not actor.holds(Role.EXAMINER):
        return Q(pk__in=[])
    named = Examiner.objects.filter(item=OuterRef("pk"), user_id=actor.user_id or 0)
    return Q(Exists(named), state__in=EXAMINED)


def audited(
    rows: QuerySet[M],
    *,
    actor: Actor,
    day: date,
    roles: tuple[str, ...],
    matter: str = "matter_id",
) -> QuerySet[M]:
    """Return the rows of the offices where the actor holds one of `roles`, without conflicts.

    For those who read histories and not contents; `matter` names the column of the matter.
    """
    return _without_conflicts(_at(rows, actor, "office", roles, "office_path"), actor, day, matter)


def get_report_for(*, actor: Actor, day: date, public_id: str) -> Report:
    """Return the report with office, contest and matter joined; raises `NotVisible`."""
    rows = reports_for(actor=actor, day=day)
    return _get(rows.select_related("office", "contest__election", "matter"), public_id)


def get_tip_for(*, actor: Actor, day: date, public_id: str) -> Tip:
    """Return the tip with office, contest and matter joined; raises `NotVisible`."""
    rows = tips_for(actor=actor, day=day)
    return _get(rows.select_related("office", "contest__election", "matter"), public_id)


def get_matter_for(*, actor: Actor, day: date, public_id: str) -> Matter:
    """Return the matter with office and contest joined; raises `NotVisible`."""
    rows = matters_for(actor=actor, day=day)
    return _get(rows.select_related("office", "contest__election"), public_id)


def get_meeting_for(*, actor: Actor, public_id: str) -> PlenaryMeeting:
    """Return the meeting with its office; raises `NotVisible`."""
    return _get(meetings_for(actor=actor).select_related("office"), public_id)


def get_agenda_item_for(*, actor: Actor, day: date, public_id: str) -> AgendaItem:
    """Return the agenda item with office and matter; raises `NotVisible`."""
    rows = agenda_for(actor=actor, day=day).select_related("office", "matter", "meeting")
    return _get(rows, public_id)


def get_item_for(*, actor: Actor, day: date, public_id: str, side: str = "") -> ReferralItem:
    """Return the referral item with what its pages show; raises `NotVisible`."""
    rows = items_for(actor=actor, day=day, side=side)
    joined = ("office", "body", "agency", "respondent__unit", "matter__contest__election")
    return _get(rows.select_related(*joined), public_id)


def _condition(actor: Actor, kind: OrgKind, roles: tuple[str, ...], field: str) -> Q:
    held = any(grant.role in roles for grant in actor.grants)
    if not held:
        return Q(pk__in=[])
    condition = path_condition(actor, kind, roles, field=field)
    return Q() if condition is None else condition


def _at(
    rows: QuerySet[M], actor: Actor, kind: OrgKind, roles: tuple[str, ...], field: str
) -> QuerySet[M]:
    return rows.filter(_condition(actor, kind, roles, field))


def _without_conflicts(rows: QuerySet[M], actor: Actor, day: date, matter: str) -> QuerySet[M]:
    conflict = _conflict(actor, excluded_subjects(actor=actor, day=day))
    respondents = Party.objects.filter(matter_id=OuterRef(matter), kind=PartyKind.RESPONDENT)
    return rows.filter(~Exists(respondents.filter(conflict)))


def _conflict(actor: Actor, excluded: ExcludedSubjects) -> Q:
    """Return what makes a respondent one whom this actor must not judge."""
    conflict = Q(user_id=actor.user_id, user_id__isnull=False)
    conflict |= Q(person_id__in=excluded.person_ids) | Q(agency_id__in=excluded.agency_ids)
    for path in sorted(excluded.unit_paths):
        conflict |= Q(unit__path=path) | Q(unit__path__startswith=f"{path}/")
    return conflict


def _get(rows: QuerySet[M], public_id: str) -> M:
    # Not `first()`: to sort one row Django would compare every column of the joined tables.
    found = next(iter(rows.order_by().filter(public_id=public_id)), None)
    if found is None:
        raise NotVisible(public_id)
    return found
