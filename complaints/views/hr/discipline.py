"""What the agency does for its appointing authority: examine, sanction, follow the sanction."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.codes import SanctionState
from complaints.forms.hr.discipline import ExaminationForm, ExaminerForm, SanctionNewsForm
from complaints.models import ReferralItem
from complaints.selectors.discipline import possible_examiners, sanction_of, team_of
from complaints.services.name_examiner import name_examiner
from complaints.services.record_examination import UNDER_EXAMINATION, record_examination
from complaints.services.record_sanction_step import NEXT, record_sanction_step
from complaints.views.loading import today
from complaints.views.referral_items import (
    AGENCY_SIDE,
    archive_view,
    confirm_view,
    item_view,
    number_view,
    paper_view,
    queue_view,
    step_view,
)
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.ui.errors import conflict
from neutrality.ui.forms import PlainForm, render_form


def _more(request: StaffRequest, subject: ReferralItem) -> dict[str, Any]:
    officer = request.actor.holds(Role.HR_DISCIPLINE)
    return {
        "team": team_of(subject),
        "may_examine": subject.state in UNDER_EXAMINATION,
        "may_name": officer and subject.state in UNDER_EXAMINATION,
        "may_follow": officer,
    }


items = queue_view(AGENCY_SIDE)
item = item_view(AGENCY_SIDE, _more)
item_step = step_view(AGENCY_SIDE)
item_number = number_view(AGENCY_SIDE)
item_paper = paper_view(AGENCY_SIDE)
package_archive = archive_view(AGENCY_SIDE)
confirm = confirm_view(AGENCY_SIDE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.HR_DISCIPLINE, Role.EXAMINER)
def examination(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Write down one examination."""
    subject = AGENCY_SIDE.load(request, public_id)
    form = ExaminationForm(_posted(request), today=_today(request, subject))

    def perform() -> None:
        record_examination(
            item_id=subject.pk, given=form.given(), actor=request.actor, clock=request.clock
        )

    return _page(request, subject, form, _("Catat pemeriksaan"), perform)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.HR_DISCIPLINE)
def examiner(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Name a member of the examining team."""
    subject = AGENCY_SIDE.load(request, public_id)
    people = possible_examiners(item=subject, day=today(request))
    form = ExaminerForm(_posted(request), people=people)

    def perform() -> None:
        name_examiner(
            item_id=subject.pk,
            user_id=int(form.cleaned_data["pemeriksa"]),
            actor=request.actor,
            clock=request.clock,
        )

    return _page(request, subject, form, _("Tunjuk pemeriksa"), perform)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.HR_DISCIPLINE)
def sanction(request: StaffRequest, public_id: str, sanction_id: int) -> HttpResponseBase:
    """Write down what became of a sanction."""
    subject = AGENCY_SIDE.load(request, public_id)
    row = sanction_of(item=subject, sanction_id=sanction_id)
    if row is None:
        raise Http404
    shown = _shown_state(request, row.state)
    form = SanctionNewsForm(
        _posted(request),
        today=_today(request, subject),
        decree_on=row.decree_on,
        offered=NEXT[shown],
        initial={"keadaan": row.state},
    )

    def perform() -> None:
        record_sanction_step(
            sanction_id=row.pk,
            news=form.news(),
            expected_state=form.cleaned_data["keadaan"],
            actor=request.actor,
            clock=request.clock,
        )

    return _page(request, subject, form, _("Perkembangan sanksi"), perform)


def _shown_state(request: StaffRequest, state: str) -> SanctionState:
    """Return the state that the page showed, so that a lost race is told as one."""
    shown = request.POST.get("keadaan", state)
    return SanctionState(shown if shown in SanctionState.values else state)


def _page(
    request: StaffRequest,
    subject: ReferralItem,
    form: PlainForm,
    title: str | Promise,
    perform: Callable[[], None],
) -> HttpResponse:
    """Show a form of the item, or do what it asks: 404 for strangers, 409 for a lost race."""
    back_url = AGENCY_SIDE.home(subject)
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


def _posted(request: StaffRequest) -> Any:  # noqa: ANN401  what a form is bound to
    return request.POST if request.method == "POST" else None


def _today(request: StaffRequest, subject: ReferralItem) -> Any:  # noqa: ANN401  a local day
    return request.clock.today_in(subject.office.tz)
