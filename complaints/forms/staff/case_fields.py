"""The fields that plenary, clarification and assessment share."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.staff.steps import MomentField
from neutrality.ui.forms import PlainForm

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100


class AppointmentField(MomentField):
    """A local date and time of the office, in a year in which somebody can come."""

    def to_python(self, value: Any) -> datetime | None:
        """Read the wall time; a year outside this century is a slip of the finger."""
        moment = super().to_python(value)
        if moment is not None and not FIRST_YEAR <= moment.year < LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return moment


class LocalForm(PlainForm):
    """A form whose times are those of the office."""

    def __init__(self, *args: Any, tz: ZoneInfo, **kwargs: Any) -> None:
        """Tell every time field its zone."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.tz = tz


class ReasonForm(PlainForm):
    """Why; nothing else."""

    alasan = forms.CharField(
        label=_("Alasan"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        error_messages={"required": _("Tuliskan alasannya.")},
    )

    def __init__(self, *args: Any, submit: Any = "", danger: bool = False, **kwargs: Any) -> None:
        """Take the words of the button, and whether pressing it does harm."""
        super().__init__(*args, **kwargs)
        self.submit_label = submit or _("Simpan")  # type: ignore[misc]
        self.submit_tone = "danger" if danger else "primary"  # type: ignore[misc]
