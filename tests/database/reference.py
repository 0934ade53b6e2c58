"""Rows that every test may rely on, and the way back to exactly these rows."""

import io

from django.core.management import call_command
from django.db import connections

from neutrality.law.services.rows import forget_marks

# Loaded once per test database; a test that adds rows to them loses only its own.
LOADERS = ("load_law", "load_regions")
KEPT_APPS = ("law", "organisations")
# Rows of the law that a test has used; kept rows are as unused as when they were loaded.
USED = ("law_period",)
# Rows that tests write to: a code, an address. A schema of their own keeps them as they were.
WRITTEN = "organisations_office"
KEPT = f"kept.{WRITTEN}"
UNTOUCHED = frozenset({"django_migrations", "django_content_type", "auth_permission"})

_last_ids: dict[str, int] = {}


def load() -> None:
    """Load the law and the regions, and remember where they end."""
    for command in LOADERS:
        call_command(command, verbosity=0, stdout=io.StringIO())
    for table in _tables():
        if table.startswith(tuple(f"{app}_" for app in KEPT_APPS)):
            _last_ids[table] = _last_id(table)
    with connections["default"].cursor() as cursor:
        cursor.execute(
            f"CREATE SCHEMA IF NOT EXISTS kept; DROP TABLE IF EXISTS {KEPT};"
            f"CREATE TABLE {KEPT} AS TABLE {WRITTEN}"
        )


def empty(alias: str = "default") -> None:
    """Delete what tests have written, past triggers and foreign keys, and keep the rest.

    TRUNCATE takes a hundred times as long on small tables, and the audit forbids it.
    """
    statements = ["SET session_replication_role = replica"]
    statements += [_delete(table) for table in _tables() if table not in UNTOUCHED]
    statements += [f"UPDATE {table} SET used_at = NULL WHERE used_at IS NOT NULL" for table in USED]  # noqa: S608
    statements += _put_back()
    statements.append("SET session_replication_role = DEFAULT")
    with connections[alias].cursor() as cursor:
        cursor.execute(";\n".join(statements))
    forget_marks()


def _put_back() -> list[str]:
    there = f"{WRITTEN} AS o WHERE o.id = k.id"
    return [
        f"DELETE FROM {WRITTEN} AS o USING {KEPT} AS k WHERE o.id = k.id AND o::text <> k::text",  # noqa: S608
        f"INSERT INTO {WRITTEN} SELECT * FROM {KEPT} AS k WHERE NOT EXISTS (SELECT FROM {there})",  # noqa: S608
    ]


def _delete(table: str) -> str:
    name = connections["default"].ops.quote_name(table)
    if table not in _last_ids:
        return f"DELETE FROM {name}"  # noqa: S608
    return f"DELETE FROM {name} WHERE id > {_last_ids[table]}"  # noqa: S608


def _tables() -> list[str]:
    return sorted(connections["default"].introspection.table_names())


def _last_id(table: str) -> int:
    name = connections["default"].ops.quote_name(table)
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {name}")  # noqa: S608
        return int(cursor.fetchone()[0])
