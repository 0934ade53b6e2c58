"""Secrets of signing: a link of 128 random bits, a one-time code of six digits."""

import secrets
from datetime import timedelta
from typing import Final

from django.db.models import QuerySet

from neutrality.documents.codes import new_code
from neutrality.law.clock import Clock
from neutrality.ui.prepared import Prepared
from neutrality.vault.services import keyed_hash
from pledges.codes import CodeKind
from pledges.models import Obligation, SigningCode

ONE_TIME_LIFE: Final = timedelta(minutes=15)
CODES_PER_HOUR: Final = 5
TRIES_PER_CODE: Final = 5
DIGITS: Final = 6
SHOWN: Final = (
    "round__agency",
    "round__office",
    "round__text",
    "person",
    "employment",
    "unit_now",
)
"""What the signing pages show of an obligation."""

_LINK_BYTES: Final = 16


def new_link_token() -> str:
    """Return what stands in a personal address: 128 random bits."""
    return secrets.token_urlsafe(_LINK_BYTES)


def new_one_time_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def link_digest(token: str) -> bytes:
    """Return the keyed hash under which a link is kept."""
    return keyed_hash(purpose="pledge-link", value=token)


def one_time_digest(obligation: Obligation, nonce: int, code: str) -> bytes:
    """Return the keyed hash of a one-time code, bound to the person and the issue.

    Six digits are few: the key is not in the database, and five wrong tries end a code.
    """
    value = f"{obligation.public_id}:{nonce}:{code}"
    return keyed_hash(purpose="pledge-one-time", value=value)


def link_row(
    *, obligation: Obligation, token: str, user_id: int | None, clock: Clock
) -> SigningCode:
    """Return the unsaved row of a personal link."""
    return SigningCode(
        round_id=obligation.round_id,
        obligation=obligation,
        kind=CodeKind.LINK,
        digest=link_digest(token),
        issued_at=clock.now,
        issued_by_id=user_id,
    )


def new_paper_code() -> str:
    """Return a code for paper: 60 random bits that a person can type, `7K2M-Q0ZX-19AB`."""
    return new_code()


def printed_digest(code: str) -> bytes:
    """Return the keyed hash under which a printed personal code is kept."""
    return keyed_hash(purpose="pledge-printed", value=code)


def sheet_digest(code: str) -> bytes:
    """Return the keyed hash under which the code of a sheet is kept."""
    return keyed_hash(purpose="pledge-sheet", value=code)


def find_link(*, token: str) -> SigningCode | None:
    """Return the link in use that this token opens, with what the signing pages show."""
    rows = SigningCode.objects.filter(
        kind=CodeKind.LINK, digest=link_digest(token), revoked_at__isnull=True
    )
    return rows.select_related(*(f"obligation__{name}" for name in SHOWN)).first()


def to_sign() -> QuerySet[Obligation]:
    """Return the obligations with what the signing pages show."""
    return Obligation.objects.select_related(*SHOWN)


def find_to_sign(*, key: int) -> Obligation | None:
    """Return this obligation with what the signing pages show, if it is still there."""
    found = _TO_SIGN(key=key)
    return found[0] if found else None


def _to_sign(key: int) -> QuerySet[Obligation]:
    return to_sign().filter(pk=key)


_TO_SIGN: Final = Prepared(_to_sign)
