"""Word the reporter's account for an audience: one person writes, a second releases or declines.

The account itself is in the reporter's own words, by which a colleague is known; it never leaves.
"""

from typing import Final

from django.db import IntegrityError, transaction

from complaints.codes import Audience
from complaints.models import AccountWording, Report, Tip
from complaints.services import evidence_refusals as refusals
from complaints.services.prepare_derivative import OUTSIDE, PREPARERS
from complaints.services.release_derivative import RELEASERS, colleague_check
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock

LONGEST: Final = 6000


@transaction.atomic(durable=True)
def word_account(
    *, entry: Report | Tip, audience: Audience, words: str, actor: Actor, clock: Clock
) -> AccountWording:
    """Write what an audience may read of an entry's account; it waits for a second person.

    Raises:
        Refused: not theirs, nothing written, for nobody outside, or one for this audience waits
            or was released already.
    """
    role = _role(entry, PREPARERS, actor)
    if not words.strip() or audience not in OUTSIDE:
        raise Refused(refusals.ACCOUNT_WORDS_NEEDED)
    try:
        with transaction.atomic():
            wording = AccountWording.objects.create(
                matter_id=entry.matter_id,
                report=entry if isinstance(entry, Report) else None,
                tip=entry if isinstance(entry, Tip) else None,
                audience=audience,
                words=words.strip()[:LONGEST],
                made_at=clock.now,
                made_by_id=actor.user_id,
            )
    except IntegrityError:
        raise Refused(refusals.WORDED_BEFORE) from None
    _note("account.word", wording, entry, role, actor, clock)
    return wording


@transaction.atomic(durable=True)
def release_wording(
    *, wording_id: int, actor: Actor, clock: Clock, colleague_checked: bool = False
) -> AccountWording:
    """Let these words leave the house for their audience.

    Raises:
        Refused: not theirs, decided before, asked by the person who wrote them, or a colleague
            told of it and nobody looked for what only colleagues could know.
    """
    wording, entry, role = _asked(wording_id, actor)
    more = colleague_check(matter=entry.matter, checked=colleague_checked)
    wording.released_at, wording.released_by_id = clock.now, actor.user_id
    wording.save(update_fields=["released_at", "released_by"])
    _note("account.release", wording, entry, role, actor, clock, **more)
    return wording


@transaction.atomic(durable=True)
def decline_wording(*, wording_id: int, reason: str, actor: Actor, clock: Clock) -> AccountWording:
    """Decline these words with a reason; they can be written anew.

    Raises:
        Refused: as `release_wording`, or the reason is missing.
    """
    wording, entry, role = _asked(wording_id, actor)
    if not reason.strip():
        raise Refused(refusals.DECLINE_REASON_NEEDED)
    wording.declined_at, wording.declined_by_id = clock.now, actor.user_id
    wording.decline_reason = reason.strip()[:300]
    wording.save(update_fields=["declined_at", "declined_by", "decline_reason"])
    _note("account.decline", wording, entry, role, actor, clock)
    return wording


def _asked(wording_id: int, actor: Actor) -> tuple[AccountWording, Report | Tip, str]:
    rows = AccountWording.objects.select_for_update(of=("self",))
    wording = rows.select_related("report__office", "tip__office").get(pk=wording_id)
    entry = wording.report or wording.tip
    if entry is None:
        raise refuse(RefusalCode.NOT_YOURS)
    role = _role(entry, RELEASERS, actor)
    if wording.released_at or wording.declined_at:
        raise Refused(refusals.DECIDED_BEFORE)
    if wording.made_by_id == actor.user_id:
        raise Refused(refusals.SECOND_PERSON_NEEDED)
    return wording, entry, role


def _role(entry: Report | Tip, roles: tuple[str, ...], actor: Actor) -> str:
    role = actor.role_at(roles, entry.office.ref())
    if role is None:
        raise refuse(RefusalCode.NOT_YOURS)
    return role


def _note(
    what: str,
    wording: AccountWording,
    entry: Report | Tip,
    role: str,
    actor: Actor,
    clock: Clock,
    **more: str,
) -> None:
    record(
        what=what,
        subject=entry.matter.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=entry.office.ref(),
        after=wording.audience,
        data={"wording": wording.pk, **more},
    )
