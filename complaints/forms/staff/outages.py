"""Forms for outages and what they excuse."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.public.answers import WordsField
from complaints.forms.staff.case_fields import AppointmentField, LocalForm
from complaints.forms.staff.registers import OfficeChoiceForm
from complaints.selectors.outages import LateRow
from neutrality.ui.forms import PlainForm


class OutageForm(OfficeChoiceForm):
    """What was down, when, and how that is known."""

    submit_label = _("Catat gangguan")
    sistem = WordsField(
        label=_("Apa yang terganggu?"),
        help_text=_("Misalnya: pelaporan daring, listrik kantor, jaringan telepon."),
        max_length=60,
        error_messages={"required": _("Tuliskan apa yang terganggu.")},
    )
    mulai = AppointmentField(
        label=_("Mulai"), error_messages={"required": _("Isi kapan gangguan mulai.")}
    )
    selesai = AppointmentField(
        label=_("Pulih"), help_text=_("Kosongkan bila masih berlangsung."), required=False
    )
    uraian = WordsField(label=_("Keterangan"), lines=3, max_length=2000, required=False)
    sumber = WordsField(
        label=_("Dari mana diketahui?"),
        help_text=_("Misalnya: pengumuman PLN, catatan petugas piket, laporan warga."),
        max_length=200,
        error_messages={"required": _("Tuliskan dari mana gangguan ini diketahui.")},
    )


class OutageEndForm(LocalForm):
    """When it worked again."""

    submit_label = _("Catat pulih")
    selesai = AppointmentField(
        label=_("Pulih"), error_messages={"required": _("Isi kapan gangguan berakhir.")}
    )


class ExcuseForm(PlainForm):
    """Which lateness is excused by which outage, and why."""

    submit_label = _("Maafkan keterlambatan")
    untuk = forms.ChoiceField(
        label=_("Apa yang terlambat?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih apa yang dimaafkan.")},
    )
    gangguan = forms.ChoiceField(
        label=_("Karena gangguan apa?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih gangguannya.")},
    )
    alasan = WordsField(
        label=_("Alasan"),
        help_text=_("Mengapa gangguan itu menghalangi penyampaian tepat waktu."),
        lines=3,
        max_length=1000,
        error_messages={"required": _("Tuliskan alasannya.")},
    )

    def __init__(self, *args: Any, late: tuple[LateRow, ...], **kwargs: Any) -> None:
        """Offer what is late and the outages of its time; a single one is chosen already."""
        super().__init__(*args, **kwargs)
        outages = list(dict.fromkeys(each for row in late for each in row.outages))
        what = [(row.key, row.words) for row in late if row.outages]
        for name, choices in (("untuk", what), ("gangguan", outages)):
            self.offer(name, choices)
            if len(choices) == 1:
                self.initial.setdefault(name, choices[0][0])
