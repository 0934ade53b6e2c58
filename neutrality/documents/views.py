"""The public pages on which anybody can see whether a document is real."""

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from neutrality.documents.forms import CompareForm, VerifyForm
from neutrality.documents.selectors import PublicFacts, public_facts
from neutrality.ui.forms import render_form


@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code and, if wanted, a file to compare."""
    form = VerifyForm(*_posted(request))
    if not form.is_valid():
        return render_form(request, "documents/enter_code.html", form)
    facts: PublicFacts = form.cleaned_data["code"]
    if digest := form.cleaned_data["file"]:
        return _result(request, facts, digest)
    return redirect("documents:verify", code=facts.code)


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Show what anybody may learn of the document with this code; compare a file with it."""
    facts = public_facts(typed_code=code)
    if facts is None:
        raise Http404
    form = CompareForm(*_posted(request))
    if form.is_valid():
        return _result(request, facts, form.cleaned_data["file"])
    return render_form(request, "documents/verify.html", form, context={"facts": facts})


def _posted(
    request: HttpRequest,
) -> tuple[QueryDict, MultiValueDict[str, UploadedFile]] | tuple[()]:
    """Return what a form is bound to: an empty post is a post too."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _result(request: HttpRequest, facts: PublicFacts, digest: str) -> HttpResponse:
    context = {
        "facts": facts,
        "form": CompareForm(),
        "compared": True,
        "same": bool(facts.sha256) and digest == facts.sha256,
        "digest": digest,
    }
    return render(request, "documents/verify.html", context)
