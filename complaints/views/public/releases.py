"""The monthly releases of open data: a page, and each as CSV and JSON."""

import json
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from complaints.models import DataRelease
from complaints.selectors import releases
from complaints.views.public.schemas import schema_response
from neutrality.ui.exporting import csv_lines


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show one table of the newest release, or of the day asked for."""
    chosen = request.GET.get("tabel", "")
    table = chosen if chosen in releases.TABLES else "act"
    tables = [(key, words, key == table) for key, words in releases.TABLES.items()]
    context: dict[str, Any] = {"tables": tables, "release": None}
    try:
        row = _row(request.GET.get("tanggal", ""))
    except releases.NoRelease:
        return render(request, "complaints/public/releases.html", context)
    context["release"] = releases.release_page(row=row, table=table)
    return render(request, "complaints/public/releases.html", context)


@require_safe
def as_csv(request: HttpRequest, day: str) -> HttpResponseBase:  # noqa: ARG001  Django's signature
    """Hand over a release as CSV, one row per number; a hidden one is empty and says so."""
    row = _found(day)
    lines = csv_lines(
        columns=list(releases.COLUMNS), rows=(list(each) for each in releases.release_rows(row))
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="netralitas-asn-{day}.csv"'
    return response


@require_safe
def as_json(request: HttpRequest, day: str) -> HttpResponse:
    """Hand over a release as JSON; a hidden number is null."""
    row = _found(day)
    head = {
        "released_on": day,
        "as_of": row.as_of_at.isoformat(),
        "sha256": row.sha256,
        "schema": request.build_absolute_uri(reverse("public:release_schema")),
    }
    text = json.dumps({**head, "tables": row.content}, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="netralitas-asn-{day}.json"'
    return response


@require_safe
def as_schema(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """Say what a release looks like, as a JSON schema."""
    return schema_response(releases.release_schema())


def _row(day: str) -> DataRelease:
    """Return the release of a day that may be nonsense, or the newest; raises `NoRelease`."""
    return _of(day) if day else releases.get_release(releases.latest_day())


def _of(day: str) -> DataRelease:
    try:
        return releases.get_release(date.fromisoformat(day))
    except ValueError as odd:
        raise releases.NoRelease(day) from odd


def _found(day: str) -> DataRelease:
    try:
        return _of(day)
    except releases.NoRelease as missing:
        raise Http404 from missing
