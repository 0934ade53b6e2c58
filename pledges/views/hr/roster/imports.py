"""Imports: history, upload, columns, units, check, confirmation, progress, errors."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.organisations.models import Unit
from neutrality.organisations.refusals import OrganisationRefusal
from neutrality.organisations.validity import in_force
from neutrality.personnel.codes import ChangeKind, FileKind, ImportState as S
from neutrality.personnel.models import AgencyRosterSettings, RosterImport
from neutrality.personnel.refusals import PersonnelRefusal
from neutrality.personnel.roster import error_file, excel
from neutrality.personnel.roster.errors import FileProblem, FileRefused
from neutrality.personnel.roster.fields import proposed_columns
from neutrality.personnel.roster.figures import Figures
from neutrality.personnel.roster.layout import Layout
from neutrality.personnel.services.decide_units import UnitDecision, decide_units
from neutrality.personnel.services.import_roster import (
    Statement,
    compare_roster_again,
    confirm_roster,
    discard_roster,
    map_columns,
    receive_roster,
)
from neutrality.personnel.services.roster_file import open_file
from neutrality.ui.forms import render_form
from neutrality.ui.pages import list_page
from pledges.access import agencies_for
from pledges.forms.roster import ColumnsForm, TypedForm, UnitChoicesForm, UploadForm
from pledges.roster_progress import progress_of
from pledges.roster_tasks import apply_roster_import, check_roster_import, read_roster_import
from pledges.selectors import roster as say
from pledges.views.hr.roster.loading import (
    GET_OR_POST,
    HR,
    load_import,
    receives_roster,
    refused,
    today,
)


@never_cache
@require_safe
@staff_page(*HR)
def history(request: StaffRequest) -> HttpResponse:
    """List the imports of the actor's agencies, the latest first."""
    rows = RosterImport.objects.filter(agency__in=agencies_for(actor=request.actor))
    listing = list_page(request, rows.select_related("agency"), order=("-uploaded_at", "-pk"))
    context = {"listing": listing, "lines": say.import_lines(listing.page.items)}
    return render(request, "pledges/roster/history.html", context)


