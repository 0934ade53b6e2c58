"""The page of one report, its mailbox, and who works on it."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from complaints.forms.staff.review import AssignForm, LetterForm
from complaints.models import Report, Tip
from complaints.selectors.desk import with_workload
from complaints.selectors.file_parts import reads_identity
from complaints.selectors.offices import colleagues, holders
from complaints.selectors.report_file import ReportPage, report_page
from complaints.selectors.seats import Seat, seats_elsewhere
from complaints.services.assign import assign
from complaints.services.determine_contest import is_fixed
from complaints.services.media_types import FileRefused
from complaints.services.office_message import mark_letters_read, office_message
from complaints.services.office_roles import CLERKS, REVIEWERS
from complaints.services.write_message import Letter
from complaints.views.loading import OFFICE, load_report, load_tip, today
from complaints.views.offers import Button, Buttons, buttons, needs_plenary, offers_of
from complaints.views.public.uploads import arrived, receives_files, too_big
from complaints.views.shown_until import SHOWN_UNTIL, shown_until
from complaints.views.staff.case_answers import Back, press, press_plain
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.models import LegalClock
from neutrality.casework.workflow import Workflow
from neutrality.ui.forms import PlainForm, render_form

PROPOSERS = (Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)


@never_cache
@require_safe
@staff_page(*OFFICE)
def report(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show everything about the report."""
    return show_report(request, load_report(request, public_id))


