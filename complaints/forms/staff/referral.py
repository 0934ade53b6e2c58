"""The forms of everything after the decision: sending, recording letters, sanctions."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from complaints.codes import Channel, ControlKind, ExternalSystem
from complaints.forms.public.answers import DayField, WordsField
from complaints.forms.staff.steps import PAPER, Scene, StepForm
from complaints.models import ReferralItem
from complaints.services.add_external_number import NumberGiven
from complaints.services.take_referral_step import Letter
from neutrality.accounts.roles import Role
from neutrality.documents.services import MAX_SIGNED_COPY
from neutrality.law.clock import noon_of
from neutrality.organisations.models import Agency
from neutrality.personnel.codes import EndReason
from neutrality.ui.forms import PlainForm

DEPARTURES: Final = (
    EndReason.RETIRED,
    EndReason.DIED,
    EndReason.RESIGNED,
    EndReason.DISMISSED,
    EndReason.CONTRACT_END,
    EndReason.OTHER,
)
EARLIEST: Final = date(2000, 1, 1)
Choices = Sequence[tuple[str, Any]]


class PastDayField(DayField):
    """A date that has come and is not before our times."""

    def check(self, value: date | None, today: date) -> date | None:
        """Return the date; raises ValidationError when it lies in the future or far back."""
        if value and value > today:
            raise forms.ValidationError(_("Tanggal ini belum terjadi."))
        if value and value < EARLIEST:
            raise forms.ValidationError(_("Periksa tahun pada tanggal ini."))
        return value


class PdfField(forms.FileField):
    """A PDF of at most 20 MiB; comes out as bytes, or None."""

    def __init__(self, **options: Any) -> None:
        """Offer only PDF files in the browser's dialog."""
        widget = forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"})
        super().__init__(widget=widget, required=False, allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Read the file; raises ValidationError when it is no PDF or too big."""
        upload: UploadedFile[bytes] | None = super().clean(data, initial)
        if upload is None:
            return None
        if (upload.size or 0) > MAX_SIGNED_COPY:
            raise forms.ValidationError(_("Berkas lebih besar dari 20 MB."))
        pdf = upload.read()
        if not pdf.startswith(b"%PDF-"):
            raise forms.ValidationError(_("Berkas ini bukan PDF. Pindai suratnya menjadi PDF."))
        return pdf


class LetterForm(StepForm):
    """A step that another authority took by a letter: number, date and, if at hand, its scan."""

    own: ClassVar[tuple[str, ...]] = ()

    berkas_surat = PdfField(
        label=_("Berkas surat (PDF)"), help_text=_("Pindaian surat, paling besar 20 MB.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask first for whose act it is and for the letter, when it is only recorded here."""
        super().__init__(*args, **kwargs)
        if self.scene.records:
            for name in ("pihak", *PAPER):
                self.fields[name].required = True
            self.fields["pihak"].initial = acting_party(self.scene)
            first = ("pihak", *PAPER, "berkas_surat")
            self.order_fields([*first, *self.own, "alasan", "waktu"])

    def clean_tanggal_surat(self) -> date | None:
        """Refuse a letter from the future."""
        value: date | None = self.cleaned_data["tanggal_surat"]
        today = self.scene.clock.today_in(self.scene.tz)
        return PastDayField().check(value, today)

    def letter(self) -> Letter | None:
        """Return the file with what its letter bears, of a valid form."""
        pdf, source = self.cleaned_data.get("berkas_surat"), self._source()
        return Letter(pdf=pdf, source=source) if pdf and source else None

    def clean(self) -> dict[str, Any]:
        """A file without number and date cannot be filed."""
        given = super().clean()
        if given.get("berkas_surat") and not given.get("nomor_surat"):
            self._say("nomor_surat", _("Isi nomor surat pada berkas itu."))
        return given

    def _unneeded(self) -> Sequence[str]:
        names = super()._unneeded()
        without_letter = not (self.scene.records or self.backdated)
        return [*names, *(["berkas_surat"] if without_letter else [])]


class NamedLetterForm(LetterForm):
    """A step whose letter is its substance: number and date are always asked."""

    number_label: ClassVar[Any] = _("Nomor surat")
    date_label: ClassVar[Any] = _("Tanggal surat")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the letter whoever acts."""
        super().__init__(*args, **kwargs)
        labels = dict(zip(PAPER, (self.number_label, self.date_label), strict=True))
        for name, label in labels.items():
            self.fields[name].label, self.fields[name].required = label, True
        self.order_fields(["pihak", *PAPER, "berkas_surat", *self.own, "alasan", "waktu"])

    def _unneeded(self) -> Sequence[str]:
        return [name for name in super()._unneeded() if name not in {*PAPER, "berkas_surat"}]


class AcknowledgeForm(LetterForm):
    """That it arrived, with the number under which the authority's own system has it."""

    own = ("sistem", "nomor_luar")
    field_of: ClassVar[Mapping[str, str]] = {"external_number_known": "nomor_luar"}

    sistem = forms.ChoiceField(
        label=_("Sistem"), choices=ExternalSystem.choices, initial=ExternalSystem.SBT
    )
    nomor_luar = WordsField(
        label=_("Nomor di sistem instansi"),
        help_text=_("Misalnya nomor SBT. Boleh dikosongkan."),
        required=False,
        max_length=80,
        short="field-medium",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The system is asked only for a number."""
        super().__init__(*args, **kwargs)
        self.fields["sistem"].required = False

    def number(self) -> NumberGiven | None:
        """Return the number of a valid form, dated today."""
        given = self.cleaned_data
        if not given["nomor_luar"]:
            return None
        return NumberGiven(
            system=given["sistem"] or ExternalSystem.SBT,
            number=given["nomor_luar"],
            dated_on=self.scene.clock.today_in(self.scene.tz),
        )


class RecommendForm(NamedLetterForm):
    """What the body recommends: number, date, class, and against whom."""

    own = ("jenis_sanksi", "instansi")
    number_label = _("Nomor rekomendasi")
    date_label = _("Tanggal rekomendasi")
    field_of: ClassVar[Mapping[str, str]] = {"no_recommendation": "jenis_sanksi"}

    jenis_sanksi = forms.ChoiceField(
        label=_("Sanksi yang direkomendasikan"), widget=forms.RadioSelect
    )
    instansi = forms.ModelChoiceField(
        label=_("Instansi terlapor"),
        help_text=_("Belum diketahui saat berkas dikirim. Pilih agar rekomendasi sampai ke PPK."),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("Belum diketahui"),
    )

    def __init__(self, *args: Any, sanctions: Choices, **kwargs: Any) -> None:
        """Offer the classes of the law, and the agencies when the respondent's is unknown."""
        super().__init__(*args, **kwargs)
        self.offer("jenis_sanksi", sanctions)
        if self.scene.subject.agency_id:
            del self.fields["instansi"]
        else:
            agencies = Agency.objects.on(self.scene.day).order_by("name")
            self.fields["instansi"].queryset = agencies  # type: ignore[attr-defined]

    def data_for_step(self) -> dict[str, Any]:
        """Return number, date, class, and the agency when it is named now."""
        given = self.cleaned_data
        agency = given.get("instansi")
        return {
            "recommendation_number": given["nomor_surat"],
            "recommendation_on": given["tanggal_surat"].isoformat(),
            "recommended_class": given["jenis_sanksi"],
            **({"agency": agency.pk} if agency else {}),
        }


class SanctionForm(NamedLetterForm):
    """The decree of the appointing authority."""

    own = ("jenis_sanksi", "berlaku")
    number_label = _("Nomor keputusan")
    date_label = _("Tanggal keputusan")
    reason_label = _("Alasan")
    field_of: ClassVar[Mapping[str, str]] = {
        "no_decree": "jenis_sanksi",
        "deviation_unexplained": "alasan",
    }

    jenis_sanksi = forms.ChoiceField(label=_("Jenis sanksi"), widget=forms.RadioSelect)
    berlaku = DayField(
        label=_("Mulai berlaku"),
        help_text=_("Kosongkan bila sama dengan tanggal keputusan."),
        required=False,
    )

    def __init__(
        self, *args: Any, sanctions: Choices, lawful: frozenset[str], **kwargs: Any
    ) -> None:
        """Offer the classes of the law; one beyond the violation's own needs a reason."""
        super().__init__(*args, **kwargs)
        self.lawful = lawful
        self.offer("jenis_sanksi", sanctions)

    def clean(self) -> dict[str, Any]:
        """Ask why for another class than the law's, and for dates in their order."""
        given = super().clean()
        chosen = given.get("jenis_sanksi")
        if chosen and self.lawful and chosen not in self.lawful and not given.get("alasan"):
            self._say("alasan", _("Jenis ini di luar pasal yang disangkakan; tuliskan alasannya."))
        begins, decree_on = given.get("berlaku"), given.get("tanggal_surat")
        if begins and decree_on and begins < decree_on:
            self._say("berlaku", _("Sanksi tidak dapat berlaku sebelum tanggal keputusan."))
        return given

    def data_for_step(self) -> dict[str, Any]:
        """Return number, date, class and from when."""
        given = self.cleaned_data
        decree_on = given["tanggal_surat"]
        return {
            "decree_number": given["nomor_surat"],
            "decree_on": decree_on.isoformat(),
            "sanction_class": given["jenis_sanksi"],
            "effective_on": (given.get("berlaku") or decree_on).isoformat(),
        }


class ControlForm(LetterForm):
    """What the body did because the appointing authority did not act."""

    own = ("tindakan",)
    field_of: ClassVar[Mapping[str, str]] = {"no_control": "tindakan"}

    tindakan = forms.ChoiceField(
        label=_("Bentuk pengendalian"), choices=ControlKind.choices, widget=forms.RadioSelect
    )

    def data_for_step(self) -> dict[str, Any]:
        """Return which control."""
        return {"control": self.cleaned_data["tindakan"]}


class InactiveForm(LetterForm):
    """Why the respondent is no civil servant any more; it can be taken back on return."""

    own = ("sebab",)

    sebab = forms.ChoiceField(
        label=_("Mengapa tidak aktif lagi?"),
        choices=[(each.value, each.label) for each in DEPARTURES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih sebabnya.")},
    )

    def data_for_step(self) -> dict[str, Any]:
        """Return which end it is."""
        return {"departure": self.cleaned_data["sebab"]}


class ResendForm(StepForm):
    """How the next version of the package leaves."""

    own = ("kanal", "salinan")
    takes_time = False

    kanal = forms.ChoiceField(
        label=_("Cara penyampaian"), choices=Channel.choices, initial=Channel.DIRECT
    )
    salinan = forms.MultipleChoiceField(
        label=_("Salinan bukti yang disertakan"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, copies: Choices, **kwargs: Any) -> None:
        """Offer the released copies."""
        super().__init__(*args, **kwargs)
        _offer(self, copies)


class SendForm(PlainForm):
    """Channel, copies and who is informed; the rest follows from the decision and the law."""

    submit_label = _("Kirim paket")

    kanal = forms.ChoiceField(
        label=_("Cara penyampaian"), choices=Channel.choices, initial=Channel.DIRECT
    )
    salinan = forms.MultipleChoiceField(
        label=_("Salinan bukti yang disertakan"),
        help_text=_("Hanya salinan yang sudah diperiksa dan dilepaskan orang kedua."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    tembusan = forms.BooleanField(
        label=_("Beri tembusan kepada instansi kepegawaian terlapor sekarang juga"),
        help_text=_("Tanpa tembusan, instansi itu melihatnya sejak rekomendasi terbit."),
        required=False,
    )
    periksa = forms.BooleanField(
        label=_("Penerima, hasil, dan salinan di atas sudah saya periksa."),
        help_text=_("Setelah dikirim, surat bernomor dan tidak dapat ditarik kembali."),
        error_messages={"required": _("Periksa dahulu, lalu nyatakan di sini.")},
    )
    jumlah = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, copies: Choices, **kwargs: Any) -> None:
        """Offer the released copies."""
        super().__init__(*args, **kwargs)
        _offer(self, copies)


class ArrivalForm(PlainForm):
    """When a package arrived, and how that is proven."""

    submit_label = _("Simpan bukti penyampaian")

    tanggal = PastDayField(label=_("Diterima pada tanggal"))
    bukti = WordsField(
        label=_("Buktinya"),
        help_text=_("Misalnya nomor resi, tanda terima, atau nama jabatan penerima."),
        max_length=300,
    )

    def __init__(
        self, *args: Any, sent_at: datetime, now: datetime, tz: ZoneInfo, **kwargs: Any
    ) -> None:
        """Know when it left."""
        super().__init__(*args, **kwargs)
        self.sent_at, self.now, self.tz = sent_at, now, tz

    def clean_tanggal(self) -> date:
        """Refuse a day before the package left, and one that has not come."""
        day: date = self.cleaned_data["tanggal"]
        PastDayField().check(day, self.now.astimezone(self.tz).date())
        if day < self.sent_at.astimezone(self.tz).date():
            raise forms.ValidationError(_("Paket belum dikirim pada tanggal ini."))
        return day

    def received_at(self) -> datetime:
        """Return the instant: noon of that day, within sending and now."""
        noon = noon_of(self.cleaned_data["tanggal"], self.tz)
        return min(max(noon, self.sent_at), self.now)


class ExternalNumberForm(PlainForm):
    """The number by which another system knows the item."""

    submit_label = _("Simpan nomor")

    sistem = forms.ChoiceField(label=_("Sistem"), choices=ExternalSystem.choices)
    nomor = WordsField(label=_("Nomor"), max_length=80, short="field-medium")
    tanggal = PastDayField(label=_("Tanggal"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Know today."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_tanggal(self) -> date | None:
        """Refuse a date that has not come."""
        return PastDayField().check(self.cleaned_data["tanggal"], self.today)

    def given(self) -> NumberGiven:
        """Return what was typed, of a valid form."""
        given = self.cleaned_data
        return NumberGiven(system=given["sistem"], number=given["nomor"], dated_on=given["tanggal"])


def acting_party(scene: Scene) -> str:
    """Return who usually takes this step: the body, or the appointing authority."""
    item: ReferralItem = scene.subject
    by_agency = Role.LIAISON not in scene.transition.confirmers
    if by_agency and item.agency:
        return f"{item.agency.appointing_authority}, {item.agency.name}"
    return item.addressee


def _offer(form: forms.Form, copies: Choices) -> None:
    if copies:
        form.fields["salinan"].choices = copies  # type: ignore[attr-defined]
    else:
        del form.fields["salinan"]
