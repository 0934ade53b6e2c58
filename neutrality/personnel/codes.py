"""The closed vocabularies of personnel."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
