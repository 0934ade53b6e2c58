"""Secret codes: 80 random bits that a person writes on paper; we keep only a keyed hash."""

import re
import secrets
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from complaints.models import AccessCode
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.vault.services import keyed_hash

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 16
GROUP: Final = 4
PURPOSE: Final = "access-code"
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


class CodeNotInUse(LookupError):
    """The code to replace was revoked or replaced before."""


@dataclass(frozen=True, slots=True)
class SecretCode:
    """A code in clear, for one showing; it never goes to the database, a log or an address."""

    text: str

    @property
    def last_group(self) -> str:
        """The group that its owner types to prove that it was written down."""
        return self.text[-GROUP:]

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of four."""
        return tuple(self.text.split("-"))

    def digest(self) -> bytes:
        """Return what is stored."""
        return digest_of(self.text)

    def __repr__(self) -> str:
        """Keep the code out of tracebacks."""
        return "SecretCode(…)"


def new_code() -> SecretCode:
    """Return 80 random bits in Crockford's base32: `7K2M-Q0ZX-19AB-4TW8`."""
    plain = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return SecretCode(_grouped(plain))


def read_code(typed: str) -> SecretCode | None:
    """Return the code that somebody typed, or None when it cannot be one.

    Small letters, spaces, hyphens and letters that look like digits are forgiven.
    """
    plain = _plain(typed)
    well_formed = len(plain) == LENGTH and set(plain) <= set(ALPHABET)
    return SecretCode(_grouped(plain)) if well_formed else None


def is_last_group(code: SecretCode, typed: str) -> bool:
    """Whether the typed text is the last group of the code."""
    return secrets.compare_digest(_plain(typed).encode(), code.last_group.encode())


def digest_of(text: str) -> bytes:
    """Return the keyed hash under which a code is stored (32 bytes)."""
    return keyed_hash(purpose=PURPOSE, value=text)


@transaction.atomic(durable=True)
def replace_code(
    *,
    code_id: int,
    staff_sees_it: bool,
    reason: str,
    actor: Actor,
    clock: Clock,
    code: SecretCode | None = None,
) -> SecretCode:
    """Issue a new code in place of a lost one; the old one opens nothing from now on.

    It is `code` where its holder has it on paper already. A code that staff have seen must be
    changed at its first use (`staff_sees_it`).

    Raises:
        CodeNotInUse: The code was revoked or replaced before.
    """
    old = AccessCode.objects.select_for_update(of=("self",)).get(pk=code_id)
    if old.revoked_at is not None:
        raise CodeNotInUse(code_id)
    code = code or new_code()
    fresh = AccessCode.objects.create(
        digest=code.digest(),
        holder=old.holder,
        report_id=old.report_id,
        tip_id=old.tip_id,
        party_id=old.party_id,
        representation_id=old.representation_id,
        staff_seen=staff_sees_it,
        issued_at=clock.now,
        issued_by_id=actor.user_id,
    )
    AccessCode.objects.filter(pk=old.pk).update(revoked_at=clock.now, replaced_by=fresh)
    _record_replacement(old, fresh, reason, actor=actor, clock=clock)
    return code


def subject_of(code: AccessCode) -> SubjectRef:
    """Return what the code opens."""
    if code.report_id:
        return SubjectRef("report", code.report_id)
    if code.tip_id:
        return SubjectRef("tip", code.tip_id)
    return SubjectRef("party", code.party_id or 0)


def _record_replacement(
    old: AccessCode, fresh: AccessCode, reason: str, *, actor: Actor, clock: Clock
) -> None:
    record(
        what="access_code.replaced",
        subject=subject_of(old),
        actor=actor,
        clock=clock,
        data={"old": old.pk, "new": fresh.pk, "reason": reason},
    )


def _plain(typed: str) -> str:
    return re.sub(r"[\s\-\u2013\u2014]", "", typed).upper().translate(_READ_AS)


def _grouped(plain: str) -> str:
    return "-".join(plain[start : start + GROUP] for start in range(0, LENGTH, GROUP))
