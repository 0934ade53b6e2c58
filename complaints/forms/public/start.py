"""The forms before the questions: is it in time, with or without a name, the code."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.public.answers import AnswerForm, DayField, LongSelect, WordsField
from complaints.services.codes import SecretCode, is_last_group, read_code
from neutrality.ui.forms import PlainForm

NOT_IN_FUTURE = _("Tanggal ini belum terjadi.")
KEEP: Final = "simpan"
OWN: Final = "sendiri"
SHARED: Final = "bersama"


class WindowForm(PlainForm):
    """When did you learn of it, and where did it happen: is it still in time?"""

    submit_label = _("Periksa")
    berhak = forms.ChoiceField(
        label=_("Anda termasuk yang mana?"),
        choices=[
            ("ya", _("Warga negara Indonesia yang berhak memilih, atau kuasanya")),
            ("peserta", _("Peserta pemilihan atau pemantau")),
            ("bukan", _("Bukan salah satunya")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    diketahui = DayField(
        label=_("Tanggal Anda mengetahui kejadian"),
        error_messages={"required": _("Isi tanggal Anda mengetahui kejadian.")},
    )
    wilayah = forms.ChoiceField(
        label=_("Kabupaten atau kota tempat kejadian"),
        widget=LongSelect,
        help_text=_("Untuk kejadian di internet: kabupaten atau kota tempat pegawai itu bekerja."),
        error_messages={"required": _("Pilih kabupaten atau kota.")},
    )

    def __init__(self, *args: Any, regions: list[Any], today: date, **kwargs: Any) -> None:
        """Take the choices of regions and the day that has begun furthest east."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.offer("wilayah", regions)

    def clean_diketahui(self) -> date:
        """Refuse a day that has not come yet."""
        return not_in_future(self.cleaned_data["diketahui"], self.today)


class IdentityChoiceForm(PlainForm):
    """With a name (a report) or without one (informasi awal)."""

    submit_label = _("Mulai")
    cara = forms.ChoiceField(
        label=_("Bagaimana Anda ingin melapor?"),
        choices=[
            ("nama", _("Dengan nama saya: laporan resmi, nama saya dirahasiakan")),
            ("anonim", _("Tanpa nama: informasi awal, nama saya tidak ditanyakan")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu cara.")},
    )


class DeviceForm(AnswerForm):
    """Whether others use this device; nothing is kept on it unless that is chosen here."""

    submit_label = _("Lanjutkan")
    cara = forms.ChoiceField(
        label=_("Apakah ponsel atau komputer ini hanya Anda yang memakai?"),
        choices=[
            (KEEP, _("Ya, hanya saya. Jaga ketikan saya di perangkat ini bila sambungan putus")),
            (OWN, _("Ya, hanya saya. Jangan simpan apa pun di perangkat ini")),
            (SHARED, _("Tidak: dipakai bersama, pinjaman, warnet, atau milik kantor")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )


class CodeWrittenForm(PlainForm):
    """The last group of the code proves that it was written down."""

    submit_label = _("Sudah saya tulis, lanjutkan")
    akhir = WordsField(
        label=_("Ketik empat tanda terakhir dari kode Anda"),
        short="field-short",
        max_length=20,
        error_messages={"required": _("Ketik empat tanda terakhir dari kode di atas.")},
    )

    def __init__(self, *args: Any, code: SecretCode, **kwargs: Any) -> None:
        """Take the code that the page shows."""
        super().__init__(*args, **kwargs)
        self.code = code
        self.fields["akhir"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters"}

    def clean_akhir(self) -> str:
        """Compare with the code."""
        typed: str = self.cleaned_data["akhir"]
        if not is_last_group(self.code, typed):
            raise forms.ValidationError(
                _("Belum cocok. Lihat empat tanda terakhir pada kode yang Anda tulis.")
            )
        return typed


class NewCodeWrittenForm(CodeWrittenForm):
    """The same of a code that took the place of another; the page carries it, signed."""

    kode_baru = forms.CharField(widget=forms.HiddenInput)


class CodeForm(PlainForm):
    """Somebody's secret code."""

    submit_label = _("Buka")
    kode = WordsField(
        label=_("Kode rahasia"),
        help_text=_("Enam belas huruf dan angka, misalnya 7K2M-Q0ZX-19AB-4TW8."),
        short="field-medium",
        max_length=60,
        error_messages={"required": _("Ketik kode rahasia Anda.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep the browser from remembering the code."""
        super().__init__(*args, **kwargs)
        self.fields["kode"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean_kode(self) -> SecretCode:
        """Return the code; say so when it cannot be one."""
        code = read_code(self.cleaned_data["kode"])
        if code is None:
            raise forms.ValidationError(
                _("Kode terdiri atas 16 huruf dan angka. Periksa lagi tulisan Anda.")
            )
        return code


def not_in_future(day: date, today: date) -> date:
    """Return the day, or refuse one that has not come yet."""
    if day > today:
        raise forms.ValidationError(NOT_IN_FUTURE)
    return day
