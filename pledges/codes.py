"""The closed vocabularies of pledges."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundKind(models.TextChoices):
    """Who signs in a round."""

    INDIVIDUAL = "INDIVIDUAL", _("Setiap pegawai menandatangani sendiri")
    REPRESENTATIVE = "REPRESENTATIVE", _("Perwakilan menandatangani")
    BOTH = "BOTH", _("Perwakilan dan setiap pegawai")


class ObligationState(models.TextChoices):
    """Where one person's duty to sign is."""

    DUE = "DUE", _("Wajib")
    INVITED = "INVITED", _("Diundang")
    SIGNED = "SIGNED", _("Menandatangani")
    VERIFIED = "VERIFIED", _("Terverifikasi")
    REFUSED = "REFUSED", _("Menolak")
    EXEMPT = "EXEMPT", _("Dikecualikan")
    LAPSED = "LAPSED", _("Lewat batas waktu")
    ENDED = "ENDED", _("Berakhir")


HAS_SIGNED: Final = (ObligationState.SIGNED, ObligationState.VERIFIED)
NOT_COUNTED: Final = (ObligationState.EXEMPT, ObligationState.ENDED)
"""Who need not sign (any more) is neither in the numerator nor in the denominator."""


class SignatureKind(models.TextChoices):
    """How a signature was given; a click is never called TTE."""

    CLICK = "CLICK", _("Mengetik nama pada halaman daring")
    DRAWN = "DRAWN", _("Menggambar tanda tangan pada layar")
    PAPER = "PAPER", _("Tanda tangan basah di atas kertas")
    TTE = "TTE", _("Tanda tangan elektronik tersertifikasi")


class Assurance(models.TextChoices):
    """What shows that it was this person."""

    ONE_TIME_CODE = "ONE_TIME_CODE", _("Kode sekali pakai ke alamat yang dikenal")
    ATTENDED = "ATTENDED", _("Petugas melihat kartu pegawai")
    PERSONAL_CODE = "PERSONAL_CODE", _("Kode cetak pribadi")
    PAPER = "PAPER", _("Lembar kertas bertanda tangan")
    TTE = "TTE", _("Sertifikat elektronik")


SEEN_BY_A_PERSON: Final = (Assurance.PAPER, Assurance.ATTENDED)
"""Assurances that somebody else has still to verify."""


class SigningChannel(models.TextChoices):
    """By which way a signature came."""

    LINK = "LINK", _("Tautan pribadi")
    WALL = "WALL", _("Kode QR bersama")
    PRINT = "PRINT", _("Kode cetak pribadi")
    KIOSK = "KIOSK", _("Layar di tempat acara")
    SHEET = "SHEET", _("Lembar kertas")
    UPLOAD = "UPLOAD", _("Berkas yang diunggah")


class CodeKind(models.TextChoices):
    """What a signing code is for."""

    LINK = "LINK", _("Tautan pribadi")
    ONE_TIME = "ONE_TIME", _("Kode sekali pakai")
    PRINTED = "PRINTED", _("Kode cetak")


class WallKind(models.TextChoices):
    """What a QR code on a wall opens."""

    SIGN = "SIGN", _("Menandatangani")
    ATTEND = "ATTEND", _("Mencatat kehadiran")


class PageOutcome(models.TextChoices):
    """What became of one page of a scan."""

    WAITING = "WAITING", _("Menunggu dibaca")
    RECORDED = "RECORDED", _("Tanda tangan dicatat")
    UNREADABLE = "UNREADABLE", _("Kode tidak terbaca")
    REFUSED = "REFUSED", _("Tidak dapat dicatat")
    SECOND = "SECOND", _("Menunggu petugas kedua")
    DISMISSED = "DISMISSED", _("Dikesampingkan")


TO_BE_READ: Final = (PageOutcome.UNREADABLE, PageOutcome.REFUSED)
"""Pages of which a person must say what they are."""


class AttendanceWay(models.TextChoices):
    """How somebody's attendance became known."""

    QR = "QR", _("Kode QR")
    LIST = "LIST", _("Daftar hadir")


class RoundChangeKind(models.TextChoices):
    """What of a round was changed while it ran."""

    EXTENDED = "EXTENDED", _("Diperpanjang")
    TEXT = "TEXT", _("Naskah diganti")


class ExemptionGround(models.TextChoices):
    """Why somebody need not sign."""

    UNPAID_LEAVE = "UNPAID_LEAVE", _("Cuti di luar tanggungan negara")
    LONG_ILLNESS = "LONG_ILLNESS", _("Sakit berkepanjangan")
    STUDY_ABROAD = "STUDY_ABROAD", _("Tugas belajar di luar negeri")
    SECONDED_AWAY = "SECONDED_AWAY", _("Menandatangani di instansi lain")
    OTHER = "OTHER", _("Alasan lain")


class CeremonyKind(models.TextChoices):
    """What kind of ceremony it is."""

    OATH = "OATH", _("Ikrar")
    DECLARATION = "DECLARATION", _("Deklarasi")
    SIGNING = "SIGNING", _("Penandatanganan")
    MEETING = "MEETING", _("Rapat")
    OUTREACH = "OUTREACH", _("Sosialisasi")


class CeremonyPart(models.TextChoices):
    """What somebody did at a ceremony."""

    LEADER = "LEADER", _("Pemimpin")
    GUIDE = "GUIDE", _("Pemandu ikrar")
    WITNESS = "WITNESS", _("Saksi")
    SPEAKER = "SPEAKER", _("Narasumber")
    REPRESENTATIVE = "REPRESENTATIVE", _("Perwakilan")
    GUEST = "GUEST", _("Undangan")


class GapReason(models.TextChoices):
    """Why somebody has not signed, as far as the system knows."""

    NO_CONTACT = "NO_CONTACT", _("Belum ada surel atau telepon")
    NOT_INVITED = "NOT_INVITED", _("Belum diundang")
    BOUNCED = "BOUNCED", _("Pesan tidak sampai")
    NOT_OPENED = "NOT_OPENED", _("Undangan belum dibuka")
    OPENED = "OPENED", _("Tautan dibuka, belum menandatangani")
    AWAY = "AWAY", _("Sedang cuti atau tugas")
    TRAINING = "TRAINING", _("Sedang pelatihan")
    REFUSED = "REFUSED", _("Menolak")
    LAPSED = "LAPSED", _("Lewat batas waktu")


class AbsenceKind(models.TextChoices):
    """Why somebody cannot sign for a while."""

    LEAVE = "LEAVE", _("Cuti")
    SICK = "SICK", _("Sakit")
    TRAINING = "TRAINING", _("Pelatihan")
    DUTY = "DUTY", _("Tugas luar")


class ReminderStep(models.TextChoices):
    """Whom a round reminds, in the order of the plan."""

    FIRST = "FIRST", _("Pengingat pertama")
    SECOND = "SECOND", _("Pengingat kedua")
    HEAD = "HEAD", _("Kepada kepala unit")
    SECRETARY = "SECRETARY", _("Kepada Sekretaris Daerah")


class ReminderOutcome(models.TextChoices):
    """What became of a reminder."""

    SENT = "SENT", _("Terkirim")
    SIGNED = "SIGNED", _("Tidak perlu: sudah menandatangani")
    NOT_ASKED = "NOT_ASKED", _("Tidak perlu: tidak lagi ditagih")
    NO_CONTACT = "NO_CONTACT", _("Tidak terkirim: tanpa alamat")
    CLOSED = "CLOSED", _("Tidak perlu: putaran ditutup")
