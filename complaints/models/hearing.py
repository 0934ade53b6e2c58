"""Clarification sessions with their minutes, and the assessment (kajian) with its versions."""

from typing import Final

from django.db import models
from django.db.models import Q

from complaints.codes import MeetingMode, Oath, SessionState
from complaints.models.base import by_field, ordered, pair, public_id_field
from complaints.models.matter import Matter
from complaints.models.people import Allegation, Party
from neutrality.law.codes import OutcomeClass
from neutrality.law.labels import choices

# Something is still to be done for the session: to hold it, or to have its minutes confirmed.
SESSION_OPEN: Final = Q(state=SessionState.PLANNED) | Q(
    state=SessionState.HELD, confirmed_at__isnull=True
)


class ClarificationSession(models.Model):
    """One session with one party; the first or the second invitation (Form B.9) leads to it.

    `office_path` is the matter's, and goes with it to another office.

    `hearing` counts how often the party is heard: a further one follows a held session, with a
    reason, and has invitations of its own.
    """

    public_id = public_id_field()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="sessions")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="sessions")
    office_path = models.CharField(max_length=100)
    hearing = models.PositiveSmallIntegerField(default=1)
    further_reason = models.CharField(max_length=300, blank=True)
    ordinal = models.PositiveSmallIntegerField(default=1)
    mode = models.CharField(max_length=8, choices=MeetingMode.choices)
    mode_reason = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(
        max_length=9, choices=SessionState.choices, default=SessionState.PLANNED
    )
    invitation = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    short_notice_reason = models.CharField(max_length=300, blank=True)
    attends_at = models.DateTimeField(null=True, blank=True)
    oath = models.CharField(max_length=10, choices=Oath.choices, default=Oath.NOT_ASKED)
    oath_note = models.CharField(max_length=300, blank=True)
    state_reason = models.CharField(max_length=300, blank=True)
    minutes = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = by_field()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    planned_by = by_field()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_start", condition=Q(ends_at__gt=models.F("starts_at"))
            ),
            models.CheckConstraint(
                name="session_online_with_reason",
                condition=~Q(mode=MeetingMode.ONLINE) | ~Q(mode_reason=""),
            ),
            models.CheckConstraint(
                name="session_first_or_second", condition=Q(ordinal__gte=1, ordinal__lte=2)
            ),
            models.UniqueConstraint(
                "matter",
                "party",
                "hearing",
                "ordinal",
                name="session_once_per_invitation",
                condition=~Q(state=SessionState.CANCELLED),
            ),
            models.CheckConstraint(
                name="session_further_hearing_with_reason",
                condition=Q(hearing=1, further_reason="")
                | (Q(hearing__gt=1) & ~Q(further_reason="")),
            ),
            pair("session", "held"),
            models.CheckConstraint(
                name="session_oath_refused_with_reason",
                condition=~Q(oath=Oath.REFUSED) | ~Q(oath_note=""),
            ),
            models.CheckConstraint(
                name="session_held_state_with_time",
                condition=Q(state=SessionState.HELD, held_at__isnull=False)
                | (~Q(state=SessionState.HELD) & Q(held_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="session_confirmed_was_held",
                condition=Q(confirmed_at__isnull=True)
                | Q(held_at__isnull=False, minutes__isnull=False),
            ),
        ]
        indexes = [
            models.Index("starts_at", name="session_by_time"),
            models.Index(
                "office_path", "starts_at", "id", name="session_open", condition=SESSION_OPEN
            ),
        ]


class MinutesLine(models.Model):
    """One question with its answer, saved as it is written (Form B.12)."""

    session = models.ForeignKey(
        ClarificationSession, on_delete=models.PROTECT, related_name="lines"
    )
    position = models.PositiveSmallIntegerField()
    question = models.TextField()
    answer = models.TextField(blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("session", "position", name="minutes_line_position")]
        ordering = ["position"]


class Assessment(models.Model):
    """One version of the assessment; a new version needs a new approval.

    `office_path` is the matter's, and goes with it to another office.
    """

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="assessments", db_index=False
    )
    office_path = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField()
    facts = models.TextField()
    analysis = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    written_by = by_field()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = by_field()

    class Meta:
        constraints = [
            models.UniqueConstraint("matter", "version", name="assessment_version"),
            pair("assessment", "written"),
            pair("assessment", "approved"),
            models.CheckConstraint(
                name="assessment_approved_by_a_second_person",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("written_by")),
            ),
            ordered("assessment", "written_at", "approved_at"),
        ]
        indexes = [
            models.Index(
                "office_path",
                "written_by",
                name="assessment_waiting",
                condition=Q(approved_at__isnull=True),
            )
        ]


class Conclusion(models.Model):
    """What the assessment concludes on one allegation, and on which evidence (public ids)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="conclusions")
    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=16, choices=choices(OutcomeClass))
    elements = models.TextField()
    evidence = models.JSONField(
        default=list, blank=True, db_default=models.Value([], models.JSONField())
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("assessment", "allegation", "outcome", name="conclusion_once")
        ]
