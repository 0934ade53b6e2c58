"""Delivery in the background.

A nudge after each commit and the periodic schedule start the same task, which may run any number
of times at once: rows are claimed. The schedule calls `deliver_outbox` every half minute.
"""

from typing import Final

from celery import shared_task

from neutrality.law.clock import read_clock
from neutrality.notifications.delivery import deliver_batch

BATCH: Final = 50
# The next nudge or tick goes on; a task must not live for ever.
MAX_BATCHES: Final = 2


@shared_task(ignore_result=True)
def deliver_outbox() -> int:
    """Send what is due, in at most two batches; returns the number of messages sent."""
    sent = 0
    for _batch in range(MAX_BATCHES):
        delivered = deliver_batch(clock=read_clock(), limit=BATCH)
        sent += delivered.sent
        if delivered.claimed < BATCH:
            break
    return sent
