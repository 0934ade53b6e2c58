"""The pages of the floor: the least that a page of this stack can do, under the same middleware."""

import csv
import hashlib
import os
import tempfile
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render

_PIECE: Final = 64 * 1024
_READ: Final = """
    SELECT number, person, agency, state, to_char(due_at, 'DD-MM-YYYY HH24.MI')
    FROM bench_read WHERE place = %s ORDER BY due_at, id LIMIT 25
"""
# As wide as a line of the open data: two names, a contest, a month and sixteen numbers.
_ROWS: Final = """
    SELECT 'RI/35/35.' || n %% 99, 'Bawaslu Kota Contoh', 'Pemilihan Contoh', '2026-11',
        n, 0, n, 0, n, 0, n, 0, n, 0, n, 0, n, 0, n, 0
    FROM generate_series(1, %s) AS n
"""
_FIRST: Final = "INSERT INTO bench_first (body, at) VALUES (%s, now()) RETURNING id"
_SECOND: Final = "INSERT INTO bench_second (first_id, body) VALUES (%s, %s)"
_THIRD: Final = "INSERT INTO bench_third (first_id, body) VALUES (%s, %s)"


def write(request: HttpRequest) -> HttpResponse:
    """Check the token, look into the session and write three rows; a GET gives the token."""
    if request.method != "POST":
        return HttpResponse(get_token(request))
    text = request.POST["uraian"] + str(request.session.get("lantai", ""))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FIRST, [text])
        (first,) = cursor.fetchone() or (0,)
        cursor.execute(_SECOND, [first, text])
        cursor.execute(_THIRD, [first, text])
    return HttpResponse(status=204)


def upload(request: HttpRequest) -> HttpResponse:
    """Read a body, hash it, write it to the disk and wait until it is there."""
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=settings.MEDIA_ROOT) as file:
        while piece := request.read(_PIECE):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return HttpResponse(digest.hexdigest(), status=204)


def process(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say which process answers."""
    return HttpResponse(str(os.getpid()))


def read(request: HttpRequest) -> HttpResponse:
    """Show 25 rows by an index."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [request.GET.get("tempat", "7")])
        rows = cursor.fetchall()
    return render(request, "benchmarks/floor.html", {"rows": rows})


def rows(request: HttpRequest) -> HttpResponseBase:
    """Stream as many rows as were asked for as CSV, straight out of a cursor."""
    lines = _lines(int(request.GET.get("banyak", "1")))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _lines(number: int) -> Iterator[str]:
    writer = csv.writer(_Echo())
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [number])
        for row in cursor:
            yield writer.writerow(row)
