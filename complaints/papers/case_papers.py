"""The documents that the steps of a case issue."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext as _

from complaints.models import AllegationResult, Assessment, Conclusion, Evidence, Matter
from complaints.papers.parts import (
    Filed,
    allegation_line,
    evidence_lines,
    for_office,
    incident_block,
    letter,
    local,
    paper,
    respondent_lines,
)
from neutrality.casework.workflow import Act
from neutrality.documents.contents import (
    AllegationLine,
    AssessmentContent,
    Content,
    EvidenceLine,
    StatusLine,
    StatusNoticeContent,
    TransferContent,
)
from neutrality.documents.drafts import DocumentDraft, official
from neutrality.law.citations import cited
from neutrality.law.codes import FormRole, OutcomeClass, RegisterKind, RetentionClass
from neutrality.law.labels import label
from neutrality.organisations.models import Office


def case_number(matter: Matter) -> str:
    """Return the registration number of the case, else of its report, else of its tip."""
    registered = Q(kind__in=[RegisterKind.REG_LP, RegisterKind.REG_TM])
    numbers = matter.numbers.annotate(
        is_registration=ExpressionWrapper(registered, output_field=BooleanField())
    )
    number = numbers.order_by("-is_registration", "given_at", "pk").values_list("text", flat=True)
    return number.first() or _receipt_number(matter) or matter.public_id


def _receipt_number(matter: Matter) -> str:
    entry = matter.reports.order_by("pk").first() or matter.tips.order_by("pk").first()
    return entry.receipt_number if entry else ""


def draft(matter: Matter, act: Act, role: FormRole, content: Content, kind: str) -> DocumentDraft:
    """Return the draft of a case's document, under the case's number."""
    filed = Filed(
        office=matter.office, subject=matter.ref(), matter_id=matter.pk, number=case_number(matter)
    )
    return paper(content, role=role, rulebook=act.rulebook, kind=kind, filed=filed)


@official
def assessment(matter: Matter, act: Act) -> DocumentDraft:
    """Return the assessment (B.13) of the approved version."""
    version = Assessment.objects.filter(matter=matter).order_by("-version")[0]
    rows = _conclusions(version)
    numbered = cited_lines(matter, {public_id for row in rows for public_id in row.evidence})
    conclusions = tuple(concluded(row, numbered) for row in rows)
    content = AssessmentContent(
        case_number=case_number(matter),
        reporter_label=_("Pelapor"),
        respondents=respondent_lines(matter),
        incident=incident_block(matter, what=matter.title),
        evidence=tuple(numbered.values()),
        facts=paragraphs(version.facts),
        analysis=paragraphs(version.analysis),
        allegations=conclusions,
        conclusion="; ".join(f"{line.respondent}: {line.result}" for line in conclusions),
        recommendation=_("Diputuskan dalam rapat pleno."),
        assessed_at=local(version.written_at, matter.office),
        signatories=for_office(matter.office),
    )
    return draft(matter, act, FormRole.ASSESSMENT, content, "CASE")


def _conclusions(version: Assessment) -> list[Conclusion]:
    rows = version.conclusions.select_related(
        "allegation__respondent", "allegation__incident"
    ).order_by("pk")
    return list(rows)


def citable(matter: Matter) -> QuerySet[Evidence]:
    """Return what an assessment can cite, in the order of the file; never an identity paper."""
    return Evidence.objects.filter(matter=matter, is_identity=False).order_by("pk")


def cited_lines(matter: Matter, wanted: Collection[str] | None = None) -> dict[str, EvidenceLine]:
    """Return the cited evidence, or all, by public id under its number in the file; one query."""
    rows = list(citable(matter))
    lines = zip(rows, evidence_lines(rows, matter.office), strict=True)
    return {row.public_id: line for row, line in lines if wanted is None or row.public_id in wanted}


def concluded(row: Conclusion, numbered: Mapping[str, EvidenceLine]) -> AllegationLine:
    """Return an allegation with what the assessment concludes, and the evidence by its numbers."""
    line = allegation_line(row.allegation)
    cited = ", ".join(each.number for key, each in numbered.items() if key in row.evidence)
    words = _("Bukti yang dirujuk: nomor %(numbers)s.") % {"numbers": cited} if cited else ""
    return AllegationLine(
        respondent=line.respondent,
        act=line.act,
        stage=line.stage,
        basis=line.basis,
        reasoning="\n\n".join(filter(None, (row.elements, words))),
        result=str(label(OutcomeClass(row.outcome))),
    )


@official
def status_notice(matter: Matter, act: Act) -> DocumentDraft:
    """Return the notice of the result (B.18): no reporter, no witness, respondents by label."""
    rows = (
        AllegationResult.objects.filter(allegation__matter=matter, superseded_at__isnull=True)
        .select_related("allegation__respondent", "allegation__incident")
        .order_by("pk")
    )
    content = StatusNoticeContent(
        letter=letter(
            matter.office,
            to=(_("Pelapor"),),
            about=_("Pemberitahuan status penanganan"),
            on=local(act.occurred_at, matter.office).date(),
        ),
        report_number=case_number(matter),
        statuses=tuple(
            StatusLine(
                subject=row.allegation.respondent.alias,
                status=str(label(OutcomeClass(row.outcome))),
            )
            for row in rows
        ),
        basis=cited(act.transition.basis),
        signatories=for_office(matter.office),
    )
    return draft(matter, act, FormRole.STATUS_NOTICE, content, "PARTY")


@official
def takeover_letter(matter: Matter, act: Act) -> DocumentDraft:
    """Return the letter by which a higher office takes the file over; no identity is in it."""
    former = Office.objects.get(pk=act.organisation.id or 0)
    content = TransferContent(
        letter=letter(
            matter.office,
            to=(former.name,),
            about=_("Pengambilalihan penanganan"),
            on=local(act.occurred_at, matter.office).date(),
        ),
        report_number=case_number(matter),
        from_office=former.name,
        to_office=matter.office.name,
        reason=act.reason,
        basis=cited(act.transition.basis),
        signatories=for_office(matter.office),
    )
    return draft(matter, act, FormRole.TAKEOVER, content, "CASE")


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text; an empty line parts them."""
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


def retention_of(matter: Matter) -> RetentionClass:
    """Return how long the closed matter is kept, by what became of it."""
    found = set(
        AllegationResult.objects.filter(
            allegation__matter=matter, superseded_at__isnull=True
        ).values_list("outcome", flat=True)
    )
    if OutcomeClass.CRIMINAL in found:
        return RetentionClass.CRIMINAL
    if matter.referral_items.exists():
        return RetentionClass.CASE_REFERRED
    if matter.registered_at:
        return RetentionClass.CASE_NOT_PROVEN
    if matter.reports.exists():
        return RetentionClass.NOT_REGISTERED
    return RetentionClass.TIP_CLOSED


Paper = Callable[[Matter, Act], DocumentDraft]

PAPERS: Final[dict[FormRole, Paper]] = {
    FormRole.ASSESSMENT: assessment,
    FormRole.STATUS_NOTICE: status_notice,
    FormRole.TAKEOVER: takeover_letter,
}
