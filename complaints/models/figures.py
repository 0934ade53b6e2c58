"""The dashboard's numbers as they were last counted, each office with all below it."""

from django.db import models


class Figure(models.Model):
    """One number: of an office and its subtree, of one election or of all, by topic and key.

    All rows are replaced together (`count_figures`); `counted_at` says what they are true of.
    """

    path = models.CharField(max_length=100)
    election = models.ForeignKey(
        "elections.Election", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    topic = models.CharField(max_length=16)
    key = models.CharField(max_length=120)
    amount = models.BigIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["path", "election", "topic", "key"],
                name="figure_once",
                nulls_distinct=False,
            )
        ]


class DataRelease(models.Model):
    """The cross-tables of one day as they were published; a release never changes.

    Between releases nothing is published: from counts that are always new, one could tell a
    single case by subtracting yesterday's.
    """

    released_on = models.DateField(unique=True)
    as_of_at = models.DateTimeField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-released_on",)

    def __str__(self) -> str:
        return f"{self.released_on:%Y-%m-%d}"
