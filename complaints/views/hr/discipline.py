"""What the agency does for its appointing authority: examine, sanction, follow the sanction."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from complaints.forms.hr.discipline import ExaminationForm, ExaminerForm, SanctionNewsForm
from complaints.models import Examination, ReferralItem, SanctionStep
from complaints.selectors.discipline import copies_for_agency, possible_examiners, team_of
from complaints.selectors.evidence import INLINE_TYPES
from complaints.services.name_examiner import name_examiner
from complaints.services.open_released import NoCopy, open_for_agency
from complaints.services.record_examination import UNDER_EXAMINATION
from complaints.views.item_facts import (
    confirm_fact_view,
    examination_view,
    fact_page,
    posted,
    sanction_view,
)
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
from complaints.views.staff.evidence_answers import handed_over
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.refusals import Refused


def _more(request: StaffRequest, subject: ReferralItem) -> dict[str, Any]:
    officer = request.actor.holds(Role.HR_DISCIPLINE)
    return {
        "team": team_of(subject),
        "copies": copies_for_agency(subject),
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
confirm_examination = confirm_fact_view(AGENCY_SIDE, Examination)
confirm_news = confirm_fact_view(AGENCY_SIDE, SanctionStep)
examination = examination_view(AGENCY_SIDE, ExaminationForm, Role.HR_DISCIPLINE, Role.EXAMINER)
sanction = sanction_view(AGENCY_SIDE, SanctionNewsForm, Role.HR_DISCIPLINE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.HR_DISCIPLINE)
def examiner(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Name a member of the examining team."""
    subject = AGENCY_SIDE.load(request, public_id)
    people = possible_examiners(item=subject, day=today(request))
    form = ExaminerForm(posted(request), people=people)

    def perform() -> None:
        name_examiner(
            item_id=subject.pk,
            user_id=int(form.cleaned_data["pemeriksa"]),
            actor=request.actor,
            clock=request.clock,
        )

    return fact_page(request, AGENCY_SIDE, subject, form, _("Tunjuk pemeriksa"), perform)


@never_cache
@require_safe
@staff_page(*AGENCY_SIDE.roles)
def item_copy(request: StaffRequest, public_id: str, copy_id: str) -> HttpResponseBase:
    """Hand over a copy of evidence that was let go for the agencies; pictures are seen in a page."""
    subject = AGENCY_SIDE.load(request, public_id)
    try:
        copy, pieces = open_for_agency(
            item=subject, public_id=copy_id, actor=request.actor, clock=request.clock
        )
    except (NoCopy, Refused) as missing:
        raise Http404 from missing
    name, inline = f"salinan-{copy.public_id}", copy.media_type in INLINE_TYPES
    return handed_over(pieces, copy.media_type, name, inline=inline)
