"""The forms of the cases: what the queue is narrowed to, and bringing one to the plenary."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.codes import CaseState
from complaints.forms.public.answers import WordsField
from complaints.forms.staff.steps import StepForm
from complaints.selectors.case_queue import SHOWN_LABELS, CaseFilter, Due, Shown
from neutrality.ui.forms import PlainForm

RUNNING_STATES = [
    (state.value, state.label)
    for state in CaseState
    if state not in {CaseState.INTAKE, CaseState.CLOSED}
]


class CaseFilterForm(PlainForm):
    """The filters of the queue; what is not understood is left out."""

    tampil = forms.ChoiceField(
        label=_("Daftar"),
        choices=[(each.value, SHOWN_LABELS[each]) for each in Shown],
        required=False,
    )
    keadaan = forms.ChoiceField(
        label=_("Keadaan"), choices=[("", _("Semua")), *RUNNING_STATES], required=False
    )
    tenggat = forms.ChoiceField(
        label=_("Tenggat"),
        choices=[
            ("", _("Semua")),
            (Due.LATE.value, _("Sudah lewat")),
            (Due.SOON.value, _("Dalam tiga hari")),
        ],
        required=False,
    )
    cari = WordsField(label=_("Nomor atau judul"), required=False, max_length=80)

    def filter(self) -> CaseFilter:
        """Return what the list is narrowed to, whatever was typed into the address."""
        self.is_valid()
        given = self.cleaned_data
        return CaseFilter(
            shown=Shown(given.get("tampil") or Shown.RUNNING),
            state=given.get("keadaan", ""),
            due=given.get("tenggat", ""),
            text=given.get("cari", "").strip(),
        )


class BringForm(StepForm):
    """What the plenary is asked to decide."""

    own: ClassVar[tuple[str, ...]] = ("usul",)
    takes_time = False
    usul = WordsField(
        label=_("Usul kepada pleno"),
        help_text=_("Hasil setiap dugaan diambil dari simpulan kajian yang disetujui."),
        lines=4,
        max_length=5000,
        error_messages={"required": _("Tuliskan apa yang diusulkan.")},
    )


class CorrectionForm(PlainForm):
    """Why the latest step was wrong; the page's version travels along."""

    submit_label = _("Minta koreksi")
    alasan = WordsField(
        label=_("Apa yang keliru?"),
        lines=3,
        max_length=2000,
        error_messages={"required": _("Tuliskan apa yang keliru.")},
    )
    versi = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)
