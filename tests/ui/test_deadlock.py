"""Two requests that wait for each other: one is done, the other is asked to try again."""

from functools import partial
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from tests.complaints.at_once import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.ui.test_deadlock")]

BOTH = Barrier(2)


def crosswise(request, first, second):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7, %s)", [first])
        BOTH.wait(120)
        cursor.execute("SELECT pg_advisory_xact_lock(7, %s)", [second])
    return HttpResponse("done")


urlpatterns = [
    path("silang/<int:first>/<int:second>/", crosswise),
    path("", include("neutrality.urls")),
]


def test_the_one_that_loses_reads_that_nothing_was_done():
    back = "http://testserver/petugas/"
    presses = [
        partial(Client().post, f"/silang/{one}/{other}/", headers={"Referer": back})
        for one, other in ((1, 2), (2, 1))
    ]
    done, lost = sorted(all_at_once(*presses), key=lambda answer: answer.status_code)
    assert (done.status_code, lost.status_code) == (200, 409)
    page = lost.content.decode()
    assert "Orang lain mengubah hal yang sama pada saat yang sama." in page
    assert "Tindakan Anda belum dijalankan." in page
    assert f'href="{back}"' in page
