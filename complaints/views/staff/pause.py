"""The switch of online filing, at an office."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.forms.staff.pause import LiftForm, PauseForm
from complaints.selectors import oversight as selectors
from complaints.selectors.pauses import set_pause
from complaints.services.pause_filing import lift_pause, pause_filing
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_instant
from neutrality.ui.forms import render_form

LIFT = "buka"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.SUPERVISOR)
def switch(request: StaffRequest, public_id: UUID) -> HttpResponseBase:
    """Show whether online filing is paused here; pause it with a sentence, or open it again."""
    office = get_object_or_404(selectors.supervised(request.actor), public_id=public_id)
    if request.method == "POST" and LIFT in request.POST:
        lift_pause(office=office, actor=request.actor, clock=request.clock)
        messages.success(request, _("Penerimaan daring dibuka lagi."))
        return redirect("staff:office_pause", office.public_id)
    form = PauseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _pause(request, office, form):
        return redirect("staff:office_pause", office.public_id)
    pause = set_pause(office=office)
    context = {
        "office": office,
        "pause": pause,
        "since": say_instant(pause.starts_at, office.tz) if pause else "",
        "until": say_instant(pause.ends_at, office.tz) if pause and pause.ends_at else "",
        "lift": LiftForm(),
    }
    return render_form(request, "complaints/staff/office_pause.html", form, context=context)


def _pause(request: StaffRequest, office: Office, form: PauseForm) -> bool:
    """Pause, unless it would be over before it began; whether it did."""
    # What is typed is the time of the office, whatever zone the server speaks.
    typed = form.cleaned_data["sampai"]
    ends_at = typed and typed.replace(tzinfo=office.tz)
    if ends_at and ends_at <= request.clock.now:
        form.add_error("sampai", _("Waktu ini sudah lewat."))
        return False
    pause_filing(
        office=office,
        sentence=form.cleaned_data["kalimat"],
        sentence_en=form.cleaned_data["kalimat_en"],
        ends_at=ends_at,
        actor=request.actor,
        clock=request.clock,
    )
    messages.success(request, _("Penerimaan daring dijeda."))
    return True
