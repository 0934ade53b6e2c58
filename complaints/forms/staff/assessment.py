"""The form of the assessment: facts, analysis, and a conclusion on each allegation."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.public.answers import WordsField
from complaints.models import Allegation
from complaints.services.set_results import ALONE
from complaints.services.write_assessment import AssessmentGiven, ConclusionGiven
from neutrality.law.codes import OutcomeClass
from neutrality.law.labels import choices
from neutrality.ui.forms import PlainForm

_TEXT: Final = 60_000


class AssessmentForm(PlainForm):
    """The text of one version; the version that it follows travels along."""

    submit_label = _("Simpan sebagai versi baru")
    fakta = WordsField(
        label=_("Fakta dan keterangan"),
        help_text=_("Satu alinea kosong memisahkan dua paragraf."),
        lines=12,
        max_length=_TEXT,
        error_messages={"required": _("Tuliskan fakta yang ditemukan.")},
    )
    analisis = WordsField(
        label=_("Analisis"),
        lines=12,
        max_length=_TEXT,
        error_messages={"required": _("Tuliskan analisisnya.")},
    )
    versi = forms.IntegerField(min_value=0, max_value=30_000, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        allegations: Sequence[tuple[Allegation, str]],
        concluded: Mapping[int, tuple[list[str], str, list[str]]],
        evidence: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        """Ask for elements, evidence and classes of each allegation; the last version's stand."""
        super().__init__(*args, **kwargs)
        self.allegations = [row for row, _words in allegations]
        for row, words in allegations:
            outcomes, elements, cited = concluded.get(row.pk, ([], "", []))
            self.fields[f"unsur_{row.pk}"] = WordsField(
                label=_("Unsur: %(what)s") % {"what": words},
                lines=5,
                max_length=_TEXT,
                initial=elements,
                error_messages={"required": _("Uraikan unsur-unsurnya.")},
            )
            if evidence:
                self.fields[f"bukti_{row.pk}"] = forms.MultipleChoiceField(
                    label=_("Bukti yang dirujuk: %(what)s") % {"what": words},
                    choices=evidence,
                    widget=forms.CheckboxSelectMultiple,
                    initial=cited,
                    required=False,
                )
            self.fields[f"simpulan_{row.pk}"] = forms.MultipleChoiceField(
                label=_("Simpulan: %(what)s") % {"what": words},
                choices=choices(OutcomeClass),
                widget=forms.CheckboxSelectMultiple,
                initial=outcomes,
                error_messages={"required": _("Pilih paling sedikit satu simpulan.")},
            )

    def clean(self) -> dict[str, Any]:
        """No violation and another class exclude each other."""
        data = super().clean() or self.cleaned_data
        for row in self.allegations:
            chosen = set(data.get(f"simpulan_{row.pk}", []))
            if len(chosen) > 1 and chosen & ALONE:
                words = _("Bukan pelanggaran atau tidak terbukti tidak dapat digabung.")
                self.add_error(f"simpulan_{row.pk}", words)
        return data

    def given(self) -> AssessmentGiven:
        """Return the version of a valid form."""
        data = self.cleaned_data
        return AssessmentGiven(
            facts=data["fakta"],
            analysis=data["analisis"],
            after_version=data["versi"],
            conclusions=tuple(
                ConclusionGiven(
                    allegation_id=row.pk,
                    outcomes=tuple(OutcomeClass(code) for code in data[f"simpulan_{row.pk}"]),
                    elements=data[f"unsur_{row.pk}"],
                    evidence=tuple(data.get(f"bukti_{row.pk}", ())),
                )
                for row in self.allegations
            ),
        )
