"""What complaints do in the background: examine evidence, end unsent reports."""

from typing import Final

from celery import shared_task

from complaints.services.alarm_clocks import alarm_clocks as alarm, escalate_alarms as escalate
from complaints.services.chase_items import chase_items as chase
from complaints.services.count_figures import count_figures as count
from complaints.services.expire_drafts import expire_drafts as expire
from complaints.services.fold_tallies import fold_tallies as fold
from complaints.services.make_redaction import make_redaction as redact, waiting_redactions
from complaints.services.process_evidence import pending_evidence, process_evidence as process
from complaints.services.raise_alarms import raise_alarms as tell
from complaints.services.release_assignments import release_assignments as free
from complaints.services.release_data import release_data as release
from complaints.services.remind_many import send_reminders as remind
from complaints.services.upload_parts import expire_uploads
from complaints.services.view_alerts import alert_views as alert
from neutrality.law.clock import read_clock

BATCH: Final = 20


@shared_task(ignore_result=True)
def process_evidence(evidence_id: int) -> None:
    """Examine one file; the commit that took it in starts this."""
    process(evidence_id=evidence_id, clock=read_clock())


@shared_task(ignore_result=True)
def process_pending_evidence() -> int:
    """Examine files whose nudge was lost, whose worker died or whose scanner was away.

    Each gets a task of its own, so that one bad file holds up no other; returns how many.
    """
    waiting = pending_evidence(clock=read_clock(), limit=BATCH)
    for evidence_id in waiting:
        process_evidence.delay(evidence_id)
    return len(waiting)


@shared_task(ignore_result=True)
def make_redaction(redaction_id: int) -> None:
    """Make one redacted copy; the commit that asked for it starts this."""
    redact(redaction_id=redaction_id, clock=read_clock())


@shared_task(ignore_result=True)
def make_waiting_redactions() -> int:
    """Make the copies whose nudge was lost or whose worker died; returns how many were waiting."""
    waiting = waiting_redactions(clock=read_clock(), limit=BATCH)
    for redaction_id in waiting:
        make_redaction.delay(redaction_id)
    return len(waiting)


@shared_task(ignore_result=True)
def chase_items() -> int:
    """Remind of what lies overdue with bodies and agencies; returns how many items."""
    return chase(clock=read_clock())


@shared_task(ignore_result=True)
def alarm_clocks() -> int:
    """Tell the offices of clocks that end before they open again; returns how many."""
    return alarm(clock=read_clock())


@shared_task(ignore_result=True)
def escalate_alarms() -> int:
    """Tell the heads of clocks that nobody has taken care of; returns how many."""
    return escalate(clock=read_clock())


@shared_task(ignore_result=True)
def alert_views() -> int:
    """Tell people of what is new in their saved views; returns how many were told."""
    return alert(clock=read_clock())


@shared_task(ignore_result=True)
def send_reminders() -> int:
    """Let reminders leave that nobody has held back; returns how many batches."""
    return remind(clock=read_clock())


@shared_task(ignore_result=True)
def release_assignments() -> int:
    """Take files from officers who cannot work on them any more; returns how many."""
    return free(clock=read_clock())


@shared_task(ignore_result=True)
def expire_drafts() -> int:
    """End unsent reports whose time is over; returns how many."""
    return expire(clock=read_clock())


@shared_task(ignore_result=True)
def forget_uploads() -> int:
    """Erase files that never arrived whole and whose time is over; returns how many."""
    return expire_uploads(clock=read_clock())


@shared_task(ignore_result=True)
def count_figures() -> int:
    """Count the dashboard anew; returns how many figures there are."""
    return count(clock=read_clock())


@shared_task(ignore_result=True)
def raise_alarms() -> int:
    """Tell the administrators what went wrong by itself; returns how many alarms there are."""
    return tell(clock=read_clock())


@shared_task(ignore_result=True)
def release_data() -> bool:
    """Publish the open data of the month; returns whether that was still to be done."""
    return release(clock=read_clock()) is not None


@shared_task(ignore_result=True)
def fold_tallies() -> int:
    """Fold the changes of public counts; the sums stay the same, returns how many changed."""
    return fold()
