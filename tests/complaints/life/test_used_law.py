"""A period that a case has started is a row of the law that nobody edits any more."""

import pytest
from django.db import DatabaseError, transaction

from complaints.services.lodge import lodge_report
from neutrality.audit.actor import CITIZEN
from neutrality.casework.models import LegalClock
from neutrality.law.models import Period
from tests.complaints.factories import at, lodging

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def used():
    """The row of the period that a new report started."""
    report = lodge_report(given=lodging(), actor=CITIZEN, clock=at())
    clock = LegalClock.objects.filter(subject_kind="report", subject_id=report.pk).first()
    return Period.objects.get(pk=clock.rule["row_id"])


def test_a_period_that_a_clock_has_started_with_is_marked(used):
    assert used.used_at == at().now


def test_a_used_period_cannot_be_edited(used):
    used.amount += 1
    with pytest.raises(DatabaseError), transaction.atomic():
        used.save()


def test_a_process_marks_a_period_once(used):
    before = used.used_at
    lodge_report(given=lodging(), actor=CITIZEN, clock=at(day=17))
    used.refresh_from_db()
    assert used.used_at == before
