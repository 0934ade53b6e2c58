"""The informant says who it is, from the mailbox: the tip becomes a report."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from complaints.forms.public.identify import IdentifyForm, NamedForm
from complaints.models import Tip
from complaints.selectors.filing import EASTERNMOST
from complaints.services.identify_informant import (
    Named,
    has_identity,
    identify_informant,
    late_since,
    may_identify,
)
from complaints.views.public.mailbox_session import Mailbox, in_mailbox
from neutrality.casework.refusals import Refused
from neutrality.ui.dates import say_instant
from neutrality.ui.errors import conflict
from neutrality.ui.forms import render_form

TEMPLATE = "complaints/public/mailbox_identify.html"


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_mailbox
def identify(request: HttpRequest, box: Mailbox) -> HttpResponse:
    """Ask who it is, after saying who will see it; then the report stands."""
    tip = box.entry
    if not isinstance(tip, Tip) or (request.method != "POST" and not may_identify(tip)):
        raise Http404
    form = _form(request, box, tip)
    if form.is_bound and form.is_valid():
        named = Named(
            identity=form.identity(),
            attorney=form.attorney(),
            reporter_kind=form.reporter_kind(),
            coworker=form.cleaned_data.get("rekan", False),
            expected_version=form.cleaned_data["versi"],
        )
        try:
            identify_informant(tip_id=tip.pk, named=named, actor=box.actor, clock=box.clock)
        except Refused as refused:
            sentence = str(refused.refusal.sentence)
            return conflict(request, sentence=sentence, back_url=reverse("public:mailbox"))
        return redirect("public:mailbox")
    late = late_since(tip=tip, clock=box.clock)
    context = {
        "named": isinstance(form, NamedForm),
        "late": say_instant(late, tip.office.tz) if late else "",
    }
    return render_form(request, TEMPLATE, form, context=context)


def _form(request: HttpRequest, box: Mailbox, tip: Tip) -> IdentifyForm | NamedForm:
    data = request.POST if request.method == "POST" else None
    initial = {"versi": tip.version}
    if has_identity(tip):
        return NamedForm(data, initial=initial)
    today = box.clock.today_in(EASTERNMOST)
    return IdentifyForm(data, initial=initial, today=today)
