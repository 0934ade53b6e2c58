"""What the handler writes down from the papers of an agency: whose act, which letter, and what."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.hr.discipline import ExaminationForm, SanctionNewsForm
from complaints.forms.public.answers import WordsField
from complaints.forms.staff.referral import PastDayField
from complaints.models import ReferralItem
from complaints.services.from_paper import Paper

PAPER = ("pihak", "nomor_surat", "tanggal_surat")


class PaperForm(forms.Form):
    """The fields about the paper, before those about what happened."""

    pihak = WordsField(
        label=_("Siapa yang melakukannya?"),
        help_text=_("Instansi atau pihak yang keputusannya Anda catat."),
        max_length=200,
    )
    nomor_surat = WordsField(label=_("Nomor surat dasarnya"), max_length=120, short="field-medium")
    tanggal_surat = PastDayField(label=_("Tanggal surat dasarnya"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the paper first."""
        super().__init__(*args, **kwargs)
        self.order_fields([*PAPER, *(name for name in self.fields if name not in PAPER)])

    def clean_tanggal_surat(self) -> date | None:
        """Refuse a letter from the future."""
        today = cast("Any", self).today
        return PastDayField().check(self.cleaned_data["tanggal_surat"], today)

    def prefill(self, item: ReferralItem) -> None:
        """Name the appointing authority, which usually acts."""
        if item.agency:
            who = f"{item.agency.appointing_authority}, {item.agency.name}"
            self.fields["pihak"].initial = who

    def paper(self) -> Paper | None:
        """Return the paper of a valid form."""
        given = self.cleaned_data
        return Paper(
            acting_party=given["pihak"],
            number=given["nomor_surat"],
            dated_on=given["tanggal_surat"],
        )


class RecordedExaminationForm(PaperForm, ExaminationForm):
    """An examination, read from the agency's letter."""


class RecordedNewsForm(PaperForm, SanctionNewsForm):
    """What became of a sanction, read from the agency's letter."""
