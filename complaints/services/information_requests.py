"""Requests for information of cases (UU 14/2008): received, answered within ten working days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from complaints.codes import InformationAnswer, PartyKind, Standing
from complaints.models import ClarificationSession, InformationRequest, Matter, Party
from complaints.papers.register_papers import information_answer
from complaints.services.register_rows import (
    CLERKS,
    DECIDERS,
    locked_office,
    note,
    period_of,
    register_number,
    rules_of,
)
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.documents.models import Classification, Document, DocumentState
from neutrality.documents.services import issue
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, PeriodCode
from neutrality.organisations.models import Office
from neutrality.vault.models import IdentityKind
from neutrality.vault.services import IdentityData, open_identity, seal_identity

NEVER_GIVEN: Final = (FormRole.ASSESSMENT, FormRole.INITIAL_REVIEW)
KINDS: Final = {
    Standing.REPORTER: (PartyKind.REPORTER, IdentityKind.REPORTER),
    Standing.RESPONDENT: (PartyKind.RESPONDENT, IdentityKind.RESPONDENT),
    Standing.WITNESS: (PartyKind.WITNESS, IdentityKind.WITNESS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestGiven:
    """Who asks, in which capacity, for what."""

    identity: IdentityData
    standing: Standing
    wanted: str
    received_at: datetime
    power_of_attorney: str = ""
    matter: Matter | None = None
    party: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven:
    """What the office decides, on which basis, and which documents it hands over."""

    answer: InformationAnswer
    basis: str
    reason: str
    documents: Sequence[Document] = ()


@transaction.atomic(durable=True)
def record_request(
    *, office: Office, given: RequestGiven, actor: Actor, clock: Clock
) -> InformationRequest:
    """Enter a request under the next number of the office's register; who asks, is sealed.

    Raises:
        Refused: Not of this office, a time that has not come, or a party of another case.
    """
    if given.received_at > clock.now:
        raise refuse(RefusalCode.IN_THE_FUTURE)
    if given.party and (given.matter is None or given.party.matter_id != given.matter.pk):
        raise Refused(refusals.NOT_A_PARTY)
    place = locked_office(office)
    period = period_of(
        code=PeriodCode.PUBLIC_INFORMATION,
        office=place,
        received_at=given.received_at,
        clock=clock,
    )
    kind = KINDS.get(given.standing, (None, IdentityKind.REPORTER))[1]
    row = InformationRequest.objects.create(
        office=place,
        office_path=place.path,
        matter=given.matter,
        party=given.party,
        number=_number(place, clock),
        identity=seal_identity(data=given.identity, kind=kind, clock=clock),
        standing=given.standing,
        power_of_attorney=given.power_of_attorney.strip(),
        wanted=given.wanted.strip(),
        received_at=given.received_at,
        recorded_by_id=actor.user_id,
        due_at=period.due_at,
        rule=period.rule,
    )
    note("information.receive", row.ref(), place, *CLERKS, actor=actor, clock=clock)
    return row


@transaction.atomic(durable=True)
def answer_request(
    *, request_id: int, given: AnswerGiven, actor: Actor, clock: Clock
) -> InformationRequest:
    """Decide a request and issue its letter; only what its standing allows is handed over.

    Raises:
        Refused: Not of this office, answered already, no basis or reason, or a document that this
            person may not have: the assessment and whatever names the reporter never leave so.
    """
    rows = InformationRequest.objects.select_for_update(of=("self",))
    row = rows.select_related("office__region", "matter").get(pk=request_id)
    note("information.answer", row.ref(), row.office, *DECIDERS, actor=actor, clock=clock)
    if row.answer:
        raise refuse(RefusalCode.ALREADY_DECIDED)
    _check(row, given)
    draft = information_answer(
        row, given.answer, (given.basis, given.reason), given.documents, rules_of(office=row.office, clock=clock), clock
    )  # fmt: skip
    row.answer, row.basis, row.reason = given.answer, given.basis.strip(), given.reason.strip()
    row.answered_at, row.answered_by_id = clock.now, actor.user_id
    row.letter = issue(draft=draft, actor=actor, clock=clock)
    row.save(update_fields=["answer", "basis", "reason", "answered_at", "answered_by", "letter"])
    row.given.set(given.documents)
    return row


def open_requester(
    *, request: InformationRequest, reason: str, actor: Actor, clock: Clock
) -> IdentityData:
    """Open who asked, with a reason and a trace.

    Raises:
        Refused: Not of this office.
        ReasonMissing, Erased: As the vault.
    """
    with transaction.atomic(durable=True):
        role = note(
            "information.open_requester",
            request.ref(),
            request.office,
            *CLERKS,
            actor=actor,
            clock=clock,
        )
        return open_identity(
            identity_id=request.identity_id,
            reason=reason,
            subject=request.ref(),
            actor=actor,
            clock=clock,
            role=role,
            organisation=request.office.ref(),
        )


def may_be_given(request: InformationRequest) -> QuerySet[Document]:
    """Return what may be handed over: the public papers, the own result and the own minutes.

    Respondents, reporters and witnesses get the notice of the result and the minutes of their own
    sessions; the assessment and everything of the identity class are never among them, nor what
    was told of somebody else's report.
    """
    rows = Document.objects.filter(matter_ref=request.matter_id or 0, state=DocumentState.FINAL)
    rows = rows.exclude(role__in=[str(role) for role in NEVER_GIVEN])
    rows = rows.exclude(classification=Classification.IDENTITY)
    allowed = Q(classification=Classification.PUBLIC)
    if request.party is not None:
        sessions = ClarificationSession.objects.filter(party=request.party, minutes__isnull=False)
        notices = Q(role=FormRole.STATUS_NOTICE, classification=Classification.PARTY)
        allowed |= notices & _addressed_to(request.party)
        allowed |= Q(pk__in=sessions.values("minutes"))
    return rows.filter(allowed).order_by("-issued_at", "-pk")


def _addressed_to(party: Party) -> Q:
    """Return the result of the case, and what a reporter was told of the own report or tip."""
    own = Q(subject_kind="matter", subject_id=party.matter_id)
    if party.kind != PartyKind.REPORTER:  # others know from which entry they came
        return own
    for kind, key in (("report", party.report_id), ("tip", party.tip_id)):
        own |= Q(subject_kind=kind, subject_id=key) if key else Q()
    return own


def _check(row: InformationRequest, given: AnswerGiven) -> None:
    if not given.basis.strip() or not given.reason.strip():
        raise refuse(RefusalCode.REASON_NEEDED)
    allowed = set(may_be_given(row).values_list("pk", flat=True))
    if not {document.pk for document in given.documents} <= allowed:
        raise Refused(refusals.NOT_TO_BE_GIVEN)
    if given.answer == InformationAnswer.REFUSED and given.documents:
        raise Refused(refusals.REFUSED_GIVES_NOTHING)


def _number(office: Office, clock: Clock) -> str:
    year = clock.today_in(office.tz).year
    before = InformationRequest.objects.filter(office=office, number__endswith=f"/{year}").count()
    return register_number(sequence=before + 1, kind="PI", office=office, clock=clock)
