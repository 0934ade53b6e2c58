"""Fold the changes of coverage into sums for each unit and all above it; readers stay exact."""

from typing import Final

from django.db import connection, transaction

_FOLD: Final = """
    WITH fresh AS (
        DELETE FROM pledges_coveragechange RETURNING round_id, path, state, amount
    ), places AS (
        SELECT round_id, string_to_array(path, '/') AS parts, state, sum(amount) AS amount
        FROM fresh GROUP BY 1, 2, 3 HAVING sum(amount) <> 0
    )
    INSERT INTO pledges_coveragesum (round_id, path, parent_path, state, number)
    SELECT round_id, array_to_string(parts[1:depth], '/'),
           array_to_string(parts[1:depth - 1], '/'), state, sum(amount)
    FROM places CROSS JOIN LATERAL generate_series(1, cardinality(parts)) AS depth
    GROUP BY 1, 2, 3, 4
    ON CONFLICT (round_id, path, state)
    DO UPDATE SET number = pledges_coveragesum.number + excluded.number
"""
_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('pledges.fold_coverage'))"
# Nobody changes obligations meanwhile; the triggers hold the same lock together.
_ALONE: Final = "SELECT pg_advisory_xact_lock(1885170036, 0)"
_FORGET: Final = (
    "DELETE FROM pledges_coveragesum WHERE round_id = %s",
    "DELETE FROM pledges_coveragechange WHERE round_id = %s",
)
_COUNT: Final = """
    INSERT INTO pledges_coveragechange (round_id, path, state, amount)
    SELECT owed.round_id, coalesce(unit.path, agency.path), owed.state, sum(owed.number)
    FROM (
        SELECT round_id, unit_now_id, state, count(*) AS number
        FROM pledges_obligation WHERE round_id = %s GROUP BY 1, 2, 3
    ) owed
    JOIN pledges_round round ON round.id = owed.round_id
    JOIN organisations_agency agency ON agency.id = round.agency_id
    LEFT JOIN organisations_unit unit ON unit.id = owed.unit_now_id
    GROUP BY 1, 2, 3
"""


@transaction.atomic(durable=True)
def fold_coverage() -> int:
    """Add the fresh changes to the sums in one statement; return how many sums changed.

    Signers never wait for it: they only insert. Two that fold at once go one after the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        cursor.execute(_FOLD)
        return int(cursor.rowcount)


@transaction.atomic(durable=True)
def recount_coverage(*, round_id: int) -> None:
    """Count a round anew: after a bulk load with the triggers off, or when `verify_coverage` fails.

    Signers wait until it is done.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        cursor.execute(_ALONE)
        for statement in (*_FORGET, _COUNT):
            cursor.execute(statement, [round_id])
