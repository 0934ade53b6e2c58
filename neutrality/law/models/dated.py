"""What every row of the law has in common: dates, legal basis, and how sure we are."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from neutrality.law.codes import Certainty, Regime
from neutrality.law.labels import choices


class DateRange(Func):
    """The days of a row as a range that leaves its last bound out."""

    function = "DATERANGE"
    output_field = DateRangeField()


class LawRow(models.Model):
    """A row with its source; once a case used it, only its end can be written.

    `seed_key` and `seed_digest` belong to `load_law`; a row entered by hand has neither.
    """

    BEGINS = "valid_from"
    ENDS = "valid_until"
    # Columns that may still change when a case has used the row.
    AFTER_USE = frozenset({"valid_until", "superseded_on", "used_at"})

    legal_basis = models.CharField(_("dasar hukum"), max_length=300)
    certainty = models.CharField(
        _("kepastian"), max_length=10, choices=choices(Certainty), default=Certainty.FOUND
    )
    note = models.TextField(_("catatan"), blank=True)
    used_at = models.DateTimeField(_("pertama dipakai"), null=True, blank=True, editable=False)
    seed_key = models.CharField(max_length=200, null=True, editable=False)  # noqa: DJ001
    seed_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_used(self) -> bool:
        """Say whether a case has used the row."""
        return self.used_at is not None

    @property
    def sure(self) -> Certainty:
        """Return how sure we are, as a member."""
        return Certainty(self.certainty)


class DatedRow(LawRow):
    """A row that holds from `valid_from`; `valid_until` is the first day it no longer does."""

    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai (tidak termasuk)"), null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Say whether the row is in force on the local day `day`."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


class RegimeRow(DatedRow):
    """A dated row of one regime, or of both when `regime` is empty."""

    regime = models.CharField(
        _("rezim"),
        max_length=10,
        blank=True,
        choices=choices(Regime),
        help_text=_("Kosong: keduanya"),
    )

    class Meta:
        abstract = True


def dated_constraints(
    name: str, *keys: str, begins: str = "valid_from", ends: str = "valid_until"
) -> list[models.BaseConstraint]:
    """Return what keeps a table free of overlaps: one row per key and day."""
    return [
        models.CheckConstraint(
            name=f"{name}_ends_after_it_begins",
            condition=Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": F(begins)}),
        ),
        models.UniqueConstraint(name=f"{name}_seed_once", fields=["seed_key", begins]),
        ExclusionConstraint(
            name=f"{name}_without_overlap",
            expressions=[
                (DateRange(begins, ends, Value("[)")), RangeOperators.OVERLAPS),
                *((key, RangeOperators.EQUAL) for key in keys),
            ],
        ),
    ]
