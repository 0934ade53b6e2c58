"""Regions, supervisory offices, agencies with their unit trees, referral bodies."""

import uuid
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.audit.actor import OrgRef
from neutrality.law.codes import BodyKind, Certainty, OfficeLevel
from neutrality.law.labels import choices
from neutrality.organisations.codes import (
    AgencyKind,
    RegionLevel,
    SuccessionKind,
    TimeZone,
    UnitKind,
)
from neutrality.organisations.validity import (
    Dated,
    DatedQuerySet,
    no_overlap,
    one_of,
    ordered_dates,
    path_segment,
)

certainties = partial(choices, Certainty)
office_levels = partial(choices, OfficeLevel)
body_kinds = partial(choices, BodyKind)

# These stand alone in each region; every other kind has one national head.
LOCAL_BODY_KINDS = (BodyKind.AGENCY, BodyKind.VILLAGE_SUPERVISION)


def trigram_index(name: str) -> GinIndex:
    """Finds a name by a piece of it, or by one that is nearly it."""
    return GinIndex(name=name, fields=["name"], opclasses=["gin_trgm_ops"])


class Region(models.Model):
    """A province, regency, city or district by its code of the Ministry of Home Affairs."""

    code = models.CharField(_("kode"), max_length=13, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    level = models.CharField(_("tingkat"), max_length=10, choices=RegionLevel)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("induk"),
    )
    time_zone = models.CharField(_("zona waktu"), max_length=20, choices=TimeZone)

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        ordering = ["code"]
        constraints = [
            one_of("region", "level", RegionLevel),
            one_of("region", "time_zone", TimeZone),
            models.CheckConstraint(
                name="region_below_a_province_has_a_parent",
                condition=Q(level="PROVINCE", parent__isnull=True)
                | (~Q(level="PROVINCE") & Q(parent__isnull=False)),
            ),
            models.CheckConstraint(
                name="region_code_fits_its_level",
                condition=Q(level="PROVINCE", code__regex=r"^\d\d$")
                | Q(level="REGENCY", code__regex=r"^\d\d\.[0-6]\d$")
                | Q(level="CITY", code__regex=r"^\d\d\.[789]\d$")
                | Q(level="DISTRICT", code__regex=r"^\d\d\.\d\d\.\d\d$"),
            ),
        ]
        indexes = [trigram_index("region_name_trigrams")]

    def __str__(self) -> str:
        return self.name

    @property
    def tz(self) -> ZoneInfo:
        """The zone whose days are the legal days here."""
        return ZoneInfo(self.time_zone)

    @property
    def lineage(self) -> tuple[str, ...]:
        """The codes from the province down to this region: `("35", "35.71")`."""
        parts = self.code.split(".")
        return tuple(".".join(parts[: depth + 1]) for depth in range(len(parts)))


ROOT_OFFICE: Final = "RI"
"""The path of the office of the whole country, below which every other lies."""


