"""The draft that this browser works on, and where each question stands among the others."""

# Decorators hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints.services.drafts import DraftGone, OpenDraft, open_draft
from neutrality.law.clock import Clock, read_clock

SESSION_KEY: Final = "draf"
CHECK: Final = "periksa"
STEPS: Final[dict[str, Promise]] = {
    "perbuatan": _("Perbuatan"),
    "uraian": _("Cerita"),
    "waktu": _("Waktu"),
    "tempat": _("Tempat"),
    "kantor": _("Kantor"),
    "terlapor": _("Terlapor"),
    "pemilihan": _("Pemilihan"),
    "bukti": _("Bukti"),
    "saksi": _("Saksi"),
    "identitas": _("Tentang Anda"),
    CHECK: _("Periksa"),
    "kirim": _("Kirim"),
}
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
        return [name for name in STEPS if not (self.draft.anonymous and name == "identitas")]

    def place(self, step: str) -> int:
        """Which question this is, from 1."""
        return self.steps.index(step) + 1

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
        except DraftGone:
            request.session.pop(SESSION_KEY, None)
            return redirect(f"{reverse('public:report_resume')}?berakhir=1")
        filing = Filing(draft, clock, request.GET.get("dari") == CHECK)
        if "code" in draft.answers and view.__name__ != "show_code":
            return redirect("public:report_code")
        return view(request, filing, *args, **kwargs)

    return wrapped
