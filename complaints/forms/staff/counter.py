"""A report taken at the counter, by telephone or from a letter: every question on one page."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.codes import Source
from complaints.forms.public.about_you import AboutYouForm
from complaints.forms.public.filing import (
    AccountForm,
    ActsForm,
    ContestForm,
    RespondentForm,
    WhenForm,
    WhereForm,
)
from complaints.forms.staff.report import speak_of_the_reporter
from complaints.selectors.filing import RegionChoices
from neutrality.law.models import CitizenCategory
from neutrality.ui.forms import FormProblem, PlainForm, problems_of

TAKEN_IN = tuple(pair for pair in Source.choices if pair[0] != Source.ONLINE)


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


@dataclass(frozen=True, slots=True)
class Known:
    """What the questions are asked with."""

    offices: Sequence[tuple[str, str]]
    categories: Sequence[CitizenCategory]
    regions: RegionChoices
    contests: Sequence[tuple[str, str]]
    today: date


class CounterForms:
    """All questions of a report, checked together."""

    def __init__(self, data: Mapping[str, Any] | None, known: Known) -> None:
        """Bind every part to the same post."""
        self.source = SourceForm(data, prefix="asal", offices=known.offices)
        self.acts = ActsForm(data, prefix="perbuatan", categories=known.categories)
        self.account = AccountForm(data, prefix="cerita")
        self.when = WhenForm(data, prefix="waktu", today=known.today)
        self.where = WhereForm(data, prefix="tempat", regions=known.regions)
        self.respondent = RespondentForm(data, prefix="terlapor")
        self.contest = ContestForm(data, prefix="pemilihan", contests=known.contests)
        self.about = AboutYouForm(data, prefix="pelapor", today=known.today)
        speak_of_the_reporter(self.about)
        self.when.fields["diketahui"].label = _("Tanggal pelapor mengetahui kejadian")

    @property
    def is_named(self) -> bool:
        """Whether somebody gives a name; only then the person is asked for."""
        return self.source.data.get("asal-bernama") != "tidak"

    def parts(self) -> list[tuple[Any, PlainForm]]:
        """Return the parts with their headings, in the order of the page."""
        return [
            (_("Asal"), self.source),
            (_("Perbuatan"), self.acts),
            (_("Uraian"), self.account),
            (_("Waktu"), self.when),
            (_("Tempat"), self.where),
            (_("Terlapor"), self.respondent),
            (_("Pemilihan"), self.contest),
            (_("Pelapor"), self.about),
        ]

    def is_valid(self) -> bool:
        """Check every part that is asked for."""
        return not self.problems()

    def problems(self) -> list[FormProblem]:
        """Return everything that is wrong, in the order of the page."""
        asked = [form for _heading, form in self.parts() if form is not self.about]
        if self.is_named:
            asked.append(self.about)
        return [problem for form in asked for problem in problems_of(form)]
