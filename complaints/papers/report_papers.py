"""The documents that the steps of a report issue."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from complaints.codes import PartyKind, Verdict
from complaints.models import Party, Report, RequirementCheck
from complaints.papers.parts import (
    Filed,
    evidence_lines,
    for_office,
    incident_block,
    letter,
    local,
    nameless,
    paper,
    person,
    respondent_lines,
)
from neutrality.casework.workflow import Act
from neutrality.documents.contents import (
    Content,
    DueLine,
    IncompletenessContent,
    ReceiptContent,
    ReportContent,
    RequirementLine,
    Signatory,
    StatusLine,
    StatusNoticeContent,
    TransferContent,
    WithdrawalContent,
)
from neutrality.documents.drafts import DocumentDraft, official
from neutrality.documents.models import Classification
from neutrality.law.citations import cited
from neutrality.law.codes import FormRole, PeriodCode, RequirementCode, RequirementKind
from neutrality.law.labels import label
from neutrality.law.periods import due
from neutrality.organisations.models import Office
from neutrality.vault.services import IdentityData, open_identity


def draft(report: Report, act: Act, role: FormRole, content: Content, kind: str) -> DocumentDraft:
    """Return the draft of a report's document, numbered like the report."""
    party = reporter_of(report) if kind == Classification.IDENTITY else None
    filed = Filed(
        office=report.office,
        subject=report.ref(),
        matter_id=report.matter_id,
        number=report.number or report.receipt_number,
        identity_id=party.identity_id if party else None,
    )
    return paper(content, role=role, rulebook=act.rulebook, kind=kind, filed=filed)


def reporter_of(report: Report) -> Party | None:
    """Return the reporting party, or None."""
    return Party.objects.filter(report=report, kind=PartyKind.REPORTER).first()


def opened(report: Report, party: Party, act: Act, reason: str) -> IdentityData:
    """Open an identity for a document of the identity class; the audit keeps the reason."""
    return open_identity(
        identity_id=party.identity_id or 0,
        reason=reason,
        subject=report.ref(),
        actor=act.actor,
        clock=act.clock,
    )


@official
def provisional_receipt(report: Report, act: Act) -> DocumentDraft:
    """Return the receipt of an online report: not B.3, no name, another kind of number."""
    content = ReceiptContent(
        reporter=None,
        report_number=report.receipt_number,
        received_at=local(report.submitted_at, report.office),
        received_via=report.get_source_display(),
        receiver=Signatory(caption=_("Dicatat oleh sistem"), position=report.office.name),
        notes=(
            _("Tanda terima sementara ini bukan tanda bukti penyampaian laporan (B.3)."),
            _("Identitas dan bukti asli masih perlu diserahkan kepada petugas."),
        ),
    )
    return draft(report, act, FormRole.PROVISIONAL_RECEIPT, content, "PARTY")


@official
def receipt(report: Report, act: Act) -> DocumentDraft:
    """Return the receipt B.3 with the reporter's name, sealed, and its twin without."""
    party = reporter_of(report)
    data = opened(report, party, act, _("Tanda bukti penyampaian laporan")) if party else None
    content = ReceiptContent(
        reporter=person(party.alias, data) if party and data else nameless(_("Pelapor")),
        report_number=report.number,
        received_at=local(act.occurred_at, report.office),
        received_via=report.get_source_display(),
        receiver=receiver(report.office, act),
        handed_in=evidence_lines(report.evidence.filter(is_identity=False), report.office),
        limits=(limit(report, act, PeriodCode.INITIAL_REVIEW),),
    )
    return draft(report, act, FormRole.RECEIPT, content, "IDENTITY")


@official
def form_b1(report: Report, act: Act) -> DocumentDraft:
    """Return the report form B.1 with all identities, sealed, and its twin without."""
    parties = list(Party.objects.filter(report=report, identity__isnull=False).order_by("pk"))
    reason = _("Formulir laporan")
    people = {
        kind: tuple(
            person(party.alias, opened(report, party, act, reason))
            for party in parties
            if party.kind == kind
        )
        for kind in (PartyKind.REPORTER, PartyKind.WITNESS)
    }
    content = ReportContent(
        reporter=next(iter(people[PartyKind.REPORTER]), nameless(_("Pelapor"))),
        respondents=respondent_lines(report.matter),
        incident=incident_block(report.matter, what=report.act_line, known=known(report)),
        witnesses=people[PartyKind.WITNESS],
        evidence=evidence_lines(report.evidence.filter(is_identity=False), report.office),
        account=report.account,
        reported_place=report.office.name,
        reported_at=local(report.submitted_at, report.office),
        receiver=receiver(report.office, act),
        wants_confidentiality=report.confidential,
    )
    return draft(report, act, FormRole.REPORT, content, "IDENTITY")


@official
def completion_receipt(report: Report, act: Act) -> DocumentDraft:
    """Return the receipt of what was completed (B.3.1), without a name."""
    content = ReceiptContent(
        reporter=nameless(_("Pelapor")),
        report_number=report.number,
        received_at=local(act.occurred_at, report.office),
        received_via=report.get_source_display(),
        receiver=receiver(report.office, act),
        handed_in=evidence_lines(report.evidence.filter(is_identity=False), report.office),
        limits=(limit(report, act, PeriodCode.INITIAL_REVIEW),),
    )
    return draft(report, act, FormRole.COMPLETION_RECEIPT, content, "PARTY")


