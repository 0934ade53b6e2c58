"""What a log line holds, and what it never does."""

import io
import json
import logging

import pytest
import structlog
from django.db import DataError, connection
from django.test import Client

from neutrality import logs


@pytest.fixture
def lines():
    """Collect what the project's own handler would have written."""
    root = logging.getLogger()
    ours = next(
        h for h in root.handlers if isinstance(h.formatter, structlog.stdlib.ProcessorFormatter)
    )
    stream = io.StringIO()
    collector = logging.StreamHandler(stream)
    collector.setFormatter(ours.formatter)
    before = root.level
    root.addHandler(collector)
    root.setLevel(logging.INFO)
    yield stream.getvalue
    root.setLevel(before)
    root.removeHandler(collector)


def test_a_request_is_one_line_with_the_page_s_name_and_the_status(client, lines):
    client.get("/healthz")

    [line] = [json.loads(text) for text in lines().splitlines()]
    assert (line["event"], line["request"], line["code"]) == ("request_finished", "GET alive", 200)


@pytest.mark.django_db
def test_no_line_holds_the_path_the_address_or_the_agent(lines):
    client = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Telepon/1.0")

    client.get("/tidak-ada/KODE-RAHASIA/?kode=KODE-RAHASIA")
    client.post("/healthz")

    written = lines()
    assert "request_finished" in written
    for secret in ("KODE-RAHASIA", "203.0.113.77", "Telepon/1.0"):
        assert secret not in written


@pytest.mark.django_db
def test_an_exception_is_logged_by_kind_and_place_without_its_message(lines):
    name = " ".join(["Pelapor", "Rahasia"])
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT CAST(%s AS integer)", [name])
    except DataError:
        logging.getLogger("neutrality").exception("could not")

    [line] = [json.loads(text) for text in lines().splitlines()]
    assert line["exception"].endswith("django.db.utils.DataError")
    assert "test_logs.py" in line["exception"]
    assert name not in lines()


def test_the_hash_of_a_seal_is_told_although_a_worker_lets_others_be_silent():
    root = logging.getLogger()
    before, ours = root.level, [logging.getLogger(name) for name in logs.OURS]
    levels = [each.level for each in ours]
    try:
        for name, told in logs.configuration(level="INFO")["loggers"].items():
            if name in logs.OURS:
                logging.getLogger(name).setLevel(told["level"])
        root.setLevel(logging.WARNING)  # as Celery does when a worker begins
        assert logging.getLogger("neutrality.audit.tasks").isEnabledFor(logging.INFO)
    finally:
        root.setLevel(before)
        for each, level in zip(ours, levels, strict=True):
            each.setLevel(level)
