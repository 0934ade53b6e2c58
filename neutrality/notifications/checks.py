"""System checks: every kind of message has its words in every language, and no others."""

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.template import TemplateDoesNotExist
from django.template.backends.django import Template
from django.template.base import VariableNode
from django.template.loader import get_template

from neutrality.notifications.kinds import GIVEN_KEYS, MessageKind, registered_kinds
from neutrality.notifications.wording import template_name


def check_kinds(
    app_configs: Collection[AppConfig] | None,  # noqa: ARG001 Django's signature
    **options: Any,  # noqa: ANN401, ARG001
) -> list[CheckMessage]:
    """Check the templates of every registered kind."""
    return [fault for kind in registered_kinds().values() for fault in faults_of(kind)]


def faults_of(kind: MessageKind) -> Iterator[CheckMessage]:
    """Give what is wrong with the templates of one kind."""
    for language, _name in settings.LANGUAGES:
        name = template_name(kind.code, language)
        try:
            template = get_template(name)
        except TemplateDoesNotExist:
            yield Error(f"The template {name} is missing.", id="notifications.E001")
            continue
        if isinstance(template, Template):
            yield from _faults_of_template(name, template, kind)


def _faults_of_template(name: str, template: Template, kind: MessageKind) -> Iterator[CheckMessage]:
    subject, _newline, text = template.template.source.partition("\n")
    if not subject.strip() or not text.strip():
        hint = "The subject stands on the first line, the text below it."
        yield Error(f"{name} has no subject or no text.", hint=hint, id="notifications.E002")
    strange = _names_in(template) - kind.context_keys - kind.made_keys - GIVEN_KEYS
    if strange:
        words = ", ".join(sorted(strange))
        yield Error(f"{name} says {words}, which the kind does not.", id="notifications.E003")


def _names_in(template: Template) -> set[str]:
    nodes = template.template.nodelist.get_nodes_by_type(VariableNode)
    variables = (getattr(node, "filter_expression").var for node in nodes)  # noqa: B009 untyped
    return {str(variable).split(".")[0] for variable in variables}
