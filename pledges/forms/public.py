"""What somebody who signs is asked: the code, the name, or why not."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from neutrality.documents.codes import read_code
from neutrality.ui.forms import PlainForm
from pledges.forms.fields import DrawnField, NumberField, PinField, SignerNumberField, WordsField
from pledges.services.record_paper import MAX_SCAN


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
    """Signing by typing the name, or by drawing."""

    submit_label = _("Tanda tangani")
    one_of = ("nama", "gambar")
    naskah = forms.CharField(widget=forms.HiddenInput, max_length=64)
    setuju = forms.BooleanField(
        label=_("Saya sudah membaca naskah ini dan menandatanganinya dengan sadar."),
        error_messages={"required": _("Beri tanda centang bila Anda setuju dengan naskah ini.")},
    )
    nama = WordsField(
        label=_("Ketik nama lengkap Anda sebagai tanda tangan"),
        help_text=_(
            "Seperti tertulis di atas; gelar boleh tidak ditulis. Tidak perlu bila Anda menggambar "
            "tanda tangan."
        ),
        max_length=160,
        required=False,
    )
    gambar = DrawnField(label=_("Atau gambar tanda tangan Anda"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the phone offer the owner's name."""
        super().__init__(*args, **kwargs)
        self.fields["nama"].widget.attrs |= {"autocomplete": "name", "spellcheck": "false"}

    def clean(self) -> dict[str, Any]:
        """One of the two is there; a drawing counts when both are."""
        data = super().clean() or {}
        if not data.get("nama") and not data.get("gambar") and "gambar" not in self.errors:
            self.add_error("nama", _("Ketik nama lengkap Anda, atau gambar tanda tangan Anda."))
        return data


class NumberForm(PlainForm):
    """The number that names a person; it proves nothing yet."""

    submit_label = _("Kirim kode kepada saya")
    nomor = SignerNumberField()


class PrintedForm(PlainForm):
    """A printed personal code with its owner's number."""

    submit_label = _("Lanjutkan")
    kode = WordsField(
        label=_("Kode pada kertas Anda"),
        help_text=_("Dua belas huruf dan angka, misalnya 7K2M-Q0ZX-19AB."),
        short="field-medium",
        max_length=40,
        error_messages={"required": _("Ketik kode pada kertas Anda.")},
    )
    nomor = SignerNumberField()

    def clean_kode(self) -> str:
        """Return the code as it was printed."""
        code = read_code(self.cleaned_data["kode"])
        if code is None:
            raise forms.ValidationError(_("Kode terdiri atas dua belas huruf dan angka."))
        return code


class DeskForm(PlainForm):
    """Who stands before the tablet, and the attendant's PIN."""

    submit_label = _("Tampilkan")
    nomor = SignerNumberField()
    pin = PinField(label=_("PIN petugas"))


class CardForm(PlainForm):
    """The attendant saw the card."""

    submit_label = _("Ya, sesuai kartu. Serahkan layar")


class AttendForm(PlainForm):
    """Somebody is here: by number, or, without one, by name."""

    submit_label = _("Catat kehadiran saya")
    one_of = ("nomor", "nama")
    nomor = NumberField(
        required=False, help_text=_("Bagi pegawai. Tamu cukup mengisi nama di bawah.")
    )
    nama = WordsField(label=_("Nama"), max_length=160, required=False)
    jabatan = WordsField(label=_("Jabatan"), max_length=200, required=False)
    instansi = WordsField(label=_("Instansi"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """A number or a name."""
        data = super().clean() or {}
        if not self.errors and not data.get("nomor") and not data.get("nama"):
            self.add_error("nomor", _("Isi nomor pegawai, atau nama bila Anda tamu."))
        return data


class SignedFileForm(PlainForm):
    """The sheet, signed with a certificate."""

    submit_label = _("Kirim berkas")
    berkas = forms.FileField(
        label=_("PDF yang sudah ditandatangani secara elektronik"),
        help_text=_("Paling besar 10 MB."),
        error_messages={
            "required": _("Pilih berkas PDF."),
            "empty": _("Berkas ini kosong. Pilih berkas yang lain."),
        },
    )

    def clean_berkas(self) -> bytes:
        """Return the bytes of a PDF."""
        data = bytes(self.cleaned_data["berkas"].read())
        if not data.startswith(b"%PDF-") or len(data) > MAX_SCAN:
            raise forms.ValidationError(_("Berkas ini bukan PDF di bawah 10 MB."))
        return data


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
