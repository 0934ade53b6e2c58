"""What the HR office is asked about its roster."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from neutrality.organisations.codes import UnitKind
from neutrality.organisations.models import Agency, Unit
from neutrality.personnel.codes import EndReason, PositionClass
from neutrality.personnel.roster.fields import NEEDED, Field
from neutrality.ui.forms import PlainForm
from pledges.forms.fields import DayField, WordsField

_LEAVING = (
    EndReason.RETIRED,
    EndReason.DIED,
    EndReason.TRANSFERRED,
    EndReason.RESIGNED,
    EndReason.DISMISSED,
    EndReason.CONTRACT_END,
    EndReason.OTHER,
)


class TreeChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable
    """Units in the order of their tree, each as far in as it lies deep."""

    def label_from_instance(self, obj: Unit) -> str:
        """The name behind a dot for each unit above it."""
        # A path begins with the agency and ends with the unit itself.
        return f"{'· ' * (obj.path.count('/') - 1)}{obj.name}"


class UploadForm(PlainForm):
    """A roster to hand in."""

    submit_label = _("Unggah")
    instansi = forms.ModelChoiceField(
        label=_("Instansi"), queryset=Agency.objects.none(), empty_label=None
    )
    berkas = forms.FileField(
        label=_("Berkas data pegawai"),
        help_text=_("CSV dengan jumlah baris berapa pun, atau XLSX sampai 100.000 baris."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={
            "required": _("Pilih berkas."),
            "empty": _("Berkas ini kosong."),
            "missing": _("Pilih berkas."),
        },
    )
    per_tanggal = DayField(
        label=_("Keadaan per tanggal"),
        help_text=_("Tanggal data diambil dari sistem kepegawaian."),
        error_messages={"required": _("Isi tanggal.")},
    )
    cakupan = TreeChoiceField(
        label=_("Cakupan berkas"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Seluruh instansi"),
        to_field_name="public_id",
        help_text=_(
            "Satu unit selalu dengan semua unit di bawahnya. Hanya di dalam cakupan ini pegawai"
            " yang tidak tercantum dianggap keluar."
        ),
    )

    def __init__(self, *args: Any, agencies: Any, units: Any, **kwargs: Any) -> None:
        """Take the agencies of the actor and all their units, in the order of the tree."""
        super().__init__(*args, **kwargs)
        self.fields["instansi"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["cakupan"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The scope is a unit of the agency."""
        data = super().clean() or {}
        agency, unit = data.get("instansi"), data.get("cakupan")
        if agency and unit and unit.agency_id != agency.pk:
            self.add_error("cakupan", _("Unit ini bukan bagian dari instansi tersebut."))
        return data

    @property
    def file(self) -> "UploadedFile[Any]":
        """The file that came."""
        file: UploadedFile[Any] = self.cleaned_data["berkas"]
        return file


class ColumnsForm(PlainForm):
    """Which column is what."""

    submit_label = _("Baca dan bandingkan")

    def __init__(
        self, *args: Any, headers: Sequence[str], proposed: Mapping[str, str], **kwargs: Any
    ) -> None:
        """Take the headers of the file and what is proposed for each field."""
        super().__init__(*args, **kwargs)
        choices = [("", _("Tidak ada")), *((header, header) for header in headers)]
        for field in Field:
            self.fields[field.value] = forms.ChoiceField(
                label=field.label,
                choices=choices,
                required=field in NEEDED,
                initial=proposed.get(field.value, ""),
                error_messages={"required": _("Pilih kolom untuk ini.")},
            )
        self.fields["non_asn"] = forms.BooleanField(
            label=_("Terima juga pegawai non-ASN (dengan NIK)"), required=False
        )

    def columns(self) -> dict[str, str]:
        """The mapping that was chosen."""
        return {field.value: self.cleaned_data.get(field.value, "") for field in Field}


class UnitChoicesForm(PlainForm):
    """What became of units that nobody knows."""

    submit_label = _("Lanjutkan membandingkan")
    dasar = WordsField(
        label=_("Dasar perubahan unit kerja"),
        max_length=200,
        required=False,
        help_text=_(
            "Nomor peraturan atau keputusan; wajib bila unit berganti nama atau bergabung."
        ),
    )

    def __init__(self, *args: Any, choices: Sequence[Any], parents: Any, **kwargs: Any) -> None:
        """Take, for each unknown unit, its words, its choices and what is proposed."""
        super().__init__(*args, **kwargs)
        self.lines = list(choices)
        for place, line in enumerate(self.lines):
            self.fields[f"pilihan_{place}"] = forms.ChoiceField(
                label=line.label,
                help_text=line.hint,
                choices=line.choices,
                initial=line.proposed,
                widget=forms.RadioSelect,
                error_messages={"required": _("Putuskan unit ini.")},
            )
            self.fields[f"induk_{place}"] = forms.ModelChoiceField(
                label=_("Bila unit baru: di bawah"),
                queryset=parents,
                required=False,
                initial=line.parent,
                empty_label=_("Langsung di bawah instansi"),
                to_field_name="public_id",
            )
        self.order_fields([*(name for name in self.fields if name != "dasar"), "dasar"])

    def clean(self) -> dict[str, Any]:
        """A succession has a decree."""
        data = super().clean() or {}
        made = {data.get(f"pilihan_{place}") for place in range(len(self.lines))}
        if made & {"RENAME", "MERGE", "SPLIT"} and not data.get("dasar"):
            self.add_error("dasar", _("Isi dasar perubahan unit kerja."))
        return data


