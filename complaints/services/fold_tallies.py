"""Fold the changes of public counts together; every reader sees exact sums before and after."""

from typing import Final

from django.db import connection, transaction

_FOLD: Final = """
    WITH fresh AS (
        DELETE FROM complaints_tally WHERE NOT folded
        RETURNING kind, office_id, contest_id, month, amount
    )
    INSERT INTO complaints_tally (kind, office_id, contest_id, month, amount, folded)
    SELECT kind, office_id, contest_id, month, sum(amount), true
    FROM fresh
    GROUP BY kind, office_id, contest_id, month
    ON CONFLICT (kind, office_id, contest_id, month) WHERE folded
    DO UPDATE SET amount = complaints_tally.amount + excluded.amount
"""
_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('complaints.fold_tallies'))"


@transaction.atomic(durable=True)
def fold_tallies() -> int:
    """Add the fresh rows to the folded ones in one statement; return how many sums changed.

    Writers never wait for it: they only insert. Two that fold at once go one after the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        cursor.execute(_FOLD)
        changed: int = cursor.rowcount
    return changed
