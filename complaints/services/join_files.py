"""Join two files that speak of one event, and split them again; every entry keeps what is its own.

What moves is everything that hangs on the file: entries with their numbers, people, events,
evidence, letters. Receipts, codes, states and clocks hang on the entries and are not touched.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from complaints.codes import CaseState, HandlingRole, ItemOutcome
from complaints.models import (
    AgendaItem,
    Assessment,
    Handling,
    Matter,
    MatterJoin,
    ReferralItem,
    Report,
    Tip,
)
from complaints.services.joined_rows import (
    entangled,
    move_back,
    move_in,
    registered_since,
    stays_registered_since,
)
from complaints.services.office_roles import REVIEWERS, note
from complaints.tallies import count_file_under
from complaints.workflow import refusals
from complaints.workflow.actions import CaseAction
from complaints.workflow.base import refresh_due
from complaints.workflow.case import CASE
from neutrality.audit.actor import Actor
from neutrality.audit.record import Act as Audited, SubjectRef, record_many
from neutrality.casework.engine import apply_within
from neutrality.casework.models import ClockState, LegalClock
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock

# Titles are kept in Indonesian, whoever joins.
COVER = "Berkas yang digabung"
TAKES_IN = frozenset(
    {CaseState.INTAKE, CaseState.REGISTERED, CaseState.CLARIFICATION, CaseState.ASSESSMENT}
)


@transaction.atomic(durable=True)
def join_files(
    *,
    matter_id: int,
    into_id: int,
    reason: str,
    actor: Actor,
    clock: Clock,
    expected_version: int | None = None,
) -> MatterJoin:
    """Take a file that is no case yet into another one of the same office.

    Its entries keep receipt, codes, confidentiality and clocks; it stays as an empty cover with
    its history, and can be split off again.

    Raises:
        Refused: Not of this office or tied to it, no reason, two offices or elections, a file that
            is a case, one that is past its assessment, or one in which something waits.
    """
    matter, into = _locked(matter_id, into_id)
    _ask(matter, into, actor, clock)
    _may_join(matter, into)
    words = reason.strip()
    apply_within(
        workflow=CASE,
        action=CaseAction.JOIN,
        subject_id=matter.pk,
        actor=actor,
        clock=clock,
        context=StepContext(
            reason=words, expected_version=expected_version, data={"into": into.pk}
        ),
    )
    rows, aliases = move_in(matter=matter, into=into)
    join = MatterJoin.objects.create(
        matter=matter,
        into=into,
        reason=words,
        title=matter.title,
        rows=rows,
        aliases=aliases,
        joined_at=clock.now,
        joined_by_id=actor.user_id,
    )
    # The cover has no respondents any more by whom a relation could keep it from somebody.
    cover = f"{COVER}, {matter.public_id}"
    Matter.objects.filter(pk=matter.pk).update(title=cover, due_at=None)
    if into.contest_id is None:
        count_file_under(into, matter.contest_id)
        Matter.objects.filter(pk=into.pk).update(contest=matter.contest)
    _sooner(into, matter.due_at)
    note("matter.take_in", into, *REVIEWERS, actor=actor, clock=clock, file=matter.pk)
    _record("joined_into", rows, into, actor, clock)
    return join


@transaction.atomic(durable=True)
def split_files(*, join_id: int, reason: str, actor: Actor, clock: Clock) -> MatterJoin:
    """Bring everything back that came with a file, and what has come to its entries since.

    If one of its reports was registered meanwhile, it becomes a case of its own, whose handling is
    counted from that registration.

    Raises:
        Refused: Not of this office or tied to it, no reason, split before, assessed, decided or
            referred together, or the case that stays was begun by what would go.
    """
    join = MatterJoin.objects.select_for_update().filter(pk=join_id).first()
    if join is None or join.split_at is not None:
        raise refuse(RefusalCode.ALREADY_DECIDED)
    matter, into = _locked(join.matter_id, join.into_id)
    _ask(into, into, actor, clock)
    if into.state not in TAKES_IN or entangled(join):
        raise Refused(refusals.JOINED_FOR_GOOD)
    if _loses_its_registration(join, into):
        raise Refused(refusals.SPLIT_TAKES_REGISTRATION)
    _follow_office(matter, into, clock)
    since = registered_since(join)
    Matter.objects.filter(pk=matter.pk).update(title=join.title)
    _take_out(matter, since, reason.strip(), actor, clock)
    moved = move_back(join=join)
    join.split_at, join.split_by_id = clock.now, actor.user_id
    join.split_reason = reason.strip()
    join.save(update_fields=["split_at", "split_by", "split_reason"])
    for row in (matter, into):
        refresh_due(row)
        _sooner(row, None)
    note("matter.give_out", into, *REVIEWERS, actor=actor, clock=clock, file=matter.pk)
    _record("split_into", moved, matter, actor, clock)
    return join


def _locked(*ids: int) -> tuple[Matter, Matter]:
    """Lock both files, always in one order, so that two people who join them both ways meet.

    What is decided and done in them comes before, as for whoever decides and does it.
    """
    for table in (AgendaItem, Report, Tip):
        held = table.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
        list(held.filter(matter__in=ids).values_list("pk"))
    rows = Matter.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    found = {row.pk: row for row in rows.select_related("office__region", "contest__election")}
    return found[ids[0]], found[ids[1]]


def _ask(matter: Matter, into: Matter, actor: Actor, clock: Clock) -> None:
    for row in (matter, into):
        if actor.role_at(REVIEWERS, row.office.ref()) is None:
            raise refuse(RefusalCode.NOT_YOURS)
        if CASE.adapter.excludes(row, actor, clock):
            raise refuse(RefusalCode.NOT_YOURS)


def _may_join(matter: Matter, into: Matter) -> None:
    if matter.pk == into.pk:
        raise Refused(refusals.NO_OTHER_FILE)
    if matter.office_id != into.office_id:
        raise Refused(refusals.JOIN_ELSEWHERE)
    if matter.state != CaseState.INTAKE:
        raise Refused(refusals.JOIN_IS_A_CASE)
    if into.state not in TAKES_IN:
        raise Refused(refusals.JOIN_TOO_LATE)
    elections = {row.contest.election_id for row in (matter, into) if row.contest}
    if len(elections) > 1:
        raise Refused(refusals.OTHER_ELECTION)
    if _is_busy(matter, into):
        raise Refused(refusals.JOIN_BUSY)


def _is_busy(matter: Matter, into: Matter) -> bool:
    """Whether something of the file itself waits, which belongs to no entry and cannot move.

    What a plenary is to decide about the file would otherwise be decided about the other one.
    """
    clocks = LegalClock.objects.filter(
        subject_kind="matter", subject_id=matter.pk, state=ClockState.OPEN
    )
    proposed = AgendaItem.objects.filter(
        matter=matter, report__isnull=True, tip__isnull=True, outcome=ItemOutcome.PENDING
    )
    delegated = Handling.objects.filter(
        matter__in=[matter, into], role=HandlingRole.DELEGATED, until_at__isnull=True
    )
    return (
        clocks.exists()
        or proposed.exists()
        or delegated.exists()
        or Assessment.objects.filter(matter=matter).exists()
        or ReferralItem.objects.filter(matter=matter).exists()
        or MatterJoin.objects.filter(into=matter, split_at__isnull=True).exists()
    )


def _loses_its_registration(join: MatterJoin, into: Matter) -> bool:
    """Whether the case began with an entry that goes back: its handling is counted from that one."""
    if into.registered_at is None:
        return False
    stays = stays_registered_since(join)
    return stays is None or stays > into.registered_at


def _take_out(
    matter: Matter, since: datetime | None, reason: str, actor: Actor, clock: Clock
) -> None:
    apply_within(
        workflow=CASE,
        action=CaseAction.SPLIT_CASE if since else CaseAction.SPLIT,
        subject_id=matter.pk,
        actor=actor,
        clock=clock,
        context=StepContext(reason=reason, data={"registered_at": since} if since else {}),
    )


def _follow_office(matter: Matter, into: Matter, clock: Clock) -> None:
    """The file may have gone to another office meanwhile; what comes out of it is there too."""
    if matter.office_id == into.office_id:
        return
    Handling.objects.filter(
        matter=matter, role=HandlingRole.RESPONSIBLE, until_at__isnull=True
    ).update(until_at=clock.now)
    Handling.objects.create(
        matter=matter, office=into.office, role=HandlingRole.RESPONSIBLE, from_at=clock.now
    )
    columns = {"office": into.office, "office_path": into.office_path}
    Matter.objects.filter(pk=matter.pk).update(**columns)


def _sooner(matter: Matter, other: datetime | None) -> None:
    """Keep the earliest end of a file that is no case: that of its entries, or of the other's."""
    row = Matter.objects.get(pk=matter.pk)
    if row.state != CaseState.INTAKE:
        return
    ends: Iterable[Any] = (
        other,
        row.due_at,
        *row.reports.values_list("due_at", flat=True),
        *row.tips.values_list("due_at", flat=True),
    )
    earliest = min((each for each in ends if each), default=None)
    Matter.objects.filter(pk=row.pk).update(due_at=earliest)


def _record(what: str, rows: dict[str, list[int]], to: Matter, actor: Actor, clock: Clock) -> None:
    """Write for each entry where it went."""
    entries = [(kind, pk) for kind in ("report", "tip") for pk in rows.get(kind, [])]
    acts = [
        Audited(what=f"{kind}.{what}", subject=SubjectRef(kind=kind, id=pk), data={"matter": to.pk})
        for kind, pk in entries
    ]
    role = actor.role_at(REVIEWERS, to.office.ref()) or ""
    record_many(acts=acts, actor=actor, clock=clock, role=role, organisation=to.office.ref())
