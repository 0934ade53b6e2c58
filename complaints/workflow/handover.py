"""A file moves to another office as a whole: nothing is re-dated, the former office keeps its acts."""

from typing import Any, Final

from django.db.models import QuerySet

from complaints.codes import HandlingRole, ItemOutcome, PartyKind
from complaints.models import (
    AgendaItem,
    Assessment,
    ClarificationSession,
    Handling,
    Matter,
    Party,
    ReferralItem,
    Report,
    Tip,
    Vote,
)
from complaints.workflow.messages import MessageKind
from neutrality.audit.record import Act as Audited, record_many
from neutrality.casework.clocks import hand_over_clocks
from neutrality.casework.workflow import Act
from neutrality.notifications.services import Message, Recipient, enqueue_many
from neutrality.organisations.models import Office

Carried = Report | Tip | ReferralItem
CARRIED: Final[tuple[type[Carried], ...]] = (Report, Tip, ReferralItem)


def target_office(act: Act) -> dict[str, Any]:
    """Return the columns of an entry that goes to the office named in the act."""
    office = Office.objects.select_related("region").get(pk=act.data["office"])
    return {"office": office, "office_path": office.path, "assignee": None}


def hand_over(matter_id: int, office: Office, act: Act) -> None:
    """Move the file with everything that still runs in it; the former office keeps what it did.

    Every report, tip and referral item goes along, each with its own clocks; decisions that no
    plenary has taken yet wait for the new office's. Decided items, letters and numbers stay where
    they were made. A ratification stays with the office whose coordinator decided.
    """
    _change_hands(matter_id, office, act)
    Matter.objects.filter(pk=matter_id).update(
        office=office, office_path=office.path, assignee=None
    )
    for table in (ClarificationSession, Assessment):
        table.objects.filter(matter_id=matter_id).update(office_path=office.path)
    matter = Matter.objects.get(pk=matter_id)
    hand_over_clocks(subject=matter.ref(), organisation=office.ref())
    along = [row for table in CARRIED for row in _left_behind(table, matter_id, office)]
    for row in along:
        _carry(row, office)
    _carry_agenda(matter_id, office, act)
    _record(along, office, act)
    _tell(along, office, act)


def _change_hands(matter_id: int, office: Office, act: Act) -> None:
    """End every open part of the former office and its delegates; open that of the next."""
    Handling.objects.filter(
        matter_id=matter_id,
        role__in=[HandlingRole.RESPONSIBLE, HandlingRole.DELEGATED],
        until_at__isnull=True,
    ).update(until_at=act.clock.now, reason=act.reason)
    Handling.objects.create(
        matter_id=matter_id,
        office=office,
        role=HandlingRole.RESPONSIBLE,
        from_at=act.clock.now,
        reason=act.reason,
    )


def _left_behind(table: type[Carried], matter_id: int, office: Office) -> QuerySet[Any]:
    rows = table._base_manager.filter(matter_id=matter_id)  # noqa: SLF001  every row
    return rows.exclude(office=office).order_by("pk")


def _carry(row: Carried, office: Office) -> None:
    columns: dict[str, Any] = {"office": office, "office_path": office.path}
    if not isinstance(row, ReferralItem):
        columns["assignee"] = None
    type(row)._base_manager.filter(pk=row.pk).update(**columns)  # noqa: SLF001  every row
    hand_over_clocks(subject=row.ref(), organisation=office.ref())


def _carry_agenda(matter_id: int, office: Office, act: Act) -> None:
    """Let what nobody has decided wait for the new office's plenary, which votes anew."""
    waiting = AgendaItem.objects.filter(matter_id=matter_id, outcome=ItemOutcome.PENDING)
    moved = waiting.exclude(pk=act.data.get("agenda_item", 0)).exclude(office=office)
    held = [item.pk for item in moved.select_for_update(of=("self",)).order_by("pk")]
    Vote.objects.filter(item__in=held).delete()
    AgendaItem.objects.filter(pk__in=held).update(
        office=office, office_path=office.path, meeting=None, position=0
    )


def _record(along: list[Any], office: Office, act: Act) -> None:
    acts = [
        Audited(what=f"{row.ref().kind}.moved_with_its_file", subject=row.ref(), data=_to(office))
        for row in along
    ]
    record_many(
        acts=acts,
        actor=act.actor,
        clock=act.clock,
        role=act.role,
        organisation=act.organisation,
    )


def _to(office: Office) -> dict[str, str | int]:
    return {"office": office.pk}


def _tell(along: list[Any], office: Office, act: Act) -> None:
    """Tell the reporters whose entry went along where it is now; the step tells its own."""
    moved = [row for row in along if not isinstance(row, ReferralItem)]
    messages = [
        Message(
            kind=MessageKind.REPORT_TRANSFERRED,
            recipient=Recipient(identity_id=identity),
            dedupe_key=f"{row.ref().kind}:{row.pk}:moved:{act.clock.now.isoformat()}:{identity}",
            context={"office": office.name},
            language=row.language,
        )
        for row in moved
        for identity in _reporters(row)
    ]
    if messages:
        enqueue_many(messages=messages, clock=act.clock)


def _reporters(row: Report | Tip) -> list[int]:
    side = "report" if isinstance(row, Report) else "tip"
    rows = Party.objects.filter(**{side: row}, kind=PartyKind.REPORTER, identity__isnull=False)
    return [pk for pk in rows.order_by("pk").values_list("identity_id", flat=True) if pk]
