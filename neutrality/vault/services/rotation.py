"""Moving every sealed row to the current master key."""

from collections.abc import Iterator
from typing import Any, Final

from django.db import transaction
from django.db.models import Manager, QuerySet

from neutrality.vault import sealing
from neutrality.vault.keys import MasterKeys, master_keys
from neutrality.vault.models import Arrival, Identity, SealedBlob
from neutrality.vault.texts import KEEPERS

_KINDS: Final[tuple[tuple[Manager[Any], str], ...]] = (
    (Identity.objects, "identity"),
    (SealedBlob.objects, "blob"),
    (Arrival.objects, "blob"),
)


class RotationUnfinished(RuntimeError):
    """Rows on an old master key are still there: a process with the old VAULT_KEYS is writing."""

    def __init__(self, left: int) -> None:
        super().__init__(
            f"{left} rows are still under an old master key. Restart every process that has the"
            " old VAULT_KEYS, then run the rotation again; keep the old key until it finishes."
        )
        self.left = left


def rotate_in_batches(*, batch_size: int = 500) -> Iterator[int]:
    """Wrap every data key by the current master key; yield how many rows each batch moved.

    Each batch is a transaction of its own, so the work may be stopped at any point and continued
    by another call. Only data keys are wrapped anew, content and files need no touching; short
    texts in other tables are sealed anew.

    Raises:
        UnknownKey: VAULT_KEYS lacks a master key that rows are under.
        SealBroken: a row's wrapped key does not open.
        RotationUnfinished: rows under an old key appeared while this ran.
    """
    keys = master_keys()
    for manager, kind in _KINDS:
        after = 0
        while ids := _rotate_batch(manager, kind, keys, after, batch_size):
            after = ids[-1]
            yield len(ids)
    for keeper in KEEPERS:
        while moved := keeper.move(limit=batch_size):
            yield moved
    if left := rows_on_old_keys(keys=keys):
        raise RotationUnfinished(left)


def rows_on_old_keys(*, keys: MasterKeys) -> int:
    """How many rows still need a master key other than the current one."""
    rows = sum(_on_old_keys(manager, keys).count() for manager, _ in _KINDS)
    return rows + sum(keeper.left() for keeper in KEEPERS)


@transaction.atomic
def _rotate_batch(
    manager: Manager[Any], kind: str, keys: MasterKeys, after: int, batch_size: int
) -> list[int]:
    rows = _on_old_keys(manager, keys).filter(pk__gt=after).order_by("pk")
    rows = rows.select_for_update(of=("self",)).only("uuid", "key_id", "wrapped_key")
    batch = list(rows[:batch_size])
    for row in batch:
        bound = sealing.bound_to(kind=kind, uuid=row.uuid)
        wrapped = bytes(row.wrapped_key)
        key = sealing.unwrap(keys=keys, key_id=row.key_id, wrapped=wrapped, bound=bound)
        row.key_id, row.wrapped_key = sealing.wrap(keys=keys, data_key=key, bound=bound)
    manager.bulk_update(batch, ["key_id", "wrapped_key"])
    return [row.pk for row in batch]


def _on_old_keys(manager: Manager[Any], keys: MasterKeys) -> QuerySet[Any]:
    return manager.filter(wrapped_key__isnull=False).exclude(key_id=keys.current)
