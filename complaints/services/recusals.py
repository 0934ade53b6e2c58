"""Members whom a declared relation keeps from an item stand aside without being asked."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from complaints import access
from complaints.models import AgendaItem, Attendance, PlenaryMeeting, Recusal, Vote
from neutrality.audit.actor import Actor
from neutrality.audit.record import Act, record_many
from neutrality.law.clock import Clock


def recuse_by_relation(
    *, meeting: PlenaryMeeting, items: Iterable[AgendaItem], actor: Actor, clock: Clock
) -> set[tuple[int, int]]:
    """Write who of those present stands aside on which of these items; return (member, item).

    Call it inside the transaction of the act that brings members and items together. A ballot
    given before the relation was declared goes. What the relation is stays untold.
    """
    found = list(items)
    present = Attendance.objects.filter(meeting=meeting).values_list("member_id", flat=True)
    pairs = access.conflicts_of(
        user_ids=list(present),
        matter_ids=[item.matter_id for item in found],
        day=clock.today_in(meeting.office.tz),
    )
    aside = [(member, item) for item in found for member in _of(pairs, item.matter_id)]
    known = set(Recusal.objects.filter(item__in=found).values_list("member_id", "item_id"))
    _write([row for row in aside if (row[0], row[1].pk) not in known], actor, clock)
    return {(member, item.pk) for member, item in aside}


def _of(pairs: Collection[tuple[int, int]], matter_id: int) -> list[int]:
    return sorted(member for member, matter in pairs if matter == matter_id)


def _write(fresh: list[tuple[int, AgendaItem]], actor: Actor, clock: Clock) -> None:
    reason = _("Ada hubungan yang dinyatakan dengan terlapor")
    for member, item in fresh:
        Vote.objects.filter(item=item, member_id=member).delete()
    Recusal.objects.bulk_create(
        Recusal(item=item, member_id=member, reason=reason, recorded_at=clock.now)
        for member, item in fresh
    )
    acts = [
        Act(
            what="plenary.recuse_by_relation",
            subject=item.matter.ref(),
            data={"item": item.pk, "member": member},
        )
        for member, item in fresh
    ]
    record_many(acts=acts, actor=actor, clock=clock)
