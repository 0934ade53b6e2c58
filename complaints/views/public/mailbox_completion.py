"""Completing what the notice says is missing: item by item, late too, then handed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.codes import ReportState
from complaints.forms.public.mailbox import CompletionForm, ItemForm, WithFiles
from complaints.models import Report
from complaints.selectors.completion import ItemRow, completion_items, late_since, waiting_for
from complaints.selectors.tracking import tracking_page
from complaints.services.completion import ItemAnswer, answer_item, complete_report
from complaints.services.enclosures import COMPLETION, Tray, for_item
from complaints.services.media_types import FileRefused
from complaints.services.secret_words import HoldsSecretCode
from complaints.views.public.evidence import limits
from complaints.views.public.limits import Limited, holder_over
from complaints.views.public.mailbox_session import Mailbox, in_mailbox
from complaints.views.public.room_messages import code_warning
from complaints.views.public.trays import tray_page
from complaints.views.public.uploads import arrived, receives_files, too_big
from complaints.views.public.waiting import nothing_new
from neutrality.casework.refusals import Refused
from neutrality.ui.errors import conflict
from neutrality.ui.forms import render_form


@receives_files
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_mailbox
def complete(request: HttpRequest, box: Mailbox) -> HttpResponse:
    """Show what is missing and what was saved; hand in the whole."""
    report = _report(box)
    if report.state != ReportState.AWAITING_COMPLETION and request.method != "POST":
        return redirect("public:mailbox")
    page = tracking_page(entry=report, clock=box.clock)
    read = page.notice is not None and page.notice.is_read
    items = completion_items(report=report) if read else ()
    waiting = waiting_for(items)
    if nothing_new(request, waiting):
        return HttpResponse(status=204)
    answered = any(row.answered for row in items)
    if request.method == "POST":
        form = CompletionForm(
            request.POST, request.FILES, too_big=too_big(request), answered=answered
        )
        if (
            form.is_valid()
            and _seldom(box, form)
            and (answer := _handed_in(request, box, report, form))
        ):
            return answer
    else:
        form = CompletionForm(initial={"versi": report.version}, answered=answered)
    context = {
        "page": page,
        "items": items,
        "waiting": waiting,
        "refreshes": waiting > 0,
        "tray": tray_page(tray=_tray(box, COMPLETION), clock=box.clock),
        "limits": limits(),
        "late": late_since(report=report, clock=box.clock),
    }
    return render_form(request, "complaints/public/mailbox_complete.html", form, context=context)


@receives_files
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_mailbox
def complete_item(request: HttpRequest, box: Mailbox, number: int) -> HttpResponse:
    """Answer one missing thing; it is saved at once."""
    report = _report(box)
    page = tracking_page(entry=report, clock=box.clock)
    if page.notice is None or not page.notice.is_read:
        return redirect("public:mailbox")
    item = _item(report, number)
    waiting = waiting_for([item])
    if nothing_new(request, waiting):
        return HttpResponse(status=204)
    if request.method == "POST":
        form = ItemForm(request.POST, request.FILES, too_big=too_big(request))
        if (
            form.is_valid()
            and _seldom(box, form)
            and (answer := _saved(request, box, report, number, form))
        ):
            return answer
    else:
        form = ItemForm(initial={"jawaban": item.answer})
    context = {
        "item": item,
        "waiting": waiting,
        "refreshes": waiting > 0,
        "tray": tray_page(tray=_tray(box, for_item(number)), clock=box.clock),
        "limits": limits(),
    }
    return render_form(request, "complaints/public/mailbox_item.html", form, context=context)


def _seldom(box: Mailbox, form: WithFiles) -> bool:
    """Count one more answer of this code; too many in an hour are said on the form."""
    if not holder_over(f"code:{box.code.pk}", Limited.COMPLETIONS):
        return True
    form.add_error(None, _("Terlalu banyak jawaban dalam satu jam. Coba lagi nanti."))
    return False


def _tray(box: Mailbox, purpose: str) -> Tray:
    return Tray(box.code, box.entry, purpose)


def _report(box: Mailbox) -> Report:
    if box.report is None:
        raise Http404
    return box.report


def _item(report: Report, number: int) -> ItemRow:
    rows = {row.position: row for row in completion_items(report=report)}
    if number not in rows:
        raise Http404
    return rows[number]


def _saved(
    request: HttpRequest, box: Mailbox, report: Report, number: int, form: ItemForm
) -> HttpResponse | None:
    """Keep the answer; None when something was refused and stands on the form now."""
    given = ItemAnswer(
        position=number,
        words=form.cleaned_data["jawaban"],
        files=arrived(request, "berkas", caption=form.cleaned_data["keterangan"]),
        tray=_tray(box, for_item(number)),
    )
    try:
        answer_item(report=report, given=given, actor=box.actor, clock=box.clock)
    except HoldsSecretCode:
        form.add_error("jawaban", code_warning())
    except FileRefused as refused:
        form.add_error("berkas", str(refused.sentence))
    except Refused as refused:
        return _conflict(request, refused)
    return None if form.errors else redirect("public:mailbox_complete")


def _handed_in(
    request: HttpRequest, box: Mailbox, report: Report, form: CompletionForm
) -> HttpResponse | None:
    """Hand in; None when something was refused and stands on the form now."""
    try:
        complete_report(
            report=report,
            answer=form.cleaned_data["jawaban"],
            files=arrived(request, "berkas", caption=form.cleaned_data["keterangan"]),
            tray=_tray(box, COMPLETION),
            expected_version=form.cleaned_data["versi"],
            actor=box.actor,
            clock=box.clock,
        )
    except HoldsSecretCode:
        form.add_error("jawaban", code_warning())
    except FileRefused as refused:
        form.add_error("berkas", str(refused.sentence))
    except Refused as refused:
        return _conflict(request, refused)
    return None if form.errors else redirect("public:mailbox")


def _conflict(request: HttpRequest, refused: Refused) -> HttpResponse:
    sentence = str(refused.refusal.sentence)
    return conflict(request, sentence=sentence, back_url=reverse("public:mailbox"))
