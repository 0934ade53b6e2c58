"""The questions of a report, one page each."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import URLValidator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from complaints.codes import Precision
from complaints.forms.public.answers import AnswerForm, DayField, LongSelect, WordsField
from complaints.forms.public.start import not_in_future
from complaints.services.lodging import WebGiven
from neutrality.law.codes import SubjectKind
from neutrality.law.labels import choices
from neutrality.law.models import CitizenCategory
from neutrality.ui.phones import PhoneField

ACCOUNT_LENGTH = 20_000
SHORTEST_ACCOUNT = 30
OPEN_CONTEST = ""
TIME_FORMATS: Final = ("%H:%M", "%H.%M", "%H:%M:%S")


class ActsForm(AnswerForm):
    """What the civil servant did, in everyday words; several may be chosen."""

    kategori = forms.MultipleChoiceField(
        label=_("Apa yang dilakukan pegawai itu?"),
        help_text=_("Pilih semua yang sesuai. Jika tidak ada, pilih yang terakhir."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu perbuatan.")},
    )

    def __init__(self, *args: Any, categories: Sequence[CitizenCategory], **kwargs: Any) -> None:
        """Take the categories in force."""
        super().__init__(*args, **kwargs)
        self.offer("kategori", [(row.code, _with_example(row)) for row in categories])


def _with_example(row: CitizenCategory) -> SafeString:
    return format_html('{}<span class="d-block muted small">{}</span>', row.label, row.example)


class AccountForm(AnswerForm):
    """What happened, from beginning to end."""

    uraian = WordsField(
        label=_("Uraian kejadian"),
        help_text=_(
            "Siapa melakukan apa, di depan siapa, dan bagaimana Anda mengetahuinya. Jangan"
            " tulis nama atau alamat Anda sendiri di sini."
        ),
        lines=10,
        min_length=SHORTEST_ACCOUNT,
        max_length=ACCOUNT_LENGTH,
        error_messages={
            "required": _("Ceritakan kejadiannya dengan kata-kata Anda sendiri."),
            "min_length": _("Ceritakan sedikit lebih banyak: paling sedikit satu kalimat penuh."),
            "max_length": _("Cerita ini terlalu panjang; paling banyak 20.000 huruf."),
        },
    )

    def __init__(
        self, *args: Any, holds_code: Callable[[str], bool] | None = None, **kwargs: Any
    ) -> None:
        """Take how to recognise a secret code among the words."""
        super().__init__(*args, **kwargs)
        self.holds_code = holds_code

    def clean_uraian(self) -> str:
        """Refuse a story that holds a secret code: many people will read it."""
        told: str = self.cleaned_data["uraian"]
        if self.holds_code and self.holds_code(told):
            raise forms.ValidationError(
                _("Kode rahasia tertulis di dalam cerita. Hapus kode itu; hanya untuk Anda.")
            )
        return told


class WhenForm(AnswerForm):
    """When it happened and when the reporter learned of it; the second starts the 7 days."""

    ketepatan = forms.ChoiceField(
        label=_("Seberapa pasti waktunya?"),
        choices=Precision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih seberapa pasti waktunya.")},
    )
    kejadian = DayField(
        label=_("Tanggal kejadian"),
        help_text=_("Jika berlangsung beberapa hari, isi hari pertama."),
        error_messages={"required": _("Isi tanggal kejadian, walaupun kira-kira.")},
    )
    sampai = DayField(label=_("Sampai tanggal"), required=False)
    jam = forms.TimeField(
        label=_("Jam kejadian"),
        help_text=_("Waktu setempat, misalnya 14:30."),
        required=False,
        input_formats=TIME_FORMATS,
        widget=forms.TimeInput(attrs={"type": "time", "class": "field-short"}, format="%H:%M"),
        error_messages={"invalid": _("Tulis jam yang benar, misalnya 14:30.")},
    )
    diketahui = DayField(
        label=_("Tanggal Anda mengetahui kejadian"),
        help_text=_("Batas waktu melapor dihitung dari tanggal ini."),
        error_messages={"required": _("Isi tanggal Anda mengetahui kejadian.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Take the day that has begun furthest east."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_kejadian(self) -> date:
        """Refuse a day that has not come yet, and one that nobody can remember."""
        day = not_in_future(self.cleaned_data["kejadian"], self.today)
        if day.year < self.today.year - 10:
            raise forms.ValidationError(_("Tanggal ini lebih dari sepuluh tahun yang lalu."))
        return day

    def clean_diketahui(self) -> date:
        """Refuse a day that has not come yet."""
        return not_in_future(self.cleaned_data["diketahui"], self.today)

    def clean(self) -> dict[str, Any]:
        """Compare the dates, and ask for the time that is said to be known."""
        data = super().clean() or self.cleaned_data
        first, last, known = (data.get(key) for key in ("kejadian", "sampai", "diketahui"))
        if first and last and last < first:
            self.add_error("sampai", _("Tanggal terakhir mendahului tanggal pertama."))
        if last and last > self.today:
            self.add_error("sampai", _("Tanggal ini belum terjadi."))
        if first and known and known < first:
            self.add_error("diketahui", _("Anda tidak mungkin tahu sebelum kejadian."))
        if data.get("ketepatan") == Precision.EXACT and not data.get("jam"):
            self.add_error("jam", _("Isi jam kejadian, atau pilih ketepatan yang lain."))
        return data


class WhereForm(AnswerForm):
    """Where it happened: a place, or a platform and the seat of the person's work."""

    one_of = ("tempat", "platform")
    cara = forms.ChoiceField(
        label=_("Di suatu tempat atau di internet?"),
        choices=[
            ("tempat", _("Di suatu tempat (kantor, rumah, lapangan, jalan)")),
            ("internet", _("Di internet (media sosial, grup percakapan, situs)")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih di tempat atau di internet.")},
    )
    wilayah = forms.ChoiceField(
        label=_("Kabupaten atau kota"),
        widget=LongSelect,
        help_text=_(
            "Tempat kejadian. Untuk kejadian di internet: tempat pegawai itu bekerja, karena"
            " kantor di sanalah yang menangani."
        ),
        error_messages={
            "required": _("Pilih kabupaten atau kota."),
            "invalid_choice": _("Pilih kabupaten atau kota dari daftar."),
        },
    )
    tempat = WordsField(
        label=_("Nama tempat atau alamat"),
        help_text=_("Misalnya: halaman kantor kelurahan. Isi bila kejadian di suatu tempat."),
        required=False,
        max_length=300,
    )
    platform = WordsField(
        label=_("Nama aplikasi atau situs"),
        help_text=_("Misalnya: status WhatsApp, Facebook, TikTok. Isi bila di internet."),
        required=False,
        max_length=40,
        short="field-medium",
    )
    akun = WordsField(label=_("Nama akun"), required=False, max_length=200, short="field-medium")
    alamat = WordsField(
        label=_("Alamat web unggahan"),
        help_text=_("Misalnya https://… Kosongkan bila tidak ada."),
        required=False,
        max_length=1000,
    )

    def __init__(self, *args: Any, regions: list[Any], **kwargs: Any) -> None:
        """Take the choices of regions, grouped by province."""
        super().__init__(*args, **kwargs)
        self.offer("wilayah", regions)

    def clean_alamat(self) -> str:
        """Return a web address, or nothing."""
        return web_address(self.cleaned_data["alamat"])

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way needs."""
        data = super().clean() or self.cleaned_data
        if data.get("cara") == "tempat" and not data.get("tempat"):
            self.add_error("tempat", _("Tulis nama tempat atau alamatnya."))
        if data.get("cara") == "internet" and not data.get("platform"):
            self.add_error("platform", _("Tulis nama aplikasi atau situsnya."))
        return data


class RespondentForm(AnswerForm):
    """Who did it: a name or a description, and where the person works; never rank or grade."""

    one_of = ("nama", "ciri")
    nama = WordsField(
        label=_("Nama pegawai"),
        help_text=_("Boleh nama panggilan. Pangkat dan golongan tidak perlu."),
        required=False,
        max_length=200,
    )
    ciri = WordsField(
        label=_("Jika tidak tahu namanya: jabatan atau ciri-cirinya"),
        help_text=_("Misalnya: lurah di kelurahan itu, petugas loket berkacamata."),
        required=False,
        max_length=300,
    )
    instansi = WordsField(
        label=_("Instansi tempat bekerja"),
        help_text=_("Misalnya: Pemerintah Kota, Dinas Pendidikan, RSUD."),
        required=False,
        max_length=200,
    )
    unit = WordsField(
        label=_("Unit atau bagian"),
        help_text=_("Misalnya: kelurahan, sekolah, puskesmas, bagian."),
        required=False,
        max_length=200,
    )
    jenis = forms.ChoiceField(
        label=_("Jenis pegawai"),
        choices=[
            ("UNKNOWN", _("Saya tidak tahu")),
            *((code, words) for code, words in choices(SubjectKind) if code != "UNKNOWN"),
        ],
        initial="UNKNOWN",
        required=False,
    )

    def __init__(self, *args: Any, agencies: Sequence[str] = (), **kwargs: Any) -> None:
        """Take the names that the field for the agency suggests."""
        super().__init__(*args, **kwargs)
        self.agencies = agencies
        if agencies:
            self.fields["instansi"].widget.attrs["list"] = "saran-instansi"

    def clean_jenis(self) -> str:
        """Return "unknown" when nothing was chosen."""
        return self.cleaned_data["jenis"] or SubjectKind.UNKNOWN.value

    def clean(self) -> dict[str, Any]:
        """Ask for a name or a description."""
        data = super().clean() or self.cleaned_data
        if not data.get("nama") and not data.get("ciri"):
            self.add_error("nama", _("Tulis namanya, atau jabatan dan ciri-cirinya."))
        return data


class CoworkerForm(AnswerForm):
    """Whether reporter and respondent work together: then more can give the reporter away."""

    rekan = forms.ChoiceField(
        label=_("Apakah Anda bekerja bersama orang ini?"),
        choices=[
            ("ya", _("Ya, di unit atau instansi yang sama")),
            ("dulu", _("Dulu pernah, atau kami saling mengenal")),
            ("tidak", _("Tidak")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )


class ContestForm(AnswerForm):
    """Whom it helped, in words; which of the running contests may stay open."""

    siapa = WordsField(
        label=_("Siapa yang diuntungkan atau dirugikan?"),
        help_text=_(
            "Nama calon, nomor urut, atau partai, dengan kata-kata Anda. Boleh dikosongkan."
        ),
        required=False,
        max_length=300,
    )
    kontestasi = forms.ChoiceField(
        label=_("Pemilihan mana yang dimaksud?"),
        help_text=_("Tidak apa-apa bila belum jelas; petugas akan menentukannya."),
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, contests: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Take the contests that run where and when it happened."""
        super().__init__(*args, **kwargs)
        options = [*contests, (OPEN_CONTEST, _("Saya belum tahu"))]
        self.offer("kontestasi", options)
        self.fields["kontestasi"].initial = OPEN_CONTEST


class WebEvidenceForm(AnswerForm):
    """A web address as evidence."""

    submit_label = _("Tambahkan alamat web")
    alamat = WordsField(
        label=_("Alamat web"),
        help_text=_("Salin dari peramban atau aplikasi, misalnya https://…"),
        max_length=1000,
        error_messages={"required": _("Tulis alamat webnya.")},
    )
    platform = WordsField(
        label=_("Nama aplikasi atau situs"),
        help_text=_("Misalnya: Facebook, TikTok, grup WhatsApp."),
        required=False,
        max_length=40,
        short="field-medium",
    )
    akun = WordsField(label=_("Nama akun"), required=False, max_length=200, short="field-medium")
    diunggah = DayField(
        label=_("Tanggal unggahan"),
        help_text=_("Yang tercantum pada unggahan. Kosongkan bila tidak terlihat."),
        required=False,
    )
    jam_unggah = forms.TimeField(
        label=_("Jam unggahan"),
        help_text=_("Waktu setempat, misalnya 14:30."),
        required=False,
        input_formats=TIME_FORMATS,
        widget=forms.TimeInput(attrs={"type": "time", "class": "field-short"}, format="%H:%M"),
        error_messages={"invalid": _("Tulis jam yang benar, misalnya 14:30.")},
    )
    keterangan = WordsField(label=_("Apa yang terlihat di sana?"), required=False, max_length=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Take the day that has begun furthest east."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_alamat(self) -> str:
        """Return a web address."""
        return web_address(self.cleaned_data["alamat"])

    def clean_diunggah(self) -> date | None:
        """Refuse a day that has not come yet."""
        day: date | None = self.cleaned_data["diunggah"]
        return not_in_future(day, self.today) if day else None

    def clean(self) -> dict[str, Any]:
        """Ask for the day of a time."""
        data = super().clean() or self.cleaned_data
        if data.get("jam_unggah") and not data.get("diunggah") and "diunggah" not in self.errors:
            self.add_error("diunggah", _("Isi juga tanggal unggahannya."))
        return data

    def given(self, *, tz: ZoneInfo) -> WebGiven:
        """Return the address of a valid form; the time that the post bears is read in this zone."""
        data = self.cleaned_data
        day, at = data["diunggah"], data["jam_unggah"]
        return WebGiven(
            url=data["alamat"],
            platform=data["platform"],
            account_name=data["akun"],
            caption=data["keterangan"],
            posted_on=day,
            posted_at=datetime.combine(day, at, tzinfo=tz) if day and at else None,
        )


class WitnessForm(AnswerForm):
    """A person who saw it; sealed like the reporter."""

    nama = WordsField(
        label=_("Nama saksi"),
        max_length=200,
        error_messages={"required": _("Tulis nama saksi.")},
    )
    alamat = WordsField(label=_("Alamat"), required=False, max_length=300)
    telepon = PhoneField(label=_("Nomor telepon"), required=False)


class DeclarationForm(AnswerForm):
    """The last press: what is told is true."""

    submit_label = _("Kirim sekarang")
    benar = forms.BooleanField(
        label=_(
            "Saya menyatakan bahwa isi laporan ini benar sepanjang pengetahuan saya, dan saya"
            " bertanggung jawab atasnya menurut hukum."
        ),
        error_messages={"required": _("Centang pernyataan ini sebelum mengirim.")},
    )


_WEB: Final = URLValidator(schemes=["http", "https"])


def web_address(text: str) -> str:
    """Return the address with its scheme; "" stays "".

    Raises:
        ValidationError: It is no address.
    """
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        _WEB(address)
    except forms.ValidationError:
        raise forms.ValidationError(_("Tulis alamat web yang benar, misalnya https://…")) from None
    return address
