"""Why a step of a pledge is refused: codes with the sentence that the page shows."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from uuid import UUID

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
    CODE_USED = "code_used"
    HAS_CONTACT = "has_contact"
    EMPTY_ROSTER = "empty_roster"
    NO_REPRESENTATIVES = "no_representatives"
    CARD_NOT_SEEN = "card_not_seen"
    SAME_TEXT = "same_text"
    ALREADY_SIGNED = "already_signed"
    NOT_SIGNED = "not_signed"
    NOT_LATER = "not_later"
    NO_SUCH_CHANGE = "no_such_change"
    SECOND_FOR_CONTACT = "second_for_contact"
    CHANGE_WAITS = "change_waits"
    SAME_CONTACT = "same_contact"
    GROUND_NOT_ACCEPTED = "ground_not_accepted"
    WRONG_PIN = "wrong_pin"
    KIOSK_CLOSED = "kiosk_closed"
    NO_DRAWING = "no_drawing"
    TOO_MANY_PAPERS = "too_many_papers"
    SCAN_UNREADABLE = "scan_unreadable"
    OWN_SCAN = "own_scan"
    PAGE_DECIDED = "page_decided"
    TTE_MISSING = "tte_missing"
    TTE_BROKEN = "tte_broken"
    TTE_UNTRUSTED = "tte_untrusted"
    TTE_OTHER_PAPER = "tte_other_paper"
    TTE_OTHER_PERSON = "tte_other_person"
    TTE_OUT_OF_TIME = "tte_out_of_time"
    MINUTES_SIGNED = "minutes_signed"
    MINUTES_UNSIGNED = "minutes_unsigned"
    ROUND_THERE = "round_there"
    CEREMONY_THERE = "ceremony_there"
    ASKING_AGAIN = "asking_again"


SENTENCES: Final[Mapping[PledgeRefusal, Promise]] = {
    PledgeRefusal.NO_CONTACT: _(
        "Belum ada surel atau nomor telepon pegawai ini. Catat lebih dahulu."
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
    PledgeRefusal.CODE_USED: _("Kode ini sudah tidak berlaku. Minta kode yang baru."),
    PledgeRefusal.WRONG_CODE: _("Kode belum cocok. Periksa pesan yang terakhir Anda terima."),
    PledgeRefusal.HAS_CONTACT: _("Surel atau nomor telepon pegawai ini sudah tercatat."),
    PledgeRefusal.EMPTY_ROSTER: _(
        "Tidak ada pegawai yang tercatat pada tanggal itu. Periksa tanggal, atau isi data pegawai."
    ),
    PledgeRefusal.NO_REPRESENTATIVES: _("Putaran ini tidak memakai perwakilan."),
    PledgeRefusal.CARD_NOT_SEEN: _("Tanda tangan ini memerlukan petugas yang melihat kartu."),
    PledgeRefusal.SAME_TEXT: _("Naskah ini sudah dipakai putaran ini."),
    PledgeRefusal.ALREADY_SIGNED: _(
        "Naskah ini sudah ditandatangani dan tanda tangan itu berlaku; tidak perlu diulangi."
    ),
    PledgeRefusal.NOT_SIGNED: _("Naskah putaran ini belum ditandatangani."),
    PledgeRefusal.NOT_LATER: _("Batas waktu baru harus sesudah batas waktu sekarang."),
    PledgeRefusal.NO_SUCH_CHANGE: _("Permintaan ini sudah diputus."),
    PledgeRefusal.SECOND_FOR_CONTACT: _("Penggantian alamat memerlukan dua petugas yang berbeda."),
    PledgeRefusal.CHANGE_WAITS: _("Penggantian alamat pegawai ini sudah diminta dan menunggu."),
    PledgeRefusal.SAME_CONTACT: _("Pegawai ini belum mempunyai alamat. Catat alamatnya saja."),
    PledgeRefusal.GROUND_NOT_ACCEPTED: _("Dasar ini tidak berlaku pada putaran ini."),
    PledgeRefusal.WRONG_PIN: _("PIN petugas belum cocok."),
    PledgeRefusal.KIOSK_CLOSED: _("Layar ini sudah ditutup. Petugas membuka yang baru."),
    PledgeRefusal.NO_DRAWING: _("Gambar tanda tangan terlalu pendek. Gambar sekali lagi."),
    PledgeRefusal.TOO_MANY_PAPERS: _(
        "Lebih dari 100.000 surat keterangan tidak dikumpulkan sekaligus. Pilih unit kerja."
    ),
    PledgeRefusal.SCAN_UNREADABLE: _("Berkas ini bukan PDF yang dapat dibaca."),
    PledgeRefusal.OWN_SCAN: _("Waktu penandatanganan disahkan petugas lain, bukan pengunggah."),
    PledgeRefusal.PAGE_DECIDED: _("Halaman ini sudah diputus."),
    PledgeRefusal.TTE_MISSING: _(
        "Berkas ini belum ditandatangani. Tanda tangani dahulu dengan aplikasi TTE Anda, lalu kirim hasilnya."
    ),
    PledgeRefusal.TTE_BROKEN: _(
        "Tanda tangan elektronik pada berkas ini tidak utuh atau berkas diubah sesudahnya."
    ),
    PledgeRefusal.TTE_UNTRUSTED: _(
        "Sertifikat penanda tangan tidak berasal dari penyelenggara yang dikenal."
    ),
    PledgeRefusal.TTE_OTHER_PAPER: _(
        "Berkas ini bukan lembar yang kami buat untuk Anda. Unduh lembarnya, lalu tanda tangani."
    ),
    PledgeRefusal.TTE_OTHER_PERSON: _("Sertifikat ini atas nama orang lain."),
    PledgeRefusal.TTE_OUT_OF_TIME: _(
        "Waktu tanda tangan di luar masa berlaku sertifikat atau di luar putaran."
    ),
    PledgeRefusal.MINUTES_SIGNED: _(
        "Berita acara sudah ditandatangani; catatan acara ini tidak diubah lagi."
    ),
    PledgeRefusal.MINUTES_UNSIGNED: _(
        "Ini berita acara yang belum ditandatangani. Unggah yang sudah ditandatangani."
    ),
    PledgeRefusal.ROUND_THERE: _("Putaran yang sama sudah dibuka; inilah putaran itu."),
    PledgeRefusal.CEREMONY_THERE: _("Acara yang sama sudah dicatat; inilah acara itu."),
    PledgeRefusal.ASKING_AGAIN: _(
        "Naskah putaran ini berubah, dan yang menandatangani naskah sebelumnya sedang diminta "
        "menandatangani lagi. Tutup putaran beberapa menit lagi."
    ),
}


class AlreadyThere(Refused):
    """What was to be made had just been made: the same thing, found under `public_id`."""

    def __init__(self, code: PledgeRefusal, public_id: UUID) -> None:
        """Carry the refusal, and where the thing is."""
        super().__init__(refusal(code))
        self.public_id = public_id


def refusal(code: PledgeRefusal) -> Refusal:
    """Return the refusal of this code with its sentence."""
    return Refusal(code=code, sentence=SENTENCES[code])


def refuse(code: PledgeRefusal) -> Refused:
    """Return the exception to raise for this code."""
    return Refused(refusal(code))
