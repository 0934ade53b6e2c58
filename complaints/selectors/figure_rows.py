"""What each figure of the dashboard counts, row by row: counting and listing ask the same SQL.

A topic is a statement whose columns are the office's path, the election, the key under which the
row is counted, the file behind it (kind and id), and the id of the row itself.
"""

from collections.abc import Mapping
from typing import Final

COLUMNS: Final = "(path, election_id, key, kind, file_id, row_id)"
_CONTEST: Final = "LEFT JOIN elections_contest AS contest ON contest.id = row.contest_id"
_OF_MATTER: Final = """
    JOIN complaints_matter AS matter ON matter.id = row.matter_id
    LEFT JOIN elections_contest AS contest ON contest.id = matter.contest_id
"""


def _file(table: str, kind: str, key: str, condition: str = "true") -> str:
    return f"""
        SELECT row.office_path, contest.election_id, {key}, '{kind}', row.id, row.id
        FROM complaints_{table} AS row {_CONTEST} WHERE {condition}
    """  # noqa: S608  every part stands here


def _part(table: str, key: str, condition: str) -> str:
    return f"""
        SELECT matter.office_path, contest.election_id, {key}, 'matter', matter.id, row.id
        FROM complaints_{table} AS row {_OF_MATTER} WHERE {condition}
    """  # noqa: S608


def _item(key: str, condition: str = "true") -> str:
    return f"""
        SELECT row.office_path, contest.election_id, {key}, 'referral_item', row.id, row.id
        FROM complaints_referralitem AS row {_OF_MATTER} WHERE {condition}
    """  # noqa: S608


def _both(key: str, condition: str = "true") -> str:
    """Return reports and tips, each with the zone of its office as `office.time_zone`."""
    one = f"""
        SELECT row.office_path, contest.election_id, {key}, '%s', row.id, row.id
        FROM complaints_%s AS row {_CONTEST}
        JOIN organisations_office AS office ON office.id = row.office_id WHERE {condition}
    """  # noqa: S608
    return " UNION ALL ".join(one.replace("%s", kind) for kind in ("report", "tip"))


_RUNNING: Final = (
    "('SUBMITTED', 'RECEIVED', 'INITIAL_REVIEW', 'AWAITING_COMPLETION', 'TRANSFERRED')"
)
# What is not yet ended, by kind: since when it is there, and what leaves it out.
_OPEN: Final = (
    (
        "report",
        "REPORT",
        "row.submitted_at",
        f"row.state IN {_RUNNING}",
    ),
    ("tip", "TIP", "row.submitted_at", "row.state IN ('RECORDED', 'TRACING', 'TRANSFERRED')"),
    ("matter", "CASE", "row.registered_at", "row.state NOT IN ('INTAKE', 'CLOSED')"),
)
_AGE: Final = """'{kind}:' || CASE WHEN {since} > %(now)s - interval '4 days' THEN '0-3'
    WHEN {since} > %(now)s - interval '8 days' THEN '4-7'
    WHEN {since} > %(now)s - interval '15 days' THEN '8-14'
    WHEN {since} > %(now)s - interval '31 days' THEN '15-30' ELSE '31' END"""


def _ages() -> str:
    return " UNION ALL ".join(
        _file(table, table, _AGE.format(kind=kind, since=since), is_open)
        for table, kind, since, is_open in _OPEN
    )


def _workload() -> str:
    return " UNION ALL ".join(
        _file(table, table, f"'{kind}:' || row.assignee_id", f"{is_open} AND row.assignee_id > 0")
        for table, kind, _since, is_open in _OPEN
    )


def _span(stage: str, days: str) -> str:
    return f"""'{stage}:' || CASE WHEN {days} < 2 THEN '0-1' WHEN {days} < 4 THEN '2-3'
        WHEN {days} < 8 THEN '4-7' WHEN {days} < 15 THEN '8-14' ELSE '15' END"""


def _days(start: str, end: str) -> str:
    return f"extract(epoch FROM {end} - {start}) / 86400"


