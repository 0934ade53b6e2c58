"""What each official document says, as types: the interface for whoever issues one.

A content is frozen and complete; `as_content()` gives the JSON that is stored and rendered.
Dates are local dates; instants are aware and in the zone of the office. `masked()` gives the
case-class twin: people with `confidential=True` become their label ("Pelapor", "Saksi 1"), and
their full name, NIK, address, telephone and e-mail become that label in every other text too.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, ClassVar, Final, Self

from neutrality.documents.wording import Json, moment, short_date
from neutrality.law.codes import FormRole

# The parts from which documents are composed.


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person named in a document. `label` is what a twin shows: Pelapor, Saksi 1."""

    label: str
    name: str
    nik: str = ""
    birth_place: str = ""
    birth_on: date | None = None
    sex: str = ""
    occupation: str = ""
    citizenship: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    confidential: bool = True

    def secrets(self) -> Iterator[str]:
        """Give the texts that may not stand in a twin, in any place."""
        yield from filter(None, (self.name, self.nik, self.address, self.phone, self.email))

    def reduced_to_label(self) -> "Person":
        """Return the person as a twin shows it."""
        return Person(label=self.label, name=self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class RespondentLine:
    """A respondent (terlapor), as far as known; the number is shown masked or left out."""

    name: str
    number: str = ""
    position: str = ""
    unit: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """One piece of evidence. `sha256` is the hash of the original on arrival."""

    number: str
    description: str
    kind: str = ""
    size: str = ""
    sha256: str = ""
    source: str = ""
    received: datetime | None = None
    derived_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """A signature block: caption (Penerima Laporan), name, position, note."""

    caption: str
    name: str = ""
    position: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What every letter has: place and date, addressee lines, subject, attachments, copies."""

    place: str
    dated_on: date
    addressee: tuple[str, ...]
    subject: str
    nature: str = ""
    attachments: str = ""
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementLine:
    """One requirement: kind (Formal, Materiel), label, judgement in words, reason, basis."""

    kind: str
    label: str
    judgement: str
    reason: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """A time limit that the reader must know, with its basis."""

    label: str
    due_at: datetime
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentBlock:
    """What happened: `when` and `known` are texts, as dates may be inexact."""

    what: str
    place: str
    when: str
    known: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question and its answer in minutes."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A small table; every row has as many cells as there are headers."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        """Refuse ragged rows."""
        if any(len(row) != len(self.headers) for row in self.rows):
            raise ValueError(f"Ragged rows in the table {self.caption!r}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationLine:
    """One allegation: who, which act, at which stage, on which basis, with which result."""

    respondent: str
    act: str
    stage: str = ""
    basis: str = ""
    reasoning: str = ""
    result: str = ""
    sanction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceLine:
    """A member at a plenary meeting."""

    name: str
    position: str
    presence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteLine:
    """How a member voted; a note holds a dissenting opinion."""

    name: str
    choice: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item of a plenary meeting, with recusals, votes and the decision."""

    number: str
    matter: str
    subject: str
    deliberation: tuple[str, ...] = ()
    recusals: tuple[str, ...] = ()
    votes: tuple[VoteLine, ...] = ()
    decision: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """The public result for one subject: never a reporter, never a witness."""

    subject: str
    status: str
    reason: str = ""
    destination: str = ""


# The contents.


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Something that a document says. Subclasses name their template and their roles."""

    template: ClassVar[str]
    roles: ClassVar[frozenset[FormRole]]

    def as_content(self) -> dict[str, Json]:
        """Return the JSON to store and render; dates and instants are written out."""
        return {"template": self.template, **_tree(self)}

    def masked(self) -> Self:
        """Return the twin without the people who are confidential."""
        labels = {
            secret: person.label
            for person in _people(self)
            if person.confidential
            for secret in person.secrets()
        }
        twin: Self = _masked(self, labels)
        return twin


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent(Content):
    """Formulir Laporan (B.1): the six blocks, the declaration and both signatures."""

    template = "report"
    roles = frozenset({FormRole.REPORT})

    reporter: Person
    attorney: Person | None = None
    respondents: tuple[RespondentLine, ...]
    incident: IncidentBlock
    witnesses: tuple[Person, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    account: str
    reported_place: str
    reported_at: datetime
    receiver: Signatory
    wants_confidentiality: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptContent(Content):
    """Tanda bukti (B.3, B.3.1), provisional receipt of an online report, receipt of a tip.

    `reporter` is None for an anonymous informant. `tracking_url` carries no secret.
    """

    template = "receipt"
    roles = frozenset(
        {
            FormRole.RECEIPT,
            FormRole.PROVISIONAL_RECEIPT,
            FormRole.TIP_RECEIPT,
            FormRole.COMPLETION_RECEIPT,
        }
    )

    reporter: Person | None
    report_number: str
    received_at: datetime
    received_via: str
    receiver: Signatory
    handed_in: tuple[EvidenceLine, ...] = ()
    limits: tuple[DueLine, ...] = ()
    notes: tuple[str, ...] = ()
    tracking_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncompletenessContent(Content):
    """Pemberitahuan kelengkapan: what is missing, until when, how to hand it in."""

    template = "incompleteness"
    roles = frozenset({FormRole.NOTICE_OF_INCOMPLETENESS})

    letter: Letter
    report_number: str
    missing: tuple[RequirementLine, ...]
    limit: DueLine
    how_to: tuple[str, ...]
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalContent(Content):
    """Pencabutan laporan, by the reporter or an attorney; what follows from it."""

    template = "withdrawal"
    roles = frozenset({FormRole.WITHDRAWAL})

    reporter: Person
    report_number: str
    withdrawn_at: datetime
    reason: str
    consequences: tuple[str, ...]
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InitialReviewContent(Content):
    """Kajian awal: each requirement judged, the kind of breach, the recommendation."""

    template = "initial_review"
    roles = frozenset({FormRole.INITIAL_REVIEW})

    report_number: str
    reporter_label: str
    received_at: datetime
    respondents: tuple[RespondentLine, ...]
    incident: IncidentBlock
    requirements: tuple[RequirementLine, ...]
    allegations: tuple[AllegationLine, ...] = ()
    analysis: tuple[str, ...] = ()
    conclusion: str
    recommendation: str
    reviewed_at: datetime
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferContent(Content):
    """Pelimpahan to another office, or pengambilalihan by a higher one."""

    template = "transfer"
    roles = frozenset({FormRole.TRANSFER_LETTER, FormRole.TAKEOVER})

    letter: Letter
    report_number: str
    from_office: str
    to_office: str
    reason: str
    basis: str
    enclosures: tuple[EvidenceLine, ...] = ()
    running_limits: tuple[DueLine, ...] = ()
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationContent(Content):
    """Undangan klarifikasi (B.9). `recorded` must be said for a session online."""

    template = "invitation"
    roles = frozenset({FormRole.INVITATION})

    letter: Letter
    invitee: Person
    capacity: str
    case_number: str
    session_at: datetime
    session_place: str
    mode: str
    recorded: bool = False
    ordinal: int = 1
    bring: tuple[str, ...] = ()
    contact: str = ""
    confirm_url: str = ""
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OathContent(Content):
    """Berita acara sumpah/janji; a refusal is recorded and does not stop the session."""

    template = "oath"
    roles = frozenset({FormRole.OATH_MINUTES, FormRole.EXPERT_OATH_MINUTES})

    person: Person
    capacity: str
    case_number: str
    held_at: datetime
    place: str
    belief: str = ""
    oath: str
    taken: bool
    refusal: str = ""
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClarificationContent(Content):
    """Berita acara klarifikasi (B.12) and minutes of an examination: questions and answers."""

    template = "clarification"
    roles = frozenset({FormRole.CLARIFICATION_MINUTES, FormRole.EXAMINATION_MINUTES})

    person: Person
    capacity: str
    case_number: str
    held_at: datetime
    ended_at: datetime
    place: str
    mode: str
    officers: tuple[Signatory, ...]
    companion: Person | None = None
    sworn: str
    exchanges: tuple[Exchange, ...]
    read_back: str
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentContent(Content):
    """Kajian dugaan pelanggaran (B.13): facts, statements, analysis per allegation, result."""

    template = "assessment"
    roles = frozenset({FormRole.ASSESSMENT})

    case_number: str
    reporter_label: str
    respondents: tuple[RespondentLine, ...]
    incident: IncidentBlock
    evidence: tuple[EvidenceLine, ...] = ()
    statements: tuple[Section, ...] = ()
    facts: tuple[str, ...]
    analysis: tuple[str, ...] = ()
    allegations: tuple[AllegationLine, ...]
    conclusion: str
    recommendation: str
    assessed_at: datetime
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingContent(Content):
    """Formulir Temuan (B.2): the supervisors, the finding, the plenary that set it."""

    template = "finding"
    roles = frozenset({FormRole.FINDING})

    finders: tuple[Signatory, ...]
    supervision_report: str
    found_on: date
    respondents: tuple[RespondentLine, ...]
    incident: IncidentBlock
    witnesses: tuple[Person, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    account: str
    plenary: str
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionReportContent(Content):
    """Laporan hasil pengawasan (Form A): what was watched, seen and concluded."""

    template = "supervision_report"
    roles = frozenset({FormRole.SUPERVISION_REPORT})

    assignment: str
    supervisors: tuple[Signatory, ...]
    activity: str
    method: str
    place: str
    started_at: datetime
    ended_at: datetime
    observations: tuple[str, ...]
    incident: IncidentBlock | None = None
    respondents: tuple[RespondentLine, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    conclusion: str
    follow_up: str
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentContent(Content):
    """Surat tugas: on which basis, who, what, from when to when."""

    template = "assignment"
    roles = frozenset({FormRole.ASSIGNMENT_LETTER})

    basis: tuple[str, ...]
    assigned: tuple[Signatory, ...]
    task: str
    place: str
    from_on: date
    until_on: date
    issued_place: str
    issued_on: date
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlenaryContent(Content):
    """Berita acara pleno, or an extract: the extract carries one item and no other matter."""

    template = "plenary"
    roles = frozenset({FormRole.PLENARY_MINUTES, FormRole.PLENARY_EXTRACT})

    meeting_number: str
    held_at: datetime
    ended_at: datetime | None = None
    place: str
    mode: str
    chair: str
    attendance: tuple[AttendanceLine, ...]
    quorum: str
    items: tuple[AgendaItem, ...]
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusNoticeContent(Content):
    """Pemberitahuan tentang status (B.18), to the reporter or for the notice board."""

    template = "status_notice"
    roles = frozenset({FormRole.STATUS_NOTICE})

    letter: Letter
    report_number: str
    statuses: tuple[StatusLine, ...]
    basis: str
    notes: tuple[str, ...] = ()
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralContent(Content):
    """Surat penerusan to a body, of any class; enclosures are named with their hashes."""

    template = "referral"
    roles = frozenset(
        {
            FormRole.REFERRAL_ETHICS,
            FormRole.REFERRAL_ADMINISTRATIVE,
            FormRole.REFERRAL_CRIMINAL,
            FormRole.REFERRAL_OTHER_LAW,
        }
    )

    letter: Letter
    case_number: str
    respondents: tuple[RespondentLine, ...]
    incident: IncidentBlock
    allegations: tuple[AllegationLine, ...]
    basis: str
    plenary: str
    request: str
    enclosures: tuple[EvidenceLine, ...] = ()
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummaryContent(Content):
    """Resume perkara for a referral package: numbers, chronology, allegations, result."""

    template = "case_summary"
    roles = frozenset({FormRole.CASE_SUMMARY})

    numbers: tuple[Pair, ...]
    respondents: tuple[RespondentLine, ...]
    incident: IncidentBlock
    chronology: tuple[Pair, ...]
    allegations: tuple[AllegationLine, ...]
    conclusion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceListContent(Content):
    """Daftar alat bukti: every file with its SHA-256."""

    template = "evidence_list"
    roles = frozenset({FormRole.EVIDENCE_LIST})

    case_number: str
    prepared_for: str
    prepared_at: datetime
    evidence: tuple[EvidenceLine, ...]
    signatories: tuple[Signatory, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateContent(Content):
    """Tanda bukti penandatanganan pakta integritas; says how and with which assurance."""

    template = "certificate"
    roles = frozenset({FormRole.CERTIFICATE})

    signer: Person
    number: str
    position: str
    unit: str
    election: str
    text_title: str
    text_sha256: str
    points: tuple[str, ...]
    signed_at: datetime
    kind: str
    assurance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainContent(Content):
    """A document without a layout of its own: pairs, sections, tables, signatures."""

    template = "plain"
    roles = frozenset(
        {
            FormRole.RECOMMENDATION,
            FormRole.SANCTION_DECREE,
            FormRole.EXAMINATION_MINUTES,
            FormRole.ASSIGNMENT_LETTER,
            FormRole.SUPERVISION_REPORT,
            FormRole.CASE_SUMMARY,
            FormRole.CEREMONY_MINUTES,
            FormRole.INFORMATION_ANSWER,
            FormRole.TASK_ANSWER,
            FormRole.OFFICE_LETTER,
        }
    )

    letter: Letter | None = None
    introduction: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    signatories: tuple[Signatory, ...] = ()


CONTENTS: Final[Mapping[str, type[Content]]] = MappingProxyType(
    {content.template: content for content in Content.__subclasses__()}
)


# Walking a tree of frozen dataclasses and tuples.


def _fields(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 any dataclass
    for field in dataclasses.fields(value):
        yield field.name, getattr(value, field.name)


def _tree(value: Any) -> Any:  # noqa: ANN401 any dataclass, tuple or leaf
    if dataclasses.is_dataclass(value):
        return {name: _tree(part) for name, part in _fields(value)}
    if isinstance(value, tuple):
        return [_tree(part) for part in value]
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return short_date(value)
    return value


def _people(value: Any) -> Iterator[Person]:  # noqa: ANN401 any dataclass, tuple or leaf
    if isinstance(value, Person):
        yield value
    elif dataclasses.is_dataclass(value):
        for _name, part in _fields(value):
            yield from _people(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _people(part)


def _masked(value: Any, labels: Mapping[str, str]) -> Any:  # noqa: ANN401 keeps its type
    if isinstance(value, Person) and value.confidential:
        return value.reduced_to_label()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **{n: _masked(p, labels) for n, p in _fields(value)})
    if isinstance(value, tuple):
        return tuple(_masked(part, labels) for part in value)
    return _without(value, labels) if isinstance(value, str) else value


def _without(text: str, labels: Mapping[str, str]) -> str:
    # The longest first, so that a name inside an address does not leave the rest of it.
    for secret in sorted(labels, key=len, reverse=True):
        whole = rf"(?<!\w){re.escape(secret)}(?!\w)"
        text = re.sub(whole, labels[secret].replace("\\", r"\\"), text, flags=re.IGNORECASE)
    return text
