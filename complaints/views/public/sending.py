"""The end of the journey: check your answers, declare, done."""

from functools import partial
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from complaints.forms.public.filing import DeclarationForm
from complaints.models import AccessCode, Report, Tip
from complaints.selectors import filing as pages
from complaints.selectors.answers import answer_groups
from complaints.selectors.carried import waiting_among
from complaints.selectors.draft_evidence import evidence_rows
from complaints.selectors.giveaways import giveaways_of
from complaints.selectors.pauses import any_pause
from complaints.services.codes import SecretCode, replace_code
from complaints.services.draft_end import DraftEnded
from complaints.services.submit_draft import (
    DraftIncomplete,
    check_complete,
    office_of,
    submit_draft,
)
from complaints.services.write_message import Letter, write_message
from complaints.views.public.code_written import code_written, is_shown, new_code_page
from complaints.views.public.filing import frame, holding, verdict
from complaints.views.public.filing_session import Filing, in_draft, step_url
from complaints.views.public.limits import Limited, holder_over
from complaints.views.public.waiting import nothing_new
from neutrality.audit.actor import CITIZEN
from neutrality.audit.record import SubjectRef
from neutrality.documents.models import Document, DocumentState
from neutrality.documents.opening import pdf_bytes
from neutrality.law.clock import Clock, read_clock
from neutrality.ui.dates import say_instant
from neutrality.ui.forms import render_form

