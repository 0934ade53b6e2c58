"""What the tables have in common, found by looking at the models."""

from django.apps import apps
from django.db import models

from tests.architecture.sources import PACKAGES

INSTANT = ("_at", "_from", "_until", "_before", "_after", "_login", "date_joined")


def our_models():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


def fields(model):
    return {field.name: field for field in model._meta.concrete_fields}


def columns_bound_together(model):
    """Return, for each check constraint of a table, the text of its condition."""
    constraints = model._meta.constraints
    return [str(c.condition) for c in constraints if isinstance(c, models.CheckConstraint)]


def pairs(model):
    """Return the pairs `x_at`, `x_by` of a table that may be empty."""
    known = fields(model)
    stems = [name.removesuffix("_at") for name in known if name.endswith("_at")]
    both = [(known[f"{stem}_at"], known[f"{stem}_by"]) for stem in stems if f"{stem}_by" in known]
    return [(at.name, by.name) for at, by in both if at.null]


def test_the_name_of_an_instant_says_that_it_is_one():
    wrong = [
        f"{model._meta.label}.{name}"
        for model in our_models()
        for name, field in fields(model).items()
        if type(field) is models.DateTimeField and not f"_{name}".endswith(INSTANT)
    ]

    assert wrong == []


def test_the_name_of_a_local_date_is_not_that_of_an_instant():
    wrong = [
        f"{model._meta.label}.{name}"
        for model in our_models()
        for name, field in fields(model).items()
        if type(field) is models.DateField and name.endswith("_at")
    ]

    assert wrong == []


def test_the_database_binds_who_did_something_to_when():
    unbound = [
        f"{model._meta.label}: {at}, {by}"
        for model in our_models()
        for at, by in pairs(model)
        if not any(at in text and by in text for text in columns_bound_together(model))
    ]

    assert unbound == []
