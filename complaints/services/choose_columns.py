"""Keep which columns a person wants in a list."""

from collections.abc import Collection

from django.db import transaction

from complaints.models import ListColumns
from complaints.selectors.queue_columns import COLUMNS
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def choose_columns(*, listing: str, keys: Collection[str], actor: Actor, clock: Clock) -> str:
    """Keep the columns of a list for the actor; none of them brings the usual ones back.

    Returns what is kept: known keys, in the order of the list.

    Raises:
        Refused: Nobody with an account, or no such list.
    """
    if actor.user_id is None or listing not in COLUMNS:
        raise refuse(RefusalCode.NOT_YOURS)
    kept = ",".join(column.key for column in COLUMNS[listing] if column.key in keys)
    mine = ListColumns.objects.filter(user_id=actor.user_id, listing=listing)
    if not kept:
        mine.delete()
        return ""
    ListColumns.objects.update_or_create(
        user_id=actor.user_id,
        listing=listing,
        defaults={"columns": kept, "chosen_at": clock.now},
    )
    return kept
