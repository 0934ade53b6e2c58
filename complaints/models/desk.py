"""The desk of a person and of an office: calendar feeds, duty, assignments that can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from complaints.models.base import by_field, ordered, pair, public_id_field
from complaints.models.entries import Report, Tip
from complaints.models.matter import Matter


class CalendarFeed(models.Model):
    """A secret address under which a person's calendar program reads the appointments."""

    digest = models.BinaryField(unique=True, max_length=32)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "user", name="calendar_feed_one_in_force", condition=Q(revoked_at__isnull=True)
            ),
            ordered("calendar_feed", "issued_at", "revoked_at"),
        ]


class DutyShift(models.Model):
    """Who of an office is on duty from one local day to another; alarms go there first."""

    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = by_field()

    class Meta:
        constraints = [
            ordered("duty_shift", "starts_on", "ends_on"),
            pair("duty_shift", "entered"),
            models.UniqueConstraint("office", "user", "starts_on", name="duty_shift_once"),
        ]
        indexes = [models.Index("office", "ends_on", name="duty_by_office")]


class AssignmentBatch(models.Model):
    """Many entries given to one person at once; it can be undone as a whole."""

    public_id = public_id_field()
    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = by_field()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = by_field()

    class Meta:
        constraints = [pair("assignment_batch", "made"), pair("assignment_batch", "undone")]
        indexes = [models.Index("office", "made_at", name="assignment_by_office")]


class AssignmentChange(models.Model):
    """One entry or case of a batch, and who had it before."""

    batch = models.ForeignKey(AssignmentBatch, on_delete=models.PROTECT, related_name="changes")
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    tip = models.ForeignKey(Tip, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    before = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_change_is_of_one_thing",
                condition=Q(report__isnull=False, tip__isnull=True, matter__isnull=True)
                | Q(report__isnull=True, tip__isnull=False, matter__isnull=True)
                | Q(report__isnull=True, tip__isnull=True, matter__isnull=False),
            )
        ]


class SavedView(models.Model):
    """Filters of a list under a name: one's own, or shared with everybody of an office."""

    public_id = public_id_field()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(
        "organisations.Office", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    listing = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "listing", "name", name="saved_view_name_once"),
        ]
        indexes = [models.Index("office", "listing", name="saved_view_by_office")]

    def __str__(self) -> str:
        return self.name
