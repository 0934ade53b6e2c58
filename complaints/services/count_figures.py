"""Count the dashboard's figures anew; requests read them and never count.

One pass per topic over the whole table, in SQL, some seconds at a million reports; a task does it
every few minutes and the page says when. Each office's rows are then added to those of every office
above it, for each election and for all together.
"""

from typing import Final

from django.db import connection, transaction

from complaints.models import Figure
from complaints.selectors.figure_rows import COLUMNS, TOPICS
from neutrality.law.clock import Clock

_LOCK: Final = "SELECT pg_try_advisory_xact_lock(hashtext('complaints.count_figures'))"
_TABLE: Final = """
    CREATE TEMPORARY TABLE figure_base (
        path text NOT NULL, election_id bigint, topic text NOT NULL, key text NOT NULL,
        amount bigint NOT NULL
    ) ON COMMIT DROP
"""
_COUNT: Final = """
    INSERT INTO figure_base
    SELECT path, election_id, %(topic)s, key, count(*)
    FROM ({sql}) AS row {columns}
    GROUP BY path, election_id, key
"""
# An officer's workload belongs to the office alone; everything else also to those above.
_ROLL_UP: Final = """
    INSERT INTO complaints_figure (path, election_id, topic, key, amount, counted_at)
    SELECT above.path, election.id, base.topic, base.key, sum(base.amount), %(now)s
    FROM figure_base AS base
    CROSS JOIN LATERAL (
        SELECT array_to_string(segments[1:depth], '/') AS path
        FROM (SELECT string_to_array(base.path, '/') AS segments) AS split,
            generate_series(1, cardinality(segments)) AS depth
    ) AS above
    CROSS JOIN LATERAL (SELECT base.election_id AS id UNION SELECT NULL) AS election
    WHERE base.topic <> 'WORKLOAD' OR above.path = base.path
    GROUP BY 1, 2, 3, 4
    HAVING sum(base.amount) <> 0
"""
# What a page asks of every office below: one row for each number.
_SUM_UP: Final = """
    INSERT INTO complaints_figure (path, election_id, topic, key, amount, counted_at)
    SELECT path, election_id, 'SUM',
        CASE topic WHEN 'AGE' THEN 'open' ELSE split_part(key, ':', 2) END, sum(amount), %(now)s
    FROM complaints_figure WHERE topic IN ('AGE', 'CLOCK')
    GROUP BY 1, 2, 4
"""


@transaction.atomic(durable=True)
def count_figures(*, clock: Clock) -> int:
    """Replace all figures by what is true now; return how many there are, sums of sums apart.

    While another process counts, nothing is done and 0 returned. Readers see the former figures
    until the new ones are complete.
    """
    values = {"now": clock.now}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        if cursor.fetchone() != (True,):
            return 0
        cursor.execute(_TABLE)
        for topic, sql in TOPICS.items():
            counted = _COUNT.format(sql=sql, columns=COLUMNS)
            cursor.execute(counted, {**values, "topic": topic})
        Figure.objects.all().delete()
        cursor.execute(_ROLL_UP, values)
        written: int = cursor.rowcount
        cursor.execute(_SUM_UP, values)
    return written
