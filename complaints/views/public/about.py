"""Who reports: as what, for whom, the person, how to reach them, the signature."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.forms.public import about_you as forms
from complaints.forms.public.answers import AnswerForm
from complaints.forms.public.files import CardForm, PowerForm
from complaints.forms.public.signature import HEIGHT, WIDTH, SignatureForm
from complaints.models import Evidence
from complaints.selectors import filing as pages
from complaints.services.drafts import save_answers
from complaints.services.evidence_intake import CARD, POWER_OF_ATTORNEY, take_in_card
from complaints.services.media_types import FileRefused
from complaints.services.submit_draft import is_by_attorney
from complaints.views.public.filing import ask, page, question
from complaints.views.public.filing_session import Filing, in_draft, step_url
from complaints.views.public.uploads import arrived, receives_files, too_big
from neutrality.audit.actor import CITIZEN

_STANDING: Final = "complaints/public/report_standing.html"
_PAPER: Final = "complaints/public/report_paper.html"
_ABOUT: Final = "complaints/public/report_about.html"
_SIGN: Final = "complaints/public/report_sign.html"
View = Callable[[HttpRequest, Filing], HttpResponse]


def with_a_name(view: View) -> View:
    """Ask nothing about a person who gives no name."""

    @wraps(view)
    def wrapped(request: HttpRequest, filing: Filing) -> HttpResponse:
        if filing.draft.anonymous:
            return redirect(step_url("periksa"))
        return view(request, filing)

    return wrapped


@never_cache
@question
@in_draft
@with_a_name
def standing(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Ask as what the person reports; who is not entitled gives preliminary information."""
    heading = gettext_lazy("Anda melapor sebagai siapa?")
    return ask(request, filing, "sebagai", forms.StandingForm, heading, template=_STANDING)


@receives_files
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_draft
@with_a_name
def represented(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Ask an attorney for whom, and for the special power of attorney."""
    if not is_by_attorney(filing.draft):
        return redirect(step_url("sebagai"))
    bound = request.method == "POST"
    form = forms.RepresentedForm(request.POST if bound else None, initial=filing.known("kuasa"))
    paper = Paper(request, filing, "surat", POWER_OF_ATTORNEY)
    if form.is_bound and form.is_valid() and paper.is_taken(form):
        answers = {**form.answers(), "surat": paper.held.pk if paper.held else None}
        return _saved(filing, "kuasa", answers)
    context = {"paper": PowerForm()["surat"], "held": paper.held}
    heading = gettext_lazy("Siapa yang Anda wakili?")
    return page(request, filing, "kuasa", form, heading, _PAPER, context)


@receives_files
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_draft
@with_a_name
def about_you(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Ask who the person is; the picture of the identity card is optional."""
    form = forms.IdentityForm(
        request.POST if request.method == "POST" else None,
        initial=filing.known("identitas"),
        today=filing.clock.today_in(pages.EASTERNMOST),
    )
    paper = Paper(request, filing, "kartu", CARD)
    if form.is_bound and form.is_valid() and paper.is_taken(form):
        return _saved(filing, "identitas", form.answers())
    context = {"paper": CardForm()["kartu"], "held": paper.held}
    return page(request, filing, "identitas", form, gettext_lazy("Siapa Anda?"), _ABOUT, context)


@never_cache
@question
@in_draft
@with_a_name
def contact(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Ask how the office can reach the person."""
    heading: Promise = gettext_lazy("Bagaimana kantor dapat menghubungi Anda?")
    return ask(request, filing, "kontak", forms.ContactForm, heading)


@never_cache
@question
@in_draft
@with_a_name
def sign(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Ask for the signature, typed or drawn."""
    name = filing.draft.step("identitas").get("nama", "")
    context: dict[str, Any] = {"signer": name, "width": WIDTH, "height": HEIGHT}
    heading = gettext_lazy("Tanda tangan Anda")
    return ask(
        request, filing, "tandatangan", SignatureForm, heading, template=_SIGN, context=context
    )


class Paper:
    """A sealed paper of the person on its way in: the identity card, or a power of attorney."""

    def __init__(self, request: HttpRequest, filing: Filing, field: str, caption: str) -> None:
        """Find the one that is held already."""
        self.request, self.filing, self.field, self.caption = request, filing, field, caption
        self.held = Evidence.objects.filter(
            draft_id=filing.draft.pk, is_identity=True, caption=caption
        ).last()

    def is_taken(self, form: AnswerForm) -> bool:
        """Take the file in, if one came; what is wrong with it stands on the form."""
        problems = [_("%(name)s terlalu besar.") % {"name": name} for name in too_big(self.request)]
        for file in arrived(self.request, self.field)[:1]:
            try:
                self.held = take_in_card(
                    file=file,
                    draft_id=self.filing.draft.pk,
                    caption=self.caption,
                    actor=CITIZEN,
                    clock=self.filing.clock,
                )
            except FileRefused as refused:
                problems.append(str(refused.sentence))
        for problem in problems:
            form.add_error(None, problem)
        return not problems


def _saved(filing: Filing, step: str, answers: dict[str, Any]) -> HttpResponse:
    changed = {step: answers, **filing.settled(step)}
    save_answers(draft_id=filing.draft.pk, answers=changed, clock=filing.clock)
    return redirect(filing.answered(changed).after(step))
