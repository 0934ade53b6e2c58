"""When something was done that is entered now: at this moment, or on paper before."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.staff.case_fields import AppointmentField
from complaints.forms.staff.counter import BackdatedForm
from complaints.services.afterwards import Afterwards
from complaints.services.second_person import second_person
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode
from neutrality.casework.workflow import SourceDocument
from neutrality.law.clock import Clock
from neutrality.law.periods import Endless
from neutrality.ui.forms import PlainForm

BESIDES: Final = (
    "alasan_menyusul",
    "nomor_surat",
    "tanggal_surat",
    "orang_kedua",
    "sandi_orang_kedua",
)
FIELD_OF: Final[Mapping[str, str]] = {
    RefusalCode.IN_THE_FUTURE: "waktu",
    RefusalCode.BACKDATED_REASON_NEEDED: "alasan_menyusul",
    RefusalCode.BACKDATED_SOURCE_NEEDED: "nomor_surat",
    RefusalCode.BACKDATED_SECOND_PERSON_NEEDED: "orang_kedua",
    RefusalCode.SECOND_PERSON_IS_FIRST: "orang_kedua",
    RefusalCode.SECOND_PERSON_HAS_NO_ROLE: "orang_kedua",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entering:
    """Where and when somebody enters it.

    Attributes:
        tz: The zone of the office, in which times are typed.
        is_backdated: Whether what was done at a moment is entered after the tolerance.
        find_second_persons: Who else may stand for the time.
        since: What the time is filled in with, where it must be told.
    """

    tz: ZoneInfo
    clock: Clock
    today: date
    is_backdated: Callable[[datetime], bool]
    find_second_persons: Callable[[], Sequence[tuple[str, str]]]
    since: datetime | None = None


class AfterwardsForm(PlainForm):
    """Asks when it was done; beyond the tolerance also why, by which paper, and a second person."""

    # Which fields hold register numbers of the paper, and the names by which the step knows them.
    numbers: ClassVar[Mapping[str, str]] = MappingProxyType({})

    waktu = AppointmentField(
        label=_("Kapan ini terjadi?"),
        help_text=_("Kosongkan bila terjadi sekarang."),
        required=False,
        error_messages={"required": _("Isi kapan ini terjadi.")},
    )
    alasan_menyusul = BackdatedForm.base_fields["alasan"]
    nomor_surat = BackdatedForm.base_fields["nomor_surat"]
    tanggal_surat = BackdatedForm.base_fields["tanggal_surat"]
    orang_kedua = BackdatedForm.base_fields["orang_kedua"]
    sandi_orang_kedua = BackdatedForm.base_fields["sandi_orang_kedua"]

    def __init__(self, *args: Any, entering: Entering, **kwargs: Any) -> None:
        """Ask for what stands for the time only where the typed one lies far back."""
        super().__init__(*args, **kwargs)
        self.entering = entering
        self.second: Actor | None = None
        moment: Any = self.fields["waktu"]
        if entering.since:
            moment.required, moment.initial, moment.own_help = True, entering.since, ""
        moment.tz = entering.tz
        if self._is_backdated():
            self.offer("orang_kedua", [("", _("Pilih")), *entering.find_second_persons()])
        else:
            for name in BESIDES:
                del self.fields[name]
        last = [name for name in ("waktu", *BESIDES) if name in self.fields]
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def clean_waktu(self) -> datetime | None:
        """Refuse a time that has not come, or from which nothing can be counted any more."""
        at: datetime | None = self.cleaned_data["waktu"]
        if at is None:
            return None
        if at > self.entering.clock.now:
            raise forms.ValidationError(_("Waktu ini belum terjadi."))
        try:
            self.entering.is_backdated(at)
        except Endless as long_ago:
            raise forms.ValidationError(_("Tanggal ini terlalu lama berlalu.")) from long_ago
        return at

    def clean(self) -> dict[str, Any]:
        """Let the second person sign, once nothing else is missing."""
        given = super().clean() or self.cleaned_data
        if "orang_kedua" in self.fields and not self.errors:
            self.second = second_person(
                user_id=int(given["orang_kedua"]),
                password=given["sandi_orang_kedua"],
                day=self.entering.today,
            )
            if self.second is None:
                self.add_error("sandi_orang_kedua", _("Kata sandi orang kedua tidak cocok."))
        return given

    def afterwards(self) -> Afterwards:
        """Return when it was done, of a valid form."""
        given = self.cleaned_data
        number, day = given.get("nomor_surat"), given.get("tanggal_surat")
        return Afterwards(
            occurred_at=given.get("waktu"),
            reason=given.get("alasan_menyusul", ""),
            source=SourceDocument(number=number, dated_on=day) if number and day else None,
            second_person=self.second,
            numbers={
                name: given[field] for field, name in self.numbers.items() if given.get(field)
            },
        )

    def _is_backdated(self) -> bool:
        """Whether the typed time lies beyond the tolerance; a wrong one is told elsewhere."""
        try:
            at = self.fields["waktu"].clean(self.data.get(self.add_prefix("waktu"), ""))
            return at is not None and self.entering.is_backdated(at)
        except (forms.ValidationError, Endless):
            return False
