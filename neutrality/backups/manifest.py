"""What a backup says of itself, signed with the key of the audit's seals.

A folder holds `manifest.json`, its signature, `tables/` (text of COPY, gzipped) and `files/`.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from neutrality.audit.models import Stream
from neutrality.audit.signing import is_signed, public_keys, seal_key

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.signature.json"


class BackupError(Exception):
    """A backup cannot be made, trusted or restored; carries the sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the backup: its path in the folder, its size in bytes and its hash."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of one table and the columns that stand in its file."""

    name: str
    columns: tuple[str, ...]
    rows: int
    part: Part


@dataclass(frozen=True, slots=True)
class StoredPart:
    """One stored file: in which storage of the settings it lies, and under which name."""

    storage: str
    name: str
    part: Part


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that a backup holds, and what must be there to use it.

    `seals` has number and hash of the newest seal of each stream; `vault_keys` names (never
    holds) the master keys under which something is sealed.
    """

    made_at: str
    migrations: tuple[str, ...]
    tables: tuple[TablePart, ...]
    sequences: Mapping[str, int | None]
    files: tuple[StoredPart, ...]
    seals: Mapping[str, tuple[int, str]]
    vault_keys: tuple[str, ...]

    def expected_seals(self, stream: Stream) -> dict[int, str]:
        """The seal that must be there again, by its number."""
        return dict([self.seals[stream.value]]) if stream.value in self.seals else {}


def write(*, manifest: Manifest, folder: Path) -> None:
    """Write and sign the manifest; the last thing that a backup does."""
    text = json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1).encode()
    key = seal_key()
    signature = {"key_id": key.key_id, "signature": key.sign(text).hex()}
    (folder / MANIFEST).write_bytes(text)
    (folder / SIGNATURE).write_text(json.dumps(signature), encoding="ascii")


def read(*, folder: Path) -> Manifest:
    """The manifest of a folder.

    Raises:
        BackupError: It is missing, of another format, or not signed by a key that we know.
    """
    try:
        text = (folder / MANIFEST).read_bytes()
        signature = json.loads((folder / SIGNATURE).read_bytes())
        key = public_keys().get(signature["key_id"])
        signed = bytes.fromhex(signature["signature"])
    except (OSError, ValueError, KeyError) as error:
        raise BackupError(f"{folder} holds no whole backup.") from error
    if key is None:
        raise BackupError("The manifest is signed with a key that is not known here.")
    if not is_signed(message=text, signature=signed, key=key):
        raise BackupError("The manifest was changed after it was signed.")
    return _from(json.loads(text))


def _from(facts: dict[str, Any]) -> Manifest:
    if facts.pop("format") != FORMAT:
        raise BackupError("The backup is of a format that this version does not read.")
    tables = (
        TablePart(row["name"], tuple(row["columns"]), row["rows"], Part(**row["part"]))
        for row in facts["tables"]
    )
    files = (StoredPart(row["storage"], row["name"], Part(**row["part"])) for row in facts["files"])
    return Manifest(
        made_at=facts["made_at"],
        migrations=tuple(facts["migrations"]),
        tables=tuple(tables),
        sequences=facts["sequences"],
        files=tuple(files),
        seals={stream: (number, digest) for stream, (number, digest) in facts["seals"].items()},
        vault_keys=tuple(facts["vault_keys"]),
    )