@receives_roster
@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def upload(request: StaffRequest) -> HttpResponse:
    """Take a file, and go on to its columns."""
    agencies = agencies_for(actor=request.actor)
    form = UploadForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        agencies=agencies,
        units=_scopes(request),
        initial={"per_tanggal": today(request), "cakupan": request.GET.get("cakupan", "")},
    )
    form.cancel_url = reverse("roster:history")
    if form.is_bound and form.is_valid():
        try:
            place = receive_roster(
                statement=_statement(form), actor=request.actor, clock=request.clock
            )
        except FileRefused as error:
            form.add_error("berkas", str(error))
        except PersonnelRefusal as error:
            form.add_error("per_tanggal", str(error))
        else:
            return redirect("roster:columns", place.public_id)
    return render_form(
        request, "pledges/roster/form.html", form, context=_words(_("Unggah data pegawai"))
    )


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def columns(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show the first rows and ask which column is what."""
    place = load_import(request, public_id)
    if place.state != S.UPLOADED:
        return redirect("roster:import", public_id)
    kept = AgencyRosterSettings.objects.filter(agency=place.agency).first()
    headers = place.layout["headers"]
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        headers=headers,
        proposed=proposed_columns(headers=headers, kept=kept.columns if kept else {}),
        initial={"non_asn": bool(kept and kept.takes_non_asn)},
    )
    form.cancel_url = reverse("roster:import", args=[public_id])
    if form.is_bound and form.is_valid():
        try:
            _start(request, place, form)
        except PersonnelRefusal as error:
            form.add_error(None, str(error))
        else:
            return redirect("roster:import", public_id)
    context = {"place": place, "headers": headers, "sample": place.layout.get("sample", [])}
    return render_form(request, "pledges/roster/columns.html", form, context=context)


@never_cache
@require_safe
@staff_page(*HR)
def one(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show where an import is and what it would change."""
    place = load_import(request, public_id)
    return render(request, "pledges/roster/import.html", _import_context(place))


@never_cache
@require_safe
@staff_page(*HR)
def progress(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say how far the work is; when it is done, let the page load anew."""
    place = load_import(request, public_id)
    if place.state not in say.WORKING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "pledges/roster/progress.html", _import_context(place))


@never_cache
@require_safe
@staff_page(*HR)
def changes(request: StaffRequest, public_id: UUID, kind: str) -> HttpResponse:
    """List who is new, changed, moved or leaves."""
    place = load_import(request, public_id)
    if kind not in ChangeKind.values:
        raise Http404
    listing = list_page(request, say.differences(place, kind), order=("pk",), size=say.SHOWN)
    context = {
        "place": place,
        "kind": ChangeKind(kind).label,
        "listing": listing,
        "lines": say.change_lines(listing.page.items),
    }
    return render(request, "pledges/roster/changes.html", context)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def units(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask what became of the units that nobody knows."""
    place = load_import(request, public_id)
    if place.state != S.UNITS:
        return redirect("roster:import", public_id)
    lines = say.unit_lines(place)
    parents = Unit.objects.on(place.states_on).filter(agency=place.agency).order_by("path")
    form = UnitChoicesForm(
        request.POST if request.method == "POST" else None, choices=lines, parents=parents
    )
    form.cancel_url = reverse("roster:import", args=[public_id])
    if form.is_bound and form.is_valid():
        try:
            _decide(request, place, form)
        except (PersonnelRefusal, OrganisationRefusal) as error:
            form.add_error(None, str(error))
        else:
            return redirect("roster:import", public_id)
    lead = _(
        "Putuskan setiap unit, lalu pegawai dibandingkan. Yang tidak yakin lebih baik dinyatakan keliru: barisnya kembali dengan alasannya."
    )
    words = _words(_("Unit kerja yang belum dikenal"), place=place) | {"lead": lead}
    return render_form(request, "pledges/roster/form.html", form, context=words)


@never_cache
@require_POST
@staff_page(*HR)
def confirm(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let the difference be applied in the background."""
    place = load_import(request, public_id)
    form = _typed_form(place, request.POST)
    if form.is_valid():
        try:
            confirm_roster(
                import_id=place.pk,
                typed=form.cleaned_data.get("jumlah", ""),
                actor=request.actor,
                clock=request.clock,
            )
        except PersonnelRefusal as error:
            form.add_error("jumlah" if "jumlah" in form.fields else None, str(error))
        else:
            apply_roster_import.delay(place.pk, request.user.pk)
            return redirect("roster:import", public_id)
    context = {**_import_context(place), "form": form}
    return render(request, "pledges/roster/import.html", context, status=422)


@never_cache
@require_POST
@staff_page(*HR)
def compare(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Compare again in the background, since units or people were changed by hand."""
    place = load_import(request, public_id)
    back = reverse("roster:import", args=[public_id])
    try:
        compare_roster_again(import_id=place.pk, actor=request.actor, clock=request.clock)
    except PersonnelRefusal as error:
        return refused(request, error, back)
    read_roster_import.delay(place.pk, request.user.pk)
    return redirect(back)


@never_cache
@require_POST
@staff_page(*HR)
def discard(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give the import up."""
    place = load_import(request, public_id)
    try:
        discard_roster(import_id=place.pk, actor=request.actor, clock=request.clock)
    except PersonnelRefusal as error:
        return refused(request, error, reverse("roster:import", args=[public_id]))
    messages.success(request, _("Impor dibatalkan. Tidak ada data yang berubah."))
    return redirect("roster:history")


@never_cache
@require_POST
@staff_page(*HR)
def errors(request: StaffRequest, public_id: UUID) -> HttpResponseBase:
    """Return the same file with a reason for each row; the opening is recorded."""
    place = load_import(request, public_id)
    if not say.has_error_lines(place):
        return refused(
            request,
            FileRefused(FileProblem.FILE_GONE),
            reverse("roster:import", args=[public_id]),
        )
    pieces = open_file(place=place, actor=request.actor, clock=request.clock)
    reason = str(error_file.REASON)
    name = f"{slugify(place.file_name.rsplit('.', 1)[0]) or 'pegawai'}-diperiksa"
    if place.file_kind == FileKind.CSV:
        layout = Layout.from_json(place.layout)
        told = error_file.told_rows(place=place, pieces=pieces, reason=reason)
        charset = error_file.charset_of(layout)
        answer = StreamingHttpResponse(
            error_file.as_csv(rows=told, layout=layout), content_type=f"text/csv; charset={charset}"
        )
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    with excel.as_csv(pieces) as table:
        told = error_file.told_rows(place=place, pieces=excel.blocks(table), reason=reason)
        book = error_file.as_xlsx(rows=told)
    return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx")


def _scopes(request: StaffRequest) -> QuerySet[Unit]:
    agencies = agencies_for(actor=request.actor)
    units = Unit.objects.filter(in_force(today(request)), agency__in=agencies)
    return units.only("name", "path", "public_id", "agency_id").order_by("agency", "path")


def _statement(form: UploadForm) -> Statement:
    data, file = form.cleaned_data, form.file
    return Statement(
        agency_id=data["instansi"].pk,
        scope_id=data["cakupan"].pk if data["cakupan"] else None,
        states_on=data["per_tanggal"],
        file_name=file.name or "pegawai",
        pieces=file.chunks,
    )


def _start(request: StaffRequest, place: RosterImport, form: ColumnsForm) -> None:
    map_columns(
        import_id=place.pk,
        columns=form.columns(),
        takes_non_asn=form.cleaned_data["non_asn"],
        actor=request.actor,
        clock=request.clock,
    )
    read_roster_import.delay(place.pk, request.user.pk)


def _decide(request: StaffRequest, place: RosterImport, form: UnitChoicesForm) -> None:
    data = form.cleaned_data
    decisions = [
        UnitDecision(
            choice=data[f"pilihan_{number}"],
            parent_id=data[f"induk_{number}"].pk if data[f"induk_{number}"] else None,
        )
        for number in range(len(form.lines))
    ]
    decide_units(
        import_id=place.pk,
        decisions=decisions,
        decree=data["dasar"],
        actor=request.actor,
        clock=request.clock,
    )
    check_roster_import.delay(place.pk, request.user.pk)


def _typed_form(place: RosterImport, data: QueryDict | None = None) -> TypedForm:
    figures = Figures.of(place)
    form = TypedForm(data, leaving=figures.leaving, typed=figures.needs_typing)
    form.form_action = reverse("roster:confirm", args=[place.public_id])
    return form


def _import_context(place: RosterImport) -> dict[str, Any]:
    figures = Figures.of(place)
    state = S(place.state)
    tone, icon = say.TONES.get(state, ("info", "clock"))
    return {
        "place": place,
        "state": state.label,
        "tone": tone,
        "icon": icon,
        "figures": figures,
        "is_working": state in say.WORKING,
        "is_applied": state == S.APPLIED,
        "rows_read": progress_of(place.pk) if state == S.READING else 0,
        "problem": FileProblem(place.problem).label if place.problem else "",
        "counts": say.change_counts(figures),
        "mistakes": say.error_counts(figures),
        "error_lines": say.error_lines(place)
        if state in say.TELLS_ERRORS and figures.wrong
        else [],
        "emptied": say.emptied_lines(place) if state == S.CHECKED else [],
        "form": _typed_form(place) if state == S.CHECKED and figures.has_work else None,
        "is_checked": state == S.CHECKED,
        "waits_columns": state == S.UPLOADED,
        "waits_units": state == S.UNITS,
        "may_discard": state in {S.UPLOADED, S.UNITS, S.CHECKED},
    }


def _words(title: str, place: RosterImport | None = None) -> dict[str, Any]:
    back = reverse("roster:import", args=[place.public_id]) if place else reverse("roster:history")
    return {"title": title, "back_url": back, "place": place}
