"""Exemptions: one officer asks with evidence, another decides."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from neutrality.accounts.actors import actor_of
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.engine import apply_within
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock
from neutrality.vault.services import open_blob, seal_blob
from pledges.codes import ExemptionGround
from pledges.models import Exemption, Obligation
from pledges.workflow.actions import ObligationAction
from pledges.workflow.obligation import OBLIGATION
from pledges.workflow.refusals import PledgeRefusal, refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionPlea:
    """Why somebody need not sign, the paper that shows it, its scan, and until when."""

    ground: ExemptionGround
    explanation: str
    evidence: str
    until_on: date | None = None
    scan: bytes = b""


@transaction.atomic(durable=True)
def ask_for_exemption(
    *, obligation: Obligation, plea: ExemptionPlea, actor: Actor, clock: Clock
) -> Exemption:
    """Ask; nothing changes for the person until another officer grants it.

    The scan is sealed: it may say why somebody is ill.

    Raises:
        Refused: When nobody in particular asks, or a request for this person is waiting already.
    """
    if actor.user_id is None:
        raise refuse(PledgeRefusal.SECOND_PERSON_NEEDED)
    if plea.ground not in obligation.round.exemption_grounds:
        raise refuse(PledgeRefusal.GROUND_NOT_ACCEPTED)
    try:
        with transaction.atomic():
            asked = Exemption.objects.create(
                round_id=obligation.round_id,
                obligation=obligation,
                ground=plea.ground,
                explanation=plea.explanation,
                evidence=plea.evidence,
                scan=seal_blob(data=plea.scan, clock=clock) if plea.scan else None,
                until_on=plea.until_on,
                requested_at=clock.now,
                requested_by_id=actor.user_id,
            )
    except IntegrityError as waiting:
        raise refuse(PledgeRefusal.ALREADY_ASKED) from waiting
    _record("pledge_exemption.asked", asked, actor, clock)
    return asked


@transaction.atomic(durable=True)
def decide_exemption(*, exemption_id: int, granted: bool, actor: Actor, clock: Clock) -> Exemption:
    """Grant or decline what another officer asked for.

    Raises:
        Refused: When the same officer asked, or it is decided already, or the step is refused.
    """
    joined = Exemption.objects.select_related("requested_by", "obligation")
    asked = joined.select_for_update(of=("self",)).get(pk=exemption_id)
    if asked.requested_by_id == actor.user_id or asked.decided_at is not None:
        raise refuse(PledgeRefusal.SECOND_PERSON_NEEDED)
    asked.decided_at, asked.decided_by_id, asked.granted = clock.now, actor.user_id, granted
    asked.save(update_fields=["decided_at", "decided_by", "granted"])
    if granted:
        _exempt(asked, actor, clock)
    _record("pledge_exemption.decided", asked, actor, clock)
    return asked


@transaction.atomic(durable=True)
def open_evidence(*, exemption: Exemption, actor: Actor, clock: Clock) -> bytes:
    """Return the scan of the paper; the opening is recorded."""
    return open_blob(
        blob_id=exemption.scan_id or 0,
        reason="Putusan permintaan pengecualian",
        subject=exemption.obligation.ref(),
        actor=actor,
        clock=clock,
    )


def _exempt(asked: Exemption, actor: Actor, clock: Clock) -> None:
    obligation = OBLIGATION.adapter.lock(asked.obligation_id)
    day = clock.today_in(obligation.round.office.tz)
    apply_within(
        workflow=OBLIGATION,
        action=ObligationAction.EXEMPT,
        subject_id=obligation.pk,
        actor=actor,
        clock=clock,
        context=StepContext(
            reason=f"{asked.get_ground_display()}: {asked.explanation} ({asked.evidence})",
            second_person=actor_of(user=asked.requested_by, day=day),
        ),
    )


def _record(what: str, asked: Exemption, actor: Actor, clock: Clock) -> None:
    record(
        what=what,
        subject=asked.obligation.ref(),
        actor=actor,
        clock=clock,
        data={
            "exemption": asked.pk,
            "ground": str(asked.ground),
            "granted": "" if asked.granted is None else str(asked.granted),
        },
    )
