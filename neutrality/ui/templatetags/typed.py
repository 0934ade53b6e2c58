"""A tag for the pages that could not take what was typed."""

from typing import Any

from django import template
from django.http import HttpRequest

from neutrality.ui.typed import typed_in

register = template.Library()


@register.inclusion_tag("ui/typed.html", takes_context=True)
def typed_words(context: dict[str, Any]) -> dict[str, Any]:
    """What the reader typed, to be copied; a view that has looked at it says so as `typed`."""
    if "typed" in context:
        return {"typed": context["typed"]}
    request = context.get("request")
    return {"typed": typed_in(request) if isinstance(request, HttpRequest) else None}
