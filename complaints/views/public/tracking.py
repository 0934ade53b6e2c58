"""Following a report or a tip with its secret code."""

# Django hands every view its request.
# ruff: noqa: ARG001

import uuid
from functools import partial
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from complaints.codes import ReportState
from complaints.forms.public.mailbox import WithdrawForm
from complaints.forms.public.start import CodeForm
from complaints.selectors.tracking import download_of, periods_page, tracking_page
from complaints.services.codes import SecretCode, replace_code
from complaints.services.lodge import regime_of
from complaints.services.mailbox import (
    find_code,
    mark_read,
    note_use,
    take_notice,
)
from complaints.services.withdraw import may_withdraw, withdraw_report
from complaints.views.public.code_written import code_written, is_shown, new_code_page
from complaints.views.public.limits import CodeAttempts
from complaints.views.public.mailbox_session import MAILBOX_KEY, Mailbox, in_mailbox
from complaints.views.public.room_ended import carried_on, send_again
from complaints.views.public.sending import NEW_CODE, SENT_COOKIE, pdf_response
from complaints.views.shown_until import shown_until
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.casework.refusals import Refused
from neutrality.law.citations import cited
from neutrality.law.clock import read_clock
from neutrality.law.codes import Regime
from neutrality.ui.errors import conflict
from neutrality.ui.forms import render_form

MAILBOX = "complaints/public/mailbox.html"
# Where else a link may lead whoever types the code.
DOORS: Final = {"kabar": "public:mailbox_contacts", "pesan": "public:mailbox_write"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Open the mailbox of a code; wrong codes are counted."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    attempts = CodeAttempts(request)
    if form.is_bound and attempts.exhausted():
        return render(request, "errors/429.html", status=429)
    if form.is_bound and form.is_valid():
        found = find_code(code=form.cleaned_data["kode"])
        if found is not None:
            attempts.forget()
            note_use(code_id=found.pk, clock=read_clock())
            request.session.cycle_key()
            request.session[MAILBOX_KEY] = found.pk
            further = DOORS.get(request.GET.get("menuju", ""), "public:mailbox")
            return send_again(request, home="public:mailbox") or redirect(further)
        attempts.failed()
        form.add_error("kode", _("Kode ini tidak dikenal. Periksa lagi tulisan Anda."))
    context = {"open_mailbox": MAILBOX_KEY in request.session, "carried": carried_on(request)}
    return render_form(request, "complaints/public/track.html", form, context=context)


@never_cache
@require_http_methods(["GET", "HEAD"])
@in_mailbox
def mailbox(request: HttpRequest, box: Mailbox) -> HttpResponse:
    """Show where the report stands."""
    page = tracking_page(entry=box.entry, clock=box.clock)
    context = {
        "page": page,
        "is_report": box.report is not None,
        "unread": any(letter.unread for letter in page.letters),
        "shown_until": box.clock.now.isoformat(),
    }
    return render(request, MAILBOX, context)


@never_cache
@require_http_methods(["GET", "HEAD"])
@in_mailbox
def periods(request: HttpRequest, box: Mailbox) -> HttpResponse:
    """Show how the date of each running period comes about."""
    context = {"periods": periods_page(entry=box.entry, clock=box.clock)}
    return render(request, "complaints/public/mailbox_periods.html", context)


@never_cache
@require_POST
@in_mailbox
def read_notice(request: HttpRequest, box: Mailbox) -> HttpResponse:
    """Record that the notice was read; from now on the period of completion runs."""
    if box.report is not None:
        take_notice(report_id=box.report.pk, actor=box.actor, clock=box.clock)
    mark_read(entry=box.entry, clock=box.clock, until=shown_until(request, box.clock))
    return redirect("public:mailbox")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_mailbox
def withdraw(request: HttpRequest, box: Mailbox) -> HttpResponse:
    """Withdraw after asking why and whether it is meant."""
    report = box.report
    if report is None or (request.method != "POST" and not may_withdraw(report)):
        raise Http404
    if request.method == "POST":
        form = WithdrawForm(request.POST)
        if form.is_valid():
            try:
                withdraw_report(
                    report=report,
                    reason=form.cleaned_data["alasan"],
                    expected_version=form.cleaned_data["versi"],
                    actor=box.actor,
                    clock=box.clock,
                )
            except Refused as refused:
                return _conflict(request, refused)
            return redirect("public:mailbox")
    else:
        form = WithdrawForm(initial={"versi": report.version})
    registered = report.state == ReportState.REGISTERED
    step = REPORT.get(ReportAction.RECORD_WITHDRAWAL)
    # Only of Pemilu it is known which article says so.
    basis = cited(step.basis) if regime_of(report.contest) == Regime.PEMILU else ""
    context = {"registered": registered, "basis": basis}
    return render_form(request, "complaints/public/mailbox_withdraw.html", form, context=context)


@never_cache
@require_http_methods(["GET", "HEAD"])
@in_mailbox
def document(request: HttpRequest, box: Mailbox, public_id: uuid.UUID) -> HttpResponse:
    """Download one of the documents on the page."""
    found = download_of(entry=box.entry, public_id=str(public_id))
    if found is None:
        raise Http404
    return pdf_response(found, box.clock)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_mailbox
def change_code(request: HttpRequest, box: Mailbox) -> HttpResponse:
    """Change a code that staff have seen, or one that somebody may have read."""
    if is_shown(request):
        take = partial(_take_code, request, box)
        return code_written(request, NEW_CODE, replaces=box.code, take=take, go_on="public:mailbox")
    if request.method != "POST":
        context = {"forced": box.code.staff_seen}
        return render(request, "complaints/public/mailbox_code.html", context)
    return new_code_page(request, NEW_CODE, replaces=box.code)


def _take_code(request: HttpRequest, box: Mailbox, code: SecretCode) -> None:
    replace_code(
        code_id=box.code.pk,
        staff_sees_it=False,
        reason="changed_by_holder",
        actor=box.actor,
        clock=box.clock,
        code=code,
    )
    found = find_code(code=code)
    request.session.cycle_key()
    request.session[MAILBOX_KEY] = found.pk if found else 0


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out of the mailbox; the last page of a report just sent is closed too."""
    request.session.flush()
    response = redirect("public:track")
    response.delete_cookie(SENT_COOKIE, path=reverse("public:report_start"))
    return response


@require_POST
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Close everything and go to a page that has nothing to do with us.

    A page that leads on and no redirect: a form of ours may not be answered by another host.
    """
    request.session.flush()
    elsewhere = {"elsewhere": settings.QUICK_EXIT_URL}
    response = render(request, "complaints/public/quick_exit.html", elsewhere)
    response.delete_cookie(SENT_COOKIE, path=reverse("public:report_start"))
    response["Clear-Site-Data"] = '"cache"'
    response["Cache-Control"] = "no-store"
    return response


def _conflict(request: HttpRequest, refused: Refused) -> HttpResponse:
    sentence = str(refused.refusal.sentence)
    return conflict(request, sentence=sentence, back_url=reverse("public:mailbox"))
