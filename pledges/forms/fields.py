"""The fields that several forms share."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

FORMATS: Final = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d %m %Y", "%d.%m.%Y"]
FIRST_DAY: Final = date(2014, 1, 15)  # UU 5/2014 came into force
LAST_DAY: Final = date(2099, 12, 31)


class DayField(forms.DateField):
    """A date, picked or typed as 2026-11-21 or 21-11-2026."""

    default_error_messages = {"invalid": _("Tulis tanggal yang benar, misalnya 21-11-2026.")}

    def __init__(self, **options: Any) -> None:
        """Show the browser's own picker where there is one."""
        widget = forms.DateInput(attrs={"type": "date", "class": "field-short"}, format="%Y-%m-%d")
        limits = [
            MinValueValidator(FIRST_DAY, _("Tanggal ini terlalu jauh ke belakang.")),
            MaxValueValidator(LAST_DAY, _("Tanggal ini terlalu jauh ke depan.")),
        ]
        super().__init__(input_formats=FORMATS, widget=widget, validators=limits, **options)


class WordsField(forms.CharField):
    """A line or a block of text."""

    def __init__(self, *, lines: int = 1, short: str = "", **options: Any) -> None:
        """Take the number of lines, and a class that says how wide the field is."""
        if lines > 1:
            options["widget"] = forms.Textarea(attrs={"rows": lines})
        elif short:
            options.setdefault("widget", forms.TextInput(attrs={"class": short}))
        super().__init__(**options)
