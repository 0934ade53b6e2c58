"""The initial review: requirements judged, completion asked for, numbers given, papers handed over."""

from django.db import models
from django.db.models import Q

from complaints.codes import Channel, NumberMode, NumberState, Verdict
from complaints.models.base import beginning, by_field, ordered, pair
from complaints.models.entries import Report
from complaints.models.matter import Matter
from complaints.models.people import Party
from neutrality.law.codes import RegisterKind, RequirementCode
from neutrality.law.labels import choices


class RequirementCheck(models.Model):
    """One formal or material requirement, judged with a reason, in one round of review.

    `evidence` holds the public ids of what the verdict rests on.
    """

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="checks", db_index=False
    )
    review_round = models.PositiveSmallIntegerField(default=1)
    code = models.CharField(max_length=24, choices=choices(RequirementCode))
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    evidence = models.JSONField(
        default=list, blank=True, db_default=models.Value([], models.JSONField())
    )
    judged_at = models.DateTimeField()
    judged_by = by_field(db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "report", "review_round", "code", name="requirement_judged_once_per_round"
            ),
            models.CheckConstraint(
                name="requirement_not_met_with_reason",
                condition=~Q(verdict=Verdict.NOT_MET) | ~Q(reason=""),
            ),
            pair("requirement_check", "judged"),
        ]


class CompletionRequest(models.Model):
    """A notice of incompleteness and what came back; its clock runs from the delivery."""

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="completions", db_index=False
    )
    review_round = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    asked_by = by_field()
    missing = models.JSONField(default=list)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    late = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="completion_late_was_answered",
                condition=Q(late=False) | Q(answered_at__isnull=False),
            ),
            models.UniqueConstraint("report", "review_round", name="completion_once_per_round"),
            pair("completion_request", "asked"),
            ordered("completion_request", "asked_at", "answered_at"),
        ]


class CompletionItem(models.Model):
    """One missing thing of a notice, answered by itself; it counts when the whole is handed in."""

    request = models.ForeignKey(CompletionRequest, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=24, choices=choices(RequirementCode))
    label = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    files = models.ManyToManyField("complaints.Evidence", related_name="completion_items")

    class Meta:
        constraints = [
            models.UniqueConstraint("request", "position", name="completion_item_position"),
        ]
        ordering = ["position"]


class Delivery(models.Model):
    """A document handed to a party over a channel: sent, received, proof. Periods run from receipt."""

    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="deliveries"
    )
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="deliveries")
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    recipient_line = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    sent_at = models.DateTimeField()
    sent_by = by_field()
    received_at = models.DateTimeField(null=True, blank=True)
    proof = models.CharField(max_length=300, blank=True)
    proof_file = models.ForeignKey(
        "complaints.Evidence", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            ordered("delivery", "sent_at", "received_at"),
            models.CheckConstraint(
                name="delivery_received_with_proof",
                condition=Q(received_at__isnull=True) | ~Q(proof="") | Q(channel=Channel.PORTAL),
            ),
        ]


class NumberCounter(models.Model):
    """The last number given in one series; the row lock is what makes numbers gapless."""

    kind = models.CharField(max_length=8, choices=choices(RegisterKind))
    contest_code = models.CharField(max_length=4)
    office_code = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "kind", "contest_code", "office_code", "year", name="number_counter_series"
            )
        ]


class NumberEntry(models.Model):
    """One line of the number register; a gap exists only as a void row with its reason."""

    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="numbers"
    )
    kind = models.CharField(max_length=8, choices=choices(RegisterKind))
    contest_code = models.CharField(max_length=4)
    office_code = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    text = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=NumberState.choices, default=NumberState.ISSUED)
    mode = models.CharField(max_length=5, choices=NumberMode.choices, default=NumberMode.NEXT)
    reason = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField()
    given_by = by_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "kind",
                "contest_code",
                "office_code",
                "year",
                "sequence",
                name="number_entry_once_per_series",
            ),
            models.CheckConstraint(
                name="number_entry_typed_or_void_with_reason",
                condition=(~Q(mode=NumberMode.TYPED) & ~Q(state=NumberState.VOID)) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="number_entry_issued_to_a_matter",
                condition=~Q(state=NumberState.ISSUED) | Q(matter__isnull=False),
            ),
            pair("number_entry", "given"),
        ]
        indexes = [models.Index(beginning("text"), name="number_entry_by_text")]
