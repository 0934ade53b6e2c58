"""Passing on, many at once, what a body that ended still has."""

from typing import Any, Final

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.forms.public.answers import WordsField
from complaints.selectors.readdressing import MOST, PASSERS, PassRow, left_behind, pass_rows
from complaints.services.readdress_item import readdress_items
from complaints.views.loading import today
from complaints.views.staff.case_answers import posted
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.ui.forms import PlainForm, render_form

TEMPLATE: Final = "complaints/staff/readdress.html"


class PassForm(PlainForm):
    """Which items go to their next body, and by what decree."""

    submit_label = _("Alihkan yang dipilih")
    butir = forms.MultipleChoiceField(
        label=_("Penerusan yang dialihkan"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu penerusan.")},
    )
    alasan = WordsField(
        label=_("Dasar pengalihan"),
        help_text=_("Misalnya peraturan yang mengakhiri wewenang instansi semula."),
        max_length=300,
        error_messages={"required": _("Tuliskan dasarnya.")},
    )

    def __init__(self, *args: Any, rows: list[PassRow], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the items that have a next body, all ticked."""
        ready = [row for row in rows if not row.refusal]
        kwargs.setdefault("initial", {"butir": [row.item.public_id for row in ready]})
        super().__init__(*args, **kwargs)
        self.fields["butir"].choices = [(row.item.public_id, row.words) for row in ready]  # type: ignore[attr-defined]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*PASSERS)
def readdress(request: StaffRequest) -> HttpResponseBase:
    """Show what a body that ended still has; pass on what is ticked and say what became of each."""
    items = left_behind(actor=request.actor, day=today(request)).order_by("sent_at", "pk")[:MOST]
    rows = pass_rows(items=items, actor=request.actor, clock=request.clock)
    form = PassForm(posted(request), rows=rows)
    form.cancel_url = reverse("staff:items")
    if request.method == "POST" and form.is_valid():
        return _passed(request, rows, form)
    context = {"rows": rows, "stuck": [row for row in rows if row.refusal], "most": MOST}
    return render_form(request, TEMPLATE, form, context=context)


def _passed(request: StaffRequest, rows: list[PassRow], form: PassForm) -> HttpResponse:
    wanted = set(form.cleaned_data["butir"])
    results = readdress_items(
        items=[row.item for row in rows if row.item.public_id in wanted],
        reason=form.cleaned_data["alasan"],
        actor=request.actor,
        clock=request.clock,
    )
    said = {row.item.pk: row for row in rows}
    context = {"results": [(said[each.item.pk], each.refusal) for each in results]}
    return render(request, "complaints/staff/readdressed.html", context)
