"""Telephone numbers: typed in many ways, kept and sent in one."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import to_python
from phonenumbers import is_possible_number, is_valid_number

_HERE: Final = "ID"
# The country's code as some write it: without the plus, or with the zeros that dial abroad.
_CODE_FIRST: Final = re.compile(r"^(?:00|(?=62))")


def international(typed: str, *, valid: bool = False) -> str:
    """Return a number in the form of E.164, such as +6281234567890, or nothing for what is none.

    Args:
        typed: In any of the ways in which people write it; without a country it is of Indonesia.
        valid: Also ask that such a number is given out, as far as that is known here.
    """
    digits = re.sub(r"[^0-9+]", "", typed.partition("/")[0])
    number = to_python(_CODE_FIRST.sub("+", digits), region=_HERE)
    fits = is_valid_number if valid else is_possible_number
    return str(number.as_e164) if number and fits(number) else ""


class PhoneField(forms.CharField):
    """A telephone number, cleaned to the form of E.164; a phone shows its number keys."""

    default_error_messages = {
        "invalid": _("Tulis nomor telepon yang benar, misalnya 0812 3456 7890.")
    }

    def __init__(self, **options: Any) -> None:
        """Take more than digits: what stands between them is typed too."""
        shown = {"type": "tel", "inputmode": "tel", "autocomplete": "off", "class": "field-medium"}
        options.setdefault("widget", forms.TextInput(attrs=shown))
        options.setdefault("max_length", 30)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        """Return the number in international form, or nothing where none need be given."""
        typed: str = super().clean(value)
        number = international(typed, valid=True)
        if typed and not number:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number
