"""What is asked when people sign together: tablets, scans, changes of a round, ceremonies."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from neutrality.documents.models import SignatureKind as PaperKind
from neutrality.documents.publications import LARGEST
from neutrality.law.codes import PledgeTextCode
from neutrality.law.labels import choices
from neutrality.organisations.models import Unit
from neutrality.ui.forms import PlainForm
from neutrality.ui.phones import PhoneField
from pledges.codes import CeremonyKind, CeremonyPart
from pledges.forms.fields import DayField, PinField, SignerNumberField, WordsField
from pledges.forms.hr import people_in, too_long
from pledges.models import Ceremony, Round

MOST_GUESTS = 500
HOUR_FORMATS = ["%H:%M", "%H.%M"]


class HourField(forms.TimeField):
    """A time of day, 07:30 or 07.30."""

    def __init__(self, **options: Any) -> None:
        """Show the browser's own picker where there is one."""
        widget = forms.TimeInput(attrs={"type": "time", "class": "field-short"}, format="%H:%M")
        words = {
            "required": _("Isi jam."),
            "invalid": _("Tulis jam yang benar, misalnya 07.30."),
        }
        super().__init__(input_formats=HOUR_FORMATS, widget=widget, error_messages=words, **options)


class KioskForm(PlainForm):
    """A tablet to open."""

    submit_label = _("Jadikan perangkat ini layar penandatanganan")
    acara = forms.ModelChoiceField(
        label=_("Pada acara"),
        queryset=Ceremony.objects.none(),
        required=False,
        empty_label=_("Tidak pada acara"),
    )
    jam = forms.IntegerField(
        label=_("Terbuka selama (jam)"),
        min_value=1,
        max_value=12,
        initial=4,
        widget=forms.NumberInput(attrs={"class": "field-short"}),
    )
    pin = PinField(
        label=_("PIN petugas"),
        help_text=_("Enam angka yang hanya Anda ketahui. Dipakai untuk setiap orang."),
    )
    pin_lagi = PinField(label=_("PIN sekali lagi"))

    def __init__(self, *args: Any, ceremonies: Any, **kwargs: Any) -> None:
        """Take the ceremonies of the round."""
        super().__init__(*args, **kwargs)
        self.fields["acara"].queryset = ceremonies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        data = super().clean() or {}
        if "pin" in data and "pin_lagi" in data and data["pin"] != data["pin_lagi"]:
            self.add_error("pin_lagi", _("Kedua PIN belum sama."))
        return data


class ScanForm(PlainForm):
    """A scan of many sheets."""

    submit_label = _("Kirim pindaian")
    berkas = forms.FileField(
        label=_("Satu PDF dengan semua lembar"),
        help_text=_("Paling besar 20 MB dan 500 halaman."),
        error_messages={
            "required": _("Pilih berkas pindaian."),
            "empty": _("Berkas ini kosong. Pilih berkas yang lain."),
        },
    )
    nomor = WordsField(
        label=_("Nomor berkas"),
        max_length=120,
        short="field-medium",
        error_messages={"required": _("Isi nomor berkas.")},
    )
    tanggal = DayField(
        label=_("Tanggal ditandatangani"), error_messages={"required": _("Isi tanggal.")}
    )
    pukul = HourField(label=_("Pukul"))
    acara = forms.ModelChoiceField(
        label=_("Pada acara"),
        queryset=Ceremony.objects.none(),
        required=False,
        empty_label=_("Tidak pada acara"),
    )
    alasan = WordsField(
        label=_("Mengapa baru dipindai sekarang"),
        help_text=_("Isi bila lembar ditandatangani sebelum hari ini."),
        max_length=500,
        required=False,
    )

    def __init__(
        self, *args: Any, ceremonies: Any, today: date, tz: ZoneInfo, **kwargs: Any
    ) -> None:
        """Take the ceremonies of the round, and the day and zone of its office."""
        super().__init__(*args, **kwargs)
        self.today, self.tz = today, tz
        self.fields["acara"].queryset = ceremonies  # type: ignore[attr-defined]

    def clean_berkas(self) -> bytes:
        """Return the bytes of a PDF."""
        data = bytes(self.cleaned_data["berkas"].read())
        if not data.startswith(b"%PDF-") or len(data) > LARGEST:
            raise forms.ValidationError(_("Berkas ini bukan PDF di bawah 20 MB."))
        return data

    def clean(self) -> dict[str, Any]:
        """What is late needs a reason; what is ahead is a mistake."""
        data = super().clean() or {}
        day, hour = data.get("tanggal"), data.get("pukul")
        if day and hour:
            data["signed_at"] = datetime.combine(day, hour, tzinfo=self.tz)
        if day and day < self.today and not data.get("alasan"):
            self.add_error("alasan", _("Tuliskan mengapa lembar ini baru dipindai sekarang."))
        return data


