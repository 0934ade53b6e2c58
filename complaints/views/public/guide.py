"""The rules in plain language, made from the tables of the law: to read, to search, to try."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from complaints.papers.blank_form import absolute, blank_report_form
from complaints.selectors.guide import GuidePage, Question, guide_page
from neutrality.documents.publications import publications_for
from neutrality.law.books import kept_with_the_law
from neutrality.law.clock import read_clock
from neutrality.law.codes import SituationAnswer
from neutrality.law.labels import choices

NEWEST: Final = 3
ROUND: Final = 8


@dataclass(frozen=True, slots=True)
class Tried:
    """A question of the round with the answer that was given, if any."""

    row: Question
    given: str

    @property
    def is_right(self) -> bool:
        """Say whether the answer was right."""
        return self.given == self.row.answer


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show what is not allowed, what it costs, and what is allowed; or what was searched for."""
    page = guide_page(clock=read_clock(), asked=request.GET.get("cari", ""))
    context: dict[str, Any] = {"page": page}
    if not page.asked:
        context |= {"law": _law(page), "circulars": publications_for(limit=NEWEST)}
    return render(request, "complaints/public/guide.html", context)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Show all everyday questions by topic, or those in which the words occur."""
    page = guide_page(clock=read_clock(), asked=request.GET.get("cari", ""))
    return render(request, "complaints/public/guide_questions.html", {"page": page})


@require_safe
def question(request: HttpRequest, code: str) -> HttpResponse:
    """Answer one question, with the reason and the article."""
    page = guide_page(clock=read_clock())
    row = next((row for row in page.questions if row.code == code), None)
    if row is None:
        raise Http404
    context = {"row": row, "others": _others(page, row)}
    return render(request, "complaints/public/guide_question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def try_yourself(request: HttpRequest) -> HttpResponse:
    """Ask a round of questions and explain each answer; nothing is stored."""
    page = guide_page(clock=read_clock())
    rounds = _rounds(page)
    number = _number(request.GET.get("putaran", ""), len(rounds))
    given = request.POST if request.method == "POST" else {}
    asked = [Tried(row, given.get(row.code, "")) for row in rounds[number - 1]]
    context = {
        "asked": asked,
        "is_answered": request.method == "POST",
        "right": sum(each.is_right for each in asked),
        "choices": choices(SituationAnswer),
        "number": number,
        "following": number % len(rounds) + 1,
    }
    return render(request, "complaints/public/guide_try.html", context)


@require_safe
def blank_form(request: HttpRequest) -> FileResponse:  # noqa: ARG001 - Django's signature
    """Hand out the report form to be filled in by hand; the QR code leads to the online path."""
    pdf = blank_report_form(
        office=None, address=absolute("public:report_start"), clock=read_clock()
    )
    return FileResponse(
        BytesIO(pdf), filename="formulir-laporan.pdf", content_type="application/pdf"
    )


def _law(page: GuidePage) -> SafeString:
    """Return what the law says as HTML: the same for everybody until the law or the day changes."""
    return kept_with_the_law(
        key=("guide as html", page.day, get_language()),
        make=lambda: render_to_string("complaints/public/guide_law.html", {"page": page}),
    )


def _others(page: GuidePage, row: Question) -> list[Question]:
    """Return the questions that follow in the same topic, going round."""
    same = [other for other in page.questions if other.topic == row.topic]
    here = same.index(row)
    return [*same[here + 1 :], *same[:here]][:4]


def _rounds(page: GuidePage) -> list[list[Question]]:
    """Deal the questions out like cards, so that each round has something of every topic."""
    count = max(1, len(page.questions) // ROUND)
    return [list(page.questions[start::count]) for start in range(count)]


def _number(text: str, most: int) -> int:
    """Return a round from 1 to `most`; the first for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) < 4
    return int(text) if is_number and 1 <= int(text) <= most else 1
