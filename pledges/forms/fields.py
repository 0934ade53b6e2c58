"""The fields that several forms share."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from pledges.drawing import HEIGHT, LONGEST_TEXT, WIDTH, NoDrawing, read_drawing

FORMATS: Final = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d %m %Y", "%d.%m.%Y"]
FIRST_DAY: Final = date(2014, 1, 15)  # UU 5/2014 came into force
LAST_DAY: Final = date(2099, 12, 31)
NIP_LENGTH: Final = 18
NIK_LENGTH: Final = 16


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


def digits_of(value: str) -> str:
    """Return the digits of a number as it is typed, with or without spaces and hyphens."""
    return "".join(value.replace("-", " ").split())


def is_number(value: str, *, lengths: tuple[int, ...]) -> bool:
    """Whether these are digits, and as many as such a number has."""
    return len(value) in lengths and value.isascii() and value.isdigit()


class NumberInput(forms.TextInput):
    """A number that is shown again after a mistake, unless it can be an NIK: that one is secret."""

    def format_value(self, value: Any) -> str | None:
        """Return what the field shows."""
        if is_number(digits_of(str(value)), lengths=(NIK_LENGTH,)):
            return None
        shown: str | None = super().format_value(value)
        return shown


class NumberField(forms.CharField):
    """An NIP or NI PPPK: eighteen digits, with or without spaces."""

    lengths: tuple[int, ...] = (NIP_LENGTH,)
    wrong_length = _("Nomor terdiri atas delapan belas angka.")

    def __init__(self, **options: Any) -> None:
        """Let the phone show its number keys."""
        options.setdefault("label", _("NIP atau NI PPPK"))
        options.setdefault("help_text", _("Delapan belas angka."))
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "field-medium"}
        options.setdefault("widget", NumberInput(attrs=attrs))
        options.setdefault("error_messages", {"required": _("Ketik nomor pegawai Anda.")})
        super().__init__(max_length=40, **options)

    def clean(self, value: Any) -> str:
        """Return the digits, or nothing where nothing is needed."""
        digits = digits_of(str(super().clean(value)))
        if digits and not is_number(digits, lengths=self.lengths):
            raise forms.ValidationError(self.wrong_length)
        return digits


class SignerNumberField(NumberField):
    """The number of who signs: eighteen digits; staff who are no civil servants have only an NIK."""

    lengths = (NIP_LENGTH, NIK_LENGTH)
    wrong_length = _("Nomor terdiri atas delapan belas angka; NIK enam belas angka.")

    def __init__(self, **options: Any) -> None:
        """Say who types which number."""
        options.setdefault(
            "help_text", _("Delapan belas angka. Hanya pegawai non-ASN yang mengetik NIK-nya.")
        )
        super().__init__(**options)


class PinField(forms.CharField):
    """Six digits that only the attendant knows."""

    def __init__(self, **options: Any) -> None:
        """Show no digits while they are typed."""
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "field-short"}
        super().__init__(
            max_length=6,
            widget=forms.PasswordInput(attrs=attrs),
            error_messages={"required": _("Ketik PIN enam angka.")},
            **options,
        )

    def clean(self, value: Any) -> str:
        """Return six digits."""
        digits = str(super().clean(value))
        if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("PIN terdiri atas enam angka."))
        return digits


class DrawPad(forms.HiddenInput):
    """A field to draw on; without scripts it says that typing is the way."""

    input_type = "text"  # so that the label and the errors of the field are shown

    def render(
        self,
        name: str,
        value: Any,  # noqa: ARG002
        attrs: Any = None,
        renderer: Any = None,  # noqa: ARG002
    ) -> SafeString:
        """Draw the pad."""
        context = {"name": name, "id": (attrs or {}).get("id", ""), "w": WIDTH, "h": HEIGHT}
        return render_to_string("pledges/public/draw_pad.html", context)


class DrawnField(forms.CharField):
    """A drawn signature: strokes as JSON, cleaned to a picture."""

    widget = DrawPad

    def clean(self, value: Any) -> Any:
        """Return the picture as bytes; empty when nothing was drawn."""
        text = str(super().clean(value))
        if not text:
            return b""
        try:
            return read_drawing(text[: LONGEST_TEXT + 1])
        except NoDrawing as none:
            raise forms.ValidationError(
                _("Gambar tanda tangan terlalu pendek. Gambar sekali lagi.")
            ) from none
