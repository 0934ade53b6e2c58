"""What a day changes: who joined is asked, who moved is followed, who left owes no more.

An exemption that was granted until a day is over the day after.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _, override

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.engine import apply
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock
from neutrality.organisations.validity import in_force
from neutrality.personnel.codes import Assignment, EndReason
from neutrality.personnel.models import Employment
from pledges.codes import CodeKind, ObligationState
from pledges.locks import round_to_change
from pledges.models import Exemption, Obligation, Round, SigningCode
from pledges.services.change_text import ask_again_next, count_again_next
from pledges.services.follow_moves import follow_moves
from pledges.services.invite import invite_these
from pledges.services.open_round import ask_who_joined, kinds_asked
from pledges.workflow.actions import ObligationAction
from pledges.workflow.obligation import OBLIGATION

_HELD: Final = (Assignment.MAIN, Assignment.SECONDED)
# Who is here again, and was let go by the roster, or came to the present position after leaving.
# What an officer ended for another reason stays ended: a new grade or title begins a post too, and
# brings nobody back. Only posts of the kinds that the round asks count.
_BACK: Final = """
    SELECT owed.id FROM pledges_obligation owed
    JOIN LATERAL (
        SELECT actor_kind, occurred_at FROM casework_step
        WHERE subject_kind = 'obligation' AND subject_id = owed.id AND action = 'END'
        ORDER BY sequence DESC LIMIT 1
    ) ended ON true
    WHERE owed.round_id = %(round)s AND owed.state = 'ENDED' AND EXISTS (
        SELECT FROM personnel_employment post
        WHERE post.person_id = owed.person_id AND post.agency_id = %(agency)s
          AND post.assignment IN ('MAIN', 'SECONDED') AND post.valid_from <= %(day)s
          AND (post.valid_until IS NULL OR post.valid_until > %(day)s)
          AND post.kind = ANY(%(kinds)s)
          AND (ended.actor_kind = 'system'
            OR post.valid_from > (ended.occurred_at AT TIME ZONE %(zone)s)::date
              AND NOT EXISTS (
                SELECT FROM personnel_employment former
                WHERE former.person_id = post.person_id AND former.agency_id = post.agency_id
                  AND former.assignment IN ('MAIN', 'SECONDED')
                  AND former.valid_until = post.valid_from AND former.end_reason = 'MOVED')))
    ORDER BY owed.id
