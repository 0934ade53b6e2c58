"""The page of an invited person: place and time, attendance, own minutes, own result."""

# Decorators hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.forms.public.invitation import ReadMinutesForm
from complaints.forms.public.start import CodeForm
from complaints.models import AccessCode, ClarificationSession
from complaints.selectors.clarification import invitation_page
from complaints.services.codes import replace_code
from complaints.services.confirm_attendance import confirm_attendance
from complaints.services.confirm_minutes import confirm_minutes, party_actor
from complaints.services.invitations import find_invitation, invitation_of
from complaints.services.mailbox import note_use
from complaints.views.public.limits import CodeAttempts
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.law.clock import Clock, read_clock
from neutrality.ui.errors import conflict
from neutrality.ui.forms import render_form

INVITATION_KEY: Final = "undangan"
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the code of an invited person opens, for one request."""

    code: AccessCode
    clock: Clock


def in_invitation(view: View) -> View:
    """Give the view its open invitation; a code that was replaced meanwhile opens nothing."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = invitation_of(code_id=request.session.get(INVITATION_KEY) or 0)
        if code is None:
            request.session.pop(INVITATION_KEY, None)
            return redirect("public:invitation")
        if code.staff_seen and view.__name__ != "change_code":
            return redirect("public:invitation_code")
        return view(request, Invitation(code, read_clock()), *args, **kwargs)

    return wrapped


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Open an invitation by its code; wrong codes are counted."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    attempts = CodeAttempts(request)
    if form.is_bound and attempts.exhausted():
        return render(request, "errors/429.html", status=429)
    if form.is_bound and form.is_valid():
        code = find_invitation(code=form.cleaned_data["kode"])
        if code is not None:
            attempts.forget()
            note_use(code_id=code.pk, clock=read_clock())
            request.session.cycle_key()
            request.session[INVITATION_KEY] = code.pk
            return redirect("public:invitation_page")
        attempts.failed()
        form.add_error("kode", _("Kode ini tidak dikenal. Periksa lagi surat undangan Anda."))
    return render_form(request, "complaints/public/invitation_enter.html", form)


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
        confirm_attendance(session_id=session.pk, actor=_actor(session), clock=invitation.clock)
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
            actor=_actor(session),
            clock=invitation.clock,
        )
    except Refused as refused:
        return _lost(request, refused)
    messages.success(request, _("Berita acara Anda dikonfirmasi."))
    return redirect("public:invitation_page")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_invitation
def change_code(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Change the code that the office has seen; the new one is shown once."""
    if request.method != "POST":
        return render(request, "complaints/public/invitation_code.html")
    code = replace_code(
        code_id=invitation.code.pk,
        staff_sees_it=False,
        reason="changed_by_holder",
        actor=_holder(invitation.code),
        clock=invitation.clock,
    )
    fresh = find_invitation(code=code)
    request.session.cycle_key()
    request.session[INVITATION_KEY] = fresh.pk if fresh else 0
    return render(request, "complaints/public/invitation_code.html", {"code": code})


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
    found = rows.filter(party=invitation.code.party).first()
    if found is None:
        raise Http404
    return found


def _actor(session: ClarificationSession) -> Actor:
    return party_actor(session.party)


def _holder(code: AccessCode) -> Actor:
    if code.party is None:
        raise Http404
    return party_actor(code.party)


def _lost(request: HttpRequest, refused: Refused) -> HttpResponse:
    if refused.refusal.code == RefusalCode.NOT_YOURS:
        raise Http404 from refused
    back = reverse("public:invitation_page")
    return conflict(request, sentence=str(refused.refusal.sentence), back_url=back)
