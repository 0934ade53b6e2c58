"""Before the questions: what to know, is it in time, the code, coming back to a draft."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints.forms.public.start import (
    SHARED,
    CodeForm,
    CodeWrittenForm,
    DeviceForm,
    IdentityChoiceForm,
    WindowForm,
)
from complaints.selectors import filing as pages
from complaints.selectors.pauses import pause_everywhere, pause_of
from complaints.services.codes import read_code
from complaints.services.drafts import OpenDraft, find_draft, save_answers, start_draft
from complaints.views.public.filing_session import (
    CARRIED,
    DEVICE,
    SESSION_KEY,
    UNSAVED,
    Filing,
    brought_back,
    in_draft,
    page_url,
    step_url,
)
from complaints.views.public.gate import Gate, ask_for_proof, gate, note_begun, shut
from complaints.views.public.limits import CodeAttempts
from neutrality.law.clock import Clock, read_clock
from neutrality.law.periods import Endless
from neutrality.ui.forms import render_form

# On a device that others use too, the open draft is closed after so long without a press.
SHARED_SECONDS: Final = 30 * 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_start(request: HttpRequest) -> HttpResponse:
    """Show what a reporter should know, and count the days when asked.

    Asked by POST: what is asked stands in no address, and so in no history of the device.
    """
    clock = read_clock()
    form = WindowForm(
        request.POST if request.method == "POST" else None,
        regions=pages.region_choices(),
        today=clock.today_in(pages.EASTERNMOST),
    )
    context: dict[str, object] = {
        "choice": IdentityChoiceForm(),
        "window": None,
        "office": None,
        "pause": pause_everywhere(clock=clock),
        "filing_days": pages.filing_days(clock=clock),
    }
    if form.is_bound and form.is_valid():
        context |= _window(form, clock)
    return render_form(request, "complaints/public/report_start.html", form, context=context)


@require_POST
def report_begin(request: HttpRequest) -> HttpResponseBase:
    """Create the draft and show its code."""
    choice = IdentityChoiceForm(request.POST)
    clock = read_clock()
    if not choice.is_valid():
        form = WindowForm(regions=pages.region_choices(), today=clock.today_in(pages.EASTERNMOST))
        days = pages.filing_days(clock=clock)
        context = {"form": form, "choice": choice, "filing_days": days}
        context |= dict.fromkeys(("window", "office", "pause"))
        return render(request, "complaints/public/report_start.html", context, status=422)
    if pause := pause_everywhere(clock=clock):
        paused = {"pause": pause}
        return render(request, "complaints/public/report_paused.html", paused, status=503)
    standing = gate(request)
    if standing is Gate.SHUT:
        return shut(request)
    if standing is Gate.PROOF:
        return ask_for_proof(request, choice)
    note_begun(request)
    draft, _code = start_draft(anonymous=choice.cleaned_data["cara"] == "anonim", clock=clock)
    request.session.cycle_key()
    request.session[SESSION_KEY] = draft.public_id
    return redirect("public:report_perangkat")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_draft
def device(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Ask whether others use this device, before anything could be left on it."""
    if "code" not in filing.draft.answers and request.method != "POST":
        return redirect(step_url("perbuatan"))
    form = DeviceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        save_answers(draft_id=filing.draft.pk, answers={DEVICE: form.answers()}, clock=filing.clock)
        if form.cleaned_data["cara"] == SHARED:
            request.session.set_expiry(SHARED_SECONDS)
        return redirect("public:report_code")
    context = {"anonymous": filing.draft.anonymous}
    return render_form(request, "complaints/public/report_device.html", form, context=context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_draft
def show_code(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Show the code until its last group was typed; after that nobody can show it again."""
    code = read_code(filing.draft.answers.get("code", ""))
    if code is None:
        return redirect(step_url("perbuatan"))
    form = CodeWrittenForm(request.POST if request.method == "POST" else None, code=code)
    if form.is_bound and form.is_valid():
        save_answers(draft_id=filing.draft.pk, answers={"code": None}, clock=filing.clock)
        return redirect(step_url("perbuatan"))
    context = {"code": code, "anonymous": filing.draft.anonymous}
    return render_form(request, "complaints/public/report_code.html", form, context=context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_resume(request: HttpRequest) -> HttpResponse:
    """Find a draft by its code and go on with it."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    attempts, clock = CodeAttempts(request), read_clock()
    if form.is_bound and attempts.exhausted():
        return render(request, "errors/429.html", status=429)
    if form.is_bound and form.is_valid():
        draft = find_draft(code=form.cleaned_data["kode"], clock=clock)
        if draft is not None:
            attempts.forget()
            request.session.cycle_key()
            request.session[SESSION_KEY] = draft.public_id
            return _go_on(request, draft, clock)
        attempts.failed()
        form.add_error("kode", _("Tidak ada draf dengan kode ini, atau draf sudah dikirim."))
    step, _typed = brought_back(request)
    context = {
        "ended": bool(step) or "berakhir" in request.GET,
        "saved": "disimpan" in request.GET,
        "carried": [
            (name, value)
            for name, values in request.POST.lists()
            if step and name.startswith(CARRIED)
            for value in values
        ],
    }
    return render_form(request, "complaints/public/report_resume.html", form, context=context)


@require_POST
def report_leave(request: HttpRequest) -> HttpResponse:
    """Forget the draft in this browser; its code opens it again."""
    request.session.pop(SESSION_KEY, None)
    return redirect(f"{reverse('public:report_resume')}?disimpan=1")


def _go_on(request: HttpRequest, draft: OpenDraft, clock: Clock) -> HttpResponse:
    """Lead to the check, or to the page on which something was typed and not saved."""
    page, typed = brought_back(request)
    if not page:
        return redirect(step_url("periksa"))
    unsaved = {**draft.step(UNSAVED), page: typed}
    save_answers(draft_id=draft.pk, answers={UNSAVED: unsaved}, clock=clock)
    return redirect(page_url(page))


def _window(form: WindowForm, clock: Clock) -> dict[str, object]:
    code, known_on = form.cleaned_data["wilayah"], form.cleaned_data["diketahui"]
    office = pages.responsible_office(region_code=code, clock=clock)
    if office is None:
        return {}
    contests = pages.contests_at(region_code=code, day=known_on)
    contest = contests[0] if contests else None
    try:
        window = pages.window_facts(office=office, contest=contest, known_on=known_on, clock=clock)
    except Endless:
        form.add_error("diketahui", _("Tanggal ini terlalu lama berlalu."))
        return {}
    facts = pages.office_facts(office=office, contest=contest, clock=clock)
    return {
        "window": window,
        "office": facts,
        "contests": contests,
        "channels": () if contests else pages.other_channels(region_code=code, clock=clock),
        "not_entitled": form.cleaned_data["berhak"] == "bukan",
        "pause": pause_of(office=office, clock=clock),
    }
