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
