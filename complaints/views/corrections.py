"""Corrections: one asks that the latest step be voided, another confirms or declines."""

# The pages know their subject only by the workflow.
# ruff: noqa: ANN401

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints.forms.staff.case import CorrectionForm
from complaints.models import Matter
from complaints.selectors.corrections import open_correction, step_to_correct
from complaints.views.staff.case_answers import Back, posted, press, press_plain
from neutrality.accounts.http import StaffRequest, View, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.corrections import confirm_request, decline_request, request_correction
from neutrality.casework.refusals import RefusalCode
from neutrality.casework.workflow import Workflow
from neutrality.ui.forms import PlainForm, render_form


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionPages:
    """The three pages of one workflow's corrections, seen from one side.

    Attributes:
        workflow: The table.
        roles: Who may enter at all.
        load: The subject by its public id, or 404.
        home: Where the subject's own page is.
        name: The addresses are `<name>_correct`, `<name>_correct_confirm`, `…_decline`.
        heading: What the subject is called.
    """

    workflow: Workflow
    roles: tuple[Role, ...]
    load: Callable[[StaffRequest, str], Any]
    home: Callable[[Any], str]
    name: str
    heading: Callable[[Any], str] = str

    def back(self, subject: Any) -> Back:
        """Return where the pages lead back to; a lost race also tells what changed."""
        matter = subject if isinstance(subject, Matter) else subject.matter
        return Back(self.home(subject), matter)

    def url(self, page: str, subject: Any) -> str:
        """Return an address of these pages."""
        return reverse(f"{self.name}_{page}", args=[subject.public_id])

    def waiting(self, subject: Any, user_id: int | None = None) -> Any:
        """Return the request that waits, or None."""
        tz = self.workflow.adapter.calendar(subject).tz
        return open_correction(ref=subject.ref(), tz=tz, user_id=user_id)


def correct_view(pages: CorrectionPages) -> View[Any]:
    """Return the page on which a correction is asked for, or the one that waits is shown."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @staff_page(*pages.roles)
    def view(request: StaffRequest, public_id: str) -> HttpResponseBase:
        subject = pages.load(request, public_id)
        form = CorrectionForm(posted(request), initial={"versi": subject.version})
        form.cancel_url = pages.home(subject)
        if request.method != "POST":
            return _page(request, pages, subject, form)
        return press(
            request,
            form,
            lambda: request_correction(
                workflow=pages.workflow,
                subject_id=subject.pk,
                reason=form.cleaned_data["alasan"],
                actor=request.actor,
                clock=request.clock,
                expected_version=form.cleaned_data["versi"],
            ),
            page=lambda shown: _page(request, pages, subject, shown),
            back=pages.back(subject),
            done=_("Permintaan koreksi menunggu orang kedua."),
            field_of={RefusalCode.REASON_NEEDED: "alasan"},
        )

    return view


def confirm_view(pages: CorrectionPages) -> View[Any]:
    """Return the button by which a second person confirms the correction that waits."""
    words = _Words(confirm_request, lambda: _("Koreksi disetujui; langkah terakhir dibatalkan."))
    return _decision_view(pages, words)


def decline_view(pages: CorrectionPages) -> View[Any]:
    """Return the button that declines the correction that waits, or takes one's own back."""
    words = _Words(decline_request, lambda: _("Permintaan koreksi ditolak."))
    return _decision_view(pages, words)


@dataclass(frozen=True, slots=True)
class _Words:
    act: Callable[..., object]
    done: Callable[[], str]


def _decision_view(pages: CorrectionPages, words: _Words) -> View[Any]:
    @never_cache
    @require_POST
    @staff_page(*pages.roles)
    def view(request: StaffRequest, public_id: str) -> HttpResponseBase:
        subject = pages.load(request, public_id)
        waiting = pages.waiting(subject)
        if waiting is None:
            raise Http404
        return press_plain(
            request,
            lambda: words.act(request_id=waiting.id, actor=request.actor, clock=request.clock),
            back=pages.back(subject),
            done=words.done(),
        )

    return view


def _page(
    request: StaffRequest, pages: CorrectionPages, subject: Any, form: PlainForm
) -> HttpResponse:
    context = {
        "heading": pages.heading(subject),
        "back_url": pages.home(subject),
        "step": step_to_correct(workflow=pages.workflow, subject=subject, clock=request.clock),
        "waiting": pages.waiting(subject, request.actor.user_id),
        "confirm_url": pages.url("correct_confirm", subject),
        "decline_url": pages.url("correct_decline", subject),
    }
    return render_form(request, "complaints/staff/correct.html", form, context=context)
