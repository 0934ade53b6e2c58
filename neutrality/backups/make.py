"""Making a backup while everybody works on."""

from pathlib import Path

from django.db import connection, transaction

from neutrality.audit.models import Seal, Stream
from neutrality.backups import files, manifest as paper, tables
from neutrality.backups.manifest import BackupError, Manifest
from neutrality.law.clock import Clock
from neutrality.vault.models import Identity, SealedBlob


def make_backup(*, folder: Path, clock: Clock) -> Manifest:
    """Copy tables and files into a new folder, then sign what was copied; nobody waits for it.

    The tables are of one instant; the files are read after it. Master keys are never written,
    so the vault in it opens only with the installation's VAULT_KEYS. A folder appears under its
    name when it is whole; before, it is called `….unfinished`.

    Raises:
        BackupError: The folder is there already.
    """
    if folder.exists():
        raise BackupError(f"{folder} is there already.")
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    unfinished.mkdir(parents=True, mode=0o700)
    with transaction.atomic(durable=True):
        made = _copied(unfinished, clock)
    paper.write(manifest=made, folder=unfinished)
    unfinished.rename(folder)
    return made


def _copied(folder: Path, clock: Clock) -> Manifest:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    return Manifest(
        made_at=clock.now.isoformat(),
        migrations=tables.applied_migrations(),
        tables=tables.copy_out(folder=folder),
        sequences=tables.sequence_values(),
        files=files.copy_out(folder=folder),
        seals=_last_seals(),
        vault_keys=_vault_keys(),
    )


def _last_seals() -> dict[str, tuple[int, str]]:
    last = (Seal.objects.filter(stream=stream).order_by("-number").first() for stream in Stream)
    return {seal.stream: (seal.number, bytes(seal.hash).hex()) for seal in last if seal}


def _vault_keys() -> tuple[str, ...]:
    sealed = Identity.objects.exclude(key_id="").values_list("key_id")
    return tuple(
        sorted(
            key_id
            for (key_id,) in sealed.union(
                SealedBlob.objects.exclude(key_id="").values_list("key_id")
            )
        )
    )
