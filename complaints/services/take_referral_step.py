"""Take a step of a referral item, with the file of the letter that it is recorded from."""

from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction

from complaints.models import ReferralItem
from complaints.services.add_external_number import NumberGiven, add_number_within
from complaints.workflow.actions import ReferralAction
from complaints.workflow.referral import REFERRAL
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.casework.engine import apply_within
from neutrality.casework.models import Step
from neutrality.casework.workflow import SourceDocument, StepContext
from neutrality.documents.codes import new_code
from neutrality.documents.filing import file_bytes
from neutrality.documents.models import Classification, Document, DocumentState, SignatureKind
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole

_DECREES: Final = frozenset({ReferralAction.SANCTION, ReferralAction.RECORD_SANCTION})
_RECOMMENDATIONS: Final = frozenset({ReferralAction.RECOMMEND, ReferralAction.RECORD_RECOMMEND})


@dataclass(frozen=True, slots=True)
class Letter:
    """The scan or file of another authority's letter: a PDF with the number and date it bears."""

    pdf: bytes
    source: SourceDocument


@transaction.atomic(durable=True)
def take_referral_step(
    *,
    item_id: int,
    action: str,
    context: StepContext,
    actor: Actor,
    clock: Clock,
    letter: Letter | None = None,
    number: NumberGiven | None = None,
) -> Step:
    """Apply one transition of a referral item; a letter handed in with it becomes its source.

    `number` is the one by which the authority's own system knows the item from now on.

    Raises:
        Refused: As `casework.engine.apply` and `add_external_number`; then nothing is kept.
    """
    if letter is not None:
        item = REFERRAL.adapter.lock(item_id)
        document = _file(item, action, letter, actor, clock)
        context = replace(context, source=replace(letter.source, document_id=document.pk))
    step = apply_within(
        workflow=REFERRAL,
        action=action,
        subject_id=item_id,
        actor=actor,
        clock=clock,
        context=context,
    )
    if number is not None:
        item = REFERRAL.adapter.lock(item_id)
        add_number_within(item=item, given=number, actor=actor, clock=clock)
    return step


def _file(item: ReferralItem, action: str, letter: Letter, actor: Actor, clock: Clock) -> Document:
    ref = item.ref()
    document = Document(
        role=_role(action),
        classification=Classification.CASE,
        state=DocumentState.FINAL,
        number=letter.source.number,
        title=REFERRAL.get(action).label,
        office_id=item.office_id,
        subject_kind=ref.kind,
        subject_id=ref.id,
        matter_ref=item.matter_id,
        verify_code=new_code(),
        signature_kind=SignatureKind.WET_SCAN,
        issued_at=clock.now,
        issued_by=actor.label,
        issued_by_user=actor.user_id,
    )
    file_bytes(document=document, pdf=letter.pdf, identity_id=None, clock=clock)
    document.save(force_insert=True)
    record(
        what="document.letter_filed",
        subject=SubjectRef("document", document.pk),
        actor=actor,
        clock=clock,
        after="FINAL",
        data={"role": str(document.role), "sha256": document.sha256, "item": item.pk},
    )
    return document


def _role(action: str) -> FormRole:
    if action in _DECREES:
        return FormRole.SANCTION_DECREE
    return FormRole.RECOMMENDATION if action in _RECOMMENDATIONS else FormRole.STATUS_NOTICE
