"""Two officers of one agency press the same button."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.personnel.models import Employment
from neutrality.personnel.refusals import HasMainPosition
from neutrality.personnel.services.employments import hire


@pytest.mark.django_db(transaction=True)
def test_one_is_done_and_one_is_refused(person, post, clock):
    together = Barrier(2)

    def press():
        together.wait()
        try:
            hire(
                person_id=person.pk,
                post=post,
                valid_from=date(2024, 1, 1),
                actor=SYSTEM,
                clock=clock,
            )
        except HasMainPosition:
            return "refused"
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        presses = [pool.submit(press) for _ in range(2)]
        results = sorted(press.result() for press in presses)
    assert results == ["done", "refused"]
    assert Employment.objects.count() == 1
    assert AuditRow.objects.filter(what="employment.hire").count() == 1
