"""A history of migrations done at once: where nothing stands yet, tables are made as they end.

Django renders the models anew after each operation, together with all that are related to them: a
hundred migrations of two hundred related models cost a minute and more before a first table is
filled. The history stays as it was written, is followed where a part of it was already done, and
remains the only description of the tables: what is here reads it.
"""

from importlib import import_module

from django.contrib.postgres.operations import CreateExtension
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    AlterModelOptions,
    CreateModel,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation
from django.db.migrations.state import ProjectState


class TablesAtOnce(Operation):
    """Make the tables that stand at the end of a history, then run its SQL in its order.

    The SQL meets the tables as they end, not as they were when it was written; a history whose SQL
    cannot bear that is not done at once. Extensions come first, foreign keys and indexes last, when
    the migration ends. Operations that carry data, or that this class does not know, are refused.

    Raises:
        ValueError: at import, for a history with such an operation.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, history: list[Operation]) -> None:
        """Take the operations of the history, in their order."""
        known = (
            CreateModel,
            AlterModelOptions,
            FieldOperation,
            IndexOperation,
            RunSQL,
            CreateExtension,
            SeparateDatabaseAndState,
        )
        for operation in history:
            writes_apart = getattr(operation, "database_operations", ())
            if not isinstance(operation, known) or writes_apart:
                raise ValueError(f"{operation} cannot be done at once with others.")
        self.history = history

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Make tables at once as {len(self.history)} operations leave them"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Follow the history without rendering a model; the next reader renders all of them once."""
        vars(state).pop("apps", None)
        for operation in self.history:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make extensions, tables and what the SQL of the history makes."""
        states = (app_label, schema_editor, from_state, to_state)
        for operation in self.history:
            if isinstance(operation, CreateExtension):
                operation.database_forwards(*states)
        for name in self._tables():
            CreateModel(name, []).database_forwards(*states)
        for operation in self.history:
            if isinstance(operation, RunSQL):
                operation.database_forwards(*states)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take back the SQL, last first, then the tables; extensions stay, others may use them."""
        states = (app_label, schema_editor, from_state, to_state)
        for operation in reversed(self.history):
            if isinstance(operation, RunSQL):
                operation.database_backwards(*states)
        for name in reversed(self._tables()):
            CreateModel(name, []).database_backwards(*states)

    def _tables(self) -> list[str]:
        """Return the names of the models of the history, in the order in which they were made."""
        return [operation.name for operation in self.history if isinstance(operation, CreateModel)]


_WITHOUT_PATTERNS = """
    DO $$ DECLARE name regclass; BEGIN
        FOR name IN
            SELECT x.indexrelid FROM pg_index x
            JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
            WHERE i.relname LIKE '%\\_like' AND t.relname LIKE '{tables}'
              AND t.relnamespace = current_schema()::regnamespace AND NOT x.indisunique
        LOOP
            EXECUTE 'DROP INDEX ' || name;
        END LOOP;
    END $$
"""


def without_patterns(*, tables: str) -> RunSQL:
    """Take down the second index that Django gives each unique text for `LIKE 'beginning%'`.

    Of tables whose names are LIKE `tables`, and whose codes nobody looks up by how they begin:
    every row that is written had to go into it as well.
    """
    return RunSQL(_WITHOUT_PATTERNS.format(tables=tables), RunSQL.noop)


_FILLED_KEYS = """
    DO $$ DECLARE key record; BEGIN
        FOR key IN
            SELECT i.relname AS name, t.oid::regclass AS owner, a.attname AS field, u.conname AS rule,
                   CASE WHEN x.indisunique THEN 'UNIQUE' ELSE '' END AS kind,
                   coalesce(f.confrelid = to_regclass('accounts_user'), false)
                       AND a.attname LIKE '%\\_by\\_id' AND NOT x.indisunique AS deed
            FROM pg_index x
            JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
            JOIN pg_constraint f ON f.conrelid = t.oid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]
            LEFT JOIN pg_constraint u ON u.conindid = i.oid AND u.contype = 'u'
            WHERE t.relname LIKE '{tables}' AND t.relnamespace = current_schema()::regnamespace
              AND x.indnatts = 1 AND x.indpred IS NULL AND NOT a.attnotnull
        LOOP
            IF key.rule IS NULL THEN
                EXECUTE format('DROP INDEX %I', key.name);
            ELSE
                EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', key.owner, key.rule);
            END IF;
            IF NOT key.deed THEN
                EXECUTE format('CREATE %s INDEX %I ON %s (%I) WHERE %I IS NOT NULL',
                               key.kind, key.name, key.owner, key.field, key.field);
            END IF;
        END LOOP;
    END $$
"""


def filled_keys(*, tables: str) -> RunSQL:
    """Index a foreign key that may be empty only where it is filled, and who did something nowhere.

    Of tables whose names are LIKE `tables`; what was unique stays so. Nobody looks for rows by
    `*_by`, nor for those with an empty key; both cost an entry for each row that is written or
    moved. The models go on to tell of full indexes and of constraints: who alters such a field
    drops its index by SQL first, and who adds one calls this again.
    """
    return RunSQL(_FILLED_KEYS.format(tables=tables), RunSQL.noop)


class AtOnce(Migration):
    """The migrations that `replaces` names, done at once by `TablesAtOnce`.

    A database that has all of them has this one too; one that has some goes on with the others.
    """

    def __init__(self, name: str, app_label: str) -> None:
        """Read the migrations that this one replaces."""
        super().__init__(name, app_label)
        past = [_migration(*replaced) for replaced in self.replaces]
        vars(self).update(
            operations=[TablesAtOnce([step for each in past for step in each.operations])],
            dependencies=[
                other for each in past for other in each.dependencies if other not in self.replaces
            ],
        )


def _migration(app_label: str, name: str) -> type[Migration]:
    """Return the class of a migration as its file has it."""
    package, _ = MigrationLoader.migrations_module(app_label)
    migration: type[Migration] = import_module(f"{package}.{name}").Migration
    return migration