"""


@dataclass(frozen=True, slots=True)
class Followed:
    """How many joined, came back, moved, left and are exempt no more, over all rounds."""

    joined: int = 0
    back: int = 0
    moved: int = 0
    left: int = 0
    owing_again: int = 0

    def __add__(self, other: "Followed") -> "Followed":
        """Return the sums."""
        return Followed(
            self.joined + other.joined,
            self.back + other.back,
            self.moved + other.moved,
            self.left + other.left,
            self.owing_again + other.owing_again,
        )


def follow_roster(*, agency_id: int, actor: Actor, clock: Clock) -> Followed:
    """Bring the agency's running rounds up to the roster of today.

    Who joined since the round was opened is asked by its rules, and invited at once where the round
    has begun to invite and an address is known. Each round is one transaction for those who joined
    and one for those who moved, each person who left or came back is one step. Called again it
    finds nothing more to do.
    """
    rounds = Round.objects.filter(agency_id=agency_id, closed_at__isnull=True)
    open_rounds = rounds.select_related("agency", "office__region").order_by("pk")
    found = (_follow(place, actor, clock) for place in open_rounds if place.asks_individuals)
    return sum(found, Followed())


def agencies_to_follow() -> list[int]:
    """Return the agencies in which a round is open."""
    rounds = Round.objects.filter(closed_at__isnull=True).order_by("agency_id")
    return list(rounds.values_list("agency_id", flat=True).distinct())


def _follow(place: Round, actor: Actor, clock: Clock) -> Followed:
    day = clock.today_in(place.office.tz)
    joined = _ask_who_joined(place, day, actor, clock)
    _invite(place, joined, actor, clock)  # now: a worker killed later finds nobody who joined
    back = _resume_those_back(place, day, actor, clock)
    moved = follow_moves(round_id=place.pk, day=day, actor=actor, clock=clock)
    left = _end_those_who_left(place, day, actor, clock)
    owing_again = _lift_what_is_over(place, day, actor, clock)
    _invite(place, owing_again, actor, clock)
    return Followed(len(joined), back, moved, left, len(owing_again))


def _invite(place: Round, asked: list[int], actor: Actor, clock: Clock) -> None:
    """Invite these where the round has begun to invite."""
    if asked and SigningCode.objects.filter(round=place, kind=CodeKind.LINK).exists():
        invite_these(obligation_ids=asked, actor=actor, clock=clock)


@transaction.atomic(durable=True)
def _ask_who_joined(place: Round, day: date, actor: Actor, clock: Clock) -> list[int]:
    held = round_to_change(round_id=place.pk)
    joined = ask_who_joined(place=held, day=day) if held.closed_at is None else []
    if joined:
        record(
            what="pledge_round.people_joined",
            subject=held.ref(),
            actor=actor,
            clock=clock,
            organisation=held.agency.ref(),
            data={"people": len(joined)},
        )
    return joined


def _resume_those_back(place: Round, day: date, actor: Actor, clock: Clock) -> int:
    """Let the duty of who came back go on where it ended; a text that changed is asked for anew."""
    values: dict[str, int | str | date | list[str]] = {
        "round": place.pk,
        "agency": place.agency_id,
        "day": day,
        "zone": place.office.time_zone,
        "kinds": kinds_asked(with_non_asn=place.with_non_asn),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BACK, values)
        ids = [pk for (pk,) in cursor.fetchall()]
    with override("id"):
        reason = _("Kembali tercatat pada instansi")
    back = sum(_step(pk, ObligationAction.RESUME, reason, actor, clock) for pk in ids)
    while back and (
        count_again_next(round_id=place.pk, clock=clock)
        or ask_again_next(round_id=place.pk, clock=clock)
    ):
        pass
    return back


def _end_those_who_left(place: Round, day: date, actor: Actor, clock: Clock) -> int:
    return sum(
        _step(duty_id, ObligationAction.END, _why(person_id, place.agency_id, day), actor, clock)
        for duty_id, person_id in _left(place, day)
    )


def _lift_what_is_over(place: Round, day: date, actor: Actor, clock: Clock) -> list[int]:
    """Let those owe again whose exemption was granted until a day that has passed."""
    granted = Exemption.objects.filter(obligation=OuterRef("pk"), granted=True)
    until = granted.order_by("-decided_at", "-pk").values("until_on")[:1]
    exempt = Obligation.objects.filter(round=place, state=ObligationState.EXEMPT)
    over = exempt.annotate(until=Subquery(until)).filter(until__lt=day).order_by("pk")
    with override("id"):
        reason = _("Masa pengecualian berakhir")
    action = ObligationAction.LIFT_EXEMPTION
    ids = list(over.values_list("pk", flat=True))
    return [pk for pk in ids if _step(pk, action, reason, actor, clock)]


def _step(duty_id: int, action: ObligationAction, reason: str, actor: Actor, clock: Clock) -> bool:
    """Take one step; return whether nobody was faster."""
    try:
        apply(
            workflow=OBLIGATION,
            action=action,
            subject_id=duty_id,
            actor=actor,
            clock=clock,
            context=StepContext(reason=reason),
        )
    except Refused:
        return False
    return True


def _left(place: Round, day: date) -> "list[tuple[int, int]]":
    here = Employment.objects.filter(
        in_force(day),
        person=OuterRef("person_id"),
        agency=place.agency_id,
        assignment__in=_HELD,
        kind__in=kinds_asked(with_non_asn=place.with_non_asn),
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
