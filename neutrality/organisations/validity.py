"""Rows that hold from one day until another: `valid_until` is the first day they no longer hold."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)


class DateRange(Func):
    """The half-open range of two date columns; an empty column is an open end."""

    function = "DATERANGE"
    output_field = DateRangeField()


def in_force(day: date, *, prefix: str = "") -> Q:
    """Rows that hold on `day`; `prefix` (`body__`) reaches a related row."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    lasting = Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": day})
    return begun & lasting


def lasting(day: date | None) -> Q:
    """Rows that hold on `day` or later; without a day, all rows."""
    if day is None:
        return Q()
    return Q(valid_until__isnull=True) | Q(valid_until__gt=day)


class DatedQuerySet(models.QuerySet[M]):
    """A queryset that knows which rows hold on a day."""

    def on(self, day: date) -> "DatedQuerySet[M]":
        """Rows that hold on `day`."""
        return self.filter(in_force(day))


class Dated(models.Model):
    """From when (empty: since before our records) until when (exclusive; empty: still)."""

    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai (tidak termasuk)"), null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Whether the row holds on `day`."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day < self.valid_until)


def ordered_dates(model: str) -> models.CheckConstraint:
    """A row ends after it began."""
    return models.CheckConstraint(
        name=f"{model}_ends_after_it_begins",
        condition=Q(valid_from__isnull=True)
        | Q(valid_until__isnull=True)
        | Q(valid_until__gt=F("valid_from")),
    )


def no_overlap(
    name: str,
    *fields: str,
    condition: Q | None = None,
    begin: str = "valid_from",
    end: str = "valid_until",
    bounds: str = "[)",
) -> ExclusionConstraint:
    """Two rows equal in `fields` never hold on the same day; `name?` lets an empty FK be equal."""
    span = DateRange(begin, end, models.Value(bounds))
    return ExclusionConstraint(
        name=name,
        expressions=[(span, RangeOperators.OVERLAPS)]
        + [(_comparable(field), RangeOperators.EQUAL) for field in fields],
        condition=condition,
    )


def _comparable(field: str) -> F | Coalesce:
    if field.endswith("?"):
        return Coalesce(field[:-1], models.Value(0))
    return F(field)


def one_of(
    model: str, field: str, codes: type[StrEnum] | type[models.TextChoices]
) -> models.CheckConstraint:
    """The column holds one of the codes, whoever writes it."""
    return models.CheckConstraint(
        name=f"{model}_{field}_is_known",
        condition=Q(**{f"{field}__in": [code.value for code in codes]}),
    )


def path_segment(model: str, field: str = "code") -> models.CheckConstraint:
    """The column can stand as one segment of a path."""
    return models.CheckConstraint(
        name=f"{model}_{field}_is_a_path_segment",
        condition=Q(**{f"{field}__regex": r"^[A-Za-z0-9][A-Za-z0-9._-]*$"}),
    )
