"""Examination and life of a sanction: the agency writes them, or the handler from its papers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints.codes import SanctionState
from complaints.forms.hr.discipline import ExaminationForm, SanctionNewsForm
from complaints.models import Examination, ReferralItem, SanctionStep
from complaints.selectors.discipline import sanction_of
from complaints.services.from_paper import confirm_fact
from complaints.services.record_examination import record_examination
from complaints.services.record_sanction_step import NEXT, record_sanction_step
from complaints.views.referral_items import Side
from neutrality.accounts.http import StaffRequest, View, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.ui.errors import conflict
from neutrality.ui.forms import PlainForm, render_form


def examination_view(side: Side, form_class: type[ExaminationForm], *roles: Role) -> View[Any]:
    """Return the view that writes down one examination."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @staff_page(*roles)
    def view(request: StaffRequest, public_id: str) -> HttpResponseBase:
        subject = side.load(request, public_id)
        _ask_role(request, subject, roles)
        form = form_class(posted(request), today=_today(request, subject))
        form.prefill(subject)

        def perform() -> None:
            record_examination(
                item_id=subject.pk,
                given=form.given(),
                paper=form.paper(),
                actor=request.actor,
                clock=request.clock,
            )

        return fact_page(request, side, subject, form, _("Catat pemeriksaan"), perform)

    return view


def sanction_view(side: Side, form_class: type[SanctionNewsForm], *roles: Role) -> View[Any]:
    """Return the view that writes down what became of a sanction."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @staff_page(*roles)
    def view(request: StaffRequest, public_id: str, sanction_id: int) -> HttpResponseBase:
        subject = side.load(request, public_id)
        _ask_role(request, subject, roles)
        row = sanction_of(item=subject, sanction_id=sanction_id)
        if row is None:
            raise Http404
        form = form_class(
            posted(request),
            today=_today(request, subject),
            decree_on=row.decree_on,
            offered=NEXT[_shown_state(request, row.state)],
            initial={"keadaan": row.state},
        )
        form.prefill(subject)

        def perform() -> None:
            record_sanction_step(
                sanction_id=row.pk,
                news=form.news(),
                expected_state=form.cleaned_data["keadaan"],
                paper=form.paper(),
                actor=request.actor,
                clock=request.clock,
            )

        return fact_page(request, side, subject, form, _("Perkembangan sanksi"), perform)

    return view


def confirm_fact_view(side: Side, kind: type[Examination] | type[SanctionStep]) -> View[Any]:
    """Return the view by which the agency confirms what the handler wrote down from its paper."""

    @never_cache
    @require_POST
    @staff_page(Role.HR_DISCIPLINE)
    def view(request: StaffRequest, public_id: str, row_id: int) -> HttpResponseBase:
        subject = side.load(request, public_id)
        if not _of_item(kind, subject).filter(pk=row_id).exists():
            raise Http404
        try:
            confirm_fact(kind=kind, row_id=row_id, actor=request.actor, clock=request.clock)
        except Refused as refused:
            if refused.refusal.code == RefusalCode.NOT_YOURS:
                raise Http404 from refused
            messages.error(request, str(refused.refusal.sentence))
        else:
            messages.success(request, _("Langkah dikonfirmasi."))
        return redirect(side.home(subject))

    return view


def _of_item(kind: type[Examination] | type[SanctionStep], subject: ReferralItem) -> Any:  # noqa: ANN401
    if kind is Examination:
        return Examination.objects.filter(item=subject)
    return SanctionStep.objects.filter(sanction__item=subject)


def fact_page(
    request: StaffRequest,
    side: Side,
    subject: ReferralItem,
    form: PlainForm,
    title: str | Promise,
    perform: Callable[[], None],
) -> HttpResponse:
    """Show a form of the item, or do what it asks: 404 for strangers, 409 for a lost race."""
    back_url = side.home(subject)
    form.cancel_url = back_url
    if form.is_bound and form.is_valid():
        try:
            perform()
        except Refused as refused:
            code, sentence = refused.refusal.code, str(refused.refusal.sentence)
            if code == RefusalCode.NOT_YOURS:
                raise Http404 from refused
            if code == RefusalCode.STALE:
                return conflict(request, sentence=sentence, back_url=back_url)
            form.add_error(None, sentence)
        else:
            messages.success(request, _("Tersimpan."))
            return redirect(back_url)
    context = {"item": subject, "title": title, "back_url": back_url}
    return render_form(request, "complaints/staff/item_form.html", form, context=context)


def posted(request: StaffRequest) -> Any:  # noqa: ANN401  what a form is bound to
    """Return what a form is bound to, or None."""
    return request.POST if request.method == "POST" else None


def _ask_role(request: StaffRequest, subject: ReferralItem, roles: tuple[Role, ...]) -> None:
    """Answer 404 to somebody whose role is held elsewhere."""
    places = [subject.office.ref(), *([subject.agency.ref()] if subject.agency else [])]
    if not any(request.actor.role_at(roles, place) for place in places):
        raise Http404


def _shown_state(request: StaffRequest, state: str) -> SanctionState:
    """Return the state that the page showed, so that a lost race is told as one."""
    shown = request.POST.get("keadaan", state)
    return SanctionState(shown if shown in SanctionState.values else state)


def _today(request: StaffRequest, subject: ReferralItem) -> Any:  # noqa: ANN401  a local day
    return request.clock.today_in(subject.office.tz)
