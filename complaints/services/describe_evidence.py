"""Say what a piece of evidence is and what it shows, before the report is sent."""

from django.db import transaction

from complaints.models import Evidence
from complaints.services.evidence_intake import room_left


@transaction.atomic(durable=True)
def describe_evidence(*, draft_id: int, public_id: str, caption: str, shows: str) -> bool:
    """Write caption and meaning of a piece of an unsent report; whether there was such a piece.

    Raises:
        DraftGone: The report was sent meanwhile; what is in a file is not changed.
    """
    room_left(draft_id=draft_id)
    rows = Evidence.objects.filter(draft_id=draft_id, public_id=public_id, is_identity=False)
    return bool(rows.update(caption=caption.strip(), shows=shows.strip()))
