"""What needs this person now, what of it is new to them, and taking care of an alarm."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.signing import BadSignature
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from complaints.selectors import inbox as inboxes
from complaints.services.mark_seen import mark_seen, seen_token, things_of
from complaints.services.take_alarm import take_alarm
from complaints.views.loading import OFFICE, today
from complaints.views.staff.case_answers import Back, press_plain
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role


@never_cache
@require_safe
@staff_page(*OFFICE)
def inbox(request: StaffRequest) -> HttpResponseBase:
    """Show what needs this person now."""
    found = inboxes.inbox(actor=request.actor, day=today(request), clock=request.clock)
    things = [row.thing for work in found.works for row in work.rows if row.mark]
    context = {
        "works": found.works,
        "unseen": found.unseen,
        "token": seen_token(things) if things else "",
        "may_enter": request.actor.holds(Role.INTAKE),
    }
    return render(request, "complaints/staff/inbox.html", context)


@never_cache
@require_POST
@staff_page()
def seen(request: StaffRequest) -> HttpResponseBase:
    """Keep that the reader has seen what a page showed; a script's post gets an empty answer."""
    try:
        things = things_of(request.POST.get("tanda", ""))
    except BadSignature as forged:
        raise BadRequest("The mark was not written by a page of ours.") from forged
    mark_seen(things=things, actor=request.actor, clock=request.clock)
    if request.htmx:
        return HttpResponse(status=204)
    messages.success(request, _("Ditandai sudah dilihat."))
    return redirect("staff:inbox")


@never_cache
@require_POST
@staff_page(*OFFICE)
def alarm_take(request: StaffRequest, alarm_id: int) -> HttpResponseBase:
    """Say that one takes care of a clock; the head is then not alarmed."""
    return press_plain(
        request,
        lambda: take_alarm(
            alarm_id=alarm_id, actor=request.actor, day=today(request), clock=request.clock
        ),
        back=Back(reverse("staff:inbox")),
        done=_("Dicatat: Anda menangani tenggat ini."),
    )
