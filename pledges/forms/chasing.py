"""What the HR office is asked when it chases: absences, unit heads, reminders, exports."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from neutrality.ui.forms import PlainForm
from pledges.codes import AbsenceKind, ReminderStep
from pledges.forms.fields import DayField, WordsField
from pledges.services.plan_reminders import FIRST_HOUR, LAST_HOUR, Timing


class AbsenceForm(PlainForm):
    """Somebody is away, until a day."""

    submit_label = _("Catat")
    sebab = forms.ChoiceField(
        label=_("Sebab"),
        choices=AbsenceKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih sebabnya.")},
    )
    mulai = DayField(label=_("Mulai"), error_messages={"required": _("Isi tanggal mulai.")})
    sampai = DayField(
        label=_("Sampai dengan"),
        help_text=_("Pengingat ditunda sampai hari sesudahnya."),
        error_messages={"required": _("Isi tanggal berakhir.")},
    )
    dasar = WordsField(
        label=_("Dasar"),
        help_text=_("Misalnya nomor surat cuti atau surat tugas."),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        data = super().clean() or {}
        begin, end = data.get("mulai"), data.get("sampai")
        if begin and end and end < begin:
            self.add_error("sampai", _("Tanggal berakhir lebih awal dari tanggal mulai."))
        return data


class UnitHeadForm(PlainForm):
    """Whom to call about a unit."""

    submit_label = _("Simpan")
    one_of = ("telepon", "surel")
    nama = WordsField(
        label=_("Nama kepala unit"), max_length=160, error_messages={"required": _("Isi nama.")}
    )
    telepon = WordsField(
        label=_("Telepon dinas"),
        help_text=_(
            "Isi telepon, surel, atau keduanya. Telepon dicetak pada lembar untuk wali kota; jangan "
            "isi nomor pribadi."
        ),
        max_length=40,
        required=False,
        short="field-medium",
    )
    surel = forms.EmailField(
        label=_("Surel dinas"),
        help_text=_("Pengingat untuk kepala unit dikirim ke alamat ini."),
        required=False,
        error_messages={"invalid": _("Tulis alamat surel yang benar.")},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the head."""
        data = super().clean() or {}
        if not data.get("telepon") and not data.get("surel") and "surel" not in self.errors:
            self.add_error("telepon", _("Isi telepon atau surel dinas."))
        return data


class ReminderPlanForm(PlainForm):
    """When each step of the plan goes out; an empty day means that it does not."""

    submit_label = _("Simpan rencana")
    pukul = forms.TypedChoiceField(
        label=_("Dikirim mulai pukul"),
        help_text=_(
            "Menurut jam setempat tiap penerima. Tidak ada pesan antara pukul 20.00 dan 07.00."
        ),
        coerce=int,
        choices=[(hour, f"{hour:02d}.00") for hour in range(FIRST_HOUR, LAST_HOUR + 1)],
    )

    def __init__(self, *args: Any, today: date, until: date, **kwargs: Any) -> None:
        """Take the days between which reminders make sense."""
        super().__init__(*args, **kwargs)
        self.today, self.until = today, until
        for step in ReminderStep:
            self.fields[step.value] = DayField(label=step.label, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse days that have passed or come after the end, and steps out of order."""
        data = super().clean() or {}
        before: date | None = None
        for step in ReminderStep:
            day = data.get(step.value)
            if day is None:
                continue
            if not self.today <= day <= self.until and step.value in self.changed_data:
                self.add_error(step.value, _("Pilih tanggal antara hari ini dan batas waktu."))
            elif before is not None and day < before:
                self.add_error(step.value, _("Langkah ini tidak boleh sebelum yang di atasnya."))
            before = day
        return data

    def timings(self) -> Mapping[ReminderStep, Timing]:
        """Return the steps that have a day."""
        data = self.cleaned_data
        return {
            step: Timing(goes_on=data[step.value], at_hour=data["pukul"])
            for step in ReminderStep
            if data.get(step.value)
        }


class ExportFormat(models.TextChoices):
    """As which file the people of a round are handed out."""

    XLSX = "xlsx", _("XLSX: semua pegawai, satu baris per orang")
    CSV = "csv", _("CSV: semua pegawai, satu baris per orang")
    PDF = "pdf", _("PDF: laporan untuk kepala daerah dengan grafik, tanpa daftar nama")


class ExportForm(PlainForm):
    """What to hand out, whom about, and why."""

    submit_label = _("Unduh")
    bentuk = forms.ChoiceField(
        label=_("Bentuk"),
        choices=ExportFormat.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih bentuknya.")},
    )
    siapa = forms.ChoiceField(
        label=_("Siapa"),
        choices=[("belum", _("Yang belum menandatangani")), ("semua", _("Semua pegawai"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih siapa.")},
    )
    alasan = WordsField(
        label=_("Alasan"),
        help_text=_("Dicatat dalam jejak audit. Jangan sebut nama pegawai."),
        max_length=200,
        error_messages={"required": _("Tuliskan untuk apa berkas ini.")},
    )
