"""Sealing: new rows under a signed Merkle root, each seal chained to the one before."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from django.db import connection, transaction

from neutrality.audit.canonical import TABLES, seal_bytes
from neutrality.audit.merkle import leaf_hash, path_to, root_from, root_of
from neutrality.audit.models import Seal, Stream
from neutrality.audit.signing import SealKey, is_signed, public_keys, seal_key
from neutrality.law.clock import Clock

ROWS_PER_SEAL: Final = 50_000
FINGERPRINT: Final = 4
_PATIENCE_SECONDS: Final = 10.0
_POLL_SECONDS: Final = 0.02
# An INSERT locks its table before it draws an id, and keeps the lock until its transaction ends.
_WRITERS: Final = (
    "SELECT DISTINCT virtualtransaction FROM pg_locks"
    " WHERE locktype = 'relation' AND relation = %s::regclass AND mode = 'RowExclusiveLock'"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND granted AND pid <> pg_backend_pid()"
)


class NotSealed(LookupError):
    """The row is unknown, or no seal covers it yet."""


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """All that is needed to show that a row was there when its seal was signed."""

    row_hash: bytes
    index: int
    size: int
    path: tuple[bytes, ...]
    header: bytes
    signature: bytes
    key_id: str


def seal_new_rows(*, clock: Clock) -> list[Seal]:
    """Seal every settled row that no seal covers yet, in both streams; return the new seals.

    A row is settled when no running transaction can still bring a lower id. Transactions that
    were writing when this began are waited for, ten seconds at most; after that the stream is
    left to the next call. Safe to run twice at once.
    """
    return [seal for stream in Stream for seal in _seal_stream(stream, clock)]


def prove_inclusion(*, stream: Stream, row_id: int) -> InclusionProof:
    """The proof that a row is under a signed seal.

    Raises:
        NotSealed: the row is unknown or not sealed yet.
    """
    seal = Seal.objects.filter(stream=stream, first_id__lte=row_id, last_id__gte=row_id).first()
    rows = _rows(stream, seal.first_id, seal.last_id, seal.row_count) if seal else []
    index = next((i for i, (each, _) in enumerate(rows) if each == row_id), None)
    if seal is None or index is None:
        raise NotSealed(f"No seal covers row {row_id} of {stream}.")
    return InclusionProof(
        row_hash=rows[index][1],
        index=index,
        size=seal.row_count,
        path=path_to(index, [leaf_hash(digest) for _, digest in rows]),
        header=header_of(seal),
        signature=bytes(seal.signature),
        key_id=seal.key_id,
    )


def is_included(*, proof: InclusionProof) -> bool:
    """Whether the path leads to the root, the signed header names that root, and we signed it."""
    leaf = leaf_hash(proof.row_hash)
    try:
        root = root_from(leaf=leaf, index=proof.index, size=proof.size, path=proof.path)
    except ValueError:
        return False
    key = public_keys().get(proof.key_id)
    return (
        key is not None
        and _names(proof.header, root=root, size=proof.size)
        and is_signed(message=proof.header, signature=proof.signature, key=key)
    )


def _names(header: bytes, *, root: bytes, size: int) -> bool:
    _stream, _number, _first, _last, row_count, root_text, *_rest = json.loads(header)
    return (row_count, root_text) == (size, root.hex())


def header_of(seal: Seal) -> bytes:
    """The bytes that the seal's signature covers."""
    return seal_bytes(seal, sha256(bytes(seal.fingerprints)).hexdigest())


def hash_of(seal: Seal) -> bytes:
    """What the next seal is chained to: header and signature."""
    return sha256(header_of(seal) + bytes(seal.signature)).digest()


def _seal_stream(stream: Stream, clock: Clock) -> Iterator[Seal]:
    last_id = _settled_id(stream)
    while seal := _seal_batch(stream, last_id, clock):
        yield seal


@transaction.atomic
def _seal_batch(stream: Stream, last_id: int, clock: Clock) -> Seal | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(1096107348, hashtext(%s))", [f"seal {stream}"])
    previous = Seal.objects.filter(stream=stream).order_by("-number").first()
    first_id = previous.last_id + 1 if previous else 1
    rows = _rows(stream, first_id, last_id, ROWS_PER_SEAL)
    if not rows:
        return None
    seal = _signed(_unsigned(stream, previous, rows, clock), seal_key())
    seal.save(force_insert=True)
    return seal


def _unsigned(
    stream: Stream, previous: Seal | None, rows: Sequence[tuple[int, bytes]], clock: Clock
) -> Seal:
    first_id = previous.last_id + 1 if previous else 1
    return Seal(
        stream=stream,
        number=previous.number + 1 if previous else 1,
        first_id=first_id,
        last_id=rows[-1][0],
        row_count=len(rows),
        root=root_of([leaf_hash(digest) for _, digest in rows]),
        gaps=_gaps(first_id, [row_id for row_id, _ in rows]),
        fingerprints=b"".join(digest[:FINGERPRINT] for _, digest in rows),
        previous_hash=bytes(previous.hash) if previous else b"",
        sealed_at=clock.now,
    )


def _signed(seal: Seal, key: SealKey) -> Seal:
    seal.key_id = key.key_id
    seal.signature = key.sign(header_of(seal))
    seal.hash = hash_of(seal)
    return seal


def _gaps(first_id: int, ids: Sequence[int]) -> list[list[int]]:
    expected, gaps = first_id, []
    for row_id in ids:
        if row_id > expected:
            gaps.append([expected, row_id - 1])
        expected = row_id + 1
    return gaps


def _rows(stream: Stream, first_id: int, last_id: int, limit: int) -> list[tuple[int, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, hash FROM {TABLES[stream]}"  # noqa: S608
            " WHERE id BETWEEN %s AND %s ORDER BY id LIMIT %s",
            [first_id, last_id, limit],
        )
        return [(row_id, bytes(digest)) for row_id, digest in cursor.fetchall()]


def _settled_id(stream: Stream) -> int:
    """The last id drawn so far, once all who were writing have ended; 0 when they do not."""
    table = TABLES[stream]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT last_value FROM {table}_id_seq")  # noqa: S608
        last_id: int = cursor.fetchone()[0]
    waited_for, until = _writers(table), time.monotonic() + _PATIENCE_SECONDS
    while waited_for and time.monotonic() < until:
        time.sleep(_POLL_SECONDS)
        waited_for &= _writers(table)
    return 0 if waited_for else last_id


def _writers(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS, [table])
        return {transaction_id for (transaction_id,) in cursor.fetchall()}
