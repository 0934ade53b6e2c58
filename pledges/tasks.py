"""Background work of pledges: many invitations, many lapses, a batch per transaction."""

from collections.abc import Callable
from typing import Final

from celery import shared_task

from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import User
from neutrality.audit.actor import SYSTEM
from neutrality.law.clock import read_clock
from pledges import roster_tasks  # noqa: F401  Celery looks for tasks here
from pledges.models import CertificateArchive, Round
from pledges.selectors.stalled_rounds import (
    archives_to_pack,
    rounds_to_ask_again,
    rounds_to_lapse,
    unread_scans,
)
from pledges.services.archive_certificates import delete_old_archives, make_archive
from pledges.services.change_text import ask_again_next, count_again_next, tell_of_text
from pledges.services.close_round import lapse_next
from pledges.services.fold_coverage import fold_coverage as fold
from pledges.services.give_up_archive import give_up_archive
from pledges.services.invite import invite_next
from pledges.services.plan_reminders import plan_reminders as plan, plans_to_go_through
from pledges.services.read_scans import read_scan
from pledges.services.send_reminders import send_head_reminders, send_reminders

# So many batches fit well into the time of a task; what is left is the next task's.
BATCHES: Final = 200


@shared_task(ignore_result=True)
def invite_everybody(round_id: int, user_id: int | None = None) -> None:
    """Invite everybody of a round who can be reached, in the name of the officer who asked."""
    place = Round.objects.select_related("office").get(pk=round_id)
    clock = read_clock()
    day = clock.today_in(place.office.tz)
    actor = actor_of(user=User.objects.get(pk=user_id), day=day) if user_id else SYSTEM
    if place.closed_at is None and _is_more(
        lambda: invite_next(round_id=round_id, actor=actor, clock=read_clock())
    ):
        invite_everybody.delay(round_id, user_id)


@shared_task(ignore_result=True)
def lapse_everybody(round_id: int) -> None:
    """Let every open invitation of a closed round lapse."""
    if _is_more(lambda: lapse_next(round_id=round_id, clock=read_clock())):
        lapse_everybody.delay(round_id)


def _is_more(batch: Callable[[], int]) -> bool:
    """Do batches until one finds nothing, or the task has done its share; say whether it has."""
    return all(batch() for _each in range(BATCHES))


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


@shared_task(ignore_result=True)
def ask_everybody_again(round_id: int, *, is_told: bool = False) -> None:
    """Ask everybody again who signed only other texts; tell who was asked and has not signed it.

    Who signed the text when the round had it before is neither asked nor told.
    """
    if _is_more(lambda: count_again_next(round_id=round_id, clock=read_clock())):
        ask_everybody_again.delay(round_id, is_told=is_told)
        return
    last = 0
    while not is_told and (last := tell_of_text(round_id=round_id, after=last, clock=read_clock())):
        pass
    if _is_more(lambda: ask_again_next(round_id=round_id, clock=read_clock())):
        ask_everybody_again.delay(round_id, is_told=True)


@shared_task(ignore_result=True)
def read_scanned(batch_id: int) -> None:
    """Read the pages of a scan that wait."""
    read_scan(batch_id=batch_id, clock=read_clock())


@shared_task(ignore_result=True, time_limit=3600, soft_time_limit=3500)
def pack_certificates(archive_id: int) -> None:
    """Write the certificates of a round into one file, or say that it failed."""
    clock = read_clock()
    archive = CertificateArchive.objects.select_related("round__office", "asked_by").get(
        pk=archive_id
    )
    day = clock.today_in(archive.round.office.tz)
    actor = actor_of(user=archive.asked_by, day=day)
    try:
        make_archive(archive_id=archive_id, actor=actor, clock=clock)
    except Exception:
        give_up_archive(archive_id=archive_id, clock=read_clock())
        raise


@shared_task(ignore_result=True)
def resume_rounds() -> None:
    """Let work go on whose worker was killed, or whose nudge was lost; each of it may be repeated."""
    clock = read_clock()
    for task, stalled in (
        (read_scanned, unread_scans),
        (lapse_everybody, rounds_to_lapse),
        (ask_everybody_again, rounds_to_ask_again),
        (pack_certificates, archives_to_pack),
    ):
        for key in stalled(clock=clock):
            task.delay(key)


@shared_task(ignore_result=True)
def delete_archives() -> None:
    """Delete the files of certificates that nobody fetched within a week."""
    delete_old_archives(clock=read_clock())
