"""How a number is kept: a keyed digest to find it by, and a mask to show."""

from neutrality.personnel.codes import NumberKind
from neutrality.vault.lookup import blind_index


def digest_of(*, kind: NumberKind, number: str) -> bytes:
    """The blind index of a number, the same however the number is written."""
    return blind_index(purpose=kind.value.lower(), value=number)
