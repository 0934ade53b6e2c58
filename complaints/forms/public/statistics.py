"""What somebody asks of the public statistics."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.selectors.statistics import Wanted
from neutrality.organisations.models import ROOT_OFFICE
from neutrality.ui.forms import PlainForm


class MonthField(forms.Field):
    """A month as 2026-11."""

    widget = forms.TextInput(attrs={"type": "month", "class": "field-short"})

    def to_python(self, value: Any) -> date | None:
        """Read the month; raises ValidationError for anything else."""
        if not value:
            return None
        try:
            month = datetime.strptime(str(value), "%Y-%m").date()  # noqa: DTZ007  a local month
        except ValueError:
            raise forms.ValidationError(_("Tulis bulan seperti 2026-11.")) from None
        return month


class StatisticsForm(PlainForm):
    """Contest and months; the office stands in the address."""

    kantor = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    pemilihan = forms.TypedChoiceField(
        label=_("Pemilihan"), required=False, coerce=int, empty_value=None
    )
    dari = MonthField(label=_("Dari bulan"), required=False)
    sampai = MonthField(label=_("Sampai bulan"), required=False)

    def __init__(self, *args: Any, contests: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the contests in which something was counted."""
        super().__init__(*args, **kwargs)
        self.offer("pemilihan", [("", _("Semua pemilihan")), *contests])

    def clean(self) -> dict[str, Any]:
        """The months stand in their order."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("dari"), given.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("Bulan terakhir mendahului bulan pertama."))
        return given

    def wanted(self) -> Wanted:
        """Return what is asked, of a valid form."""
        given = self.cleaned_data
        return Wanted(
            path=given["kantor"] or ROOT_OFFICE,
            contest_id=given["pemilihan"],
            from_month=given["dari"],
            until_month=given["sampai"],
        )
