"""Whose signing somebody may arrange: the HR office the whole agency, an operator the own unit."""

from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from neutrality.accounts.roles import Role
from neutrality.accounts.scope import path_condition
from neutrality.audit.actor import Actor
from neutrality.organisations.models import Unit
from pledges.access import HR, NotVisible
from pledges.models import Ceremony, ContactChange, Obligation, Round, ScanBatch

T = TypeVar("T")

OPERATORS: Final = (Role.HR_PLEDGES, Role.UNIT_OPERATOR)
ARRANGED: Final = (
    "round__agency",
    "round__office__region",
    "round__text",
    "person",
    "employment",
    "unit_now",
)


def is_hr_of(*, actor: Actor, place: Round) -> bool:
    """Whether the actor keeps the pledges of the whole agency."""
    return actor.role_at(HR, place.agency.ref()) is not None


def obligations_within(*, actor: Actor) -> QuerySet[Obligation]:
    """Return the obligations that the actor may help to sign, with what their pages show."""
    return Obligation.objects.filter(_within(actor)).select_related(*ARRANGED)


def rounds_within(*, actor: Actor) -> QuerySet[Round]:
    """Return the rounds in which the actor may help people to sign."""
    roots = {
        grant.at.path.split("/")[0] for grant in actor.grants if grant.role == Role.UNIT_OPERATOR
    }
    condition = _hr(actor, "agency__path") | Q(agency__path__in=sorted(roots))
    return Round.objects.filter(condition).select_related("agency__region", "office", "text")


def units_within(*, actor: Actor, place: Round) -> QuerySet[Unit]:
    """Return the units of the round's agency for which the actor may arrange signing."""
    units = Unit.objects.filter(agency_id=place.agency_id)
    if is_hr_of(actor=actor, place=place):
        return units
    condition = path_condition(actor, "unit", (Role.UNIT_OPERATOR,), field="path")
    return units if condition is None else units.filter(condition)


def ceremonies_within(*, actor: Actor) -> QuerySet[Ceremony]:
    """Return the ceremonies of the actor's agencies."""
    rows = Ceremony.objects.filter(_hr(actor, "agency__path"))
    return rows.select_related("agency__region", "round__office", "round__text", "minutes")


def contact_changes_within(*, actor: Actor) -> QuerySet[ContactChange]:
    """Return the requests for another address at the actor's agencies."""
    rows = ContactChange.objects.filter(_hr(actor, "contact__agency__path"))
    return rows.select_related("contact__person", "contact__agency", "asked_by")


def scans_within(*, actor: Actor) -> QuerySet[ScanBatch]:
    """Return the scans of the actor's agencies, and those the actor sent."""
    condition = _hr(actor, "round__agency__path") | Q(uploaded_by_id=actor.user_id or 0)
    return ScanBatch.objects.filter(condition).select_related(
        "round__agency", "round__office", "uploaded_by", "confirmed_by"
    )


def get_round_within(*, actor: Actor, public_id: UUID) -> Round:
    """Return the round; raises `NotVisible`."""
    return _found(rounds_within(actor=actor).filter(public_id=public_id).first())


def get_obligation_within(*, actor: Actor, public_id: UUID) -> Obligation:
    """Return the obligation; raises `NotVisible`."""
    return _found(obligations_within(actor=actor).filter(public_id=public_id).first())


def get_ceremony_within(*, actor: Actor, public_id: UUID) -> Ceremony:
    """Return the ceremony; raises `NotVisible`."""
    return _found(ceremonies_within(actor=actor).filter(public_id=public_id).first())


def get_scan_within(*, actor: Actor, public_id: UUID) -> ScanBatch:
    """Return the scan; raises `NotVisible`."""
    return _found(scans_within(actor=actor).filter(public_id=public_id).first())


def _within(actor: Actor) -> Q:
    units = path_condition(actor, "unit", (Role.UNIT_OPERATOR,), field="unit_now__path")
    own = Q(pk__in=[]) if units is None else units
    return _hr(actor, "round__agency__path") | own


def _hr(actor: Actor, field: str) -> Q:
    condition = path_condition(actor, "agency", HR, field=field)
    return Q(pk__in=[]) if condition is None else condition


def _found(row: T | None) -> T:
    if row is None:
        raise NotVisible
    return row
