"""What people ask about their own data (UU 27/2022), and what the office answered."""

from django.db import models
from django.db.models import Q

from complaints.codes import DataAnswer, DataRequestKind
from complaints.models.base import by_field, one_of, pair, public_id_field
from complaints.models.entries import Report, Tip
from complaints.models.matter import Matter
from complaints.models.people import Party


class DataRequest(models.Model):
    """A request for erasure or correction by the holder of a code, with its answer."""

    public_id = public_id_field()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="data_requests")
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="data_requests"
    )
    tip = models.ForeignKey(
        Tip, null=True, blank=True, on_delete=models.PROTECT, related_name="data_requests"
    )
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="data_requests"
    )
    kind = models.CharField(max_length=10, choices=DataRequestKind.choices)
    words = models.TextField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.CharField(max_length=16, choices=DataAnswer.choices, blank=True)
    answer_words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = by_field()

    class Meta:
        constraints = [
            one_of("data_request", "of_one_mailbox", "report", "tip", "party"),
            pair("data_request", "answered"),
            models.CheckConstraint(
                name="data_request_answered_with_words",
                condition=Q(answered_at__isnull=True, answer="", answer_words="")
                | (Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(answer_words="")),
            ),
        ]
        indexes = [
            models.Index(
                "due_at", "id", name="data_request_open", condition=Q(answered_at__isnull=True)
            )
        ]
        ordering = ["asked_at", "id"]
