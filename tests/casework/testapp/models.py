"""Errands."""

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """Where an errand is."""

    NEW = "NEW", "Baru"
    OPEN = "OPEN", "Dikerjakan"
    WAITING = "WAITING", "Menunggu jawaban"
    PARKED = "PARKED", "Ditunda"
    DONE = "DONE", "Selesai"
    DROPPED = "DROPPED", "Dihentikan"


class Errand(models.Model):
    """One errand of an office."""

    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    version = models.PositiveIntegerField(default=0)
    office_path = models.CharField(max_length=60, default="RI/35/35.71")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.BigIntegerField(null=True, blank=True)
    is_blocked = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="errand_done_with_decision",
                condition=Q(state="DONE", decided_at__isnull=False, decided_by__isnull=False)
                | (~Q(state="DONE") & Q(decided_at=None, decided_by=None)),
            )
        ]
