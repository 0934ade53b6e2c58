"""Delegate a tracing to an office below, which looks and reports; the responsibility stays."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from complaints.codes import HandlingRole, TipState
from complaints.models import Handling, Tip
from complaints.papers.tip_papers import delegation_letter
from complaints.services.office_roles import REVIEWERS, note
from complaints.workflow import refusals
from complaints.workflow.messages import MessageKind
from complaints.workflow.tip import TIP
from neutrality.accounts.models import RoleGrant
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.documents.services import issue
from neutrality.law.clock import Clock
from neutrality.notifications.services import Message, Recipient, enqueue_many
from neutrality.organisations.models import Office


@transaction.atomic(durable=True)
def delegate_tracing(
    *, tip_id: int, office: Office, task: str, actor: Actor, clock: Clock
) -> Handling:
    """Give the looking to an office below, with a task letter; its handlers are told.

    The clocks stay with the responsible office, which alone takes the steps.

    Raises:
        Refused: Not of this office, not being traced, no task, an office that is not below, or one
            that is at it already.
    """
    tip: Tip = TIP.adapter.lock(tip_id)
    note("tip.delegate", tip, *REVIEWERS, Role.SUPERVISOR, actor=actor, clock=clock, to=office.pk)
    if tip.state != TipState.TRACING:
        raise refuse(RefusalCode.WRONG_STATE)
    if not task.strip():
        raise refuse(RefusalCode.REASON_NEEDED)
    if not office.path.startswith(f"{tip.office_path}/"):
        raise Refused(refusals.NOT_BELOW)
    if open_delegations(tip).filter(office=office).exists():
        raise refuse(RefusalCode.ALREADY_REQUESTED)
    row = Handling.objects.create(
        matter_id=tip.matter_id,
        office=office,
        role=HandlingRole.DELEGATED,
        from_at=clock.now,
        reason=task.strip(),
    )
    rules = TIP.adapter.rulebook(tip, clock)
    draft = delegation_letter(tip, office=office, task=task.strip(), rules=rules, clock=clock)
    issue(draft=draft, actor=actor, clock=clock)
    _tell(tip, office, row, clock)
    return row


@transaction.atomic(durable=True)
def end_delegation(*, handling_id: int, tip_id: int, actor: Actor, clock: Clock) -> Handling:
    """End a delegation; what the office found stays in the file.

    Raises:
        Refused: Not of the responsible office, or ended before.
    """
    tip: Tip = TIP.adapter.lock(tip_id)
    note("tip.end_delegation", tip, *REVIEWERS, Role.SUPERVISOR, actor=actor, clock=clock)
    row = open_delegations(tip).filter(pk=handling_id).first()
    if row is None:
        raise refuse(RefusalCode.ALREADY_DECIDED)
    row.until_at = clock.now
    row.save(update_fields=["until_at"])
    return row


def open_delegations(tip: Tip) -> QuerySet[Handling]:
    """Return the delegations of a tip's file that have not ended, with their office."""
    rows = Handling.objects.filter(
        matter_id=tip.matter_id, role=HandlingRole.DELEGATED, until_at__isnull=True
    )
    return rows.select_related("office").order_by("from_at", "pk")


def _tell(tip: Tip, office: Office, row: Handling, clock: Clock) -> None:
    day: date = clock.today_in(office.tz)
    people = RoleGrant.objects.on(day).filter(
        office=office, role=Role.HANDLER, user__is_active=True
    )
    messages = [
        Message(
            kind=MessageKind.OFFICE_NEW_ENTRY,
            recipient=Recipient(user_id=pk),
            dedupe_key=f"delegation:{row.pk}:{pk}",
            context={"office": tip.office.name},
        )
        for pk in people.order_by("user_id").values_list("user_id", flat=True).distinct()
    ]
    if messages:
        enqueue_many(messages=messages, clock=clock)
