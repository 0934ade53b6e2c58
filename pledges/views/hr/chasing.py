"""Chasing: reminders, failed addresses, unit heads, absences, exports."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.casework.refusals import Refused
from neutrality.organisations.models import Unit
from neutrality.organisations.validity import in_force
from neutrality.ui.exporting import csv_lines, xlsx_file
from neutrality.ui.forms import render_form
from neutrality.ui.pages import list_page
from pledges.access import HR, TOLD_REFUSALS, Sight
from pledges.codes import AbsenceKind, ReminderOutcome, ReminderStep
from pledges.forms.chasing import (
    AbsenceForm,
    ExportForm,
    ExportFormat,
    ReminderPlanForm,
    UnitHeadForm,
)
from pledges.models import Absence, ReminderPlan, Round, UnitHead
from pledges.papers import report_pdf
from pledges.selectors.coverage import whole_coverage
from pledges.selectors.export_rows import export_columns, export_rows
from pledges.selectors.gaps import bounced_codes, bounced_heads
from pledges.selectors.hour_page import day_of
from pledges.selectors.unit_names import UnitNames
from pledges.services.chase import Away, cancel_absence, name_unit_head, record_absence
from pledges.services.plan_reminders import set_reminder_plan
from pledges.services.record_export import record_export
from pledges.tasks import plan_reminders
from pledges.views.hr.loading import load_obligation, load_round, load_seen, unit_asked

GET_OR_POST: Final = ["GET", "HEAD", "POST"]
MOST_XLSX_ROWS: Final = 100_000
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def reminders(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show the plan of reminders with what became of them, and change it."""
    place = load_round(request, public_id)
    if not place.asks_individuals:
        raise Http404
    plans = {plan.step: plan for plan in _plans(place)}
    today = day_of(place=place, now=request.clock.now)
    form = ReminderPlanForm(
        request.POST if request.method == "POST" else None,
        today=today,
        until=place.closes_at.astimezone(place.office.tz).date(),
        initial={
            "pukul": next((plan.at_hour for plan in plans.values()), 9),
            **{step: plan.goes_on for step, plan in plans.items()},
        },
    )
    form.cancel_url = reverse("pledges_hr:round", args=[public_id])
    if form.is_bound and form.is_valid() and _save_plan(request, place, form):
        return redirect("pledges_hr:reminders", public_id)
    context = {"place": place, "plans": [_plan_line(plan) for plan in plans.values()]}
    return render_form(request, "pledges/hr/reminders.html", form, context=context)


