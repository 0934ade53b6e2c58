"""A new code is shown until its last group was typed; only then does it take the old one's place.

An answer that never arrives, or a second press, leaves nobody without a code that opens.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from complaints.forms.public.start import NewCodeWrittenForm
from complaints.models import AccessCode
from complaints.services.codes import CodeNotInUse, SecretCode, new_code
from neutrality.ui.forms import render_form

# The page itself carries the code that it shows: nothing of it is kept in session or database.
# It is signed together with the code that it replaces, so that nobody can try codes here.
SALT: Final = "complaints.new-code"
SECONDS: Final = 60 * 60
SHOWN: Final = "kode_baru"


def is_shown(request: HttpRequest) -> bool:
    """Whether the request comes from the page of a new code."""
    return request.method == "POST" and SHOWN in request.POST


def new_code_page(
    request: HttpRequest,
    template: str,
    *,
    replaces: AccessCode,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a new code with the question for its last group; it opens nothing yet."""
    code = new_code()
    carried = signing.dumps([code.text, replaces.pk], salt=SALT)
    form = NewCodeWrittenForm(code=code, initial={SHOWN: carried})
    return render_form(request, template, form, context={"code": code, **(context or {})})


def code_written(
    request: HttpRequest,
    template: str,
    *,
    replaces: AccessCode,
    take: Callable[[SecretCode], object],
    go_on: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Let `take` put the new code in place when its last group is right, else show it again."""
    try:
        text, key = signing.loads(request.POST[SHOWN], salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return redirect(go_on)
    if key != replaces.pk:  # it was put in place before
        return redirect(go_on)
    code = SecretCode(text)
    form = NewCodeWrittenForm(request.POST, code=code)
    if not form.is_valid():
        return render_form(request, template, form, context={"code": code, **(context or {})})
    with suppress(CodeNotInUse):  # pressed twice: the first press has done it
        take(code)
    return redirect(go_on)
