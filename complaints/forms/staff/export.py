"""The form that hands out a list."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from complaints.forms.public.answers import DayField, WordsField
from complaints.selectors.exports import LISTS
from neutrality.ui.forms import PlainForm

FORMS = (("xlsx", "XLSX"), ("csv", "CSV"))


class ExportForm(PlainForm):
    """Which list, of which days, as which file, and why."""

    submit_label = gettext_lazy("Unduh")
    daftar = forms.ChoiceField(
        label=gettext_lazy("Daftar"),
        choices=list(LISTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih satu daftar.")},
    )
    sejak = DayField(
        label=gettext_lazy("Sejak tanggal"),
        error_messages={"required": gettext_lazy("Isi tanggal pertama.")},
    )
    sampai = DayField(
        label=gettext_lazy("Sampai tanggal"),
        error_messages={"required": gettext_lazy("Isi tanggal terakhir.")},
    )
    bentuk = forms.ChoiceField(
        label=gettext_lazy("Bentuk berkas"), choices=FORMS, widget=forms.RadioSelect, initial="xlsx"
    )
    alasan = WordsField(
        label=gettext_lazy("Alasan"),
        help_text=gettext_lazy("Dicatat dalam jejak audit bersama nama Anda."),
        max_length=300,
        lines=2,
        error_messages={"required": gettext_lazy("Tuliskan alasannya.")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("sejak"), given.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("Tanggal terakhir mendahului tanggal pertama."))
        return given
