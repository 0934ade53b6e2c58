"""The answers of unsent reports, moved with the vault's keys."""

from django.db import transaction
from django.db.models import QuerySet

from complaints.codes import DraftState
from complaints.models import Draft
from complaints.services.drafts import reseal
from neutrality.vault.keys import master_keys


class Drafts:
    """The drafts for `rotate_keys`; an ended one has no answers any more."""

    @transaction.atomic
    def move(self, *, limit: int) -> int:
        """Seal the answers of some drafts under the current master key."""
        batch = list(_on_old_keys().select_for_update(of=("self",)).order_by("pk")[:limit])
        for row in batch:
            reseal(row)
        Draft.objects.bulk_update(batch, ["answers", "key_id"])
        return len(batch)

    def left(self) -> int:
        """How many open drafts are not under the current master key."""
        return _on_old_keys().count()


def _on_old_keys() -> QuerySet[Draft]:
    return Draft.objects.filter(state=DraftState.OPEN).exclude(key_id=master_keys().current)
