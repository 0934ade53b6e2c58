"""What the HR office is asked: rounds, steps of one person, ceremonies."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from neutrality.elections.models import Election
from neutrality.law.codes import PledgeTextCode
from neutrality.law.labels import choices
from neutrality.organisations.models import Agency
from neutrality.ui.forms import PlainForm
from neutrality.ui.phones import PhoneField
from pledges.codes import (
    CeremonyKind,
    CeremonyPart,
    ExemptionGround,
    RoundKind,
    SignatureKind,
)
from pledges.forms.fields import DayField, WordsField
from pledges.models import Ceremony
from pledges.services.record_paper import is_scan

PEOPLE_LINES = 30


class OpenRoundForm(PlainForm):
    """A new round."""

    submit_label = _("Buka putaran")
    instansi = forms.ModelChoiceField(
        label=_("Instansi"), queryset=Agency.objects.none(), empty_label=None
    )
    pemilihan = forms.ModelMultipleChoiceField(
        label=_("Untuk pemilihan"),
        queryset=Election.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih sedikitnya satu pemilihan.")},
    )
    siapa = forms.ChoiceField(
        label=_("Siapa yang menandatangani"),
        choices=RoundKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih siapa yang menandatangani.")},
    )
    naskah = forms.ChoiceField(
        label=_("Naskah"),
        choices=choices(PledgeTextCode),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih naskah.")},
    )
    per_tanggal = DayField(
        label=_("Pegawai yang tercatat pada tanggal"),
        help_text=_(
            "Yang tercatat pada tanggal ini wajib menandatangani; yang masuk sesudahnya diminta juga."
        ),
        error_messages={"required": _("Isi tanggal.")},
    )
    sampai = DayField(
        label=_("Batas waktu"),
        help_text=_("Sampai akhir hari itu. Lazimnya hari penetapan calon."),
        error_messages={"required": _("Isi batas waktu.")},
    )
    non_asn = forms.BooleanField(label=_("Pegawai non-ASN juga menandatangani"), required=False)
    nomor_edaran = WordsField(
        label=_("Nomor surat edaran"), max_length=120, required=False, short="field-medium"
    )
    tanggal_edaran = DayField(label=_("Tanggal surat edaran"), required=False)

    def __init__(
        self, *args: Any, agencies: Any, elections: Any, today: date, **kwargs: Any
    ) -> None:
        """Take the agencies of the actor and the elections that run."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["instansi"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["pemilihan"].queryset = elections  # type: ignore[attr-defined]

    def clean_sampai(self) -> date:
        """Refuse a deadline that has passed."""
        until: date = self.cleaned_data["sampai"]
        if until < self.today:
            raise forms.ValidationError(_("Batas waktu ini sudah lewat."))
        return until

    def clean(self) -> dict[str, Any]:
        """A circular has both a number and a date."""
        data = super().clean() or {}
        number, on = data.get("nomor_edaran"), data.get("tanggal_edaran")
        if number and not on and "tanggal_edaran" not in self.errors:
            self.add_error("tanggal_edaran", _("Isi tanggal surat edaran."))
        if on and not number and "nomor_edaran" not in self.errors:
            self.add_error("nomor_edaran", _("Isi nomor surat edaran."))
        return data


class StepForm(PlainForm):
    """A step that asks nothing but to be meant."""

    versi = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        """Take the words on the button."""
        super().__init__(*args, **kwargs)
        self.submit_label = label  # type: ignore[misc]


class ReasonForm(StepForm):
    """A step with a reason."""

    alasan = WordsField(
        label=_("Alasan"),
        lines=3,
        max_length=500,
        error_messages={"required": _("Tuliskan alasan untuk langkah ini.")},
    )


class SheetForm(StepForm):
    """What is recorded from a paper."""

    nomor = WordsField(
        label=_("Nomor lembar atau surat"),
        max_length=120,
        short="field-medium",
        error_messages={"required": _("Isi nomor lembar atau surat.")},
    )
    tanggal = DayField(
        label=_("Tanggal ditandatangani"), error_messages={"required": _("Isi tanggal.")}
    )
    field_order = ["alasan", "nomor", "tanggal", "pukul", "pindaian"]


