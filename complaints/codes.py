"""The states, kinds and choices of complaints, with the words people see."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class CaseState(TextChoices):
    """Where a matter stands (penanganan); INTAKE until something in it is registered."""

    INTAKE = "INTAKE", _("Penerimaan")
    REGISTERED = "REGISTERED", _("Diregistrasi")
    CLARIFICATION = "CLARIFICATION", _("Klarifikasi")
    ASSESSMENT = "ASSESSMENT", _("Kajian")
    PLENARY = "PLENARY", _("Pleno")
    DECIDED = "DECIDED", _("Diputus")
    CLOSED = "CLOSED", _("Selesai")


class ReportState(TextChoices):
    """Where a report (laporan) stands."""

    SUBMITTED = "SUBMITTED", _("Terkirim daring")
    RECEIVED = "RECEIVED", _("Diterima")
    INITIAL_REVIEW = "INITIAL_REVIEW", _("Kajian awal")
    AWAITING_COMPLETION = "AWAITING_COMPLETION", _("Menunggu perbaikan")
    REGISTERED = "REGISTERED", _("Diregistrasi")
    NOT_REGISTERED = "NOT_REGISTERED", _("Tidak diregistrasi")
    TIP = "TIP", _("Dijadikan informasi awal")
    TRANSFERRED = "TRANSFERRED", _("Dilimpahkan")
    REFERRED = "REFERRED", _("Diteruskan")
    WITHDRAWN = "WITHDRAWN", _("Dicabut")


class TipState(TextChoices):
    """Where preliminary information (informasi awal) stands."""

    RECORDED = "RECORDED", _("Dicatat")
    TRACING = "TRACING", _("Penelusuran")
    FINDING = "FINDING", _("Menjadi temuan")
    REPORT = "REPORT", _("Menjadi laporan")
    REFERRED = "REFERRED", _("Diteruskan")
    TRANSFERRED = "TRANSFERRED", _("Dilimpahkan")
    CLOSED = "CLOSED", _("Ditutup")


class ReferralState(TextChoices):
    """Where a referral item (penerusan) stands."""

    SENT = "SENT", _("Dikirim")
    ACKNOWLEDGED = "ACKNOWLEDGED", _("Diterima instansi tujuan")
    RETURNED = "RETURNED", _("Dikembalikan")
    RECOMMENDED = "RECOMMENDED", _("Rekomendasi terbit")
    NOT_PROVEN = "NOT_PROVEN", _("Tidak terbukti")
    REJECTED = "REJECTED", _("Ditolak")
    CANCELLED = "CANCELLED", _("Dibatalkan")
    FOLLOW_UP = "FOLLOW_UP", _("Tindak lanjut PPK")
    SANCTIONED = "SANCTIONED", _("Sanksi dijatuhkan")
    NOT_FOLLOWED_UP = "NOT_FOLLOWED_UP", _("Tidak ditindaklanjuti")
    CONTROLLED = "CONTROLLED", _("Pengendalian")
    SUBJECT_INACTIVE = "SUBJECT_INACTIVE", _("Subjek tidak aktif")


class DraftState(TextChoices):
    """Where an unsent report stands."""

    OPEN = "OPEN", _("Draf")
    SENT = "SENT", _("Terkirim")
    EXPIRED = "EXPIRED", _("Kedaluwarsa")


class Source(TextChoices):
    """How an entry reached the office."""

    ONLINE = "ONLINE", _("Daring")
    COUNTER = "COUNTER", _("Datang langsung")
    TELEPHONE = "TELEPHONE", _("Telepon")
    LETTER = "LETTER", _("Surat")
    SBT = "SBT", _("Validasi SBT")
    LAPOR = "LAPOR", _("SP4N-LAPOR!")
    AUTHORITY = "AUTHORITY", _("Instansi lain")
    SUPERVISION = "SUPERVISION", _("Pengawasan sendiri")


class ReporterKind(TextChoices):
    """Who may report (Perbawaslu 7/2022 art. 8)."""

    VOTER = "VOTER", _("Warga negara yang berhak memilih")
    ATTORNEY = "ATTORNEY", _("Kuasa dari pelapor")
    PARTICIPANT = "PARTICIPANT", _("Peserta pemilihan")
    MONITOR = "MONITOR", _("Pemantau pemilihan")


class SignatureKind(TextChoices):
    """How the reporter signed a report that came online; it is compared with the card later."""

    TYPED = "TYPED", _("Diketik")
    DRAWN = "DRAWN", _("Digambar")


class PartyKind(TextChoices):
    """The part a person plays in a matter."""

    REPORTER = "REPORTER", _("Pelapor")
    RESPONDENT = "RESPONDENT", _("Terlapor")
    WITNESS = "WITNESS", _("Saksi")
    EXPERT = "EXPERT", _("Ahli")


class Precision(TextChoices):
    """How exactly the time of an incident is known."""

    EXACT = "EXACT", _("Tanggal dan jam diketahui")
    DAY = "DAY", _("Tanggal diketahui")
    ABOUT = "ABOUT", _("Kira-kira")
    ONGOING = "ONGOING", _("Masih berlangsung")


class HandlingRole(TextChoices):
    """What an office does in a matter."""

    RESPONSIBLE = "RESPONSIBLE", _("Menangani")
    DELEGATED = "DELEGATED", _("Mendapat delegasi")
    OBSERVING = "OBSERVING", _("Memantau")


class EvidenceKind(TextChoices):
    """What a piece of evidence is."""

    FILE = "FILE", _("Berkas")
    WEB = "WEB", _("Alamat web")
    CAPTURE = "CAPTURE", _("Tangkapan layar petugas")
    PHYSICAL = "PHYSICAL", _("Barang atau berkas fisik")


class EvidenceState(TextChoices):
    """Whether a file may be opened yet."""

    PENDING = "PENDING", _("Menunggu pemeriksaan")
    QUARANTINED = "QUARANTINED", _("Dikarantina")
    CLEAN = "CLEAN", _("Aman")
    REFUSED = "REFUSED", _("Ditolak")


class DerivativeKind(TextChoices):
    """What was made from an original."""

    CLEANED = "CLEANED", _("Salinan bersih")
    THUMBNAIL = "THUMBNAIL", _("Gambar kecil")
    REDACTED = "REDACTED", _("Salinan yang disamarkan")


class CustodyAct(TextChoices):
    """What happened to a piece of evidence; each is a link of its chain of custody."""

    RECEIVED = "RECEIVED", _("Diterima dan disegel")
    SCANNED = "SCANNED", _("Diperiksa pemindai")
    CLEANED = "CLEANED", _("Salinan bersih dibuat")
    KEPT = "KEPT", _("Disimpan tanpa salinan")
    QUARANTINED = "QUARANTINED", _("Dikarantina")
    REFUSED = "REFUSED", _("Salinan tidak dapat dibuat")
    VIEWED = "VIEWED", _("Salinan dilihat")
    DOWNLOADED = "DOWNLOADED", _("Berkas asli diunduh")
    REDACTED = "REDACTED", _("Disamarkan")
    PREPARED = "PREPARED", _("Disiapkan untuk penerima")
    DECLINED = "DECLINED", _("Ditolak pemeriksa kedua")
    RELEASED = "RELEASED", _("Dilepas untuk penerima")
    SENT = "SENT", _("Dikirim")
    CAPTURED = "CAPTURED", _("Ditangkap petugas")
    ORIGINAL_SEEN = "ORIGINAL_SEEN", _("Aslinya ditunjukkan kepada petugas")


class Carried(TextChoices):
    """What a file tells besides what it shows."""

    PLACE = "PLACE", _("tempat (koordinat)")
    DEVICE = "DEVICE", _("merek atau jenis ponsel")
    TIME = "TIME", _("waktu pembuatan")
    AUTHOR = "AUTHOR", _("nama pembuat atau pemilik")
    PROGRAM = "PROGRAM", _("program pembuatnya")
    ATTACHMENT = "ATTACHMENT", _("berkas lain di dalamnya")
    THUMBNAIL = "THUMBNAIL", _("gambar kecil dari sebelum disunting")


class RedactionState(TextChoices):
    """How far the wish for a redacted copy came."""

    WAITING = "WAITING", _("Sedang dibuat")
    DONE = "DONE", _("Jadi")
    REFUSED = "REFUSED", _("Tidak dapat dibuat")


class Audience(TextChoices):
    """For whom a copy was released after the disclosure check."""

    STAFF = "STAFF", _("Petugas")
    BODY = "BODY", _("Instansi tujuan")
    AGENCY = "AGENCY", _("Instansi kepegawaian")
    RESPONDENT = "RESPONDENT", _("Terlapor")


class CodeHolder(TextChoices):
    """Whose secret code it is."""

    REPORTER = "REPORTER", _("Pelapor")
    ATTORNEY = "ATTORNEY", _("Kuasa")
    RESPONDENT = "RESPONDENT", _("Terlapor")
    WITNESS = "WITNESS", _("Saksi")


class Verdict(TextChoices):
    """The judgement of one requirement."""

    MET = "MET", _("Terpenuhi")
    NOT_MET = "NOT_MET", _("Belum terpenuhi")


class IdentityCheck(TextChoices):
    """How the identity of a reporter was verified."""

    COUNTER = "COUNTER", _("Datang dan menunjukkan e-KTP")
    VISIT = "VISIT", _("Petugas mendatangi pelapor")
    VIDEO = "VIDEO", _("Panggilan video")
    ATTORNEY = "ATTORNEY", _("Melalui kuasa dengan surat kuasa khusus")


class NumberMode(TextChoices):
    """How a number was given."""

    NEXT = "NEXT", _("Nomor berikutnya")
    BLOCK = "BLOCK", _("Dari blok kertas")
    TYPED = "TYPED", _("Diketik dengan alasan")


class NumberState(TextChoices):
    """Whether a number is in use."""

    ISSUED = "ISSUED", _("Dipakai")
    RESERVED = "RESERVED", _("Dicadangkan")
    VOID = "VOID", pgettext_lazy("nomor", "Batal")


class MeetingMode(TextChoices):
    """How a plenary or a session is held."""

    PRESENT = "PRESENT", _("Tatap muka")
    ONLINE = "ONLINE", _("Daring")
    CIRCULAR = "CIRCULAR", _("Edaran")


class MeetingState(TextChoices):
    """Where a plenary meeting stands."""

    PLANNED = "PLANNED", _("Direncanakan")
    OPEN = "OPEN", _("Berlangsung")
    CLOSED = "CLOSED", _("Ditutup")
    CANCELLED = "CANCELLED", _("Dibatalkan")


class ItemOutcome(TextChoices):
    """What the plenary did with an agenda item."""

    PENDING = "PENDING", _("Belum diputus")
    ADOPTED = "ADOPTED", _("Disetujui")
    REJECTED = "REJECTED", _("Tidak disetujui")
    DEFERRED = "DEFERRED", _("Ditunda")


class Ballot(TextChoices):
    """One member's vote."""

    FOR = "FOR", _("Setuju")
    AGAINST = "AGAINST", _("Tidak setuju")
    ABSTAIN = "ABSTAIN", _("Abstain")