@never_cache
@require_safe
@staff_page(*HR)
def bounced(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """List the addresses that messages did not reach: each is something to do."""
    place = load_round(request, public_id)
    rows = bounced_codes(place).select_related("obligation__person", "obligation__unit_now")
    listing = list_page(request, rows, order=("obligation__person__name", "pk"))
    units = UnitNames.of_agency(place.agency_id)
    context = {
        "place": place,
        "listing": listing,
        "lines": [(row, units.full(row.obligation.unit_now)) for row in listing.page.items],
        "heads": bounced_heads(place),
        "tz": place.office.tz,
    }
    return render(request, "pledges/hr/bounced.html", context)


@never_cache
@require_safe
@staff_page(*HR)
def heads(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """List the units with whom to call; those nobody is named for come first at each level."""
    place = load_round(request, public_id)
    today = day_of(place=place, now=request.clock.now)
    units = Unit.objects.filter(in_force(today), agency=place.agency_id)
    listing = list_page(request, units.select_related("pledge_head"), order=("path", "pk"), size=50)
    names = UnitNames.of_agency(place.agency_id)
    lines = [
        {
            "unit": unit,
            "service": names.above(unit),
            "head": getattr(unit, "pledge_head", None),
            "depth": unit.path.count("/"),
        }
        for unit in listing.page.items
    ]
    context = {"place": place, "listing": listing, "lines": lines}
    return render(request, "pledges/hr/heads.html", context)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def head(request: StaffRequest, public_id: UUID, unit: UUID) -> HttpResponse:
    """Say whom to call about a unit."""
    place = load_round(request, public_id)
    found = get_object_or_404(Unit, agency=place.agency_id, public_id=unit)
    known = UnitHead.objects.filter(unit=found).first()
    initial = {"nama": known.name, "telepon": known.phone, "surel": known.email} if known else None
    form = UnitHeadForm(request.POST if request.method == "POST" else None, initial=initial)
    form.cancel_url = reverse("pledges_hr:heads", args=[public_id])
    if form.is_bound and form.is_valid():
        name_unit_head(
            unit=found,
            name=form.cleaned_data["nama"],
            phone=form.cleaned_data["telepon"],
            email=form.cleaned_data["surel"],
            actor=request.actor,
            clock=request.clock,
        )
        messages.success(request, _("Kepala unit disimpan."))
        return redirect(form.cancel_url)
    context = {"place": place, "unit": found}
    return render_form(request, "pledges/hr/head.html", form, context=context)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def absence(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Record that a person is away until a day."""
    obligation = load_obligation(request, public_id)
    form = AbsenceForm(request.POST if request.method == "POST" else None)
    form.cancel_url = reverse("pledges_hr:person", args=[public_id])
    if form.is_bound and form.is_valid():
        record_absence(
            person=obligation.person,
            agency_id=obligation.round.agency_id,
            away=_away(form.cleaned_data),
            actor=request.actor,
            clock=request.clock,
        )
        messages.success(request, _("Dicatat; pengingat ditunda sampai hari sesudahnya."))
        return redirect(form.cancel_url)
    context = {"obligation": obligation, "title": _("Catat cuti atau tugas"), "basis": ""}
    return render_form(request, "pledges/hr/step.html", form, context=context)


@require_POST
@staff_page(*HR)
def back_early(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End a person's absence today: each that holds, or the one to come when none does."""
    obligation = load_obligation(request, public_id)
    day = day_of(place=obligation.round, now=request.clock.now)
    known = Absence.objects.filter(
        person=obligation.person_id,
        agency=obligation.round.agency_id,
        cancelled_at__isnull=True,
        ends_on__gte=day,
    )
    ending = list(known.filter(starts_on__lte=day)) or list(known[:1])
    if not ending:
        raise Http404
    for each in ending:
        cancel_absence(absence_id=each.pk, actor=request.actor, clock=request.clock)
    messages.success(request, _("Pegawai ini dicatat sudah kembali."))
    return redirect("pledges_hr:person", public_id)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*TOLD_REFUSALS)
def export(request: StaffRequest, public_id: UUID) -> HttpResponseBase:
    """Ask in which form and why, then hand out the file as it is written."""
    place, sight = load_seen(request, public_id)
    if not (sight.tells_refusals and place.asks_individuals):
        raise Http404
    unit = unit_asked(request, place, sight)
    form = ExportForm(
        request.POST if request.method == "POST" else None,
        initial={"bentuk": ExportFormat.XLSX, "siapa": "belum"},
    )
    form.cancel_url = reverse("pledges_hr:round", args=[public_id])
    if form.is_bound and form.is_valid() and _is_small_enough(place, form):
        path = unit.path if unit else ""
        record_export(
            place=place,
            form=form.cleaned_data["bentuk"],
            path=path,
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        )
        return _file(request, place, sight, path, form.cleaned_data)
    context = {"place": place, "unit": unit}
    return render_form(request, "pledges/hr/export.html", form, context=context)


def _plans(place: Round) -> Any:  # noqa: ANN401  plans with counts
    sent = Q(reminders__outcome=ReminderOutcome.SENT)
    waiting = Q(reminders__outcome="", reminders__isnull=False)
    spared = Q(reminders__isnull=False) & ~sent & ~waiting
    plans = ReminderPlan.objects.filter(round=place)
    return plans.annotate(
        sent=Count("reminders", filter=sent),
        waiting=Count("reminders", filter=waiting),
        spared=Count("reminders", filter=spared),
    ).order_by("goes_on", "at_hour", "pk")


def _plan_line(plan: Any) -> dict[str, Any]:  # noqa: ANN401  a plan with counts
    return {
        "step": ReminderStep(plan.step).label,
        "goes_on": plan.goes_on,
        "at": f"{plan.at_hour:02d}.00",
        "is_planned": plan.planned_at is not None,
        "sent": plan.sent,
        "waiting": plan.waiting,
        "spared": plan.spared,
    }


def _save_plan(request: StaffRequest, place: Round, form: ReminderPlanForm) -> bool:
    try:
        set_reminder_plan(
            place=place, timings=form.timings(), actor=request.actor, clock=request.clock
        )
    except Refused as refused:
        form.add_error(None, str(refused.refusal.sentence))
        return False
    plan_reminders.delay()
    messages.success(request, _("Rencana disimpan; pengingat sedang disusun."))
    return True


def _away(data: dict[str, Any]) -> Away:
    return Away(
        kind=AbsenceKind(data["sebab"]),
        starts_on=data["mulai"],
        ends_on=data["sampai"],
        evidence=data["dasar"],
    )


def _is_small_enough(place: Round, form: ExportForm) -> bool:
    """XLSX is for tables that a spreadsheet opens; larger ones are streamed as CSV."""
    if form.cleaned_data["bentuk"] != ExportFormat.XLSX:
        return True
    if whole_coverage(rounds=[place])[place.pk].total <= MOST_XLSX_ROWS:
        return True
    form.add_error("bentuk", _("Lebih dari 100.000 baris. Pilih CSV."))
    return False


def _file(
    request: StaffRequest, place: Round, sight: Sight, path: str, data: dict[str, Any]
) -> HttpResponseBase:
    today, shape = day_of(place=place, now=request.clock.now), ExportFormat(data["bentuk"])
    name = _file_name(place, today, shape)
    if shape == ExportFormat.PDF:
        pdf = report_pdf(place=place, sight=sight, now=request.clock.now)
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    rows = export_rows(place=place, day=today, path=path, only_missing=data["siapa"] == "belum")
    if shape == ExportFormat.XLSX:
        book = xlsx_file(columns=export_columns(), rows=rows)
        return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)
    lines = csv_lines(columns=export_columns(), rows=rows)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _file_name(place: Round, day: date, shape: ExportFormat) -> str:
    return f"pakta-{place.agency.code}-{day:%Y%m%d}.{shape}"
