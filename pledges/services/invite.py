"""Inviting: a personal link goes to the known address."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from neutrality.audit.actor import Actor
from neutrality.casework.engine import apply_within
from neutrality.law.clock import Clock
from neutrality.notifications.services import Message, Recipient, enqueue_many
from neutrality.ui.dates import say_instant
from pledges.codes import CodeKind, ObligationState
from pledges.models import Contact, Obligation, Round, SigningCode
from pledges.services.codes import link_row, new_link_token
from pledges.workflow.actions import ObligationAction
from pledges.workflow.messages import MessageKind
from pledges.workflow.obligation import OBLIGATION

BATCH = 100


@transaction.atomic(durable=True)
def invite(*, obligation_id: int, actor: Actor, clock: Clock) -> Obligation:
    """Move a person from DUE to INVITED and send the personal link.

    Raises:
        Refused: When the person cannot be invited now, or has no address.
    """
    return _invite(obligation_id, actor, clock)


def to_invite(*, round_id: int) -> QuerySet[Obligation]:
    """Return who of a round is due and has an address, so that an invitation would go out."""
    reachable = Contact.objects.filter(
        agency__pledge_rounds=round_id, ended_at__isnull=True
    ).values("person_id")
    return Obligation.objects.filter(
        round_id=round_id, state=ObligationState.DUE, person_id__in=reachable
    )


@transaction.atomic(durable=True)
def invite_next(*, round_id: int, actor: Actor, clock: Clock, limit: int = BATCH) -> int:
    """Invite up to `limit` more people of a round who have an address; return how many.

    Two that run at once take different people.

    Raises:
        Refused: When the round is closed, or these people are not the actor's to invite.
    """
    rows = to_invite(round_id=round_id)
    locked = rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    ids = list(locked.values_list("pk", flat=True)[:limit])
    for pk in ids:
        _invite(pk, actor, clock)
    return len(ids)


def invite_these(*, obligation_ids: Sequence[int], actor: Actor, clock: Clock) -> int:
    """Invite those of these who are due and have an address, a batch per transaction; say how many.

    Who cannot be invited, or is dealt with by somebody else at this moment, is left as they are.
    """
    batches = range(0, len(obligation_ids), BATCH)
    return sum(
        _invite_batch(obligation_ids[at : at + BATCH], actor=actor, clock=clock) for at in batches
    )


@transaction.atomic(durable=True)
def _invite_batch(obligation_ids: Sequence[int], *, actor: Actor, clock: Clock) -> int:
    return invite_within(obligation_ids=obligation_ids, actor=actor, clock=clock)


def invite_within(*, obligation_ids: Sequence[int], actor: Actor, clock: Clock) -> int:
    """Invite these as `invite_these` does, in the caller's transaction."""
    known = Contact.objects.filter(
        person_id=OuterRef("person_id"),
        agency_id=OuterRef("round__agency_id"),
        ended_at__isnull=True,
    )
    rows = Obligation.objects.filter(
        Exists(known),
        pk__in=obligation_ids,
        state=ObligationState.DUE,
        round__closed_at__isnull=True,
        round__opens_at__lte=clock.now,
    )
    locked = rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    ids = list(locked.values_list("pk", flat=True))
    for pk in ids:
        _invite(pk, actor, clock)
    return len(ids)


@transaction.atomic(durable=True)
def send_link_again(*, obligation_id: int, actor: Actor, clock: Clock) -> None:
    """Send a new personal link in place of the old one, which opens nothing any more."""
    obligation = OBLIGATION.adapter.lock(obligation_id)
    _send_link(obligation, actor, clock)


def _invite(obligation_id: int, actor: Actor, clock: Clock) -> Obligation:
    apply_within(
        workflow=OBLIGATION,
        action=ObligationAction.INVITE,
        subject_id=obligation_id,
        actor=actor,
        clock=clock,
    )
    joined = Obligation.objects.select_related("round__agency", "round__office")
    obligation = joined.get(pk=obligation_id)
    _send_link(obligation, actor, clock)
    return obligation


def _send_link(obligation: Obligation, actor: Actor, clock: Clock) -> None:
    token = new_link_token()
    known = SigningCode.objects.filter(
        obligation=obligation, kind=CodeKind.LINK, revoked_at__isnull=True
    )
    known.update(revoked_at=clock.now)
    link = link_row(obligation=obligation, token=token, user_id=actor.user_id, clock=clock)
    link.save(force_insert=True)
    contacts = Contact.objects.filter(
        person_id=obligation.person_id,
        agency_id=obligation.round.agency_id,
        ended_at__isnull=True,
    )
    messages = [
        Message(
            kind=MessageKind.PLEDGE_INVITATION,
            recipient=Recipient(identity_id=identity_id),
            dedupe_key=invitation_key(link.pk),
            context=_context(obligation.round, token),
        )
        for identity_id in contacts.values_list("identity_id", flat=True)
    ]
    enqueue_many(messages=messages, clock=clock)


def invitation_key(link_id: int) -> str:
    """Return the key of the message that carried a link; by it a bounced one is found."""
    return f"pledge_link:{link_id}"


def _context(place: Round, token: str) -> dict[str, str]:
    names = place.elections.order_by("polling_on").values_list("name", flat=True)
    path = reverse("pledges_public:start", args=[token])
    return {
        "agency": place.agency.name,
        "election": ", ".join(names)[:300],
        "link": f"{settings.SITE_URL.rstrip('/')}{path}",
        "due": say_instant(place.closes_at, place.office.tz),
    }