class SessionState(TextChoices):
    """Where a clarification session stands."""

    PLANNED = "PLANNED", _("Dijadwalkan")
    HELD = "HELD", _("Terlaksana")
    ABSENT = "ABSENT", _("Tidak hadir")
    CANCELLED = "CANCELLED", _("Dibatalkan")


class Oath(TextChoices):
    """Whether the person was sworn (Perbawaslu 7/2022 art. 30)."""

    NOT_ASKED = "NOT_ASKED", _("Belum ditanyakan")
    SWORN = "SWORN", _("Disumpah atau berjanji")
    REFUSED = "REFUSED", _("Menolak disumpah")


class Channel(TextChoices):
    """How a document was handed over."""

    DIRECT = "DIRECT", _("Langsung")
    POST = "POST", _("Pos")
    EMAIL = "EMAIL", _("Surel")
    PORTAL = "PORTAL", _("Halaman pelacakan")
    TELECOM = "TELECOM", _("Telepon atau pesan")
    SYSTEM = "SYSTEM", _("Sistem instansi tujuan")


class Direction(TextChoices):
    """Who wrote a message."""

    FROM_OFFICE = "FROM_OFFICE", _("Dari kantor")
    FROM_PARTY = "FROM_PARTY", _("Dari Anda")


class ExternalSystem(TextChoices):
    """Whose tracking number it is."""

    SBT = "SBT", _("SBT BKN")
    SIAPNET = "SIAPNET", _("SIAPNET")
    LAPOR = "LAPOR", _("SP4N-LAPOR!")
    IDIS = "IDIS", _("I'DIS")
    SIGAPLAPOR = "SIGAPLAPOR", _("SigapLapor")
    LETTER = "LETTER", _("Surat")


