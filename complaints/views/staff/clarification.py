"""Clarifications: planned with an invitation, delivered, held, written down, confirmed."""

from typing import Final

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.codes import MeetingMode, SessionState
from complaints.forms.staff.afterwards import FIELD_OF
from complaints.forms.staff.case_fields import ReasonForm
from complaints.forms.staff.clarification import (
    AbsenceForm,
    AttendanceForm,
    ConfirmMinutesForm,
    DeliveryForm,
    LineForm,
    PlanSessionForm,
)
from complaints.models import ClarificationSession
from complaints.selectors.clarification import (
    get_session_for,
    line_row,
    line_typed,
    minutes_lines,
    parties_to_invite,
    session_page,
    short_notice,
)
from complaints.services.confirm_minutes import confirm_minutes
from complaints.services.deliver_invitation import deliver_invitation
from complaints.services.hold_session import cancel_session, hold_session, mark_absent
from complaints.services.media_types import FileRefused
from complaints.services.plan_session import OPEN_STATES, earliest_day, plan_session
from complaints.services.write_minutes import write_line
from complaints.views.loading import OFFICE, found, load_matter, today
from complaints.views.public.uploads import arrived, receives_files, too_big
from complaints.views.staff.case_answers import Back, lost, posted, press
from complaints.views.staff.entering import entering_of
from complaints.workflow import refusals
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.refusals import Refused
from neutrality.ui.errors import conflict
from neutrality.ui.forms import PlainForm, render_form

HEARERS: Final = (Role.HANDLER, Role.COMMISSIONER)
PLAN_FIELDS: Final = {
    refusals.SESSION_IN_THE_PAST.code: "mulai",
    refusals.SHORT_NOTICE.code: "alasan_singkat",
    refusals.MODE_NEEDS_REASON.code: "alasan_cara",
    refusals.PARTIES_WOULD_MEET.code: "mulai",
    refusals.NOT_A_PARTY.code: "pihak",
    refusals.ALREADY_HEARD.code: "alasan_lagi",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*HEARERS)
