"""Telling the applications above that somebody may have to let go of work."""

from typing import Final, Protocol

from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock


class LetsGo(Protocol):
    """What an application does in the same transaction, when it is ready for it."""

    def __call__(self, *, user_id: int, actor: Actor, clock: Clock) -> None:
        """Release what this person can or must not work on any more."""


# Each application adds its own when the apps are ready.
LISTENERS: Final[list[LetsGo]] = []


def tell_who_keeps_work(*, user_id: int, actor: Actor, clock: Clock) -> None:
    """Say that a role has ended, an account was closed or a relation declared."""
    for let_go in LISTENERS:
        let_go(user_id=user_id, actor=actor, clock=clock)
