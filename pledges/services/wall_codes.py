"""QR codes for many: on the wall of a unit or a hall, to sign or to say that one is there."""

import secrets
from typing import Final

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.law.clock import Clock
from neutrality.organisations.models import Unit
from pledges.codes import WallKind
from pledges.models import Ceremony, Round, WallCode

_BYTES: Final = 12


@transaction.atomic(durable=True)
def wall_code(
    *,
    kind: WallKind,
    place: Round | None,
    ceremony: Ceremony | None,
    unit: Unit | None,
    actor: Actor,
    clock: Clock,
) -> WallCode:
    """Return the code in use of this place, made when there is none yet."""
    code, is_new = WallCode.objects.get_or_create(
        kind=kind,
        round=place,
        ceremony=ceremony,
        unit=unit,
        revoked_at=None,
        defaults={
            "token": secrets.token_urlsafe(_BYTES),
            "issued_at": clock.now,
            "issued_by_id": actor.user_id,
        },
    )
    if is_new:
        _record("pledge_wall.made", code, actor, clock)
    return code


@transaction.atomic(durable=True)
def revoke_wall_code(*, code: WallCode, actor: Actor, clock: Clock) -> None:
    """Let the code open nothing any more; another can be made in its place."""
    if WallCode.objects.filter(pk=code.pk, revoked_at=None).update(revoked_at=clock.now):
        _record("pledge_wall.revoked", code, actor, clock)


def _record(what: str, code: WallCode, actor: Actor, clock: Clock) -> None:
    subject = code.round.ref() if code.round else code.ceremony.ref()  # type: ignore[union-attr]
    data: dict[str, str | int] = {"wall": code.pk, "unit": code.unit_id or 0}
    record(what=what, subject=subject, actor=actor, clock=clock, data=data)
