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

# Foreign keys that may be empty and have an index of their own: its condition, if any.
KEYS = """
SELECT t.relname, a.attname, f.confrelid::regclass::text, pg_get_expr(x.indpred, x.indrelid)
FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
JOIN pg_constraint f ON f.conrelid = t.oid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]
WHERE (t.relname LIKE 'complaints\\_%' OR t.relname LIKE 'documents\\_%')
  AND x.indnatts = 1 AND NOT a.attnotnull
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


@pytest.mark.django_db
def test_keys_that_may_be_empty_are_indexed_where_they_are_filled():
    with connection.cursor() as cursor:
        cursor.execute(KEYS)
        found = cursor.fetchall()
    assert ("complaints_evidence", "tip_id", "complaints_tip", "(tip_id IS NOT NULL)") in found
    assert [key for key in found if not key[3]] == []
    assert [key for key in found if key[1].endswith("_by_id") and key[2] == "accounts_user"] == []


@pytest.mark.django_db
def test_what_was_unique_among_keys_stays_so_where_it_is_filled():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'documents_document'"
            " AND indexdef LIKE '%(twin_of_id)%'"
        )
        ((told,),) = cursor.fetchall()
    assert told.startswith("CREATE UNIQUE INDEX")
    assert told.endswith("WHERE (twin_of_id IS NOT NULL)")
