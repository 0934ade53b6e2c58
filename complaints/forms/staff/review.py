"""Forms of the initial review: verdicts, contest, qualification, link, delivery, proposal."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from complaints.codes import Channel, Verdict
from complaints.forms.public.answers import DayField, WordsField
from complaints.forms.public.files import FilesField, ManyFiles
from complaints.forms.public.mailbox import WithFiles
from complaints.forms.staff.steps import MomentField
from complaints.selectors.report_file import CheckRow
from complaints.services.judge_requirements import Judgement
from neutrality.law.codes import ActCode, CandidateStage, RequirementCode, SubjectKind
from neutrality.law.labels import choices
from neutrality.personnel.codes import PositionClass
from neutrality.ui.forms import PlainForm

# What the material requirements ask is shown by evidence; the formal ones by the report itself.
MATERIAL: Final = "MATERIAL_"


class VerdictForm(PlainForm):
    """One requirement; judged or left open."""

    use_form_tag = False
    nilai = forms.ChoiceField(
        label=_("Penilaian"),
        choices=[("", _("Belum dinilai")), *Verdict.choices],
        required=False,
    )
    alasan = WordsField(label=_("Alasan"), lines=2, max_length=2000, required=False)
    bukti = forms.MultipleChoiceField(
        label=_("Bukti yang mendasari"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        row: CheckRow,
        evidence: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Take the requirement with its verdict so far, and what the file holds as evidence."""
        initial = {"nilai": row.verdict, "alasan": row.reason, "bukti": row.evidence}
        super().__init__(data, prefix=row.code, initial=initial)
        self.row = row
        if evidence and row.code.startswith(MATERIAL):
            self.offer("bukti", evidence)
        else:
            del self.fields["bukti"]

    def clean(self) -> dict[str, Any]:
        """Ask why something is not met, and what shows that it is met."""
        given = super().clean() or self.cleaned_data
        verdict = given.get("nilai")
        if not verdict or given.get("alasan"):
            return given
        if verdict == Verdict.NOT_MET:
            self.add_error("alasan", _("Tuliskan apa yang kurang; pelapor akan membacanya."))
        elif not given.get("bukti"):
            self.add_error("alasan", self._how())
        return given

    def _how(self) -> str:
        if "bukti" in self.fields:
            return gettext("Pilih bukti yang mendasari, atau tuliskan dari mana ini terlihat.")
        return gettext("Tuliskan dari mana ini terlihat.")

    @property
    def judgement(self) -> Judgement | None:
        """What was judged; None leaves the requirement open."""
        given = self.cleaned_data
        if not given["nilai"]:
            return None
        return Judgement(
            RequirementCode(self.row.code),
            Verdict(given["nilai"]),
            given["alasan"],
            tuple(given.get("bukti", ())),
        )


