"""How many statements a warm process asks for one answer."""

from http import HTTPStatus
from typing import Any, cast

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


class OtherAnswer(RuntimeError):
    """A page answered otherwise; what was measured would mean nothing."""


def asked(client: Client, path: str) -> int:
    """Count the queries of a page to the last row of its answer; raises `OtherAnswer`."""
    _read(client, path)
    with CaptureQueriesContext(connection) as captured:
        _read(client, path)
    return len(captured)


def posted(client: Client, path: str, form: dict[str, str]) -> int:
    """Count the queries of a form that leads on; raises `OtherAnswer`."""
    with CaptureQueriesContext(connection) as captured:
        _expect(client.post(path, form), HTTPStatus.FOUND, path)
    return len(captured)


def _read(client: Client, path: str) -> None:
    answer = client.get(path)
    _expect(answer, HTTPStatus.OK, path)
    b"".join(cast("Any", answer))


def _expect(answer: Any, status: HTTPStatus, path: str) -> None:  # noqa: ANN401  the test client's
    if answer.status_code != status:
        raise OtherAnswer(f"{path}: {answer.status_code}")
