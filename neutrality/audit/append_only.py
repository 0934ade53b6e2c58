"""Tables that only grow: the triggers, as a migration operation for any application."""

from django.db.migrations.operations import RunSQL


def append_only(table: str) -> RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on `table` in the database.

    The function that refuses comes with migration audit.0002, on which the caller's migration
    must depend.
    """
    return RunSQL(
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();",
        f"DROP TRIGGER {table}_only_grows ON {table};",
    )
