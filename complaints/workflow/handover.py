"""A file moves to another office: one handling ends, the next begins, nothing is re-dated."""

from typing import Any

from complaints.codes import HandlingRole
from complaints.models import Handling, Matter
from neutrality.casework.workflow import Act
from neutrality.organisations.models import Office


def target_office(act: Act) -> dict[str, Any]:
    """Return the columns of an entry that goes to the office named in the act."""
    office = Office.objects.select_related("region").get(pk=act.data["office"])
    return {"office": office, "office_path": office.path, "assignee": None}


def hand_over(matter_id: int, office: Office, act: Act) -> None:
    """End the responsible handling of one office and open that of the next."""
    Handling.objects.filter(
        matter_id=matter_id, role=HandlingRole.RESPONSIBLE, until_at__isnull=True
    ).update(until_at=act.clock.now, reason=act.reason)
    Handling.objects.create(
        matter_id=matter_id,
        office=office,
        role=HandlingRole.RESPONSIBLE,
        from_at=act.clock.now,
        reason=act.reason,
    )
    Matter.objects.filter(pk=matter_id).update(
        office=office, office_path=office.path, assignee=None
    )
