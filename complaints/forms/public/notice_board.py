"""Whose notice board somebody wants to read."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from neutrality.ui.forms import PlainForm


class NoticeBoardForm(PlainForm):
    """One office, or all of them."""

    kantor = forms.ChoiceField(label=_("Kantor"), required=False)

    def __init__(self, *args: Any, boards: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the offices that have announced something."""
        super().__init__(*args, **kwargs)
        self.offer("kantor", [("", _("Semua kantor")), *boards])
