"""Corrections of a case: one asks, another confirms or declines."""

from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints.forms.staff.case import CorrectionForm
from complaints.models import Matter
from complaints.selectors.case_corrections import open_correction, step_to_correct
from complaints.views.loading import load_matter
from complaints.views.staff.case_answers import Back, posted, press, press_plain
from complaints.workflow.case import CASE
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.corrections import confirm_request, decline_request, request_correction
from neutrality.casework.refusals import RefusalCode
from neutrality.ui.forms import PlainForm, render_form

CORRECTORS: Final = (Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*CORRECTORS)
def correct(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Ask that the latest step be voided; or show the request that waits."""
    matter = load_matter(request, public_id)
    back = _back(matter)
    form = CorrectionForm(posted(request), initial={"versi": matter.version})
    form.cancel_url = back

    def page(shown: PlainForm) -> HttpResponse:
        context = {
            "matter": matter,
            "step": step_to_correct(matter=matter),
            "waiting": open_correction(matter=matter, user_id=request.actor.user_id),
        }
        return render_form(request, "complaints/staff/case_correct.html", shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: request_correction(
            workflow=CASE,
            subject_id=matter.pk,
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
            expected_version=form.cleaned_data["versi"],
        ),
        page=page,
        back=Back(back, matter),
        done=_("Permintaan koreksi menunggu orang kedua."),
        field_of={RefusalCode.REASON_NEEDED: "alasan"},
    )


@never_cache
@require_POST
@staff_page(*CORRECTORS)
def confirm(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Confirm, as the second person, the correction that waits."""
    matter = load_matter(request, public_id)
    request_id = _request_id(matter)
    return press_plain(
        request,
        lambda: confirm_request(request_id=request_id, actor=request.actor, clock=request.clock),
        back=Back(_back(matter), matter),
        done=_("Koreksi disetujui; langkah terakhir dibatalkan."),
    )


@never_cache
@require_POST
@staff_page(*CORRECTORS)
def decline(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Decline the correction that waits, or take back one's own."""
    matter = load_matter(request, public_id)
    request_id = _request_id(matter)
    return press_plain(
        request,
        lambda: decline_request(request_id=request_id, actor=request.actor, clock=request.clock),
        back=Back(_back(matter), matter),
        done=_("Permintaan koreksi ditolak."),
    )


def _request_id(matter: Matter) -> int:
    waiting = open_correction(matter=matter, user_id=None)
    if waiting is None:
        raise Http404
    return waiting.id


def _back(matter: Matter) -> str:
    return reverse("staff:case", args=[matter.public_id])
