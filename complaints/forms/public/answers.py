"""The base of the questions: what was answered goes into the draft and comes back as it was."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from neutrality.ui.forms import PlainForm

Json = Any
FIRST_YEAR, LAST_YEAR = 1900, 2100
DATE_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d %m %Y", "%d.%m.%Y"]


class AnswerForm(PlainForm):
    """One page of questions whose answers are kept in the draft."""

    submit_label = _("Simpan dan lanjutkan")

    def answers(self) -> dict[str, Json]:
        """Return the checked answers as JSON values; they serve as `initial` again."""
        return {name: as_json(value) for name, value in self.cleaned_data.items()}


def as_json(value: object) -> Json:
    """Write dates and times out; everything else is JSON already."""
    return value.isoformat() if isinstance(value, date | time) else value


class WordsField(forms.CharField):
    """A line or a block of text."""

    def __init__(self, *, lines: int = 1, short: str = "", **options: Any) -> None:
        """Take the number of lines, and a class that says how wide the field is."""
        if lines > 1:
            options["widget"] = forms.Textarea(attrs={"rows": lines})
        elif short:
            options.setdefault("widget", forms.TextInput(attrs={"class": short}))
        super().__init__(**options)


class DayField(forms.DateField):
    """A date, picked or typed as 2026-11-21 or 21-11-2026."""

    default_error_messages = {
        "invalid": _("Tulis tanggal yang benar, misalnya 21-11-2026."),
    }

    def __init__(self, **options: Any) -> None:
        """Show the browser's own picker where there is one."""
        widget = forms.DateInput(attrs={"type": "date", "class": "field-short"}, format="%Y-%m-%d")
        super().__init__(input_formats=DATE_FORMATS, widget=widget, **options)

    def to_python(self, value: Any) -> date | None:
        """Read a day; one in a year that nobody alive means is a slip of the finger."""
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year < LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day
