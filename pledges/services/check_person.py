"""The one-time code: sent to the known address, typed back by the person."""

import hmac
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from neutrality.audit.actor import CITIZEN
from neutrality.audit.record import record
from neutrality.law.clock import Clock
from neutrality.notifications.services import Message, Recipient, enqueue_many
from neutrality.ui.dates import say_time
from pledges.codes import CodeKind
from pledges.models import Contact, Obligation, SigningCode
from pledges.services.codes import (
    CODES_PER_HOUR,
    ONE_TIME_LIFE,
    TRIES_PER_CODE,
    new_one_time_code,
    one_time_digest,
)
from pledges.workflow.messages import MessageKind
from pledges.workflow.refusals import PledgeRefusal, refuse


@transaction.atomic(durable=True)
def send_code(*, obligation_id: int, clock: Clock, link_id: int | None = None) -> SigningCode:
    """Send a one-time code to the known address; the ones before it are over.

    `link_id` is the personal link that was opened, if it was by one.

    Raises:
        Refused: When there is no address, or five codes were sent within the hour.
    """
    joined = Obligation.objects.select_related("round__office")
    obligation = joined.select_for_update(of=("self",)).get(pk=obligation_id)
    codes = SigningCode.objects.filter(obligation=obligation, kind=CodeKind.ONE_TIME)
    sent = codes.count()
    if codes.filter(issued_at__gt=clock.now - timedelta(hours=1)).count() >= CODES_PER_HOUR:
        raise refuse(PledgeRefusal.TOO_MANY_CODES)
    codes.filter(revoked_at__isnull=True).update(revoked_at=clock.now)
    if link_id is not None:
        SigningCode.objects.filter(pk=link_id, used_at__isnull=True).update(used_at=clock.now)
    return _issue(obligation, sent, clock)


def check_code(*, obligation_id: int, typed: str, clock: Clock) -> SigningCode:
    """Return the one-time code that was typed, used up; a wrong one counts.

    Raises:
        Refused: When the code is wrong, over, or was tried too often.
    """
    with transaction.atomic(durable=True):
        codes = SigningCode.objects.select_for_update(of=("self",)).filter(
            obligation_id=obligation_id, kind=CodeKind.ONE_TIME, revoked_at__isnull=True
        )
        code = codes.select_related("obligation").order_by("-issued_at", "-pk").first()
        if code is None or not _is_alive(code, clock):
            raise refuse(PledgeRefusal.TOO_MANY_TRIES)
        matches = _matches(code, code.obligation, typed)
        _count(code, clock, matches=matches)
    if not matches:
        raise refuse(PledgeRefusal.WRONG_CODE)
    return code


def _issue(obligation: Obligation, nonce: int, clock: Clock) -> SigningCode:
    plain = new_one_time_code()
    place = obligation.round
    code = SigningCode.objects.create(
        round_id=obligation.round_id,
        obligation=obligation,
        kind=CodeKind.ONE_TIME,
        digest=one_time_digest(obligation, nonce, plain),
        issued_at=clock.now,
        expires_at=clock.now + ONE_TIME_LIFE,
    )
    until = say_time(clock.now + ONE_TIME_LIFE, place.office.tz)
    identities = Contact.objects.filter(
        person_id=obligation.person_id, agency_id=place.agency_id, ended_at__isnull=True
    ).values_list("identity_id", flat=True)
    messages = [
        Message(
            kind=MessageKind.PLEDGE_CODE,
            recipient=Recipient(identity_id=identity_id),
            dedupe_key=f"pledge_code:{code.pk}",
            context={"code": plain, "expires": until},
        )
        for identity_id in identities
    ]
    if not messages:
        raise refuse(PledgeRefusal.NO_CONTACT)
    enqueue_many(messages=messages, clock=clock)
    return code


def _is_alive(code: SigningCode, clock: Clock) -> bool:
    in_time = code.expires_at is not None and clock.now < code.expires_at
    return in_time and code.used_at is None and code.wrong_tries < TRIES_PER_CODE


def _matches(code: SigningCode, obligation: Obligation, typed: str) -> bool:
    before = SigningCode.objects.filter(
        obligation=obligation, kind=CodeKind.ONE_TIME, pk__lt=code.pk
    )
    expected = one_time_digest(obligation, before.count(), typed)
    return hmac.compare_digest(bytes(code.digest), expected)


def _count(code: SigningCode, clock: Clock, *, matches: bool) -> None:
    row = SigningCode.objects.filter(pk=code.pk)
    if matches:
        row.update(used_at=clock.now)
        return
    row.update(wrong_tries=F("wrong_tries") + 1)
    record(
        what="pledge_code.wrong",
        subject=code.obligation.ref(),
        actor=CITIZEN,
        clock=clock,
        data={"code": code.pk},
    )
