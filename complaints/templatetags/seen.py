"""Telling the office's pages that their reader has seen the thing they show."""

from django import template

from complaints.services.mark_seen import seen_token

register = template.Library()


@register.inclusion_tag("complaints/staff/_seen.html")
def seen(kind: str, key: int, version: int = 0) -> dict[str, str]:
    """Write the form that a browser posts by itself; without scripts the inbox has a button."""
    return {"token": seen_token([(kind, key, version)])}
