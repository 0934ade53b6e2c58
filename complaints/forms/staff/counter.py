"""A report taken at the counter, by telephone or from a letter: every question on one page."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints.codes import Source
from complaints.forms.public.about_you import AboutYouForm
from complaints.forms.public.answers import DayField, WordsField
from complaints.forms.public.files import FilesField, ManyFiles
from complaints.forms.public.filing import (
    AccountForm,
    ActsForm,
    ContestForm,
    RespondentForm,
    WebEvidenceForm,
    WhenForm,
    WhereForm,
    WitnessForm,
)
from complaints.forms.staff.report import speak_of_the_reporter
from complaints.forms.staff.steps import MomentField
from complaints.selectors.filing import RegionChoices
from complaints.services.lodging import Arrived
from complaints.services.second_person import second_person
from neutrality.audit.actor import Actor
from neutrality.casework.workflow import SourceDocument
from neutrality.law.clock import Clock
from neutrality.law.models import CitizenCategory
from neutrality.law.periods import Endless
from neutrality.ui.forms import FormProblem, PlainForm, problems_of

TAKEN_IN = tuple(pair for pair in Source.choices if pair[0] != Source.ONLINE)
# What one page has room for; more people and addresses are added to the file afterwards.
MORE_RESPONDENTS: Final = 3
WITNESSES: Final = 3
ADDRESSES: Final = 3


class SourceForm(PlainForm):
    """How it came, at which office, and whether somebody is named."""

    sumber = forms.ChoiceField(
        label=_("Bagaimana laporan ini masuk?"),
        choices=TAKEN_IN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih sumbernya.")},
    )
    kantor = forms.ChoiceField(label=_("Kantor penerima"))
    diterima = MomentField(
        label=_("Kapan diterima?"),
        help_text=_(
            "Untuk surat: menurut cap terima. Kosongkan bila diterima sekarang. Batas waktu"
            " dihitung dari saat ini."
        ),
        required=False,
    )
    bernama = forms.ChoiceField(
        label=_("Apakah pelapor menyebut identitas?"),
        choices=[
            ("ya", _("Ya: dicatat sebagai laporan")),
            ("tidak", _("Tidak: dicatat sebagai informasi awal")),
        ],
        widget=forms.RadioSelect,
        initial="ya",
        error_messages={"required": _("Pilih salah satu.")},
    )

    def __init__(self, *args: Any, known: "Known", **kwargs: Any) -> None:
        """Take the offices where the officer receives, and the zone of the chosen one."""
        super().__init__(*args, **kwargs)
        self.known = known
        self.offer("kantor", known.offices)
        self.fields["diterima"].tz = known.tz  # type: ignore[attr-defined]

    def clean_diterima(self) -> datetime | None:
        """Refuse a time that has not come, or from which nothing can be counted any more."""
        at: datetime | None = self.cleaned_data["diterima"]
        if at is None:
            return None
        if at > self.known.clock.now:
            raise forms.ValidationError(_("Waktu ini belum terjadi."))
        try:
            self.known.is_backdated(at)
        except Endless as long_ago:
            raise forms.ValidationError(_("Tanggal ini terlalu lama berlalu.")) from long_ago
        return at

    def clean(self) -> dict[str, Any]:
        """Ask when a letter was received: its stamp says it."""
        data = super().clean() or self.cleaned_data
        is_letter = data.get("sumber") == Source.LETTER
        if is_letter and not data.get("diterima") and "diterima" not in self.errors:
            self.add_error("diterima", _("Isi kapan surat ini diterima, menurut cap terima."))
        return data


class BackdatedForm(PlainForm):
    """What is asked besides when it was received longer ago than is tolerated."""

    alasan = WordsField(
        label=_("Mengapa baru dicatat sekarang?"),
        lines=3,
        max_length=1000,
        error_messages={"required": _("Tuliskan alasannya.")},
    )
    nomor_surat = WordsField(
        label=_("Nomor surat atau formulir"),
        max_length=120,
        short="field-medium",
        error_messages={"required": _("Isi nomor surat atau formulir yang dicatat.")},
    )
    tanggal_surat = DayField(
        label=_("Tanggal surat atau formulir"),
        error_messages={"required": _("Isi tanggal surat atau formulir itu.")},
    )
    orang_kedua = forms.ChoiceField(
        label=_("Orang kedua yang menyetujui"),
        help_text=_("Tanggal ini melewati batas pencatatan mundur."),
        error_messages={"required": _("Pilih orang kedua yang menyetujui tanggal ini.")},
    )
    sandi_orang_kedua = forms.CharField(
        label=_("Kata sandi orang kedua"),
        help_text=_("Diketik sendiri oleh orang kedua, di halaman ini."),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "field-medium"}),
        error_messages={"required": _("Orang kedua mengetik kata sandinya sendiri.")},
    )

    def __init__(self, *args: Any, known: "Known", **kwargs: Any) -> None:
        """Take who else may stand for the date."""
        super().__init__(*args, **kwargs)
        self.known = known
        self.second: Actor | None = None
        self.offer(
            "orang_kedua",
            [
                ("", _("Pilih")),
                *known.second_persons,
            ],
        )

    def clean(self) -> dict[str, Any]:
        """Let the second person sign, once nothing else is missing."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            self._sign(data)
        return data

    def arrived(self, at: datetime) -> Arrived:
        """Return the arrival that a valid form stands for."""
        data = self.cleaned_data
        paper = SourceDocument(number=data["nomor_surat"], dated_on=data["tanggal_surat"])
        return Arrived(at=at, reason=data["alasan"], source=paper, second_person=self.second)

    def _sign(self, data: Mapping[str, Any]) -> None:
        self.second = second_person(
            user_id=int(data["orang_kedua"]),
            password=data["sandi_orang_kedua"],
            day=self.known.today,
        )
        if self.second is None:
            self.add_error("sandi_orang_kedua", _("Kata sandi orang kedua tidak cocok."))


