"""Where people work now: moves carry the obligation."""

from datetime import date
from typing import Final

from django.db import connection, transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.law.clock import Clock
from pledges.locks import round_to_change

_MOVE: Final = """
    UPDATE pledges_obligation owed SET unit_now_id = post.unit_id
    FROM (
        SELECT DISTINCT ON (person_id) person_id, unit_id
        FROM personnel_employment
        WHERE agency_id = %(agency)s AND valid_from <= %(day)s
          AND (valid_until IS NULL OR valid_until > %(day)s)
          AND assignment IN ('MAIN', 'SECONDED')
        ORDER BY person_id, assignment, valid_from DESC, id
    ) post
    WHERE owed.round_id = %(round)s AND owed.person_id = post.person_id
      AND owed.unit_now_id IS DISTINCT FROM post.unit_id
"""


@transaction.atomic(durable=True)
def follow_moves(*, round_id: int, day: date, actor: Actor, clock: Clock) -> int:
    """Set the present unit of everybody in the round by the roster of `day`; return how many moved.

    The unit at the snapshot stays.
    """
    place = round_to_change(round_id=round_id)
    with connection.cursor() as cursor:
        values: dict[str, int | date] = {
            "agency": place.agency_id,
            "day": day,
            "round": round_id,
        }
        cursor.execute(_MOVE, values)
        moved = int(cursor.rowcount)
    if moved:
        record(
            what="pledge_round.moves_followed",
            subject=place.ref(),
            actor=actor,
            clock=clock,
            organisation=place.agency.ref(),
            data={"people": moved},
        )
    return moved