class ContestForm(PlainForm):
    """Which contest it is about."""

    submit_label = _("Simpan")
    kontestasi = forms.ChoiceField(
        label=_("Pemilihan yang bersangkutan"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih pemilihannya."),
            "invalid_choice": _("Pilih dari daftar."),
        },
    )

    def __init__(self, *args: Any, contests: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Take the contests that ran where and when it happened."""
        super().__init__(*args, **kwargs)
        self.offer("kontestasi", contests)


class QualifyForm(PlainForm):
    """The act of the law; another stage than the computed one has a reason."""

    submit_label = _("Simpan kualifikasi")
    perbuatan = forms.ChoiceField(
        label=_("Perbuatan menurut hukum"),
        choices=[("", _("Pilih")), *choices(ActCode)],
        error_messages={"required": _("Pilih perbuatannya.")},
    )
    tahapan = forms.ChoiceField(
        label=_("Tahapan calon"),
        help_text=_("Kosongkan untuk memakai hitungan sistem dari tanggal kejadian."),
        choices=[("", _("Menurut hitungan sistem")), *choices(CandidateStage)],
        required=False,
    )
    alasan_tahapan = WordsField(
        label=_("Mengapa tahapannya berbeda?"), lines=2, max_length=2000, required=False
    )


class LinkForm(PlainForm):
    """Where in the agency the respondent works, and who it is."""

    submit_label = _("Tautkan")
    unit = forms.ChoiceField(label=_("Unit kerja"), required=False, widget=forms.RadioSelect)
    orang = forms.ChoiceField(
        label=_("Orang dalam daftar pegawai"),
        help_text=_("Jabatan pada hari kejadian ikut disimpan."),
        required=False,
        widget=forms.RadioSelect,
    )
    jenis = forms.ChoiceField(
        label=_("Jenis pegawai"),
        choices=[("", _("Menurut daftar pegawai")), *choices(SubjectKind)],
        required=False,
    )
    jabatan = forms.ChoiceField(
        label=_("Kelompok jabatan"),
        help_text=_("Untuk statistik; pilih bila orangnya tidak ada di daftar pegawai."),
        choices=[("", _("Menurut daftar pegawai")), *PositionClass.choices],
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        units: Sequence[tuple[str, str]],
        people: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Take the units and people of the agency that were found."""
        super().__init__(*args, **kwargs)
        none = ("", _("Belum diketahui"))
        self.offer("unit", [none, *units])
        self.offer("orang", [none, *people])


class DeliveryForm(PlainForm):
    """How a notice went out, and when it was received."""

    submit_label = _("Catat penyampaian")
    cara = forms.ChoiceField(
        label=_("Disampaikan melalui"),
        choices=[pair for pair in Channel.choices if pair[0] != Channel.SYSTEM],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih cara penyampaiannya.")},
    )
    dikirim = MomentField(
        label=_("Dikirim atau diserahkan pada"),
        error_messages={"required": _("Isi kapan dikirim.")},
    )
    diterima = MomentField(
        label=_("Diterima pelapor pada"),
        help_text=_("Kosongkan bila belum ada bukti. Tenggat perbaikan berjalan sejak diterima."),
        required=False,
    )
    bukti = WordsField(
        label=_("Bukti penerimaan"),
        help_text=_("Misalnya nomor resi, tanda tangan di buku ekspedisi."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, tz: ZoneInfo, **kwargs: Any) -> None:
        """Take the zone of the office."""
        super().__init__(*args, **kwargs)
        for name in ("dikirim", "diterima"):
            self.fields[name].tz = tz  # type: ignore[attr-defined]


class ProposalForm(PlainForm):
    """A decision for the plenary."""

    submit_label = _("Ajukan ke pleno")
    usul = WordsField(
        label=_("Usul dan alasannya"),
        help_text=_("Menjadi teks mata acara, dan alasan langkah bila disetujui."),
        lines=6,
        max_length=10_000,
        error_messages={"required": _("Tuliskan usul dan alasannya.")},
    )
    kantor = forms.ChoiceField(
        label=_("Kantor tujuan"),
        error_messages={
            "required": _("Pilih kantor tujuan."),
            "invalid_choice": _("Pilih kantor dari daftar."),
        },
    )
    rapat = forms.ChoiceField(label=_("Rapat pleno"), required=False)

    def __init__(
        self,
        *args: Any,
        meetings: Iterable[tuple[str, str]],
        offices: Sequence[tuple[str, Any]] = (),
        **kwargs: Any,
    ) -> None:
        """Take the meetings to come, and offices only for a transfer."""
        super().__init__(*args, **kwargs)
        waits = ("", _("Rapat berikutnya, atau keputusan koordinator"))
        self.offer("rapat", [waits, *meetings])
        if offices:
            self.offer("kantor", offices)
        else:
            del self.fields["kantor"]


class CaptureForm(PlainForm):
    """A picture of a post, with its times."""

    submit_label = _("Simpan tangkapan")
    berkas = FilesField(
        label=_("Tangkapan layar atau rekaman"),
        widget=ManyFiles(attrs={"accept": "image/*,video/*,.pdf"}),
    )
    diambil = MomentField(
        label=_("Diambil pada"), error_messages={"required": _("Isi kapan tangkapan diambil.")}
    )
    diunggah = MomentField(label=_("Waktu unggahan menurut platform"), required=False)
    keterangan = WordsField(label=_("Apa yang terlihat?"), required=False, max_length=200)

    def __init__(
        self, *args: Any, tz: ZoneInfo, too_big: Sequence[str] = (), **kwargs: Any
    ) -> None:
        """Take the zone of the office, and the files that were dropped on their way."""
        super().__init__(*args, **kwargs)
        self.too_big = too_big
        for name in ("diambil", "diunggah"):
            self.fields[name].tz = tz  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the file."""
        given = super().clean() or self.cleaned_data
        if self.too_big:
            self.add_error("berkas", _("Berkas terlalu besar dan tidak diterima."))
        elif not given.get("berkas"):
            self.add_error("berkas", _("Pilih berkas tangkapannya."))
        return given


class TracingForm(PlainForm):
    """What the tracing found (Form A)."""

    submit_label = _("Simpan hasil penelusuran")
    hasil = WordsField(
        label=_("Laporan hasil pengawasan"),
        help_text=_("Apa yang ditelusuri, di mana, dan apa yang ditemukan (Formulir A)."),
        lines=12,
        max_length=50_000,
        error_messages={"required": _("Tulis laporan hasil pengawasannya.")},
    )
    cara = WordsField(
        label=_("Cara penelusuran"),
        help_text=_("Misalnya mendatangi tempat kejadian atau memeriksa unggahan."),
        required=False,
        max_length=300,
    )
    usul = WordsField(
        label=_("Usul tindak lanjut"),
        help_text=_("Misalnya dijadikan temuan, diteruskan, atau ditutup."),
        required=False,
        lines=2,
        max_length=1000,
    )
    ditemukan = DayField(
        label=_("Tanggal ditemukan"),
        help_text=_("Batas waktu temuan dihitung dari tanggal ini."),
        error_messages={"required": _("Isi tanggal ditemukan.")},
    )


class AllegationForm(PlainForm):
    """Who did what in which event."""

    submit_label = _("Tambahkan dugaan")
    terlapor = forms.ChoiceField(
        label=_("Terlapor"), error_messages={"required": _("Pilih terlapornya.")}
    )
    kejadian = forms.ChoiceField(
        label=_("Kejadian"), error_messages={"required": _("Pilih kejadiannya.")}
    )
    kategori = forms.ChoiceField(
        label=_("Perbuatan"), error_messages={"required": _("Pilih perbuatannya.")}
    )
    kontestasi = forms.ChoiceField(
        label=_("Pemilihan yang dipihak"),
        help_text=_("Satu berkas dapat menyangkut beberapa kontestasi pemilihan yang sama."),
    )

    def __init__(
        self,
        *args: Any,
        respondents: Sequence[tuple[str, str]],
        incidents: Sequence[tuple[str, str]],
        categories: Sequence[tuple[str, str]],
        contests: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        """Take the people and events of the file; one contest alone is not asked for."""
        super().__init__(*args, **kwargs)
        first = ("", _("Pilih"))
        self.offer("terlapor", [first, *respondents])
        self.offer("kejadian", [first, *incidents])
        self.offer("kategori", [first, *categories])
        if len(contests) > 1:
            self.offer("kontestasi", contests)
        else:
            del self.fields["kontestasi"]


class AssignForm(PlainForm):
    """Who works on it."""

    submit_label = _("Simpan")
    petugas = forms.ChoiceField(
        label=_("Petugas"),
        required=False,
        error_messages={"invalid_choice": _("Pilih petugas dari daftar.")},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Take the colleagues."""
        super().__init__(*args, **kwargs)
        self.offer("petugas", [("", _("Belum ada petugas")), *people])


class LetterForm(WithFiles):
    """A message to the reporter, with files; `sampai` is when the page was made."""

    submit_label = _("Kirim pesan")
    sampai = forms.CharField(required=False, widget=forms.HiddenInput)
    pesan = WordsField(
        label=_("Pesan untuk pelapor"),
        help_text=_("Dibaca di halaman pelacakan. Pelapor diberi tahu tanpa isi pesan."),
        lines=4,
        max_length=5000,
        error_messages={"required": _("Tulis pesannya.")},
    )
    berkas = FilesField(
        label=_("Berkas"), required=False, widget=ManyFiles(attrs={"multiple": True})
    )
