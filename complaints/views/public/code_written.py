"""A code that was replaced is shown until its last group was typed, as the first one is."""

from collections.abc import Mapping
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from complaints.forms.public.start import NewCodeWrittenForm
from complaints.services.codes import SecretCode
from neutrality.ui.forms import render_form

# The page itself carries the code that it shows: nothing of it is kept in session or database.
# It is signed, so that nobody can try codes here.
SALT: Final = "complaints.new-code"
SECONDS: Final = 60 * 60
SHOWN: Final = "kode_baru"


def is_shown(request: HttpRequest) -> bool:
    """Whether the request comes from the page of a new code."""
    return request.method == "POST" and SHOWN in request.POST


def new_code_page(
    request: HttpRequest, code: SecretCode, template: str, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Show a new code with the question for its last group."""
    form = NewCodeWrittenForm(code=code, initial={SHOWN: signing.dumps(code.text, salt=SALT)})
    return render_form(request, template, form, context={"code": code, **(context or {})})


def code_written(
    request: HttpRequest, template: str, *, go_on: str, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Lead on when the last group is right, else show the same code again."""
    try:
        text = signing.loads(request.POST[SHOWN], salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return redirect(reverse(go_on))
    code = SecretCode(text)
    form = NewCodeWrittenForm(request.POST, code=code)
    if form.is_valid():
        return redirect(reverse(go_on))
    return render_form(request, template, form, context={"code": code, **(context or {})})
