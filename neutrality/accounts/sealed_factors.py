"""The seeds of second factors, sealed with the vault's keys and moved with them."""

from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q, QuerySet

from neutrality.vault.texts import current_prefix, open_text, seal_text

_PURPOSE: Final = "second factor"
_WITH_SEEDS: Final = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
# Where allauth keeps what it has asked us to encrypt.
_SEEDS: Final = ("secret", "seed")


def seal_seed(text: str) -> str:
    """Seal a seed or a code of a second factor."""
    return seal_text(text=text, purpose=_PURPOSE)


def open_seed(sealed: str) -> str:
    """Open a seed or a code of a second factor; raises `SealBroken` and `UnknownKey`."""
    return open_text(sealed=sealed, purpose=_PURPOSE)


class SecondFactors:
    """The seeds for `rotate_keys`."""

    @transaction.atomic
    def move(self, *, limit: int) -> int:
        """Seal the seeds of some rows under the current master key."""
        batch = list(_on_old_keys().select_for_update(of=("self",)).order_by("pk")[:limit])
        for row in batch:
            row.data |= {name: seal_seed(open_seed(seed)) for name, seed in _seeds(row)}
        Authenticator.objects.bulk_update(batch, ["data"])
        return len(batch)

    def left(self) -> int:
        """How many seeds are not under the current master key."""
        return _on_old_keys().count()


def _on_old_keys() -> QuerySet[Authenticator]:
    old = Q(pk__in=[])
    for name in _SEEDS:
        moved = Q(**{f"data__{name}__startswith": current_prefix()})
        old |= Q(data__has_key=name) & ~moved
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(type__in=_WITH_SEEDS)
    return rows.filter(old)


def _seeds(row: Any) -> list[tuple[str, str]]:  # noqa: ANN401  allauth brings no types
    return [(name, row.data[name]) for name in _SEEDS if name in row.data]
