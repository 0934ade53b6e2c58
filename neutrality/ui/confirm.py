"""Ask before harm, also where no script runs."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from neutrality.ui.typed import posted_fields

CONFIRMED: Final = "dikonfirmasi"


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the question was answered: by the dialog, or by the page below."""
    return request.POST.get(CONFIRMED) == "ya"


def confirmation_page(
    request: HttpRequest,
    *,
    heading: str | Promise,
    consequence: str | Promise,
    button: str | Promise,
    back_url: str,
) -> HttpResponse:
    """Ask before the posted act; everything posted goes along and is posted again on yes.

    A form with `data-confirm` asks in a dialog first and never comes here. Not for files.
    """
    context = {
        "heading": heading,
        "consequence": consequence,
        "button": button,
        "back_url": back_url,
        "carried": [each for each in posted_fields(request) if each[0] != CONFIRMED],
        "confirmed": CONFIRMED,
    }
    return render(request, "ui/confirm.html", context)