class AssignForm(PlainForm):
    """Whose page it is."""

    submit_label = _("Catat untuk orang ini")
    nomor = SignerNumberField(error_messages={"required": _("Ketik nomor pegawai pada lembar.")})


class WhyForm(PlainForm):
    """A reason."""

    submit_label = _("Simpan")
    alasan = WordsField(
        label=_("Alasan"),
        lines=2,
        max_length=300,
        error_messages={"required": _("Tuliskan alasan untuk langkah ini.")},
    )


class AnnulForm(WhyForm):
    """Why a signature for others was recorded by mistake."""

    submit_label = _("Batalkan tanda tangan")
    submit_tone = "danger"


class ExtendForm(WhyForm):
    """A later end."""

    submit_label = _("Perpanjang putaran")
    sampai = DayField(
        label=_("Batas waktu baru"),
        help_text=_("Sampai akhir hari itu."),
        error_messages={"required": _("Isi batas waktu.")},
    )
    field_order = ["sampai", "alasan"]

    def end(self, tz: ZoneInfo) -> datetime:
        """Return the last minute of the day."""
        day: date = self.cleaned_data["sampai"]
        return datetime.combine(day + timedelta(days=1), time(0), tzinfo=tz) - timedelta(minutes=1)


class TextForm(WhyForm):
    """Another text."""

    submit_label = _("Ganti naskah")
    naskah = forms.ChoiceField(
        label=_("Naskah baru"),
        choices=choices(PledgeTextCode),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih naskah.")},
    )
    field_order = ["naskah", "alasan"]


