"""The forms of the plenary: planned, opened, its agenda, recusals, votes, decisions, results."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.codes import Ballot, MeetingMode
from complaints.forms.public.answers import WordsField
from complaints.forms.staff.afterwards import AfterwardsForm
from complaints.forms.staff.case_fields import AppointmentField, LocalForm
from complaints.models import Allegation
from complaints.services.plan_meeting import MeetingPlan
from complaints.services.set_results import ALONE, ResultGiven
from complaints.workflow.actions import ReportAction, TipAction
from neutrality.law.codes import OutcomeClass
from neutrality.law.labels import choices
from neutrality.ui.forms import PlainForm

Choice = tuple[str, str]
_TEXT: Final = 5000


class PlanMeetingForm(LocalForm):
    """When and how the plenary meets."""

    submit_label = _("Jadwalkan rapat pleno")
    kantor = forms.ChoiceField(label=_("Kantor"))
    waktu = AppointmentField(label=_("Hari dan jam"))
    sudah = forms.BooleanField(
        label=_("Rapat ini sudah berlangsung dengan kertas dan dicatat menyusul"),
        required=False,
    )
    cara = forms.ChoiceField(
        label=_("Cara rapat"), choices=MeetingMode.choices, widget=forms.RadioSelect
    )
    alasan_cara = WordsField(
        label=_("Alasan tidak tatap muka"),
        help_text=_("Hanya untuk rapat daring atau edaran."),
        required=False,
        max_length=300,
    )
    tempat = WordsField(
        label=_("Tempat"),
        help_text=_("Ruang rapat, atau nama ruang daring tanpa kata sandinya."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, offices: Sequence[Choice], **kwargs: Any) -> None:
        """Offer the offices where the person may plan; one alone is not asked for."""
        super().__init__(*args, **kwargs)
        self.offer("kantor", offices)
        if len(offices) == 1:
            self.fields["kantor"].widget = forms.HiddenInput()
            self.fields["kantor"].initial = offices[0][0]

    def clean(self) -> dict[str, Any]:
        """Ask why the members do not meet in person."""
        given = super().clean() or self.cleaned_data
        away = given.get("cara") in {MeetingMode.ONLINE, MeetingMode.CIRCULAR}
        if away and not given.get("alasan_cara"):
            self.add_error("alasan_cara", _("Tuliskan mengapa rapat tidak tatap muka."))
        return given

    def plan(self) -> MeetingPlan:
        """Return the plan of a valid form."""
        given = self.cleaned_data
        return MeetingPlan(
            planned_at=given["waktu"],
            mode=MeetingMode(given["cara"]),
            mode_reason=given["alasan_cara"],
            place=given["tempat"],
            was_held=given["sudah"],
        )


class OpenMeetingForm(AfterwardsForm):
    """Who is there, and who leads; of a meeting on paper also when it was opened."""

    submit_label = _("Buka rapat")
    hadir = forms.MultipleChoiceField(
        label=_("Anggota yang hadir"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Centang anggota yang hadir.")},
    )
    ketua = forms.ChoiceField(
        label=_("Pemimpin rapat"),
        help_text=_("Salah seorang yang hadir."),
        error_messages={"required": _("Pilih pemimpin rapat.")},
    )

    def __init__(self, *args: Any, members: Sequence[Choice], **kwargs: Any) -> None:
        """Offer the commissioners of the office."""
        super().__init__(*args, **kwargs)
        self.offer("hadir", members)
        self.offer("ketua", [("", _("Pilih")), *members])

    def clean(self) -> dict[str, Any]:
        """The one who leads must be there."""
        given = super().clean() or self.cleaned_data
        chair = given.get("ketua")
        if chair and "hadir" in given and chair not in given["hadir"]:
            self.add_error("ketua", _("Pemimpin rapat harus hadir."))
        return given


class TakeItemsForm(PlainForm):
    """Which waiting decisions go onto the agenda."""

    submit_label = _("Masukkan ke acara")
    butir = forms.MultipleChoiceField(
        label=_("Yang menunggu keputusan"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu mata acara.")},
    )

    def __init__(self, *args: Any, waiting: Iterable[Choice], **kwargs: Any) -> None:
        """Offer what waits."""
        super().__init__(*args, **kwargs)
        self.offer("butir", list(waiting))


class RecusalForm(PlainForm):
    """Who stands aside on this item, and why."""

    submit_label = _("Catat tidak ikut memutuskan")
    anggota = forms.ChoiceField(label=_("Anggota"))
    alasan = WordsField(
        label=_("Alasan"),
        help_text=_("Misalnya hubungan keluarga dengan terlapor."),
        max_length=300,
        error_messages={"required": _("Tuliskan alasannya.")},
    )

    def __init__(self, *args: Any, members: Sequence[Choice], **kwargs: Any) -> None:
        """Offer the members who are there."""
        super().__init__(*args, **kwargs)
        self.offer("anggota", [("", _("Pilih")), *members])


class VotesForm(PlainForm):
    """The ballots of the members who may vote on this item, with dissents."""

    submit_label = _("Simpan suara")

    def __init__(
        self,
        *args: Any,
        members: Sequence[Choice],
        cast: Mapping[int, tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Ask for one ballot and one dissent each; what was cast is filled in."""
        super().__init__(*args, **kwargs)
        self.members = members
        for pk, name in members:
            ballot, dissent = cast.get(int(pk), ("", ""))
            self.fields[f"suara_{pk}"] = forms.ChoiceField(
                label=name,
                choices=Ballot.choices,
                initial=ballot,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"pendapat_{pk}"] = WordsField(
                label=_("Pendapat berbeda dari %(name)s") % {"name": name},
                lines=2,
                required=False,
                max_length=_TEXT,
                initial=dissent,
            )

    def ballots(self) -> list[tuple[int, Ballot, str]]:
        """Return member, ballot and dissent of everybody who voted, of a valid form."""
        given = self.cleaned_data
        return [
            (int(pk), Ballot(given[f"suara_{pk}"]), given[f"pendapat_{pk}"])
            for pk, _name in self.members
            if given[f"suara_{pk}"]
        ]


