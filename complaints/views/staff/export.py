"""Hand out lists as files, to those who lead an office, with a reason that is recorded."""

from typing import Final

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.forms.staff.export import ExportForm
from complaints.selectors.exports import Export, Period, export_of
from complaints.services.record_export import record_export
from complaints.views.loading import today
from complaints.views.staff.case_answers import posted
from neutrality.accounts.http import GRANT_ZONE, StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.audit.actor import OrgRef
from neutrality.ui.exporting import csv_lines, xlsx_file
from neutrality.ui.forms import render_form

ROLES: Final = (Role.SUPERVISOR, Role.COMMISSIONER)
MOST_XLSX_ROWS: Final = 100_000
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*ROLES)
def export(request: StaffRequest) -> HttpResponseBase:
    """Ask which list and why, then hand out the file as it is written."""
    day = today(request)
    form = ExportForm(posted(request), initial={"sejak": day.replace(day=1), "sampai": day})
    form.cancel_url = reverse("staff:dashboard")
    if form.is_bound and form.is_valid():
        made = _made(request, form)
        if _is_small_enough(made, form):
            return _handed_out(request, form, made)
    return render_form(request, "complaints/staff/export.html", form)


def _made(request: StaffRequest, form: ExportForm) -> Export:
    given = form.cleaned_data
    period = Period(first=given["sejak"], last=given["sampai"], tz=GRANT_ZONE)
    return export_of(name=given["daftar"], period=period, actor=request.actor, day=today(request))


def _is_small_enough(made: Export, form: ExportForm) -> bool:
    """Whether a workbook can hold the rows; a CSV holds any number."""
    if form.cleaned_data["bentuk"] != "xlsx":
        return True
    if not made.count(cap=MOST_XLSX_ROWS).is_capped:
        return True
    form.add_error("bentuk", _("Daftar ini lebih dari 100.000 baris. Pilih CSV."))
    return False


def _handed_out(request: StaffRequest, form: ExportForm, made: Export) -> HttpResponseBase:
    given = form.cleaned_data
    record_export(
        name=given["daftar"],
        form=given["bentuk"],
        days=f"{given['sejak']:%Y-%m-%d}/{given['sampai']:%Y-%m-%d}",
        reason=given["alasan"],
        at=_place(request),
        actor=request.actor,
        clock=request.clock,
    )
    name = f"{given['daftar']}-{given['sejak']:%Y%m%d}-{given['sampai']:%Y%m%d}"
    if given["bentuk"] == "xlsx":
        file = xlsx_file(columns=made.columns, rows=made.rows())
        return FileResponse(file, content_type=XLSX, as_attachment=True, filename=f"{name}.xlsx")
    response = StreamingHttpResponse(
        csv_lines(columns=made.columns, rows=made.rows()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _place(request: StaffRequest) -> OrgRef:
    """Return the highest office at which this person may hand out lists."""
    places = [grant.at for grant in request.actor.grants if grant.role in ROLES]
    return min(places, key=lambda at: (at.path.count("/"), at.path))
