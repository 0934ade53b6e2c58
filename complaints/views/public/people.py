"""Who did it, whether the reporter works with them, and who saw it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints.forms.public import filing as forms
from complaints.forms.public.answers import AnswerForm
from complaints.selectors import filing as pages
from complaints.selectors.suggestions import Place, place_named, places_like
from complaints.services.drafts import save_answers
from complaints.views.public.filing import ask, frame, page, question
from complaints.views.public.filing_session import Filing, in_draft, step_url

MOST_RESPONDENTS = 20
MOST_WITNESSES = 20
_ITEM = "complaints/public/report_item.html"
_RESPONDENT = "complaints/public/report_respondent.html"
_HEADINGS = {
    "terlapor": _("Siapa yang melakukannya?"),
    "saksi": _("Siapa yang melihatnya?"),
}


@never_cache
@require_http_methods(["GET", "HEAD"])
@in_draft
def respondents(request: HttpRequest, filing: Filing) -> HttpResponse:
    """List who did it; ask for the first at once."""
    rows = filing.draft.items("terlapor")
    if not rows:
        return redirect(_item_url("terlapor", 1, filing))
    context = {
        "rows": rows,
        "may_add": len(rows) < MOST_RESPONDENTS,
        "add_url": _item_url("terlapor", len(rows) + 1, filing),
        **frame(filing, "terlapor", _HEADINGS["terlapor"]),
    }
    return render(request, "complaints/public/report_respondents.html", context)


@never_cache
@question
@in_draft
def respondent(request: HttpRequest, filing: Filing, number: int) -> HttpResponse:
    """Ask who did it: one person; units are suggested while one types, or at a press."""
    known = _known(filing, "terlapor", number, MOST_RESPONDENTS)
    searched = request.POST.get("cari_unit", "")
    build = partial(forms.RespondentForm, agencies=pages.agency_names(region_code=_region(filing)))
    context = {
        "searched": searched,
        "places": _places(filing, searched, known),
        "chosen": request.POST.get("satuan") or known.get("satuan", ""),
    }
    if "cari" in request.POST:
        form = build(initial=request.POST.dict())
        return page(request, filing, "terlapor", form, _HEADINGS["terlapor"], _RESPONDENT, context)
    form = build(data=request.POST) if request.method == "POST" else build(initial=known)
    if form.is_bound and form.is_valid():
        answers = form.answers() | _chosen(filing, request.POST.get("satuan", ""))
        return _save_item(filing, "terlapor", number, answers)
    return page(request, filing, "terlapor", form, _HEADINGS["terlapor"], _RESPONDENT, context)


@never_cache
@require_POST
@in_draft
def suggest_units(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Return the part of the page that suggests units; asked for while one types.

    By POST, so that what is typed stands in no address.
    """
    context = {"places": _places(filing, request.POST.get("cari_unit", ""), {}), "chosen": ""}
    return render(request, "complaints/public/report_units.html", context)


@never_cache
@question
@in_draft
def coworker(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Ask whether the reporter works with them; then say what could give the reporter away."""
    answer = ask(
        request,
        filing,
        "rekan",
        forms.CoworkerForm,
        _("Apakah Anda bekerja bersama orang ini?"),
        template="complaints/public/report_coworker.html",
    )
    knows = request.POST.get("rekan") in {"ya", "dulu"}
    if answer.status_code == 302 and knows:
        return redirect(_keeping(reverse("public:report_cover"), filing))
    return answer


@never_cache
@require_http_methods(["GET", "HEAD"])
@in_draft
def cover(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Show what to cover in a screenshot."""
    context = frame(filing, "rekan", _("Tutupi yang menunjuk kepada Anda"))
    context["back_url"] = _keeping(step_url("rekan"), filing)
    return render(request, "complaints/public/report_cover.html", context)


@never_cache
@require_http_methods(["GET", "HEAD"])
@in_draft
def witnesses(request: HttpRequest, filing: Filing) -> HttpResponse:
    """List the witnesses; there may be none."""
    rows = filing.draft.items("saksi")
    context = {
        "rows": rows,
        "may_add": len(rows) < MOST_WITNESSES,
        "add_url": _item_url("saksi", len(rows) + 1, filing),
        **frame(filing, "saksi", _("Adakah saksi?")),
    }
    return render(request, "complaints/public/report_witnesses.html", context)


@never_cache
@question
@in_draft
def witness(request: HttpRequest, filing: Filing, number: int) -> HttpResponse:
    """Ask for one witness."""
    known = _known(filing, "saksi", number, MOST_WITNESSES)
    form: AnswerForm = (
        forms.WitnessForm(data=request.POST)
        if request.method == "POST"
        else forms.WitnessForm(initial=known)
    )
    if form.is_bound and form.is_valid():
        return _save_item(filing, "saksi", number, form.answers())
    return page(request, filing, "saksi", form, _HEADINGS["saksi"], _ITEM)


@require_POST
@in_draft
def remove_item(request: HttpRequest, filing: Filing, step: str, number: int) -> HttpResponse:
    """Take a respondent or a witness off the list; pressed twice, one person goes and no other.

    The page says how many it showed: in another list the number means somebody else.
    """
    rows = filing.draft.items(step)
    is_the_list_shown = request.POST.get("banyak", f"{len(rows)}") == f"{len(rows)}"
    if number <= len(rows) and is_the_list_shown:
        del rows[number - 1]
        save_answers(draft_id=filing.draft.pk, answers={step: rows}, clock=filing.clock)
    return redirect(_keeping(step_url(step), filing))


def _known(filing: Filing, step: str, number: int, most: int) -> dict[str, Any]:
    """Return the saved row of this number; one beyond the last is a new one."""
    rows = filing.draft.items(step)
    if not 1 <= number <= min(len(rows) + 1, most):
        raise Http404
    saved = rows[number - 1] if number <= len(rows) else {}
    return {**saved, **filing.unsaved(f"{step}/{number}")}


def _save_item(filing: Filing, step: str, number: int, answers: Mapping[str, Any]) -> HttpResponse:
    rows = filing.draft.items(step)
    rows[number - 1 : number] = [dict(answers)]
    changed = {step: rows, **filing.settled(f"{step}/{number}")}
    save_answers(draft_id=filing.draft.pk, answers=changed, clock=filing.clock)
    return redirect(_keeping(step_url(step), filing))


def _region(filing: Filing) -> str:
    code: str = filing.draft.step("tempat").get("wilayah", "")
    return code


def _places(filing: Filing, searched: str, known: Mapping[str, Any]) -> list[Place]:
    """Return the units to choose from: those that are like the text, or the chosen one."""
    if searched:
        return places_like(text=searched, region_code=_region(filing), clock=filing.clock)
    chosen = place_named(known.get("satuan", ""), clock=filing.clock)
    return [chosen] if chosen else []


def _chosen(filing: Filing, public_id: str) -> dict[str, Any]:
    """Return what a chosen unit says: its names stand for what was typed beside it."""
    place = place_named(public_id, clock=filing.clock)
    if place is None:
        return {}
    return {
        "satuan": place.public_id,
        "unit": place.unit,
        "instansi": place.agency,
        "unit_id": place.unit_id,
        "agency_id": place.agency_id,
    }


def _item_url(step: str, number: int, filing: Filing) -> str:
    name = "public:report_respondent" if step == "terlapor" else "public:report_witness"
    return _keeping(reverse(name, args=[number]), filing)


def _keeping(url: str, filing: Filing) -> str:
    return f"{url}?dari=periksa" if filing.back_to_check else url
