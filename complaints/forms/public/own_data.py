"""The forms about own data: correct the addresses, ask for erasure or correction."""

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.codes import DataRequestKind
from complaints.forms.public.answers import WordsField
from neutrality.ui.forms import PlainForm
from neutrality.ui.phones import PhoneField


class OwnContactsForm(PlainForm):
    """Where one can be reached."""

    submit_label = _("Simpan")
    telepon = PhoneField(label=_("Nomor telepon atau WhatsApp"), required=False)
    surel = forms.EmailField(
        label=_("Alamat surel"),
        required=False,
        max_length=200,
        error_messages={"invalid": _("Tulis alamat surel yang benar, misalnya nama@contoh.id.")},
    )
    alamat = WordsField(
        label=_("Alamat rumah yang baru"),
        help_text=_("Isi hanya bila berubah."),
        lines=3,
        required=False,
        max_length=500,
    )


class DataRequestForm(PlainForm):
    """What the office is asked to do with one's data."""

    submit_label = _("Kirim permintaan")
    jenis = forms.ChoiceField(
        label=_("Apa yang Anda minta?"),
        choices=[
            (DataRequestKind.ERASURE, _("Hapus data saya")),
            (DataRequestKind.CORRECTION, _("Perbaiki nama, NIK, atau data lain yang keliru")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )
    alasan = WordsField(
        label=_("Jelaskan permintaan Anda"),
        lines=4,
        max_length=2000,
        error_messages={"required": _("Tulis data yang mana, dan mengapa.")},
    )

    def kind(self) -> DataRequestKind:
        """Return what is asked."""
        return DataRequestKind(self.cleaned_data["jenis"])
