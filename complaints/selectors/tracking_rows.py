"""What the tracking page reads, in one statement: history, periods, papers, messages."""

from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

from django.db import connection

from complaints.models import Report, Tip
from complaints.workflow.actions import ReferralAction
from neutrality.law.codes import FormRole, PeriodCode

# Periods that concern the person who follows; the others are the office's own business.
_SHOWN: Final = (
    PeriodCode.SERVICE,
    PeriodCode.HAND_OVER,
    PeriodCode.INITIAL_REVIEW,
    PeriodCode.COMPLETION,
    PeriodCode.HANDLING,
    PeriodCode.HANDLING_EXTENDED,
    PeriodCode.TRACING,
)
# Own receipts whose twin without names may be downloaded.
_TWINS: Final = (FormRole.RECEIPT, FormRole.COMPLETION_RECEIPT)
# The steps that write a sanction; what the page says of one depends on its class.
_DECREES: Final = (ReferralAction.SANCTION, ReferralAction.RECORD_SANCTION)
# The entry, what it was or became, its matter and the matter's referral items. By the key of each
# subject: an OR over kinds would walk through the history of all referral items.
_TOLD: Final = """
    WITH told AS MATERIALIZED (
        SELECT %(kind)s::text AS kind, %(pk)s::bigint AS id, true AS own
        UNION ALL SELECT 'matter', %(matter)s, false
        UNION ALL SELECT 'tip', id, true FROM complaints_tip WHERE from_report_id = %(report)s
        UNION ALL SELECT 'tip', id, true FROM complaints_tip WHERE became_report_id = %(report)s
        UNION ALL SELECT 'referral_item', id, false
            FROM complaints_referralitem WHERE matter_id = %(matter)s
    )
"""
_STEPS: Final = """
    SELECT 'step' AS what, told.kind, step.action AS code, '' AS key, '' AS number,
        CASE WHEN step.action = ANY(%(decrees)s) THEN coalesce((
            SELECT sanction_class FROM complaints_sanction
            WHERE item_id = step.subject_id AND recorded_at = step.recorded_at LIMIT 1
        ), '') ELSE '' END AS body,
        step.occurred_at AS at,
        step.action = 'COMPLETE' AND EXISTS (
            SELECT FROM casework_legalclock
            WHERE stopped_by_id = step.id AND state = 'late' AND code = 'COMPLETION'
        ) AS flag,
        step.recorded_at AS sorted, step.id
    FROM told
    JOIN casework_step AS step ON step.subject_kind = told.kind AND step.subject_id = told.id
    WHERE step.kind = 'transition' AND step.voided_at IS NULL
"""
# What became of a decree: not the decree itself, which is a step, nor its end by the one after it.
_SANCTIONS: Final = """
    SELECT 'step', 'sanction', news.state, '', '', sanction.sanction_class,
        (news.happened_on + time '12:00') AT TIME ZONE %(zone)s, false, news.recorded_at, news.id
    FROM told
    JOIN complaints_sanction AS sanction
        ON told.kind = 'referral_item' AND sanction.item_id = told.id
    JOIN complaints_sanctionstep AS news ON news.sanction_id = sanction.id
    WHERE NOT EXISTS (
        SELECT FROM complaints_sanction AS other
        WHERE other.item_id = sanction.item_id AND other.recorded_at = news.recorded_at
    ) AND EXISTS (
        SELECT FROM casework_step AS step
        WHERE step.subject_kind = told.kind AND step.subject_id = told.id
            AND step.recorded_at = sanction.recorded_at AND step.voided_at IS NULL
    )
"""
_CLOCKS: Final = """
    SELECT 'clock', told.kind, clock.code, clock.id::text, '', '',
        clock.due_at, false, clock.due_at, clock.id
    FROM told
    JOIN casework_legalclock AS clock
        ON clock.subject_kind = told.kind AND clock.subject_id = told.id
    WHERE told.kind <> 'referral_item' AND clock.state = 'open' AND clock.code = ANY(%(shown)s)
"""
# No name is in any of them: those of the party class about the entry itself, the twins of its
# receipts, and the notice of the result.
_PAPERS: Final = """
    SELECT 'paper', told.kind, paper.role, paper.public_id::text, paper.number, paper.title,
        paper.issued_at, false, paper.issued_at, paper.id
    FROM told
    JOIN documents_document AS paper
        ON paper.subject_kind = told.kind AND paper.subject_id = told.id
    WHERE paper.state = 'FINAL' AND CASE WHEN told.own
        THEN paper.classification IN ('PARTY', 'PUBLIC')
            OR (paper.twin_of_id IS NOT NULL AND paper.role = ANY(%(twins)s))
        ELSE told.kind = 'matter' AND paper.role = 'STATUS_NOTICE'
            AND paper.classification IN ('PARTY', 'PUBLIC') END
"""
_LETTERS: Final = """
    SELECT 'letter', letter.direction, '', letter.id::text,
        (SELECT count(*) FROM complaints_evidence WHERE message_id = letter.id)::text, letter.body,
        letter.sent_at, letter.read_at IS NOT NULL, letter.sent_at, letter.id
    FROM complaints_message AS letter
    WHERE letter.{side}_id = %(pk)s
"""


class Told(NamedTuple):
    """One row of the statement; what `key`, `number`, `body` and `flag` hold depends on `what`.

    `flag` says of a step that it came late, of a letter that it was read; `body` of a step is the
    class of the sanction that it wrote. What became of a sanction is a step of the kind `sanction`,
    at noon of its day.
    """

    what: Literal["step", "clock", "paper", "letter"]
    kind: str
    code: str
    key: str
    number: str
    body: str
    at: datetime
    flag: bool


def told_of(entry: Report | Tip) -> dict[str, list[Told]]:
    """Return everything that the page tells of an entry, by `what`, oldest first."""
    return _grouped(entry, _STEPS, _SANCTIONS, _CLOCKS, _PAPERS, _letters(entry))


def papers_of(entry: Report | Tip) -> list[Told]:
    """Return the documents that this person may have, oldest first."""
    return _grouped(entry, _PAPERS)["paper"]


def _letters(entry: Report | Tip) -> str:
    return _LETTERS.format(side="report" if isinstance(entry, Report) else "tip")


def _grouped(entry: Report | Tip, *parts: str) -> dict[str, list[Told]]:
    ref = entry.ref()
    values: dict[str, Any] = {
        "kind": ref.kind,
        "pk": ref.id,
        "matter": entry.matter_id,
        "report": entry.pk if isinstance(entry, Report) else None,
        "shown": [str(code) for code in _SHOWN],
        "twins": [str(role) for role in _TWINS],
        "decrees": [str(action) for action in _DECREES],
        "zone": entry.office.tz.key,
    }
    found: dict[str, list[Told]] = {"step": [], "clock": [], "paper": [], "letter": []}
    with connection.cursor() as cursor:
        cursor.execute(f"{_TOLD}{' UNION ALL '.join(parts)} ORDER BY 9, 10", values)
        for row in cursor.fetchall():
            told = Told(*row[:8])
            found[told.what].append(told)
    return found
