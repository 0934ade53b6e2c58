"""Statistics for everybody: a page, and the same numbers as CSV and JSON."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from complaints.forms.public.statistics import StatisticsForm
from complaints.selectors.statistics import (
    Wanted,
    contests,
    data_columns,
    offices,
    open_data,
    schema,
    statistics,
)
from complaints.views.public.schemas import schema_response
from neutrality.law.clock import Clock, read_clock
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_instant
from neutrality.ui.forms import render_form


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the numbers of one office and what lies below it."""
    form, wanted = _asked(request)
    office = _office(wanted)
    clock = read_clock()
    filters = _query(request, without="kantor")
    context = {
        "statistics": statistics(wanted=wanted, office=office, filters=filters),
        "as_of": say_instant(clock.now, office.tz),
        "query": _query(request),
        "filters": filters,
    }
    return render_form(request, "complaints/public/statistics.html", form, context=context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """Hand over the rows as CSV."""
    wanted = _valid(request)
    rows = (row.values() for row in open_data(wanted=wanted))
    response = StreamingHttpResponse(
        _lines([data_columns()], rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="netralitas-asn.csv"'
    return response


@require_safe
def as_json(request: HttpRequest) -> HttpResponseBase:
    """Hand over the rows as JSON, with the instant and the address of the schema."""
    wanted, clock = _valid(request), read_clock()
    response = StreamingHttpResponse(
        _document(wanted, clock, request.build_absolute_uri(reverse("public:statistics_schema"))),
        content_type="application/json",
    )
    response["Content-Disposition"] = 'attachment; filename="netralitas-asn.json"'
    return response


@require_safe
def as_schema(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """Say what each column means, as a JSON schema of one row."""
    return schema_response(schema())


def _asked(request: HttpRequest) -> tuple[StatisticsForm, Wanted]:
    """Return the form and what it asks; with mistakes everything is shown and they are named."""
    form = StatisticsForm(request.GET, contests=contests())
    if form.is_valid():
        return form, form.wanted()
    path = form.cleaned_data.get("kantor", "")
    return form, Wanted(path=path) if path else Wanted()


def _valid(request: HttpRequest) -> Wanted:
    form, wanted = _asked(request)
    if form.errors:
        raise Http404
    _office(wanted)
    return wanted


def _office(wanted: Wanted) -> Office:
    office = offices().filter(path=wanted.path).order_by("-pk").first()
    if office is None:
        raise Http404(_("Kantor tidak ditemukan."))
    return office


def _query(request: HttpRequest, *, without: str = "") -> str:
    asked = request.GET.copy()
    asked.pop(without, None)
    return asked.urlencode()


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _lines(head: Iterable[Iterable[Any]], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    for row in head:
        yield writer.writerow(row)
    for row in rows:
        yield writer.writerow(row)


def _document(wanted: Wanted, clock: Clock, schema_url: str) -> Iterator[str]:
    head = {"as_of": clock.now.isoformat(), "schema": schema_url}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    joint = ""
    for row in open_data(wanted=wanted):
        yield joint + json.dumps(row, ensure_ascii=False)
        joint = ",\n"
    yield "]}"
