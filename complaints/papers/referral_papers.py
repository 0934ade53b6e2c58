"""What a referral package holds: the letter, the summary of the case, the list of evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from complaints.codes import Audience
from complaints.models import (
    AgendaItem,
    Allegation,
    Assessment,
    Conclusion,
    Derivative,
    Incident,
    Matter,
    Party,
)
from complaints.papers.case_papers import case_number
from complaints.papers.parts import (
    Filed,
    allegation_line,
    for_office,
    incidents_block,
    letter,
    local,
    paper,
    respondent_line,
)
from complaints.selectors.account_wordings import released_account
from neutrality.documents.contents import (
    AllegationLine,
    CaseSummaryContent,
    Content,
    EvidenceLine,
    EvidenceListContent,
    IncidentBlock,
    Pair,
    ReferralContent,
)
from neutrality.documents.drafts import DocumentDraft, official
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, OutcomeClass, PlenaryMatter
from neutrality.law.labels import label
from neutrality.law.rulebook import Rulebook
from neutrality.organisations.models import Agency, ReferralBody

LETTER_OF: Final = {
    OutcomeClass.ASN_LAW: FormRole.REFERRAL_OTHER_LAW,
    OutcomeClass.OTHER_LAW: FormRole.REFERRAL_OTHER_LAW,
    OutcomeClass.CRIMINAL: FormRole.REFERRAL_CRIMINAL,
    OutcomeClass.ETHICS: FormRole.REFERRAL_ETHICS,
    OutcomeClass.ADMINISTRATIVE: FormRole.REFERRAL_ADMINISTRATIVE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What one package is about: one addressee, one class, the respondents it concerns."""

    matter: Matter
    addressee: ReferralBody | Agency
    outcome: OutcomeClass
    respondents: Sequence[Party]
    derivatives: Sequence[Derivative]
    agenda_item: AgendaItem
    rulebook: Rulebook
    clock: Clock


@official
def referral_letter(envelope: Envelope) -> DocumentDraft:
    """Return the letter; it names only the respondents of this package and nobody who reported."""
    matter, item = envelope.matter, envelope.agenda_item
    role = LETTER_OF[envelope.outcome]
    content = ReferralContent(
        letter=letter(
            matter.office,
            to=addressee_lines(envelope.addressee),
            about=_("Penerusan dugaan pelanggaran"),
            on=local(envelope.clock.now, matter.office).date(),
        ),
        case_number=case_number(matter),
        respondents=tuple(respondent_line(party) for party in envelope.respondents),
        incident=_incident(envelope),
        allegations=_allegations(envelope),
        basis=cited(envelope.rulebook.form(role).legal_basis),
        plenary=_plenary(item, matter),
        request=_("Mohon ditindaklanjuti sesuai kewenangan dan hasilnya disampaikan kepada kami."),
        enclosures=_enclosures(envelope),
        signatories=for_office(matter.office),
    )
    return _draft(envelope, role, content)


@official
def case_summary(envelope: Envelope) -> DocumentDraft:
    """Return the summary of the case for the body."""
    matter = envelope.matter
    content = CaseSummaryContent(
        numbers=tuple(
            Pair(label=row.get_kind_display(), value=row.text)
            for row in matter.numbers.order_by("given_at", "pk")
        ),
        respondents=tuple(respondent_line(party) for party in envelope.respondents),
        incident=_incident(envelope),
        chronology=(*_chronology(matter), *_account(matter)),
        allegations=_allegations(envelope),
        conclusion=str(label(envelope.outcome)),
    )
    return _draft(envelope, FormRole.CASE_SUMMARY, content)


@official
def evidence_list(envelope: Envelope) -> DocumentDraft:
    """Return the list of the released copies with their hashes and those of the originals."""
    content = EvidenceListContent(
        case_number=case_number(envelope.matter),
        prepared_for=envelope.addressee.name,
        prepared_at=local(envelope.clock.now, envelope.matter.office),
        evidence=_enclosures(envelope),
        signatories=for_office(envelope.matter.office),
    )
    return _draft(envelope, FormRole.EVIDENCE_LIST, content)


def addressee_lines(addressee: ReferralBody | Agency) -> tuple[str, ...]:
    """Return who the letter is for: the body, or the appointing authority and its agency."""
    if isinstance(addressee, Agency):
        return (addressee.appointing_authority, addressee.name)
    return (addressee.name,)


def _draft(envelope: Envelope, role: FormRole, content: Content) -> DocumentDraft:
    matter = envelope.matter
    filed = Filed(
        office=matter.office, subject=matter.ref(), matter_id=matter.pk, number=case_number(matter)
    )
    return paper(content, role=role, rulebook=envelope.rulebook, kind="CASE", filed=filed)


def _allegations(envelope: Envelope) -> tuple[AllegationLine, ...]:
    rows = _referred(envelope).select_related("respondent", "incident")
    return tuple(allegation_line(row) for row in rows.order_by("pk"))


def _referred(envelope: Envelope) -> QuerySet[Allegation]:
    """Return what the decision refers; what was not proven, or is for another body, stays here.

    By art. 22 the plenary found no results yet: what the assessment concludes is referred.
    """
    rows = Allegation.objects.filter(respondent__in=envelope.respondents)
    if envelope.agenda_item.kind == PlenaryMatter.RESULT:
        return rows.filter(results__outcome=envelope.outcome, results__superseded_at__isnull=True)
    concluded = rows.filter(pk__in=_concluded(envelope))
    return concluded if concluded.exists() else rows


def _concluded(envelope: Envelope) -> QuerySet[Conclusion, int]:
    latest = Assessment.objects.filter(matter=envelope.matter).order_by("-version").first()
    rows = Conclusion.objects.filter(assessment=latest, outcome=envelope.outcome)
    return rows.values_list("allegation_id", flat=True)


def _incident(envelope: Envelope) -> IncidentBlock:
    """Return what these respondents are said to have done; others' acts and units stay here."""
    rows = Incident.objects.filter(allegations__in=_referred(envelope)).distinct()
    acts = dict.fromkeys(line.act for line in _allegations(envelope))
    return incidents_block(rows, what="; ".join(acts))


def _enclosures(envelope: Envelope) -> tuple[EvidenceLine, ...]:
    """Number the copies; captions and file names are the reporter's words and stay here.

    They are called as the two persons of the disclosure check called them.
    """
    return tuple(
        EvidenceLine(
            number=str(place),
            description=copy.wording or _("Salinan bukti %(number)s") % {"number": place},
            kind=copy.get_kind_display(),
            size=f"{copy.size} B",
            sha256=copy.sha256,
            derived_from=copy.parent_sha256,
        )
        for place, copy in enumerate(envelope.derivatives, start=1)
    )


def _plenary(item: AgendaItem, matter: Matter) -> str:
    decided = local(item.decided_at, matter.office) if item.decided_at else None
    when = f" {decided:%d-%m-%Y}" if decided else ""
    return _("Keputusan rapat pleno") + when


def _account(matter: Matter) -> tuple[Pair, ...]:
    """Return the account in the words that two persons let go; never in the reporter's."""
    words = released_account(matter=matter, audience=Audience.BODY)
    return (Pair(label=_("Uraian kejadian"), value=words),) if words else ()


def _chronology(matter: Matter) -> tuple[Pair, ...]:
    moments = (
        (_("Berkas dibuka"), matter.opened_at),
        (_("Diregistrasi"), matter.registered_at),
        (_("Diputus"), matter.decided_at),
    )
    return tuple(
        Pair(label=name, value=f"{local(at, matter.office):%d-%m-%Y %H.%M}")
        for name, at in moments
        if at
    )
