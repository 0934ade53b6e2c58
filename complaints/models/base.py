"""What the models of the case file share: opaque ids, pairs of who and when, entries of a matter."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_public_id() -> str:
    """Return an opaque id of 60 random bits for an address; it tells nothing and cannot be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def public_id_field() -> "models.CharField[str, str]":
    """Return the column that addresses use instead of the primary key."""
    return models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)


def by_field(*, db_index: bool = True) -> "models.ForeignKey[Any, Any]":
    """Return the column that names the user who caused the `*_at` beside it.

    Nobody looks for rows by it, and it has no index: `neutrality.schema.filled_keys` takes it down.
    """
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=db_index,
    )


def pair(table: str, act: str) -> models.CheckConstraint:
    """Return the constraint that an act has both a time and a person, or neither."""
    at, by = f"{act}_at__isnull", f"{act}_by__isnull"
    return models.CheckConstraint(
        name=f"{table}_{act}_at_with_by",
        condition=Q(**{at: True, by: True}) | Q(**{at: False, by: False}),
    )


def ordered(table: str, first: str, last: str) -> models.CheckConstraint:
    """Return the constraint that `last` is empty or not before `first`."""
    return models.CheckConstraint(
        name=f"{table}_{last}_not_before_{first}",
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": models.F(first)}),
    )


def one_of(table: str, name: str, *fields: str) -> models.CheckConstraint:
    """Return the constraint that exactly one of the named foreign keys is set."""
    condition = Q(pk__in=[])
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return models.CheckConstraint(name=f"{table}_{name}", condition=condition)


def beginning(field: str) -> OpClass:
    """Return what an index holds by which a number is found by its beginning, small or capital."""
    return OpClass(Upper(field), name="text_pattern_ops")
