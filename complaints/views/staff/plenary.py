"""The plenary: the meetings of an office and what waits for them."""

from typing import Final

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints import access
from complaints.codes import MeetingMode, MeetingState
from complaints.forms.staff.afterwards import FIELD_OF
from complaints.forms.staff.case_fields import ReasonForm
from complaints.forms.staff.plenary import OpenMeetingForm, PlanMeetingForm, TakeItemsForm
from complaints.models import PlenaryMeeting
from complaints.selectors import meeting as selector
from complaints.services.cancel_meeting import cancel_meeting
from complaints.services.close_meeting import close_meeting
from complaints.services.open_meeting import open_meeting
from complaints.services.plan_meeting import plan_meeting
from complaints.services.take_items import take_items
from complaints.views.loading import OFFICE, load_meeting, today
from complaints.views.staff.case_answers import Back, posted, press, press_plain
from complaints.views.staff.entering import entering_of
from complaints.workflow import refusals
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.refusals import RefusalCode
from neutrality.ui.forms import PlainForm, render_form
from neutrality.ui.pages import list_page

TABLE: Final = (Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)
NEWEST: Final = ("-planned_at", "-id")


@require_safe
@staff_page(*OFFICE)
def meetings(request: StaffRequest) -> HttpResponseBase:
    """List the meetings, newest first, and what waits for one."""
    listing = list_page(request, selector.meetings(actor=request.actor), order=NEWEST)
    context = {
        "listing": listing,
        "rows": [selector.meeting_row(row) for row in listing.page.items],
        "waiting": selector.waiting(actor=request.actor, day=today(request), clock=request.clock),
        "may_plan": bool(request.actor.roles & set(TABLE)),
    }
    return render(request, "complaints/staff/plenary_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*TABLE)
def plan(request: StaffRequest) -> HttpResponseBase:
    """Plan a meeting; the quorum follows from the office's size."""
    offices = selector.offices_to_plan(actor=request.actor)
    chosen = next((row for row in offices if str(row.pk) == request.POST.get("kantor")), None)
    form = PlanMeetingForm(
        posted(request),
        offices=[(str(row.pk), row.name) for row in offices],
        tz=(chosen or offices[0]).tz if offices else request.clock.now.tzinfo,
        initial={"cara": MeetingMode.PRESENT},
    )
    form.cancel_url = reverse("staff:meetings")

    def page(shown: PlainForm) -> HttpResponse:
        return render_form(request, "complaints/staff/plenary_plan.html", shown)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: plan_meeting(
            office=next(row for row in offices if str(row.pk) == form.cleaned_data["kantor"]),
            plan=form.plan(),
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=Back(reverse("staff:meetings")),
        done=_("Rapat pleno dijadwalkan."),
        field_of={
            refusals.MEETING_IN_THE_PAST.code: "waktu",
            RefusalCode.IN_THE_FUTURE: "waktu",
            refusals.MODE_NEEDS_REASON.code: "alasan_cara",
        },
    )


@never_cache
@require_safe
@staff_page(*OFFICE)
def meeting(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show one meeting, with the forms of its state."""
    found = load_meeting(request, public_id)
    return _page(request, found, _take_form(request, found))


@never_cache
@require_POST
@staff_page(*TABLE)
def take(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Take waiting items onto the agenda."""
    found = load_meeting(request, public_id)
    form = _take_form(request, found)
    return press(
        request,
        form,
        lambda: take_items(
            meeting_id=found.pk,
            item_ids=_item_ids(request, form.cleaned_data["butir"]),
            actor=request.actor,
            clock=request.clock,
        ),
        page=lambda shown: _page(request, found, shown),
        back=Back(_address(found)),
        done=_("Acara rapat ditambah."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*TABLE)
def open_(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Open a meeting with the members who are there; without quorum it is refused."""
    found = load_meeting(request, public_id)
    members = selector.members_of(office=found.office, day=today(request))
    entering = entering_of(request, office=found.office, contest=None, roles=TABLE)
    form = OpenMeetingForm(posted(request), members=members, entering=entering)
    form.cancel_url = _address(found)
    present = len(set(request.POST.getlist("hadir")) & {pk for pk, _name in members})

    def page(shown: PlainForm) -> HttpResponse:
        context = {"meeting": found, "quorum": selector.quorum_words(found, present)}
        return render_form(request, "complaints/staff/plenary_open.html", shown, context=context)

    if request.method != "POST":
        if found.state != MeetingState.PLANNED:
            return redirect(_address(found))
        return page(form)
    return press(
        request,
        form,
        lambda: open_meeting(
            meeting_id=found.pk,
            present=[int(pk) for pk in form.cleaned_data["hadir"]],
            chair=int(form.cleaned_data["ketua"]),
            actor=request.actor,
            clock=request.clock,
            given=form.afterwards(),
        ),
        page=page,
        back=Back(_address(found)),
        done=_("Rapat pleno dibuka."),
        field_of={
            **FIELD_OF,
            refusals.NO_QUORUM.code: "hadir",
            refusals.NOT_A_MEMBER.code: "hadir",
        },
    )


@never_cache
@require_safe
@staff_page(*TABLE)
def quorum(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Say, while members are being ticked, whether there is a quorum."""
    found = load_meeting(request, public_id)
    members = {pk for pk, _name in selector.members_of(office=found.office, day=today(request))}
    present = len(set(request.GET.getlist("hadir")) & members)
    context = {"quorum": selector.quorum_words(found, present)}
    return render(request, "complaints/staff/plenary_quorum.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*TABLE)
def cancel(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Call a planned meeting off."""
    found = load_meeting(request, public_id)
    form = ReasonForm(posted(request), submit=_("Batalkan rapat"), danger=True)
    form.cancel_url = _address(found)

    def page(shown: PlainForm) -> HttpResponse:
        context = {"meeting": found}
        return render_form(request, "complaints/staff/plenary_cancel.html", shown, context=context)

    if request.method != "POST":
        if found.state != MeetingState.PLANNED:
            return redirect(_address(found))
        return page(form)
    return press(
        request,
        form,
        lambda: cancel_meeting(
            meeting_id=found.pk,
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=Back(_address(found)),
        done=_("Rapat pleno dibatalkan; mata acaranya menunggu rapat berikutnya."),
    )


@never_cache
@require_POST
@staff_page(*TABLE)
def close(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Close the meeting; minutes and extracts are issued."""
    found = load_meeting(request, public_id)
    return press_plain(
        request,
        lambda: close_meeting(meeting_id=found.pk, actor=request.actor, clock=request.clock),
        back=Back(_address(found)),
        done=_("Rapat ditutup; berita acara dan petikan terbit."),
    )


def _page(request: StaffRequest, found: PlenaryMeeting, form: PlainForm) -> HttpResponse:
    page = selector.meeting_page(
        meeting=found, actor=request.actor, day=today(request), clock=request.clock
    )
    here = found.office.ref()
    context = {
        "meeting": found,
        "page": page,
        "is_planned": found.state == MeetingState.PLANNED,
        "is_open": found.state == MeetingState.OPEN,
        "may_act": request.actor.role_at(TABLE, here) is not None,
        "has_waiting": bool(form.fields["butir"].choices),  # type: ignore[attr-defined]
    }
    return render_form(request, "complaints/staff/plenary_meeting.html", form, context=context)


def _take_form(request: StaffRequest, found: PlenaryMeeting) -> TakeItemsForm:
    takes = found.state in {MeetingState.PLANNED, MeetingState.OPEN}
    rows = (
        selector.waiting(
            actor=request.actor, day=today(request), clock=request.clock, office=found.office
        )
        if takes
        else ()
    )
    waiting = [(row.public_id, row.words) for row in rows]
    form = TakeItemsForm(posted(request), waiting=waiting)
    form.form_action = reverse("staff:meeting_take", args=[found.public_id])
    return form


def _item_ids(request: StaffRequest, public_ids: list[str]) -> list[int]:
    rows = access.agenda_for(actor=request.actor, day=today(request))
    return list(rows.filter(public_id__in=public_ids).values_list("pk", flat=True))


def _address(found: PlenaryMeeting) -> str:
    return reverse("staff:meeting", args=[found.public_id])
