"""One person of the roster: positions, numbers, absences; move, leave, unpaid leave."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.law.codes import SubjectKind
from neutrality.organisations.models import Unit
from neutrality.personnel.codes import Assignment, EndReason, PositionClass
from neutrality.personnel.models import Employment, Person
from neutrality.personnel.refusals import PersonnelRefusal
from neutrality.personnel.services.employments import Post, end_employment, move
from neutrality.ui.dates import say_short_day
from neutrality.ui.forms import PlainForm, render_form
from pledges.access import agencies_for
from pledges.codes import AbsenceKind
from pledges.forms.roster import AbsenceDay, LeaveForm, MoveForm
from pledges.models import Absence
from pledges.roster_tasks import follow_roster_of
from pledges.selectors import roster as say
from pledges.services.chase import Away, record_absence
from pledges.views.hr.roster.loading import GET_OR_POST, HR, load_person, today


@never_cache
@require_safe
@staff_page(*HR)
def person(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show what agencies state about somebody; other agencies' statements are seen, not changed."""
    who, positions = load_person(request, public_id)
    day = today(request)
    running = {
        row.agency_id
        for row in positions
        if row.holds_on(day) and row.assignment == Assignment.MAIN
    }
    own = _own(request)
    away = Absence.objects.filter(person=who, agency__in=own, cancelled_at__isnull=True)
    context = {
        "person": who,
        "positions": [_position(row) for row in positions],
        "numbers": say.number_lines(who.pk),
        "contested": len(running) > 1,
        "may_change": bool(running & own),
        "absences": [
            f"{row.get_kind_display()}: {say_short_day(row.starts_on)} - {say_short_day(row.ends_on)}"
            for row in away
        ],
    }
    return render(request, "pledges/roster/person.html", context)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def change(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Move somebody to another unit or position."""
    who, held = _running(request, public_id)
    units = Unit.objects.on(today(request)).filter(agency=held.agency).order_by("path")
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        units=units,
        initial={
            "unit": held.unit.public_id if held.unit else None,
            "jabatan": held.position_title,
            "kelompok": held.position_class,
            "sejak": today(request),
        },
    )

    def act() -> None:
        data = form.cleaned_data
        post = Post(
            agency_id=held.agency_id,
            unit_id=data["unit"].pk,
            position_title=data["jabatan"],
            position_class=PositionClass(data["kelompok"]),
            kind=SubjectKind(held.kind),
            grade=held.grade,
        )
        move(
            employment_id=held.pk,
            post=post,
            moved_on=data["sejak"],
            actor=request.actor,
            clock=request.clock,
        )
        follow_roster_of.delay(held.agency_id)

    return _form(request, form, act, who, _("Catat mutasi"))


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def leave(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Record that somebody retired, died, or left otherwise."""
    who, held = _running(request, public_id)
    form = LeaveForm(
        request.POST if request.method == "POST" else None, initial={"sejak": today(request)}
    )

    def act() -> None:
        data = form.cleaned_data
        end_employment(
            employment_id=held.pk,
            ended_on=data["sejak"],
            reason=data["keterangan"],
            code=EndReason(data["sebab"]),
            actor=request.actor,
            clock=request.clock,
        )
        follow_roster_of.delay(held.agency_id)

    return _form(request, form, act, who, _("Catat keluar, pensiun, atau meninggal"))


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def unpaid_leave(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Record unpaid leave (CLTN): reminders wait, the position stays."""
    who, held = _running(request, public_id)
    form = AbsenceDay(request.POST if request.method == "POST" else None)

    def act() -> None:
        data = form.cleaned_data
        record_absence(
            person=who,
            agency_id=held.agency_id,
            away=Away(
                kind=AbsenceKind.LEAVE,
                starts_on=data["mulai"],
                ends_on=data["sampai"],
                evidence=f"CLTN: {data['dasar']}"[:200],
            ),
            actor=request.actor,
            clock=request.clock,
        )

    return _form(request, form, act, who, _("Catat cuti di luar tanggungan negara"))


def _own(request: StaffRequest) -> set[int]:
    return set(agencies_for(actor=request.actor).values_list("pk", flat=True))


def _running(request: StaffRequest, public_id: UUID) -> tuple[Person, Employment]:
    """Return the person and the own position at an agency of the actor, or 404."""
    who, positions = load_person(request, public_id)
    own, day = _own(request), today(request)
    found = [
        row
        for row in positions
        if row.agency_id in own and row.holds_on(day) and row.assignment == Assignment.MAIN
    ]
    if not found:
        raise Http404
    return who, found[0]


def _position(row: Employment) -> dict[str, str]:
    why = EndReason(row.end_reason).label if row.end_reason else ""
    return {
        "agency": row.agency.name,
        "unit": row.unit.name if row.unit else "",
        "title": row.position_title,
        "kind": row.get_kind_display(),
        "assignment": row.get_assignment_display(),
        "days": say.validity_words(row.valid_from, row.valid_until),
        "ended": "; ".join(filter(None, (str(why), row.ended_because))),
    }


def _form(
    request: StaffRequest, form: PlainForm, act: Callable[[], None], who: Person, title: str
) -> HttpResponse:
    back = reverse("roster:person", args=[who.public_id])
    form.cancel_url = back
    if form.is_bound and form.is_valid():
        try:
            act()
        except PersonnelRefusal as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Perubahan dicatat."))
            return redirect(back)
    context = {"title": title, "back_url": back, "caption": who.name}
    return render_form(request, "pledges/roster/form.html", form, context=context)
