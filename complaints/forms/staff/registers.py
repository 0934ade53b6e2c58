"""Forms of the registers: information requests, outside tasks, letters."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.codes import (
    ExternalSystem,
    InformationAnswer,
    LetterTemplate,
    PartyKind,
    Standing,
    TaskAnswer,
)
from complaints.forms.public.answers import WordsField
from complaints.forms.staff.case_fields import AppointmentField, LocalForm
from complaints.models import Party
from neutrality.ui.forms import PlainForm
from neutrality.vault.services import IdentityData

Choice = tuple[str, str]
PARTIES: Final = {
    Standing.RESPONDENT: PartyKind.RESPONDENT,
    Standing.REPORTER: PartyKind.REPORTER,
    Standing.WITNESS: PartyKind.WITNESS,
}
OUTSIDE: Final = (
    ExternalSystem.SBT,
    ExternalSystem.LAPOR,
    ExternalSystem.SIGAPLAPOR,
    ExternalSystem.LETTER,
)


class OfficeChoiceForm(LocalForm):
    """A form that begins with the office."""

    kantor = forms.ChoiceField(label=_("Kantor"))

    def __init__(self, *args: Any, offices: Sequence[Choice], **kwargs: Any) -> None:
        """Offer the offices; a single one is chosen already."""
        super().__init__(*args, **kwargs)
        self.offer("kantor", offices)


class InformationForm(OfficeChoiceForm):
    """Who asks for what; the name is sealed."""

    submit_label = _("Catat permintaan")
    sebagai = forms.ChoiceField(label=_("Pemohon adalah"), choices=Standing.choices)
    pihak = forms.ChoiceField(
        label=_("Pihak dalam berkas"),
        help_text=_("Isi bila pemohon adalah pelapor, terlapor, atau saksi dalam berkas ini."),
        required=False,
    )
    nama = WordsField(label=_("Nama pemohon"), max_length=200)
    kontak = WordsField(
        label=_("Alamat, telepon, atau surel pemohon"), max_length=300, required=False
    )
    kuasa = WordsField(
        label=_("Surat kuasa"),
        help_text=_("Nomor dan tanggalnya, bila diajukan melalui kuasa."),
        max_length=200,
        required=False,
    )
    diminta = WordsField(label=_("Informasi yang diminta"), lines=4, max_length=5000)
    diterima = AppointmentField(
        label=_("Diterima"), help_text=_("Sepuluh hari kerja dihitung sejak saat ini.")
    )

    def __init__(self, *args: Any, parties: Sequence[Party], **kwargs: Any) -> None:
        """Offer the parties of the file that the request is about."""
        super().__init__(*args, **kwargs)
        self.parties = {row.public_id: row for row in parties}
        none = ("", _("Bukan pihak"))
        self.offer("pihak", [none, *((key, row.spoken_alias) for key, row in self.parties.items())])

    def clean(self) -> dict[str, Any]:
        """A party asks in its own capacity."""
        given = super().clean() or self.cleaned_data
        party = self.parties.get(given.get("pihak", ""))
        kind = PARTIES.get(Standing(given["sebagai"])) if given.get("sebagai") else None
        if party is not None and kind != party.kind:
            self.add_error("pihak", _("Kedudukan pemohon tidak cocok dengan pihak ini."))
        return given

    def identity(self) -> IdentityData:
        """Return who asks, of a valid form."""
        return IdentityData(name=self.cleaned_data["nama"], address=self.cleaned_data["kontak"])

    def party(self) -> Party | None:
        """Return the party who asks, of a valid form."""
        return self.parties.get(self.cleaned_data["pihak"])


class InformationAnswerForm(PlainForm):
    """The decision with its basis, prepared for what the law keeps back."""

    submit_label = _("Putuskan dan terbitkan surat")
    putusan = forms.ChoiceField(
        label=_("Keputusan"), choices=InformationAnswer.choices, widget=forms.RadioSelect
    )
    dasar = WordsField(label=_("Dasar"), max_length=300)
    alasan = WordsField(label=_("Alasan"), lines=5, max_length=5000)
    dokumen = forms.MultipleChoiceField(
        label=_("Dokumen yang diserahkan"),
        help_text=_("Hanya yang boleh diterima pemohon ini; kajian dan identitas tidak termasuk."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, documents: Sequence[Choice], **kwargs: Any) -> None:
        """Offer what this person may have."""
        super().__init__(*args, **kwargs)
        self.offer("dokumen", documents)
        if not documents:
            del self.fields["dokumen"]


class TaskForm(OfficeChoiceForm):
    """What another system asks, under its number."""

    submit_label = _("Catat tugas")
    sistem = forms.ChoiceField(
        label=_("Dari sistem"),
        choices=[(each.value, each.label) for each in OUTSIDE],
    )
    nomor = WordsField(
        label=_("Nomor di sistem itu"),
        max_length=80,
        short="field-medium",
        error_messages={"required": _("Isi nomornya; jawaban akan menyebutkannya.")},
    )
    pengirim = WordsField(
        label=_("Instansi pengirim"), help_text=_("Misalnya Kantor Regional BKN."), max_length=200
    )
    isi = WordsField(label=_("Yang diminta atau dilaporkan"), lines=5, max_length=10_000)
    diterima = AppointmentField(label=_("Diterima"))


class TaskAnswerForm(PlainForm):
    """What is answered, and why."""

    submit_label = _("Jawab dan terbitkan surat")
    jawaban = forms.ChoiceField(
        label=_("Jawaban"), choices=TaskAnswer.choices, widget=forms.RadioSelect
    )
    alasan = WordsField(
        label=_("Penjelasan"),
        help_text=_("Tanpa nama pelapor atau saksi."),
        lines=5,
        max_length=5000,
        error_messages={"required": _("Tuliskan penjelasannya.")},
    )


class LetterDraftForm(PlainForm):
    """A letter: to whom, about what, its text."""

    submit_label = _("Simpan konsep")
    kepada = WordsField(
        label=_("Kepada"), help_text=_("Satu baris untuk setiap baris alamat."), lines=3, max_length=300
    )  # fmt: skip
    hal = WordsField(label=_("Hal"), max_length=200)
    isi = WordsField(
        label=_("Isi surat"),
        help_text=_("Baris kosong memisahkan alinea. Jangan menyebut nama pelapor atau saksi."),
        lines=14,
        max_length=20_000,
    )
    versi = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewLetterForm(PlainForm):
    """From which office, and from which prepared text."""

    submit_label = _("Mulai konsep")
    kantor = forms.ChoiceField(label=_("Kantor"))
    contoh = forms.ChoiceField(
        label=_("Mulai dari"), choices=LetterTemplate.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, offices: Sequence[Choice], **kwargs: Any) -> None:
        """Offer the offices."""
        super().__init__(*args, **kwargs)
        self.offer("kantor", offices)
