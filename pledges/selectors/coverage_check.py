"""Whether the sums of coverage are what counting gives."""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from pledges.codes import ObligationState

# Both sides in one statement, and so of one moment: every place with all below it.
_WRONG: Final = """
    WITH owed AS (
        SELECT owed.round_id, string_to_array(coalesce(unit.path, agency.path), '/') AS parts,
               owed.state, count(*) AS number
        FROM pledges_obligation owed
        JOIN pledges_round round ON round.id = owed.round_id
        JOIN organisations_agency agency ON agency.id = round.agency_id
        LEFT JOIN organisations_unit unit ON unit.id = owed.unit_now_id
        GROUP BY 1, 2, 3
    ), fresh AS (
        SELECT round_id, string_to_array(path, '/') AS parts, state, amount AS number
        FROM pledges_coveragechange
    ), both_sides AS (
        SELECT round_id, path, state, number AS kept, 0 AS counted FROM pledges_coveragesum
        UNION ALL
        SELECT round_id, array_to_string(parts[1:depth], '/'), state, number, 0
        FROM fresh CROSS JOIN LATERAL generate_series(1, cardinality(parts)) AS depth
        UNION ALL
        SELECT round_id, array_to_string(parts[1:depth], '/'), state, 0, number
        FROM owed CROSS JOIN LATERAL generate_series(1, cardinality(parts)) AS depth
    )
    SELECT round_id, path, state, sum(kept)::bigint, sum(counted)::bigint FROM both_sides
    GROUP BY 1, 2, 3 HAVING sum(kept) <> sum(counted) ORDER BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class WrongSum:
    """A place of a round where what is kept is not what is counted."""

    round_id: int
    path: str
    state: ObligationState
    kept: int
    counted: int


def wrong_sums() -> list[WrongSum]:
    """Return every sum that is not what counting gives; empty when all are right."""
    with connection.cursor() as cursor:
        cursor.execute(_WRONG)
        rows = cursor.fetchall()
    return [
        WrongSum(round_id, path, ObligationState(state), kept, counted)
        for round_id, path, state, kept, counted in rows
    ]
