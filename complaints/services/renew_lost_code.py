"""A lost code: a new one at the counter, after the identity was checked (DESIGN: access codes)."""

from django.db import transaction

from complaints.codes import CodeHolder, IdentityCheck, PartyKind
from complaints.models import AccessCode, Party
from complaints.services.codes import SecretCode, new_code
from complaints.services.office_roles import note
from complaints.services.recipients import recipients_of
from complaints.services.represent import opened_by
from complaints.workflow import refusals
from complaints.workflow.messages import MessageKind
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.notifications.services import Message, enqueue_many

HOLDERS = {
    PartyKind.REPORTER: CodeHolder.REPORTER,
    PartyKind.RESPONDENT: CodeHolder.RESPONDENT,
}


@transaction.atomic(durable=True)
def renew_lost_code(
    *, party: Party, check: IdentityCheck, actor: Actor, clock: Clock
) -> SecretCode:
    """Give the person a new code; the former ones open nothing, an attorney's own code stays.

    Staff see it, so it must be changed at its first use. A confirmed address is told, in case
    it was somebody else who came. `party` comes with its matter and office joined.

    Raises:
        Refused: Not of this office, or there is no identity to check: an anonymous informant
            cannot get another code, and was told so.
    """
    if party.kind != PartyKind.RESPONDENT and party.identity_id is None:
        raise Refused(refusals.NO_ONE_TO_CHECK)
    opens = opened_by(party)
    former = AccessCode.objects.select_for_update(of=("self",)).filter(
        **opens, representation=None, revoked_at=None
    )
    code = new_code()
    fresh = AccessCode.objects.create(
        digest=code.digest(),
        holder=HOLDERS.get(PartyKind(party.kind), CodeHolder.WITNESS),
        **opens,
        staff_seen=True,
        issued_at=clock.now,
        issued_by_id=actor.user_id,
    )
    old = list(former.exclude(pk=fresh.pk).values_list("pk", flat=True))
    AccessCode.objects.filter(pk__in=old).update(revoked_at=clock.now)
    note(
        "access_code.renewed",
        party.matter,
        Role.INTAKE,
        actor=actor,
        clock=clock,
        code=fresh.pk,
        check=str(check),
    )
    _tell(party, fresh, clock)
    return code


def _tell(party: Party, fresh: AccessCode, clock: Clock) -> None:
    kind = MessageKind.CODE_REPLACED
    own = Party.objects.filter(pk=party.pk)
    messages = [
        Message(
            kind=kind,
            recipient=recipient,
            dedupe_key=f"code:{fresh.pk}:{place}",
            context={"office": party.matter.office.name},
        )
        for place, recipient in enumerate(recipients_of(parties=own, kind=kind))
    ]
    if messages:
        enqueue_many(messages=messages, clock=clock)
