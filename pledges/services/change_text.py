"""A new text in a running round: what was signed stays, and everybody is asked again."""

from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from neutrality.audit.actor import SYSTEM, Actor
from neutrality.audit.record import record
from neutrality.casework.engine import apply_within
from neutrality.casework.models import Step
from neutrality.law.clock import Clock
from neutrality.law.codes import PledgeTextCode
from neutrality.notifications.services import Message, Recipient, enqueue_many
from pledges.codes import HAS_SIGNED, ObligationState, RoundChangeKind
from pledges.locks import have_round_alone
from pledges.models import Contact, Obligation, Round, RoundChange, Signature
from pledges.services.invite import invite_within
from pledges.services.text_versions import text_version
from pledges.workflow.actions import ObligationAction
from pledges.workflow.messages import MessageKind
from pledges.workflow.obligation import OBLIGATION
from pledges.workflow.refusals import PledgeRefusal, refuse
from pledges.workflow.table import OPEN

BATCH: Final = 100


@transaction.atomic(durable=True)
def change_text(
    *, round_id: int, code: PledgeTextCode, day: date, reason: str, actor: Actor, clock: Clock
) -> Round:
    """Let the round ask for the wording in force on `day`, once nobody is in the middle of signing.

    Whoever signed the text before owes the new one from now on; `ask_again_next` tells them. What
    was signed under a text that the round has again counts again; `count_again_next` sees to it.

    Raises:
        Refused: When the round is closed, or the text is the one it has.
        LawMissing: When the law has no such wording on that day.
    """
    have_round_alone(round_id=round_id)
    place = Round.objects.select_related("agency").select_for_update(of=("self",)).get(pk=round_id)
    if place.closed_at is not None:
        raise refuse(PledgeRefusal.ROUND_CLOSED)
    text = text_version(
        code=code, day=day, agency=place.agency, elections=place.elections.all(), clock=clock
    )
    if text.pk == place.text_id:
        raise refuse(PledgeRefusal.SAME_TEXT)
    RoundChange.objects.create(
        round=place,
        kind=RoundChangeKind.TEXT,
        changed_at=clock.now,
        changed_by_id=actor.user_id,
        reason=reason,
        closed_before=place.closes_at,
        closes_after=place.closes_at,
        text_before_id=place.text_id,
        text_after=text,
    )
    place.text = text
    place.save(update_fields=["text"])
    record(
        what="pledge_round.text_changed",
        subject=place.ref(),
        actor=actor,
        clock=clock,
        organisation=place.agency.ref(),
        data={"text_sha256": text.sha256},
    )
    return place


@transaction.atomic(durable=True)
def ask_again_next(*, round_id: int, clock: Clock, limit: int = BATCH) -> int:
    """Ask up to `limit` people again who signed an earlier text of the round; return how many.

    Who has an address is told that the text changed, and invited to the new one.
    """
    present = _present(Round.objects.get(pk=round_id))
    rows = Obligation.objects.filter(round_id=round_id, state__in=HAS_SIGNED)
    older = rows.filter(~Exists(present.filter(obligation=OuterRef("pk"))))
    locked = older.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    ids = list(locked.values_list("pk", flat=True)[:limit])
    for pk in ids:
        ask_again_within(obligation_id=pk, clock=clock)
    invite_within(obligation_ids=ids, actor=SYSTEM, clock=clock)
    return len(ids)


@transaction.atomic(durable=True)
def count_again_next(*, round_id: int, clock: Clock, limit: int = BATCH) -> int:
    """Let up to `limit` signatures count again whose text the round has again; return how many.

    Nobody signs one text twice. Who was verified by a person is verified once more.
    """
    present = _present(Round.objects.get(pk=round_id))
    rows = Obligation.objects.filter(round_id=round_id, state__in=OPEN)
    signed = rows.filter(Exists(present.filter(obligation=OuterRef("pk"))))
    locked = signed.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    ids = list(locked.values_list("pk", flat=True)[:limit])
    for pk in ids:
        count_again_within(obligation_id=pk, clock=clock)
    return len(ids)


@transaction.atomic(durable=True)
def tell_of_text(*, round_id: int, after: int, clock: Clock, limit: int = BATCH) -> int:
    """Tell up to `limit` people who were asked that the text is another, which they have not signed.

    Invited or refusing alike: the link that they have shows the new text, which they may sign.
    Whoever was asked again since the change knows of it by that.
    Return the last obligation that was dealt with; 0 when nobody is left. Nobody is told twice.
    """
    place = Round.objects.select_related("agency").get(pk=round_id)
    signed = _present(place).filter(obligation=OuterRef("pk"))
    changes = RoundChange.objects.filter(round_id=round_id, kind=RoundChangeKind.TEXT)
    asked_again = Step.objects.filter(
        subject_kind=OBLIGATION.subject_kind,
        subject_id=OuterRef("pk"),
        action=ObligationAction.ASK_AGAIN,
        recorded_at__gte=changes.order_by("-changed_at").values("changed_at")[:1],
    )
    rows = Obligation.objects.filter(
        ~Exists(signed),
        ~Exists(asked_again),
        round_id=round_id,
        state__in=(ObligationState.INVITED, ObligationState.REFUSED),
        pk__gt=after,
    )
    found = dict(rows.order_by("pk").values_list("person_id", "pk")[:limit])
    contacts = Contact.objects.filter(
        person__in=found, agency_id=place.agency_id, ended_at__isnull=True
    )
    messages = [
        Message(
            kind=MessageKind.PLEDGE_TEXT_NEW,
            recipient=Recipient(identity_id=identity_id),
            dedupe_key=f"pledge_text_new:{place.text_id}:{found[person_id]}",
            context={"agency": place.agency.name},
        )
        for person_id, identity_id in contacts.values_list("person_id", "identity_id")
    ]
    enqueue_many(messages=messages, clock=clock)
    return max(found.values(), default=0)


def ask_again_within(*, obligation_id: int, clock: Clock) -> None:
    """Let one person owe the round's present text, in the caller's transaction.

    Raises:
        Refused: When the person signed that text, or signed nothing.
    """
    apply_within(
        workflow=OBLIGATION,
        action=ObligationAction.ASK_AGAIN,
        subject_id=obligation_id,
        actor=SYSTEM,
        clock=clock,
    )


def count_again_within(*, obligation_id: int, clock: Clock) -> None:
    """Let one person's signature under the round's text count again, in the caller's transaction.

    Raises:
        Refused: When it counts, or there is none.
    """
    apply_within(
        workflow=OBLIGATION,
        action=ObligationAction.COUNT_AGAIN,
        subject_id=obligation_id,
        actor=SYSTEM,
        clock=clock,
    )


def _present(place: Round) -> QuerySet[Signature]:
    """The signatures that stand under the round's present text."""
    return Signature.objects.filter(
        round_id=place.pk, text_id=place.text_id, annulled_at__isnull=True
    )
