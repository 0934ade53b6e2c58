"""Background work of pledges: many invitations, many lapses, a batch per transaction."""

from celery import shared_task

from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import User
from neutrality.audit.actor import SYSTEM
from neutrality.law.clock import read_clock
from pledges.models import Round
from pledges.services.close_round import lapse_next
from pledges.services.fold_coverage import fold_coverage as fold
from pledges.services.invite import invite_next
from pledges.services.plan_reminders import plan_reminders as plan, plans_to_go_through
from pledges.services.send_reminders import send_head_reminders, send_reminders


@shared_task(ignore_result=True)
def invite_everybody(round_id: int, user_id: int | None = None) -> None:
    """Invite everybody of a round who can be reached, in the name of the officer who asked."""
    place = Round.objects.select_related("office").get(pk=round_id)
    clock = read_clock()
    day = clock.today_in(place.office.tz)
    actor = actor_of(user=User.objects.get(pk=user_id), day=day) if user_id else SYSTEM
    while place.closed_at is None and invite_next(round_id=round_id, actor=actor, clock=clock):
        clock = read_clock()


@shared_task(ignore_result=True)
def lapse_everybody(round_id: int) -> None:
    """Let every open invitation of a closed round lapse."""
    while lapse_next(round_id=round_id, clock=read_clock()):
        pass


@shared_task(ignore_result=True)
def fold_coverage() -> int:
    """Fold the changes of coverage; beat asks twice a minute."""
    return fold()


@shared_task(ignore_result=True)
def plan_reminders() -> None:
    """Write the reminders of new plans, and of those whose day is near for who was invited since."""
    clock = read_clock()
    for plan_id in plans_to_go_through(day=clock.now.date()):
        plan(plan_id=plan_id, clock=clock)


@shared_task(ignore_result=True)
def send_due_reminders() -> None:
    """Send what is due, batch after batch; what is under way elsewhere waits for the next time."""
    while send_reminders(clock=read_clock()):
        pass
    while send_head_reminders(clock=read_clock()):
        pass
