"""Close a draft: its answers go, its evidence moves to the file."""

from datetime import datetime
from typing import Final

from django.db import connection

from complaints.models import Report
from complaints.services.case_rows import CaseRows
from neutrality.law.clock import Clock

# One round trip; the condition on the state lets one of two windows through. The draft is held by
# a statement of its own: what is being taken in at this moment is seen only by the next one.
_END: Final = """
    SELECT FROM complaints_draft WHERE id = %(draft)s FOR UPDATE;
    WITH ended AS (
        UPDATE complaints_draft
        SET state = 'SENT', answers = '', ended_at = %(now)s, changed_at = %(now)s
        WHERE id = %(draft)s AND state = 'OPEN'
        RETURNING id
    ), moved AS (
        UPDATE complaints_evidence
        SET draft_id = NULL, matter_id = %(matter)s, party_id = %(party)s,
            report_id = %(report)s, tip_id = %(tip)s
        WHERE draft_id IN (SELECT id FROM ended)
    ), cards AS (
        SELECT id, stored_as FROM complaints_evidence
        WHERE draft_id = %(draft)s AND is_identity AND stored_as <> ''
    ), owned AS (
        UPDATE vault_sealedblob SET identity_id = %(identity)s
        WHERE id IN (
            SELECT stored_as::bigint FROM cards
            UNION ALL
            SELECT copy.stored_as::bigint FROM complaints_derivative AS copy
            JOIN cards ON cards.id = copy.evidence_id AND copy.stored_as <> ''
        )
    )
    SELECT count(*) FROM ended
"""


class DraftEnded(Exception):
    """The draft was sent before, or it expired."""


def end_draft(*, draft_id: int, rows: CaseRows, clock: Clock) -> None:
    """Mark the draft as sent in the caller's transaction and move its evidence to the file.

    The picture of the identity card belongs to the reporter's identity from here on, and is erased
    with it.

    Called before the rows are written, so that the second of two windows waits here; the foreign
    keys to the file are checked when the transaction ends.

    Raises:
        DraftEnded: The draft is not open any more.
    """
    is_report = isinstance(rows.entry, Report)
    owner = rows.reporter.identity if rows.reporter else None
    values: dict[str, datetime | int | None] = {
        "now": clock.now,
        "draft": draft_id,
        "matter": rows.matter.pk,
        "party": rows.reporter.pk if rows.reporter else None,
        "identity": owner.pk if owner else None,
        "report": rows.entry.pk if is_report else None,
        "tip": None if is_report else rows.entry.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(_END, values)
        (ended,) = cursor.fetchone() or (0,)
    if not ended:
        raise DraftEnded(draft_id)
