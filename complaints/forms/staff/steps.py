"""The form of one step: what it needs, why, when, and from which paper."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from complaints.forms.public.answers import DayField, WordsField
from complaints.selectors.second_persons import second_persons
from complaints.services.second_person import second_person
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refusal, RefusalCode
from neutrality.casework.workflow import SourceDocument, StepContext, Transition, Workflow
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.law.periods import due
from neutrality.ui.dates import zone_words
from neutrality.ui.forms import PlainForm

MOMENT_FORMATS: Final = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"]
PAPER: Final = ("nomor_surat", "tanggal_surat")
SECOND: Final = ("orang_kedua", "sandi_orang_kedua")
FIELD_OF: Final[Mapping[str, str]] = {
    RefusalCode.REASON_NEEDED: "alasan",
    RefusalCode.BACKDATED_REASON_NEEDED: "alasan",
    RefusalCode.ACTING_PARTY_NEEDED: "pihak",
    RefusalCode.SOURCE_NEEDED: "nomor_surat",
    RefusalCode.BACKDATED_SOURCE_NEEDED: "nomor_surat",
    RefusalCode.IN_THE_FUTURE: "waktu",
    RefusalCode.BACKDATED_SECOND_PERSON_NEEDED: "orang_kedua",
    RefusalCode.SECOND_PERSON_IS_FIRST: "orang_kedua",
    RefusalCode.SECOND_PERSON_HAS_NO_ROLE: "orang_kedua",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What a form of a step is about.

    Attributes:
        records: Whether the actor only writes down what another authority or party did.
        day: The day by which grants count.
        tz: The zone of the office, in which times are typed.
        began_at: When the subject came; no act can have been before.
    """

    workflow: Workflow
    subject: Any
    transition: Transition
    actor: Actor
    clock: Clock
    day: date
    records: bool
    tz: ZoneInfo
    began_at: datetime | None = None


class MomentField(forms.DateTimeField):
    """A local date and time of the office, picked or typed; comes out aware.

    Once the field knows the zone it says so: an office reads WIB, WITA or WIT beside every time.
    """

    default_error_messages: ClassVar = {
        "invalid": _("Tulis tanggal dan jam yang benar, misalnya 21-11-2026 14:30."),
    }

    def __init__(self, **options: Any) -> None:
        """Show the browser's own picker where there is one."""
        widget = forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "field-medium"}, format="%Y-%m-%dT%H:%M"
        )
        super().__init__(input_formats=MOMENT_FORMATS, widget=widget, **options)
        self.own_help = options.get("help_text", "")
        self.zone: ZoneInfo | None = None

    @property
    def tz(self) -> ZoneInfo | None:
        """The zone of the office, once the form knows it."""
        return self.zone

    @tz.setter
    def tz(self, zone: ZoneInfo) -> None:
        self.zone = zone
        said = gettext("Waktu setempat kantor (%(zone)s).") % {"zone": zone_words(zone)}
        self.help_text = f"{said} {self.own_help}".strip()

    def to_python(self, value: Any) -> datetime | None:
        """Read the wall time in the zone of the office."""
        if value in self.empty_values:
            return None
        for pattern in MOMENT_FORMATS:
            try:
                wall = datetime.strptime(str(value).strip(), pattern)  # noqa: DTZ007  local time
            except ValueError:
                continue
            return wall.replace(tzinfo=self.tz)
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


