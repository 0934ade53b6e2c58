"""Signing with a certificate (TTE): the sheet goes out, and comes back signed."""

import re
from typing import Final

from django.db import transaction

from neutrality.casework.engine import apply_within
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import Clock
from neutrality.vault.services import seal_blob
from pledges.codes import Assurance, SignatureKind, SigningChannel
from pledges.models import Obligation, PaperSheet, Signature
from pledges.names import is_same_name
from pledges.scanning import Unreadable, page_count, words_of
from pledges.services.codes import sheet_digest
from pledges.services.sign_pledge import signer_of
from pledges.tte import Certified, NotSigned, NotTrusted, NotWhole, examine
from pledges.workflow.actions import ObligationAction
from pledges.workflow.obligation import OBLIGATION
from pledges.workflow.refusals import PledgeRefusal, refuse

_CODE: Final = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@transaction.atomic(durable=True)
def sign_certified(*, obligation_id: int, pdf: bytes, clock: Clock) -> Signature:
    """Take the person's sheet, signed with the person's certificate; the file is sealed as it is.

    It counts from the moment it is handed in; when it was signed stands in the file, and is kept
    with the authority whose time stamp says so, if one does.

    Raises:
        Refused: When the signature does not hold, is another's, or the paper is not the one that
            was made for this person under this text.
    """
    obligation = OBLIGATION.adapter.lock(obligation_id)
    found = certified(pdf=pdf, clock=clock)
    if found.signed_at < obligation.round.opens_at:
        raise refuse(PledgeRefusal.TTE_OUT_OF_TIME)
    _check_person(obligation, found)
    _check_paper(obligation, pdf)
    blob = seal_blob(data=pdf, clock=clock)
    step = apply_within(
        workflow=OBLIGATION,
        action=ObligationAction.SIGN,
        subject_id=obligation_id,
        actor=signer_of(obligation),
        clock=clock,
        context=StepContext(
            data={
                "text_sha256": obligation.round.text.sha256,
                "kind": SignatureKind.TTE,
                "assurance": Assurance.TTE,
                "channel": SigningChannel.UPLOAD,
                "scan_id": blob.pk,
                "evidence_sha256": blob.sha256,
                "attested_at": found.signed_at,
                "attested_by": found.stamped_by,
            }
        ),
    )
    return Signature.objects.get(step=step)


def certified(*, pdf: bytes, clock: Clock) -> Certified:
    """Return what the last signature of a file says.

    Raises:
        Refused: When there is none, or it does not hold.
    """
    try:
        return examine(pdf=pdf, now=clock.now)
    except NotSigned as bare:
        raise refuse(PledgeRefusal.TTE_MISSING) from bare
    except NotWhole as broken:
        raise refuse(PledgeRefusal.TTE_BROKEN) from broken
    except NotTrusted as strange:
        raise refuse(PledgeRefusal.TTE_UNTRUSTED) from strange


def _check_person(obligation: Obligation, found: Certified) -> None:
    if not is_same_name(typed=found.name, recorded=obligation.person.name):
        raise refuse(PledgeRefusal.TTE_OTHER_PERSON)


def _check_paper(obligation: Obligation, pdf: bytes) -> None:
    """Compare by the words: some signing tools write the file anew, the text stays."""
    try:
        words = words_of(pdf) if page_count(pdf) == 1 else ""
    except Unreadable as broken:
        raise refuse(PledgeRefusal.TTE_BROKEN) from broken
    text = obligation.round.text
    digests = [sheet_digest(code) for code in _CODE.findall(words)]
    known = PaperSheet.objects.filter(
        round_id=obligation.round_id, obligation=obligation, text=text, digest__in=digests
    )
    packed = "".join(words.split())
    parts = (text.title, text.opening, *text.points, text.closing)
    if not known.exists() or not all("".join(part.split()) in packed for part in parts):
        raise refuse(PledgeRefusal.TTE_OTHER_PAPER)
