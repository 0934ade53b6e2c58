"""How a person finds the work: what was seen, which columns, alerts of views, reminders, alarms."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from complaints.codes import AlertKind
from complaints.models.base import by_field, pair, public_id_field
from complaints.models.desk import SavedView
from complaints.models.matter import Matter
from neutrality.audit.record import SubjectRef


class Seen(models.Model):
    """The state in which one person saw one thing last; what changed since is marked."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    version = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "subject_kind", "subject_id", name="seen_once")
        ]


class ListColumns(models.Model):
    """The columns that one person wants in one list, in their order."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    listing = models.CharField(max_length=12)
    columns = models.CharField(max_length=300)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("user", "listing", name="list_columns_once")]


class ViewAlert(models.Model):
    """When a saved view tells one person that something is in it; it never says what.

    `known` are the newest rows that were there when it was last looked at, `told_at` is when the
    person was last told, and `is_above` whether the number was beyond the threshold then.
    """

    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="alerts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=AlertKind.choices)
    threshold = models.PositiveIntegerField(null=True, blank=True)
    set_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    known = models.JSONField(default=list)
    is_above = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("view", "user", name="view_alert_once"),
            models.CheckConstraint(
                name="view_alert_threshold_with_its_kind",
                condition=Q(kind=AlertKind.THRESHOLD, threshold__gte=1)
                | (~Q(kind=AlertKind.THRESHOLD) & Q(threshold__isnull=True)),
            ),
        ]


class ReminderBatch(models.Model):
    """Reminders written together; they leave some minutes later and can be held back till then."""

    public_id = public_id_field()
    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = by_field()
    leaves_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = by_field()

    class Meta:
        constraints = [
            pair("reminder_batch", "made"),
            pair("reminder_batch", "undone"),
            models.CheckConstraint(
                name="reminder_batch_sent_or_undone",
                condition=Q(sent_at__isnull=True) | Q(undone_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index("office", "made_at", name="work_reminder_by_office"),
            models.Index(
                "leaves_at",
                name="work_reminder_to_send",
                condition=Q(sent_at__isnull=True, undone_at__isnull=True),
            ),
        ]

    def ref(self) -> SubjectRef:
        """Return the name under which the audit knows these reminders."""
        return SubjectRef(kind="reminder_batch", id=self.pk)


class ReminderLine(models.Model):
    """One thing of which one person is reminded."""

    batch = models.ForeignKey(ReminderBatch, on_delete=models.PROTECT, related_name="lines")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "batch", "subject_kind", "subject_id", name="reminder_line_once"
            )
        ]
        indexes = [models.Index("subject_kind", "subject_id", name="work_reminder_by_subject")]


class ClockAlarm(models.Model):
    """A clock about which an office was alarmed: who took it, and whether the head was told.

    `escalated_at` is set when nobody had taken it in time; a clock whose end moves has another.
    `matter` and `public` repeat what the clock is about, so that a list finds it without looking.
    """

    clock = models.ForeignKey("casework.LegalClock", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    matter = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    public = models.CharField(max_length=16, blank=True)
    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    to_heads = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = by_field()
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("clock", "due_at", name="clock_alarm_once"),
            pair("clock_alarm", "taken"),
        ]
        indexes = [
            models.Index(
                "raised_at",
                name="clock_alarm_waiting",
                condition=Q(taken_at__isnull=True, escalated_at__isnull=True),
            ),
            models.Index("office", name="clock_alarm_open", condition=Q(taken_at__isnull=True)),
        ]
