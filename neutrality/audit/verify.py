"""Proving the record: contents, chains, seals and signatures, in one pass over the rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection, transaction

from neutrality.audit.canonical import SELECT_ROWS, row_bytes
from neutrality.audit.merkle import leaf_hash, root_of
from neutrality.audit.models import Seal, Stream
from neutrality.audit.record import SubjectRef
from neutrality.audit.seals import FINGERPRINT, hash_of, header_of
from neutrality.audit.signing import is_signed

_FETCH: Final = 2_000
# Where the columns of `SELECT_ROWS` stand; position and previous hash only in the record.
_ID, _KIND, _SUBJECT, _POSITION, _PREVIOUS = 0, 1, 2, 16, 17

Row = tuple[Any, ...]


class Wrong(StrEnum):
    """What can be wrong, as a sentence."""

    CONTENT = "its content does not give its hash"
    CHAIN = "it is not chained to the row before it on the same subject"
    BEFORE_IT = "the row before it on the same subject is missing"
    MISSING = "a sealed row is missing"
    INSERTED = "it stands where its seal knows no row"
    REWRITTEN = "its hash is not the one that was sealed"
    ROOT = "its rows do not give its root"
    SEAL_CHAIN = "it does not follow the seal before it"
    SEAL_HASH = "its content does not give its hash"
    SIGNATURE = "its signature is not ours"
    UNKNOWN_KEY = "it is signed with a key that is not known"
    NOT_THERE = "the expected seal is missing or has another hash"


@dataclass(frozen=True, slots=True)
class Failure:
    """The first thing that fails: a row (with its subject, when it is still there) or a seal."""

    stream: Stream
    wrong: Wrong
    row_id: int | None = None
    subject: SubjectRef | None = None
    seal_number: int | None = None

    def __str__(self) -> str:
        where = [str(self.stream)]
        if self.row_id is not None:
            where.append(f"row {self.row_id}")
        if self.subject is not None:
            where.append(f"subject {self.subject.kind} {self.subject.id}")
        if self.seal_number is not None:
            where.append(f"seal {self.seal_number}")
        return f"{', '.join(where)}: {self.wrong}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was proved in one stream, or the first failure."""

    stream: Stream
    rows: int
    sealed_rows: int
    seals: int
    last_seal: str
    failure: Failure | None = None


