"""The rows of the queues: twenty-five rows of some cells are most of what the page costs."""

from collections.abc import Mapping, Sequence
from typing import Final

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from complaints.selectors.queue_columns import LATE, NEAR, Column
from complaints.selectors.queue_rows import QueueRow
from neutrality.ui.markup import escape, markup

register = template.Library()

_BADGE: Final = ' <span class="state state-{}">{}</span>'


@register.simple_tag
def queue_rows(rows: Sequence[QueueRow], columns: Sequence[Column]) -> SafeString:
    """Write the rows of a queue in one go instead of cell by cell, every text escaped."""
    labels = [f'<td data-label="{escape(str(column.label))}">' for column in columns]
    badges = {
        LATE: _BADGE.format("danger", escape(_("Terlambat"))),
        NEAR: _BADGE.format("warning", escape(_("Segera"))),
    }
    return markup(_row(row, labels, badges) for row in rows)


def _row(row: QueueRow, labels: Sequence[str], badges: Mapping[str, str]) -> str:
    cells = (
        f"{label}{escape(cell.words)}{_below(cell.below)}{badges.get(cell.mark, '')}</td>"
        for label, cell in zip(labels, row.cells, strict=True)
    )
    return (
        f'<tr><th scope="row"><a href="{escape(row.url)}">{escape(row.number)}</a>'
        f"{_below(row.below)}"
        f'<span class="d-block"><span class="state state-{escape(row.tone)}">{escape(row.state)}'
        f"</span>{_same(row)}</span></th>{''.join(cells)}</tr>\n"
    )


def _below(words: str) -> str:
    return f'<span class="d-block muted small fw-normal">{escape(words)}</span>' if words else ""


def _same(row: QueueRow) -> str:
    """Link to the entries with the same text, where there are others."""
    if not row.same:
        return ""
    words = _("%(number)d berkas berteks sama") % {"number": row.same}
    return f'<a class="d-block small" href="{escape(row.same_url)}">{escape(words)}</a>'
