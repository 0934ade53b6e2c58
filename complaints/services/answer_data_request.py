"""Answer a request about personal data: erase what the law allows, correct, or say why not."""

from dataclasses import dataclass, field

from django.db import transaction

from complaints.codes import CaseState, DataAnswer
from complaints.models import DataRequest, Matter, Party, Report, Tip
from complaints.services.doors import door_of
from complaints.services.office_roles import REVIEWERS, note
from complaints.services.own_identity import reporter_of
from complaints.services.plenary_rows import ask_for_role
from complaints.services.recipients import recipients_of
from complaints.workflow import refusals
from complaints.workflow.guards import ENDED_REPORTS, ENDED_TIPS, has_undecided_entry
from complaints.workflow.messages import MessageKind
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.notifications.contacts import forget_contacts
from neutrality.notifications.services import Message, enqueue_many
from neutrality.vault.services import Erased, change_identity, erase_identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is done, in words for the person; `correction` names fields of the identity."""

    kind: DataAnswer
    words: str
    correction: dict[str, str] = field(default_factory=dict, repr=False)


@transaction.atomic(durable=True)
def answer_data_request(
    *, request_id: int, answer: Answer, actor: Actor, clock: Clock
) -> DataRequest:
    """Answer once, and do what the answer says in the same transaction.

    Erasing the whole identity waits for the end of the file: until then the law needs it
    (UU 27/2022 art. 15, 43-44). Addresses are erased at any time.

    Raises:
        Refused: Not of this office, answered before, still needed, or there is no identity.
    """
    rows = DataRequest.objects.select_for_update(of=("self",))
    request = rows.select_related("matter__office", "report", "tip", "party").get(pk=request_id)
    if request.answered_at is not None:
        raise Refused(refusals.DATA_ANSWERED)
    ask_for_role(*REVIEWERS, actor=actor, office=request.matter.office)
    holder = request.report or request.tip or request.party or _nobody()
    party = reporter_of(holder)
    _carry_out(request, party, answer, actor, clock)
    request.answer, request.answer_words = answer.kind, answer.words
    request.answered_at, request.answered_by_id = clock.now, actor.user_id
    request.save(update_fields=["answer", "answer_words", "answered_at", "answered_by"])
    note(
        "data_request.answered",
        request.matter,
        *REVIEWERS,
        actor=actor,
        clock=clock,
        request=request.pk,
        answer=str(answer.kind),
    )
    _tell(request, holder, party, clock)
    return request


def may_erase(matter: Matter) -> bool:
    """Whether the law lets identities of this file go: all of it has ended and nothing holds it."""
    if matter.legal_hold:
        return False
    if matter.state == CaseState.CLOSED:
        return not has_undecided_entry(matter)
    open_reports = matter.reports.exclude(state__in=ENDED_REPORTS)
    open_tips = matter.tips.exclude(state__in=ENDED_TIPS)
    return matter.state == CaseState.INTAKE and not (open_reports.exists() or open_tips.exists())


def _carry_out(
    request: DataRequest, party: Party | None, answer: Answer, actor: Actor, clock: Clock
) -> None:
    if answer.kind == DataAnswer.REFUSED:
        return
    if party is None or party.identity_id is None:
        raise Refused(refusals.NO_SEALED_IDENTITY)
    if answer.kind == DataAnswer.ERASED:
        _erase(request, party, actor, clock)
        return
    erased = {"email": "", "phone": ""}
    change = erased if answer.kind == DataAnswer.CONTACTS_ERASED else answer.correction
    try:
        change_identity(
            identity_id=party.identity_id,
            change=change,
            subject=request.matter.ref(),
            actor=actor,
            clock=clock,
        )
    except Erased:
        raise Refused(refusals.NO_SEALED_IDENTITY) from None
    if answer.kind == DataAnswer.CONTACTS_ERASED:
        forget_contacts(identity_ids=[party.identity_id])


def _erase(request: DataRequest, party: Party, actor: Actor, clock: Clock) -> None:
    if not may_erase(request.matter):
        raise Refused(refusals.DATA_STILL_NEEDED)
    attorneys = party.representations.values_list("identity_id", flat=True)
    everyone = [party.identity_id or 0, *attorneys]
    for identity_id in everyone:
        try:
            erase_identity(
                identity_id=identity_id,
                reason=request.words,
                subject=request.matter.ref(),
                actor=actor,
                clock=clock,
                organisation=request.matter.office.ref(),
            )
        except Erased:
            continue
    forget_contacts(identity_ids=everyone)


def _tell(
    request: DataRequest, holder: Report | Tip | Party, party: Party | None, clock: Clock
) -> None:
    if party is None:
        return
    kind = MessageKind.DATA_ANSWERED
    own = Party.objects.filter(pk=party.pk)
    messages = [
        Message(
            kind=kind,
            recipient=recipient,
            dedupe_key=f"data_request:{request.pk}:{place}",
            context={"office": request.matter.office.name, "link": door_of(holder)},
            language="id" if isinstance(holder, Party) else holder.language,
        )
        for place, recipient in enumerate(recipients_of(parties=own, kind=kind))
    ]
    if messages:
        enqueue_many(messages=messages, clock=clock)


def _nobody() -> Party:
    raise ValueError("A request belongs to one mailbox; the database sees to it.")
