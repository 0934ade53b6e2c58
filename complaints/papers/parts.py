"""The parts that several documents share: people, incident, evidence, letterhead, signatures."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from complaints.models import Allegation, Evidence, Incident, Party
from complaints.models.matter import Matter
from neutrality.audit.record import SubjectRef
from neutrality.documents.contents import (
    AllegationLine,
    Content,
    EvidenceLine,
    IncidentBlock,
    Letter,
    Person,
    ReceiptContent,
    ReportContent,
    RespondentLine,
    Signatory,
)
from neutrality.documents.drafts import DocumentDraft
from neutrality.documents.models import Classification
from neutrality.law.books import citizen_categories
from neutrality.law.codes import ActCode, CandidateStage, FormRole
from neutrality.law.labels import label
from neutrality.law.rulebook import Rulebook
from neutrality.organisations.models import Office
from neutrality.vault.services import IdentityData


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """Where a document belongs: office, subject, matter, and the number it bears."""

    office: Office
    subject: SubjectRef
    matter_id: int | None
    number: str
    identity_id: int | None = None


def paper(
    content: Content, *, role: FormRole, rulebook: Rulebook, kind: str, filed: Filed
) -> DocumentDraft:
    """Return the draft of a document on the form in force; sealed ones get a nameless twin."""
    form = rulebook.form(role)
    sealed = kind == Classification.IDENTITY
    return DocumentDraft(
        role=role,
        form_code=form.code,
        classification=Classification(kind),
        title=form.name,
        office=filed.office,
        subject=filed.subject,
        number=filed.number,
        content=content.as_content(),
        twin_content=_twin(content).as_content() if sealed else None,
        matter_ref=filed.matter_id,
        identity_id=filed.identity_id if sealed else None,
    )


def _twin(content: Content) -> Content:
    """Return the nameless twin: without the people, and without words by which one is known.

    Captions and the account are the reporter's own; a second person has not looked at them yet.
    """
    masked = content.masked()
    if isinstance(masked, ReportContent):
        account = _("Uraian pelapor hanya ada pada lembar yang disegel.")
        return replace(masked, account=account, evidence=_unworded(masked.evidence))
    if isinstance(masked, ReceiptContent):
        return replace(masked, handed_in=_unworded(masked.handed_in))
    return masked


def _unworded(lines: Iterable[EvidenceLine]) -> tuple[EvidenceLine, ...]:
    words = _("Bukti %(number)s")
    return tuple(
        replace(line, description=words % {"number": place})
        for place, line in enumerate(lines, start=1)
    )


def local(instant: datetime, office: Office) -> datetime:
    """Return the instant in the office's zone."""
    return instant.astimezone(ZoneInfo(office.time_zone))


def person(alias: str, data: IdentityData) -> Person:
    """Return a person of the vault as a document names them; twins show the alias."""
    return Person(
        label=alias,
        name=data.name,
        nik=data.nik,
        birth_place=data.birth_place,
        birth_on=data.birth_date,
        sex=data.sex,
        occupation=data.occupation,
        citizenship=data.citizenship,
        address=data.address,
        phone=data.phone,
        email=data.email,
    )


def nameless(alias: str) -> Person:
    """Return a person who is only a label, for documents below the identity class."""
    return Person(label=alias, name=alias)


def respondent_line(party: Party) -> RespondentLine:
    """Return a respondent as far as known."""
    unit = party.unit.name if party.unit_id and party.unit else party.unit_text
    agency = party.agency.name if party.agency_id and party.agency else party.agency_text
    return RespondentLine(
        name=party.name or party.description,
        unit=", ".join(filter(None, (unit, agency))),
    )


def respondent_lines(matter: Matter) -> tuple[RespondentLine, ...]:
    """Return the respondents of a matter in the order they were named; one query."""
    rows = matter.parties.filter(kind="RESPONDENT").select_related("unit", "agency").order_by("pk")
    return tuple(respondent_line(row) for row in rows)


def incident_words(row: Incident) -> str:
    """Return when it happened, as exactly as it is known."""
    days = f"{row.from_on:%d-%m-%Y}"
    if row.until_on:
        days = f"{days} s.d. {row.until_on:%d-%m-%Y}"
    time = f" {row.at_time:%H.%M}" if row.at_time else ""
    return f"{days}{time} ({row.get_precision_display()})"


def incident_place(row: Incident) -> str:
    """Return where it happened, or on which platform and account."""
    online = (row.platform, row.account_name, row.url) if row.online else ()
    region = row.region.name if row.region_id and row.region else ""
    return ", ".join(filter(None, (row.place, region, *online)))


def incident_block(matter: Matter, *, what: str, known: str = "") -> IncidentBlock:
    """Return the incidents of a matter as one block; one query."""
    return incidents_block(matter.incidents.all(), what=what, known=known)


def incidents_block(incidents: QuerySet[Incident], *, what: str, known: str = "") -> IncidentBlock:
    """Return these incidents as one block; one query."""
    rows = list(incidents.select_related("region").order_by("from_on", "pk"))
    return IncidentBlock(
        what=what,
        place="; ".join(incident_place(row) for row in rows),
        when="; ".join(incident_words(row) for row in rows),
        known=known,
    )


def evidence_lines(rows: Iterable[Evidence], office: Office) -> tuple[EvidenceLine, ...]:
    """Return the evidence as a numbered list with the hashes of the originals.

    Files keep the name that they arrived with to themselves: it often holds the sender's.
    """
    return tuple(
        EvidenceLine(
            number=str(place),
            description=row.caption or row.url or _("Bukti %(number)s") % {"number": place},
            kind=row.get_kind_display(),
            size=f"{row.size} B" if row.size else "",
            sha256=row.sha256,
            received=local(row.handed_in_at, office),
        )
        for place, row in enumerate(rows, start=1)
    )


def allegation_line(row: Allegation) -> AllegationLine:
    """Return one allegation in words; its incident must be loaded."""
    return AllegationLine(
        respondent=row.respondent.name or row.respondent.description,
        act=act_words(row),
        stage=str(label(CandidateStage(row.stage))) if row.stage else "",
        basis=row.violation_code,
    )


def act_words(row: Allegation) -> str:
    """Return the act as the office named it, or as the citizen did; its incident must be loaded."""
    if row.act:
        return str(label(ActCode(row.act)))
    told = {each.code: each.label for each in citizen_categories(day=row.incident.from_on)}
    return str(told.get(row.category, row.category))


def letter(office: Office, *, to: tuple[str, ...], about: str, on: date) -> Letter:
    """Return the head of a letter from this office."""
    return Letter(place=office_place(office), dated_on=on, addressee=to, subject=about)


def office_place(office: Office) -> str:
    """Return the place that stands before the date."""
    return office.region.name if office.region_id and office.region else "Jakarta"


def for_office(office: Office) -> tuple[Signatory, ...]:
    """Return the office's signature block; the name is filled in by hand or by the TTE."""
    return (Signatory(caption=_("Atas nama pengawas pemilihan"), position=office.name),)
