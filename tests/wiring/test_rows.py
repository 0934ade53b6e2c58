"""Rows written by SQL of our own hold what Django would have written."""

from datetime import UTC, datetime

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models
from django.forms.models import model_to_dict

from neutrality.casework.models import LegalClock, Step
from neutrality.notifications.models import Outbox
from neutrality.rows import NotPlain, create, insert

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def message(key, **columns):
    return Outbox(
        dedupe_key=key,
        kind="report_received",
        language="id",
        address="warga@contoh.example",
        context={"office": "Bawaslu Kota Contoh", "nested": [1, None, "é"]},
        next_attempt_at=NOON,
        created_at=NOON,
        **columns,
    )


def held(row):
    own = {"id": None, "dedupe_key": None, "message_key": None}
    return {**model_to_dict(Outbox.objects.get(pk=row.pk)), **own}


@pytest.mark.django_db
def test_a_row_holds_what_save_would_have_written():
    ours, djangos = message("a"), message("b")
    create(ours)
    djangos.save(force_insert=True)
    assert held(ours) == held(djangos)
    assert (ours._state.adding, ours._state.db) == (False, "default")


@pytest.mark.django_db
def test_a_row_whose_place_is_taken_is_left_out_only_where_that_was_said():
    create(message("a"))
    insert([message("a"), message("b")], or_leave=True)
    assert sorted(Outbox.objects.values_list("dedupe_key", flat=True)) == ["a", "b"]
    with pytest.raises(IntegrityError):
        insert([message("a")])


@pytest.mark.django_db
def test_what_was_not_saved_is_not_pointed_to():
    with pytest.raises(ValueError, match="unsaved related object"):
        create(LegalClock(started_by=Step()))


def test_a_column_that_django_would_convert_is_refused():
    class Odd(models.Model):
        numbers = ArrayField(models.IntegerField())
        changed_at = models.DateTimeField(auto_now=True)

        class Meta:
            app_label = "elsewhere"
            managed = False

    with pytest.raises(NotPlain, match="numbers, changed_at"):
        create(Odd(numbers=[1]))
