"""The forms of the cases: bringing one to the plenary, and asking for a correction."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.public.answers import WordsField
from complaints.forms.staff.steps import StepForm
from neutrality.ui.forms import PlainForm


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
