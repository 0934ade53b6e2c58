"""The letters that the registers of an office issue: answers to requests, to systems, letters."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from complaints.codes import InformationAnswer, TaskAnswer
from complaints.models import InformationRequest, OfficeLetter, OutsideTask
from complaints.papers.case_papers import paragraphs
from complaints.papers.parts import Filed, for_office, letter, local, paper
from neutrality.documents.contents import Pair, PlainContent, Section
from neutrality.documents.drafts import DocumentDraft, official
from neutrality.documents.models import Classification, Document
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole
from neutrality.law.rulebook import Rulebook


@official
def information_answer(
    request: InformationRequest,
    answer: InformationAnswer,
    why: tuple[str, str],
    documents: Sequence[Document],
    rules: Rulebook,
    clock: Clock,
) -> DocumentDraft:
    """Return the letter that answers a request; it names nobody, the envelope does."""
    office = request.office
    basis, reason = why
    content = PlainContent(
        letter=letter(
            office,
            to=(_("Pemohon informasi nomor %(number)s") % {"number": request.number},),
            about=_("Pemberitahuan atas permintaan informasi"),
            on=clock.today_in(office.tz),
        ),
        pairs=(
            Pair(label=_("Nomor permintaan"), value=request.number),
            Pair(
                label=_("Diterima"),
                value=f"{local(request.received_at, office):%d-%m-%Y %H.%M}",
            ),
            Pair(label=_("Yang diminta"), value=request.wanted),
            Pair(label=_("Keputusan"), value=str(answer.label)),
            Pair(label=_("Dasar"), value=basis),
        ),
        sections=(
            Section(heading=_("Alasan"), paragraphs=paragraphs(reason)),
            Section(heading=_("Yang diserahkan"), paragraphs=_given(documents)),
            Section(heading=_("Keberatan"), paragraphs=(_objection(),)),
        ),
        signatories=for_office(office),
    )
    filed = Filed(
        office=office,
        subject=request.ref(),
        matter_id=request.matter_id,
        number=request.number,
    )
    role, kind = FormRole.INFORMATION_ANSWER, Classification.PARTY
    return paper(content, role=role, rulebook=rules, kind=kind, filed=filed)


@official
def task_answer(
    task: OutsideTask, answer: TaskAnswer, reason: str, rules: Rulebook, clock: Clock
) -> DocumentDraft:
    """Return the letter that answers another system's task; it names no reporter."""
    office = task.office
    content = PlainContent(
        letter=letter(
            office,
            to=(task.sender,),
            about=_("Jawaban atas %(task)s") % {"task": str(task)},
            on=clock.today_in(office.tz),
        ),
        pairs=(
            Pair(label=_("Sistem"), value=str(task.get_system_display())),
            Pair(label=_("Nomor"), value=task.external_number),
            Pair(label=_("Jawaban"), value=str(answer.label)),
        ),
        sections=(Section(heading=_("Penjelasan"), paragraphs=paragraphs(reason)),),
        signatories=for_office(office),
    )
    filed = Filed(
        office=office,
        subject=task.ref(),
        matter_id=task.matter_id,
        number=task.external_number,
    )
    role, kind = FormRole.TASK_ANSWER, Classification.CASE
    return paper(content, role=role, rulebook=rules, kind=kind, filed=filed)


@official
def office_letter(row: OfficeLetter, number: str, rules: Rulebook, clock: Clock) -> DocumentDraft:
    """Return a letter as it was drafted, under its number."""
    office = row.office
    content = PlainContent(
        letter=letter(
            office,
            to=tuple(line for line in row.addressee.splitlines() if line.strip()),
            about=row.subject,
            on=clock.today_in(office.tz),
        ),
        introduction=paragraphs(row.body),
        signatories=for_office(office),
    )
    filed = Filed(office=office, subject=row.ref(), matter_id=row.matter_id, number=number)
    role, kind = FormRole.OFFICE_LETTER, Classification.CASE
    return paper(content, role=role, rulebook=rules, kind=kind, filed=filed)


def _given(documents: Sequence[Document]) -> tuple[str, ...]:
    if not documents:
        return (_("Tidak ada dokumen yang diserahkan."),)
    return tuple(f"{row.title} {row.number}".strip() for row in documents)


def _objection() -> str:
    return _(
        "Pemohon dapat mengajukan keberatan tertulis kepada atasan pejabat pengelola informasi"
        " paling lambat 30 hari kerja setelah surat ini diterima (UU 14/2008 ps 36)."
    )
