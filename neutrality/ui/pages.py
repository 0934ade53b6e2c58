"""The parts of a list page: its rows, its neighbours and the addresses that keep the filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from neutrality.ui.keyset import Page, paginate

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")

CURSOR = "dari"


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """A page of rows with the queries of the pages beside it (`?status=x&dari=…`)."""

    page: Page[Row]
    next_query: str
    previous_query: str


def list_page(
    request: HttpRequest, rows: QuerySet[M, Row], *, order: Sequence[str], size: int = 25
) -> Listing[Row]:
    """Read the cursor from the address and return that page; every other parameter is kept.

    Raises:
        BadCursor: The address was tampered with (shown as 400).
    """
    page = paginate(rows, order=order, cursor=request.GET.get(CURSOR, ""), size=size)
    return Listing(page, _query(request, page.next), _query(request, page.previous))


def _query(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    parameters = request.GET.copy()
    parameters[CURSOR] = cursor
    return "?" + parameters.urlencode()
