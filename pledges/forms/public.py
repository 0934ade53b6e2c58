"""What somebody who signs is asked: the code, the name, or why not."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from neutrality.ui.forms import PlainForm
from pledges.forms.fields import WordsField


class CodeForm(PlainForm):
    """The one-time code from the message."""

    submit_label = _("Lanjutkan")
    kode = WordsField(
        label=_("Kode enam angka"),
        help_text=_("Kode berlaku 15 menit."),
        short="field-short",
        max_length=20,
        error_messages={"required": _("Ketik kode yang Anda terima.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the phone offer the code and its number keys."""
        super().__init__(*args, **kwargs)
        attrs = {"inputmode": "numeric", "autocomplete": "one-time-code"}
        self.fields["kode"].widget.attrs |= attrs

    def clean_kode(self) -> str:
        """Return six digits; spaces are forgiven."""
        digits = "".join(str(self.cleaned_data["kode"]).split())
        if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("Kode terdiri atas enam angka."))
        return digits


class SignForm(PlainForm):
    """Signing by typing the name."""

    submit_label = _("Tanda tangani")
    naskah = forms.CharField(widget=forms.HiddenInput, max_length=64)
    setuju = forms.BooleanField(
        label=_("Saya sudah membaca naskah ini dan menandatanganinya dengan sadar."),
        error_messages={"required": _("Beri tanda centang bila Anda setuju dengan naskah ini.")},
    )
    nama = WordsField(
        label=_("Ketik nama lengkap Anda sebagai tanda tangan"),
        help_text=_("Seperti tertulis di atas; gelar boleh tidak ditulis."),
        max_length=160,
        error_messages={"required": _("Ketik nama lengkap Anda.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the phone offer the owner's name."""
        super().__init__(*args, **kwargs)
        self.fields["nama"].widget.attrs |= {"autocomplete": "name", "spellcheck": "false"}


class RefusalForm(PlainForm):
    """Refusing, with a reason."""

    submit_label = _("Kirim penolakan")
    submit_tone = "danger"
    alasan = WordsField(
        label=_("Mengapa Anda tidak menandatangani?"),
        lines=4,
        max_length=1000,
        error_messages={"required": _("Tuliskan alasan Anda.")},
    )
