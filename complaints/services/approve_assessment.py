"""A second person approves the latest version of the assessment."""

from django.db import transaction

from complaints.models import Assessment, Matter
from complaints.workflow import refusals
from complaints.workflow.case import CASE
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def approve_assessment(*, matter_id: int, version: int, actor: Actor, clock: Clock) -> Assessment:
    """Approve this version; it dies by itself when a new version is written.

    Raises:
        Refused: Not of this office, the author himself, approved already, or a newer version.
    """
    matter: Matter = CASE.adapter.lock(matter_id)
    role = actor.role_at((Role.COMMISSIONER, Role.SUPERVISOR, Role.HANDLER), matter.office.ref())
    if role is None or CASE.adapter.excludes(matter, actor, clock):
        raise refuse(RefusalCode.NOT_YOURS)
    latest = Assessment.objects.filter(matter=matter).order_by("-version").first()
    if latest is None:
        raise Refused(refusals.NO_ASSESSMENT)
    if latest.version != version:
        raise refuse(RefusalCode.STALE)
    if latest.approved_at is not None:
        raise Refused(refusals.ALREADY_APPROVED)
    if latest.written_by_id == actor.user_id:
        raise Refused(refusals.APPROVED_BY_AUTHOR)
    latest.approved_at, latest.approved_by_id = clock.now, actor.user_id
    latest.save(update_fields=["approved_at", "approved_by"])
    record(
        what="assessment.approve",
        subject=matter.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=matter.office.ref(),
        data={"version": version, "sha256": latest.text_sha256},
    )
    return latest
