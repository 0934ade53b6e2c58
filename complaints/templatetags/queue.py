"""The rows of the queues: twenty-five rows of some cells are most of what the page costs."""

from collections.abc import Sequence
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from complaints.selectors.queue_columns import LATE, NEAR, Cell, Column
from complaints.selectors.queue_rows import QueueRow

register = template.Library()

_ROW: Final = (
    '<tr><th scope="row"><a href="{}">{}</a>{}'
    '<span class="d-block"><span class="state state-{}">{}</span>{}</span></th>{}</tr>\n'
)
_CELL: Final = '<td data-label="{}">{}{}{}</td>'
_BELOW: Final = '<span class="d-block muted small">{}</span>'
_BADGE: Final = ' <span class="state state-{}">{}</span>'


@register.simple_tag
def queue_rows(rows: Sequence[QueueRow], columns: Sequence[Column]) -> SafeString:
    """Write the rows of a queue in one go instead of cell by cell."""
    labels = [str(column.label) for column in columns]
    badges = {
        LATE: format_html(_BADGE, "danger", _("Terlambat")),
        NEAR: format_html(_BADGE, "warning", _("Segera")),
    }
    return format_html_join(
        "",
        _ROW,
        (
            (
                *(row.url, row.number, _below(row.below), row.tone, row.state, _same(row)),
                _cells(row.cells, labels, badges),
            )
            for row in rows
        ),
    )


def _cells(
    cells: Sequence[Cell], labels: Sequence[str], badges: dict[str, SafeString]
) -> SafeString:
    return format_html_join(
        "",
        _CELL,
        (
            (words, cell.words, _below(cell.below), badges.get(cell.mark, ""))
            for words, cell in zip(labels, cells, strict=True)
        ),
    )


def _below(words: str) -> str:
    return format_html(_BELOW, words) if words else ""


def _same(row: QueueRow) -> str:
    """Link to the entries with the same text, where there are others."""
    if not row.same:
        return ""
    words = _("%(number)d berkas berteks sama") % {"number": row.same}
    return format_html('<a class="d-block small" href="{}">{}</a>', row.same_url, words)
