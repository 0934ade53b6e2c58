"""The rows of the queues: twenty-five rows of ten cells are most of what the page costs."""

from collections.abc import Sequence
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from complaints.selectors.report_queue import QueueRow

register = template.Library()

_ROW: Final = (
    '<tr><th scope="row"><a href="{}">{}</a>'
    '<span class="d-block"><span class="state state-{}">{}</span></span></th>'
    '<td data-label="{}">{}<span class="d-block muted small">{}</span></td>'
    '<td data-label="{}">{}{}</td><td data-label="{}">{}{}</td><td data-label="{}">{}</td></tr>\n'
)
_BADGE: Final = ' <span class="state state-{}">{}</span>'


@register.simple_tag
def queue_rows(rows: Sequence[QueueRow]) -> SafeString:
    """Write the rows of a queue in one go instead of cell by cell."""
    respondent, act, due, person = _("Terlapor"), _("Perbuatan"), _("Tenggat"), _("Petugas")
    badges = {
        "late": format_html(_BADGE, "danger", _("Terlambat")),
        "soon": format_html(_BADGE, "warning", _("Segera")),
    }
    return format_html_join(
        "",
        _ROW,
        (
            (
                *(row.url, row.number, row.tone, row.state),
                *(respondent, row.respondent, row.agency, act, row.act, _same(row)),
                *(due, row.due, badges.get(row.standing, ""), person, row.person or _("belum ada")),
            )
            for row in rows
        ),
    )


def _same(row: QueueRow) -> str:
    """Link to the entries with the same text, where there are others."""
    if not row.same:
        return ""
    words = _("%(number)d berkas berteks sama") % {"number": row.same}
    return format_html('<a class="d-block small" href="{}">{}</a>', row.same_url, words)
