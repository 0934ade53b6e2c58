"""Why the engine says no: a closed catalogue of codes, each with the sentence that the page shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RefusalCode(StrEnum):
    """The refusals of the engine itself; an app's guards add their own codes."""

    STALE = "stale"
    WRONG_STATE = "wrong_state"
    NOT_YOURS = "not_yours"
    REASON_NEEDED = "reason_needed"
    ACTING_PARTY_NEEDED = "acting_party_needed"
    ACTING_PARTY_UNEXPECTED = "acting_party_unexpected"
    SOURCE_NEEDED = "source_needed"
    IN_THE_FUTURE = "in_the_future"
    BACKDATED_REASON_NEEDED = "backdated_reason_needed"
    BACKDATED_SOURCE_NEEDED = "backdated_source_needed"
    BACKDATED_SECOND_PERSON_NEEDED = "backdated_second_person_needed"
    SECOND_PERSON_IS_FIRST = "second_person_is_first"
    SECOND_PERSON_HAS_NO_ROLE = "second_person_has_no_role"
    NOTHING_TO_CORRECT = "nothing_to_correct"
    NOT_CORRECTABLE = "not_correctable"
    CORRECTION_TOO_LATE = "correction_too_late"
    ALREADY_REQUESTED = "already_requested"
    ALREADY_DECIDED = "already_decided"
    NOT_FROM_ANOTHER_PARTY = "not_from_another_party"
    ALREADY_CONFIRMED = "already_confirmed"
    NO_EARLIER_STATE = "no_earlier_state"
    CLOCK_IS_CLOSED = "clock_is_closed"


SENTENCES: Final[Mapping[RefusalCode, Promise]] = {
    RefusalCode.STALE: _(
        "Berkas ini sudah diubah orang lain sejak halaman Anda dibuka. "
        "Periksa keadaan terbaru, lalu ulangi bila masih perlu."
    ),
    RefusalCode.WRONG_STATE: _("Langkah ini tidak dapat dilakukan pada keadaan berkas sekarang."),
    RefusalCode.NOT_YOURS: _("Berkas tidak ditemukan."),
    RefusalCode.REASON_NEEDED: _("Tuliskan alasan untuk langkah ini."),
    RefusalCode.ACTING_PARTY_NEEDED: _(
        "Sebutkan pihak yang melakukan tindakan ini, karena Anda hanya mencatatnya."
    ),
    RefusalCode.ACTING_PARTY_UNEXPECTED: _(
        "Langkah ini dilakukan sendiri, tidak dicatat atas nama pihak lain."
    ),
    RefusalCode.SOURCE_NEEDED: _(
        "Cantumkan nomor dan tanggal surat yang menjadi dasar pencatatan ini."
    ),
    RefusalCode.IN_THE_FUTURE: _("Waktu kejadian tidak boleh setelah waktu sekarang."),
    RefusalCode.BACKDATED_REASON_NEEDED: _(
        "Tanggal ini melewati batas pencatatan mundur. Tuliskan alasannya."
    ),
    RefusalCode.BACKDATED_SOURCE_NEEDED: _(
        "Tanggal ini melewati batas pencatatan mundur. Cantumkan nomor dan tanggal surat dasarnya."
    ),
    RefusalCode.BACKDATED_SECOND_PERSON_NEEDED: _(
        "Tanggal ini melewati batas pencatatan mundur. Diperlukan persetujuan orang kedua."
    ),
    RefusalCode.SECOND_PERSON_IS_FIRST: _(
        "Orang kedua harus berbeda dari orang yang meminta atau mencatat."
    ),
    RefusalCode.SECOND_PERSON_HAS_NO_ROLE: _("Orang kedua tidak berwenang atas langkah ini."),
    RefusalCode.NOTHING_TO_CORRECT: _("Tidak ada langkah yang dapat dikoreksi."),
    RefusalCode.NOT_CORRECTABLE: _("Langkah terakhir tidak dapat dibatalkan melalui koreksi."),
    RefusalCode.CORRECTION_TOO_LATE: _("Batas waktu koreksi untuk langkah terakhir sudah lewat."),
    RefusalCode.ALREADY_REQUESTED: _("Permintaan yang sama sudah menunggu persetujuan."),
    RefusalCode.ALREADY_DECIDED: _("Permintaan ini sudah diputuskan."),
    RefusalCode.NOT_FROM_ANOTHER_PARTY: _(
        "Langkah ini tidak dicatat atas nama pihak lain, jadi tidak perlu dikonfirmasi."
    ),
    RefusalCode.ALREADY_CONFIRMED: _("Langkah ini sudah dikonfirmasi."),
    RefusalCode.NO_EARLIER_STATE: _("Keadaan sebelumnya tidak ditemukan dalam riwayat."),
    RefusalCode.CLOCK_IS_CLOSED: _("Tenggat ini sudah tidak berjalan."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One no: a stable code for tests and logs, a sentence for the person.

    Attributes:
        code: A `RefusalCode`, or the code of an app's own guard.
        sentence: What the page shows, in the reader's language when it is rendered.
    """

    code: str
    sentence: Promise | str


class Refused(Exception):
    """Raised by the engine before anything was written; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        """Carry the refusal."""
        super().__init__(str(refusal.code))
        self.refusal = refusal


def refusal(code: RefusalCode) -> Refusal:
    """Return the engine's refusal of this code with its sentence."""
    return Refusal(code=code, sentence=SENTENCES[code])


def refuse(code: RefusalCode) -> Refused:
    """Return the exception to raise for this code."""
    return Refused(refusal(code))
