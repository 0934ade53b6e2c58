"""Count the dashboard's figures anew; requests read them and never count.

One pass per topic over the whole table, in SQL, some seconds at a million reports; a task does it
every few minutes and the page says when. Each office's rows are then added to those of every office
above it, for each election and for all together.
"""

from typing import Final

from django.db import connection, transaction

from complaints.models import Figure
from neutrality.law.clock import Clock

_LOCK: Final = "SELECT pg_try_advisory_xact_lock(hashtext('complaints.count_figures'))"
_TABLE: Final = """
    CREATE TEMPORARY TABLE figure_base (
        path text NOT NULL, election_id bigint, topic text NOT NULL, key text NOT NULL,
        amount bigint NOT NULL
    ) ON COMMIT DROP
"""
# What is not yet ended; two topics ask for it.
_OPEN: Final = """
    CREATE TEMPORARY TABLE figure_open ON COMMIT DROP AS
    SELECT office_path AS path, contest.election_id, 'REPORT' AS what, submitted_at AS since,
        assignee_id
    FROM complaints_report AS row LEFT JOIN elections_contest AS contest
        ON contest.id = row.contest_id
    WHERE state IN ('SUBMITTED', 'RECEIVED', 'INITIAL_REVIEW', 'AWAITING_COMPLETION')
    UNION ALL
    SELECT office_path, contest.election_id, 'TIP', submitted_at, assignee_id
    FROM complaints_tip AS row LEFT JOIN elections_contest AS contest
        ON contest.id = row.contest_id
    WHERE state IN ('RECORDED', 'TRACING')
    UNION ALL
    SELECT office_path, contest.election_id, 'CASE', registered_at, assignee_id
    FROM complaints_matter AS row LEFT JOIN elections_contest AS contest
        ON contest.id = row.contest_id
    WHERE state NOT IN ('INTAKE', 'CLOSED')
"""

