"""Printed personal codes, for people without a phone: made together, used once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import F

from neutrality.audit.actor import CITIZEN, Actor
from neutrality.audit.record import Act, record, record_many
from neutrality.law.clock import Clock
from pledges.codes import CodeKind
from pledges.models import Obligation, SigningCode
from pledges.selectors.windows import has_number
from pledges.services.codes import new_paper_code, printed_digest
from pledges.workflow.refusals import PledgeRefusal, refuse

TRIES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCode:
    """A code in clear, for one printing."""

    obligation: Obligation
    code: str

    def __repr__(self) -> str:
        """Keep the code out of tracebacks."""
        return "PrintedCode(…)"


@transaction.atomic(durable=True)
def print_codes(
    *, obligations: Iterable[Obligation], actor: Actor, clock: Clock
) -> list[PrintedCode]:
    """Make a code for each of these people; one printed before opens nothing any more."""
    made = [PrintedCode(obligation=each, code=new_paper_code()) for each in obligations]
    ids = [each.obligation.pk for each in made]
    _hold(ids)
    before = SigningCode.objects.filter(
        obligation__in=ids, kind=CodeKind.PRINTED, revoked_at__isnull=True
    )
    before.update(revoked_at=clock.now)
    SigningCode.objects.bulk_create(
        SigningCode(
            round_id=each.obligation.round_id,
            obligation=each.obligation,
            kind=CodeKind.PRINTED,
            digest=printed_digest(each.code),
            issued_at=clock.now,
            issued_by_id=actor.user_id,
        )
        for each in made
    )
    acts = [Act("pledge_code.printed", each.obligation.ref()) for each in made]
    record_many(acts=acts, actor=actor, clock=clock)
    return made


def _hold(obligation_ids: Iterable[int]) -> None:
    """Let who prints for the same people at this moment wait, in one order for everybody."""
    rows = Obligation.objects.filter(pk__in=obligation_ids).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))


def check_printed(*, code: str, number: str, day: date, clock: Clock) -> SigningCode:
    """Return the printed code in use that belongs to this number.

    Whoever finds a strip still needs the number of its owner; five wrong numbers end the code.

    Raises:
        Refused: When the code is none, was used or ended, or the number is another's.
    """
    with transaction.atomic(durable=True):
        rows = SigningCode.objects.select_for_update(of=("self",)).select_related("obligation")
        found = rows.filter(
            kind=CodeKind.PRINTED,
            digest=printed_digest(code),
            used_at__isnull=True,
            revoked_at__isnull=True,
        ).first()
        if found is None:
            raise refuse(PledgeRefusal.WRONG_CODE)
        if found.wrong_tries >= TRIES:
            raise refuse(PledgeRefusal.TOO_MANY_TRIES)
        fits = has_number(owed=found.obligation, number=number, day=day)
        if not fits:
            _count(found, clock)
    if not fits:
        raise refuse(PledgeRefusal.WRONG_CODE)
    return found


def _count(found: SigningCode, clock: Clock) -> None:
    SigningCode.objects.filter(pk=found.pk).update(wrong_tries=F("wrong_tries") + 1)
    record(
        what="pledge_code.wrong",
        subject=found.obligation.ref(),
        actor=CITIZEN,
        clock=clock,
        data={"code": found.pk},
    )