class PapersForm(PlainForm):
    """Files that came along, by kind; each may be left out."""

    berkas = FilesField(
        label=_("Bukti yang diserahkan"),
        required=False,
        widget=ManyFiles(
            attrs={
                "multiple": True,
                "accept": "image/*,video/*,audio/*,.pdf,.txt,.doc,.docx,.xls,.xlsx",
            }
        ),
    )
    keterangan = forms.CharField(
        label=_("Apa yang terlihat di dalamnya?"), required=False, max_length=200
    )
    kartu = FilesField(
        label=_("Foto e-KTP"),
        help_text=_("Disegel bersama identitas pelapor."),
        required=False,
        widget=ManyFiles(attrs={"accept": "image/*"}),
    )
    surat = FilesField(
        label=_("Surat kuasa khusus"),
        help_text=_("Bila pelapor diwakili kuasa. Foto atau PDF."),
        required=False,
        widget=ManyFiles(attrs={"accept": "image/*,.pdf"}),
    )

    def __init__(self, *args: Any, too_big: Sequence[str] = (), **kwargs: Any) -> None:
        """Take the names of the files that were dropped because of their size; say the limits."""
        super().__init__(*args, **kwargs)
        self.too_big = too_big
        most = settings.EVIDENCE_MAX_MIB
        self.fields["berkas"].help_text = _(
            "Foto sampai %(image)d MB, video %(video)d MB, suara %(audio)d MB, dokumen"
            " %(document)d MB."
        ) % {kind: most[kind] for kind in ("image", "video", "audio", "document")}

    def clean(self) -> dict[str, Any]:
        """Name the files that were too big, and say where there are too many."""
        data = super().clean() or self.cleaned_data
        for name in self.too_big:
            self.add_error("berkas", _("%(name)s terlalu besar.") % {"name": name or "?"})
        most = {"berkas": settings.EVIDENCE_MAX_FILES, "kartu": 1, "surat": 1}
        for field, number in most.items():
            if len(data.get(field) or []) > number:
                self.add_error(
                    field,
                    _("Paling banyak %(count)d berkas di sini. Tidak ada yang tersimpan.")
                    % {"count": number},
                )
        return data


@dataclass(frozen=True, slots=True)
class Known:
    """What the questions are asked with.

    Attributes:
        tz: The zone of the office that was chosen, in which times are typed.
        is_backdated: Whether what was received at a moment is entered after the tolerance.
        second_persons: Who else may stand for such a moment there.
    """

    offices: Sequence[tuple[str, str]]
    categories: Sequence[CitizenCategory]
    regions: RegionChoices
    contests: Sequence[tuple[str, str]]
    today: date
    clock: Clock
    tz: ZoneInfo
    is_backdated: Callable[[datetime], bool]
    second_persons: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Part:
    """Some questions under one heading; optional ones are folded away until they are needed."""

    heading: str | Promise
    form: PlainForm
    is_folded: bool = False
    is_open: bool = False