class Office(Dated):
    """A supervisory office; a district's supervisors are an office while an election runs."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code_bawaslu = models.CharField(_("kode kantor"), max_length=12, null=True, blank=True)  # noqa: DJ001  unknown codes are not equal
    code_certainty = models.CharField(
        _("kepastian kode"), max_length=10, choices=certainties, default=Certainty.UNCERTAIN
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        verbose_name=_("wilayah"),
    )
    level = models.CharField(_("tingkat"), max_length=10, choices=office_levels)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("induk"),
    )
    path = models.CharField(_("jalur"), max_length=60, editable=False)
    name = models.CharField(_("nama"), max_length=160)
    address = models.TextField(_("alamat"), blank=True)
    phone = models.CharField(_("telepon"), max_length=40, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    time_zone = models.CharField(_("zona waktu"), max_length=20, choices=TimeZone)
    members = models.PositiveSmallIntegerField(_("jumlah anggota"))
    members_certainty = models.CharField(
        _("kepastian jumlah anggota"),
        max_length=10,
        choices=certainties,
        default=Certainty.MEMORY,
    )

    objects = DatedQuerySet["Office"].as_manager()

    class Meta:
        verbose_name = _("kantor pengawas")
        verbose_name_plural = _("kantor pengawas")
        ordering = ["path"]
        constraints = [
            ordered_dates("office"),
            one_of("office", "level", OfficeLevel),
            one_of("office", "time_zone", TimeZone),
            one_of("office", "code_certainty", Certainty),
            one_of("office", "members_certainty", Certainty),
            no_overlap("office_one_per_path_and_day", "path"),
            no_overlap("office_one_per_code_and_day", "code_bawaslu"),
            models.CheckConstraint(
                name="office_below_the_national_one_has_region_and_parent",
                condition=Q(level=OfficeLevel.RI, region__isnull=True, parent__isnull=True)
                | (~Q(level=OfficeLevel.RI) & Q(region__isnull=False, parent__isnull=False)),
            ),
            models.CheckConstraint(
                name="office_district_has_dates",
                condition=~Q(level=OfficeLevel.DISTRICT)
                | Q(valid_from__isnull=False, valid_until__isnull=False),
            ),
            models.CheckConstraint(
                name="office_has_three_to_seven_members",
                condition=Q(members__gte=3, members__lte=7),
            ),
            models.CheckConstraint(
                name="office_code_is_empty_or_written", condition=~Q(code_bawaslu="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["path"], name="office_path_prefix", opclasses=["varchar_pattern_ops"]
            ),
            trigram_index("office_name_trigrams"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tz(self) -> ZoneInfo:
        """The zone whose days are this office's legal days."""
        return ZoneInfo(self.time_zone)

    @property
    def area_codes(self) -> tuple[str, ...]:
        """The region codes that its path names, widest first; empty for the national office."""
        return tuple(self.path.split("/")[1:])

    def ref(self) -> OrgRef:
        """The office named without its table."""
        return OrgRef(kind="office", id=self.pk, path=self.path)


class Agency(Dated):
    """An employer of civil servants with one appointing authority."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("kode"), max_length=40)
    name = models.CharField(_("nama"), max_length=160)
    kind = models.CharField(_("jenis"), max_length=10, choices=AgencyKind)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agencies",
        verbose_name=_("wilayah"),
    )
    path = models.CharField(_("jalur"), max_length=40, editable=False)
    appointing_authority = models.CharField(_("pejabat pembina kepegawaian"), max_length=160)
    hr_email = models.EmailField(_("surel kepegawaian"), blank=True)

    objects = DatedQuerySet["Agency"].as_manager()

    class Meta:
        verbose_name = _("instansi")
        verbose_name_plural = _("instansi")
        ordering = ["name", "pk"]
        constraints = [
            ordered_dates("agency"),
            one_of("agency", "kind", AgencyKind),
            path_segment("agency"),
            no_overlap("agency_one_per_code_and_day", "code"),
            models.CheckConstraint(name="agency_path_is_its_code", condition=Q(path=F("code"))),
        ]
        indexes = [trigram_index("agency_name_trigrams")]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> OrgRef:
        """The agency named without its table."""
        return OrgRef(kind="agency", id=self.pk, path=self.path)


class Unit(Dated):
    """A unit of an agency, at any depth; its path begins with the agency's."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="units", verbose_name=_("instansi")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("induk"),
    )
    code = models.CharField(_("kode"), max_length=40)
    path = models.CharField(_("jalur"), max_length=400, editable=False)
    name = models.CharField(_("nama"), max_length=200)
    kind = models.CharField(_("jenis"), max_length=20, choices=UnitKind)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("wilayah"),
    )

    objects = DatedQuerySet["Unit"].as_manager()

    class Meta:
        verbose_name = _("unit kerja")
        verbose_name_plural = _("unit kerja")
        ordering = ["path", "pk"]
        constraints = [
            ordered_dates("unit"),
            one_of("unit", "kind", UnitKind),
            path_segment("unit"),
            no_overlap("unit_one_per_code_and_day", "agency", "code"),
            models.UniqueConstraint(fields=["id", "agency"], name="unit_with_its_agency"),
            models.CheckConstraint(name="unit_is_not_its_own_parent", condition=~Q(parent=F("pk"))),
        ]
        indexes = [
            models.Index(
                fields=["path"], name="unit_path_prefix", opclasses=["varchar_pattern_ops"]
            ),
            trigram_index("unit_name_trigrams"),
        ]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> OrgRef:
        """The unit named without its table."""
        return OrgRef(kind="unit", id=self.pk, path=self.path)


