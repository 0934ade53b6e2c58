"""The forms of a clarification: planned, delivered, held, written down, confirmed."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.codes import Channel, MeetingMode, Oath
from complaints.forms.public.answers import WordsField
from complaints.forms.public.files import FilesField, ManyFiles
from complaints.forms.staff.afterwards import AfterwardsForm
from complaints.forms.staff.case_fields import AppointmentField, LocalForm
from complaints.services.deliver_invitation import Handed
from complaints.services.evidence_intake import ArrivedFile
from complaints.services.hold_session import Attended
from complaints.services.plan_session import SessionPlan
from complaints.services.write_minutes import LineGiven
from neutrality.ui.forms import PlainForm

LONGEST: Final = timedelta(hours=12)
MOST_LINES: Final = 999
_TEXT: Final = 20_000


class PlanSessionForm(LocalForm):
    """Who is heard, when and where."""

    submit_label = _("Jadwalkan dan terbitkan undangan")
    pihak = forms.ChoiceField(label=_("Siapa yang diundang?"))
    mulai = AppointmentField(label=_("Mulai"))
    selesai = AppointmentField(label=_("Perkiraan selesai"))
    cara = forms.ChoiceField(
        label=_("Cara"),
        choices=[
            (MeetingMode.PRESENT.value, MeetingMode.PRESENT.label),
            (MeetingMode.ONLINE.value, MeetingMode.ONLINE.label),
        ],
        widget=forms.RadioSelect,
    )
    tempat = WordsField(
        label=_("Tempat"),
        help_text=_("Ruang dan alamat, atau ruang daring tanpa kata sandinya."),
        max_length=300,
        error_messages={"required": _("Tuliskan tempatnya.")},
    )
    alasan_cara = WordsField(
        label=_("Alasan klarifikasi daring"),
        help_text=_("Klarifikasi daring direkam; undangan menyebutkannya."),
        required=False,
        max_length=300,
    )
    alasan_singkat = WordsField(
        label=_("Alasan waktu undangan singkat"),
        help_text=_("Isi hanya bila undangan diterima kurang dari sehari sebelumnya."),
        required=False,
        max_length=300,
    )

    alasan_lagi = WordsField(
        label=_("Alasan klarifikasi lanjutan"),
        help_text=_("Isi hanya bila pihak ini sudah pernah memberi keterangan."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, parties: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the parties that can be invited."""
        super().__init__(*args, **kwargs)
        self.offer("pihak", [("", _("Pilih")), *parties])

    def clean(self) -> dict[str, Any]:
        """A session ends after it begins, on the same day or night; online needs a reason."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("mulai"), given.get("selesai")
        if first and last and not first < last <= first + LONGEST:
            self.add_error("selesai", _("Selesai harus setelah mulai, paling lama 12 jam."))
        if given.get("cara") == MeetingMode.ONLINE and not given.get("alasan_cara"):
            self.add_error("alasan_cara", _("Tuliskan mengapa klarifikasi dilakukan daring."))
        return given

    def plan(self, party_id: int) -> SessionPlan:
        """Return the plan of a valid form."""
        given = self.cleaned_data
        return SessionPlan(
            party_id=party_id,
            starts_at=given["mulai"],
            ends_at=given["selesai"],
            place=given["tempat"],
            mode=MeetingMode(given["cara"]),
            mode_reason=given["alasan_cara"],
            short_notice_reason=given["alasan_singkat"],
            further_reason=given["alasan_lagi"],
        )


class DeliveryForm(LocalForm):
    """How the invitation was handed over."""

    submit_label = _("Catat penyampaian")
    cara = forms.ChoiceField(
        label=_("Cara penyampaian"),
        choices=[
            (each.value, each.label)
            for each in (Channel.DIRECT, Channel.POST, Channel.EMAIL, Channel.TELECOM)
        ],
    )
    diterima = AppointmentField(label=_("Kapan diterima"))
    bukti = WordsField(
        label=_("Bukti penyampaian"),
        help_text=_("Misalnya tanda terima, nomor resi, atau catatan petugas."),
        max_length=300,
        error_messages={"required": _("Tuliskan buktinya.")},
    )
    berkas = FilesField(
        label=_("Foto atau pindaian buktinya"),
        help_text=_("Disegel; hanya dibuka dengan alasan."),
        required=False,
        widget=ManyFiles(attrs={"accept": "image/*,.pdf"}),
    )

    def handed(self, file: ArrivedFile | None) -> Handed:
        """Return what a valid form says, with the file that came."""
        given = self.cleaned_data
        return Handed(
            channel=Channel(given["cara"]),
            received_at=given["diterima"],
            proof=given["bukti"],
            file=file,
        )


class AttendanceForm(AfterwardsForm):
    """That the person came, and the oath; of a session on paper also when it began."""

    submit_label = _("Catat kehadiran dan mulai")
    sumpah = forms.ChoiceField(
        label=_("Sumpah atau janji"),
        choices=[
            (Oath.SWORN.value, Oath.SWORN.label),
            (Oath.REFUSED.value, Oath.REFUSED.label),
            (Oath.NOT_ASKED.value, _("Tidak disumpah")),
        ],
        widget=forms.RadioSelect,
    )
    catatan = WordsField(
        label=_("Agama atau kepercayaan, atau alasan menolak"),
        help_text=_("Masuk ke berita acara sumpah. Penolakan tidak menghentikan klarifikasi."),
        required=False,
        max_length=300,
    )

    def clean(self) -> dict[str, Any]:
        """A refusal has a reason."""
        given = super().clean() or self.cleaned_data
        if given.get("sumpah") == Oath.REFUSED and not given.get("catatan"):
            self.add_error("catatan", _("Tuliskan alasan yang diberikan."))
        return given

    def attended(self) -> Attended:
        """Return what a valid form says."""
        given = self.cleaned_data
        return Attended(oath=Oath(given["sumpah"]), note=given["catatan"], given=self.afterwards())


class AbsenceForm(PlainForm):
    """That the person did not come."""

    submit_label = _("Catat tidak hadir")
    alasan = WordsField(
        label=_("Keterangan"),
        help_text=_("Misalnya alasan yang disampaikan; boleh kosong."),
        required=False,
        max_length=300,
    )


class LineForm(PlainForm):
    """One question and its answer."""

    submit_label = _("Simpan baris")
    nomor = forms.IntegerField(min_value=1, max_value=MOST_LINES, widget=forms.HiddenInput)
    tanda = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    tanya = WordsField(
        label=_("Pertanyaan"),
        lines=2,
        max_length=_TEXT,
        error_messages={"required": _("Tuliskan pertanyaannya.")},
    )
    jawab = WordsField(label=_("Jawaban"), lines=4, required=False, max_length=_TEXT)

    def line(self) -> LineGiven:
        """Return the line of a valid form."""
        given = self.cleaned_data
        return LineGiven(
            position=given["nomor"],
            question=given["tanya"],
            answer=given["jawab"],
            seen=given["tanda"],
        )


class ConfirmMinutesForm(LocalForm):
    """That the minutes were read back, what the person adds, and when the session ended."""

    submit_label = _("Konfirmasi berita acara")
    dibacakan = forms.BooleanField(
        label=_(
            "Berita acara telah dibacakan kembali dan dibenarkan oleh yang memberi keterangan."
        ),
        error_messages={"required": _("Berita acara harus dibacakan kembali.")},
    )
    tambahan = WordsField(
        label=_("Tambahan atau koreksi dari yang memberi keterangan"),
        lines=3,
        required=False,
        max_length=2000,
    )
    selesai = AppointmentField(
        label=_("Kapan klarifikasi selesai?"),
        help_text=_("Kosongkan bila baru saja selesai."),
        required=False,
    )