class DecisionForm(AfterwardsForm):
    """What the minutes say of the decision; of one on paper also when, and with which number."""

    submit_label = _("Putuskan")
    numbers = MappingProxyType(
        {"nomor_kertas": "paper_number", "nomor_register": "paper_register_number"}
    )
    keputusan = WordsField(
        label=_("Bunyi keputusan"),
        help_text=_("Masuk ke berita acara. Boleh kosong bila usul disetujui apa adanya."),
        lines=3,
        required=False,
        max_length=_TEXT,
    )
    nomor_kertas = WordsField(
        label=_("Nomor yang sudah ditulis di kertas"),
        help_text=_("Hanya bila diputus saat listrik atau jaringan padam."),
        required=False,
        max_length=80,
        short="field-medium",
    )
    nomor_register = WordsField(
        label=_("Nomor register yang sudah ditulis di kertas"),
        help_text=_("Hanya bila diputus saat listrik atau jaringan padam."),
        required=False,
        max_length=80,
        short="field-medium",
    )

    def __init__(self, *args: Any, action: str = "", **kwargs: Any) -> None:
        """Ask for numbers only where the step gives them: one to a report, two to a finding."""
        super().__init__(*args, **kwargs)
        if action != TipAction.SET_FINDING:
            del self.fields["nomor_register"]
        if action not in {TipAction.SET_FINDING, ReportAction.REGISTER}:
            del self.fields["nomor_kertas"]
        elif action == ReportAction.REGISTER:
            self.fields["nomor_kertas"].label = self.base_fields["nomor_register"].label


class ResultsForm(PlainForm):
    """What is found on each allegation: one class or several, and why."""

    submit_label = _("Simpan usul hasil")

    def __init__(
        self,
        *args: Any,
        allegations: Sequence[tuple[Allegation, str]],
        given: Sequence[Mapping[str, Any]] = (),
        **kwargs: Any,
    ) -> None:
        """Ask for classes and reason of each allegation; what stands in the item is filled in."""
        super().__init__(*args, **kwargs)
        self.allegations = [row for row, _words in allegations]
        known = {row["allegation"]: row for row in given}
        for row, words in allegations:
            before = known.get(row.pk, {})
            self.fields[f"hasil_{row.pk}"] = forms.MultipleChoiceField(
                label=words,
                choices=choices(OutcomeClass),
                widget=forms.CheckboxSelectMultiple,
                initial=before.get("outcomes", []),
                error_messages={"required": _("Pilih paling sedikit satu hasil.")},
            )
            self.fields[f"alasan_{row.pk}"] = WordsField(
                label=_("Pertimbangan"),
                lines=3,
                required=False,
                max_length=_TEXT,
                initial=before.get("reason", ""),
            )

    def clean(self) -> dict[str, Any]:
        """No violation and another class exclude each other."""
        data = super().clean() or self.cleaned_data
        for row in self.allegations:
            chosen = set(data.get(f"hasil_{row.pk}", []))
            if len(chosen) > 1 and chosen & ALONE:
                words = _("Bukan pelanggaran atau tidak terbukti tidak dapat digabung.")
                self.add_error(f"hasil_{row.pk}", words)
        return data

    def results(self) -> tuple[ResultGiven, ...]:
        """Return the results of a valid form."""
        data = self.cleaned_data
        return tuple(
            ResultGiven(
                allegation_id=row.pk,
                outcomes=tuple(OutcomeClass(code) for code in data[f"hasil_{row.pk}"]),
                reason=data[f"alasan_{row.pk}"],
            )
            for row in self.allegations
        )
