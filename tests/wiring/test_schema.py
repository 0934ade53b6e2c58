"""Tables made at once: the same tables, taken down and made anew, and a history half done."""

import pytest
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from neutrality.schema import TablesAtOnce

CATALOGUE = """
SELECT 'column', table_name, column_name, data_type || ':' || is_nullable
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', tablename, indexname, indexdef
FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', '', proname, prosrc
FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""

LAST = ("complaints", "0025_evidence_of_requirements")
SUMMARY = ("complaints", "0001_squashed_0025_evidence_of_requirements")


def catalogue():
    with connection.cursor() as cursor:
        cursor.execute(CATALOGUE)
        return set(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_tables_go_and_come_back_whole():
    whole = catalogue()
    call_command("migrate", "pledges", "zero", verbosity=0)
    without = catalogue()
    call_command("migrate", "pledges", verbosity=0)
    assert catalogue() == whole
    gone = {name for kind, _, name, _ in whole - without if kind in ("trigger", "function")}
    assert {"pledges_tally_obligations", "tally_moved_units"} <= gone
    assert not {table for _, table, _, _ in without if table.startswith("pledges_")}


@pytest.mark.django_db
def test_a_history_half_done_goes_on_as_it_was_written():
    loader = MigrationLoader(connection)
    assert SUMMARY in loader.graph.nodes
    assert LAST not in loader.graph.nodes

    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(*SUMMARY)
    recorder.record_unapplied(*LAST)
    halfway = MigrationLoader(connection)
    assert SUMMARY not in halfway.graph.nodes
    done = recorder.applied_migrations()
    assert [step for step in halfway.graph.forwards_plan(LAST) if step not in done] == [LAST]


@pytest.mark.django_db
def test_a_history_all_done_is_taken_for_the_summary():
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(*SUMMARY)
    assert SUMMARY in MigrationLoader(connection).applied_migrations


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RunPython(migrations.RunPython.noop),
        migrations.RenameModel("Old", "New"),
        migrations.SeparateDatabaseAndState([migrations.RunSQL("SELECT 1")]),
    ],
)
def test_what_cannot_be_done_at_once_is_refused(operation):
    with pytest.raises(ValueError, match="cannot be done at once"):
        TablesAtOnce([operation])
