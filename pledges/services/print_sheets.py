"""Sheets of paper: a row for each printed page, so that its scan finds its person."""

from collections.abc import Iterable

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import Act, record_many
from neutrality.law.clock import Clock
from pledges.models import Obligation, PaperSheet, Round
from pledges.printing import Sheet
from pledges.services.codes import new_paper_code, sheet_digest


@transaction.atomic(durable=True)
def print_sheets(
    *, place: Round, obligations: Iterable[Obligation], actor: Actor, clock: Clock
) -> list[Sheet]:
    """Make a sheet under the round's text for each of these people; earlier ones stay good."""
    made = [Sheet(obligation=each, code=new_paper_code()) for each in obligations]
    PaperSheet.objects.bulk_create(
        PaperSheet(
            round=place,
            obligation=each.obligation,
            text_id=place.text_id,
            digest=sheet_digest(each.code),
            printed_at=clock.now,
            printed_by_id=actor.user_id,
        )
        for each in made
    )
    acts = [Act("pledge_sheet.printed", each.obligation.ref()) for each in made]
    record_many(acts=acts, actor=actor, clock=clock)
    return made
