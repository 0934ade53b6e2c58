"""Indexes taken down while many rows arrive, and built at once, sorted, when all are there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from django.db import connection
from django.db.models import Model

# For the sorting of one index, in this transaction only; its parallel workers share it.
_SORT_MEMORY: Final = "256MB"
# Primary keys stay: rows come in their order, and foreign keys rest on them.
_FOUND: Final = """
    SELECT quote_ident(t.relname), quote_ident(i.relname), pg_get_indexdef(i.oid),
           quote_ident(c.conname), pg_get_constraintdef(c.oid)
    FROM pg_index x
    JOIN pg_class t ON t.oid = x.indrelid
    JOIN pg_class i ON i.oid = x.indexrelid
    LEFT JOIN pg_constraint c ON c.conindid = i.oid AND c.conrelid = t.oid AND c.contype IN ('u', 'x')
    WHERE t.oid = ANY (%s::regclass[]) AND NOT x.indisprimary
      AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.conindid = i.oid AND f.contype = 'f')
    ORDER BY t.relname, i.relname
"""
_KEY: Final = """
    SELECT quote_ident(i.relname) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
    WHERE x.indrelid = %s::regclass AND x.indisprimary
"""


@dataclass(frozen=True, slots=True)
class TakenDown:
    """The indexes and constraints that are missing until `build`, as statements.

    A transaction that breaks off puts them back.

    Attributes:
        tables: Whose they are; each of these got a new file.
    """

    statements: tuple[str, ...]
    tables: frozenset[str]

    @classmethod
    def of(cls, models: Iterable[type[Model]], *, small: int) -> Self:
        """Take down what stands on the tables of fewer bytes than `small`; keep readers off them.

        An entry in a large index costs a hundred times what sorting it once with all others does,
        which is why only tables that will mostly be new are worth it.
        """
        tables = [connection.ops.quote_name(model._meta.db_table) for model in models]  # noqa: SLF001
        built = []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT t::text FROM unnest(%s::regclass[]) t WHERE pg_relation_size(t) < %s",
                [tables, small],
            )
            chosen = sorted(table for (table,) in cursor.fetchall())
            if chosen:
                cursor.execute(f"LOCK TABLE {', '.join(chosen)} IN ACCESS EXCLUSIVE MODE")
            cursor.execute(_FOUND, [chosen])
            for table, index, definition, constraint, rule in cursor.fetchall():
                if constraint is None:
                    cursor.execute(f"DROP INDEX {index}")
                    built.append(definition)
                else:
                    cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
                    built.append(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {rule}")
            for table in chosen:
                # The few rows move to a new file, which where nobody replicates needs no log.
                cursor.execute(_KEY, [table])
                cursor.execute(f"CLUSTER {table} USING {cursor.fetchone()[0]}")
        return cls(tuple(built), frozenset(chosen))

    def build(self) -> None:
        """Build them again; raises IntegrityError where rows break a constraint."""
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL maintenance_work_mem = '{_SORT_MEMORY}'")
            for statement in self.statements:
                cursor.execute(statement)
