"""Whether an invitation reached the person long enough before the session (Perbawaslu 7/2022 art. 27)."""

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from complaints.models import ClarificationSession, Delivery
from neutrality.law.calendar import WorkCalendar
from neutrality.law.periods import PeriodRule, due


def with_arrival(rows: QuerySet[ClarificationSession]) -> QuerySet[ClarificationSession]:
    """Return the sessions with `received_at`: when their invitation first arrived, or None."""
    arrived = Delivery.objects.filter(document=OuterRef("invitation"), received_at__isnull=False)
    first = arrived.order_by("received_at").values("received_at")[:1]
    return rows.annotate(received_at=Subquery(first))


def came_in_time(
    *,
    session: ClarificationSession,
    received_at: datetime | None,
    rule: PeriodRule,
    calendar: WorkCalendar,
) -> bool:
    """Say whether the notice was kept: the session lies on the last day of the period, or later.

    A reason why it was short, given when the session was planned, stands for the time, but for no
    proof that the invitation arrived.
    """
    if received_at is None or received_at > session.starts_at:
        return False
    if session.short_notice_reason:
        return True
    first_day = calendar.local_day(due(rule, received_at, calendar).due_at)
    return calendar.local_day(session.starts_at) >= first_day