class SanctionState(TextChoices):
    """The life of a sanction; those imposed, upheld, changed and executed are in force.

    An objection goes to the authority that imposed it, an appeal to the board above (PP 79/2021).
    """

    IMPOSED = "IMPOSED", _("Dijatuhkan")
    OBJECTED = "OBJECTED", _("Diajukan keberatan")
    APPEALED = "APPEALED", _("Diajukan banding administratif ke BPASN")
    UPHELD = "UPHELD", _("Dikuatkan")
    CHANGED = "CHANGED", _("Diubah")
    ANNULLED = "ANNULLED", _("Dibatalkan")
    EXECUTED = "EXECUTED", _("Dilaksanakan")


class DataRequestKind(TextChoices):
    """What somebody asks about their own data (UU 27/2022 art. 6, 8)."""

    ERASURE = "ERASURE", _("Penghapusan")
    CORRECTION = "CORRECTION", _("Perbaikan")


class Sex(TextChoices):
    """What the identity card says."""

    MALE = "L", _("Laki-laki")
    FEMALE = "P", _("Perempuan")


class DataAnswer(TextChoices):
    """What the office answered."""

    ERASED = "ERASED", _("Dihapus seluruhnya")
    CONTACTS_ERASED = "CONTACTS_ERASED", _("Alamat kontak dihapus")
    CORRECTED = "CORRECTED", _("Diperbaiki")
    REFUSED = "REFUSED", _("Ditolak")


