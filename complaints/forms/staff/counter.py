"""A report taken at the counter, by telephone or from a letter: every question on one page."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints.codes import Source
from complaints.forms.public.about_you import AboutYouForm
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
from complaints.selectors.filing import RegionChoices
from neutrality.law.models import CitizenCategory
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

    def __init__(self, *args: Any, offices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Take the offices where the officer receives."""
        super().__init__(*args, **kwargs)
        self.fields["kantor"].choices = offices  # type: ignore[attr-defined]


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
        """Name the files that were too big."""
        data = super().clean() or self.cleaned_data
        for name in self.too_big:
            self.add_error("berkas", _("%(name)s terlalu besar.") % {"name": name or "?"})
        return data


@dataclass(frozen=True, slots=True)
class Known:
    """What the questions are asked with."""

    offices: Sequence[tuple[str, str]]
    categories: Sequence[CitizenCategory]
    regions: RegionChoices
    contests: Sequence[tuple[str, str]]
    today: date


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
        self.source = SourceForm(data, prefix="asal", offices=known.offices)
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
        self.when.fields["diketahui"].label = _("Tanggal pelapor mengetahui kejadian")

    def _several(self, kind: type[PlainForm], prefix: str, number: int) -> list[PlainForm]:
        """Return forms of which those left empty are not bound: nothing is asked of them."""
        names = [f"{prefix}{place}" for place in range(2, number + 2)]
        return [
            kind(self.data if self._is_begun(kind, name) else None, prefix=name) for name in names
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
        asked = [part.form for part in self.parts() if part.form is not self.about]
        if self.is_named:
            asked.append(self.about)
        return [problem for form in asked for problem in problems_of(form)]


def filled(rows: Sequence[PlainForm]) -> list[dict[str, Any]]:
    """Return the checked answers of those that were not left empty."""
    return [form.cleaned_data for form in rows if form.is_bound]


def _folded(heading: str | Promise, rows: Sequence[PlainForm], *, first: int) -> Iterator[Part]:
    for number, form in enumerate(rows, first):
        words = str(heading) % {"number": number}
        yield Part(words, form, is_folded=True, is_open=form.is_bound)
