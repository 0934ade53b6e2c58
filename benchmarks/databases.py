"""One database for each size, made from one empty one, and kept as long as it is still true."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import psycopg2
from psycopg2 import sql

ROOT: Final = Path(__file__).resolve().parents[1]
EMPTY: Final = "bench_empty"
LOADERS: Final = ("load_law", "load_regions")
# What a kept database was made from.
SCHEMA: Final = ("*/migrations/*.py", "*/*/migrations/*.py", "*/*/seeds/*.csv")
SEEDED: Final = (
    *SCHEMA,
    "complaints/seeding/*.py",
    "benchmarks/floor.py",
    "benchmarks/pledges.py",
    "benchmarks/prepare.py",
)


def seeded_mark() -> str:
    """Return a text that changes with the schema, the law, the seeds and the day."""
    return f"{datetime.now(UTC):%Y-%m-%d} {fingerprint(SEEDED)}"


def fingerprint(patterns: Iterable[str]) -> str:
    """Return a text that changes with these files."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def address(base: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return f"{base.rsplit('/', 1)[0]}/{name}"


def is_kept(base: str, name: str, mark: str) -> bool:
    """Whether the database is there and was made from what is there now."""
    with _server(base) as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        )
        row = cursor.fetchone()
    return row is not None and row[0] == mark


def make_empty(base: str, environment: Mapping[str, str]) -> None:
    """Make the database from which the others are copied: migrated, with law and regions."""
    mark = fingerprint(SCHEMA)
    with _server(base) as cursor:
        # Two runs on one server: the second waits for what the first makes, then keeps it.
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [EMPTY])
        if is_kept(base, EMPTY, mark):
            return
        _create(base, EMPTY)
        own = {**environment, "DATABASE_URL": address(base, EMPTY)}
        for command in ("migrate", *LOADERS):
            manage(own, command, "--verbosity", "0")
        set_mark(base, EMPTY, mark)


def copy_empty(base: str, name: str) -> None:
    """Make a database like the empty one."""
    _create(base, name, template=EMPTY)


def set_mark(base: str, name: str, mark: str) -> None:
    """Say that the database is complete, and from what it was made."""
    with _server(base) as cursor:
        cursor.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(mark))
        )


def manage(environment: Mapping[str, str], *arguments: str) -> None:
    """Run a management command; its log lines are not ours."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(  # noqa: S603
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed: {done.stderr[-2000:]}")


def _create(base: str, name: str, template: str = "template0") -> None:
    with _server(base) as cursor:
        target = sql.Identifier(name)
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(target))
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(target, sql.Identifier(template))
        )


class _server:  # noqa: N801 - used as a function
    """A cursor on the server's own database, every statement for itself."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        place = parts.netloc.rpartition("@")[2]
        host, _colon, port = place.partition(":")
        self.connection = psycopg2.connect(
            host=unquote(host),
            port=port or None,
            user=parts.username,
            password=parts.password,
            dbname="postgres",
        )
        self.connection.autocommit = True

    def __enter__(self) -> "psycopg2.extensions.cursor":
        return self.connection.cursor()

    def __exit__(self, *_: object) -> None:
        self.connection.close()
