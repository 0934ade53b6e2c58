"""Opening a round: everybody on the roster of the day owes a signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.elections.models import Election
from neutrality.law.clock import Clock
from neutrality.law.codes import PledgeTextCode, SubjectKind
from neutrality.organisations.models import Agency, Office
from neutrality.organisations.selectors import office_for_region
from pledges.codes import RoundKind
from pledges.locks import agency_to_add_to
from pledges.models import Round
from pledges.services.text_versions import text_version
from pledges.workflow.refusals import AlreadyThere, PledgeRefusal, refuse

SIGNERS: Final = (SubjectKind.PNS, SubjectKind.PPPK)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """What an officer decides about a round.

    Attributes:
        agency_id: Whose people.
        election_ids: One or more elections that the pledge is for.
        kind: Individuals, representatives or both.
        text: Which wording of the law.
        snapshot_on: The day whose roster counts.
        closes_at: Until when, aware.
        with_non_asn: Whether staff who are no civil servants sign too.
        circular_number: The circular (surat edaran) that orders it; empty when there is none.
        circular_on: Its date.
    """

    agency_id: int
    election_ids: Sequence[int]
    kind: RoundKind
    text: PledgeTextCode
    snapshot_on: date
    closes_at: datetime
    with_non_asn: bool = False
    circular_number: str = ""
    circular_on: date | None = None


@transaction.atomic(durable=True)
def open_round(*, plan: RoundPlan, actor: Actor, clock: Clock) -> Round:
    """Write the round and, unless only representatives sign, all its obligations at once.

    Each person is asked once, in the own position before one held for others.

    Raises:
        AlreadyThere: When the same round runs: nobody is asked twice for one thing.
        Refused: When nobody is on the roster of that day.
        LawMissing: When the law has no such wording on that day.
    """
    agency = agency_to_add_to(agency_id=plan.agency_id)
    elections = list(Election.objects.filter(pk__in=plan.election_ids))
    same = _same_round(plan)
    if same is not None:
        raise AlreadyThere(PledgeRefusal.ROUND_THERE, same.public_id)
    opened = _new_round(plan, agency, elections, actor, clock)
    opened.elections.set(elections)
    asked = _ask_everybody(opened, plan) if opened.asks_individuals else 0
    if opened.asks_individuals and not asked:
        raise refuse(PledgeRefusal.EMPTY_ROSTER)
    record(
        what="pledge_round.opened",
        subject=opened.ref(),
        actor=actor,
        clock=clock,
        organisation=agency.ref(),
        data={"people": asked, "kind": str(opened.kind), "text_sha256": opened.text.sha256},
    )
    return opened


def ask_who_joined(*, place: Round, day: date) -> list[int]:
    """Ask everybody on the roster of `day` whom the round has not asked; return their obligations.

    In the caller's transaction, which holds the round open.
    """
    roster = _roster_of(place.agency_id, day, with_non_asn=place.with_non_asn)
    with connection.cursor() as cursor:
        cursor.execute(_JOIN, {**roster, "round": place.pk, "due": place.closes_at})
        return [pk for (pk,) in cursor.fetchall()]


def kinds_asked(*, with_non_asn: bool) -> list[str]:
    """Return the kinds of staff that a round asks."""
    kinds = (*SIGNERS, SubjectKind.NON_ASN) if with_non_asn else SIGNERS
    return [str(kind) for kind in kinds]


def watching_office(*, agency: Agency, day: date) -> Office:
    """Return the supervisory office of the agency's region; the national one without a region.

    Raises:
        NoOffice: When there is none on that day.
    """
    return office_for_region(region_code=agency.region.code if agency.region else "", day=day)


def people_on_roster(*, agency_id: int, day: date, with_non_asn: bool) -> int:
    """Return how many would be asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM ({_ROSTER}) roster",  # noqa: S608  a constant
            _roster_of(agency_id, day, with_non_asn=with_non_asn),
        )
        return int(cursor.fetchone()[0])


def _same_round(plan: RoundPlan) -> Round | None:
    """The running round that asks the same people for the same thing until the same day."""
    running = Round.objects.filter(
        agency_id=plan.agency_id,
        closed_at=None,
        kind=plan.kind,
        text__wording__code=plan.text,
        snapshot_on=plan.snapshot_on,
        with_non_asn=plan.with_non_asn,
        closes_at=plan.closes_at,
    ).annotate(of=ArrayAgg("elections", order_by="elections"))
    return running.filter(of=sorted(plan.election_ids)).first()


def _new_round(
    plan: RoundPlan, agency: Agency, elections: list[Election], actor: Actor, clock: Clock
) -> Round:
    return Round.objects.create(
        agency=agency,
        office=watching_office(agency=agency, day=plan.snapshot_on),
        kind=plan.kind,
        text=text_version(
            code=plan.text,
            day=plan.snapshot_on,
            agency=agency,
            elections=elections,
            clock=clock,
        ),
        snapshot_on=plan.snapshot_on,
        with_non_asn=plan.with_non_asn,
        opens_at=clock.now,
        closes_at=plan.closes_at,
        opened_by_id=actor.user_id,
        circular_number=plan.circular_number,
        circular_on=plan.circular_on if plan.circular_number else None,
    )


# One row per person: the own position before a secondment, the latest before an earlier one. Who
# only acts for another at this agency is asked where the own position is.
_ROSTER: Final = """
    SELECT DISTINCT ON (person_id) id, person_id, unit_id
    FROM personnel_employment
    WHERE agency_id = %(agency)s AND valid_from <= %(day)s
      AND (valid_until IS NULL OR valid_until > %(day)s)
      AND assignment IN ('MAIN', 'SECONDED') AND kind = ANY(%(kinds)s)
    ORDER BY person_id, assignment, valid_from DESC, id
"""
_INSERT: Final = f"""
    INSERT INTO pledges_obligation
        (public_id, round_id, person_id, employment_id, unit_at_snapshot_id, unit_now_id, state,
         version, due_at)
    SELECT uuidv7(), %(round)s, person_id, id, unit_id, unit_id, 'DUE', 0, %(due)s
    FROM ({_ROSTER}) roster
"""  # noqa: S608  constants
_JOIN: Final = f"""
    {_INSERT} WHERE NOT EXISTS (
        SELECT FROM pledges_obligation known
        WHERE known.round_id = %(round)s AND known.person_id = roster.person_id)
    ON CONFLICT DO NOTHING RETURNING id
"""


# A million new rows are proved and counted in memory rather than from disk.
_ROOM: Final = "SET LOCAL work_mem = '160MB'"


def _ask_everybody(opened: Round, plan: RoundPlan) -> int:
    roster = _roster_of(plan.agency_id, plan.snapshot_on, with_non_asn=plan.with_non_asn)
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute(_INSERT, {**roster, "round": opened.pk, "due": opened.closes_at})
        return int(cursor.rowcount)


def _roster_of(
    agency_id: int, day: date, *, with_non_asn: bool
) -> dict[str, int | date | list[str]]:
    return {"agency": agency_id, "day": day, "kinds": kinds_asked(with_non_asn=with_non_asn)}
