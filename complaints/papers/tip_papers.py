"""The documents that the steps of preliminary information issue."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from complaints.models import Tip
from complaints.papers.case_papers import paragraphs
from complaints.papers.parts import (
    Filed,
    evidence_lines,
    for_office,
    incident_block,
    letter,
    local,
    office_place,
    paper,
    respondent_lines,
)
from neutrality.audit.actor import Actor
from neutrality.casework.workflow import Act
from neutrality.documents.contents import (
    AssignmentContent,
    Content,
    FindingContent,
    ReceiptContent,
    Signatory,
    StatusLine,
    StatusNoticeContent,
    SupervisionReportContent,
    TransferContent,
)
from neutrality.documents.drafts import DocumentDraft, official
from neutrality.documents.models import Document
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, PeriodCode
from neutrality.law.rulebook import Rulebook
from neutrality.organisations.models import Office


def draft(tip: Tip, act: Act, role: FormRole, content: Content, kind: str) -> DocumentDraft:
    """Return the draft of a tip's document, numbered like the tip."""
    filed = Filed(
        office=tip.office,
        subject=tip.ref(),
        matter_id=tip.matter_id,
        number=str(act.data.get("number", "")) or tip.receipt_number,
    )
    return paper(content, role=role, rulebook=act.rulebook, kind=kind, filed=filed)


@official
def receipt(tip: Tip, act: Act) -> DocumentDraft:
    """Return the receipt of a tip; it names nobody."""
    content = ReceiptContent(
        reporter=None,
        report_number=tip.receipt_number,
        received_at=local(tip.submitted_at, tip.office),
        received_via=tip.get_source_display(),
        receiver=Signatory(caption=_("Dicatat oleh sistem"), position=tip.office.name),
        notes=(
            _("Informasi awal bukan laporan; pengawas menelusurinya dan dapat menetapkan temuan."),
            _("Anda dapat menjadikannya laporan dengan menyebutkan identitas."),
        ),
    )
    return draft(tip, act, FormRole.TIP_RECEIPT, content, "PARTY")


@official
def assignment(tip: Tip, act: Act) -> DocumentDraft:
    """Return the assignment letter for the tracing."""
    start = local(act.occurred_at, tip.office).date()
    rule = act.rulebook.period(PeriodCode.TRACING)
    content = AssignmentContent(
        basis=(cited(rule.legal_basis), cited(act.transition.basis)),
        assigned=(Signatory(caption=_("Petugas"), name=act.actor.label, position=tip.office.name),),
        task=_("Menelusuri informasi awal nomor %(number)s") % {"number": tip.receipt_number},
        place=office_place(tip.office),
        from_on=start,
        until_on=start + timedelta(days=rule.amount),
        issued_place=office_place(tip.office),
        issued_on=start,
        signatories=for_office(tip.office),
    )
    return draft(tip, act, FormRole.ASSIGNMENT_LETTER, content, "CASE")


@official
def delegation_letter(
    tip: Tip, *, office: Office, task: str, rules: Rulebook, clock: Clock
) -> DocumentDraft:
    """Return the task letter by which an office below looks into a tip."""
    start = local(clock.now, tip.office).date()
    rule = rules.period(PeriodCode.TRACING)
    content = AssignmentContent(
        basis=(cited(rule.legal_basis),),
        assigned=(Signatory(caption=_("Kantor"), position=office.name),),
        task=_("Menelusuri informasi awal nomor %(number)s: %(task)s")
        % {"number": tip.receipt_number, "task": task},
        place=office_place(office),
        from_on=start,
        until_on=start + timedelta(days=rule.amount),
        issued_place=office_place(tip.office),
        issued_on=start,
        signatories=for_office(tip.office),
    )
    filed = Filed(
        office=tip.office, subject=tip.ref(), matter_id=tip.matter_id, number=tip.receipt_number
    )
    role = FormRole.ASSIGNMENT_LETTER
    return paper(content, role=role, rulebook=rules, kind="CASE", filed=filed)


