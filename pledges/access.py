"""Who may see what: one visible-to queryset per model, and loading and authorising in one call."""

from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from neutrality.accounts.roles import Role
from neutrality.accounts.scope import path_condition
from neutrality.audit.actor import Actor
from neutrality.organisations.models import Agency
from pledges.models import Exemption, Obligation, Round

M = TypeVar("M", bound=Model)

HR: Final = (Role.HR_PLEDGES,)


class NotVisible(LookupError):
    """There is no such thing, or not for this actor; the two are never told apart."""


def agencies_for(*, actor: Actor) -> QuerySet[Agency]:
    """Return the agencies whose pledges the actor keeps."""
    return Agency.objects.filter(_condition(actor, "path")).order_by("name", "pk")


def rounds_for(*, actor: Actor) -> QuerySet[Round]:
    """Return the rounds of the actor's agencies, with what their lists show."""
    rows = Round.objects.filter(_condition(actor, "agency__path"))
    return rows.select_related("agency", "office", "text")


def obligations_for(*, actor: Actor) -> QuerySet[Obligation]:
    """Return the obligations of the actor's agencies."""
    return Obligation.objects.filter(_condition(actor, "round__agency__path"))


def exemptions_for(*, actor: Actor) -> QuerySet[Exemption]:
    """Return the requests for exemption at the actor's agencies."""
    return Exemption.objects.filter(_condition(actor, "round__agency__path"))


def get_round_for(*, actor: Actor, public_id: UUID) -> Round:
    """Return the round with agency, office and text; raises `NotVisible`."""
    return _get(rounds_for(actor=actor), public_id=public_id)


def get_obligation_for(*, actor: Actor, public_id: UUID) -> Obligation:
    """Return the obligation with what its page shows; raises `NotVisible`."""
    joined = obligations_for(actor=actor).select_related(
        "round__agency",
        "round__office__region",
        "round__text",
        "person",
        "employment",
        "unit_now",
        "unit_at_snapshot",
    )
    return _get(joined, public_id=public_id)


def _condition(actor: Actor, field: str) -> Q:
    """Only a role held at an agency counts: pledges have no national desk."""
    condition = path_condition(actor, "agency", HR, field=field)
    return Q(pk__in=[]) if condition is None else condition


def _get(rows: QuerySet[M], **key: object) -> M:
    found = rows.filter(**key).first()
    if found is None:
        raise NotVisible(key)
    return found
