"""The stored files: documents, evidence and what the vault has sealed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages

from neutrality.backups.manifest import BackupError, StoredPart
from neutrality.backups.streams import copy, pieces

_NOT_OURS: Final = frozenset({"staticfiles"})


def copy_out(*, folder: Path) -> tuple[StoredPart, ...]:
    """Copy every stored file; one that is deleted meanwhile is left out.

    Files are written before the rows that name them, so those of an earlier snapshot are there.
    """
    found = (_copy_out(alias, name, folder) for alias in _aliases() for name in _names(alias))
    return tuple(part for part in found if part is not None)


def copy_in(*, stored: StoredPart, folder: Path) -> None:
    """Put one file back under its name; one that is there already must be the same.

    Raises:
        BackupError: Another file lies under this name, or the storage chose another name.
    """
    storage = _storage(stored.storage)
    path = folder / stored.part.path
    if storage.exists(stored.name):
        if not _same(storage, stored.name, path):
            raise BackupError(f"Another file lies under {stored.name} already.")
        return
    with path.open("rb") as file:
        given = storage.save(stored.name, File(file, name=stored.name))
    if given != stored.name:
        raise BackupError(f"The storage put {stored.name} under {given}.")


def _copy_out(alias: str, name: str, folder: Path) -> StoredPart | None:
    try:
        with storages[alias].open(name) as file:
            part = copy(source=pieces(file), folder=folder, path=f"files/{alias}/{name}")
    except FileNotFoundError:
        return None
    return StoredPart(storage=alias, name=name, part=part)


def _aliases() -> list[str]:
    return sorted(set(settings.STORAGES) - _NOT_OURS)


def _storage(alias: str) -> Storage:
    if alias not in _aliases():
        raise BackupError(f"STORAGES here has no storage {alias!r}.")
    return storages[alias]


def _names(alias: str, folder: str = "") -> Iterator[str]:
    try:
        folders, names = storages[alias].listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(names):
        yield f"{folder}/{name}" if folder else name
    for below in sorted(folders):
        yield from _names(alias, f"{folder}/{below}" if folder else below)


def _same(storage: Storage, name: str, path: Path) -> bool:
    if storage.size(name) != path.stat().st_size:
        return False
    with storage.open(name) as one, path.open("rb") as other:
        return all(piece == other.read(len(piece)) for piece in pieces(one))
