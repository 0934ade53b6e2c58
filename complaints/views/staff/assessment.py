"""The assessment: written in versions, compared, approved by a second person."""

from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.forms.staff.assessment import AssessmentForm
from complaints.models import Matter
from complaints.selectors.allegations import named_allegations
from complaints.selectors.assessment import (
    conclusions_of,
    evidence_choices,
    latest_version,
    version_page,
)
from complaints.services.approve_assessment import approve_assessment
from complaints.services.write_assessment import WRITTEN_IN, write_assessment
from complaints.views.loading import OFFICE, load_matter
from complaints.views.staff.case_answers import Back, posted, press, press_plain
from complaints.workflow import refusals
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.ui.errors import conflict
from neutrality.ui.forms import PlainForm, render_form

WRITERS: Final = (Role.HANDLER, Role.COMMISSIONER)
APPROVERS: Final = (Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def write(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Write the next version, from the latest."""
    matter = load_matter(request, public_id)
    back = reverse("staff:case", args=[matter.public_id])
    latest = latest_version(matter=matter)
    number = latest.version if latest else 0
    initial = {
        "fakta": latest.facts if latest else "",
        "analisis": latest.analysis if latest else "",
        "versi": number,
    }
    form = AssessmentForm(
        posted(request),
        allegations=named_allegations(matter=matter),
        concluded=conclusions_of(latest),
        evidence=evidence_choices(matter=matter),
        initial=initial,
    )
    form.cancel_url = back

    def page(shown: PlainForm) -> HttpResponse:
        context = {"matter": matter, "latest": latest}
        return render_form(request, "complaints/staff/assessment.html", shown, context=context)

    if request.method != "POST":
        if matter.state not in WRITTEN_IN:
            sentence = str(refusals.NO_ASSESSMENT_NOW.sentence)
            return conflict(request, sentence=sentence, back_url=back)
        return page(form)
    return press(
        request,
        form,
        lambda: write_assessment(
            matter_id=matter.pk, given=form.given(), actor=request.actor, clock=request.clock
        ),
        page=page,
        back=Back(back, matter),
        done=_("Versi baru disimpan. Orang lain perlu menyetujuinya."),
    )


@never_cache
@require_safe
@staff_page(*OFFICE)
def version(request: StaffRequest, public_id: str, number: int) -> HttpResponseBase:
    """Show one version and what changed since the one before."""
    matter = load_matter(request, public_id)
    page = version_page(matter=matter, number=number)
    if page is None:
        raise Http404
    here = matter.office.ref()
    latest = latest_version(matter=matter)
    context = {
        "matter": matter,
        "page": page,
        "may_approve": request.actor.role_at(APPROVERS, here) is not None
        and latest is not None
        and latest.version == number
        and latest.approved_at is None,
        "earlier_url": _address(matter, number - 1),
        "later_url": _address(matter, number + 1),
        "is_author": latest is not None and latest.written_by_id == request.actor.user_id,
    }
    return render(request, "complaints/staff/assessment_version.html", context)


def _address(matter: Matter, number: int) -> str:
    return reverse("staff:assessment_version", args=[matter.public_id, max(number, 0)])


@never_cache
@require_POST
@staff_page(*APPROVERS)
def approve(request: StaffRequest, public_id: str, number: int) -> HttpResponseBase:
    """Approve this version as the second person."""
    matter = load_matter(request, public_id)
    return press_plain(
        request,
        lambda: approve_assessment(
            matter_id=matter.pk, version=number, actor=request.actor, clock=request.clock
        ),
        back=Back(reverse("staff:case", args=[matter.public_id]), matter),
        done=_("Kajian disetujui."),
    )
