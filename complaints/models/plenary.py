"""The plenary (rapat pleno): meeting, attendance, agenda, recusal, votes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from complaints.codes import Ballot, ItemOutcome, MeetingMode, MeetingState
from complaints.models.base import by_field, pair, public_id_field
from complaints.models.entries import Report, Tip
from complaints.models.matter import Matter
from neutrality.law.codes import PlenaryMatter
from neutrality.law.labels import choices


class PlenaryMeeting(models.Model):
    """A meeting of an office's commissioners over many matters; the quorum row is kept as it was."""

    public_id = public_id_field()
    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    office_path = models.CharField(max_length=100)
    number = models.CharField(max_length=80, blank=True)
    mode = models.CharField(max_length=8, choices=MeetingMode.choices)
    mode_reason = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=200, blank=True)
    planned_at = models.DateTimeField()
    state = models.CharField(
        max_length=9, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    members = models.PositiveSmallIntegerField()
    quorum = models.PositiveSmallIntegerField()
    quorum_basis = models.CharField(max_length=200)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = by_field()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = by_field()
    cancel_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            pair("plenary_meeting", "opened"),
            pair("plenary_meeting", "closed"),
            models.CheckConstraint(
                name="plenary_meeting_open_was_opened",
                condition=~Q(state__in=[MeetingState.OPEN, MeetingState.CLOSED])
                | Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plenary_meeting_quorum_within_members",
                condition=Q(quorum__gte=1, quorum__lte=models.F("members")),
            ),
            models.CheckConstraint(
                name="plenary_meeting_cancelled_with_reason",
                condition=Q(state=MeetingState.CANCELLED) & ~Q(cancel_reason="")
                | ~Q(state=MeetingState.CANCELLED) & Q(cancel_reason=""),
            ),
        ]
        indexes = [models.Index("office_path", "planned_at", name="plenary_by_office")]


class Attendance(models.Model):
    """A commissioner who was there."""

    meeting = models.ForeignKey(
        PlenaryMeeting, on_delete=models.PROTECT, related_name="attendance", db_index=False
    )
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chairs = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("meeting", "member", name="attendance_once"),
            models.UniqueConstraint(
                "meeting", name="attendance_one_chair", condition=Q(chairs=True)
            ),
        ]


class AgendaItem(models.Model):
    """One decision on one matter: decided in a meeting, or by the coordinator and ratified later."""

    public_id = public_id_field()
    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    office_path = models.CharField(max_length=100)
    meeting = models.ForeignKey(
        PlenaryMeeting, null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    position = models.PositiveSmallIntegerField(default=0)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="agenda_items")
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items"
    )
    tip = models.ForeignKey(
        Tip, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items"
    )
    kind = models.CharField(max_length=24, choices=choices(PlenaryMatter))
    action = models.CharField(max_length=40)
    proposal = models.TextField()
    payload = models.JSONField(default=dict, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = by_field()
    outcome = models.CharField(
        max_length=8, choices=ItemOutcome.choices, default=ItemOutcome.PENDING
    )
    decision = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    coordinated_at = models.DateTimeField(null=True, blank=True)
    coordinated_by = by_field()
    ratified_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            pair("agenda_item", "proposed"),
            pair("agenda_item", "coordinated"),
            models.CheckConstraint(
                name="agenda_item_decided_at_with_outcome",
                condition=Q(outcome=ItemOutcome.PENDING, decided_at__isnull=True)
                | (~Q(outcome=ItemOutcome.PENDING) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="agenda_item_decided_in_a_meeting_or_by_coordination",
                condition=Q(decided_at__isnull=True)
                | Q(meeting__isnull=False)
                | Q(coordinated_at__isnull=False),
            ),
            models.CheckConstraint(
                name="agenda_item_used_when_adopted",
                condition=Q(used_at__isnull=True) | Q(outcome=ItemOutcome.ADOPTED),
            ),
        ]
        indexes = [
            models.Index(
                "office_path",
                "proposed_at",
                name="agenda_waiting",
                condition=Q(outcome=ItemOutcome.PENDING),
            ),
            models.Index(
                "office_path",
                "proposed_at",
                name="agenda_unratified",
                condition=Q(coordinated_at__isnull=False, ratified_at__isnull=True),
            ),
        ]


class Recusal(models.Model):
    """A member who stands aside on one item, with the reason."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="recusals")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("item", "member", name="recusal_once"),
            models.CheckConstraint(name="recusal_with_reason", condition=~Q(reason="")),
        ]


class Vote(models.Model):
    """One member's vote on one item; a dissent is written down."""

    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="votes", db_index=False
    )
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ballot = models.CharField(max_length=8, choices=Ballot.choices)
    dissent = models.TextField(blank=True)
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("item", "member", name="vote_once")]
