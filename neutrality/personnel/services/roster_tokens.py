"""Keys of personnel systems: issued once, kept as a keyed hash, used, revoked."""

import secrets
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.organisations.models import Agency
from neutrality.personnel.models import RosterToken
from neutrality.vault.lookup import keyed_hash

_BYTES: Final = 32
# When it was used last is worth one write a minute.
_USED_EVERY: Final = timedelta(minutes=1)


@transaction.atomic(durable=True)
def issue_token(
    *, agency_id: int, label: str, applies_at_once: bool, actor: Actor, clock: Clock
) -> str:
    """Make a key for one agency and return it; it cannot be read again."""
    secret = secrets.token_urlsafe(_BYTES)
    agency = Agency.objects.get(pk=agency_id)
    token = RosterToken.objects.create(
        agency=agency,
        label=label,
        digest=_digest(secret),
        applies_at_once=applies_at_once,
        created_at=clock.now,
        created_by_id=actor.user_id or 0,
    )
    record(
        what="roster_token.issued",
        subject=SubjectRef("roster_token", token.pk),
        actor=actor,
        clock=clock,
        organisation=agency.ref(),
    )
    return secret


@transaction.atomic(durable=True)
def revoke_token(*, token_id: int, actor: Actor, clock: Clock) -> None:
    """Let the key open nothing any more; once revoked it stays so."""
    token = RosterToken.objects.select_for_update(of=("self",)).get(pk=token_id)
    if token.revoked_at is not None:
        return
    token.revoked_at, token.revoked_by_id = clock.now, actor.user_id or 0
    token.save(update_fields=["revoked_at", "revoked_by_id"])
    record(
        what="roster_token.revoked",
        subject=SubjectRef("roster_token", token.pk),
        actor=actor,
        clock=clock,
        organisation=token.agency.ref(),
    )


def token_named(*, secret: str, clock: Clock) -> RosterToken | None:
    """The key that is in force, or None; notes that it was used."""
    token = (
        RosterToken.objects.select_related("agency")
        .filter(digest=_digest(secret), revoked_at__isnull=True)
        .first()
    )
    if token is not None:
        unused = Q(used_at__isnull=True) | Q(used_at__lt=clock.now - _USED_EVERY)
        RosterToken.objects.filter(unused, pk=token.pk).update(used_at=clock.now)
    return token


def _digest(secret: str) -> bytes:
    return keyed_hash(purpose="roster token", value=secret)
