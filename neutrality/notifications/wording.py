"""The words of a message: a text template per kind and language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template import Context
from django.template.backends.django import Template
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject and text; channels without subjects send only the text."""

    subject: str
    text: str


def template_name(kind: str, language: str) -> str:
    """Return where the template of a kind lies."""
    return f"notifications/{kind}/{language}.txt"


def words_of(
    *, kind: str, language: str, context: Mapping[str, str], stop_url: str = ""
) -> Wording:
    """Render a message; the first line of its template is the subject.

    With `stop_url` its last line says how to get no more of them.

    Raises:
        TemplateDoesNotExist: When the kind has no template in this language.
    """
    loaded = get_template(template_name(kind, language))
    if not isinstance(loaded, Template):
        raise TypeError("Messages are Django templates.")
    given = {"site_url": settings.SITE_URL.rstrip("/"), **context}
    with translation.override(language):
        # Plain text: nothing is escaped, and nothing is markup.
        rendered = loaded.template.render(Context(given, autoescape=False))
        end = _("Berhenti menerima pesan: %(url)s") % {"url": stop_url} if stop_url else ""
    subject, _newline, text = rendered.partition("\n")
    whole = "\n\n".join(filter(None, (text.strip(), end)))
    return Wording(subject=" ".join(subject.split()), text=f"{whole}\n")
