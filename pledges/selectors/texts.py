"""How many have signed which text of a round: the present one, former ones, any of them.

What is asked for in a round, and what its coverage counts, is the present text. This page counts
signatures instead, each person once: it costs what there are signatures, and is opened only where
a round has asked for another text before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from neutrality.organisations.models import Unit
from neutrality.ui.charts import BarChart, make_bars
from neutrality.ui.dates import say_instant
from pledges.codes import NOT_COUNTED, RoundChangeKind
from pledges.models import Round, RoundChange, Signature, TextVersion
from pledges.selectors.coverage import coverage_tree
from pledges.selectors.gaps import below
from pledges.selectors.round_pages import say_part


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One text of the round, since when it is asked for, and how many have signed it."""

    title: str
    since: str
    sha256: str
    is_present: bool
    signed: int
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """The texts of a round, newest first, and how many have signed at least one of them."""

    lines: Sequence[TextLine]
    any_text: int
    any_share: str
    total: int
    chart: BarChart


def text_page(*, place: Round, unit: Unit | None) -> TextPage:
    """Return how many have signed each text, at a unit with all below it; six queries."""
    path = unit.path if unit else ""
    total = coverage_tree(place=place, path=path).whole.total
    rows = _in_force(place, path)
    by_text = rows.values_list("text").annotate(n=Count("obligation", distinct=True))
    counts = dict(by_text.order_by())
    any_text = rows.aggregate(n=Count("obligation", distinct=True))["n"]
    lines = _lines(place, counts, total)
    return TextPage(
        lines=lines,
        any_text=any_text,
        any_share=say_part(any_text, total),
        total=total,
        chart=_chart(lines, any_text),
    )


def _in_force(place: Round, path: str) -> QuerySet[Signature]:
    """Return the signatures that count; of a closed round those that did when it closed."""
    rows = Signature.objects.filter(round=place, late=False)
    rows = rows.exclude(obligation__state__in=NOT_COUNTED)
    in_force = Q(annulled_at__isnull=True)
    if place.closed_at:
        in_force |= Q(annulled_at__gt=place.closed_at)
    rows = rows.filter(in_force)
    return rows.filter(below(path, of="obligation__")) if path else rows


def _lines(place: Round, counts: Mapping[int, int], total: int) -> list[TextLine]:
    """The opening text and each that followed; one that came back stands once, where it is now."""
    since: dict[int, datetime] = {}
    changes = RoundChange.objects.filter(round=place, kind=RoundChangeKind.TEXT)
    for before, after, at in changes.order_by("changed_at", "pk").values_list(
        "text_before", "text_after", "changed_at"
    ):
        since.setdefault(before, place.opens_at)
        since.pop(after, None)
        since[after] = at
    texts = TextVersion.objects.in_bulk(since)
    return [
        TextLine(
            title=texts[pk].title,
            since=say_instant(at, place.office.tz),
            sha256=texts[pk].sha256,
            is_present=pk == place.text_id,
            signed=counts.get(pk, 0),
            share=say_part(counts.get(pk, 0), total),
        )
        for pk, at in reversed(since.items())
    ]


def _chart(lines: Sequence[TextLine], any_text: int) -> BarChart:
    rows = [(line.title, line.signed, _tone(line), "") for line in lines]
    return make_bars(
        title=_("Penanda tangan menurut naskah"),
        label_heading=_("Naskah"),
        value_heading=_("Orang"),
        rows=[*rows, (_("Salah satu naskah"), any_text, "primary", "")],
    )


def _tone(line: TextLine) -> str:
    return "success" if line.is_present else "warning"