_RECEIVE: Final = _span("RECEIVE", _days("row.submitted_at", "row.received_at"))
_REGISTER: Final = _span("REGISTER", _days("row.received_at", "row.registered_at"))
_DECIDE: Final = _span("DECIDE", _days("row.registered_at", "row.decided_at"))
_SEND: Final = _span("SEND", _days("matter.decided_at", "row.sent_at"))
_RECOMMEND: Final = _span("RECOMMEND", "(row.recommendation_on - row.sent_at::date)")
_SANCTION: Final = _span("SANCTION", "(sanction.decree_on - row.recommendation_on)")
_STAGES: Final = (
    _file("report", "report", _RECEIVE, "row.received_at IS NOT NULL"),
    _file("report", "report", _REGISTER, "row.registered_at IS NOT NULL"),
    _file(
        "matter", "matter", _DECIDE, "row.decided_at IS NOT NULL AND row.registered_at IS NOT NULL"
    ),
    _item(_SEND, "matter.decided_at IS NOT NULL"),
    _item(_RECOMMEND, "row.recommendation_on IS NOT NULL"),
)


def _sanctions(key: str, condition: str) -> str:
    return f"""
        SELECT row.office_path, contest.election_id, {key}, 'referral_item', row.id, sanction.id
        FROM complaints_sanction AS sanction
        JOIN complaints_referralitem AS row ON row.id = sanction.item_id
        {_OF_MATTER} WHERE {condition}
    """  # noqa: S608


_CLOCKS: Final = """
    SELECT row.organisation_path, contest.election_id,
        row.code || ':' || CASE WHEN row.state <> 'open' THEN row.state
            WHEN row.due_at < %(now)s THEN 'overdue' ELSE 'running' END,
        row.subject_kind, row.subject_id, row.id
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
"""
_RESULTS: Final = """
    SELECT matter.office_path, contest.election_id, {key}, 'matter', matter.id, row.id
    FROM complaints_allegationresult AS row
    JOIN complaints_allegation AS allegation ON allegation.id = row.allegation_id
    JOIN complaints_matter AS matter ON matter.id = allegation.matter_id
    LEFT JOIN elections_contest AS contest ON contest.id = matter.contest_id
    WHERE row.superseded_at IS NULL AND {condition}
"""
_POSITIONS: Final = f"""
    SELECT matter.office_path, contest.election_id,
        coalesce(nullif(row.position_class, ''), employment.position_class), 'matter', matter.id,
        row.id
    FROM complaints_party AS row
    LEFT JOIN personnel_employment AS employment ON employment.id = row.employment_id
    {_OF_MATTER}
    WHERE row.kind = 'RESPONDENT'
        AND (row.position_class <> '' OR employment.position_class IS NOT NULL)
"""  # noqa: S608
_MONTH: Final = "to_char(row.submitted_at AT TIME ZONE office.time_zone, 'YYYY-MM')"
_RECENT: Final = "row.submitted_at > %(now)s - interval '24 months'"

TOPICS: Final[Mapping[str, str]] = {
    "REPORT": _file("report", "report", "row.state"),
    "TIP": _file("tip", "tip", "row.state"),
    "CASE": _file("matter", "matter", "row.state", "row.registered_at IS NOT NULL"),
    "ITEM": _item("row.state"),
    "AGE": _ages(),
    "WORKLOAD": _workload(),
    "CLOCK": _CLOCKS,
    "STAGE": " UNION ALL ".join(
        (*_STAGES, _sanctions(_SANCTION, "row.recommendation_on IS NOT NULL"))
    ),
    "ACT": _part("allegation", "row.act", "row.act <> ''"),
    "CANDIDATE": _part("allegation", "row.stage", "row.stage <> ''"),
    "AGENCY": _part(
        "party", "row.agency_id::text", "row.kind = 'RESPONDENT' AND row.agency_id IS NOT NULL"
    ),
    "POSITION": _POSITIONS,
    "FLOW": " UNION ALL ".join(
        (
            _RESULTS.format(
                key="'PROVEN'", condition="row.outcome NOT IN ('NOT_VIOLATION', 'NOT_PROVEN')"
            ),
            _item("'RECOMMENDED'", "row.recommendation_on IS NOT NULL"),
            _sanctions(
                "'SANCTIONED'", "sanction.state IN ('IMPOSED', 'UPHELD', 'CHANGED', 'EXECUTED')"
            ),
        )
    ),
    "OUTCOME": _RESULTS.format(key="row.outcome", condition="true"),
    "MONTH": _both(_MONTH, _RECENT),
}
# What is listed but needs no count of its own: it is the sum of others.
LISTED: Final[Mapping[str, str]] = {**TOPICS, "ENTRY": _both("''")}
