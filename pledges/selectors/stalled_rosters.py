"""Imports of rosters that stand still: a worker was killed, or its nudge was lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from neutrality.law.clock import Clock
from neutrality.personnel.codes import ImportState as S
from neutrality.personnel.models import RosterImport
from neutrality.personnel.roster.fields import ADDRESSES
from neutrality.personnel.roster.figures import Figures

# Longer than any task may run; whoever works on an import holds its row meanwhile.
STILL: Final = timedelta(minutes=15)
_LOOKED_FOR: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Stalled:
    """An import, where it stands, and in whose name it goes on."""

    import_id: int
    state: S
    user_id: int | None


@transaction.atomic
def stalled_rosters(*, clock: Clock) -> list[Stalled]:
    """Return what nobody works on: to be read, compared or applied, or owed its addresses."""
    return [
        Stalled(row.pk, S(row.state), row.confirmed_by_id or row.uploaded_by_id)
        for row in _unfinished(clock)
        if row.state in {S.READING, S.CHECKING, S.APPLYING} or owes_addresses(row)
    ]


def owes_addresses(place: RosterImport) -> bool:
    """Whether its addresses are still to be counted, or once it was applied to be taken."""
    if not any(field in place.columns for field in ADDRESSES):
        return False
    known = Figures.of(place).addresses
    return "set" not in known if place.state == S.APPLIED else not known


def _unfinished(clock: Clock) -> Iterator[RosterImport]:
    before, after = clock.now - STILL, clock.now - _LOOKED_FOR
    rows: QuerySet[RosterImport] = RosterImport.objects.filter(
        Q(state__in=(S.READING, S.CHECKING), uploaded_at__lt=before)
        | Q(state=S.APPLYING, confirmed_at__lt=before)
        | Q(state=S.CHECKED, checked_at__lt=before, checked_at__gt=after)
        | Q(state=S.APPLIED, ended_at__lt=before, ended_at__gt=after)
    )
    held = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
    return held.order_by("pk").iterator()
