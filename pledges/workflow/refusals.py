"""Why a step of a pledge is refused: codes with the sentence that the page shows."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from neutrality.casework.refusals import Refusal, Refused


class PledgeRefusal(StrEnum):
    """The refusals of pledges."""

    NO_CONTACT = "no_contact"
    ROUND_CLOSED = "round_closed"
    ROUND_OPEN = "round_open"
    NOT_OPEN_YET = "not_open_yet"
    OTHER_TEXT = "other_text"
    NAME_DIFFERS = "name_differs"
    SHEET_NOT_NAMED = "sheet_not_named"
    NOT_TO_VERIFY = "not_to_verify"
    OWN_RECORD = "own_record"
    SECOND_PERSON_NEEDED = "second_person_needed"
    ALREADY_ASKED = "already_asked"
    TOO_MANY_CODES = "too_many_codes"
    TOO_MANY_TRIES = "too_many_tries"
    WRONG_CODE = "wrong_code"
    HAS_CONTACT = "has_contact"
    EMPTY_ROSTER = "empty_roster"
    NO_REPRESENTATIVES = "no_representatives"


SENTENCES: Final[Mapping[PledgeRefusal, Promise]] = {
    PledgeRefusal.NO_CONTACT: _(
        "Belum ada alamat surel pegawai ini. Catat alamatnya lebih dahulu."
    ),
    PledgeRefusal.ROUND_CLOSED: _("Putaran ini sudah ditutup."),
    PledgeRefusal.ROUND_OPEN: _("Putaran ini belum ditutup."),
    PledgeRefusal.NOT_OPEN_YET: _("Putaran ini belum dibuka."),
    PledgeRefusal.OTHER_TEXT: _(
        "Naskah berubah sejak halaman Anda dibuka. Bacalah naskah yang baru, lalu tanda tangani."
    ),
    PledgeRefusal.NAME_DIFFERS: _(
        "Nama yang diketik belum sama dengan nama yang tercatat. Ketik nama lengkap Anda; "
        "gelar boleh tidak ditulis."
    ),
    PledgeRefusal.SHEET_NOT_NAMED: _("Sebutkan sidik berkas pindaian lembar yang ditandatangani."),
    PledgeRefusal.NOT_TO_VERIFY: _(
        "Hanya tanda tangan di kertas atau di hadapan petugas yang diverifikasi."
    ),
    PledgeRefusal.OWN_RECORD: _("Yang mencatat tanda tangan tidak memverifikasinya sendiri."),
    PledgeRefusal.SECOND_PERSON_NEEDED: _("Pengecualian memerlukan dua petugas yang berbeda."),
    PledgeRefusal.ALREADY_ASKED: _("Pengecualian untuk pegawai ini sudah diminta dan menunggu."),
    PledgeRefusal.TOO_MANY_CODES: _(
        "Sudah terlalu sering meminta kode. Tunggu satu jam, lalu coba lagi."
    ),
    PledgeRefusal.TOO_MANY_TRIES: _("Kode ini sudah tidak berlaku. Minta kode yang baru."),
    PledgeRefusal.WRONG_CODE: _("Kode belum cocok. Periksa pesan yang terakhir Anda terima."),
    PledgeRefusal.HAS_CONTACT: _("Pegawai ini sudah mempunyai alamat surel."),
    PledgeRefusal.EMPTY_ROSTER: _(
        "Tidak ada pegawai yang tercatat pada tanggal itu. Periksa tanggal, atau isi data pegawai."
    ),
    PledgeRefusal.NO_REPRESENTATIVES: _("Putaran ini tidak memakai perwakilan."),
}


def refusal(code: PledgeRefusal) -> Refusal:
    """Return the refusal of this code with its sentence."""
    return Refusal(code=code, sentence=SENTENCES[code])


def refuse(code: PledgeRefusal) -> Refused:
    """Return the exception to raise for this code."""
    return Refused(refusal(code))
