"""The bytes that are hashed and signed: a JSON array, one form for each row.

Times are microseconds since 1970, bytes are hex, `data` is the text of its jsonb. Migration 0002
builds the same array in SQL when a row is written; here it is built again without the database's
functions, so that a verifier need not trust them.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Final

from neutrality.audit.models import Seal, Stream

# Made once: json.dumps would make an encoder for each of a million rows.
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ENTRY: Final = (
    "id, subject_kind, subject_id, what,"
    " (extract(epoch FROM occurred_at) * 1000000)::bigint,"
    " (extract(epoch FROM recorded_at) * 1000000)::bigint,"
    " actor_kind, user_id, party_ref, role,"
    " organisation_kind, organisation_id, organisation_path, data::text"
)
TABLES: Final = {Stream.RECORD: "audit_auditrow", Stream.ACCESS: "audit_accessrow"}
# The columns of a row in hashing order, then its hash.
_RECORD: Final = f"{_ENTRY}, before, after, position, encode(previous_hash, 'hex')"
SELECT_ROWS: Final = {
    Stream.RECORD: f"SELECT {_RECORD}, encode(hash, 'hex') FROM audit_auditrow ORDER BY id",  # noqa: S608
    Stream.ACCESS: f"SELECT {_ENTRY}, encode(hash, 'hex') FROM audit_accessrow ORDER BY id",  # noqa: S608
}


def row_bytes(columns: tuple[object, ...]) -> bytes:
    """The canonical bytes of a row, from its columns in hashing order."""
    return _ENCODE(columns).encode()


def seal_bytes(seal: Seal, fingerprints_hash: str) -> bytes:
    """The canonical bytes of a seal: what is signed."""
    columns = [
        seal.stream,
        seal.number,
        seal.first_id,
        seal.last_id,
        seal.row_count,
        bytes(seal.root).hex(),
        seal.gaps,
        fingerprints_hash,
        bytes(seal.previous_hash).hex(),
        (seal.sealed_at - _EPOCH) // timedelta(microseconds=1),
        seal.key_id,
    ]
    return json.dumps(columns).encode()
