"""What a supervisor says when online filing is paused."""

from django import forms
from django.utils.translation import gettext_lazy as _

from neutrality.ui.forms import PlainForm


class PauseForm(PlainForm):
    """The sentence that people read, in both languages, and until when."""

    submit_label = _("Jeda penerimaan daring")
    submit_tone = "danger"
    kalimat = forms.CharField(
        label=_("Kalimat yang dibaca masyarakat"),
        help_text=_("Mengapa, dan sampai kira-kira kapan. Alamat kantor ditampilkan di bawahnya."),
        max_length=300,
        error_messages={"required": _("Tulis kalimat yang dibaca masyarakat.")},
    )
    kalimat_en = forms.CharField(
        label=_("Kalimat itu dalam bahasa Inggris"),
        max_length=300,
        error_messages={"required": _("Tulis juga kalimat dalam bahasa Inggris.")},
    )
    sampai = forms.DateTimeField(
        label=_("Dibuka lagi dengan sendirinya"),
        help_text=_("Kosongkan bila belum tahu; jeda berlaku sampai dibuka lagi di sini."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class LiftForm(PlainForm):
    """The press that opens online filing again."""

    submit_label = _("Buka lagi penerimaan daring")
