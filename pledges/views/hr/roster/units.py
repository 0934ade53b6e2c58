"""The unit tree: browse it with its people, add, rename, merge and move units."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.organisations.codes import UnitKind
from neutrality.organisations.models import Agency, Unit
from neutrality.organisations.refusals import OrganisationRefusal
from neutrality.organisations.services.units import (
    Decree,
    UnitDraft,
    add_unit,
    merge_units,
    move_unit,
    rename_unit,
)
from neutrality.ui.forms import PlainForm, render_form
from neutrality.ui.pages import list_page
from pledges.access import agencies_for
from pledges.forms.roster import MergeUnitForm, MoveUnitForm, NewUnitForm, RenameUnitForm
from pledges.selectors import roster as say
from pledges.views.hr.roster.loading import GET_OR_POST, HR, chosen_agency, load_unit, today

_LONGEST_NAME = 60


@never_cache
@require_safe
@staff_page(*HR)
def tree(request: StaffRequest) -> HttpResponse:
    """Show the upper units of an agency and who is in none."""
    agency = chosen_agency(request)
    agencies = agencies_for(actor=request.actor)
    if agency is None:
        return render(request, "pledges/roster/unit.html", {"agency": None})
    return _browse(request, agency, None, {"agencies": agencies})


@never_cache
@require_safe
@staff_page(*HR)
def unit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show a unit: what is below it, who works in it, what it was."""
    place = load_unit(request, public_id)
    more = {
        "successions": say.succession_lines(place),
        "validity": say.validity_words(place.valid_from, place.valid_until),
        "is_over": not place.holds_on(today(request)),
    }
    return _browse(request, place.agency, place, more)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def add(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Add a unit below another."""
    parent = load_unit(request, public_id)
    return _add(request, parent.agency, parent)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def add_upper(request: StaffRequest) -> HttpResponse:
    """Add a unit directly below the agency."""
    agency = chosen_agency(request)
    return redirect("roster:units") if agency is None else _add(request, agency, None)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def rename(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give the unit a new name from a day on."""
    place = load_unit(request, public_id)
    form = RenameUnitForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        data = form.cleaned_data
        rename_unit(
            unit_id=place.pk,
            name=data["nama"],
            decree=Decree(data["dasar"], data["sejak"]),
            actor=request.actor,
            clock=request.clock,
        )

    return _form(request, form, act, place, _("Ganti nama unit"))


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def merge(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let another unit follow this one from a day on."""
    place = load_unit(request, public_id)
    form = MergeUnitForm(
        request.POST if request.method == "POST" else None,
        units=_others(request, place),
        initial={"ke": request.GET.get("ke", "")},
    )

    def act() -> None:
        data = form.cleaned_data
        merge_units(
            unit_ids=[place.pk],
            into=data["ke"].pk,
            decree=Decree(data["dasar"], data["sejak"]),
            actor=request.actor,
            clock=request.clock,
        )

    return _form(request, form, act, place, _("Gabungkan unit"))


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def move(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hang the unit, with all below it, under another one."""
    place = load_unit(request, public_id)
    form = MoveUnitForm(
        request.POST if request.method == "POST" else None,
        units=_others(request, place),
        initial={"induk": place.parent and place.parent.public_id},
    )

    def act() -> None:
        parent = form.cleaned_data["induk"]
        move_unit(
            unit_id=place.pk,
            parent_id=parent.pk if parent else None,
            decree=form.cleaned_data["dasar"],
            actor=request.actor,
            clock=request.clock,
        )

    return _form(request, form, act, place, _("Pindahkan unit"))


def _others(request: StaffRequest, place: Unit) -> QuerySet[Unit]:
    """The running units of the agency but this one."""
    running = Unit.objects.on(today(request)).filter(agency=place.agency)
    return running.exclude(pk=place.pk).order_by("name")


def _browse(
    request: StaffRequest, agency: Agency, place: Unit | None, more: dict[str, object]
) -> HttpResponse:
    day = today(request)
    name = " ".join(request.GET.get("nama", "").replace("\0", "").split())[:_LONGEST_NAME]
    rows = say.staff_of(agency=agency, unit=place, day=day, name=name)
    listing = list_page(request, rows, order=("pk",), size=say.SHOWN)
    context = {
        "agency": agency,
        "unit": place,
        "name": name,
        "branches": say.branch_lines(agency=agency, parent=place, day=day),
        "listing": listing,
        "lines": say.staff_lines(listing.page.items),
        **more,
    }
    return render(request, "pledges/roster/unit.html", context)


def _add(request: StaffRequest, agency: Agency, parent: Unit | None) -> HttpResponse:
    form = NewUnitForm(
        request.POST if request.method == "POST" else None, initial={"sejak": today(request)}
    )

    def act() -> None:
        data = form.cleaned_data
        draft = UnitDraft(
            code=data["kode"],
            name=data["nama"],
            kind=UnitKind(data["jenis"]),
            parent_id=parent.pk if parent else None,
        )
        add_unit(
            agency_id=agency.pk,
            draft=draft,
            valid_from=data["sejak"],
            actor=request.actor,
            clock=request.clock,
        )

    return _form(request, form, act, parent, _("Tambah unit"))


def _form(
    request: StaffRequest, form: PlainForm, act: Callable[[], None], place: Unit | None, title: str
) -> HttpResponse:
    back = reverse("roster:unit", args=[place.public_id]) if place else reverse("roster:units")
    form.cancel_url = back
    if form.is_bound and form.is_valid():
        try:
            act()
        except OrganisationRefusal as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Perubahan unit dicatat."))
            return redirect(back)
    context = {"title": title, "back_url": back, "caption": place.name if place else ""}
    return render_form(request, "pledges/roster/form.html", form, context=context)
