"""Who the reporter is; sealed in the vault, shown to nobody without a reason."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from complaints.codes import ReporterKind, Sex
from complaints.forms.public.answers import AnswerForm, DayField, WordsField
from complaints.services.submit_draft import NOT_ENTITLED
from neutrality.personnel.validators import check_nik
from neutrality.ui.phones import PhoneField

FULL_NAME: Final = _("Tulis nama lengkap Anda.")


class StandingForm(AnswerForm):
    """As what the person reports; the law names who may (Perbawaslu 7/2022 art. 8)."""

    sebagai = forms.ChoiceField(
        label=_("Anda melapor sebagai"),
        choices=[
            *ReporterKind.choices,
            (
                NOT_ENTITLED,
                _("Bukan salah satunya, misalnya belum berhak memilih atau bukan WNI"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )


class RepresentedForm(AnswerForm):
    """For whom an attorney speaks: the reporter is that person, whose name and address count."""

    pelapor_diwakili = WordsField(
        label=_("Nama orang yang Anda wakili"),
        help_text=_("Seperti pada e-KTP-nya. Dialah pelapornya."),
        max_length=200,
        error_messages={"required": _("Tulis nama orang yang Anda wakili.")},
    )
    alamat_diwakili = WordsField(
        label=_("Alamatnya"),
        lines=3,
        max_length=500,
        error_messages={"required": _("Tulis alamat orang yang Anda wakili.")},
    )


class IdentityForm(AnswerForm):
    """Who the person is, as the identity card says."""

    nama = WordsField(
        label=_("Nama lengkap"),
        help_text=_("Seperti pada e-KTP."),
        max_length=200,
        error_messages={"required": FULL_NAME},
    )
    nik = WordsField(
        label=_("NIK"),
        help_text=_("16 angka pada e-KTP. Boleh dilengkapi nanti saat bertemu petugas."),
        required=False,
        max_length=30,
        short="field-medium",
    )
    tempat_lahir = WordsField(
        label=_("Tempat lahir"), required=False, max_length=100, short="field-medium"
    )
    tanggal_lahir = DayField(label=_("Tanggal lahir"), required=False)
    kelamin = forms.ChoiceField(
        label=_("Jenis kelamin"), choices=[("", _("Pilih")), *Sex.choices], required=False
    )
    pekerjaan = WordsField(
        label=_("Pekerjaan"), required=False, max_length=100, short="field-medium"
    )
    alamat = WordsField(
        label=_("Alamat"),
        lines=3,
        max_length=500,
        error_messages={"required": _("Tulis alamat Anda: syarat formal sebuah laporan.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Take the day that has begun furthest east."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["nama"].widget.attrs["autocomplete"] = "name"
        # Never left on a device, not even where the rest of the page is.
        self.fields["nik"].widget.attrs |= {"inputmode": "numeric", "data-unkept": ""}

    def clean_nik(self) -> str:
        """Return the digits; say plainly what is wrong.

        The number is compared with nothing else on the page: addresses change, and it may hold a
        wrong birth date.
        """
        typed: str = self.cleaned_data["nik"]
        if not typed:
            return ""
        check = check_nik(number=typed)
        if check.errors:
            raise ValidationError([str(error) for error in check.errors])
        return check.digits

    def clean_tanggal_lahir(self) -> date | None:
        """Refuse a birth in the future, and ages that no living person has."""
        born: date | None = self.cleaned_data["tanggal_lahir"]
        if born and not self.today.year - 120 <= born.year <= self.today.year:
            raise ValidationError(_("Periksa lagi tahun lahir Anda."))
        if born and born > self.today:
            raise ValidationError(_("Tanggal ini belum terjadi."))
        return born


class ContactForm(AnswerForm):
    """How the office reaches the person: by telephone or by mail, one is enough."""

    one_of = ("telepon", "surel")
    telepon = PhoneField(
        label=_("Nomor telepon atau WhatsApp"),
        help_text=_("Nomor telepon atau alamat surel: satu sudah cukup."),
        required=False,
    )
    surel = forms.EmailField(
        label=_("Alamat surel"),
        required=False,
        max_length=200,
        error_messages={"invalid": _("Tulis alamat surel yang benar, misalnya nama@contoh.id.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the browser offer what it knows."""
        super().__init__(*args, **kwargs)
        self.fields["telepon"].widget.attrs["autocomplete"] = "tel"
        self.fields["surel"].widget.attrs["autocomplete"] = "email"

    def clean(self) -> dict[str, Any]:
        """Ask for a way to reach the person."""
        data = super().clean() or self.cleaned_data
        if not {"telepon", "surel"} & set(self.errors) and not (
            data.get("telepon") or data.get("surel")
        ):
            self.add_error("telepon", _("Isi nomor telepon atau alamat surel."))
        return data


class AboutYouForm(ContactForm, IdentityForm):
    """Everything about the reporter on one page, as an officer fills it in."""

    sebagai = forms.ChoiceField(
        label=_("Anda melapor sebagai"),
        choices=ReporterKind.choices,
        widget=forms.RadioSelect,
        initial=ReporterKind.VOTER,
        error_messages={"required": _("Pilih salah satu.")},
    )
    pelapor_diwakili = WordsField(
        label=_("Nama orang yang Anda wakili"),
        help_text=_("Hanya bila Anda kuasa. Surat kuasa khusus dapat diunggah sebagai bukti."),
        required=False,
        max_length=200,
    )
    rekan = forms.BooleanField(
        label=_("Saya bekerja atau pernah bekerja bersama terlapor, atau mengenalnya"),
        help_text=_("Kami akan lebih berhati-hati agar Anda tidak dikenali dari isi laporan."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask also for whom an attorney speaks."""
        data = super().clean()
        if data.get("sebagai") == ReporterKind.ATTORNEY and not data.get("pelapor_diwakili"):
            self.add_error("pelapor_diwakili", _("Tulis nama orang yang Anda wakili."))
        return data
