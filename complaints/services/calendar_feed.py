"""The secret address of a person's calendar feed: issued, replaced, revoked; kept as a hash."""

import secrets
from typing import Final

from django.db import transaction

from complaints.models import CalendarFeed
from neutrality.accounts.models import User
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.law.clock import Clock
from neutrality.vault.services import keyed_hash

PURPOSE: Final = "calendar-feed"
BYTES: Final = 24
LONGEST: Final = 64


@transaction.atomic(durable=True)
def issue_feed(*, actor: Actor, clock: Clock) -> str:
    """Make a new secret address for the actor and return its token, once; the former one ends.

    Raises:
        Refused: NOT_YOURS, for those without an account.
    """
    token = secrets.token_urlsafe(BYTES)
    owner = User.objects.select_for_update(of=("self",), no_key=True).get(pk=_user_id(actor))
    _revoke(actor, clock)
    feed = CalendarFeed.objects.create(
        digest=keyed_hash(purpose=PURPOSE, value=token),
        user=owner,
        issued_at=clock.now,
    )
    _record("calendar.issue_feed", feed, actor, clock)
    return token


@transaction.atomic(durable=True)
def revoke_feed(*, actor: Actor, clock: Clock) -> int:
    """End the actor's secret address; return whether there was one (0 or 1)."""
    return _revoke(actor, clock)


def owner_of(*, token: str) -> User | None:
    """Return whose feed this is, while it holds and the account is in use; one query."""
    if not token or len(token) > LONGEST:
        return None
    digest = keyed_hash(purpose=PURPOSE, value=token)
    rows = CalendarFeed.objects.filter(digest=digest, revoked_at__isnull=True, user__is_active=True)
    feed = rows.select_related("user").first()
    return feed.user if feed else None


def _revoke(actor: Actor, clock: Clock) -> int:
    rows = CalendarFeed.objects.select_for_update().filter(
        user_id=_user_id(actor), revoked_at__isnull=True
    )
    found = list(rows)
    for feed in found:
        _record("calendar.revoke_feed", feed, actor, clock)
    return rows.update(revoked_at=clock.now) if found else 0


def _user_id(actor: Actor) -> int:
    if actor.user_id is None:
        raise refuse(RefusalCode.NOT_YOURS)
    return actor.user_id


def _record(what: str, feed: CalendarFeed, actor: Actor, clock: Clock) -> None:
    subject = SubjectRef(kind="calendar_feed", id=feed.pk)
    record(what=what, subject=subject, actor=actor, clock=clock)
