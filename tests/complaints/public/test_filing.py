"""A citizen files a report: every question, every way it can end."""

import pytest
import time_machine

from complaints.models import Draft, Report, Tip
from tests.complaints import factories
from tests.complaints.public.journey import begin, file_report, fill

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(factories.MONDAY, tick=True):
        yield


def test_a_report_in_time_with_a_name_becomes_a_report(client):
    contest = factories.contest()
    file_report(client, contest=contest.pk)
    report = Report.objects.get()
    assert (report.state, report.late, report.contest, report.office.region.code) == (
        "SUBMITTED",
        False,
        contest,
        "35.71",
    )
    done = client.get("/lapor/selesai/")
    assert done.status_code == 200
    assert report.receipt_number in done.content.decode()


def test_the_last_press_takes_few_statements(client, django_assert_max_num_queries):
    begin(client)
    fill(client, contest=factories.contest().pk)
    with django_assert_max_num_queries(16):
        client.post("/lapor/kirim/", {"benar": "on"})
        print(q["sql"][:160].replace("\n", " "))
    assert Report.objects.count() == 1
