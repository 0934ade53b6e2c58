"""The closed vocabularies of personnel."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class NumberKind(models.TextChoices):
    """Which number names a person; none of the first two is stable for life."""

    NIP = "NIP", _("NIP")
    NI_PPPK = "NI_PPPK", _("NI PPPK")
    NIK = "NIK", _("NIK")


class PositionClass(models.TextChoices):
    """The position groups that the civil-service statistics count."""

    JPT = "JPT", _("Jabatan pimpinan tinggi")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrator")
    SUPERVISOR = "SUPERVISOR", _("Pengawas")
    FUNCTIONAL = "FUNCTIONAL", _("Fungsional")
    EXECUTIVE = "EXECUTIVE", _("Pelaksana")
    CAMAT = "CAMAT", _("Camat")
    LURAH = "LURAH", _("Lurah")
    OTHER = "OTHER", _("Lainnya")


class Assignment(models.TextChoices):
    """Whether a position is the person's own, held for another, or on loan."""

    MAIN = "MAIN", _("Jabatan definitif")
    ACTING = "ACTING", _("Pelaksana tugas")
    SECONDED = "SECONDED", _("Diperbantukan")


class EndReason(models.TextChoices):
    """Why a position is no longer held."""

    MOVED = "MOVED", _("Pindah jabatan atau unit kerja")
    TRANSFERRED = "TRANSFERRED", _("Pindah instansi")
    RETIRED = "RETIRED", _("Pensiun")
    DIED = "DIED", _("Meninggal dunia")
    RESIGNED = "RESIGNED", _("Mengundurkan diri")
    DISMISSED = "DISMISSED", _("Diberhentikan")
    CONTRACT_END = "CONTRACT_END", _("Masa perjanjian kerja berakhir")
    NOT_LISTED = "NOT_LISTED", _("Tidak tercantum lagi dalam data instansi")
    OTHER = "OTHER", _("Sebab lain")


class ImportSource(models.TextChoices):
    """How the data came."""

    FILE = "FILE", _("Berkas")
    API = "API", _("API")


class FileKind(models.TextChoices):
    """What the file is."""

    CSV = "CSV", _("CSV")
    XLSX = "XLSX", _("Excel (XLSX)")


class ImportState(models.TextChoices):
    """Where an import is."""

    UPLOADED = "UPLOADED", _("Menunggu pemetaan kolom")
    READING = "READING", _("Sedang dibaca")
    UNITS = "UNITS", _("Menunggu keputusan unit kerja")
    CHECKING = "CHECKING", _("Sedang dibandingkan")
    CHECKED = "CHECKED", _("Menunggu persetujuan")
    APPLYING = "APPLYING", _("Sedang diterapkan")
    APPLIED = "APPLIED", _("Diterapkan")
    DISCARDED = "DISCARDED", _("Dibatalkan")
    FAILED = "FAILED", _("Gagal dibaca")


class ChangeKind(models.TextChoices):
    """What the data says differently from the roster."""

    NEW = "NEW", _("Baru")
    CHANGED = "CHANGED", _("Berubah")
    MOVED = "MOVED", _("Pindah unit")
    CARRIED = "CARRIED", _("Ikut unit penerusnya")
    LEFT = "LEFT", pgettext_lazy("perubahan daftar pegawai", "Keluar")
    NEWER = "NEWER", _("Catatan di sini lebih baru")
