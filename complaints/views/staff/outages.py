"""Outages of an office, and the excuses they give: recorded by people, decided by people."""

from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from complaints.forms.staff.case_fields import ReasonForm
from complaints.forms.staff.outages import ExcuseForm, OutageEndForm, OutageForm
from complaints.models import LateExcuse, Report
from complaints.selectors.outages import excuse_rows, late_rows, outage_rows, outages_near
from complaints.selectors.registers import office_choices
from complaints.services.excuse_late import UNDECIDED, excuse_late, withdraw_excuse
from complaints.services.office_roles import REVIEWERS
from complaints.services.record_outage import RECORDERS, OutageGiven, end_outage, record_outage
from complaints.views.loading import OFFICE, load_report
from complaints.views.staff.case_answers import Back, posted, press
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.scope import offices_in_scope
from neutrality.law.models import Outage
from neutrality.organisations.models import Office
from neutrality.ui.forms import PlainForm, render_form
from neutrality.ui.pages import list_page

NEWEST: Final = ("-started_at", "-id")
MOST_OFFICES: Final = 50
FORM_PAGE: Final = "complaints/staff/register_form.html"


@require_safe
@staff_page(*OFFICE)
def outages(request: StaffRequest) -> HttpResponseBase:
    """List the outages in the reader's areas, latest first."""
    offices = _offices(request)
    if not offices:
        raise Http404
    listing = list_page(request, outages_near(offices=offices), order=NEWEST)
    rows = outage_rows(rows=list(listing.page.items), offices=offices)
    context = {"listing": listing, "rows": rows, "may_record": True}
    return render(request, "complaints/staff/outages.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*RECORDERS)
def new(request: StaffRequest) -> HttpResponseBase:
    """Record an outage."""
    offices = _offices(request)
    if not offices:
        raise Http404
    named = request.POST.get("kantor")
    office = next((row for row in offices if str(row.public_id) == named), offices[0])
    form = OutageForm(posted(request), offices=office_choices(offices), tz=office.tz)
    form.cancel_url = reverse("staff:outages")

    def page(shown: PlainForm) -> HttpResponse:
        context = {"title": _("Catat gangguan"), "back_url": form.cancel_url}
        return render_form(request, FORM_PAGE, shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: record_outage(
            office=office, given=_given(form), actor=request.actor, clock=request.clock
        ),
        page=page,
        back=Back(form.cancel_url),
        done=_("Gangguan dicatat. Keterlambatan hanya dimaafkan satu per satu."),
        field_of={"outage_ahead": "mulai", "outage_backwards": "selesai"},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*RECORDERS)
def end(request: StaffRequest, outage_id: int) -> HttpResponseBase:
    """Record when it worked again."""
    row = get_object_or_404(Outage, pk=outage_id, ended_at__isnull=True)
    scope = offices_in_scope(request.actor, *RECORDERS).select_related("region")
    area = {"region__code": row.area_code} if row.area_code else {"region__isnull": True}
    office = scope.filter(**area).first()
    if office is None:
        raise Http404
    form = OutageEndForm(posted(request), tz=office.tz)
    form.cancel_url = reverse("staff:outages")

    def page(shown: PlainForm) -> HttpResponse:
        context = {"title": _("Catat pulih"), "caption": row.system, "back_url": form.cancel_url}
        return render_form(request, FORM_PAGE, shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: end_outage(
            outage_id=row.pk,
            office=office,
            ended_at=form.cleaned_data["selesai"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=Back(form.cancel_url),
        done=_("Gangguan berakhir."),
        field_of={"outage_ahead": "selesai", "outage_backwards": "selesai"},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*REVIEWERS)
def excuse(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Excuse lateness of a report, and show what was excused."""
    report = _mine(request, public_id)
    late = late_rows(report=report)
    form = ExcuseForm(posted(request), late=late)
    back = Back(reverse("staff:report", args=[report.public_id]), report.matter)
    form.cancel_url = back.url

    def page(shown: PlainForm) -> HttpResponse:
        context = {
            "report": report,
            "late": late,
            "excuses": excuse_rows(report=report),
            "is_open": report.state in UNDECIDED,
            "any_outage": any(row.outages for row in late),
        }
        return render_form(request, "complaints/staff/report_excuse.html", shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: excuse_late(
            report=report,
            completion_id=_completion(form.cleaned_data["untuk"]),
            outage_id=int(form.cleaned_data["gangguan"]),
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=back,
        done=_("Keterlambatan dimaafkan; dapat ditarik kembali selama laporan belum diputus."),
        field_of={"outage_elsewhere": "gangguan", "not_late": "untuk"},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*REVIEWERS)
def withdraw(request: StaffRequest, public_id: str, excuse_id: int) -> HttpResponseBase:
    """Take an excuse back."""
    report = _mine(request, public_id)
    row = get_object_or_404(LateExcuse, pk=excuse_id, report=report, withdrawn_at__isnull=True)
    form = ReasonForm(posted(request), submit=_("Tarik kembali"), danger=True)
    back = Back(reverse("staff:report_excuse", args=[report.public_id]), report.matter)
    form.cancel_url = back.url

    def page(shown: PlainForm) -> HttpResponse:
        context = {
            "title": _("Tarik kembali pemaafan"),
            "caption": row.reason,
            "back_url": back.url,
        }
        return render_form(request, FORM_PAGE, shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: withdraw_excuse(
            report=report,
            excuse_id=row.pk,
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=back,
        done=_("Pemaafan ditarik kembali; laporan itu terlambat lagi."),
        field_of={"reason_needed": "alasan"},
    )


def _offices(request: StaffRequest) -> list[Office]:
    rows = offices_in_scope(request.actor, *RECORDERS).select_related("region")
    return list(rows.order_by("path")[:MOST_OFFICES])


def _mine(request: StaffRequest, public_id: str) -> Report:
    report = load_report(request, public_id)
    if request.actor.role_at(REVIEWERS, report.office.ref()) is None:
        raise Http404
    return report


def _given(form: OutageForm) -> OutageGiven:
    given = form.cleaned_data
    return OutageGiven(
        system=given["sistem"],
        started_at=given["mulai"],
        ended_at=given["selesai"],
        description=given["uraian"],
        source=given["sumber"],
    )


def _completion(chosen: str) -> int | None:
    return int(chosen) if chosen.isdecimal() else None
