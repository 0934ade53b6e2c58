"""Before a new report: nothing, as a rule; a proof of work when there are unusually many."""

from enum import Enum, auto
from typing import Final

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from complaints.forms.public.gate import ProofForm, WaitForm, waiting_token
from complaints.forms.public.start import IdentityChoiceForm
from complaints.views.public.limits import Count, Limited, visitor_count, visitor_over

ALL: Final = "all"
# The widget computes in a worker that it makes from a blob of its own.
_WORKER: Final = {"worker-src": ["'self'", "blob:"]}


class Gate(Enum):
    """What stands before a new report."""

    OPEN = auto()
    PROOF = auto()
    SHUT = auto()


def gate(request: HttpRequest) -> Gate:
    """Say what this visitor must do first, by how many reports were begun."""
    if visitor_count(request, Limited.NEW_DRAFTS_AT_MOST).reached():
        return Gate.SHUT
    if not _unusual(request):
        return Gate.OPEN
    return Gate.OPEN if _proved(request) else Gate.PROOF


def note_begun(request: HttpRequest) -> None:
    """Count a report that was begun."""
    visitor_count(request, Limited.NEW_DRAFTS_AT_MOST).add()
    visitor_count(request, Limited.NEW_DRAFTS).add()
    Count(Limited.NEW_DRAFTS_OF_ALL, who=ALL).add()


def shut(request: HttpRequest) -> HttpResponse:
    """Say that there have been too many from here, and which other ways there are."""
    return render(request, "complaints/public/report_shut.html", status=429)


def ask_for_proof(request: HttpRequest, choice: IdentityChoiceForm) -> HttpResponseBase:
    """Show the page on which the browser computes, or the person waits."""
    return csp_update(_WORKER)(lambda request: _proof_page(request, choice))(request)


def _proof_page(request: HttpRequest, choice: IdentityChoiceForm) -> HttpResponse:
    proof = ProofForm(request.POST if "altcha" in request.POST else None)
    wait = WaitForm(request.POST if "sudah_menunggu" in request.POST else None)
    context = {
        "choice": choice.cleaned_data["cara"],
        "form": wait if wait.is_bound else proof,
        "proof": proof,
        "token": waiting_token(),
    }
    refused = (proof.is_bound and proof.errors) or (wait.is_bound and wait.errors)
    status = 422 if refused else 200
    return render(request, "complaints/public/report_gate.html", context, status=status)


def _unusual(request: HttpRequest) -> bool:
    visitor = visitor_count(request, Limited.NEW_DRAFTS)
    return visitor.reached() or Count(Limited.NEW_DRAFTS_OF_ALL, who=ALL).reached()


def _proved(request: HttpRequest) -> bool:
    if request.POST.get("altcha") and ProofForm(request.POST).is_valid():
        return True
    if not request.POST.get("sudah_menunggu") or not WaitForm(request.POST).is_valid():
        return False
    return not visitor_over(request, Limited.WAITED)
