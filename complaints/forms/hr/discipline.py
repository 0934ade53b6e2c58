"""What a discipline officer writes down: the examination, and what became of a sanction."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.codes import SanctionState
from complaints.forms.public.answers import WordsField
from complaints.forms.staff.referral import PastDayField
from complaints.models import ReferralItem
from complaints.services.from_paper import Paper
from complaints.services.record_examination import ExaminationGiven
from complaints.services.record_sanction_step import SanctionNews
from neutrality.law.codes import SanctionClass
from neutrality.law.labels import choices
from neutrality.ui.forms import PlainForm


class OwnActForm(PlainForm):
    """What the agency writes down itself."""

    def prefill(self, item: ReferralItem) -> None:
        """Nothing is known beforehand of what the agency itself writes."""

    def paper(self) -> Paper | None:
        """Return None: the agency writes its own acts."""
        return None


class ExaminationForm(OwnActForm):
    """Team, summons, hearing, minutes (PP 94/2021 art. 26-29)."""

    submit_label = _("Simpan pemeriksaan")

    tim = WordsField(
        label=_("Siapa yang memeriksa?"),
        help_text=_("Atasan langsung atau tim pemeriksa, dengan jabatannya."),
        max_length=300,
    )
    dipanggil = PastDayField(label=_("Tanggal surat panggilan"))
    diperiksa = PastDayField(
        label=_("Tanggal diperiksa"),
        help_text=_("Kosongkan bila yang bersangkutan tidak datang."),
        required=False,
    )
    berita_acara = WordsField(
        label=_("Isi pokok berita acara"), lines=6, max_length=20000, required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Know today."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_dipanggil(self) -> date | None:
        """Refuse a date that has not come."""
        return PastDayField().check(self.cleaned_data["dipanggil"], self.today)

    def clean_diperiksa(self) -> date | None:
        """Refuse a date that has not come, and one before the summons."""
        day = PastDayField().check(self.cleaned_data["diperiksa"], self.today)
        summoned = self.cleaned_data.get("dipanggil")
        if day and summoned and day < summoned:
            raise forms.ValidationError(_("Pemeriksaan tidak dapat mendahului panggilannya."))
        return day

    def given(self) -> ExaminationGiven:
        """Return what was typed, of a valid form."""
        given = self.cleaned_data
        return ExaminationGiven(
            team=given["tim"],
            summoned_on=given["dipanggil"],
            examined_on=given["diperiksa"],
            minutes=given["berita_acara"],
        )


class SanctionNewsForm(OwnActForm):
    """One thing that happened to a sanction after the decree."""

    submit_label = _("Simpan perkembangan")

    perkembangan = forms.ChoiceField(label=_("Apa yang terjadi?"), widget=forms.RadioSelect)
    tanggal = PastDayField(label=_("Tanggal"))
    jenis_baru = forms.ChoiceField(
        label=_("Jenis sanksi yang baru"),
        help_text=_("Hanya bila sanksi diubah."),
        choices=[("", _("Tidak diubah")), *choices(SanctionClass)],
        required=False,
    )
    catatan = WordsField(
        label=_("Catatan"),
        help_text=_("Nomor dan pokok keputusan, bila ada."),
        lines=3,
        max_length=2000,
        required=False,
    )
    keadaan = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        today: date,
        decree_on: date,
        offered: Sequence[SanctionState],
        **kwargs: Any,
    ) -> None:
        """Offer what can follow the present state."""
        super().__init__(*args, **kwargs)
        self.today, self.decree_on = today, decree_on
        self.offer("perkembangan", [(state.value, state.label) for state in offered])

    def clean_tanggal(self) -> date | None:
        """Refuse a date that has not come, and one before the decree."""
        day = PastDayField().check(self.cleaned_data["tanggal"], self.today)
        if day and day < self.decree_on:
            raise forms.ValidationError(_("Tanggal ini mendahului tanggal keputusan sanksi."))
        return day

    def clean(self) -> dict[str, Any]:
        """A changed sanction names its new class."""
        given = super().clean() or self.cleaned_data
        changed = given.get("perkembangan") == SanctionState.CHANGED
        if changed and not given.get("jenis_baru"):
            self.add_error("jenis_baru", _("Pilih jenis sanksi yang baru."))
        return given

    def news(self) -> SanctionNews:
        """Return what was typed, of a valid form."""
        given = self.cleaned_data
        return SanctionNews(
            state=SanctionState(given["perkembangan"]),
            happened_on=given["tanggal"],
            sanction_class=given["jenis_baru"],
            note=given["catatan"],
        )


class ExaminerForm(PlainForm):
    """Who examines this item: a person with the examiner's role at the agency."""

    submit_label = _("Tunjuk pemeriksa")

    pemeriksa = forms.ChoiceField(label=_("Anggota tim pemeriksa"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the examiners of the agency."""
        super().__init__(*args, **kwargs)
        self.offer("pemeriksa", [("", _("Pilih")), *people])
