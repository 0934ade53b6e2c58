"""Entries whose stories are the same: staff see a flood as one group, and can open every one."""

from collections.abc import Iterable
from typing import Final

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from complaints.models import Report, Tip

# More need not be counted to see that it is a flood.
MOST: Final = 1_000
KEY_LENGTH: Final = 32
_COUNTS: Final = """
    SELECT wanted.key, wanted.place, (
        SELECT count(*) FROM (
            SELECT 1 FROM {table}
            WHERE text_key = wanted.key AND office_path = wanted.place AND text_key <> '' LIMIT %s
        ) AS alike
    )
    FROM unnest(%s::text[], %s::text[]) AS wanted(key, place)
"""
Pair = tuple[str, str]


def counts_of_same(*, model: type[Report] | type[Tip], pairs: Iterable[Pair]) -> dict[Pair, int]:
    """Return how many entries share a key at an office, up to a thousand; one query, or none."""
    wanted = sorted({pair for pair in pairs if pair[0]})
    if not wanted:
        return {}
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001  Django's own name
    keys, places = map(list, zip(*wanted, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(table=table), [MOST, keys, places])
        return {(key, place): number for key, place, number in cursor.fetchall() if number > 1}


def first_of_its_text(model: type[Report] | type[Tip]) -> Q:
    """Return the condition that an entry has no earlier open one with the same text at its office.

    When the first is done, the next stands for the others: nothing is hidden for good.
    """
    earlier = model._default_manager.filter(  # noqa: SLF001  of either model
        text_key=OuterRef("text_key"),
        office_path=OuterRef("office_path"),
        due_at__isnull=False,
        pk__lt=OuterRef("pk"),
    )
    return Q(text_key="") | Q(~Exists(earlier))


def same_key(typed: str) -> str:
    """Return a key from an address, or nothing when it cannot be one."""
    well_formed = len(typed) == KEY_LENGTH and set(typed) <= set("0123456789abcdef")
    return typed if well_formed else ""
