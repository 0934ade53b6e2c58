"""The disclosure check: a second person releases a copy of evidence for the bodies."""

from django.db import transaction

from complaints.codes import Audience, DerivativeKind
from complaints.models import Custody, Derivative
from complaints.services.standing import ask_for_standing
from complaints.workflow import refusals
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def release_derivative(*, derivative_id: int, actor: Actor, clock: Clock) -> Derivative:
    """Write a copy's twin for the audience of bodies: same bytes, released by this person.

    The person has looked at it and says that nothing in it can name the reporter or a witness.

    Raises:
        Refused: NOT_YOURS, the person made the copy, or it was released before.
    """
    made = (
        Derivative.objects.select_for_update(of=("self",))
        .select_related("evidence__matter__office")
        .get(pk=derivative_id, audience=Audience.STAFF, evidence__is_identity=False)
    )
    matter = made.evidence.matter
    if matter is None or made.kind == DerivativeKind.THUMBNAIL:
        raise Refused(refusals.RELEASED_BEFORE)
    office = matter.office.ref()
    role, _ = ask_for_standing(actor, (Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR), [office])
    if made.made_by_id is not None and made.made_by_id == actor.user_id:
        raise Refused(refusals.RELEASED_BY_MAKER)
    released = _twin(made, actor, clock)
    record(
        what="evidence.released",
        subject=matter.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=office,
        data={"derivative": released.pk, "sha256": released.sha256},
    )
    return released


def _twin(made: Derivative, actor: Actor, clock: Clock) -> Derivative:
    same = Derivative.objects.filter(
        evidence_id=made.evidence_id, audience=Audience.BODY, sha256=made.sha256
    )
    if same.exists():
        raise Refused(refusals.RELEASED_BEFORE)
    twin = Derivative.objects.create(
        evidence_id=made.evidence_id,
        kind=made.kind,
        audience=Audience.BODY,
        stored_as=made.stored_as,
        media_type=made.media_type,
        size=made.size,
        sha256=made.sha256,
        parent_sha256=made.parent_sha256,
        redactions=made.redactions,
        made_at=made.made_at,
        made_by_id=made.made_by_id,
        released_at=clock.now,
        released_by_id=actor.user_id,
    )
    Custody.objects.create(
        evidence_id=made.evidence_id,
        derivative=twin,
        act="RELEASED",
        who=actor.label,
        happened_at=clock.now,
    )
    return twin
