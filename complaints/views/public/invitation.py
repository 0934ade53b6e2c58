"""The page of an invited person: place and time, attendance, own minutes, own result."""

from functools import partial
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.forms.public.invitation import ReadMinutesForm
from complaints.forms.public.start import CodeForm
from complaints.models import ClarificationSession
from complaints.selectors.clarification import invitation_page
from complaints.services.codes import SecretCode, replace_code
from complaints.services.confirm_attendance import confirm_attendance
from complaints.services.confirm_minutes import confirm_minutes
from complaints.services.invitations import find_invitation
from complaints.services.mailbox import note_use
from complaints.services.own_minutes import own_minutes
from complaints.views.public.code_written import code_written, is_shown, new_code_page
from complaints.views.public.invitation_session import INVITATION_KEY, Invitation, in_invitation
from complaints.views.public.limits import CodeAttempts
from complaints.views.public.room_ended import carried_on, send_again
from complaints.views.public.sending import pdf_response
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.law.clock import read_clock
from neutrality.ui.errors import conflict
from neutrality.ui.forms import render_form

CODE: Final = "complaints/public/invitation_code.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Open an invitation by its code; wrong codes are counted."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    attempts = CodeAttempts(request)
    if form.is_bound and attempts.exhausted():
        return render(request, "errors/429.html", status=429)
    if form.is_bound and form.is_valid():
        code = find_invitation(code=form.cleaned_data["kode"], clock=read_clock())
        if code is not None:
            attempts.forget()
            note_use(code_id=code.pk, clock=read_clock())
            request.session.cycle_key()
            request.session[INVITATION_KEY] = code.pk
            return send_again(request, home="public:invitation_page") or redirect(
                "public:invitation_page"
            )
        attempts.failed()
        form.add_error("kode", _("Kode ini tidak dikenal. Periksa lagi surat undangan Anda."))
    context = {"carried": carried_on(request)}
    return render_form(request, "complaints/public/invitation_enter.html", form, context=context)


@never_cache
@require_safe
@in_invitation
def page(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Show the sessions of the invited person, and what concerns them alone."""
    return _page(request, invitation, ReadMinutesForm())


@never_cache
@require_POST
@in_invitation
def attend(request: HttpRequest, invitation: Invitation, public_id: str) -> HttpResponse:
    """Say that one will come."""
    session = _session(invitation, public_id)
    try:
        confirm_attendance(session_id=session.pk, actor=invitation.actor, clock=invitation.clock)
    except Refused as refused:
        return _lost(request, refused)
    messages.success(request, _("Terima kasih. Kehadiran Anda dicatat."))
    return redirect("public:invitation_page")


@never_cache
@require_POST
@in_invitation
def confirm(request: HttpRequest, invitation: Invitation, public_id: str) -> HttpResponse:
    """Confirm one's own minutes after reading them."""
    session = _session(invitation, public_id)
    form = ReadMinutesForm(request.POST)
    if not form.is_valid():
        return _page(request, invitation, form)
    try:
        confirm_minutes(
            session_id=session.pk,
            remarks=form.cleaned_data["tambahan"],
            actor=invitation.actor,
            clock=invitation.clock,
        )
    except Refused as refused:
        return _lost(request, refused)
    messages.success(request, _("Berita acara Anda dikonfirmasi."))
    return redirect("public:invitation_page")


@never_cache
@require_safe
@in_invitation
def minutes(request: HttpRequest, invitation: Invitation, public_id: str) -> HttpResponse:
    """Download one's own confirmed minutes."""
    del request
    paper = own_minutes(party=invitation.party, public_id=public_id)
    if paper is None:
        raise Http404
    return pdf_response(paper, invitation.clock)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_invitation
def change_code(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Change the code that the office has seen."""
    if is_shown(request):
        take = partial(_take_code, request, invitation)
        return code_written(
            request, CODE, replaces=invitation.code, take=take, go_on="public:invitation_page"
        )
    if request.method != "POST":
        return render(request, CODE)
    return new_code_page(request, CODE, replaces=invitation.code)


def _take_code(request: HttpRequest, invitation: Invitation, code: SecretCode) -> None:
    replace_code(
        code_id=invitation.code.pk,
        staff_sees_it=False,
        reason="changed_by_holder",
        actor=invitation.actor,
        clock=invitation.clock,
        code=code,
    )
    fresh = find_invitation(code=code, clock=invitation.clock)
    request.session.cycle_key()
    request.session[INVITATION_KEY] = fresh.pk if fresh else 0


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the invitation in this browser."""
    request.session.flush()
    return redirect("public:invitation")


def _page(request: HttpRequest, invitation: Invitation, form: ReadMinutesForm) -> HttpResponse:
    context = {"page": invitation_page(code=invitation.code)}
    return render_form(request, "complaints/public/invitation.html", form, context=context)


def _session(invitation: Invitation, public_id: str) -> ClarificationSession:
    rows = ClarificationSession.objects.select_related("party").filter(public_id=public_id)
    found = rows.filter(party=invitation.party).first()
    if found is None:
        raise Http404
    return found


def _lost(request: HttpRequest, refused: Refused) -> HttpResponse:
    if refused.refusal.code == RefusalCode.NOT_YOURS:
        raise Http404 from refused
    back = reverse("public:invitation_page")
    return conflict(request, sentence=str(refused.refusal.sentence), back_url=back)