@official
def incompleteness(report: Report, act: Act) -> DocumentDraft:
    """Return the notice that names each failed requirement with its reason."""
    content = IncompletenessContent(
        letter=letter(
            report.office,
            to=(_("Pelapor"),),
            about=_("Pemberitahuan kelengkapan laporan"),
            on=local(act.occurred_at, report.office).date(),
        ),
        report_number=report.number,
        missing=missing_lines(report, act),
        limit=limit(report, act, PeriodCode.COMPLETION),
        how_to=(
            _("Buka halaman pelacakan dengan kode rahasia Anda, atau datang ke kantor kami."),
            _("Batas waktu dihitung sejak pemberitahuan ini Anda terima."),
        ),
        signatories=for_office(report.office),
    )
    return draft(report, act, FormRole.NOTICE_OF_INCOMPLETENESS, content, "PARTY")


def missing_lines(report: Report, act: Act) -> tuple[RequirementLine, ...]:
    """Return the failed requirements of the present round with article and reason."""
    rows = {row.code: row for row in act.rulebook.requirements()}
    return tuple(
        RequirementLine(
            kind=str(label(RequirementKind(rows[RequirementCode(check.code)].kind))),
            label=rows[RequirementCode(check.code)].name_id,
            judgement=str(Verdict.NOT_MET.label),
            reason=check.reason,
            basis=cited(rows[RequirementCode(check.code)].legal_basis),
        )
        for check in failed_checks(report)
    )


def failed_checks(report: Report) -> QuerySet[RequirementCheck]:
    """Return the requirements that failed in the present round, in the order of the notice."""
    rows = RequirementCheck.objects.filter(report=report, verdict=Verdict.NOT_MET)
    return rows.filter(review_round=report.review_round).order_by("code")


@official
def status_notice(report: Report, act: Act) -> DocumentDraft:
    """Return the notice of the report's status (B.18), without a name."""
    content = StatusNoticeContent(
        letter=letter(
            report.office,
            to=(_("Pelapor"),),
            about=_("Pemberitahuan status laporan"),
            on=local(act.occurred_at, report.office).date(),
        ),
        report_number=report.number or report.receipt_number,
        statuses=(
            StatusLine(
                subject=_("Laporan"),
                status=str(act.transition.public_label),
                reason=act.reason,
            ),
        ),
        basis=cited(act.transition.basis),
        signatories=for_office(report.office),
    )
    return draft(report, act, FormRole.STATUS_NOTICE, content, "PARTY")


@official
def transfer_letter(report: Report, act: Act) -> DocumentDraft:
    """Return the letter that goes with the file to the other office; no identity is in it."""
    former = Office.objects.get(pk=act.organisation.id or 0)
    content = TransferContent(
        letter=letter(
            former,
            to=(report.office.name,),
            about=_("Pelimpahan laporan"),
            on=local(act.occurred_at, former).date(),
        ),
        report_number=report.number or report.receipt_number,
        from_office=former.name,
        to_office=report.office.name,
        reason=act.reason,
        basis=cited(act.transition.basis),
        enclosures=evidence_lines(report.evidence.filter(is_identity=False), former),
        signatories=for_office(former),
    )
    written = draft(report, act, FormRole.TRANSFER_LETTER, content, "CASE")
    return replace(written, office=former)


@official
def withdrawal(report: Report, act: Act) -> DocumentDraft:
    """Return the record of the withdrawal, without a name."""
    content = WithdrawalContent(
        reporter=nameless(_("Pelapor")),
        report_number=report.number or report.receipt_number,
        withdrawn_at=local(act.occurred_at, report.office),
        reason=act.reason,
        consequences=(
            _("Laporan yang dicabut sebelum registrasi dapat dijadikan informasi awal."),
            _("Pencabutan setelah registrasi tidak menghentikan penanganan."),
        ),
        signatories=for_office(report.office),
    )
    return draft(report, act, FormRole.WITHDRAWAL, content, "PARTY")


def known(report: Report) -> str:
    """Return the day the reporter learned of it."""
    return f"{report.known_on:%d-%m-%Y}" if report.known_on else ""


def receiver(office: Office, act: Act) -> Signatory:
    """Return the signature block of the person who receives."""
    return Signatory(caption=_("Penerima laporan"), name=act.actor.label, position=office.name)


def limit(report: Report, act: Act, code: PeriodCode) -> DueLine:
    """Return a period that starts with this act, with its basis."""
    from complaints.workflow.report import REPORT  # noqa: PLC0415  the table needs these papers

    rule = act.rulebook.period(code)
    end = due(rule, act.occurred_at, REPORT.adapter.calendar(report))
    return DueLine(
        label=str(label(code)),
        due_at=local(end.due_at, report.office),
        basis=cited(rule.legal_basis),
    )


Paper = Callable[[Report, Act], DocumentDraft]

PAPERS: Final[dict[FormRole, Paper]] = {
    FormRole.PROVISIONAL_RECEIPT: provisional_receipt,
    FormRole.RECEIPT: receipt,
    FormRole.COMPLETION_RECEIPT: completion_receipt,
    FormRole.NOTICE_OF_INCOMPLETENESS: incompleteness,
    FormRole.STATUS_NOTICE: status_notice,
    FormRole.TRANSFER_LETTER: transfer_letter,
    FormRole.WITHDRAWAL: withdrawal,
}
