"""Forms that ask why something sealed is opened."""

from django.utils.translation import gettext_lazy as _

from complaints.forms.public.answers import WordsField
from neutrality.ui.forms import PlainForm


class OpeningForm(PlainForm):
    """Why an identity, a sealed paper or an original is opened; the audit keeps it."""

    submit_label = _("Buka")
    alasan = WordsField(
        label=_("Untuk apa Anda membukanya?"),
        help_text=_("Satu kalimat. Jangan menulis nama atau alamat siapa pun di sini."),
        lines=2,
        max_length=300,
        error_messages={"required": _("Tuliskan untuk apa Anda membukanya.")},
    )
