"""Where a person is reached: entered once, sealed in the vault."""

from django.db import IntegrityError, transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.personnel.models import Person
from neutrality.vault.models import IdentityKind
from neutrality.vault.services import IdentityData, seal_identity
from pledges.models import Contact
from pledges.workflow.refusals import PledgeRefusal, refuse


@transaction.atomic(durable=True)
def set_contact(
    *, person: Person, agency_id: int, email: str, phone: str = "", actor: Actor, clock: Clock
) -> Contact:
    """Store the first address of a person at an agency.

    An address that is there is not overwritten: whoever could would be able to sign for others.

    Raises:
        Refused: When the person has an address at this agency.
    """
    data = IdentityData(name=person.name, email=email, phone=phone)
    identity = seal_identity(data=data, kind=IdentityKind.ASN, clock=clock)
    try:
        with transaction.atomic():
            contact = Contact.objects.create(
                person=person,
                agency_id=agency_id,
                identity=identity,
                set_at=clock.now,
                set_by_id=actor.user_id,
            )
    except IntegrityError as taken:
        raise refuse(PledgeRefusal.HAS_CONTACT) from taken
    record(
        what="pledge_contact.set",
        subject=SubjectRef("person", person.pk),
        actor=actor,
        clock=clock,
        data={"contact": contact.pk, "agency": agency_id},
    )
    return contact
