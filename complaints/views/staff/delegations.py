"""Tracings that an office above delegated: the list, what it is about, and what was found."""

from typing import Any, Final

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints import access
from complaints.codes import TipState
from complaints.forms.public.answers import WordsField
from complaints.forms.staff.review import TracingForm
from complaints.models import Tip
from complaints.papers.parts import incident_block, respondent_lines
from complaints.services.delegate_tracing import (
    delegate_tracing,
    end_delegation,
    open_delegations,
)
from complaints.services.office_roles import REVIEWERS
from complaints.services.write_tracing_result import write_tracing_result
from complaints.views.loading import OFFICE, load_tip, today
from complaints.views.staff.case_answers import Back, posted, press, press_plain
from complaints.views.staff.report import entry_url
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_short_day, say_short_instant
from neutrality.ui.forms import PlainForm, render_form
from neutrality.ui.pages import list_page
from neutrality.ui.parts import SummaryRow

DELEGATORS: Final = (*REVIEWERS, Role.SUPERVISOR)
NEWEST: Final = ("-submitted_at", "-id")


class DelegateForm(PlainForm):
    """Which office below looks, and for what."""

    submit_label = gettext_lazy("Delegasikan")
    kantor = forms.ChoiceField(label=gettext_lazy("Kantor yang menelusuri"))
    tugas = WordsField(
        label=gettext_lazy("Yang harus ditelusuri"),
        lines=3,
        max_length=1000,
        error_messages={"required": gettext_lazy("Tuliskan tugasnya.")},
    )

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the offices below."""
        super().__init__(*args, **kwargs)
        self.fields["kantor"].choices = [("", gettext_lazy("Pilih kantor")), *offices]  # type: ignore[attr-defined]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*DELEGATORS)
def delegate(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show to whom the tracing of a tip is delegated, and delegate it."""
    tip = load_tip(request, public_id)
    if request.actor.role_at(DELEGATORS, tip.office.ref()) is None:
        raise Http404
    offices = _below(tip, request)
    form = DelegateForm(
        posted(request), offices=[(str(row.public_id), row.name) for row in offices]
    )
    form.cancel_url = entry_url(tip)

    def page(shown: PlainForm) -> HttpResponse:
        tz = tip.office.tz
        context = {
            "tip": tip,
            "may_delegate": tip.state == TipState.TRACING and bool(offices),
            "rows": [(row, say_short_instant(row.from_at, tz)) for row in open_delegations(tip)],
        }
        return render_form(request, "complaints/staff/delegate.html", shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: delegate_tracing(
            tip_id=tip.pk,
            office=next(r for r in offices if str(r.public_id) == form.cleaned_data["kantor"]),
            task=form.cleaned_data["tugas"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=Back(reverse("staff:tip_delegate", args=[tip.public_id]), tip.matter),
        done=_("Penelusuran didelegasikan; surat tugasnya terbit."),
    )


@never_cache
@require_POST
@staff_page(*DELEGATORS)
def end(request: StaffRequest, public_id: str, handling_id: int) -> HttpResponseBase:
    """End a delegation."""
    tip = load_tip(request, public_id)
    return press_plain(
        request,
        lambda: end_delegation(
            handling_id=handling_id, tip_id=tip.pk, actor=request.actor, clock=request.clock
        ),
        back=Back(reverse("staff:tip_delegate", args=[tip.public_id]), tip.matter),
        done=_("Delegasi diakhiri."),
    )


@require_safe
@staff_page(*OFFICE)
def delegations(request: StaffRequest) -> HttpResponseBase:
    """List the tracings that were delegated to the reader's offices."""
    rows = access.delegated_tips_for(actor=request.actor, day=today(request))
    listing = list_page(request, rows.select_related("office"), order=NEWEST)
    context = {
        "listing": listing,
        "rows": [
            (row, say_short_instant(row.submitted_at, row.office.tz)) for row in listing.page.items
        ],
    }
    return render(request, "complaints/staff/delegations.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def delegation(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show what a delegated tracing is about, and write what was found."""
    rows = access.delegated_tips_for(actor=request.actor, day=today(request))
    joined = ("office__region", "matter", "contest__election")
    tip = get_object_or_404(rows.select_related(*joined), public_id=public_id)
    initial = {"hasil": tip.tracing_result, "ditemukan": tip.found_on}
    form = TracingForm(posted(request), initial=initial)
    form.cancel_url = reverse("staff:delegations")

    def page(shown: PlainForm) -> HttpResponse:
        context = {"tip": tip, "facts": _facts(tip), "may_write": _may_write(request, tip)}
        return render_form(request, "complaints/staff/delegation.html", shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: write_tracing_result(
            tip_id=tip.pk,
            result=form.cleaned_data["hasil"],
            found_on=form.cleaned_data["ditemukan"],
            method=form.cleaned_data["cara"],
            follow_up=form.cleaned_data["usul"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=Back(reverse("staff:delegation", args=[tip.public_id])),
        done=_("Hasil penelusuran disimpan dan terbit sebagai Formulir A."),
        field_of={"no_tracing_result": "hasil", "in_the_future": "ditemukan"},
    )


def _below(tip: Tip, request: StaffRequest) -> list[Office]:
    rows = Office.objects.on(today(request)).filter(path__startswith=f"{tip.office_path}/")
    return list(rows.select_related("region").order_by("path")[:600])


def _may_write(request: StaffRequest, tip: Tip) -> bool:
    places = [row.office.ref() for row in open_delegations(tip)]
    return any(request.actor.role_at(REVIEWERS, place) is not None for place in places)


def _facts(tip: Tip) -> list[SummaryRow]:
    """Return what the delegated office needs: no informant, no identity."""
    block = incident_block(tip.matter, what=tip.act_line)
    people = "; ".join(
        ", ".join(filter(None, (r.name, r.unit))) for r in respondent_lines(tip.matter)
    )
    tasks = "; ".join(row.reason for row in open_delegations(tip))
    rows = [
        SummaryRow(_("Nomor"), tip.receipt_number),
        SummaryRow(_("Kantor yang bertanggung jawab"), tip.office.name),
        SummaryRow(_("Yang harus ditelusuri"), tasks),
        SummaryRow(_("Terlapor"), people),
        SummaryRow(_("Perbuatan"), block.what),
        SummaryRow(_("Kapan"), block.when),
        SummaryRow(_("Di mana"), block.place),
        SummaryRow(_("Ditemukan"), say_short_day(tip.found_on) if tip.found_on else ""),
    ]
    return [row for row in rows if row.value]