class CounterForms:
    """All questions of a report, checked together."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        known: Known,
        *,
        files: Any = None,
        too_big: Sequence[str] = (),
    ) -> None:
        """Bind every part to the same post."""
        self.data, self.sent_files = data, bool(files)
        self.known = known
        self.source = SourceForm(data, prefix="asal", known=known)
        self.backdated = self._backdated()
        self.acts = ActsForm(data, prefix="perbuatan", categories=known.categories)
        self.account = AccountForm(data, prefix="cerita")
        self.when = WhenForm(data, prefix="waktu", today=known.today)
        self.where = WhereForm(data, prefix="tempat", regions=known.regions)
        self.respondent = RespondentForm(data, prefix="terlapor")
        self.more_respondents = self._several(RespondentForm, "terlapor", MORE_RESPONDENTS)
        self.contest = ContestForm(data, prefix="pemilihan", contests=known.contests)
        self.witnesses = self._several(WitnessForm, "saksi", WITNESSES)
        self.papers = PapersForm(data, files, prefix="bukti", too_big=too_big)
        self.addresses = self._several(WebEvidenceForm, "alamat", ADDRESSES)
        self.about = AboutYouForm(data, prefix="pelapor", today=known.today)
        speak_of_the_reporter(self.about)
        self.about.fields["rekan"].help_text = _("Isi juga bila pelapor tidak menyebut identitas.")
        known_on = self.when.fields["diketahui"]
        known_on.label = _("Tanggal pelapor mengetahui kejadian")
        known_on.error_messages["required"] = _("Isi tanggal pelapor mengetahui kejadian.")

    def _backdated(self) -> BackdatedForm | None:
        """Return the further questions, once the time that was typed is long ago."""
        at = self.received_at
        if at is None or not self.known.is_backdated(at):
            return None
        return BackdatedForm(self.data, prefix="susulan", known=self.known)

    @property
    def received_at(self) -> datetime | None:
        """When it was received, if a right time was typed."""
        if self.data is None or (not self.source.is_valid() and "diterima" in self.source.errors):
            return None
        return self.source.cleaned_data.get("diterima")

    def arrived(self) -> Arrived | None:
        """Return when it arrived, of valid forms; None when that is now."""
        at = self.received_at
        if at is None:
            return None
        return self.backdated.arrived(at) if self.backdated else Arrived(at=at)

    def _several(self, kind: type[PlainForm], prefix: str, number: int) -> list[PlainForm]:
        """Return forms of which those left empty are not bound: nothing is asked of them."""
        names = [f"{prefix}{place}" for place in range(2, number + 2)]
        options: dict[str, Any] = {}
        if kind is WebEvidenceForm:
            options = {"today": self.known.today}
        return [
            kind(self.data if self._is_begun(kind, name) else None, prefix=name, **options)
            for name in names
        ]

    def _is_begun(self, kind: type[PlainForm], prefix: str) -> bool:
        """Say whether somebody typed into the form; what it begins with does not count."""
        open_fields = [name for name, field in kind.base_fields.items() if field.initial is None]
        given = self.data or {}
        return any(given.get(f"{prefix}-{name}", "").strip() for name in open_fields)

    @property
    def is_named(self) -> bool:
        """Whether somebody gives a name; only then the person is asked for."""
        return self.source.data.get("asal-bernama") != "tidak"

    def parts(self) -> list[Part]:
        """Return the parts with their headings, in the order of the page."""
        return [
            Part(_("Asal"), self.source),
            *([Part(_("Dicatat sesudah batas"), self.backdated)] if self.backdated else []),
            Part(_("Perbuatan"), self.acts),
            Part(_("Uraian"), self.account),
            Part(_("Waktu"), self.when),
            Part(_("Tempat"), self.where),
            Part(_("Terlapor"), self.respondent),
            *_folded(_("Tambah terlapor ke-%(number)d"), self.more_respondents, first=2),
            Part(_("Pemilihan"), self.contest),
            *_folded(_("Tambah saksi ke-%(number)d"), self.witnesses, first=1),
            Part(_("Bukti dan surat"), self.papers),
            *_folded(_("Tambah alamat web ke-%(number)d"), self.addresses, first=1),
            Part(_("Pelapor"), self.about),
        ]

    def is_valid(self) -> bool:
        """Check every part that is asked for."""
        return not self.problems()

    def problems(self) -> list[FormProblem]:
        """Return everything that is wrong, in the order of the page."""
        self._compare()
        asked = [part.form for part in self.parts() if part.form is not self.about]
        if self.is_named:
            asked.append(self.about)
        return [problem for form in asked for problem in problems_of(form)]

    def _compare(self) -> None:
        """Nobody writes of what is learned after the letter was received."""
        at, known_on = self.received_at, self.when.data.get("waktu-diketahui")
        if at is None or not self.when.is_valid() or not known_on:
            return
        if self.when.cleaned_data["diketahui"] > at.date():
            self.when.add_error("diketahui", _("Tanggal ini sesudah laporan diterima."))


def filled(rows: Sequence[PlainForm]) -> list[dict[str, Any]]:
    """Return the checked answers of those that were not left empty."""
    return [form.cleaned_data for form in rows if form.is_bound]


def _folded(heading: str | Promise, rows: Sequence[PlainForm], *, first: int) -> Iterator[Part]:
    for number, form in enumerate(rows, first):
        words = str(heading) % {"number": number}
        yield Part(words, form, is_folded=True, is_open=form.is_bound)
