"""Ask the office to erase or correct one's own data; it answers within the time of the law."""

from django.db import transaction

from complaints.codes import DataRequestKind
from complaints.models import DataRequest, Party, Report, Tip
from complaints.services.lodge import regime_of
from complaints.services.secret_words import refuse_secret_code
from complaints.services.write_message import side_of
from complaints.workflow.base import calendar_of
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.law.books import rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.law.periods import PeriodRule, due


@transaction.atomic(durable=True)
def ask_about_data(
    *,
    mailbox: Report | Tip | Party,
    kind: DataRequestKind,
    words: str,
    actor: Actor,
    clock: Clock,
) -> DataRequest:
    """Write the request with the time by which it is answered (UU 27/2022).

    Raises:
        HoldsSecretCode: The words hold a secret code that is in use.
    """
    refuse_secret_code(words)
    matter = mailbox.matter
    rule = answer_rule(mailbox=mailbox, clock=clock)
    calendar = calendar_of(matter.office, matter.contest)
    request = DataRequest.objects.create(
        **side_of(mailbox),
        matter=matter,
        kind=kind,
        words=words,
        asked_at=clock.now,
        due_at=due(rule, clock.now, calendar).due_at,
    )
    record(
        what="data_request.asked",
        subject=matter.ref(),
        actor=actor,
        clock=clock,
        data={"request": request.pk, "kind": str(kind)},
    )
    return request


def answer_rule(*, mailbox: Report | Tip | Party, clock: Clock) -> PeriodRule:
    """Return by which rule such a request is answered."""
    matter = mailbox.matter
    rules = rulebook_at(regime=regime_of(matter.contest), day=clock.today_in(matter.office.tz))
    return rules.period(PeriodCode.DATA_REQUEST)
