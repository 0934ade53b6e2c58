"""The base of the questions: what was answered goes into the draft and comes back as it was."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from datetime import date, time
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from neutrality.ui.forms import PlainForm
from neutrality.ui.markup import markup, options

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


class LongSelect(forms.Select):
    """A select of hundreds of options, written in one go instead of by a template for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the element with its groups."""
        del renderer
        final = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = "" if value is None else str(value)
        parts = [self._part(key, what, chosen) for key, what in self.choices]
        return format_html(
            "<select{}>{}</select>",
            flatatt(final),
            markup(parts),
        )

    def _part(self, key: Any, what: Any, chosen: str) -> SafeString:
        if not isinstance(what, list | tuple):
            return options([(key, what)], chosen)
        return format_html('<optgroup label="{}">{}</optgroup>', key, options(what, chosen))


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
