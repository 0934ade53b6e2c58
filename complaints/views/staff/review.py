"""The initial review: verdicts, contest, delivery of the notice, proposals to the plenary."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints import access
from complaints.codes import MeetingState, ReportState
from complaints.forms.staff.review import (
    ContestForm,
    DeliveryForm,
    ProposalForm,
    VerdictForm,
)
from complaints.models import PlenaryMeeting, Report, Tip
from complaints.selectors.file_facts import evidence_rows
from complaints.selectors.filing import contest_choices, contests_at
from complaints.selectors.offices import office_choices, office_named
from complaints.selectors.report_file import check_rows
from complaints.services.determine_contest import determine_contest
from complaints.services.judge_requirements import judge_requirements
from complaints.services.office_roles import CLERKS, REVIEWERS
from complaints.services.propose_item import Proposal, propose_item
from complaints.services.record_delivery import Handover, record_delivery
from complaints.views.loading import OFFICE, load_report, load_tip, today
from complaints.views.offers import needs_plenary
from complaints.views.staff.case_answers import Back, posted, press
from complaints.views.staff.report import PROPOSERS, entry_url
from complaints.views.steps import refusal_page
from complaints.workflow.actions import ReportAction, TipAction
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.casework.workflow import Transition
from neutrality.documents.models import Document, DocumentState
from neutrality.elections.models import Contest
from neutrality.law.citations import cited
from neutrality.law.codes import FormRole, PlenaryMatter
from neutrality.ui.forms import FormProblem, PlainForm, problems_of, render_form

FORM_PAGE: Final = "complaints/staff/form_page.html"
KINDS: Final = {
    str(ReportAction.TRANSFER): PlenaryMatter.TRANSFER,
    str(ReportAction.REFER): PlenaryMatter.REFERRAL,
    str(TipAction.SET_FINDING): PlenaryMatter.FINDING,
}
"""Which kind of plenary matter decides an action; the outcome of the initial review otherwise."""


def ask_role(request: StaffRequest, entry: Report | Tip, *roles: Role) -> None:
    """Raise 404 for somebody without one of these roles at the entry's office."""
    if request.actor.role_at(roles, entry.office.ref()) is None:
        raise Http404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*REVIEWERS)
