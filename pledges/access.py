"""Who may see what: one visible-to queryset per model, and loading and authorising in one call."""

from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from neutrality.accounts.roles import Role
from neutrality.accounts.scope import path_condition
from neutrality.audit.actor import Actor
from neutrality.organisations.models import Agency
from neutrality.ui.prepared import Prepared
from pledges.models import Exemption, Obligation, Round

M = TypeVar("M", bound=Model)

HR: Final = (Role.HR_PLEDGES,)
# Who may know the name of somebody who refused.
TOLD_REFUSALS: Final = (Role.HR_PLEDGES, Role.AGENCY_HEAD)
WATCHERS: Final = (Role.HR_PLEDGES, Role.AGENCY_HEAD, Role.UNIT_OPERATOR)


class NotVisible(LookupError):
    """There is no such thing, or not for this actor; the two are never told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """How much of a round somebody sees.

    Attributes:
        path: The highest place of the unit tree that is seen, with all below it.
        tells_refusals: Whether refusals are shown by name.
        may_act: Whether the round is the actor's to keep.
        may_arrange: Whether the actor helps people to sign: the HR office, a unit's operator.
    """

    path: str
    tells_refusals: bool
    may_act: bool
    may_arrange: bool

    def covers(self, path: str) -> bool:
        """Whether a place of the tree is within sight."""
        return f"{path}/".startswith(f"{self.path}/")


def agencies_for(*, actor: Actor) -> QuerySet[Agency]:
    """Return the agencies whose pledges the actor keeps."""
    return Agency.objects.filter(_condition(actor, "path")).order_by("name", "pk")


def rounds_for(*, actor: Actor) -> QuerySet[Round]:
    """Return the rounds of the actor's agencies, with what their lists show."""
    rows = Round.objects.filter(_condition(actor, "agency__path"))
    return rows.select_related("agency", "office", "text")


def rounds_seen_by(*, actor: Actor) -> QuerySet[Round]:
    """Return the rounds whose coverage the actor may read: of the agency, or of the own unit's."""
    condition = path_condition(actor, "agency", TOLD_REFUSALS, field="agency__path")
    roots = {
        grant.at.path.split("/")[0] for grant in actor.grants if grant.role == Role.UNIT_OPERATOR
    }
    seen = (Q(pk__in=[]) if condition is None else condition) | Q(agency__path__in=sorted(roots))
    return _told(Round.objects.filter(seen))


def sight_of(*, actor: Actor, place: Round) -> Sight | None:
    """Return how much of the round the actor sees; None when it is nothing."""
    agency = place.agency.ref()
    if actor.role_at(TOLD_REFUSALS, agency) is not None:
        may_act = actor.role_at(HR, agency) is not None
        return Sight(path=agency.path, tells_refusals=True, may_act=may_act, may_arrange=may_act)
    units = [
        grant.at.path
        for grant in actor.grants
        if grant.role == Role.UNIT_OPERATOR and grant.at.path.startswith(f"{agency.path}/")
    ]
    if not units:
        return None
    return Sight(path=min(units), tells_refusals=False, may_act=False, may_arrange=True)


def get_seen_round(*, actor: Actor, public_id: UUID) -> tuple[Round, Sight]:
    """Return the round with agency, office and text, and what is seen; raises `NotVisible`."""
    found = _ROUND(public_id=public_id)
    sight = sight_of(actor=actor, place=found[0]) if found else None
    if sight is None:
        raise NotVisible(public_id)
    return found[0], sight


def _round(public_id: UUID) -> QuerySet[Round]:
    return _told(Round.objects.filter(public_id=public_id))


_ROUND: Final = Prepared(_round)


def _told(rows: QuerySet[Round]) -> QuerySet[Round]:
    """Join what every page of a round shows, without the words of its text."""
    joined = rows.select_related("agency", "office", "text")
    return joined.defer("text__opening", "text__points", "text__closing")


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
    found = list(rows.filter(**key).order_by()[:1])
    if not found:
        raise NotVisible(key)
    return found[0]
