"""The certificate of a signature: what it says, and whose paper it is."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from neutrality.documents.contents import CertificateContent, Person
from neutrality.documents.drafts import DocumentDraft, official
from neutrality.documents.models import Classification
from neutrality.law.codes import FormRole
from neutrality.law.rulebook import FormCode
from neutrality.personnel.codes import NumberKind
from neutrality.personnel.models import PersonNumber
from neutrality.ui.prepared import Prepared
from pledges.codes import Assurance, SignatureKind
from pledges.models import Obligation


@official
def certificate_draft(
    *,
    obligation: Obligation,
    signed_at: datetime,
    kind: SignatureKind,
    assurance: Assurance,
    stamped_by: str,
    form_name: Callable[[FormRole], FormCode],
) -> DocumentDraft:
    """Return the draft of the holder's certificate, on the agency's letterhead.

    The number stands in it masked, as everywhere. `stamped_by` is the authority whose time stamp a
    certified file bears; the certificate of a file without one says so.
    """
    form, text, place = form_name(FormRole.CERTIFICATE), obligation.round.text, obligation.round
    content = CertificateContent(
        signer=Person(label="Penanda tangan", name=obligation.person.name, confidential=False),
        number=_masked_number(obligation, signed_at),
        position=obligation.employment.position_title,
        unit=obligation.unit_now.name if obligation.unit_now else place.agency.name,
        election=_elections(obligation),
        text_title=text.title,
        text_sha256=text.sha256,
        points=tuple(text.points),
        signed_at=signed_at.astimezone(place.office.tz),
        kind=str(kind.label),
        assurance=_assurance(assurance, stamped_by),
    )
    return DocumentDraft(
        role=FormRole.CERTIFICATE,
        form_code=form.code,
        classification=Classification.PARTY,
        title=form.name,
        office=place.office,
        agency=place.agency,
        subject=obligation.ref(),
        number="",
        content=content.as_content(),
    )


def _assurance(assurance: Assurance, stamped_by: str) -> str:
    words = str(assurance.label)
    if assurance != Assurance.TTE:
        return words
    if stamped_by:
        return f"{words}; waktu pada berkas dijamin stempel waktu {stamped_by}"
    return f"{words}; waktu pada berkas hanya menurut penanda tangan, tanpa stempel waktu"


def _elections(obligation: Obligation) -> str:
    """Return the names of the round's elections, those read with the lock if they were."""
    known: str | None = getattr(obligation, "election_names", None)
    if known is not None:
        return known
    rows = obligation.round.elections.order_by("polling_on")
    return ", ".join(rows.values_list("name", flat=True))


def _masked_number(obligation: Obligation, moment: datetime) -> str:
    return next(iter(_NUMBERS(person=obligation.person_id, day=moment.date())), "")


def _numbers(person: int, day: date) -> QuerySet[PersonNumber, str]:
    rows = PersonNumber.objects.on(day).filter(person_id=person).exclude(kind=NumberKind.NIK)
    return rows.order_by("kind", "pk").values_list("shown", flat=True)[:1]


_NUMBERS: Final = Prepared(_numbers)
