"""Saved views: own and shared filters of the lists, opened by a link, and when to be told."""

from typing import Any, Final, NamedTuple

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints.codes import AlertKind
from complaints.forms.public.answers import WordsField
from complaints.models import SavedView, ViewAlert
from complaints.selectors.queue_options import filter_words
from complaints.selectors.queue_wanted import LISTINGS, wanted_from
from complaints.selectors.registers import office_choices, own_offices
from complaints.services.saved_views import (
    ViewGiven,
    delete_view,
    kept_query,
    save_view,
)
from complaints.services.view_alerts import LONGEST, AlertGiven, set_alert, views_for
from complaints.views.loading import OFFICE, today
from complaints.views.staff.case_answers import Back, posted, press
from neutrality.accounts.http import StaffRequest, staff_page
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


class AlertForm(PlainForm):
    """When to be told that something is in a view."""

    submit_label = gettext_lazy("Simpan pemberitahuan")
    kapan = forms.ChoiceField(
        label=gettext_lazy("Kapan Anda ingin diberi tahu?"),
        help_text=gettext_lazy(
            "Lewat surel, hanya jumlah berkasnya, tidak pernah isinya. Pukul 21.00 sampai 06.00"
            " WIB tidak ada yang dikirim; peringatan tenggat hukum tetap dikirim kapan saja."
        ),
        choices=[("", gettext_lazy("Tidak usah")), *AlertKind.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    jumlah = forms.IntegerField(
        label=gettext_lazy("Jumlah berkas"),
        help_text=gettext_lazy("Hanya untuk pilihan terakhir."),
        min_value=1,
        max_value=LONGEST,
        required=False,
    )


class ViewRow(NamedTuple):
    """A view as the page lists it: where it leads, whose it is, when the reader is told."""

    row: SavedView
    url: str
    own: bool
    alert: str


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
            "told": _told(request, listing, query),
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


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def alert(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Choose when one wants to be told of a view, or never."""
    view = get_object_or_404(views_for(actor=request.actor), public_id=public_id)
    mine = ViewAlert.objects.filter(view=view, user_id=request.actor.user_id or 0).first()
    form = AlertForm(
        posted(request),
        initial={
            "kapan": mine.kind if mine else "",
            "jumlah": mine.threshold if mine else None,
        },
    )

    def page(shown: PlainForm) -> HttpResponse:
        context = {
            "title": _("Pemberitahuan: %(name)s") % {"name": view.name},
            "back_url": reverse("staff:saved_views"),
        }
        return render_form(
            request, "complaints/staff/saved_view_alert.html", shown, context=context
        )

    if request.method != "POST":
        return page(form)

    def act() -> None:
        chosen = form.cleaned_data["kapan"]
        given = AlertGiven(
            kind=AlertKind(chosen) if chosen else None, threshold=form.cleaned_data["jumlah"]
        )
        set_alert(public_id=public_id, given=given, actor=request.actor, clock=request.clock)

    return press(
        request,
        form,
        act,
        page=page,
        back=Back(reverse("staff:saved_views")),
        done=_("Pemberitahuan disimpan."),
        field_of={"no_threshold": "jumlah"},
    )


def _told(request: StaffRequest, name: str, query: str) -> str:
    actor, listing = request.actor, LISTINGS[name]
    wanted = wanted_from(QueryDict(query), listing=listing, actor=actor)
    return filter_words(listing, wanted=wanted, actor=actor, day=today(request))


def _groups(request: StaffRequest) -> list[tuple[Any, list[ViewRow]]]:
    """Return the views by list; two queries."""
    rows = views_for(actor=request.actor).select_related("user", "office")
    mine = ViewAlert.objects.filter(user_id=request.actor.user_id or 0)
    alerts = {row.view_id: row for row in mine}
    found = list(rows.order_by("name", "pk")[:MOST])
    return [
        (
            NAMES[listing],
            [
                ViewRow(
                    row=row,
                    url=f"{reverse(f'staff:{listing}')}?{row.query}",
                    own=row.user_id == request.actor.user_id,
                    alert=_words(alerts.get(row.pk)),
                )
                for row in found
                if row.listing == listing
            ],
        )
        for listing in LISTINGS
    ]


def _words(row: ViewAlert | None) -> str:
    if row is None:
        return ""
    if row.threshold:
        return _("Diberitahu bila isinya mencapai %(number)d berkas") % {"number": row.threshold}
    return str(_ALERTED[AlertKind(row.kind)])


_ALERTED: Final = {
    AlertKind.AT_ONCE: gettext_lazy("Diberitahu segera setiap ada yang baru"),
    AlertKind.DAILY: gettext_lazy("Diberitahu sekali sehari"),
    AlertKind.THRESHOLD: gettext_lazy("Diberitahu bila isinya banyak"),
}
