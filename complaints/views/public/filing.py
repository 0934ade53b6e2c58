"""The questions of a report, one page each; every answer is saved before the next is asked."""

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.forms.public import filing as forms
from complaints.forms.public.answers import AnswerForm
from complaints.selectors import filing as pages
from complaints.selectors.giveaways import giveaways_in, own_names
from complaints.selectors.pauses import Pause, pause_of
from complaints.services.drafts import day_of, save_answers
from complaints.services.secret_words import holds_secret_code
from complaints.services.submit_draft import Verdict, contest_of, office_of, verdict_of
from complaints.views.public.filing_session import Filing, in_draft, step_url
from neutrality.law.books import citizen_categories
from neutrality.organisations.models import Office
from neutrality.ui.forms import render_form
from neutrality.vault.services import keyed_hash

Build = Callable[..., AnswerForm]
question = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@question
@in_draft
def acts(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Ask what was done."""
    today = filing.clock.today_in(pages.EASTERNMOST)
    build = partial(forms.ActsForm, categories=citizen_categories(day=today))
    return ask(request, filing, "perbuatan", build, _("Apa yang terjadi?"))


@never_cache
@question
@in_draft
def account(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Ask for the story; once saved, show the words in it that may point to the teller."""
    heading = _("Ceritakan kejadiannya")
    build = partial(forms.AccountForm, holds_code=holds_secret_code)
    answer = ask(request, filing, "uraian", build, heading, template=_ACCOUNT)
    saved = request.method == "POST" and answer.status_code == HTTPStatus.FOUND
    if not saved or "sudah_dibaca" in request.POST:
        return answer
    found = giveaways_in(request.POST["uraian"], own_names=own_names(filing.draft.answers))
    if not found:
        return answer
    form = forms.AccountForm(initial={"uraian": request.POST["uraian"]})
    return page(request, filing, "uraian", form, heading, _ACCOUNT, {"giveaways": found})


@never_cache
@question
@in_draft
def when(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Ask when it happened and when it became known; another day may mean other contests."""
    build = partial(forms.WhenForm, today=filing.clock.today_in(pages.EASTERNMOST))
    return ask(
        request, filing, "waktu", build, _("Kapan kejadiannya?"), more=lambda _: {"pemilihan": None}
    )


@never_cache
@question
@in_draft
def where(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Ask where it happened, and find the office that answers for it."""
    searched = {"searched": request.POST.get("cari_wilayah", "")}
    heading = _("Di mana kejadiannya?")
    if "cari" in request.POST:
        found = pages.region_choices(found=searched["searched"])
        form = forms.WhereForm(initial=request.POST.dict(), regions=found)
        return page(request, filing, "tempat", form, heading, _WHERE, searched)

    def office(answers: Mapping[str, Any]) -> dict[str, Any]:
        return _with_office(filing, answers)

    build = partial(forms.WhereForm, regions=pages.region_choices())
    return ask(
        request,
        filing,
        "tempat",
        build,
        heading,
        more=office,
        template=_WHERE,
        context=searched,
    )


@never_cache
@require_http_methods(["GET", "HEAD"])
@in_draft
def office(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Show the responsible office and until when it takes a report of this."""
    for step in ("waktu", "tempat"):
        if not filing.draft.answers.get(step):
            return redirect(step_url(step))
    found = office_of(filing.draft)
    contests = _contests(filing)
    contest = contest_of(filing.draft) or (contests[0] if contests else None)
    known_on = day_of(filing.draft.step("waktu"), "diketahui")
    context = {
        "office": pages.office_facts(office=found, contest=contest, clock=filing.clock),
        "window": known_on
        and pages.window_facts(
            office=found, contest=contest, known_on=known_on, clock=filing.clock
        ),
        "contests": contests,
        "pause": holding(filing, found),
        "channels": () if contests else _channels(filing),
        "online": filing.draft.step("tempat").get("cara") == "internet",
        "anonymous": filing.draft.anonymous,
        **frame(filing, "kantor", _("Kantor yang menangani")),
    }
    return render(request, "complaints/public/report_office.html", context)


@never_cache
@question
@in_draft
def contest(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Ask whom it helped; where nothing is running, say what that means."""
    contests = _contests(filing)
    build = partial(forms.ContestForm, contests=pages.contest_choices(contests))
    return ask(
        request,
        filing,
        "pemilihan",
        build,
        _("Siapa yang diuntungkan?"),
        more=lambda answers: {"pemilihan": {**answers, "berjalan": bool(contests)}},
        template="complaints/public/report_contest.html",
        context={
            "running": bool(contests),
            "channels": () if contests else _channels(filing),
        },
    )


_WHERE = "complaints/public/report_where.html"
_ACCOUNT = "complaints/public/report_account.html"
_QUESTION = "complaints/public/report_question.html"


def frame(filing: Filing, step: str, heading: str | Promise) -> dict[str, Any]:
    """Return what every page of the journey shows around its question."""
    return {
        "heading": heading,
        "step": step,
        "step_labels": filing.parts,
        "step_number": filing.part(step),
        "back_url": filing.before(step),
        "next_url": filing.after(step) if step != "kirim" else "",
        "query": "?dari=periksa" if filing.back_to_check else "",
        "anonymous": filing.draft.anonymous,
        "works_together": filing.works_together,
        "kept": filing.kept_on_device,
        "draft_key": device_key(filing.draft.public_id),
        "draft_version": filing.draft.version,
    }


def ask(  # noqa: PLR0913  a question has eight sides
    request: HttpRequest,
    filing: Filing,
    step: str,
    build: Build,
    heading: str | Promise,
    *,
    more: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None,
    template: str = _QUESTION,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a question, or save its answer and go on; `more` may change other steps with it."""
    if request.method == "POST":
        form = build(data=request.POST)
        if form.is_valid():
            answers = form.answers()
            changed = {step: answers, **filing.settled(step), **(more(answers) if more else {})}
            save_answers(draft_id=filing.draft.pk, answers=changed, clock=filing.clock)
            return redirect(filing.answered(changed).after(step))
    else:
        form = build(initial=filing.known(step))
    return page(request, filing, step, form, heading, template, context)


def page(
    request: HttpRequest,
    filing: Filing,
    step: str,
    form: AnswerForm,
    heading: str | Promise,
    template: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a question with what every page of the journey has around it."""
    around = {**frame(filing, step, heading), "back_keeps": True, **(context or {})}
    return render_form(request, template, form, context=around)


def _contests(filing: Filing) -> list[Any]:
    day = day_of(filing.draft.step("waktu"), "kejadian")
    region = filing.draft.step("tempat").get("wilayah")
    return pages.contests_at(region_code=region, day=day) if day and region else []


def _channels(filing: Filing) -> list[pages.Channel]:
    region = filing.draft.step("tempat").get("wilayah", "")
    return pages.other_channels(region_code=region, clock=filing.clock)


def _with_office(filing: Filing, answers: Mapping[str, Any]) -> dict[str, Any]:
    found = pages.responsible_office(region_code=answers["wilayah"], clock=filing.clock)
    return {
        "tempat": {**answers, "kantor": found.pk if found else None},
        "pemilihan": None,
    }


def holding(filing: Filing, office: Office) -> Pause | None:
    """Return the pause that keeps this draft from being sent; one begun before it may go."""
    pause = pause_of(office=office, clock=filing.clock)
    return pause if pause and filing.draft.started_at >= pause.starts_at else None


def device_key(public_id: str) -> str:
    """Return the name under which a device keeps the open page's text; it opens nothing."""
    return keyed_hash(purpose="device", value=public_id).hex()[:16]


def verdict(filing: Filing) -> Verdict:
    """Return what the draft will become, for the pages that say so before sending."""
    found = office_of(filing.draft)
    return verdict_of(
        filing.draft, office=found, contest=contest_of(filing.draft), clock=filing.clock
    )