class Deviation(TextChoices):
    """How the body answered a sanction of another class than it had recommended."""

    WAITING = "WAITING", _("menunggu jawaban instansi yang merekomendasikan")
    ACCEPTED = "ACCEPTED", _("diterima instansi yang merekomendasikan")
    REFUSED = "REFUSED", _("ditolak instansi yang merekomendasikan")


class ControlKind(TextChoices):
    """What BKN did when the appointing authority did not act."""

    WARNING = "WARNING", _("Teguran")
    BLOCK = "BLOCK", _("Pemblokiran layanan SIASN")


class Standing(TextChoices):
    """In which capacity somebody asks for information of a case."""

    RESPONDENT = "RESPONDENT", _("Terlapor")
    REPORTER = "REPORTER", _("Pelapor")
    WITNESS = "WITNESS", _("Saksi")
    AUTHORITY = "AUTHORITY", _("Instansi")
    PRESS = "PRESS", _("Pers")
    PUBLIC = "PUBLIC", _("Warga lain")


class InformationAnswer(TextChoices):
    """What became of a request for information (UU 14/2008)."""

    GRANTED = "GRANTED", _("Dikabulkan")
    PARTLY = "PARTLY", _("Dikabulkan sebagian")
    REFUSED = "REFUSED", _("Ditolak")


class TaskAnswer(TextChoices):
    """What the office answers to another system."""

    CONFIRMED = "CONFIRMED", _("Benar dan ditangani")
    KNOWN = "KNOWN", _("Sudah ditangani dalam berkas lain")
    NOT_OURS = "NOT_OURS", _("Bukan wewenang pengawas pemilihan")
    UNFOUNDED = "UNFOUNDED", _("Tidak ada petunjuk yang dapat ditelusuri")


class LetterState(TextChoices):
    """The life of a letter; an issued one never changes."""

    DRAFT = "DRAFT", _("Konsep")
    ISSUED = "ISSUED", _("Terbit")
    SUPERSEDED = "SUPERSEDED", _("Digantikan")
    DROPPED = "DROPPED", _("Tidak jadi")


class LetterTemplate(TextChoices):
    """From which prepared text a letter starts."""

    PLAIN = "PLAIN", _("Surat biasa")
    DATA_TO_AGENCY = "DATA_TO_AGENCY", _("Permintaan data kepegawaian kepada instansi")
    HELP_TO_AUTHORITY = "HELP_TO_AUTHORITY", _("Permintaan bantuan kepada instansi lain")
    REMINDER = "REMINDER", _("Pengingat tindak lanjut rekomendasi")
    COVER = "COVER", _("Surat pengantar")


class AlertKind(TextChoices):
    """When a saved view tells that something is in it."""

    AT_ONCE = "AT_ONCE", _("Segera setiap ada yang baru")
    DAILY = "DAILY", _("Sekali sehari, bila ada isinya")
    THRESHOLD = "THRESHOLD", _("Bila isinya mencapai jumlah tertentu")