class GroundsForm(PlainForm):
    """Which grounds of exemption the round accepts."""

    submit_label = _("Simpan aturan")
    dasar = forms.MultipleChoiceField(
        label=_("Dasar pengecualian yang berlaku"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, grounds: Any, **kwargs: Any) -> None:
        """Take all grounds there are."""
        super().__init__(*args, **kwargs)
        self.offer("dasar", grounds)


class FileForm(PlainForm):
    """A file to keep or to publish."""

    submit_label = _("Unggah")
    berkas = forms.FileField(
        label=_("Berkas"),
        help_text=_("PDF, PNG, atau JPEG; terbesar 20 MB."),
        error_messages={
            "required": _("Pilih berkas."),
            "empty": _("Berkas ini kosong. Pilih berkas yang lain."),
        },
    )


class SignedMinutesForm(FileForm):
    """Minutes that come back signed; how is asked where certificates can be examined."""

    WAYS = (PaperKind.WET_SCAN, PaperKind.TTE_UPLOAD)

    def __init__(self, *args: Any, asks_how: bool, **kwargs: Any) -> None:
        """Ask how they were signed, or take them for a scan."""
        super().__init__(*args, **kwargs)
        self.fields["berkas"].help_text = _("PDF, terbesar 20 MB.")
        if asks_how:
            self.fields["cara"] = forms.ChoiceField(
                label=_("Cara"),
                choices=[(way.value, way.label) for way in self.WAYS],
                initial=PaperKind.WET_SCAN.value,
                widget=forms.RadioSelect,
                error_messages={"required": _("Pilih caranya.")},
            )

    @property
    def how(self) -> PaperKind:
        """How the minutes were signed."""
        return PaperKind(self.cleaned_data.get("cara") or PaperKind.WET_SCAN)


class CircularForm(FileForm):
    """A circular that orders the round."""

    submit_label = _("Lampirkan surat edaran")
    judul = WordsField(
        label=_("Tentang"), max_length=200, error_messages={"required": _("Isi judul.")}
    )
    nomor = WordsField(
        label=_("Nomor"),
        max_length=120,
        short="field-medium",
        error_messages={"required": _("Isi nomor surat edaran.")},
    )
    tanggal = DayField(label=_("Tanggal"), error_messages={"required": _("Isi tanggal.")})
    field_order = ["judul", "nomor", "tanggal", "berkas"]


class NewContactForm(WhyForm):
    """Another address for somebody."""

    submit_label = _("Minta penggantian alamat")
    one_of = ("surel", "telepon")
    surel = forms.EmailField(
        label=_("Alamat surel"),
        help_text=_("Isi surel, nomor telepon, atau keduanya."),
        max_length=254,
        required=False,
        error_messages={
            "invalid": _("Tulis alamat surel yang benar, misalnya nama@instansi.go.id.")
        },
    )
    telepon = PhoneField(label=_("Nomor telepon untuk WhatsApp atau SMS"), required=False)
    field_order = ["surel", "telepon", "alasan"]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not self.errors and not data.get("surel") and not data.get("telepon"):
            self.add_error("surel", _("Isi alamat surel atau nomor telepon."))
        return data


class EventForm(PlainForm):
    """A ceremony: what, when, where, for whom."""

    submit_label = _("Simpan acara")
    jenis = forms.ChoiceField(
        label=_("Jenis acara"),
        choices=CeremonyKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih jenis acara.")},
    )
    nama = WordsField(
        label=_("Nama acara"), max_length=200, error_messages={"required": _("Isi nama acara.")}
    )
    tanggal = DayField(label=_("Tanggal"), error_messages={"required": _("Isi tanggal.")})
    mulai = HourField(label=_("Mulai pukul"))
    selesai = HourField(label=_("Selesai pukul"))
    tempat = WordsField(
        label=_("Tempat"), max_length=200, error_messages={"required": _("Isi tempat.")}
    )
    putaran = forms.ModelChoiceField(
        label=_("Untuk putaran"),
        queryset=Round.objects.none(),
        required=False,
        help_text=_("Selama acara berlangsung, batas percobaan dihitung per orang dan perangkat."),
    )
    unit = forms.ModelMultipleChoiceField(
        label=_("Unit yang diundang"),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, rounds: Any, units: Any, **kwargs: Any) -> None:
        """Take the rounds and the units of the agency."""
        super().__init__(*args, **kwargs)
        self.fields["putaran"].queryset = rounds  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        data = super().clean() or {}
        if data.get("mulai") and data.get("selesai") and data["selesai"] <= data["mulai"]:
            self.add_error("selesai", _("Acara selesai sesudah mulai."))
        return data


class PartForm(PlainForm):
    """Somebody who led, guided, witnessed or spoke."""

    submit_label = _("Tambahkan")
    peran = forms.ChoiceField(
        label=_("Peran"),
        choices=CeremonyPart.choices,
        error_messages={"required": _("Pilih peran.")},
    )
    nama = WordsField(label=_("Nama"), max_length=160, error_messages={"required": _("Isi nama.")})
    jabatan = WordsField(label=_("Jabatan"), max_length=200, required=False)
    instansi = WordsField(label=_("Instansi"), max_length=200, required=False)
    materi = WordsField(label=_("Materi yang dibawakan"), max_length=200, required=False)
    berkas = forms.FileField(
        label=_("Bahan (PDF, PNG, JPEG)"), required=False, help_text=_("Terbuka untuk umum.")
    )


class ListForm(PlainForm):
    """Those who came, one per line."""

    submit_label = _("Catat kehadiran")
    orang = WordsField(
        label=_("Yang hadir"),
        lines=8,
        max_length=60_000,
        help_text=_(
            "Satu orang per baris: NIP, atau nama; jabatan; instansi. Tamu tidak harus pegawai."
        ),
        error_messages={"required": _("Tuliskan yang hadir.")},
    )

    def clean_orang(self) -> str:
        """Refuse what is no list of people."""
        text: str = self.cleaned_data["orang"]
        people = list(people_in(text))
        if len(people) > MOST_GUESTS or any(too_long(person) for person in people):
            raise forms.ValidationError(_("Paling banyak 500 baris dengan nama yang wajar."))
        return text


class PhotoForm(PlainForm):
    """A photograph of the ceremony."""

    submit_label = _("Tambahkan foto")
    keterangan = WordsField(
        label=_("Keterangan foto"),
        max_length=200,
        help_text=_("Apa yang tampak; juga dibacakan kepada yang tidak melihat."),
        error_messages={"required": _("Tuliskan keterangan foto.")},
    )
    foto = forms.FileField(
        label=_("Foto"),
        help_text=_("JPEG atau PNG, terbesar 15 MB. Lokasi dan data kamera dihapus."),
        error_messages={
            "required": _("Pilih foto."),
            "empty": _("Berkas ini kosong. Pilih berkas yang lain."),
        },
    )

    def clean_foto(self) -> "UploadedFile[bytes]":
        """Return a file that is not too big."""
        upload: UploadedFile[bytes] = self.cleaned_data["foto"]
        if (upload.size or 0) > 15 * 1024 * 1024:
            raise forms.ValidationError(_("Foto lebih besar dari 15 MB."))
        return upload
