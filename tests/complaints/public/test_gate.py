"""Many new reports: first a proof of work or a wait, much later another way; never a lost one."""

import html
import json
import re
from datetime import timedelta

import altcha
import pytest
import time_machine
from django.test import Client

from complaints.models import Draft
from tests.complaints import factories

pytestmark = pytest.mark.django_db(transaction=True)
NAMED = {"cara": "nama"}


@pytest.fixture(autouse=True)
def _few(settings):
    settings.RATE_LIMITS = {
        **settings.RATE_LIMITS,
        "new_drafts": (2, 3600),
        "new_drafts_of_all": (4, 600),
        "new_drafts_at_most": (3, 3600),
        "waited": (1, 3600),
    }


def begin(client, address="203.0.113.7", **answers):
    return client.post("/lapor/mulai/", NAMED | answers, REMOTE_ADDR=address)


def solved(page):
    """Do what the browser does: find the number whose hash was asked for."""
    found = re.search(r'challengejson="([^"]+)"', page.content.decode())[1]
    asked = json.loads(html.unescape(found))
    solution = altcha.solve_challenge(
        asked["challenge"], asked["salt"], asked["algorithm"], asked["max_number"]
    )
    return altcha.Payload(
        asked["algorithm"], asked["challenge"], solution.number, asked["salt"], asked["signature"]
    ).to_base64()


def token_of(page):
    return re.search(r'name="sudah_menunggu" value="([^"]+)"', page.content.decode())[1]


@pytest.fixture
def asked(client):
    """Begin twice, as is usual; the third time is not."""
    assert [begin(client).status_code for _ in range(2)] == [302, 302]
    page = begin(client)
    assert page.status_code == 200
    assert Draft.objects.count() == 2
    return page


def test_a_proof_of_work_opens_the_way_once(client, asked):
    proof = solved(asked)
    assert begin(client, altcha=proof).headers["Location"] == "/lapor/perangkat/"
    assert Draft.objects.count() == 3


def test_a_proof_cannot_be_used_again(client, asked, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "new_drafts_at_most": (9, 3600)}
    proof = solved(asked)
    begin(client, altcha=proof)
    again = begin(Client(), altcha=proof)
    assert again.status_code == 422
    assert Draft.objects.count() == 3


@pytest.mark.parametrize("forged", ["x", "e30=", "bnVsbA=="])
def test_a_forged_proof_is_asked_again(client, asked, forged):
    assert begin(client, altcha=forged).status_code == 422


def test_only_the_page_of_the_proof_may_start_a_worker(client, asked):
    assert "worker-src 'self' blob:" in asked.headers["Content-Security-Policy"]
    assert "worker-src" not in client.get("/lapor/").headers["Content-Security-Policy"]


def test_without_scripts_one_waits_half_a_minute(client, asked):
    token = token_of(asked)
    early = begin(client, sudah_menunggu=token)
    assert (early.status_code, "Belum 30 detik" in early.content.decode()) == (422, True)
    with time_machine.travel(factories.MONDAY + timedelta(seconds=90), tick=True):
        assert begin(client, sudah_menunggu=token).status_code == 302
        assert begin(Client(), sudah_menunggu=token).status_code == 429
    assert Draft.objects.count() == 3


def test_a_token_of_waiting_serves_once(client, asked, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "new_drafts_at_most": (9, 3600)}
    token = token_of(asked)
    with time_machine.travel(factories.MONDAY + timedelta(seconds=90), tick=True):
        begin(client, sudah_menunggu=token)
        assert begin(Client(), sudah_menunggu=token).status_code == 422


def test_far_too_many_are_told_the_other_ways(client, asked):
    begin(client, altcha=solved(asked))
    page = begin(client)
    assert page.status_code == 429
    assert "di kantor pengawas" in page.content.decode()


def test_when_everybody_comes_at_once_everybody_proves(client, asked):
    other = Client()
    assert begin(other, address="198.51.100.1").status_code == 302
    assert begin(other, address="198.51.100.2").status_code == 302
    assert begin(other, address="198.51.100.3").status_code == 200


def test_others_are_not_held_up_by_one(client, asked):
    assert begin(Client(), address="198.51.100.1").status_code == 302


def test_one_draft_is_not_saved_without_end(client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "answers": (3, 60)}
    begin(client)
    answers = [client.post("/lapor/perangkat/", {"cara": "sendiri"}) for _ in range(4)]
    assert [each.status_code for each in answers] == [302, 302, 302, 429]
    assert client.get("/lapor/kode/").status_code == 200