def plan(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Plan a session; the page that follows shows the invited person's code, once."""
    matter = load_matter(request, public_id)
    parties = parties_to_invite(matter=matter)
    form = PlanSessionForm(
        posted(request),
        parties=[(row.public_id, words) for row, words in parties],
        tz=matter.office.tz,
        initial={"cara": MeetingMode.PRESENT},
    )
    form.cancel_url = reverse("staff:case", args=[matter.public_id])
    context = {"matter": matter, "earliest": earliest_day(matter=matter, clock=request.clock)}

    def page() -> HttpResponse:
        template = "complaints/staff/clarification_plan.html"
        return render_form(request, template, form, context=context)

    if request.method != "POST" and matter.state not in OPEN_STATES:
        sentence = str(refusals.NO_SESSION_NOW.sentence)
        return conflict(request, sentence=sentence, back_url=form.cancel_url)
    if request.method != "POST" or not form.is_valid():
        return page()
    chosen = next(row for row, _words in parties if row.public_id == form.cleaned_data["pihak"])
    try:
        planned = plan_session(
            matter_id=matter.pk,
            plan=form.plan(chosen.pk),
            actor=request.actor,
            clock=request.clock,
        )
    except Refused as refused:
        code = str(refused.refusal.code)
        if answer := lost(request, refused, back_url=form.cancel_url, matter=matter):
            return answer
        form.add_error(PLAN_FIELDS.get(code), str(refused.refusal.sentence))
        return page()
    context = {"session": planned.session, "matter": matter, "code": planned.code}
    return render(request, "complaints/staff/clarification_code.html", context)


@never_cache
@require_safe
@staff_page(*OFFICE)
def session(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show one session with what can be done about it."""
    return _page(request, _load(request, public_id))


@never_cache
@receives_files
@require_POST
@staff_page(*HEARERS)
def deliver(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Record how the invitation was handed over, with a picture of the proof."""
    row = _load(request, public_id)
    form = DeliveryForm(request.POST, request.FILES, tz=row.matter.office.tz, prefix="kirim")
    files = arrived(request, "kirim-berkas")
    for name in too_big(request):
        form.add_error("berkas", _("%(name)s terlalu besar dan tidak diterima.") % {"name": name})

    def act() -> object:
        handed = form.handed(files[0] if files else None)
        return deliver_invitation(
            session_id=row.pk, handed=handed, actor=request.actor, clock=request.clock
        )

    try:
        return press(
            request,
            form,
            act,
            page=lambda shown: _page(request, row, {"kirim": shown}),
            back=Back(_address(row), row.matter),
            done=_("Penyampaian undangan dicatat."),
            field_of={refusals.DELIVERED_OUT_OF_TIME.code: "diterima"},
        )
    except FileRefused as refused:
        form.add_error("berkas", str(refused.sentence))
        return _page(request, row, {"kirim": form})


@never_cache
@require_POST
@staff_page(*HEARERS)
def hold(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Record that the person came, and begin."""
    row = _load(request, public_id)
    form = _attendance_form(request, row, request.POST)
    return press(
        request,
        form,
        lambda: hold_session(
            session_id=row.pk, attended=form.attended(), actor=request.actor, clock=request.clock
        ),
        page=lambda shown: _page(request, row, {"hadir": shown}),
        back=Back(reverse("staff:session_minutes", args=[row.public_id]), row.matter),
        done=_("Kehadiran dicatat. Tulis tanya jawabnya di sini."),
        field_of={**FIELD_OF, refusals.HELD_BEFORE_INVITED.code: "waktu"},
    )


@never_cache
@require_POST
@staff_page(*HEARERS)
def absent(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Record that the person did not come."""
    row = _load(request, public_id)
    form = AbsenceForm(request.POST, prefix="absen")
    return press(
        request,
        form,
        lambda: mark_absent(
            session_id=row.pk,
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=lambda shown: _page(request, row, {"absen": shown}),
        back=Back(_address(row), row.matter),
        done=_("Ketidakhadiran dicatat."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*HEARERS)
def cancel(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Call a planned session off."""
    row = _load(request, public_id)
    form = ReasonForm(posted(request), submit=_("Batalkan jadwal"), danger=True)
    form.cancel_url = _address(row)

    def page(shown: PlainForm) -> HttpResponse:
        template = "complaints/staff/clarification_cancel.html"
        return render_form(request, template, shown, context={"session": row})

    if request.method != "POST":
        return page(form) if row.state == SessionState.PLANNED else redirect(_address(row))
    return press(
        request,
        form,
        lambda: cancel_session(
            session_id=row.pk,
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=Back(_address(row), row.matter),
        done=_("Jadwal dibatalkan."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*HEARERS)
def minutes(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Write the minutes line by line; each line is saved while it is written."""
    row = _load(request, public_id)
    if request.method != "POST":
        if row.state != SessionState.HELD or row.confirmed_at:
            return redirect(_address(row))
        return _minutes_page(request, row)
    form = LineForm(request.POST)
    return _write(request, row, form) if form.is_valid() else _line_refused(request, row, form)


def _write(request: StaffRequest, row: ClarificationSession, form: LineForm) -> HttpResponse:
    address = reverse("staff:session_minutes", args=[row.public_id])
    try:
        saved = write_line(
            session_id=row.pk, line=form.line(), actor=request.actor, clock=request.clock
        )
    except Refused as refused:
        if answer := lost(request, refused, back_url=address, matter=row.matter):
            return answer
        form.add_error(None, str(refused.refusal.sentence))
        return _line_refused(request, row, form)
    if request.htmx:
        context = {"line": line_row(saved, row)}
        return render(request, "complaints/staff/clarification_saved.html", context)
    return redirect(f"{address}#baris-{saved.position}")


@never_cache
@require_POST
@staff_page(*HEARERS)
def confirm(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Confirm the minutes after they were read back."""
    row = _load(request, public_id)
    form = ConfirmMinutesForm(request.POST, tz=row.matter.office.tz, prefix="sah")
    return press(
        request,
        form,
        lambda: confirm_minutes(
            session_id=row.pk,
            remarks=form.cleaned_data["tambahan"],
            actor=request.actor,
            clock=request.clock,
            ended_at=form.cleaned_data["selesai"],
        ),
        page=lambda shown: _page(request, row, {"sah": shown}),
        back=Back(_address(row), row.matter),
        done=_("Berita acara dikonfirmasi dan terbit sebagai dokumen."),
        field_of={refusals.ENDED_OUT_OF_TIME.code: "selesai"},
    )


def _load(request: StaffRequest, public_id: str) -> ClarificationSession:
    day = today(request)
    return found(lambda: get_session_for(actor=request.actor, day=day, public_id=public_id))


def _page(
    request: StaffRequest, row: ClarificationSession, bound: dict[str, PlainForm] | None = None
) -> HttpResponse:
    hears = request.actor.role_at(HEARERS, row.matter.office.ref()) is not None
    forms = {**(_forms(request, row) if hears else {}), **(bound or {})}
    context = {
        "session": row,
        "matter": row.matter,
        "page": session_page(session=row),
        "short_notice": short_notice(session=row, clock=request.clock),
        "forms": forms,
        "may_hear": hears,
        "is_planned": row.state == SessionState.PLANNED,
        "may_write": hears and row.state == SessionState.HELD and row.confirmed_at is None,
        "may_hear_again": hears
        and row.confirmed_at is not None
        and row.matter.state in OPEN_STATES,
        "may_invite_again": hears
        and row.state == SessionState.ABSENT
        and row.ordinal == 1
        and row.matter.state in OPEN_STATES,
    }
    shown = next(iter((bound or {}).values()), PlainForm())
    return render_form(request, "complaints/staff/clarification.html", shown, context=context)


def _forms(request: StaffRequest, row: ClarificationSession) -> dict[str, PlainForm]:
    forms: dict[str, PlainForm] = {}
    if row.invitation_id:
        forms["kirim"] = DeliveryForm(tz=row.matter.office.tz, prefix="kirim")
    if row.state == SessionState.PLANNED:
        forms["hadir"] = _attendance_form(request, row)
        if request.clock.now >= row.starts_at:
            forms["absen"] = AbsenceForm(prefix="absen")
    if row.state == SessionState.HELD and row.confirmed_at is None:
        forms["sah"] = ConfirmMinutesForm(tz=row.matter.office.tz, prefix="sah")
    return forms


def _attendance_form(
    request: StaffRequest, row: ClarificationSession, data: QueryDict | None = None
) -> AttendanceForm:
    matter = row.matter
    entering = entering_of(request, office=matter.office, contest=matter.contest, roles=HEARERS)
    return AttendanceForm(data, entering=entering, prefix="hadir")


def _minutes_page(
    request: StaffRequest, row: ClarificationSession, form: LineForm | None = None
) -> HttpResponse:
    page = session_page(session=row)
    typed = line_typed(form.data, page) if form else None
    context = {
        "session": row,
        "matter": row.matter,
        "lines": minutes_lines(page, typed),
        "refused_form": form,
        "refused_position": typed.position if typed else 0,
        "more_url": f"{request.path}#baris-{page.next_position}",
    }
    template = "complaints/staff/clarification_minutes.html"
    return render_form(request, template, form or LineForm(), context=context)


def _line_refused(request: StaffRequest, row: ClarificationSession, form: LineForm) -> HttpResponse:
    """Give everything typed back: beside the line by htmx, else on the whole page."""
    if request.htmx:
        context = {"form": form}
        return render(request, "complaints/staff/clarification_unsaved.html", context, status=422)
    return _minutes_page(request, row, form)


def _address(row: ClarificationSession) -> str:
    return reverse("staff:session", args=[row.public_id])
