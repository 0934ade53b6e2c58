"""Requests about personal data: the list of an office, and the answer."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from complaints.codes import DataAnswer, DataRequestKind
from complaints.forms.staff.party import DataAnswerForm
from complaints.models import DataRequest
from complaints.selectors.data_requests import data_request_rows, get_data_request_for, who_asks
from complaints.services.answer_data_request import Answer, answer_data_request, may_erase
from complaints.services.office_roles import REVIEWERS
from complaints.views.loading import OFFICE, found, today
from complaints.views.staff.case_answers import Back, posted, press
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.ui.dates import say_instant
from neutrality.ui.forms import PlainForm, render_form


@never_cache
@require_safe
@staff_page(*OFFICE)
def data_requests(request: StaffRequest) -> HttpResponseBase:
    """List what waits for an answer, then what was answered."""
    rows = data_request_rows(actor=request.actor, day=today(request), clock=request.clock)
    return render(request, "complaints/staff/data_requests.html", {"rows": rows})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*REVIEWERS)
def data_request(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Answer one request."""
    day = today(request)
    row = found(lambda: get_data_request_for(actor=request.actor, day=day, public_id=public_id))
    form = DataAnswerForm(posted(request), kind=DataRequestKind(row.kind))
    if request.method != "POST":
        return _page(request, row, form)
    return press(
        request,
        form,
        lambda: answer_data_request(
            request_id=row.pk,
            answer=Answer(
                kind=DataAnswer(form.cleaned_data["jawaban"]),
                words=form.cleaned_data["penjelasan"],
                correction=form.correction(),
            ),
            actor=request.actor,
            clock=request.clock,
        ),
        page=lambda shown: _page(request, row, shown),
        back=Back(reverse("staff:data_requests"), row.matter),
        done=_("Jawaban dicatat."),
    )


def _page(request: StaffRequest, row: DataRequest, form: PlainForm) -> HttpResponse:
    context = {
        "row": row,
        "title": who_asks(row),
        "caption": row.matter.spoken_title,
        "due": say_instant(row.due_at, row.matter.office.tz),
        "erasable": may_erase(row.matter),
        "back_url": reverse("staff:data_requests"),
    }
    return render_form(request, "complaints/staff/data_request.html", form, context=context)
