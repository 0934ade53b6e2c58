"""The closed vocabularies of organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionLevel(models.TextChoices):
    """What kind of area a region is."""

    PROVINCE = "PROVINCE", _("Provinsi")
    REGENCY = "REGENCY", _("Kabupaten")
    CITY = "CITY", _("Kota")
    DISTRICT = "DISTRICT", _("Kecamatan")


class TimeZone(models.TextChoices):
    """The three legal times of Indonesia (Keppres 41/1987)."""

    WIB = "Asia/Jakarta", _("WIB")
    WITA = "Asia/Makassar", _("WITA")
    WIT = "Asia/Jayapura", _("WIT")


class AgencyKind(models.TextChoices):
    """Whose civil servants an agency employs."""

    MINISTRY = "MINISTRY", _("Kementerian")
    CENTRAL = "CENTRAL", _("Lembaga pusat")
    PROVINCE = "PROVINCE", _("Pemerintah provinsi")
    REGENCY = "REGENCY", _("Pemerintah kabupaten")
    CITY = "CITY", _("Pemerintah kota")
    OTHER = "OTHER", _("Instansi lain")


class UnitKind(models.TextChoices):
    """What kind of unit stands in the tree of an agency (PP 18/2016)."""

    SECRETARIAT = "SECRETARIAT", _("Sekretariat Daerah")
    COUNCIL_SECRETARIAT = "COUNCIL_SECRETARIAT", _("Sekretariat DPRD")
    INSPECTORATE = "INSPECTORATE", _("Inspektorat")
    SERVICE = "SERVICE", _("Dinas")
    BOARD = "BOARD", _("Badan")
    POLICE_UNIT = "POLICE_UNIT", _("Satuan Polisi Pamong Praja")
    SECTION = "SECTION", _("Bagian atau bidang")
    SUBSECTION = "SUBSECTION", _("Subbagian atau seksi")
    DISTRICT = "DISTRICT", _("Kecamatan")
    WARD = "WARD", _("Kelurahan")
    TECHNICAL = "TECHNICAL", _("UPTD")
    HOSPITAL = "HOSPITAL", _("Rumah sakit")
    HEALTH_CENTRE = "HEALTH_CENTRE", _("Puskesmas")
    SCHOOL = "SCHOOL", _("Sekolah")
    DIRECTORATE = "DIRECTORATE", _("Direktorat atau deputi")
    OTHER = "OTHER", _("Unit lain")


class SuccessionKind(models.TextChoices):
    """How units became other units."""

    MERGE = "MERGE", _("Penggabungan")
    SPLIT = "SPLIT", _("Pemecahan")
    RENAME = "RENAME", _("Perubahan nama")
