"""The tables: copied out of one snapshot, and into an empty database."""

import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from neutrality.backups.manifest import BackupError, Manifest, TablePart
from neutrality.backups.streams import HashingFile, RowWriter

# Sessions are not kept: whoever restores lets everybody log in anew.
LEFT_OUT: Final = frozenset({"django_session"})
# Django and our migrations fill these in a new database.
FILLED_BY_MIGRATE: Final = frozenset(
    {"django_migrations", "django_content_type", "auth_permission"}
)

_TABLES: Final = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence = 'p'"
    " AND relnamespace = current_schema()::regnamespace ORDER BY relname"
)
_COLUMNS: Final = (
    "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
    " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"
)
_SEQUENCES: Final = (
    "SELECT sequencename, last_value FROM pg_sequences"
    " WHERE schemaname = current_schema() ORDER BY sequencename"
)


def table_names() -> list[str]:
    """Every table of the database, in the order of their names."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return [name for (name,) in cursor.fetchall()]


def copy_out(*, folder: Path) -> tuple[TablePart, ...]:
    """Copy every table but the sessions; the caller's transaction is the snapshot."""
    return tuple(_copy_out(name, folder) for name in table_names() if name not in LEFT_OUT)


def sequence_values() -> dict[str, int | None]:
    """The last value of every sequence, None for those never used."""
    with connection.cursor() as cursor:
        cursor.execute(_SEQUENCES)
        return dict(cursor.fetchall())


def applied_migrations() -> tuple[str, ...]:
    """The migrations that have run here, by name."""
    return tuple(
        sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    )


def first_filled_table() -> str | None:
    """A table in which somebody has written, or None in a database that is as good as new."""
    with connection.cursor() as cursor:
        for name in table_names():
            if name in FILLED_BY_MIGRATE:
                continue
            cursor.execute(f"SELECT EXISTS (SELECT FROM {_quoted(name)})")  # noqa: S608
            if cursor.fetchone()[0]:
                return name
    return None


def copy_in(*, manifest: Manifest, folder: Path) -> None:
    """Fill the tables and set the sequences, in the caller's transaction.

    Triggers stay silent meanwhile: rows come with the hashes and paths that they had. Foreign
    keys are checked at the end. Only the owner of the tables may do this.

    Raises:
        BackupError: The tables here are not those of the backup.
    """
    names = [table.name for table in manifest.tables]
    if sorted(names) != [name for name in table_names() if name not in LEFT_OUT]:
        raise BackupError("The database has other tables than the backup.")
    with _silent_triggers(names), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(map(_quoted, names))} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in manifest.tables:
            _copy_in(table, folder)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _set_sequences(manifest)


def _copy_out(name: str, folder: Path) -> TablePart:
    path = f"tables/{name}.gz"
    target = HashingFile(folder / path)
    try:
        with RowWriter(target) as rows, connection.cursor() as cursor:
            cursor.execute(_COLUMNS, [_quoted(name)])
            columns = tuple(column for (column,) in cursor.fetchall())
            cursor.copy_expert(f"COPY {_quoted(name)} ({_list(columns)}) TO STDOUT", rows)
    finally:
        target.close()
    return TablePart(name=name, columns=columns, rows=rows.rows, part=target.part(path))


def _copy_in(table: TablePart, folder: Path) -> None:
    statement = f"COPY {_quoted(table.name)} ({_list(table.columns)}) FROM STDIN"
    with gzip.open(folder / table.part.path) as rows, connection.cursor() as cursor:
        cursor.copy_expert(statement, rows)


@contextmanager
def _silent_triggers(names: Sequence[str]) -> Iterator[None]:
    _for_each(names, "DISABLE TRIGGER USER")
    yield
    _for_each(names, "ENABLE TRIGGER USER")


def _for_each(names: Sequence[str], change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(";".join(f"ALTER TABLE {_quoted(name)} {change}" for name in names))


def _set_sequences(manifest: Manifest) -> None:
    with connection.cursor() as cursor:
        for name, last in manifest.sequences.items():
            cursor.execute(
                "SELECT setval(%s::regclass, %s, %s)", [_quoted(name), last or 1, last is not None]
            )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _list(columns: Sequence[str]) -> str:
    return ", ".join(map(_quoted, columns))
