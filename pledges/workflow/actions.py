"""The steps of a duty to sign, with the words on their buttons."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ObligationAction(TextChoices):
    """The steps of one person's obligation (pakta)."""

    INVITE = "INVITE", _("Undang")
    SIGN = "SIGN", _("Tanda tangani")
    SIGN_ATTENDED = "SIGN_ATTENDED", _("Tanda tangani di hadapan petugas")
    RECORD_PAPER = "RECORD_PAPER", _("Catat tanda tangan di kertas")
    VERIFY = "VERIFY", _("Verifikasi tanda tangan")
    ANNUL = "ANNUL", _("Batalkan tanda tangan")
    ASK_AGAIN = "ASK_AGAIN", _("Minta tanda tangan untuk naskah baru")
    COUNT_AGAIN = "COUNT_AGAIN", _("Nyatakan tanda tangan berlaku kembali")
    REFUSE = "REFUSE", _("Menolak menandatangani")
    RECORD_REFUSAL = "RECORD_REFUSAL", _("Catat penolakan")
    EXEMPT = "EXEMPT", _("Kecualikan")
    LIFT_EXEMPTION = "LIFT_EXEMPTION", _("Cabut pengecualian")
    LAPSE = "LAPSE", _("Nyatakan lewat batas waktu")
    END = "END", _("Akhiri kewajiban")
    RESUME = "RESUME", _("Berlakukan kembali")