# What each topic counts, as path, election, key and amount.
_TOPICS: Final = {
    "REPORT": """
        SELECT office_path, election_id, state, count(*)
        FROM complaints_report AS row LEFT JOIN elections_contest AS contest
            ON contest.id = row.contest_id
        GROUP BY 1, 2, 3
    """,
    "TIP": """
        SELECT office_path, election_id, state, count(*)
        FROM complaints_tip AS row LEFT JOIN elections_contest AS contest
            ON contest.id = row.contest_id
        GROUP BY 1, 2, 3
    """,
    "CASE": """
        SELECT office_path, election_id, state, count(*)
        FROM complaints_matter AS row LEFT JOIN elections_contest AS contest
            ON contest.id = row.contest_id
        WHERE registered_at IS NOT NULL
        GROUP BY 1, 2, 3
    """,
    "ITEM": """
        SELECT row.office_path, election_id, row.state, count(*)
        FROM complaints_referralitem AS row
        JOIN complaints_matter AS matter ON matter.id = row.matter_id
        LEFT JOIN elections_contest AS contest ON contest.id = matter.contest_id
        GROUP BY 1, 2, 3
    """,
    "AGE": """
        SELECT path, election_id,
            what || ':' || CASE WHEN since > %(now)s - interval '4 days' THEN '0-3'
                WHEN since > %(now)s - interval '8 days' THEN '4-7'
                WHEN since > %(now)s - interval '15 days' THEN '8-14'
                WHEN since > %(now)s - interval '31 days' THEN '15-30' ELSE '31' END,
            count(*)
        FROM figure_open
        GROUP BY 1, 2, 3
    """,
    "CLOCK": """
        SELECT organisation_path, election_id,
            code || ':' || CASE WHEN row.state <> 'open' THEN row.state
                WHEN row.due_at < %(now)s THEN 'overdue' ELSE 'running' END,
            count(*)
        FROM casework_legalclock AS row
        LEFT JOIN complaints_report AS report
            ON row.subject_kind = 'report' AND report.id = row.subject_id
        LEFT JOIN complaints_tip AS tip ON row.subject_kind = 'tip' AND tip.id = row.subject_id
        LEFT JOIN complaints_referralitem AS item
            ON row.subject_kind = 'referral_item' AND item.id = row.subject_id
        LEFT JOIN complaints_matter AS matter ON matter.id = CASE row.subject_kind
            WHEN 'matter' THEN row.subject_id ELSE item.matter_id END
        LEFT JOIN elections_contest AS contest
            ON contest.id = coalesce(report.contest_id, tip.contest_id, matter.contest_id)
        WHERE row.organisation_kind = 'office' AND row.state <> 'voided'
        GROUP BY 1, 2, 3
    """,
    "STAGE": """
        SELECT path, election_id,
            stage || ':' || CASE WHEN days < 2 THEN '0-1' WHEN days < 4 THEN '2-3'
                WHEN days < 8 THEN '4-7' WHEN days < 15 THEN '8-14' ELSE '15' END,
            count(*)
        FROM (
            SELECT office_path AS path, contest_id, 'RECEIVE' AS stage,
                extract(epoch FROM received_at - submitted_at) / 86400 AS days
            FROM complaints_report WHERE received_at IS NOT NULL
            UNION ALL
            SELECT office_path, contest_id, 'REGISTER',
                extract(epoch FROM registered_at - received_at) / 86400
            FROM complaints_report WHERE registered_at IS NOT NULL
            UNION ALL
            SELECT office_path, contest_id, 'DECIDE',
                extract(epoch FROM decided_at - registered_at) / 86400
            FROM complaints_matter WHERE decided_at IS NOT NULL AND registered_at IS NOT NULL
            UNION ALL
            SELECT item.office_path, contest_id, 'SEND',
                extract(epoch FROM sent_at - decided_at) / 86400
            FROM complaints_referralitem AS item
            JOIN complaints_matter AS matter ON matter.id = item.matter_id
            WHERE decided_at IS NOT NULL
            UNION ALL
            SELECT item.office_path, contest_id, 'RECOMMEND', recommendation_on - sent_at::date
            FROM complaints_referralitem AS item
            JOIN complaints_matter AS matter ON matter.id = item.matter_id
            WHERE recommendation_on IS NOT NULL
            UNION ALL
            SELECT item.office_path, contest_id, 'SANCTION', decree_on - recommendation_on
            FROM complaints_sanction AS sanction
            JOIN complaints_referralitem AS item ON item.id = sanction.item_id
            JOIN complaints_matter AS matter ON matter.id = item.matter_id
            WHERE recommendation_on IS NOT NULL
        ) AS row LEFT JOIN elections_contest AS contest ON contest.id = row.contest_id
        GROUP BY 1, 2, 3
    """,
    "ACT": """
        SELECT office_path, election_id, act, count(*)
        FROM complaints_allegation AS row
        JOIN complaints_matter AS matter ON matter.id = row.matter_id
        LEFT JOIN elections_contest AS contest ON contest.id = matter.contest_id
        WHERE act <> ''
        GROUP BY 1, 2, 3
    """,
    "CANDIDATE": """
        SELECT office_path, election_id, stage, count(*)
        FROM complaints_allegation AS row
        JOIN complaints_matter AS matter ON matter.id = row.matter_id
        LEFT JOIN elections_contest AS contest ON contest.id = matter.contest_id
        WHERE stage <> ''
        GROUP BY 1, 2, 3
    """,
    "AGENCY": """
        SELECT office_path, election_id, row.agency_id::text, count(*)
        FROM complaints_party AS row
        JOIN complaints_matter AS matter ON matter.id = row.matter_id
        LEFT JOIN elections_contest AS contest ON contest.id = matter.contest_id
        WHERE row.kind = 'RESPONDENT' AND row.agency_id IS NOT NULL
        GROUP BY 1, 2, 3
    """,
    "POSITION": """
        SELECT office_path, election_id,
            coalesce(nullif(row.position_class, ''), employment.position_class), count(*)
        FROM complaints_party AS row
        LEFT JOIN personnel_employment AS employment ON employment.id = row.employment_id
        JOIN complaints_matter AS matter ON matter.id = row.matter_id
        LEFT JOIN elections_contest AS contest ON contest.id = matter.contest_id
        WHERE row.kind = 'RESPONDENT'
            AND (row.position_class <> '' OR employment.position_class IS NOT NULL)
        GROUP BY 1, 2, 3
    """,
    "WORKLOAD": """
        SELECT path, election_id, what || ':' || assignee_id, count(*)
        FROM figure_open
        WHERE assignee_id IS NOT NULL
        GROUP BY 1, 2, 3
    """,
    "FLOW": """
        SELECT office.path, election_id, row.kind, sum(amount)
        FROM complaints_tally AS row
        JOIN organisations_office AS office ON office.id = row.office_id
        LEFT JOIN elections_contest AS contest ON contest.id = row.contest_id
        GROUP BY 1, 2, 3
    """,
    "MONTH": """
        SELECT office.path, election_id, to_char(month, 'YYYY-MM'), sum(amount)
        FROM complaints_tally AS row
        JOIN organisations_office AS office ON office.id = row.office_id
        LEFT JOIN elections_contest AS contest ON contest.id = row.contest_id
        WHERE row.kind IN ('REPORT', 'TIP') AND month > %(now)s - interval '24 months'
        GROUP BY 1, 2, 3
    """,
}
_COUNT: Final = """
    INSERT INTO figure_base
    SELECT path, election, %(topic)s, key, n
    FROM ({sql}) AS counted (path, election, key, n)
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


@transaction.atomic(durable=True)
def count_figures(*, clock: Clock) -> int:
    """Replace all figures by what is true now; return how many there are.

    While another process counts, nothing is done and 0 returned. Readers see the former figures
    until the new ones are complete.
    """
    values = {"now": clock.now}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        if cursor.fetchone() != (True,):
            return 0
        cursor.execute(_TABLE)
        cursor.execute(_OPEN)
        for topic, sql in _TOPICS.items():
            cursor.execute(_COUNT.format(sql=sql), {**values, "topic": topic})
        Figure.objects.all().delete()
        cursor.execute(_ROLL_UP, values)
        written: int = cursor.rowcount
    return written
