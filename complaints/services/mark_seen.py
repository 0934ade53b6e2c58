"""Keep in which state a person has seen things, so that lists can mark what is new to them."""

from collections.abc import Iterable
from typing import Final

from django.core import signing
from django.db import transaction

from complaints.models import Seen
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock

Thing = tuple[str, int, int]
MOST: Final = 500
_SALT: Final = "complaints.seen"


def seen_token(things: Iterable[Thing]) -> str:
    """Return what a page posts back to say that these things (kind, key, version) were seen."""
    return signing.dumps(list(things), salt=_SALT, compress=True)


def things_of(token: str) -> list[Thing]:
    """Read a token again.

    Raises:
        BadSignature: A page of ours did not write it.
    """
    return [(kind, key, version) for kind, key, version in signing.loads(token, salt=_SALT)]


@transaction.atomic(durable=True)
def mark_seen(*, things: Iterable[Thing], actor: Actor, clock: Clock) -> int:
    """Keep that the actor has seen these things as they are; one statement.

    Nothing is audited: it is a bookmark of one person. Returns how many things it was.
    """
    if actor.user_id is None:
        return 0
    latest = {(kind, key): version for kind, key, version in things}
    rows = [
        Seen(
            user_id=actor.user_id,
            subject_kind=kind,
            subject_id=key,
            version=version,
            seen_at=clock.now,
        )
        for (kind, key), version in sorted(latest.items())[:MOST]
    ]
    Seen.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "subject_kind", "subject_id"],
        update_fields=["version", "seen_at"],
    )
    return len(rows)