@official
def finding(tip: Tip, act: Act) -> DocumentDraft:
    """Return the finding form B.2."""
    content = FindingContent(
        finders=for_office(tip.office),
        supervision_report=tip.tracing_result,
        found_on=tip.found_on or local(act.occurred_at, tip.office).date(),
        respondents=respondent_lines(tip.matter),
        incident=incident_block(tip.matter, what=tip.act_line),
        evidence=evidence_lines(tip.matter.evidence.filter(is_identity=False), tip.office),
        account=tip.tracing_result,
        plenary=str(act.data.get("plenary", "")) or _("Rapat pleno"),
        signatories=for_office(tip.office),
    )
    return draft(tip, act, FormRole.FINDING, content, "CASE")


@official
def status_notice(tip: Tip, act: Act) -> DocumentDraft:
    """Return the notice to the informant; it names nobody."""
    content = StatusNoticeContent(
        letter=letter(
            tip.office,
            to=(_("Pemberi informasi"),),
            about=_("Pemberitahuan status informasi awal"),
            on=local(act.occurred_at, tip.office).date(),
        ),
        report_number=tip.receipt_number,
        statuses=(
            StatusLine(
                subject=_("Informasi awal"),
                status=str(act.transition.public_label),
                reason=act.reason,
            ),
        ),
        basis=cited(act.transition.basis),
        signatories=for_office(tip.office),
    )
    return draft(tip, act, FormRole.STATUS_NOTICE, content, "PARTY")


@official
def supervision_report(
    tip: Tip,
    *,
    method: str,
    follow_up: str,
    supersedes: Document | None,
    rules: Rulebook,
    actor: Actor,
    clock: Clock,
) -> DocumentDraft:
    """Return the supervision report (Form A) of a tracing; it names no informant."""
    office = tip.office
    began = tip.tracing_started_at or clock.now
    content = SupervisionReportContent(
        assignment=_assignment_of(tip),
        supervisors=(Signatory(caption=_("Petugas"), name=actor.label, position=office.name),),
        activity=_("Menelusuri informasi awal nomor %(number)s") % {"number": tip.receipt_number},
        method=method or _("Penelusuran"),
        place=office_place(office),
        started_at=local(began, office),
        ended_at=local(clock.now, office),
        observations=paragraphs(tip.tracing_result),
        incident=incident_block(tip.matter, what=tip.act_line),
        respondents=respondent_lines(tip.matter),
        evidence=evidence_lines(tip.matter.evidence.filter(is_identity=False), office),
        conclusion=_("Ditemukan pada %(day)s") % {"day": f"{tip.found_on:%d-%m-%Y}"},
        follow_up=follow_up or _("Diputuskan dalam rapat pleno."),
        signatories=for_office(office),
    )
    filed = Filed(
        office=office, subject=tip.ref(), matter_id=tip.matter_id, number=tip.receipt_number
    )
    role = FormRole.SUPERVISION_REPORT
    written = paper(content, role=role, rulebook=rules, kind="CASE", filed=filed)
    return replace(written, supersedes=supersedes)


def _assignment_of(tip: Tip) -> str:
    letters = Document.objects.filter(
        subject_kind="tip", subject_id=tip.pk, role=FormRole.ASSIGNMENT_LETTER
    )
    found = letters.order_by("-pk").values_list("title", "number").first()
    return " ".join(found) if found else _("Tanpa surat tugas")


@official
def transfer_letter(tip: Tip, act: Act) -> DocumentDraft:
    """Return the letter that goes with the file to the other office."""
    former = Office.objects.get(pk=act.organisation.id or 0)
    content = TransferContent(
        letter=letter(
            former,
            to=(tip.office.name,),
            about=_("Pelimpahan informasi awal"),
            on=local(act.occurred_at, former).date(),
        ),
        report_number=tip.receipt_number,
        from_office=former.name,
        to_office=tip.office.name,
        reason=act.reason,
        basis=cited(act.transition.basis),
        signatories=for_office(former),
    )
    written = draft(tip, act, FormRole.TRANSFER_LETTER, content, "CASE")
    return replace(written, office=former)


Paper = Callable[[Tip, Act], DocumentDraft]

PAPERS: Final[dict[FormRole, Paper]] = {
    FormRole.TIP_RECEIPT: receipt,
    FormRole.ASSIGNMENT_LETTER: assignment,
    FormRole.FINDING: finding,
    FormRole.STATUS_NOTICE: status_notice,
    FormRole.TRANSFER_LETTER: transfer_letter,
}
