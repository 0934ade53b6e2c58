"""The record is read by subject and by person."""

import pytest

from neutrality.audit.actor import SYSTEM
from neutrality.audit.record import SubjectRef, record, record_access
from neutrality.audit.selectors import acts_by, acts_on, reads_of

REPORT, OTHER = SubjectRef("report", 12), SubjectRef("case", 12)


@pytest.mark.django_db
def test_acts_and_reads_are_found_by_subject_and_by_person(clock, handler):
    for what, subject, actor in [
        ("a", REPORT, handler),
        ("b", OTHER, handler),
        ("c", REPORT, SYSTEM),
    ]:
        record(what=what, subject=subject, actor=actor, clock=clock)
        record_access(what=f"view {what}", subject=subject, actor=actor, clock=clock)

    assert [row.what for row in acts_on(subject=REPORT)] == ["a", "c"]
    assert [row.what for row in reads_of(subject=REPORT)] == ["view c", "view a"]
    assert [row.what for row in acts_by(user_id=41)] == ["b", "a"]
