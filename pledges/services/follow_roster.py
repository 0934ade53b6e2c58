"""After the roster changed: obligations follow those who moved, and end for those who left."""

from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef

from neutrality.audit.actor import Actor
from neutrality.casework.engine import apply
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock
from neutrality.organisations.validity import in_force
from neutrality.personnel.codes import Assignment, EndReason
from neutrality.personnel.models import Employment
from pledges.codes import ObligationState
from pledges.models import Obligation, Round
from pledges.services.follow_moves import follow_moves
from pledges.workflow.actions import ObligationAction
from pledges.workflow.obligation import OBLIGATION

_HELD: Final = (Assignment.MAIN, Assignment.SECONDED)


def follow_roster(*, agency_id: int, actor: Actor, clock: Clock) -> tuple[int, int]:
    """Bring the agency's running rounds up to its roster; return how many moved and how many left.

    Each round is one transaction for those who moved, each person who left is one step. Called
    again it finds nothing more to do.
    """
    rounds = Round.objects.filter(agency_id=agency_id, closed_at__isnull=True)
    moved = left = 0
    for place in rounds.select_related("office__region").order_by("pk"):
        day = clock.today_in(place.office.tz)
        if place.asks_individuals:
            moved += follow_moves(round_id=place.pk, day=day, actor=actor, clock=clock)
            left += _end_those_who_left(place, day, actor, clock)
    return moved, left


def _end_those_who_left(place: Round, day: date, actor: Actor, clock: Clock) -> int:
    ended = 0
    for duty_id, person_id in list(_left(place, day)):
        reason = _why(person_id, place.agency_id, day)
        try:
            apply(
                workflow=OBLIGATION,
                action=ObligationAction.END,
                subject_id=duty_id,
                actor=actor,
                clock=clock,
                context=StepContext(reason=reason),
            )
        except Refused:
            continue  # somebody was faster
        ended += 1
    return ended


def _left(place: Round, day: date) -> "list[tuple[int, int]]":
    here = Employment.objects.filter(
        in_force(day),
        person=OuterRef("person_id"),
        agency=place.agency_id,
        assignment__in=_HELD,
    )
    duties = Obligation.objects.filter(~Exists(here), round=place).exclude(
        state__in=(ObligationState.ENDED, ObligationState.LAPSED)
    )
    return list(duties.order_by("pk").values_list("pk", "person_id"))


def _why(person_id: int, agency_id: int, day: date) -> str:
    last = (
        Employment.objects.filter(person=person_id, agency=agency_id, valid_until__lte=day)
        .order_by("-valid_until", "-pk")
        .first()
    )
    code = last.end_reason if last else ""
    return str(EndReason(code).label if code else EndReason.OTHER.label)
