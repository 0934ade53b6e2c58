"""Referral bodies: add one, let one follow another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.law.codes import BodyKind, Certainty
from neutrality.organisations.models import LOCAL_BODY_KINDS, ReferralBody, ReferralTerritory
from neutrality.organisations.refusals import BodyNotInForce, CodeTaken, KindHasHead
from neutrality.organisations.validity import DatedQuerySet, lasting


@dataclass(frozen=True, slots=True)
class BodyDraft:
    """A body to be: its code, its name, and where the law says that it is competent."""

    code: str
    name: str
    legal_basis: str
    certainty: Certainty
    address: str = ""
    email: str = ""


@transaction.atomic(durable=True)
def add_body(
    *,
    kind: BodyKind,
    draft: BodyDraft,
    parent_id: int | None,
    region_ids: Iterable[int],
    valid_from: date | None,
    actor: Actor,
    clock: Clock,
) -> ReferralBody:
    """Add a body, below another of its kind or on its own, with the regions it answers for.

    Raises:
        CodeTaken: when a body has the code then or later.
        KindHasHead: when it stands on its own beside the national head of its kind.
    """
    parent = ReferralBody.objects.get(pk=parent_id) if parent_id else None
    body = _create(kind=kind, draft=draft, parent=parent, valid_from=valid_from)
    _cover(body, region_ids)
    _record("body.add", body, actor=actor, clock=clock)
    return body


@transaction.atomic(durable=True)
def succeed_body(
    *, body_id: int, draft: BodyDraft, effective_on: date, actor: Actor, clock: Clock
) -> ReferralBody:
    """End a body and all below it on `effective_on`; another takes its place and its regions.

    The offices below the former body end with it; the successor's own are entered by `add_body`.

    Raises:
        BodyNotInForce: when the body does not hold on that day, or begins on it.
    """
    former = ReferralBody.objects.select_for_update(of=("self",)).get(pk=body_id)
    if not former.holds_on(effective_on) or former.valid_from == effective_on:
        raise BodyNotInForce
    covered = ReferralTerritory.objects.on(effective_on).filter(body=former)
    region_ids = list(covered.values_list("region_id", flat=True))
    _end_with_all_below(former, effective_on)
    body = _create(
        kind=BodyKind(former.kind),
        draft=draft,
        parent=former.parent,
        valid_from=effective_on,
        succeeds=former,
    )
    _cover(body, region_ids)
    _record("body.succeed", body, actor=actor, clock=clock, succeeds=former.path)
    return body


def standing_below(*, body: ReferralBody, day: date) -> DatedQuerySet[ReferralBody]:
    """The offices below a body that hold on `day`."""
    return ReferralBody.objects.on(day).filter(path__startswith=f"{body.path}/", kind=body.kind)


def _end_with_all_below(body: ReferralBody, day: date) -> None:
    ending = ReferralBody.objects.filter(pk=body.pk) | standing_below(body=body, day=day)
    ending.update(valid_until=day)


def _create(
    *,
    kind: BodyKind,
    draft: BodyDraft,
    parent: ReferralBody | None,
    valid_from: date | None,
    succeeds: ReferralBody | None = None,
) -> ReferralBody:
    standing = ReferralBody.objects.filter(lasting(valid_from))
    if standing.filter(code=draft.code).exists():
        raise CodeTaken
    is_head = parent is None and kind not in LOCAL_BODY_KINDS
    if is_head and standing.filter(kind=kind, parent=None).exists():
        raise KindHasHead
    return ReferralBody.objects.create(
        code=draft.code,
        kind=kind,
        name=draft.name,
        parent=parent,
        succeeds=succeeds,
        path=f"{parent.path}/{draft.code}" if parent else draft.code,
        address=draft.address,
        email=draft.email,
        valid_from=valid_from,
        legal_basis=draft.legal_basis,
        certainty=draft.certainty,
    )


def _cover(body: ReferralBody, region_ids: Iterable[int]) -> None:
    ReferralTerritory.objects.bulk_create(
        ReferralTerritory(body=body, region_id=region_id) for region_id in region_ids
    )


def _record(
    what: str, body: ReferralBody, *, actor: Actor, clock: Clock, succeeds: str = ""
) -> None:
    record(
        what=what,
        subject=SubjectRef("referral_body", body.pk),
        actor=actor,
        clock=clock,
        organisation=body.ref(),
        data={"path": body.path, "succeeds": succeeds},
    )