def requirements(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Judge the requirements; what is judged is saved, the rest stays open."""
    report = load_report(request, public_id)
    ask_role(request, report, *REVIEWERS)
    rows = list(check_rows(report=report, clock=request.clock))
    if report.state != ReportState.INITIAL_REVIEW:
        refused = refuse(RefusalCode.WRONG_STATE)
        return refusal_page(request, refused, REPORT, report, entry_url(report))
    shown = evidence_rows(matter=report.matter, tz=report.office.tz)
    evidence = [(row.public_id, row.title) for row in shown]
    forms = [VerdictForm(posted(request), row=row, evidence=evidence) for row in rows]
    if request.method != "POST":
        return _checklist(request, report, forms)
    if not all(form.is_valid() for form in forms):
        return _checklist(request, report, forms)
    first = forms[0]
    return press(
        request,
        first,
        lambda: judge_requirements(
            report_id=report.pk,
            judgements=[each for form in forms if (each := form.judgement)],
            actor=request.actor,
            clock=request.clock,
        ),
        page=lambda _shown: _checklist(request, report, forms),
        back=Back(entry_url(report), report.matter),
        done=_("Penilaian syarat disimpan."),
    )


def _checklist(request: StaffRequest, report: Report, forms: list[VerdictForm]) -> HttpResponse:
    problems: list[FormProblem] = [each for form in forms for each in problems_of(form)]
    context = {
        "report": report,
        "forms": forms,
        "problems": problems,
        "back_url": entry_url(report),
    }
    status = 422 if problems else 200
    return render(request, "complaints/staff/requirements.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def report_contest(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Say which contest the report is about."""
    return _contest(request, load_report(request, public_id))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def tip_contest(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Say which contest the tip is about."""
    return _contest(request, load_tip(request, public_id))


def _contest(request: StaffRequest, entry: Report | Tip) -> HttpResponse:
    ask_role(request, entry, *CLERKS)
    day = _day_of_act(entry)
    region = entry.office.region.code if entry.office.region else ""
    contests = contests_at(region_code=region, day=day)
    form = ContestForm(
        posted(request),
        contests=contest_choices(contests),
        initial={"kontestasi": str(entry.contest_id or "")},
    )
    page = _form_page(request, form, _("Pemilihan yang bersangkutan"), entry, none=not contests)
    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: determine_contest(
            entry=entry,
            contest=Contest.objects.select_related("election").get(
                pk=form.cleaned_data["kontestasi"]
            ),
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=Back(entry_url(entry), entry.matter),
        done=_("Pemilihan disimpan."),
        field_of={"contest_fixed": "kontestasi"},
    )


def _day_of_act(entry: Report | Tip) -> date:
    first = entry.matter.incidents.order_by("from_on").first()
    return first.from_on if first else entry.submitted_at.astimezone(entry.office.tz).date()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def delivery(request: StaffRequest, public_id: str, document: uuid.UUID) -> HttpResponseBase:
    """Record how the notice went to the reporter, and when it was received."""
    report = load_report(request, public_id)
    ask_role(request, report, *CLERKS)
    notice = get_object_or_404(
        Document,
        public_id=document,
        subject_kind="report",
        subject_id=report.pk,
        state=DocumentState.FINAL,
        role=FormRole.NOTICE_OF_INCOMPLETENESS,
    )
    form = DeliveryForm(posted(request), tz=report.office.tz)
    page = _form_page(request, form, _("Penyampaian %(title)s") % {"title": notice.title}, report)
    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: record_delivery(
            report_id=report.pk,
            document=notice,
            handover=Handover(
                channel=form.cleaned_data["cara"],
                sent_at=form.cleaned_data["dikirim"],
                received_at=form.cleaned_data["diterima"],
                proof=form.cleaned_data["bukti"],
            ),
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=Back(entry_url(report), report.matter),
        done=_("Penyampaian dicatat."),
        field_of={
            "in_the_future": "dikirim",
            "delivery_times": "dikirim",
            "no_proof": "bukti",
            "delivered_before": "diterima",
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*PROPOSERS)
def report_propose(request: StaffRequest, public_id: str, action: str) -> HttpResponseBase:
    """Put a decision on the report on the agenda of the plenary."""
    report = load_report(request, public_id)
    return _propose(request, report, REPORT.by_action.get(action))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*PROPOSERS)
def tip_propose(request: StaffRequest, public_id: str, action: str) -> HttpResponseBase:
    """Put a decision on the tip on the agenda of the plenary."""
    return _propose(request, load_tip(request, public_id), TIP.by_action.get(action))


def _propose(request: StaffRequest, entry: Report | Tip, row: Transition | None) -> HttpResponse:
    ask_role(request, entry, *PROPOSERS)
    if row is None or not needs_plenary(row):
        raise Http404
    workflow = REPORT if isinstance(entry, Report) else TIP
    if entry.state not in row.sources:
        refused = refuse(RefusalCode.WRONG_STATE)
        return refusal_page(request, refused, workflow, entry, entry_url(entry))
    form = _proposal_form(request, entry, row)
    title = _("Usulkan ke pleno: %(step)s") % {"step": row.label}
    page = _form_page(request, form, title, entry, basis=cited(row.basis))
    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: propose_item(
            matter=entry.matter,
            proposal=_proposal(request, entry, row, form),
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=Back(entry_url(entry), entry.matter),
        done=_("Usul diajukan ke pleno."),
    )


def _proposal_form(request: StaffRequest, entry: Report | Tip, row: Transition) -> ProposalForm:
    rows = access.meetings_for(actor=request.actor).filter(
        office=entry.office_id, state__in=[MeetingState.PLANNED, MeetingState.OPEN]
    )
    tz = entry.office.tz
    meetings = [
        (meeting.public_id, f"{meeting.planned_at.astimezone(tz):%d-%m-%Y %H.%M}")
        for meeting in rows.order_by("planned_at", "pk")[:20]
    ]
    moves = str(row.action) == ReportAction.TRANSFER
    offices = office_choices(without=entry.office_id, day=today(request)) if moves else ()
    return ProposalForm(posted(request), meetings=meetings, offices=offices)


def _proposal(
    request: StaffRequest, entry: Report | Tip, row: Transition, form: ProposalForm
) -> Proposal:
    given = form.cleaned_data
    office = office_named(given["kantor"], day=today(request)) if "kantor" in given else None
    meeting = PlenaryMeeting.objects.filter(public_id=given["rapat"]).first()
    return Proposal(
        kind=KINDS.get(str(row.action), PlenaryMatter.INITIAL_REVIEW_OUTCOME),
        action=str(row.action),
        text=given["usul"],
        payload={"office": office.pk} if office else {},
        report=entry if isinstance(entry, Report) else None,
        tip=entry if isinstance(entry, Tip) else None,
        meeting=meeting if given["rapat"] else None,
    )


def _form_page(
    request: StaffRequest, form: PlainForm, title: str, entry: Report | Tip, **more: object
) -> Callable[[PlainForm], HttpResponse]:
    """Return what shows a form on a page of its own."""
    form.cancel_url = entry_url(entry)
    context = {
        "title": title,
        "caption": str(entry),
        "back_url": entry_url(entry),
        "form": form,
        **more,
    }

    def page(shown: PlainForm) -> HttpResponse:
        return render_form(request, FORM_PAGE, shown, context=context)

    return page
