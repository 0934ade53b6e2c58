"""Files that speak of the same event, joined into one and separable again."""

from django.db import models
from django.db.models import Q

from complaints.models.base import by_field, ordered, pair, public_id_field
from complaints.models.matter import Matter


class MatterJoin(models.Model):
    """One file taken into another; the former stays as an empty cover until it is split off again.

    `rows` names what moved, by table; `aliases` what its people were called in the former file,
    `title` what that was called. With these a split brings everything back as it was.
    """

    public_id = public_id_field()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="joins")
    into = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="joined")
    reason = models.TextField()
    title = models.CharField(max_length=200)
    rows = models.JSONField()
    aliases = models.JSONField()
    joined_at = models.DateTimeField()
    joined_by = by_field()
    split_at = models.DateTimeField(null=True, blank=True)
    split_by = by_field()
    split_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            pair("matter_join", "joined"),
            pair("matter_join", "split"),
            ordered("matter_join", "joined_at", "split_at"),
            models.CheckConstraint(
                name="matter_join_of_two_files", condition=~Q(matter=models.F("into"))
            ),
            models.CheckConstraint(
                name="matter_join_reason_when_split",
                condition=Q(split_at__isnull=True, split_reason="")
                | (Q(split_at__isnull=False) & ~Q(split_reason="")),
            ),
            models.UniqueConstraint(
                "matter", name="matter_join_once", condition=Q(split_at__isnull=True)
            ),
        ]
