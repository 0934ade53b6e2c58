"""What files tell besides what they show, in words."""

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from complaints.codes import Carried


def carried_words(codes: Iterable[str]) -> str:
    """Return the codes as one list in words: place, phone model and time."""
    return get_text_list([str(Carried(code).label) for code in codes], _("dan"))
