"""The rows of the inbox: eighty of them are most of what the page costs."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from complaints.selectors.inbox import WorkRow
from neutrality.ui.due import DueWords
from neutrality.ui.markup import escape, markup
from neutrality.ui.templatetags.ui import icon

register = template.Library()


@register.simple_tag
def work_rows(rows: Sequence[WorkRow], token: str) -> SafeString:
    """Write the rows of one kind of work, every text escaped; `token` is that of the forms."""
    return markup(_row(row, token) for row in rows)


def _row(row: WorkRow, token: str) -> str:
    mark = f'<span class="state state-info">{escape(row.mark)}</span> ' if row.mark else ""
    detail = f'<span class="d-block muted small">{escape(row.detail)}</span>' if row.detail else ""
    end = _badge(row.due) + _button(row.take, token)
    return (
        f'<li><span>{mark}<a href="{escape(row.url)}">{escape(row.title)}</a>{detail}</span>'
        f'<span class="task-end">{end}</span></li>\n'
    )


def _badge(due: DueWords | None) -> str:
    if due is None:
        return ""
    return f'<span class="state state-{due.tone}">{icon(due.icon)}<span>{escape(due.words)}</span></span>'


def _button(address: str, token: str) -> str:
    if not address:
        return ""
    return (
        f'<form method="post" action="{escape(address)}" novalidate>'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">'
        '<button type="submit" class="btn btn-secondary btn-sm" data-once>'
        f"{escape(_('Saya tangani'))}</button></form>"
    )
