"""Pause online filing for an office and those below it, with a sentence; and open it again."""

from datetime import datetime
from functools import partial

from django.db import transaction

from complaints.models import FilingPause
from complaints.selectors.pauses import renew_pauses
from complaints.services.plenary_rows import ask_for_role
from complaints.services.register_rows import locked_office
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office


@transaction.atomic(durable=True)
def pause_filing(
    *,
    office: Office,
    sentence: str,
    sentence_en: str,
    ends_at: datetime | None,
    actor: Actor,
    clock: Clock,
) -> FilingPause:
    """Pause online filing from now on; one that was set before gives way.

    At the national office it holds everywhere. Reports that were begun before may still be sent,
    and counter, telephone and letter stay open.

    Raises:
        Refused: Not the supervisor of this office.
    """
    role = ask_for_role(Role.SUPERVISOR, actor=actor, office=office)
    _lift(office, actor, clock)
    pause = FilingPause.objects.create(
        office=office,
        sentence=sentence,
        sentence_en=sentence_en,
        starts_at=clock.now,
        ends_at=ends_at,
        set_at=clock.now,
        set_by_id=actor.user_id,
    )
    _record("filing.paused", pause, office, role, actor=actor, clock=clock)
    return pause


@transaction.atomic(durable=True)
def lift_pause(*, office: Office, actor: Actor, clock: Clock) -> bool:
    """Open online filing again; whether it was paused.

    Raises:
        Refused: Not the supervisor of this office.
    """
    role = ask_for_role(Role.SUPERVISOR, actor=actor, office=office)
    lifted = _lift(office, actor, clock)
    if lifted is not None:
        _record("filing.resumed", lifted, office, role, actor=actor, clock=clock)
    return lifted is not None


def _lift(office: Office, actor: Actor, clock: Clock) -> FilingPause | None:
    locked_office(office)  # two who pause it at once do so one after the other
    pause = FilingPause.objects.filter(office=office, lifted_at__isnull=True).first()
    if pause is not None:
        FilingPause.objects.filter(pk=pause.pk).update(
            lifted_at=clock.now, lifted_by_id=actor.user_id
        )
    transaction.on_commit(partial(renew_pauses, clock=clock))
    return pause


def _record(
    what: str, pause: FilingPause, office: Office, role: str, *, actor: Actor, clock: Clock
) -> None:
    record(
        what=what,
        subject=SubjectRef("filing_pause", pause.pk),
        actor=actor,
        clock=clock,
        role=role,
        organisation=office.ref(),
        data={"office": office.pk},
    )