class RecordRefusalForm(SheetForm, ReasonForm):
    """A refusal on paper."""


class RecordPaperForm(SheetForm):
    """A signature on paper, with its scan."""

    pukul = forms.TimeField(
        label=_("Pukul"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time", "class": "field-short"}, format="%H:%M"),
        error_messages={
            "required": _("Isi jam penandatanganan."),
            "invalid": _("Tulis jam yang benar, misalnya 07.30."),
        },
    )
    pindaian = forms.FileField(
        label=_("Pindaian lembar"),
        help_text=_("PDF, JPEG, atau PNG, paling besar 10 MB."),
        error_messages={
            "required": _("Pilih berkas pindaian."),
            "empty": _("Berkas ini kosong. Pilih berkas yang lain."),
        },
    )

    def clean_pindaian(self) -> bytes:
        """Return the bytes of a scan."""
        return _scan_in(self.cleaned_data["pindaian"])


class ContactForm(PlainForm):
    """The first address of a person."""

    submit_label = _("Simpan alamat")
    one_of = ("surel", "telepon")
    surel = forms.EmailField(
        label=_("Alamat surel"),
        max_length=254,
        required=False,
        help_text=_(
            "Isi surel, nomor telepon, atau keduanya. Kode sekali pakai dikirim ke sana; sesudah "
            "disimpan, alamat hanya diganti dengan persetujuan petugas kedua."
        ),
        error_messages={
            "invalid": _("Tulis alamat surel yang benar, misalnya nama@instansi.go.id.")
        },
    )
    telepon = PhoneField(label=_("Nomor telepon untuk WhatsApp atau SMS"), required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not self.errors and not data.get("surel") and not data.get("telepon"):
            self.add_error("surel", _("Isi alamat surel atau nomor telepon."))
        return data


class ExemptionForm(PlainForm):
    """Asking that somebody need not sign."""

    submit_label = _("Minta pengecualian")
    dasar = forms.ChoiceField(
        label=_("Dasar"),
        choices=ExemptionGround.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih dasar pengecualian.")},
    )
    keterangan = WordsField(
        label=_("Keterangan"),
        lines=3,
        max_length=400,
        error_messages={"required": _("Tuliskan keterangan.")},
    )
    bukti = WordsField(
        label=_("Bukti"),
        help_text=_("Nomor dan tanggal surat keputusan atau surat keterangan."),
        max_length=200,
        error_messages={"required": _("Sebutkan buktinya.")},
    )
    pindaian = forms.FileField(
        label=_("Pindaian bukti"),
        required=False,
        help_text=_(
            "PDF, JPEG, atau PNG, paling besar 10 MB. Petugas kedua membukanya sebelum memutus; "
            "berkasnya disegel."
        ),
        error_messages={"empty": _("Berkas ini kosong. Pilih berkas yang lain.")},
    )
    sampai = DayField(
        label=_("Berlaku sampai dengan"),
        required=False,
        help_text=_(
            "Sesudah tanggal itu orangnya ditagih lagi. Kosongkan bila sampai putaran selesai."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Take the day before which nothing can end."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_pindaian(self) -> bytes:
        """Return the bytes of a scan; none without one."""
        upload: UploadedFile[bytes] | None = self.cleaned_data["pindaian"]
        return _scan_in(upload) if upload else b""

    def clean_sampai(self) -> date | None:
        """Refuse a day that has passed: the exemption would be over before it began."""
        until: date | None = self.cleaned_data["sampai"]
        if until is not None and until < self.today:
            raise forms.ValidationError(_("Tanggal ini sudah lewat."))
        return until


class CeremonyForm(PlainForm):
    """A ceremony with those who led, witnessed and spoke."""

    submit_label = _("Catat acara")
    jenis = forms.ChoiceField(
        label=_("Jenis acara"),
        choices=CeremonyKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih jenis acara.")},
    )
    nama = WordsField(
        label=_("Nama acara"),
        max_length=200,
        error_messages={"required": _("Isi nama acara.")},
    )
    tanggal = DayField(label=_("Tanggal"), error_messages={"required": _("Isi tanggal.")})
    tempat = WordsField(
        label=_("Tempat"), max_length=200, error_messages={"required": _("Isi tempat.")}
    )
    pemimpin = WordsField(label=_("Pemimpin"), lines=2, max_length=4000, required=False)
    pemandu = WordsField(label=_("Pemandu ikrar"), lines=2, max_length=4000, required=False)
    saksi = WordsField(label=_("Saksi"), lines=3, max_length=4000, required=False)
    narasumber = WordsField(label=_("Narasumber"), lines=3, max_length=4000, required=False)
    undangan = WordsField(label=_("Undangan"), lines=3, max_length=8000, required=False)
    materi = WordsField(label=_("Materi"), lines=3, max_length=4000, required=False)

    PARTS = {
        "pemimpin": CeremonyPart.LEADER,
        "pemandu": CeremonyPart.GUIDE,
        "saksi": CeremonyPart.WITNESS,
        "narasumber": CeremonyPart.SPEAKER,
        "undangan": CeremonyPart.GUEST,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say how people are written, once for each list."""
        super().__init__(*args, **kwargs)
        for name in self.PARTS:
            self.fields[name].help_text = _(
                "Satu orang per baris: nama; jabatan; instansi. Tamu tidak harus pegawai."
            )

    def clean(self) -> dict[str, Any]:
        """Refuse lists that are no lists of people."""
        data = super().clean() or {}
        for name in self.PARTS:
            people = list(people_in(str(data.get(name) or "")))
            if len(people) > PEOPLE_LINES or any(too_long(person) for person in people):
                self.add_error(name, _("Paling banyak 30 baris dengan nama yang wajar."))
        return data


class RepresentativeForm(PlainForm):
    """Somebody who signed for others."""

    submit_label = _("Catat tanda tangan perwakilan")
    nama = WordsField(label=_("Nama"), max_length=160, error_messages={"required": _("Isi nama.")})
    jabatan = WordsField(label=_("Jabatan"), max_length=200, required=False)
    instansi = WordsField(label=_("Instansi"), max_length=200, required=False)
    mewakili = WordsField(
        label=_("Menandatangani atas nama"),
        max_length=200,
        help_text=_("Misalnya: seluruh camat; pegawai Dinas Pendidikan."),
        error_messages={"required": _("Isi siapa yang diwakili.")},
    )
    cara = forms.ChoiceField(
        label=_("Cara"),
        choices=[
            (SignatureKind.PAPER.value, SignatureKind.PAPER.label),
            (SignatureKind.TTE.value, SignatureKind.TTE.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih caranya.")},
    )
    tanggal = DayField(label=_("Tanggal"), error_messages={"required": _("Isi tanggal.")})
    acara = forms.ModelChoiceField(
        label=_("Pada acara"),
        queryset=Ceremony.objects.none(),
        required=False,
        empty_label=_("Tidak pada acara"),
    )

    def __init__(self, *args: Any, ceremonies: Any, **kwargs: Any) -> None:
        """Take the ceremonies of the round."""
        super().__init__(*args, **kwargs)
        self.fields["acara"].queryset = ceremonies  # type: ignore[attr-defined]


def _scan_in(upload: "UploadedFile[bytes]") -> bytes:
    data = bytes(upload.read())
    if not is_scan(data):
        raise forms.ValidationError(_("Berkas ini bukan PDF, JPEG, atau PNG di bawah 10 MB."))
    return data


def people_in(text: str) -> Iterable[tuple[str, str, str]]:
    """Yield name, position and institution of each line."""
    for line in text.splitlines():
        name, _first, rest = (part.strip() for part in line.partition(";"))
        position, _second, institution = (part.strip() for part in rest.partition(";"))
        if name:
            yield name, position, institution


def too_long(person: tuple[str, str, str]) -> bool:
    """Whether a line does not fit the columns."""
    name, position, institution = person
    return len(name) > 160 or len(position) > 200 or len(institution) > 200