class _Broken(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


def verify_stream(
    *,
    stream: Stream,
    keys: Mapping[str, Ed25519PublicKey],
    expected: Mapping[int, str] | None = None,
) -> Verdict:
    """Prove one stream; the verdict names the first row or seal that fails, if one does.

    `keys` are the public keys whose seals count (`signing.public_keys`). `expected` are hashes of
    seals kept elsewhere, by number: they show when the newest seals were removed together with
    their rows. A million rows take some fifteen seconds and no more memory than one hash for
    each subject.
    """
    with transaction.atomic():
        seals = list(Seal.objects.filter(stream=stream).order_by("number"))
        proof = _Proof(stream, seals, keys)
        try:
            proof.begin()
            for row in _stream(stream):
                proof.take(row)
            proof.finish(expected or {})
        except _Broken as broken:
            return proof.verdict(broken.failure)
    return proof.verdict(None)


class _Proof:
    """What is carried from row to row: the heads of the chains, and the seal that we are in."""

    def __init__(
        self, stream: Stream, seals: Sequence[Seal], keys: Mapping[str, Ed25519PublicKey]
    ) -> None:
        self.stream, self.seals = stream, seals
        self.unopened = _proved_seals(seals, keys)
        self.open: _OpenSeal | None = None
        self.heads: dict[tuple[str, int], tuple[int, str]] = {}
        self.rows = self.sealed_rows = 0

    def begin(self) -> None:
        self.open = next(self.unopened, None)

    def take(self, row: Row) -> None:
        row_id, subject = row[_ID], SubjectRef(row[_KIND], row[_SUBJECT])
        while self.open and row_id > self.open.seal.last_id:
            self._close()
        if self.open:
            self.open.expect(row_id, subject)
        digest = sha256(row_bytes(row[:-1])).digest()
        if digest.hex() != row[-1]:
            raise _Broken(Failure(self.stream, Wrong.CONTENT, row_id, subject))
        if self.stream is Stream.RECORD:
            self._follow(row, subject)
        if self.open:
            self.open.add(digest, row_id, subject)
            self.sealed_rows += 1
        self.rows += 1

    def finish(self, expected: Mapping[int, str]) -> None:
        while self.open:
            self._close()
        there = {seal.number: bytes(seal.hash).hex() for seal in self.seals}
        for number, digest in sorted(expected.items()):
            if there.get(number) != digest:
                raise _Broken(Failure(self.stream, Wrong.NOT_THERE, seal_number=number))

    def verdict(self, failure: Failure | None) -> Verdict:
        last = self.seals[-1] if self.seals else None
        return Verdict(
            stream=self.stream,
            rows=self.rows,
            sealed_rows=self.sealed_rows,
            seals=len(self.seals),
            last_seal=f"{last.number}:{bytes(last.hash).hex()}" if last else "",
            failure=failure,
        )

    def _follow(self, row: Row, subject: SubjectRef) -> None:
        place = (subject.kind, subject.id)
        position, digest = self.heads.get(place, (0, ""))
        if row[_POSITION] != position + 1:
            raise _Broken(Failure(self.stream, Wrong.BEFORE_IT, row[_ID], subject))
        if row[_PREVIOUS] != digest:
            raise _Broken(Failure(self.stream, Wrong.CHAIN, row[_ID], subject))
        self.heads[place] = (row[_POSITION], row[-1])

    def _close(self) -> None:
        if self.open:
            self.open.close()
        self.open = next(self.unopened, None)


class _OpenSeal:
    """One seal, while the rows that it covers go by."""

    def __init__(self, seal: Seal) -> None:
        self.seal, self.stream = seal, Stream(seal.stream)
        self.expected = _ids(seal)
        self.fingerprints = bytes(seal.fingerprints)
        self.leaves: list[bytes] = []

    def expect(self, row_id: int, subject: SubjectRef) -> None:
        due = next(self.expected, None)
        if due is not None and due < row_id:
            raise self._broken(Wrong.MISSING, due, None)
        if due != row_id:
            raise self._broken(Wrong.INSERTED, row_id, subject)

    def add(self, digest: bytes, row_id: int, subject: SubjectRef) -> None:
        at = len(self.leaves) * FINGERPRINT
        if self.fingerprints[at : at + FINGERPRINT] != digest[:FINGERPRINT]:
            raise self._broken(Wrong.REWRITTEN, row_id, subject)
        self.leaves.append(leaf_hash(digest))

    def close(self) -> None:
        due = next(self.expected, None)
        if due is not None:
            raise self._broken(Wrong.MISSING, due, None)
        if len(self.leaves) != self.seal.row_count or root_of(self.leaves) != bytes(self.seal.root):
            raise self._broken(Wrong.ROOT, None, None)

    def _broken(self, wrong: Wrong, row_id: int | None, subject: SubjectRef | None) -> _Broken:
        return _Broken(Failure(self.stream, wrong, row_id, subject, self.seal.number))


def _proved_seals(
    seals: Sequence[Seal], keys: Mapping[str, Ed25519PublicKey]
) -> Iterator[_OpenSeal]:
    """Each seal, once its own place, hash and signature have been proved."""
    number, first_id, digest = 1, 1, b""
    for seal in seals:
        follows = (seal.number, seal.first_id, bytes(seal.previous_hash))
        wrong = Wrong.SEAL_CHAIN if follows != (number, first_id, digest) else _wrong_in(seal, keys)
        if wrong:
            raise _Broken(Failure(Stream(seal.stream), wrong, seal_number=seal.number))
        yield _OpenSeal(seal)
        number, first_id, digest = seal.number + 1, seal.last_id + 1, bytes(seal.hash)


def _wrong_in(seal: Seal, keys: Mapping[str, Ed25519PublicKey]) -> Wrong | None:
    key = keys.get(seal.key_id)
    if key is None:
        return Wrong.UNKNOWN_KEY
    if not is_signed(message=header_of(seal), signature=bytes(seal.signature), key=key):
        return Wrong.SIGNATURE
    return Wrong.SEAL_HASH if hash_of(seal) != bytes(seal.hash) else None


def _ids(seal: Seal) -> Iterator[int]:
    start = seal.first_id
    for gap_from, gap_until in seal.gaps:
        yield from range(start, gap_from)
        start = gap_until + 1
    yield from range(start, seal.last_id + 1)


def _stream(stream: Stream) -> Iterator[Row]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(SELECT_ROWS[stream])
        while rows := cursor.fetchmany(_FETCH):
            yield from rows