NEW_CODE: Final = "complaints/public/report_new_code.html"
SENT_COOKIE: Final = "terkirim"
SENT_SECONDS: Final = 60 * 60
WANTED: Final = {
    "kunjungan": gettext_lazy(
        "Pelapor tidak dapat datang dan meminta petugas datang memeriksa identitas dan bukti asli."
    ),
    "video": gettext_lazy(
        "Pelapor tidak dapat datang dan meminta identitas diperiksa melalui panggilan video."
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD"])
@in_draft
def check(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Show every answer with a link to change it, and what the whole will become."""
    evidence = evidence_rows(filing.draft)
    waiting = waiting_among(row.state for row in evidence)
    if nothing_new(request, waiting):
        return HttpResponse(status=204)
    missing = _missing(filing)
    context = {
        "groups": answer_groups(filing.draft, clock=filing.clock),
        "evidence": evidence,
        "waiting": waiting,
        "refreshes": waiting > 0,
        "giveaways": giveaways_of(filing.draft),
        "missing": missing and {"name": missing, "url": step_url(missing)},
        "verdict": None if missing else verdict(filing),
        **frame(filing, "periksa", _("Periksa jawaban Anda")),
    }
    return render(request, "complaints/public/report_check.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_draft
def send(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Ask for the declaration and send; sent twice, it is there once."""
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _paused(request, filing) or _submitted(filing)
    if _missing(filing):
        return redirect(step_url("periksa"))
    context = {"verdict": verdict(filing), **frame(filing, "kirim", _("Pernyataan"))}
    return render_form(request, "complaints/public/report_send.html", form, context=context)


def _submitted(filing: Filing) -> HttpResponse:
    try:
        entry = submit_draft(
            draft=filing.draft,
            language=(get_language() or "id")[:2],
            actor=CITIZEN,
            clock=filing.clock,
        )
    except DraftIncomplete as incomplete:
        return redirect(step_url(incomplete.step))
    except DraftEnded:
        return redirect("public:report_resume")
    return _done(entry)


@never_cache
@require_http_methods(["GET", "HEAD"])
def done(request: HttpRequest) -> HttpResponse:
    """Say that it has arrived, with its number, its receipt and what comes next."""
    entry = _sent(request)
    office, clock = entry.office, read_clock()
    context = {
        "entry": entry,
        "sent_at": say_instant(entry.submitted_at, office.tz),
        "is_report": isinstance(entry, Report),
        "anonymous": isinstance(entry, Tip) and entry.anonymous,
        "receipt": _receipt(entry),
        "office": office,
        "hand_over": pages.hand_over_by(entry=entry),
        "facts": pages.office_facts(office=office, contest=entry.contest, clock=clock),
        "asked": "diminta" in request.GET,
    }
    return render(request, "complaints/public/report_done.html", context)


@never_cache
@require_POST
def ask_for_meeting(request: HttpRequest) -> HttpResponse:
    """Ask the office for a visit or a video call, by a message in the mailbox."""
    entry = _sent(request)
    words = wanted().get(request.POST.get("minta", ""))
    if words is None or not isinstance(entry, Report):
        raise Http404
    if holder_over(f"report:{entry.pk}", Limited.MESSAGES):
        return render(request, "errors/429.html", status=429)
    letter = Letter(body=words)
    write_message(mailbox=entry, letter=letter, actor=CITIZEN, clock=read_clock())
    return redirect(f"{reverse('public:report_done')}?diminta=1")


def wanted() -> dict[str, str]:
    """Return what may be asked for, as the office reads it: in its language, not the page's."""
    with override("id"):
        return {name: str(words) for name, words in WANTED.items()}


@sensitive_post_parameters()
@never_cache
@require_POST
def new_code(request: HttpRequest) -> HttpResponse:
    """Give a new code to somebody who has just sent and has lost the paper."""
    entry = _sent(request)
    column = "report_id" if isinstance(entry, Report) else "tip_id"
    row = AccessCode.objects.filter(revoked_at=None, **{column: entry.pk}).last()
    if row is None:
        raise Http404
    if not is_shown(request):
        return new_code_page(request, NEW_CODE, replaces=row)
    answer = code_written(
        request, NEW_CODE, replaces=row, take=partial(_take_code, row), go_on="public:track"
    )
    if answer.status_code == HTTPStatus.FOUND:
        answer.delete_cookie(SENT_COOKIE, path=reverse("public:report_start"))
    return answer


def _take_code(row: AccessCode, code: SecretCode) -> None:
    replace_code(
        code_id=row.pk,
        staff_sees_it=False,
        reason="lost_at_once",
        actor=CITIZEN,
        clock=read_clock(),
        code=code,
    )


@never_cache
@require_http_methods(["GET", "HEAD"])
def receipt_pdf(request: HttpRequest) -> HttpResponse:
    """Download the receipt of what was just sent."""
    document = _receipt(_sent(request))
    if document is None:
        raise Http404
    return pdf_response(document, read_clock())


def pdf_response(document: Document, clock: Clock) -> HttpResponse:
    """Return a document of the party class as a download."""
    pdf = pdf_bytes(document=document, actor=CITIZEN, clock=clock)
    name = f"{document.role.lower()}-{document.verify_code}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _paused(request: HttpRequest, filing: Filing) -> HttpResponse | None:
    """Say that nothing is taken online just now; the draft stays."""
    if not any_pause(clock=filing.clock) or not filing.draft.answers.get("tempat"):
        return None
    office = office_of(filing.draft)
    pause = holding(filing, office)
    if pause is None:
        return None
    facts = pages.office_facts(office=office, contest=None, clock=filing.clock)
    context = {"pause": pause, "office": facts, "in_draft": True}
    return render(request, "complaints/public/report_paused.html", context, status=503)


def _missing(filing: Filing) -> str:
    try:
        check_complete(filing.draft)
    except DraftIncomplete as incomplete:
        return incomplete.step
    return ""


def _done(entry: Report | Tip) -> HttpResponse:
    """Lead to the last page, which this browser only can see for an hour.

    A signed cookie and not the session: the session would be one more write in the busiest second.
    """
    kind = "report" if isinstance(entry, Report) else "tip"
    response = redirect("public:report_done")
    response.set_signed_cookie(
        SENT_COOKIE,
        f"{kind}:{entry.public_id}",
        max_age=SENT_SECONDS,
        path=reverse("public:report_start"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _sent(request: HttpRequest) -> Report | Tip:
    value = request.get_signed_cookie(SENT_COOKIE, default="", max_age=SENT_SECONDS) or ""
    kind, _colon, public_id = value.partition(":")
    model: Any = {"report": Report, "tip": Tip}.get(kind)
    entry: Report | Tip | None = model and (
        model.objects.select_related("office__region", "contest__election")
        .filter(public_id=public_id)
        .first()
    )
    if entry is None:
        raise Http404
    return entry


def _receipt(entry: Report | Tip) -> Document | None:
    ref: SubjectRef = entry.ref()
    return Document.objects.filter(
        subject_kind=ref.kind,
        subject_id=ref.id,
        role__in=["PROVISIONAL_RECEIPT", "TIP_RECEIPT"],
        state=DocumentState.FINAL,
        classification__in=["PARTY", "PUBLIC"],
    ).first()