class UnitSuccession(models.Model):
    """Which units became which, from what day, by what decree."""

    kind = models.CharField(_("jenis"), max_length=10, choices=SuccessionKind)
    decree = models.CharField(_("dasar"), max_length=200)
    effective_on = models.DateField(_("berlaku sejak"))
    predecessors = models.ManyToManyField(Unit, related_name="became")
    successors = models.ManyToManyField(Unit, related_name="came_from")

    class Meta:
        verbose_name = _("perubahan unit kerja")
        verbose_name_plural = _("perubahan unit kerja")
        ordering = ["effective_on", "pk"]
        constraints = [
            one_of("unit_succession", "kind", SuccessionKind),
            models.CheckConstraint(name="unit_succession_has_a_decree", condition=~Q(decree="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.effective_on}"


class ReferralBody(Dated):
    """An authority to which matters are referred, and its regional offices."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("kode"), max_length=40)
    kind = models.CharField(_("jenis"), max_length=20, choices=body_kinds)
    name = models.CharField(_("nama"), max_length=200)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("induk"),
    )
    succeeds = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="succeeded_by",
        verbose_name=_("menggantikan"),
    )
    path = models.CharField(_("jalur"), max_length=160, editable=False)
    address = models.TextField(_("alamat"), blank=True)
    email = models.EmailField(_("surel"), blank=True)
    legal_basis = models.CharField(_("dasar hukum"), max_length=300)
    certainty = models.CharField(_("kepastian"), max_length=10, choices=certainties)

    objects = DatedQuerySet["ReferralBody"].as_manager()

    class Meta:
        verbose_name = _("instansi tujuan penerusan")
        verbose_name_plural = _("instansi tujuan penerusan")
        ordering = ["path", "pk"]
        constraints = [
            ordered_dates("referral_body"),
            one_of("referral_body", "kind", BodyKind),
            one_of("referral_body", "certainty", Certainty),
            path_segment("referral_body"),
            no_overlap("referral_body_one_per_code_and_day", "code"),
            no_overlap(
                "referral_body_one_root_per_kind_and_day",
                "kind",
                condition=Q(parent__isnull=True) & ~Q(kind__in=LOCAL_BODY_KINDS),
            ),
            models.CheckConstraint(
                name="referral_body_has_a_legal_basis", condition=~Q(legal_basis="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["path"], name="referral_body_path_prefix", opclasses=["varchar_pattern_ops"]
            )
        ]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> OrgRef:
        """The body named without its table."""
        return OrgRef(kind="body", id=self.pk, path=self.path)


class ReferralTerritory(Dated):
    """A region that a body answers for."""

    body = models.ForeignKey(
        ReferralBody, models.PROTECT, related_name="territories", verbose_name=_("instansi tujuan")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="referral_territories", verbose_name=_("wilayah")
    )

    objects = DatedQuerySet["ReferralTerritory"].as_manager()

    class Meta:
        verbose_name = _("wilayah kerja instansi tujuan")
        verbose_name_plural = _("wilayah kerja instansi tujuan")
        ordering = ["region__code", "pk"]
        constraints = [
            ordered_dates("referral_territory"),
            no_overlap("referral_territory_once_per_day", "body", "region"),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.region}"
