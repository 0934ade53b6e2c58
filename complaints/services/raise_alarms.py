"""Tell those who run the system what went wrong by itself, once a day for each thing."""

from django.db import transaction

from complaints.selectors.alarms import CAPITAL, alarms
from complaints.workflow.messages import MessageKind
from neutrality.accounts.models import RoleGrant
from neutrality.accounts.roles import Role
from neutrality.law.clock import Clock
from neutrality.notifications.services import Message, Recipient, enqueue_many
from neutrality.organisations.models import ROOT_OFFICE, Office


@transaction.atomic(durable=True)
def raise_alarms(*, clock: Clock) -> int:
    """Put a message out to each administrator for each alarm; return how many alarms there are.

    The sentence stands on the page of alarms; a message says only that there is one.
    """
    found = alarms(clock=clock)
    if not found:
        return 0
    today = clock.today_in(CAPITAL)
    national = Office.objects.filter(path=ROOT_OFFICE).values_list("name", flat=True).first() or ""
    people = RoleGrant.objects.on(today).filter(role=Role.ADMIN, user__is_active=True)
    told = people.order_by("user_id").values_list("user_id", "user__language").distinct()
    enqueue_many(
        messages=[
            Message(
                kind=MessageKind.SYSTEM_ALARM,
                recipient=Recipient(user_id=user_id),
                dedupe_key=f"alarm:{alarm.code}:{today:%Y-%m-%d}:{user_id}",
                context={"office": national},
                language=language,
            )
            for alarm in found
            for user_id, language in told
        ],
        clock=clock,
    )
    return len(found)
