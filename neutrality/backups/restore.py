"""Restoring a backup into an empty database, and proving it before anybody sees it."""

from pathlib import Path

from django.core.management import call_command
from django.db import IntegrityError, transaction

from neutrality.audit.models import Stream
from neutrality.audit.signing import public_keys
from neutrality.audit.verify import verify_stream
from neutrality.backups import files, manifest as paper, tables
from neutrality.backups.manifest import BackupError, Manifest, Part
from neutrality.backups.streams import is_whole
from neutrality.casework import registry
from neutrality.casework.histories import mismatches
from neutrality.vault.keys import master_keys


def restore_backup(*, folder: Path) -> Manifest:
    """Check a backup, fill an empty database and the storages, and prove audit and histories.

    Hashes are checked before anything is written. Rows and proofs are one transaction: what
    cannot be proved is not there afterwards (files that were put back stay; nothing names them).

    Raises:
        BackupError: The backup is not whole or not ours, the database is not empty or of another
            version, or the proof fails.
    """
    manifest = paper.read(folder=folder)
    check_parts(manifest=manifest, folder=folder)
    _prepare(manifest)
    for stored in manifest.files:
        files.copy_in(stored=stored, folder=folder)
    try:
        with transaction.atomic(durable=True):
            tables.copy_in(manifest=manifest, folder=folder)
            _prove(manifest)
    except IntegrityError as error:
        raise BackupError("Rows of the backup contradict one another.") from error
    return manifest


def check_parts(*, manifest: Manifest, folder: Path) -> None:
    """Compare every file of the backup with the manifest.

    Raises:
        BackupError: One is missing or changed; it is named.
    """
    for part in _parts(manifest):
        if not is_whole(folder=folder, part=part):
            raise BackupError(f"{part.path} is missing or was changed.")


def missing_vault_keys(manifest: Manifest) -> list[str]:
    """The ids of master keys without which a part of the vault stays closed."""
    return sorted(set(manifest.vault_keys) - set(master_keys().by_id))


def _parts(manifest: Manifest) -> list[Part]:
    return [table.part for table in manifest.tables] + [file.part for file in manifest.files]


def _prepare(manifest: Manifest) -> None:
    """Make the tables where there are none; refuse a database in which somebody has written."""
    filled = tables.first_filled_table()
    if filled is not None:
        raise BackupError(f"The database is not empty: {filled} has rows.")
    call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
    other = sorted(set(tables.applied_migrations()) ^ set(manifest.migrations))
    if other:
        raise BackupError(f"The backup is of another version of this program: {other[0]} differs.")


def _prove(manifest: Manifest) -> None:
    keys = public_keys()
    for stream in Stream:
        expected = manifest.expected_seals(stream)
        verdict = verify_stream(stream=stream, keys=keys, expected=expected)
        if verdict.failure:
            raise BackupError(str(verdict.failure))
    for workflow in registry.workflows():
        mismatch = next(mismatches(workflow), None)
        if mismatch is not None:
            raise BackupError(f"{workflow.name}: {mismatch}")
