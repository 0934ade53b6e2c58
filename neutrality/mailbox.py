"""The pages that show the demo's caught mails; no installation with real people has them."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

NEWEST = 200


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """List the newest mails."""
    files = sorted(_folder().glob("*.eml"), reverse=True)[:NEWEST]
    return render(request, "neutrality/mails.html", {"mails": [_shown(file) for file in files]})


@require_safe
def mail(request: HttpRequest, number: int) -> HttpResponse:
    """Show one mail as text."""
    file = _folder() / f"{number:06d}.eml"
    if not file.is_file():
        raise Http404
    return render(request, "neutrality/mail.html", {"mail": _shown(file)})


def _folder() -> Path:
    if settings.CAUGHT_MAIL_DIR is None:
        raise Http404
    return settings.CAUGHT_MAIL_DIR


def _shown(file: Path) -> dict[str, str | int]:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    return {
        "number": int(file.stem),
        "subject": str(message["Subject"] or _("(tanpa perihal)")),
        "to": str(message["To"] or ""),
        "sent": str(message["Date"] or ""),
        "text": _text(message),
    }


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    return str(body.get_content()) if body is not None else ""


urlpatterns: list[URLPattern] = [
    path("", mails, name="mails"),
    path("<int:number>/", mail, name="mail"),
]
