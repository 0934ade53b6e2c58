"""Alerts of saved views: set and ended by a person, looked at by a periodic task.

A message says how many files are in the view, never which or what about. Between nine in the
evening and six nothing is told; what came in meanwhile is told in the morning. Legal clocks have
alarms of their own that know no such hours.
"""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from django.db import transaction
from django.db.models import Q, QuerySet

from complaints.codes import AlertKind
from complaints.models import SavedView, ViewAlert
from complaints.selectors.queue import narrowed, read_wanted
from complaints.selectors.queue_wanted import LISTINGS
from complaints.workflow import refusals
from complaints.workflow.messages import MessageKind
from neutrality.accounts.actors import actor_of
from neutrality.accounts.http import GRANT_ZONE
from neutrality.accounts.roles import OFFICE_ROLES
from neutrality.accounts.scope import offices_in_scope
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock
from neutrality.notifications.services import Recipient, enqueue

# So many of the newest files of a view are remembered from one look to the next.
KNOWN: Final = 500
MOST: Final = 5_000
FIRST_HOUR, LAST_HOUR, DIGEST_HOUR = 6, 21, 7
LONGEST: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertGiven:
    """When to be told; without a kind, never."""

    kind: AlertKind | None
    threshold: int | None = None


def views_for(*, actor: Actor) -> QuerySet[SavedView]:
    """Return the actor's own views and those shared with an office of theirs."""
    here = offices_in_scope(actor, *sorted(OFFICE_ROLES)).values("pk")
    return SavedView.objects.filter(Q(user_id=actor.user_id) | Q(office__in=here))


@transaction.atomic(durable=True)
def set_alert(*, public_id: str, given: AlertGiven, actor: Actor, clock: Clock) -> None:
    """Set, change or end the actor's own alert of a view.

    Raises:
        Refused: No such view for the actor, or a threshold that is no number of files.
    """
    view = views_for(actor=actor).filter(public_id=public_id).first()
    if view is None or actor.user_id is None:
        raise refuse(RefusalCode.NOT_YOURS)
    if given.kind is None:
        ViewAlert.objects.filter(view=view, user_id=actor.user_id).delete()
        return
    threshold = given.threshold if given.kind is AlertKind.THRESHOLD else None
    if given.kind is AlertKind.THRESHOLD and not 1 <= (threshold or 0) <= LONGEST:
        raise Refused(refusals.NO_THRESHOLD)
    ViewAlert.objects.update_or_create(
        view=view,
        user_id=actor.user_id,
        defaults={
            "kind": given.kind,
            "threshold": threshold,
            "set_at": clock.now,
            "looked_at": None,
            "told_at": None,
            "known": [],
            "is_above": False,
        },
    )


def alert_views(*, clock: Clock) -> int:
    """Look at every view that somebody wants to hear of; return how many people were told.

    Each alert is a transaction of its own, so that one slow view holds up no other.
    """
    hour = clock.now.astimezone(GRANT_ZONE).hour
    if not FIRST_HOUR <= hour < LAST_HOUR:
        return 0
    ids = ViewAlert.objects.order_by("pk").values_list("pk", flat=True)[:MOST]
    return sum(_look(alert_id, clock) for alert_id in list(ids))


@transaction.atomic(durable=True)
def _look(alert_id: int, clock: Clock) -> int:
    rows = ViewAlert.objects.select_for_update(of=("self",), skip_locked=True)
    alert = rows.select_related("view", "user").filter(pk=alert_id).first()
    if alert is None:
        return 0
    actor = actor_of(user=alert.user, day=clock.today_in(GRANT_ZONE))
    if (
        not actor.roles & OFFICE_ROLES
        or not views_for(actor=actor).filter(pk=alert.view_id).exists()
    ):
        return 0
    number = _TELL[AlertKind(alert.kind)](alert, _found(alert, actor, clock), clock)
    alert.looked_at = clock.now
    if number:
        alert.told_at = clock.now
        _tell(alert, number, clock)
    alert.save(update_fields=["looked_at", "told_at", "known", "is_above"])
    return int(bool(number))


def _found(alert: ViewAlert, actor: Actor, clock: Clock) -> QuerySet[Any]:
    listing = LISTINGS[alert.view.listing]
    given = dict(parse_qsl(alert.view.query))
    wanted = read_wanted(given, listing=listing, actor=actor, clock=clock)
    day = clock.today_in(GRANT_ZONE)
    return narrowed(listing, wanted=wanted, actor=actor, day=day, clock=clock)


def _new_ones(alert: ViewAlert, rows: QuerySet[Any], clock: Clock) -> int:  # noqa: ARG001
    """Count what was not there at the last look; the first look only remembers."""
    found = list(rows.order_by("-pk").values_list("pk", flat=True)[:KNOWN])
    new = set(found) - set(alert.known)
    is_first, alert.known = alert.looked_at is None, found
    return 0 if is_first else len(new)


def _of_the_day(alert: ViewAlert, rows: QuerySet[Any], clock: Clock) -> int:
    """Count everything, once a day in the morning."""
    now = clock.now.astimezone(GRANT_ZONE)
    told = alert.told_at.astimezone(GRANT_ZONE).date() if alert.told_at else None
    if now.hour < DIGEST_HOUR or told == now.date():
        return 0
    return rows.order_by()[:KNOWN].count()


def _beyond(alert: ViewAlert, rows: QuerySet[Any], clock: Clock) -> int:  # noqa: ARG001
    """Count when the number has reached the threshold, and again only after it fell below."""
    wanted = alert.threshold or 1
    number = rows.order_by()[:wanted].count()
    was_above, alert.is_above = alert.is_above, number >= wanted
    return number if alert.is_above and not was_above else 0


_TELL: Final = {
    AlertKind.AT_ONCE: _new_ones,
    AlertKind.DAILY: _of_the_day,
    AlertKind.THRESHOLD: _beyond,
}


def _tell(alert: ViewAlert, number: int, clock: Clock) -> None:
    minute = clock.now.replace(second=0, microsecond=0)
    enqueue(
        kind=MessageKind.VIEW_ALERT,
        recipient=Recipient(user_id=alert.user_id),
        clock=clock,
        dedupe_key=f"view:{alert.pk}:{minute.isoformat()}",
        context={"count": f"{number}"},
        language=alert.user.language,
    )
