"""Whoever reads what the law says: the language of the page."""

from django.utils.translation import get_language


def speaks_english() -> bool:
    """Say whether the reader's language is English."""
    return (get_language() or "").startswith("en")
