"""The page of one tip, and writing what its tracing found."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from complaints.codes import TipState
from complaints.forms.staff.review import LetterForm, TracingForm
from complaints.models import Tip
from complaints.selectors.file_parts import reads_identity
from complaints.selectors.tip_file import tip_page
from complaints.services.office_roles import REVIEWERS
from complaints.services.write_tracing_result import write_tracing_result
from complaints.views.loading import OFFICE, load_tip
from complaints.views.shown_until import SHOWN_UNTIL
from complaints.views.staff.case_answers import Back, posted, press
from complaints.views.staff.report import (
    entry_buttons,
    entry_context,
    entry_url,
    roles_here,
)
from complaints.workflow.tip import TIP
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.ui.forms import PlainForm, render_form


@never_cache
@require_safe
@staff_page(*OFFICE)
def tip(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show everything about the tip."""
    return show_tip(request, load_tip(request, public_id))


def show_tip(
    request: StaffRequest, subject: Tip, *, letter: PlainForm | None = None
) -> HttpResponse:
    """Return the page of the tip, with what was typed when it is shown again."""
    roles = roles_here(request, subject)
    page = tip_page(tip=subject, reads_identity=reads_identity(roles), clock=request.clock)
    letter = letter or LetterForm(initial={SHOWN_UNTIL: request.clock.now.isoformat()})
    letter.form_action = entry_url(subject, "message")
    context = {
        "tip": subject,
        "page": page,
        "unread": any(not (row.from_office or row.read) for row in page.letters),
        "buttons": entry_buttons(request, TIP, subject, page.raw_clocks),
        "may_trace": bool(roles & set(REVIEWERS)) and subject.state == TipState.TRACING,
        **entry_context(request, subject, roles),
    }
    return render_form(request, "complaints/staff/tip.html", letter, context=context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*REVIEWERS)
def tracing_result(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Write the supervision report of the tracing."""
    subject = load_tip(request, public_id)
    if request.actor.role_at(REVIEWERS, subject.office.ref()) is None:
        raise Http404
    initial = {"hasil": subject.tracing_result, "ditemukan": subject.found_on}
    form = TracingForm(posted(request), initial=initial)
    form.cancel_url = entry_url(subject)
    context = {
        "title": _("Hasil penelusuran"),
        "caption": subject.receipt_number,
        "back_url": entry_url(subject),
    }

    def page(shown: PlainForm) -> HttpResponse:
        return render_form(request, "complaints/staff/form_page.html", shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: write_tracing_result(
            tip_id=subject.pk,
            result=form.cleaned_data["hasil"],
            found_on=form.cleaned_data["ditemukan"],
            method=form.cleaned_data["cara"],
            follow_up=form.cleaned_data["usul"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=Back(entry_url(subject), subject.matter),
        done=_("Hasil penelusuran disimpan dan terbit sebagai Formulir A."),
        field_of={"no_tracing_result": "hasil", "in_the_future": "ditemukan"},
    )
