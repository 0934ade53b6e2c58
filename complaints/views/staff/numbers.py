"""The number register: what was given, blocks for paper when the power is out, void numbers."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from complaints.codes import NumberState
from complaints.forms.public.answers import WordsField
from complaints.forms.staff.case_fields import ReasonForm
from complaints.models import NumberEntry
from complaints.selectors.filing import contest_choices, contests_at
from complaints.selectors.registers import office_choices, own_offices
from complaints.services.numbering import NotReserved, reserve_block, void_number
from complaints.views.loading import OFFICE, today
from complaints.views.staff.case_answers import posted
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.accounts.scope import offices_in_scope
from neutrality.elections.models import Contest
from neutrality.law.codes import RegisterKind
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_short_instant
from neutrality.ui.forms import PlainForm, render_form
from neutrality.ui.pages import list_page

NEWEST: Final = ("-given_at", "-id")
RESERVERS: Final = (Role.INTAKE, Role.HANDLER, Role.SUPERVISOR)
MOST_AT_ONCE: Final = 50
FORM_PAGE: Final = "complaints/staff/register_form.html"


class BlockForm(PlainForm):
    """How many numbers are set aside for paper, and why."""

    submit_label = gettext_lazy("Cadangkan nomor")
    kantor = forms.ChoiceField(label=gettext_lazy("Kantor"))
    register = forms.ChoiceField(
        label=gettext_lazy("Register"),
        choices=[
            (RegisterKind.LP.value, gettext_lazy("Laporan")),
            (RegisterKind.TM.value, gettext_lazy("Temuan")),
            (RegisterKind.REG_LP.value, gettext_lazy("Registrasi laporan")),
            (RegisterKind.REG_TM.value, gettext_lazy("Registrasi temuan")),
        ],
    )
    kontestasi = forms.ChoiceField(label=gettext_lazy("Pemilihan"))
    jumlah = forms.IntegerField(
        label=gettext_lazy("Berapa nomor?"), min_value=1, max_value=MOST_AT_ONCE
    )
    alasan = WordsField(
        label=gettext_lazy("Alasan"),
        help_text=gettext_lazy("Misalnya pemadaman listrik terjadwal."),
        max_length=300,
        error_messages={"required": gettext_lazy("Tuliskan alasannya.")},
    )

    def __init__(self, *args: Any, offices: Any, contests: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the offices with an official code, and the contests that run there."""
        super().__init__(*args, **kwargs)
        self.fields["kantor"].choices = offices  # type: ignore[attr-defined]
        self.fields["kontestasi"].choices = contests  # type: ignore[attr-defined]


@require_safe
@staff_page(*OFFICE)
def numbers(request: StaffRequest) -> HttpResponseBase:
    """Show the numbers of the reader's offices, newest first; `?tampilan=cadangan` the reserved."""
    rows = _entries(request)
    reserved = request.GET.get("tampilan") == "cadangan"
    rows = rows.filter(state=NumberState.RESERVED) if reserved else rows
    listing = list_page(request, rows, order=NEWEST)
    context = {
        "listing": listing,
        "rows": [
            (row, say_short_instant(row.given_at, row.office.tz)) for row in listing.page.items
        ],
        "reserved": reserved,
        "may_reserve": any(request.actor.holds(role) for role in RESERVERS),
    }
    return render(request, "complaints/staff/numbers.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*RESERVERS)
def reserve(request: StaffRequest) -> HttpResponseBase:
    """Set a block of numbers aside for paper; the page that follows lists them to be printed."""
    offices = [row for row in own_offices(actor=request.actor) if row.code_bawaslu]
    chosen = _chosen(request, offices)
    contests = _contests(request, chosen)
    form = BlockForm(
        posted(request),
        offices=office_choices(offices),
        contests=contest_choices(contests),
    )
    form.cancel_url = reverse("staff:numbers")
    if request.method == "POST" and form.is_valid() and chosen is not None:
        given = form.cleaned_data
        made = reserve_block(
            kind=RegisterKind(given["register"]),
            office=chosen,
            contest=next(row for row in contests if str(row.pk) == given["kontestasi"]),
            amount=given["jumlah"],
            reason=given["alasan"],
            actor=request.actor,
            clock=request.clock,
        )
        context = {"numbers": made, "office": chosen, "reason": given["alasan"]}
        return render(request, "complaints/staff/numbers_reserved.html", context)
    context = {"title": _("Cadangkan nomor untuk kertas"), "back_url": form.cancel_url}
    return render_form(request, FORM_PAGE, form, context=context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*RESERVERS)
def void(request: StaffRequest, number_id: int) -> HttpResponseBase:
    """Void a reserved number that no paper used."""
    row = get_object_or_404(_entries(request), pk=number_id, state=NumberState.RESERVED)
    if request.actor.role_at(RESERVERS, row.office.ref()) is None:
        raise Http404
    form = ReasonForm(posted(request), submit=_("Batalkan nomor"), danger=True)
    form.cancel_url = reverse("staff:numbers")
    context = {
        "title": _("Batalkan nomor cadangan"),
        "caption": row.text,
        "back_url": form.cancel_url,
    }
    if request.method != "POST" or not form.is_valid():
        return render_form(request, FORM_PAGE, form, context=context)
    try:
        void_number(
            text=row.text,
            office=row.office,
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        )
    except NotReserved as gone:
        raise Http404 from gone
    messages.success(request, _("Nomor %(number)s dibatalkan.") % {"number": row.text})
    return redirect("staff:numbers")


def _entries(request: StaffRequest) -> QuerySet[NumberEntry]:
    here = offices_in_scope(request.actor, *OFFICE).values("pk")
    return NumberEntry.objects.filter(office__in=here).select_related("office", "given_by")


def _chosen(request: StaffRequest, offices: list[Office]) -> Office | None:
    named = request.POST.get("kantor")
    chosen = next((row for row in offices if str(row.public_id) == named), None)
    return chosen or (offices[0] if offices else None)


def _contests(request: StaffRequest, office: Office | None) -> list[Contest]:
    if office is None:
        return []
    region = office.region.code if office.region else ""
    return list(contests_at(region_code=region, day=today(request)))