class TypedForm(PlainForm):
    """The confirmation that many leave."""

    submit_label = _("Terapkan perubahan")
    submit_tone = "primary"

    def __init__(self, *args: Any, leaving: int, typed: bool, **kwargs: Any) -> None:
        """Ask for the number when it has to be typed."""
        super().__init__(*args, **kwargs)
        if typed:
            self.fields["jumlah"] = WordsField(
                label=_("Ketik jumlah pegawai yang keluar: %(number)d") % {"number": leaving},
                short="field-short",
                error_messages={"required": _("Ketik jumlahnya.")},
            )


class MoveForm(PlainForm):
    """A new position or unit."""

    submit_label = _("Simpan mutasi")
    unit = forms.ModelChoiceField(
        label=_("Unit kerja"),
        queryset=Unit.objects.none(),
        to_field_name="public_id",
        empty_label=None,
    )
    jabatan = WordsField(
        label=_("Jabatan"), max_length=200, error_messages={"required": _("Isi jabatan.")}
    )
    kelompok = forms.ChoiceField(label=_("Kelompok jabatan"), choices=PositionClass.choices)
    sejak = DayField(label=_("Terhitung mulai"), error_messages={"required": _("Isi tanggal.")})

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        """Take the units of the agency."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class LeaveForm(PlainForm):
    """Somebody leaves."""

    submit_label = _("Catat keluar")
    submit_tone = "danger"
    sebab = forms.ChoiceField(
        label=_("Sebab"),
        choices=[(reason.value, reason.label) for reason in _LEAVING],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih sebab.")},
    )
    sejak = DayField(
        label=_("Tidak lagi bekerja sejak"), error_messages={"required": _("Isi tanggal.")}
    )
    keterangan = WordsField(label=_("Dasar atau keterangan"), max_length=200, required=False)


class NewUnitForm(PlainForm):
    """A unit to add."""

    submit_label = _("Tambah unit")
    kode = forms.RegexField(
        label=_("Kode"),
        regex=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "field-short"}),
        error_messages={
            "required": _("Isi kode."),
            "invalid": _("Kode hanya huruf, angka, titik, garis bawah, dan setrip."),
        },
    )
    nama = WordsField(label=_("Nama"), max_length=200, error_messages={"required": _("Isi nama.")})
    jenis = forms.ChoiceField(label=_("Jenis"), choices=UnitKind.choices)
    sejak = DayField(label=_("Berlaku sejak"), error_messages={"required": _("Isi tanggal.")})


class RenameUnitForm(PlainForm):
    """A new name by a decree."""

    submit_label = _("Ganti nama")
    nama = WordsField(
        label=_("Nama baru"), max_length=200, error_messages={"required": _("Isi nama.")}
    )
    dasar = WordsField(
        label=_("Dasar"), max_length=200, error_messages={"required": _("Isi dasar.")}
    )
    sejak = DayField(label=_("Berlaku sejak"), error_messages={"required": _("Isi tanggal.")})


class MergeUnitForm(PlainForm):
    """Into which unit this one goes."""

    submit_label = _("Gabungkan")
    ke = forms.ModelChoiceField(
        label=_("Ke unit"),
        queryset=Unit.objects.none(),
        to_field_name="public_id",
        empty_label=None,
    )
    dasar = WordsField(
        label=_("Dasar"), max_length=200, error_messages={"required": _("Isi dasar.")}
    )
    sejak = DayField(label=_("Berlaku sejak"), error_messages={"required": _("Isi tanggal.")})

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        """Take the other units of the agency."""
        super().__init__(*args, **kwargs)
        self.fields["ke"].queryset = units  # type: ignore[attr-defined]


class MoveUnitForm(PlainForm):
    """Under which unit this one hangs, with all below it."""

    submit_label = _("Pindahkan")
    induk = forms.ModelChoiceField(
        label=_("Di bawah"),
        queryset=Unit.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("Langsung di bawah instansi"),
        help_text=_("Semua unit di bawahnya ikut pindah; pegawai tetap pada unitnya."),
    )
    dasar = WordsField(
        label=_("Dasar"), max_length=200, error_messages={"required": _("Isi dasar.")}
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        """Take the other units of the agency."""
        super().__init__(*args, **kwargs)
        self.fields["induk"].queryset = units  # type: ignore[attr-defined]


class TokenForm(PlainForm):
    """A key for a personnel system."""

    submit_label = _("Buat kunci")
    instansi = forms.ModelChoiceField(
        label=_("Instansi"), queryset=Agency.objects.none(), empty_label=None
    )
    nama = WordsField(
        label=_("Nama sistem"), max_length=80, error_messages={"required": _("Isi nama sistem.")}
    )
    langsung = forms.BooleanField(
        label=_("Terapkan langsung bila tanpa kesalahan dan tidak banyak yang keluar"),
        required=False,
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        """Take the agencies of the actor."""
        super().__init__(*args, **kwargs)
        self.fields["instansi"].queryset = agencies  # type: ignore[attr-defined]


class AbsenceDay(PlainForm):
    """Unpaid leave (CLTN)."""

    submit_label = _("Catat cuti")
    mulai = DayField(label=_("Mulai"), error_messages={"required": _("Isi tanggal.")})
    sampai = DayField(label=_("Sampai dengan"), error_messages={"required": _("Isi tanggal.")})
    dasar = WordsField(
        label=_("Dasar"), max_length=200, error_messages={"required": _("Isi dasar.")}
    )

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        data = super().clean() or {}
        begins: date | None = data.get("mulai")
        ends: date | None = data.get("sampai")
        if begins and ends and ends < begins:
            self.add_error("sampai", _("Tanggal berakhir harus sesudah tanggal mulai."))
        return data
