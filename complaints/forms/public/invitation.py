"""The form of an invited person who has read the own minutes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.public.answers import WordsField
from neutrality.ui.forms import PlainForm


class ReadMinutesForm(PlainForm):
    """That the minutes are right, and what is to be added."""

    submit_label = _("Konfirmasi berita acara saya")
    benar = forms.BooleanField(
        label=_("Saya sudah membaca berita acara ini dan isinya benar."),
        error_messages={"required": _("Centang bila Anda sudah membaca dan membenarkannya.")},
    )
    tambahan = WordsField(
        label=_("Tambahan atau koreksi"),
        help_text=_("Dicatat pada akhir berita acara."),
        lines=3,
        required=False,
        max_length=2000,
    )