class StepForm(PlainForm):
    """Why and when; beyond the tolerance for back-dating also the paper and a second person.

    A form with more fields lists them in `own`, and returns in `data` what the step needs of
    them, as JSON values.
    """

    own: ClassVar[tuple[str, ...]] = ()
    field_of: ClassVar[Mapping[str, str]] = {}
    reason_label: ClassVar[Any] = _("Alasan")
    takes_time: ClassVar[bool] = True

    alasan = WordsField(label=_("Catatan"), lines=4, max_length=5000, required=False)
    waktu = MomentField(
        label=_("Kapan ini terjadi?"),
        help_text=_("Kosongkan bila terjadi sekarang."),
        required=False,
    )
    pihak = WordsField(
        label=_("Siapa yang melakukannya?"),
        help_text=_("Instansi atau pihak yang keputusannya Anda catat."),
        required=False,
        max_length=200,
    )
    nomor_surat = WordsField(
        label=_("Nomor surat dasarnya"), required=False, max_length=120, short="field-medium"
    )
    tanggal_surat = DayField(label=_("Tanggal surat dasarnya"), required=False)
    orang_kedua = forms.ChoiceField(
        label=_("Orang kedua yang menyetujui"),
        help_text=_("Tanggal ini melewati batas pencatatan mundur."),
        required=False,
    )
    sandi_orang_kedua = forms.CharField(
        label=_("Kata sandi orang kedua"),
        help_text=_("Diketik sendiri oleh orang kedua, di halaman ini."),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "field-medium"}),
    )
    versi = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, scene: Scene, **kwargs: Any) -> None:
        """Keep only the fields that this step needs."""
        super().__init__(*args, **kwargs)
        self.scene = scene
        self.second: Actor | None = None
        self.fields["waktu"].tz = scene.tz  # type: ignore[attr-defined]
        self.backdated = self._is_backdated()
        for name in self._unneeded():
            del self.fields[name]
        self._ask_why()
        if "orang_kedua" in self.fields:
            self._offer_second_persons()
        self.order_fields([*self.own, "alasan", "waktu", "pihak", *PAPER, *SECOND])

    @property
    def submit_label(self) -> str:  # type: ignore[override]
        """The words of the step itself."""
        return self.scene.transition.label

    def data_for_step(self) -> dict[str, Any]:
        """Return what the step needs beyond the row, as JSON values."""
        return {}

    def step_context(self) -> StepContext:
        """Return what is handed in, of a valid form."""
        given = self.cleaned_data
        return StepContext(
            reason=given.get("alasan", ""),
            occurred_at=given.get("waktu"),
            expected_version=given.get("versi"),
            acting_party=given.get("pihak", ""),
            source=self._source(),
            second_person=self.second,
            data=self.data_for_step(),
        )

    def refuse(self, refusal: Refusal) -> None:
        """Write a refusal beside the field that answers it, else above the form."""
        field = {**FIELD_OF, **self.field_of}.get(str(refusal.code))
        self.add_error(field if field in self.fields else None, str(refusal.sentence))

    def clean_waktu(self) -> datetime | None:
        """Refuse a time that has not come, and one before the file was there."""
        moment: datetime | None = self.cleaned_data["waktu"]
        if moment is None:
            return None
        if moment > self.scene.clock.now:
            raise forms.ValidationError(_("Waktu ini belum terjadi."))
        if self.scene.began_at and moment < self.scene.began_at:
            raise forms.ValidationError(_("Waktu ini mendahului masuknya berkas."))
        return moment

    def clean(self) -> dict[str, Any]:
        """Ask for number and date of the paper together, and let the second person sign."""
        given = super().clean() or self.cleaned_data
        if "nomor_surat" in self.fields:
            self._check_paper(given)
        if given.get("orang_kedua"):
            self._sign(given)
        return given

    def _check_paper(self, given: Mapping[str, Any]) -> None:
        if given.get("nomor_surat") and not given.get("tanggal_surat"):
            self._say("tanggal_surat", _("Isi juga tanggal surat itu."))
        if given.get("tanggal_surat") and not given.get("nomor_surat"):
            self._say("nomor_surat", _("Isi juga nomor surat itu."))

    def _say(self, field: str, words: Any) -> None:
        if field not in self.errors:
            self.add_error(field, words)

    def _sign(self, given: Mapping[str, Any]) -> None:
        self.second = second_person(
            user_id=int(given["orang_kedua"]),
            password=given.get("sandi_orang_kedua", ""),
            day=self.scene.day,
        )
        if self.second is None:
            self.add_error("sandi_orang_kedua", _("Kata sandi orang kedua tidak cocok."))

    def _source(self) -> SourceDocument | None:
        number, day = (self.cleaned_data.get(name) for name in PAPER)
        return SourceDocument(number=number, dated_on=day) if number and day else None

    def _is_backdated(self) -> bool:
        """Whether the typed time lies beyond the tolerance; a wrong one is told elsewhere."""
        try:
            moment = self.fields["waktu"].clean(self.data.get(self.add_prefix("waktu"), ""))
        except forms.ValidationError:
            return False
        scene = self.scene
        began = scene.began_at or moment
        if moment is None or not began <= moment < scene.clock.now:
            return False
        adapter = scene.workflow.adapter
        rule = adapter.rulebook(scene.subject, scene.clock).period(PeriodCode.BACKDATE_TOLERANCE)
        tolerance = due(rule, moment, adapter.calendar(scene.subject))
        return not tolerance.is_met_by(scene.clock.now)

    def _unneeded(self) -> Sequence[str]:
        names: list[str] = []
        if not self.takes_time:
            names += ["waktu"]
        if not self.scene.records:
            names += ["pihak"]
        if not (self.scene.records or self.backdated):
            names += PAPER
        if not self.backdated:
            names += SECOND
        return names

    def _ask_why(self) -> None:
        reason = self.fields["alasan"]
        if self.scene.transition.needs_reason or self.backdated:
            reason.label, reason.required = self.reason_label, True
            reason.error_messages["required"] = _("Tuliskan alasannya.")

    def _offer_second_persons(self) -> None:
        people = second_persons(
            transition=self.scene.transition,
            organisation=self.scene.workflow.adapter.organisation(self.scene.subject),
            without=self.scene.actor.user_id,
            day=self.scene.day,
        )
        self.offer("orang_kedua", [("", _("Pilih")), *people])
