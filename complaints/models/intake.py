"""The switch that pauses online filing."""

from django.db import models
from django.db.models import Q

from complaints.models.base import by_field, ordered, pair, public_id_field


class FilingPause(models.Model):
    """A pause of online filing, for one office or (without one) everywhere.

    People read the sentence and the address of the office; who had begun before may still send.
    """

    public_id = public_id_field()
    office = models.ForeignKey(
        "organisations.Office",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sentence = models.CharField(max_length=300)
    sentence_en = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    set_at = models.DateTimeField()
    set_by = by_field()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = by_field()

    class Meta:
        constraints = [
            pair("filing_pause", "set"),
            pair("filing_pause", "lifted"),
            ordered("filing_pause", "starts_at", "ends_at"),
            models.UniqueConstraint(
                "office",
                name="filing_pause_once_at_a_time",
                condition=Q(lifted_at__isnull=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


class LateExcuse(models.Model):
    """A person's decision that lateness is excused by an outage; taken back, it counts again.

    Without a completion it is about the filing window of the report.
    """

    report = models.ForeignKey(
        "complaints.Report", on_delete=models.PROTECT, related_name="late_excuses"
    )
    completion = models.ForeignKey(
        "complaints.CompletionRequest",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="late_excuses",
    )
    outage = models.ForeignKey("law.Outage", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    excused_at = models.DateTimeField()
    excused_by = by_field()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = by_field()
    withdrawal_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            pair("late_excuse", "excused"),
            pair("late_excuse", "withdrawn"),
            ordered("late_excuse", "excused_at", "withdrawn_at"),
            models.CheckConstraint(
                name="late_excuse_reason_when_withdrawn",
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
            ),
            models.UniqueConstraint(
                "report",
                "completion",
                name="late_excuse_once",
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
            ),
        ]
