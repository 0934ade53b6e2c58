"""Closed days, office hours and outages."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.law.codes import CalendarKind, CalendarStatus
from neutrality.law.labels import choices
from neutrality.law.models.dated import DatedRow, LawRow, dated_constraints


class CalendarDay(LawRow):
    """A day on which offices are closed, as one decree said and a later one may revise."""

    BEGINS = "announced_on"
    ENDS = "superseded_on"

    day = models.DateField(_("tanggal"))
    area_code = models.CharField(
        _("wilayah"), max_length=13, blank=True, help_text=_("Kosong: seluruh Indonesia")
    )
    kind = models.CharField(_("jenis"), max_length=20, choices=choices(CalendarKind))
    name = models.CharField(_("nama"), max_length=120)
    status = models.CharField(
        _("keadaan"), max_length=10, choices=choices(CalendarStatus), default=CalendarStatus.DECREED
    )
    announced_on = models.DateField(_("diumumkan"))
    superseded_on = models.DateField(_("diganti sejak"), null=True, blank=True)

    class Meta:
        verbose_name = _("hari libur")
        verbose_name_plural = _("hari libur")
        constraints = dated_constraints(
            "calendar_day", "day", "area_code", begins="announced_on", ends="superseded_on"
        )

    def __str__(self) -> str:
        """Name the day."""
        return f"{self.day.isoformat()} {self.name}"


class OfficeHours(DatedRow):
    """The hours of one weekday; the row of the longest matching area code applies."""

    area_code = models.CharField(
        _("wilayah"), max_length=13, blank=True, help_text=_("Kosong: seluruh Indonesia")
    )
    weekday = models.PositiveSmallIntegerField(_("hari (0 = Senin)"))
    opens = models.TimeField(_("buka"))
    closes = models.TimeField(_("tutup"))
    is_working_day = models.BooleanField(_("hari kerja"), default=True)

    class Meta:
        verbose_name = _("jam layanan")
        verbose_name_plural = _("jam layanan")
        constraints = [
            *dated_constraints("office_hours", "area_code", "weekday"),
            models.CheckConstraint(
                name="office_hours_close_after_opening", condition=Q(closes__gt=F("opens"))
            ),
            models.CheckConstraint(name="office_hours_weekday_exists", condition=Q(weekday__lte=6)),
        ]

    def __str__(self) -> str:
        """Name the area and the weekday."""
        return f"{self.area_code or '*'} {self.weekday} {self.opens:%H.%M}-{self.closes:%H.%M}"


class Outage(models.Model):
    """When a way of filing was down; a person may excuse a late act with it."""

    system = models.CharField(_("sistem"), max_length=60)
    area_code = models.CharField(
        _("wilayah"), max_length=13, blank=True, help_text=_("Kosong: seluruh Indonesia")
    )
    started_at = models.DateTimeField(_("mulai"))
    ended_at = models.DateTimeField(_("berakhir"), null=True, blank=True)
    description = models.TextField(_("keterangan"))
    source = models.CharField(_("sumber"), max_length=200)

    class Meta:
        verbose_name = _("gangguan")
        verbose_name_plural = _("gangguan")
        constraints = [
            models.CheckConstraint(
                name="outage_ends_after_it_started",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("started_at")),
            ),
        ]

    def __str__(self) -> str:
        """Name the system."""
        return f"{self.system} {self.started_at:%Y-%m-%d}"