@receives_files
@never_cache
@require_POST
@staff_page(*OFFICE)
def report_message(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Write to the reporter."""
    return _write(request, load_report(request, public_id))


@receives_files
@never_cache
@require_POST
@staff_page(*OFFICE)
def tip_message(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Write to the informant."""
    return _write(request, load_tip(request, public_id))


@never_cache
@require_POST
@staff_page(*OFFICE)
def report_messages_read(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Mark the reporter's messages as read."""
    return _mark_read(request, load_report(request, public_id))


@never_cache
@require_POST
@staff_page(*OFFICE)
def tip_messages_read(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Mark the informant's messages as read."""
    return _mark_read(request, load_tip(request, public_id))


@never_cache
@require_POST
@staff_page(*OFFICE)
def report_assign(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Give the report to a colleague."""
    return _assign(request, load_report(request, public_id))


@never_cache
@require_POST
@staff_page(*OFFICE)
def tip_assign(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Give the tip to a colleague."""
    return _assign(request, load_tip(request, public_id))


def show_report(
    request: StaffRequest, subject: Report, *, letter: PlainForm | None = None
) -> HttpResponse:
    """Return the page of the report, with what was typed when it is shown again."""
    roles = roles_here(request, subject)
    page = report_page(report=subject, reads_identity=reads_identity(roles), clock=request.clock)
    letter = letter or LetterForm(initial={SHOWN_UNTIL: request.clock.now.isoformat()})
    letter.form_action = reverse("staff:report_message", args=[subject.public_id])
    offered = entry_buttons(request, REPORT, subject, page.raw_clocks)
    context = {
        "report": subject,
        "page": page,
        "seats": _seats(request, subject, page, offered),
        "unread": any(not (row.from_office or row.read) for row in page.letters),
        "buttons": offered,
        **entry_context(request, subject, roles),
    }
    return render_form(request, "complaints/staff/report.html", letter, context=context)


def _seats(
    request: StaffRequest, subject: Report, page: ReportPage, offered: Buttons
) -> list[tuple[Seat, str]]:
    """Return whose office is another one, with the page that sends the report there."""
    reroute = next((row for row in offered.others if row.action == ReportAction.REROUTE), None)
    named = sum(row.is_respondent for row in page.facts.people)
    if reroute is None or named == page.facts.unlinked:
        return []
    found = seats_elsewhere(report=subject, day=today(request))
    return [(seat, f"{reroute.url}?kantor={seat.office.public_id}") for seat in found]


def roles_here(request: StaffRequest, entry: Report | Tip) -> frozenset[str]:
    """Return the roles that the actor holds at the entry's office."""
    here = entry.office.ref()
    return frozenset(grant.role for grant in request.actor.grants if grant.at.covers(here))


def entry_context(
    request: StaffRequest, entry: Report | Tip, roles: frozenset[str]
) -> dict[str, Any]:
    """Return what the pages of reports and tips share: what the reader may do beside the steps."""
    people = with_workload(
        holders(entry=entry, day=today(request)),
        office=entry.office,
        clock=request.clock,
    )
    form = AssignForm(people=people, initial={"petugas": entry.assignee_id or ""})
    form.form_action = entry_url(entry, "assign")
    return {
        "entry": entry,
        "matter": entry.matter,
        "may_work": bool(roles & set(CLERKS)),
        "may_review": bool(roles & set(REVIEWERS)),
        "may_set_contest": bool(roles & set(CLERKS)) and not is_fixed(entry),
        "opens_identity": reads_identity(roles),
        "assign_form": form,
        "read_url": entry_url(entry, "messages_read"),
        "shown_until": request.clock.now.isoformat(),
        "may_correct": bool(roles & {*CLERKS, Role.SUPERVISOR}) and entry.version > 1,
        "correct_url": entry_url(entry, "correct"),
        "from": entry.public_id,
    }


def entry_buttons(
    request: StaffRequest, workflow: Workflow, entry: Report | Tip, clocks: tuple[LegalClock, ...]
) -> Buttons:
    """Return the steps that can be pressed, and what can be proposed to the plenary."""
    offers = offers_of(
        workflow=workflow,
        subject=entry,
        actor=request.actor,
        clock=request.clock,
        clocks=clocks,
    )
    return buttons(
        offers=offers,
        url=lambda action: entry_url(entry, "step", action),
        more=list(_proposals(request, workflow, entry)),
    )


def entry_url(entry: Report | Tip, page: str = "", *more: str) -> str:
    """Return the address of a page of this report or tip."""
    kind = "report" if isinstance(entry, Report) else "tip"
    name = f"staff:{kind}_{page}" if page else f"staff:{kind}"
    return reverse(name, args=[entry.public_id, *more])


def _proposals(request: StaffRequest, workflow: Workflow, entry: Report | Tip) -> list[Button]:
    if request.actor.role_at(PROPOSERS, entry.office.ref()) is None:
        return []
    return [
        Button(
            action=str(row.action),
            label=_("Usulkan ke pleno: %(step)s") % {"step": row.label},
            url=entry_url(entry, "propose", str(row.action)),
            refusal="",
            is_proposed=False,
        )
        for row in workflow.leaving(entry.state)
        if needs_plenary(row)
    ]


def _write(request: StaffRequest, entry: Report | Tip) -> HttpResponse:
    form = LetterForm(request.POST, request.FILES, too_big=too_big(request))
    back = Back(f"{entry_url(entry)}#pesan", entry.matter)
    try:
        return press(
            request,
            form,
            lambda: office_message(
                entry=entry,
                letter=Letter(body=form.cleaned_data["pesan"], files=arrived(request, "berkas")),
                actor=request.actor,
                clock=request.clock,
                until=shown_until(request, request.clock),
            ),
            page=lambda shown: _again(request, entry, shown),
            back=back,
            done=_("Pesan terkirim."),
        )
    except FileRefused as refused:
        form.add_error("berkas", str(refused.sentence))
        return _again(request, entry, form)


def _again(request: StaffRequest, entry: Report | Tip, form: PlainForm) -> HttpResponse:
    if isinstance(entry, Report):
        return show_report(request, entry, letter=form)
    from complaints.views.staff.tip import show_tip  # noqa: PLC0415  that page shows this form

    return show_tip(request, entry, letter=form)


def _mark_read(request: StaffRequest, entry: Report | Tip) -> HttpResponse:
    return press_plain(
        request,
        lambda: mark_letters_read(
            entry=entry,
            actor=request.actor,
            clock=request.clock,
            until=shown_until(request, request.clock),
        ),
        back=Back(f"{entry_url(entry)}#pesan", entry.matter),
    )


def _assign(request: StaffRequest, entry: Report | Tip) -> HttpResponse:
    day = today(request)
    form = AssignForm(request.POST, people=colleagues(office=entry.office, day=day))

    def act() -> None:
        chosen = form.cleaned_data["petugas"]
        user_id = int(chosen) if chosen else None
        assign(entry=entry, user_id=user_id, day=day, actor=request.actor, clock=request.clock)

    return press(
        request,
        form,
        act,
        page=lambda shown: render_form(
            request,
            "complaints/staff/form_page.html",
            shown,
            context={"title": _("Petugas"), "back_url": entry_url(entry)},
        ),
        back=Back(entry_url(entry), entry.matter),
        done=_("Petugas disimpan."),
    )
