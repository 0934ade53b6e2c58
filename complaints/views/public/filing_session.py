"""The draft that this browser works on, and where each question stands among the others."""

# Decorators hand on what Django gives them.
# ruff: noqa: ANN401

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints.forms.public.start import KEEP, CodeForm
from complaints.services.drafts import DraftGone, OpenDraft, open_draft, save_answers
from complaints.services.submit_draft import KNOWS_RESPONDENT, is_by_attorney
from complaints.views.public.limits import Limited, holder_over
from neutrality.law.clock import Clock, read_clock
from neutrality.ui.typed import TOKEN, posted_fields

SESSION_KEY: Final = "draf"
CHECK: Final = "periksa"
CARRIED: Final = "bawa-"
CARRIED_STEP: Final = "bawa-langkah"
STEPS: Final[dict[str, Promise]] = {
    "perbuatan": _("Kejadian"),
    "uraian": _("Kejadian"),
    "waktu": _("Kejadian"),
    "tempat": _("Kejadian"),
    "kantor": _("Kejadian"),
    "terlapor": _("Terlapor"),
    "rekan": _("Terlapor"),
    "pemilihan": _("Terlapor"),
    "bukti": _("Bukti"),
    "saksi": _("Bukti"),
    "sebagai": _("Tentang Anda"),
    "kuasa": _("Tentang Anda"),
    "identitas": _("Tentang Anda"),
    "kontak": _("Tentang Anda"),
    "tandatangan": _("Tentang Anda"),
    CHECK: _("Periksa dan kirim"),
    "kirim": _("Periksa dan kirim"),
}
# Asked only of those who give a name; of these the second only of attorneys.
_WITH_NAME: Final = frozenset({"sebagai", "kuasa", "identitas", "kontak", "tandatangan"})
_PERSON: Final = re.compile(r"(?:terlapor|saksi)/[1-9][0-9]?")
# Asked before the code is shown.
DEVICE: Final = "perangkat"
# What was typed when the session had ended or the person went back, until its page is saved; by
# the path of the page.
UNSAVED: Final = "belum_disimpan"
BACK: Final = "kembali"
# Several values of these make a list also when only one was chosen.
_MANY: Final = frozenset({"kategori"})
_NOT_TYPED: Final = frozenset({TOKEN, BACK, "sudah_dibaca"})
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Filing:
    """One request within a draft: its answers and the time."""

    draft: OpenDraft
    clock: Clock
    back_to_check: bool

    @property
    def steps(self) -> list[str]:
        """The questions of this draft in order; without a name nobody is asked for it."""
        left_out = _WITH_NAME if self.draft.anonymous else frozenset[str]()
        if not is_by_attorney(self.draft):
            left_out |= {"kuasa"}
        return [name for name in STEPS if name not in left_out]

    @property
    def kept_on_device(self) -> bool:
        """Whether the person chose that the open page's text stays on this device too."""
        return self.draft.step(DEVICE).get("cara") == KEEP

    @property
    def works_together(self) -> bool:
        """Whether the reporter knows the respondent from work."""
        return self.draft.step("rekan").get("rekan") in KNOWS_RESPONDENT

    @property
    def parts(self) -> list[str]:
        """The parts of the journey in order, each of one or more questions."""
        return list(dict.fromkeys(str(STEPS[name]) for name in self.steps))

    def part(self, step: str) -> int:
        """Which part a question belongs to, from 1."""
        return self.parts.index(str(STEPS[step])) + 1

    def place(self, step: str) -> int:
        """Which question this is, from 1."""
        return self.steps.index(step) + 1

    def known(self, step: str) -> dict[str, Any]:
        """What the page of a question shows: the saved answer, or what was typed last."""
        return {**self.draft.step(step), **self.unsaved(step)}

    def unsaved(self, page: str) -> dict[str, Any]:
        """What was typed on a page and not saved."""
        return dict(self.draft.step(UNSAVED).get(page, {}))

    def settled(self, page: str) -> dict[str, Any]:
        """The change to the draft once the answer of a page is saved; other pages' words stay."""
        left = {key: typed for key, typed in self.draft.step(UNSAVED).items() if key != page}
        return {UNSAVED: left or None}

    def answered(self, changed: Mapping[str, Any]) -> "Filing":
        """Return the same request with these answers: what was said may open another question."""
        merged = {**self.draft.answers, **changed}
        return replace(self, draft=replace(self.draft, answers=merged))

    def after(self, step: str) -> str:
        """Where to go when a question is answered."""
        if self.back_to_check and step != CHECK:
            return step_url(CHECK)
        return step_url(self.steps[self.place(step)])

    def before(self, step: str) -> str:
        """Where the link back leads."""
        if self.back_to_check:
            return step_url(CHECK)
        place = self.place(step) - 2
        return step_url(self.steps[place]) if place >= 0 else reverse("public:report_start")


