"""Saved views: own and shared filters of the lists, opened by a link."""

from typing import Any, Final
from urllib.parse import parse_qsl

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints.forms.public.answers import WordsField
from complaints.models import SavedView
from complaints.selectors.queue_wanted import LISTINGS
from complaints.selectors.registers import office_choices, own_offices
from complaints.services.saved_views import (
    ViewGiven,
    delete_view,
    kept_query,
    save_view,
)
from complaints.views.loading import OFFICE
from complaints.views.staff.case_answers import Back, posted, press
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.scope import offices_in_scope
from neutrality.organisations.models import Office
from neutrality.ui.forms import PlainForm, render_form

NAMES: Final = {
    "reports": gettext_lazy("Laporan"),
    "tips": gettext_lazy("Informasi awal"),
    "cases": gettext_lazy("Perkara"),
}
MOST: Final = 100


class SaveViewForm(PlainForm):
    """The name of a view, and with whom it is shared."""

    submit_label = gettext_lazy("Simpan tampilan")
    nama = WordsField(
        label=gettext_lazy("Nama tampilan"),
        max_length=80,
        error_messages={"required": gettext_lazy("Beri nama tampilannya.")},
    )
    bagi = forms.ChoiceField(label=gettext_lazy("Bagikan dengan kantor"), required=False)

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the offices with which it can be shared."""
        super().__init__(*args, **kwargs)
        self.fields["bagi"].choices = [("", gettext_lazy("Hanya untuk saya")), *offices]  # type: ignore[attr-defined]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def saved_views(request: StaffRequest) -> HttpResponseBase:
    """Show the saved views, and save the one that the address brings along."""
    listing = request.GET.get("daftar", "reports")
    if listing not in LISTINGS:
        raise Http404
    query, offices = kept_query(request.GET.get("saring", "")), own_offices(actor=request.actor)
    form = SaveViewForm(posted(request), offices=office_choices(offices))

    def page(shown: PlainForm) -> HttpResponse:
        context = {
            "groups": _groups(request),
            "listing": NAMES[listing],
            "query": ", ".join(f"{key}: {value}" for key, value in parse_qsl(query)),
            "back_url": f"{reverse(f'staff:{listing}')}?{query}",
        }
        return render_form(request, "complaints/staff/saved_views.html", shown, context=context)

    if request.method != "POST":
        return page(form)

    def act() -> object:
        given = _given(form, listing, query, offices)
        return save_view(given=given, actor=request.actor, clock=request.clock)

    return press(
        request,
        form,
        act,
        page=page,
        back=Back(f"{reverse('staff:saved_views')}?daftar={listing}"),
        done=_("Tampilan disimpan."),
        field_of={"view_known": "nama"},
    )


def _given(form: SaveViewForm, listing: str, query: str, offices: list[Office]) -> ViewGiven:
    shared = form.cleaned_data["bagi"]
    return ViewGiven(
        listing=listing,
        name=form.cleaned_data["nama"],
        query=query,
        office=next((row for row in offices if str(row.public_id) == shared), None),
    )


@never_cache
@require_POST
@staff_page(*OFFICE)
def delete(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Delete one of the reader's own views."""
    if not delete_view(public_id=public_id, actor=request.actor):
        raise Http404
    messages.success(request, _("Tampilan dihapus."))
    return redirect("staff:saved_views")


def _groups(request: StaffRequest) -> list[tuple[Any, list[tuple[SavedView, str, bool]]]]:
    """Return the views by list, each with its address and whether it is the reader's own."""
    here = offices_in_scope(request.actor, *OFFICE).values("pk")
    mine = Q(user_id=request.actor.user_id)
    rows = SavedView.objects.filter(mine | Q(office__in=here)).select_related("user", "office")
    found = list(rows.order_by("name", "pk")[:MOST])
    return [
        (
            NAMES[listing],
            [
                (row, f"{reverse(f'staff:{listing}')}?{row.query}", row.user_id == request.actor.user_id)
                for row in found
                if row.listing == listing
            ],
        )
        for listing in LISTINGS
    ]  # fmt: skip
