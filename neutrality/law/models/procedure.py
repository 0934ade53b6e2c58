"""How a matter is handled: periods, forms, requirements, meetings, numbers, retention."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.law.codes import (
    DayEnd,
    FormRole,
    PeriodCode,
    PlenaryMatter,
    PolicyCode,
    RegisterKind,
    RequirementCode,
    RequirementKind,
    RetentionClass,
    StageKind,
    StartEvent,
    Unit,
)
from neutrality.law.labels import choices, label
from neutrality.law.models.dated import RegimeRow, dated_constraints
from neutrality.law.periods import PeriodRule
from neutrality.law.requirements import Requirement
from neutrality.law.rulebook import (
    CoordinationRule,
    FormCode,
    NumberRule,
    Policy,
    QuorumRule,
    RetentionRule,
    StageHoursRule,
)


class Period(RegimeRow):
    """How long something may take, and how it is counted."""

    code = models.CharField(_("jangka waktu"), max_length=30, choices=choices(PeriodCode))
    amount = models.PositiveSmallIntegerField(_("jumlah"))
    unit = models.CharField(_("satuan"), max_length=12, choices=choices(Unit))
    start_event = models.CharField(_("dihitung"), max_length=8, choices=choices(StartEvent))
    first_day_counted = models.BooleanField(_("hari pertama dihitung"), default=False)
    day_end = models.CharField(_("akhir hari"), max_length=12, choices=choices(DayEnd))
    roll_when_closed = models.BooleanField(_("bergeser bila kantor tutup"), default=False)

    class Meta:
        verbose_name = _("jangka waktu")
        verbose_name_plural = _("jangka waktu")
        constraints = [
            *dated_constraints("period", "regime", "code"),
            models.CheckConstraint(name="period_has_an_amount", condition=Q(amount__gte=1)),
        ]

    def __str__(self) -> str:
        """Name the period and its length."""
        return f"{label(PeriodCode(self.code))}: {self.amount} {label(Unit(self.unit))}"

    def rule(self) -> PeriodRule:
        """Return the row as the frozen rule that is computed with."""
        return PeriodRule(
            code=PeriodCode(self.code),
            amount=self.amount,
            unit=Unit(self.unit),
            start_event=StartEvent(self.start_event),
            first_day_counted=self.first_day_counted,
            day_end=DayEnd(self.day_end),
            roll_when_closed=self.roll_when_closed,
            legal_basis=self.legal_basis,
            certainty=self.sure,
            note=self.note,
            row_id=self.pk,
        )


class Form(RegimeRow):
    """Which form of a regulation a document is written on."""

    role = models.CharField(_("kegunaan"), max_length=30, choices=choices(FormRole))
    code = models.CharField(_("kode"), max_length=12, blank=True)
    name = models.CharField(_("nama"), max_length=200)

    class Meta:
        verbose_name = _("formulir")
        verbose_name_plural = _("formulir")
        constraints = dated_constraints("form", "regime", "role")

    def __str__(self) -> str:
        """Name code and title."""
        return f"{self.code} {self.name}".strip()

    def rule(self) -> FormCode:
        """Return the frozen form code."""
        return FormCode(
            code=self.code,
            name=self.name,
            certainty=self.sure,
            legal_basis=self.legal_basis,
            row_id=self.pk,
        )


class ReportRequirement(RegimeRow):
    """What a report must contain."""

    code = models.CharField(_("syarat"), max_length=30, choices=choices(RequirementCode))
    kind = models.CharField(_("jenis"), max_length=10, choices=choices(RequirementKind))
    is_mandatory = models.BooleanField(_("wajib"), default=True)
    position = models.PositiveSmallIntegerField(_("urutan"))
    label_id = models.CharField(_("nama (Indonesia)"), max_length=200)
    label_en = models.CharField(_("nama (Inggris)"), max_length=200)
    help_id = models.TextField(_("penjelasan (Indonesia)"), blank=True)
    help_en = models.TextField(_("penjelasan (Inggris)"), blank=True)

    class Meta:
        verbose_name = _("syarat laporan")
        verbose_name_plural = _("syarat laporan")
        constraints = dated_constraints("requirement", "regime", "code")

    def __str__(self) -> str:
        """Name the requirement."""
        return self.label_id

    def rule(self) -> Requirement:
        """Return the frozen requirement."""
        return Requirement(
            code=RequirementCode(self.code),
            kind=RequirementKind(self.kind),
            is_mandatory=self.is_mandatory,
            name_id=self.label_id,
            name_en=self.label_en,
            help_id=self.help_id,
            help_en=self.help_en,
            legal_basis=self.legal_basis,
            certainty=self.sure,
            row_id=self.pk,
        )


class Quorum(RegimeRow):
    """How many members must attend a plenary."""

    members = models.PositiveSmallIntegerField(_("jumlah anggota"))
    present = models.PositiveSmallIntegerField(_("paling sedikit hadir"))

    class Meta:
        verbose_name = _("kuorum")
        verbose_name_plural = _("kuorum")
        constraints = [
            *dated_constraints("quorum", "regime", "members"),
            models.CheckConstraint(
                name="quorum_is_between_one_and_all",
                condition=Q(present__gte=1, present__lte=F("members")),
            ),
        ]

    def __str__(self) -> str:
        """Name both numbers."""
        return f"{self.present}/{self.members}"

    def rule(self) -> QuorumRule:
        """Return the frozen quorum."""
        return QuorumRule(
            members=self.members,
            present=self.present,
            legal_basis=self.legal_basis,
            certainty=self.sure,
            row_id=self.pk,
        )


class Coordination(RegimeRow):
    """Whether the coordinator may decide a matter before the plenary ratifies it."""

    matter = models.CharField(_("perkara pleno"), max_length=30, choices=choices(PlenaryMatter))
    coordinator_first = models.BooleanField(_("koordinator lebih dahulu"), default=False)

    class Meta:
        verbose_name = _("kewenangan koordinator")
        verbose_name_plural = _("kewenangan koordinator")
        constraints = dated_constraints("coordination", "regime", "matter")

    def __str__(self) -> str:
        """Name the matter."""
        return label(PlenaryMatter(self.matter))

    def rule(self) -> CoordinationRule:
        """Return the frozen rule."""
        return CoordinationRule(
            matter=PlenaryMatter(self.matter),
            coordinator_first=self.coordinator_first,
            legal_basis=self.legal_basis,
            certainty=self.sure,
            row_id=self.pk,
        )


class NumberFormat(RegimeRow):
    """How the numbers of a register look and within what they are unique."""

    register = models.CharField(_("register"), max_length=8, choices=choices(RegisterKind))
    pattern = models.CharField(_("pola"), max_length=100)
    example = models.CharField(_("contoh"), max_length=60)
    scope = ArrayField(models.CharField(max_length=20), verbose_name=_("unik dalam"))

    class Meta:
        verbose_name = _("format nomor")
        verbose_name_plural = _("format nomor")
        constraints = dated_constraints("number_format", "regime", "register")

    def __str__(self) -> str:
        """Show the pattern."""
        return self.pattern

    def rule(self) -> NumberRule:
        """Return the frozen rule."""
        return NumberRule(
            register=RegisterKind(self.register),
            pattern=self.pattern,
            scope=tuple(self.scope),
            legal_basis=self.legal_basis,
            certainty=self.sure,
            row_id=self.pk,
        )


class Retention(RegimeRow):
    """How many years a file is kept after it was closed."""

    retention = models.CharField(_("kelas"), max_length=20, choices=choices(RetentionClass))
    years = models.PositiveSmallIntegerField(_("tahun"))

    class Meta:
        verbose_name = _("masa simpan")
        verbose_name_plural = _("masa simpan")
        constraints = dated_constraints("retention", "regime", "retention")

    def __str__(self) -> str:
        """Name the class."""
        return label(RetentionClass(self.retention))

    def rule(self) -> RetentionRule:
        """Return the frozen rule."""
        return RetentionRule(
            retention=RetentionClass(self.retention),
            years=self.years,
            legal_basis=self.legal_basis,
            certainty=self.sure,
            row_id=self.pk,
        )


class PolicyRow(RegimeRow):
    """What is assumed where the law leaves a doubt, until a lawyer settles it."""

    code = models.CharField(_("pertanyaan"), max_length=40, choices=choices(PolicyCode))
    is_yes = models.BooleanField(_("ya"))
    question_id = models.TextField(_("penjelasan"))

    class Meta:
        verbose_name = _("anggapan hukum")
        verbose_name_plural = _("anggapan hukum")
        constraints = dated_constraints("policy", "regime", "code")

    def __str__(self) -> str:
        """Name the question."""
        return label(PolicyCode(self.code))

    def rule(self) -> Policy:
        """Return the frozen policy."""
        return Policy(
            code=PolicyCode(self.code),
            is_yes=self.is_yes,
            question_id=self.question_id,
            legal_basis=self.legal_basis,
            certainty=self.sure,
            note=self.note,
            row_id=self.pk,
        )


class StageHours(RegimeRow):
    """Whether the counter is open around the clock during a stage."""

    stage = models.CharField(_("tahapan"), max_length=20, choices=choices(StageKind))
    is_all_day = models.BooleanField(_("24 jam"))

    class Meta:
        verbose_name = _("jam layanan tahapan")
        verbose_name_plural = _("jam layanan tahapan")
        constraints = dated_constraints("stage_hours", "regime", "stage")

    def __str__(self) -> str:
        """Name the stage."""
        return label(StageKind(self.stage))

    def rule(self) -> StageHoursRule:
        """Return the frozen rule."""
        return StageHoursRule(
            stage=StageKind(self.stage),
            is_all_day=self.is_all_day,
            legal_basis=self.legal_basis,
            certainty=self.sure,
            row_id=self.pk,
        )
