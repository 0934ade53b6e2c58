"""Another address for somebody: one officer asks, another decides, the old address is told."""

from django.db import IntegrityError, transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.notifications.services import Message, Recipient, enqueue_many
from neutrality.vault.models import IdentityKind
from neutrality.vault.services import IdentityData, seal_identity
from pledges.codes import CodeKind
from pledges.models import Contact, ContactChange, Obligation, SigningCode
from pledges.workflow.messages import MessageKind
from pledges.workflow.refusals import PledgeRefusal, refuse


@transaction.atomic(durable=True)
def ask_to_change_contact(
    *, obligation: Obligation, email: str, phone: str, reason: str, actor: Actor, clock: Clock
) -> ContactChange:
    """Ask that a person be reached elsewhere; nothing changes until another officer agrees.

    Raises:
        Refused: When nobody in particular asks, there is no address yet, or a request waits.
    """
    if actor.user_id is None:
        raise refuse(PledgeRefusal.SECOND_FOR_CONTACT)
    contact = Contact.objects.filter(
        person_id=obligation.person_id,
        agency_id=obligation.round.agency_id,
        ended_at__isnull=True,
    ).first()
    if contact is None:
        raise refuse(PledgeRefusal.SAME_CONTACT)
    data = IdentityData(name=obligation.person.name, email=email, phone=phone)
    identity = seal_identity(data=data, kind=IdentityKind.ASN, clock=clock)
    try:
        with transaction.atomic():
            asked = ContactChange.objects.create(
                contact=contact,
                identity=identity,
                reason=reason,
                asked_at=clock.now,
                asked_by_id=actor.user_id,
            )
    except IntegrityError as waiting:
        raise refuse(PledgeRefusal.CHANGE_WAITS) from waiting
    _record("pledge_contact.change_asked", asked, actor, clock)
    return asked


@transaction.atomic(durable=True)
def decide_contact_change(
    *, change_id: int, granted: bool, actor: Actor, clock: Clock
) -> ContactChange:
    """Decide what another officer asked for.

    Granted, the new address is in use at once, personal links and codes sent to the old one open
    nothing any more, the old address is told, and what is signed within 24 hours is marked.

    Raises:
        Refused: When the same officer asked, or it is decided already.
    """
    joined = ContactChange.objects.select_related("contact__agency")
    asked = joined.select_for_update(of=("self",)).get(pk=change_id)
    if asked.asked_by_id == actor.user_id or actor.user_id is None:
        raise refuse(PledgeRefusal.SECOND_FOR_CONTACT)
    if asked.decided_at is not None:
        raise refuse(PledgeRefusal.NO_SUCH_CHANGE)
    asked.decided_at, asked.decided_by_id, asked.granted = clock.now, actor.user_id, granted
    asked.save(update_fields=["decided_at", "decided_by", "granted"])
    if granted:
        _replace(asked, actor, clock)
    _record("pledge_contact.change_decided", asked, actor, clock)
    return asked


def _replace(asked: ContactChange, actor: Actor, clock: Clock) -> None:
    old = Contact.objects.select_for_update(of=("self",)).get(pk=asked.contact_id)
    if old.ended_at is not None:
        raise refuse(PledgeRefusal.NO_SUCH_CHANGE)
    old.ended_at = clock.now
    old.save(update_fields=["ended_at"])
    Contact.objects.create(
        person_id=old.person_id,
        agency_id=old.agency_id,
        identity_id=asked.identity_id,
        set_at=clock.now,
        set_by_id=actor.user_id,
        replaces=old,
    )
    codes = SigningCode.objects.filter(
        obligation__person_id=old.person_id,
        round__agency_id=old.agency_id,
        kind__in=(CodeKind.LINK, CodeKind.ONE_TIME),
        revoked_at__isnull=True,
    )
    codes.update(revoked_at=clock.now)
    told = Message(
        kind=MessageKind.PLEDGE_CONTACT_CHANGED,
        recipient=Recipient(identity_id=old.identity_id),
        dedupe_key=f"pledge_contact_changed:{asked.pk}",
        context={"agency": asked.contact.agency.name},
    )
    enqueue_many(messages=[told], clock=clock)


def _record(what: str, asked: ContactChange, actor: Actor, clock: Clock) -> None:
    record(
        what=what,
        subject=SubjectRef("person", asked.contact.person_id),
        actor=actor,
        clock=clock,
        data={
            "change": asked.pk,
            "agency": asked.contact.agency_id,
            "granted": "" if asked.granted is None else str(asked.granted),
        },
    )