def step_url(step: str) -> str:
    """Return the address of a question."""
    return reverse(f"public:report_{step}")


def in_draft(view: View) -> View:
    """Give the view its open draft; without one lead to the page where a code is typed."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        clock = read_clock()
        try:
            draft = open_draft(public_id=request.session.get(SESSION_KEY, ""), clock=clock)
            filing = Filing(draft, clock, request.GET.get("dari") == CHECK)
            if waiting := _first(filing, view):
                return redirect(waiting)
            if request.method == "POST" and holder_over(draft.public_id, Limited.ANSWERS):
                return render(request, "errors/429.html", status=429)
            if request.method == "POST" and BACK in request.POST:
                return _back(request, filing)
            return view(request, filing, *args, **kwargs)
        except DraftGone:  # perhaps sent from another window while this page was being saved
            request.session.pop(SESSION_KEY, None)
            return _ended(request)

    return wrapped


def _first(filing: Filing, view: View) -> str:
    """Return the page that comes before this one: is the device shared, then the code."""
    if "code" not in filing.draft.answers or view.__name__ == "device":
        return ""
    if not filing.draft.answers.get(DEVICE):
        return "public:report_perangkat"
    return "" if view.__name__ == "show_code" else "public:report_code"


def _back(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Go to the question before; what was typed is kept as it is and comes back on its page."""
    page = _page_of(request)
    step = page.split("/")[0]
    if step not in filing.steps:
        raise Http404
    posted = (each for each in request.POST.lists() if each[0] not in _NOT_TYPED)
    unsaved = {**filing.draft.step(UNSAVED), page: _as_typed(posted)}
    save_answers(draft_id=filing.draft.pk, answers={UNSAVED: unsaved}, clock=filing.clock)
    return redirect(filing.before(step))


def _page_of(request: HttpRequest) -> str:
    """Return what the address says after that of the gate: `waktu`, or `terlapor/2`."""
    return request.path.removeprefix(reverse("public:report_start")).strip("/")


def _ended(request: HttpRequest) -> HttpResponse:
    """Ask for the code; what was just typed goes along and comes back on its page."""
    page = _page_of(request)
    if request.method != "POST" or not _is_question(page):
        return redirect(f"{reverse('public:report_resume')}?berakhir=1")
    context = {"form": CodeForm(), "ended": True, "saved": False, "carried": carried(request, page)}
    return render(request, "complaints/public/report_resume.html", context, status=422)


def _is_question(page: str) -> bool:
    """Whether something is asked there: a question, or one of several persons by number."""
    return page in STEPS or _PERSON.fullmatch(page) is not None


def page_url(page: str) -> str:
    """Return the address of a page that `brought_back` has named."""
    return f"{reverse('public:report_start')}{page}/"


def carried(request: HttpRequest, page: str) -> list[tuple[str, str]]:
    """Return what was typed as hidden fields."""
    typed = ((f"{CARRIED}{name}", value) for name, value in posted_fields(request))
    return [(CARRIED_STEP, page), *typed]


def brought_back(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """Return the page and what was typed there before the code was asked for."""
    page = request.POST.get(CARRIED_STEP, "")
    typed = _as_typed(
        (name.removeprefix(CARRIED), values)
        for name, values in request.POST.lists()
        if name.startswith(CARRIED) and name != CARRIED_STEP
    )
    return (page, typed) if _is_question(page) else ("", {})


def _as_typed(posted: Iterable[tuple[str, list[str]]]) -> dict[str, Any]:
    """Return the values as their page shows them again."""
    return {
        name: values if len(values) > 1 or name in _MANY else values[0] for name, values in posted
    }
