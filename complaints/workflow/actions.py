"""What can be done, with the words on the buttons."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportAction(TextChoices):
    """The steps of a report (laporan)."""

    SUBMIT = "SUBMIT", _("Kirim laporan")
    REROUTE = "REROUTE", _("Arahkan ke kantor lain")
    RECEIVE = "RECEIVE", _("Terima laporan")
    TAKE_AS_TIP = "TAKE_AS_TIP", _("Catat sebagai informasi awal")
    START_REVIEW = "START_REVIEW", _("Mulai kajian awal")
    ASK_FOR_COMPLETION = "ASK_FOR_COMPLETION", _("Minta perbaikan")
    COMPLETE = "COMPLETE", _("Terima perbaikan")
    REGISTER = "REGISTER", _("Registrasi")
    DECLINE = "DECLINE", _("Tidak diregistrasi")
    MAKE_TIP = "MAKE_TIP", _("Jadikan informasi awal")
    TRANSFER = "TRANSFER", _("Limpahkan")
    ACCEPT_TRANSFER = "ACCEPT_TRANSFER", _("Terima pelimpahan")
    REFER = "REFER", _("Teruskan ke instansi berwenang")
    WITHDRAW = "WITHDRAW", _("Cabut laporan")
    RECORD_WITHDRAWAL = "RECORD_WITHDRAWAL", _("Catat pencabutan setelah registrasi")


class TipAction(TextChoices):
    """The steps of preliminary information (informasi awal)."""

    RECORD = "RECORD", _("Catat informasi awal")
    TRACE = "TRACE", _("Mulai penelusuran")
    SET_FINDING = "SET_FINDING", _("Tetapkan sebagai temuan")
    REFER = "REFER", _("Teruskan ke instansi berwenang")
    IDENTIFY = "IDENTIFY", _("Jadikan laporan")
    TRANSFER = "TRANSFER", _("Limpahkan")
    ACCEPT_TRANSFER = "ACCEPT_TRANSFER", _("Terima pelimpahan")
    CLOSE = "CLOSE", _("Tutup informasi awal")


class CaseAction(TextChoices):
    """The steps of a case (penanganan)."""

    REGISTER = "REGISTER", _("Buka penanganan")
    CLARIFY = "CLARIFY", _("Mulai klarifikasi")
    ASSESS = "ASSESS", _("Mulai kajian")
    BRING_TO_PLENARY = "BRING_TO_PLENARY", _("Bawa ke pleno")
    SEND_BACK = "SEND_BACK", _("Kembalikan ke kajian")
    EXTEND = "EXTEND", _("Perpanjang penanganan")
    TAKE_OVER = "TAKE_OVER", _("Ambil alih")
    DECIDE = "DECIDE", _("Tetapkan hasil")
    CLOSE = "CLOSE", _("Selesaikan penanganan")
    CLOSE_INTAKE = "CLOSE_INTAKE", _("Tutup berkas")
    REOPEN_INTAKE = "REOPEN_INTAKE", _("Buka kembali berkas")
    JOIN = "JOIN", _("Gabungkan ke berkas lain")
    SPLIT = "SPLIT", _("Pisahkan dari berkas lain")
    SPLIT_CASE = "SPLIT_CASE", _("Pisahkan sebagai perkara sendiri")
    REOPEN = "REOPEN", _("Buka kembali")


class ReferralAction(TextChoices):
    """The steps of a referral item (penerusan); RECORD_… are taken from another authority's paper."""

    SEND = "SEND", _("Kirim penerusan")
    ACKNOWLEDGE = "ACKNOWLEDGE", _("Nyatakan diterima")
    RECORD_ACKNOWLEDGE = "RECORD_ACKNOWLEDGE", _("Catat tanda terima instansi")
    RETURN = "RETURN", _("Kembalikan")
    RECORD_RETURN = "RECORD_RETURN", _("Catat pengembalian")
    ASK_FOR_MORE = "ASK_FOR_MORE", _("Minta tambahan")
    RECORD_ASK_FOR_MORE = "RECORD_ASK_FOR_MORE", _("Catat permintaan tambahan")
    RESEND = "RESEND", _("Kirim ulang")
    READDRESS = "READDRESS", _("Alihkan ke instansi penerus")
    CANCEL = "CANCEL", _("Batalkan")
    RECORD_CANCEL = "RECORD_CANCEL", _("Catat pembatalan oleh instansi")
    RECOMMEND = "RECOMMEND", _("Terbitkan rekomendasi")
    RECORD_RECOMMEND = "RECORD_RECOMMEND", _("Catat rekomendasi")
    FIND_NOT_PROVEN = "FIND_NOT_PROVEN", _("Nyatakan tidak terbukti")
    RECORD_NOT_PROVEN = "RECORD_NOT_PROVEN", _("Catat putusan tidak terbukti")
    REJECT = "REJECT", _("Tolak")
    RECORD_REJECT = "RECORD_REJECT", _("Catat penolakan")
    START_FOLLOW_UP = "START_FOLLOW_UP", _("Mulai tindak lanjut")
    RECORD_FOLLOW_UP = "RECORD_FOLLOW_UP", _("Catat tindak lanjut PPK")
    SANCTION = "SANCTION", _("Catat keputusan sanksi")
    RECORD_SANCTION = "RECORD_SANCTION", _("Catat sanksi dari surat")
    ACCEPT_DEVIATION = "ACCEPT_DEVIATION", _("Terima penyimpangan dari rekomendasi")
    RECORD_ACCEPT_DEVIATION = "RECORD_ACCEPT_DEVIATION", _("Catat penyimpangan diterima")
    REFUSE_DEVIATION = "REFUSE_DEVIATION", _("Tolak penyimpangan dari rekomendasi")
    RECORD_REFUSE_DEVIATION = "RECORD_REFUSE_DEVIATION", _("Catat penyimpangan ditolak")
    MARK_NOT_FOLLOWED_UP = "MARK_NOT_FOLLOWED_UP", _("Nyatakan tidak ditindaklanjuti")
    RECORD_NOT_FOLLOWED_UP = "RECORD_NOT_FOLLOWED_UP", _("Catat tidak ditindaklanjuti")
    CONTROL = "CONTROL", _("Lakukan pengendalian")
    RECORD_CONTROL = "RECORD_CONTROL", _("Catat pengendalian")
    LIFT_CONTROL = "LIFT_CONTROL", _("Cabut pengendalian")
    RECORD_LIFT_CONTROL = "RECORD_LIFT_CONTROL", _("Catat pencabutan pengendalian")
    MARK_INACTIVE = "MARK_INACTIVE", _("Subjek tidak aktif lagi")
    MARK_ACTIVE_AGAIN = "MARK_ACTIVE_AGAIN", _("Subjek aktif kembali")
