"""The forms about own data: correct the addresses, ask for erasure or correction."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import to_python

from complaints.codes import DataRequestKind
from complaints.forms.public.answers import WordsField
from neutrality.ui.forms import PlainForm


class OwnContactsForm(PlainForm):
    """Where one can be reached."""

    submit_label = _("Simpan")
    telepon = WordsField(
        label=_("Nomor telepon atau WhatsApp"), required=False, max_length=30, short="field-medium"
    )
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

    def clean_telepon(self) -> str:
        """Return the number in international form."""
        typed: str = self.cleaned_data["telepon"]
        if not typed:
            return ""
        number = to_python(typed, region="ID")
        if number is None or not number.is_valid():
            raise ValidationError(_("Tulis nomor telepon yang benar, misalnya 0812 3456 7890."))
        return str(number.as_e164)


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
