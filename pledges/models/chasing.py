"""Chasing: who leads a unit, who is away until when, which reminders are planned and went out."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.organisations.models import Agency, Unit
from neutrality.organisations.validity import one_of
from neutrality.personnel.models import Person
from pledges.codes import AbsenceKind, ReminderOutcome, ReminderStep
from pledges.models.obligation import Obligation
from pledges.models.round import Round


class UnitHead(models.Model):
    """Whom to call about a unit: its head, by the telephone and address of the office.

    These are the contacts of a public office, printed for the mayor; private ones stay sealed.
    """

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="pledge_head")
    name = models.CharField(_("kepala unit"), max_length=160)
    phone = models.CharField(_("telepon dinas"), max_length=40, blank=True)
    email = models.EmailField(_("surel dinas"), blank=True)
    set_at = models.DateTimeField(_("dicatat"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("kepala unit")
        verbose_name_plural = _("kepala unit")
        constraints = [
            models.CheckConstraint(name="unit_head_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="unit_head_can_be_reached", condition=~Q(phone="") | ~Q(email="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Absence(models.Model):
    """Somebody cannot sign until after a day; reminders wait as long."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="pledge_absences")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(_("sebab"), max_length=8, choices=AbsenceKind)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai dengan"))
    evidence = models.CharField(_("dasar"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("dicatat"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(_("dicabut"), null=True, blank=True)

    class Meta:
        verbose_name = _("ketidakhadiran")
        verbose_name_plural = _("ketidakhadiran")
        ordering = ["-ends_on", "pk"]
        constraints = [
            one_of("absence", "kind", AbsenceKind),
            models.CheckConstraint(
                name="absence_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "person", "-ends_on"],
                name="absence_of_person",
                condition=Q(cancelled_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ends_on}"


class ReminderPlan(models.Model):
    """When a round reminds: the person once and again, the unit's head, the regional secretary.

    `at_hour` is the local hour of each recipient.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="reminder_plans")
    step = models.CharField(_("langkah"), max_length=9, choices=ReminderStep)
    goes_on = models.DateField(_("tanggal"))
    at_hour = models.PositiveSmallIntegerField(_("jam"))
    set_at = models.DateTimeField(_("dicatat"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    planned_at = models.DateTimeField(_("disusun"), null=True, blank=True)

    class Meta:
        verbose_name = _("rencana pengingat")
        verbose_name_plural = _("rencana pengingat")
        ordering = ["goes_on", "at_hour", "pk"]
        constraints = [
            one_of("reminder_plan", "step", ReminderStep),
            models.UniqueConstraint(
                fields=["round", "step"], name="reminder_plan_once_per_round_and_step"
            ),
            models.CheckConstraint(
                name="reminder_plan_outside_quiet_hours",
                condition=Q(at_hour__gte=7, at_hour__lte=19),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.goes_on}"


class Reminder(models.Model):
    """One reminder to one person, or about one unit to its head; `outcome` is empty until then."""

    plan = models.ForeignKey(ReminderPlan, models.PROTECT, related_name="reminders")
    obligation = models.ForeignKey(
        Obligation, models.PROTECT, null=True, blank=True, related_name="reminders"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    send_at = models.DateTimeField(_("direncanakan"))
    outcome = models.CharField(_("hasil"), max_length=10, choices=ReminderOutcome, blank=True)
    closed_at = models.DateTimeField(_("selesai"), null=True, blank=True)

    class Meta:
        verbose_name = _("pengingat")
        verbose_name_plural = _("pengingat")
        constraints = [
            models.CheckConstraint(
                name="reminder_outcome_known",
                condition=Q(outcome="") | Q(outcome__in=ReminderOutcome.values),
            ),
            models.CheckConstraint(
                name="reminder_to_a_person_or_about_a_unit",
                condition=Q(obligation__isnull=True, unit__isnull=False)
                | Q(obligation__isnull=False, unit__isnull=True),
            ),
            models.CheckConstraint(
                name="reminder_closed_with_an_outcome",
                condition=Q(outcome="", closed_at__isnull=True)
                | (~Q(outcome="") & Q(closed_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["plan", "obligation"], name="reminder_once_per_plan_and_person"
            ),
            models.UniqueConstraint(
                fields=["plan", "unit"], name="reminder_once_per_plan_and_unit"
            ),
        ]
        indexes = [
            models.Index(fields=["send_at", "id"], name="reminder_to_send", condition=Q(outcome=""))
        ]

    def __str__(self) -> str:
        return f"{self.send_at}"
