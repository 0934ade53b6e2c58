"""The forms about own addresses."""

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.public.answers import WordsField
from neutrality.notifications.models import Channel
from neutrality.ui.forms import PlainForm


class ContactCodeForm(PlainForm):
    """The code that came to an address."""

    submit_label = _("Konfirmasi")
    saluran = forms.ChoiceField(choices=Channel.choices, widget=forms.HiddenInput)
    kode = WordsField(
        label=_("Kode enam angka"),
        max_length=20,
        short="field-short",
        error_messages={"required": _("Ketik kode yang Anda terima.")},
    )

    def clean_saluran(self) -> Channel:
        """Return the channel."""
        return Channel(self.cleaned_data["saluran"])
