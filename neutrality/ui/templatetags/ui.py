"""Tags and filters that every page shares: words for dates, badges, notices, charts."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, CheckboxInput, Select
from django.middleware.csrf import get_token
from django.template.base import Node, NodeList, Parser, Token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _

from neutrality.ui import dates
from neutrality.ui.charts import Bar, BarChart, FigureLine, Funnel, LineChart, Point
from neutrality.ui.forms import problems_of
from neutrality.ui.markup import escape, markup, options
from neutrality.ui.navigation import NavigationLink, links_for
from neutrality.ui.pages import Listing
from neutrality.ui.parts import SummaryRow, TimelineEntry
from neutrality.ui.tiles import Tile, TileMap

register = template.Library()

Context = Mapping[str, Any]

SPRITE: Final = "img/icons.svg"
_MARK: Final = "\0"  # stands in no page

NOTICE_ICONS: Final = {
    "info": "info",
    "success": "success",
    "warning": "warning",
    "danger": "danger",
}
TONES_OF_LEVELS: Final = {"error": "danger", "debug": "info"}
HTMX_CONFIG: Final = {
    "includeIndicatorStyles": False,
    "allowEval": False,
    "allowScriptTags": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "422", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}


# --- pictures and words ------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A pictogram of our sprite; decoration unless it has a label."""
    if not label:
        return _decoration(name)
    return format_html(
        '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
        label,
        static(SPRITE),
        name,
    )


@cache
def _decoration(name: str) -> SafeString:
    """A pictogram without a label; a page has dozens, and the sprite's address does not change."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static(SPRITE),
        name,
    )


def _zone(tz: ZoneInfo | str) -> ZoneInfo:
    return ZoneInfo(tz) if isinstance(tz, str) else tz


@register.filter
def day(value: date | None) -> str:
    """`Sabtu, 21 November 2026`; empty for no date."""
    return dates.say_day(value) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """`21 Nov 2026`; empty for no date."""
    return dates.say_short_day(value) if value else ""


@register.filter
def instant(value: datetime | None, tz: ZoneInfo | str) -> str:
    """`Sabtu, 21 November 2026 pukul 16.00 WIB` in the office's zone; empty for no instant."""
    return dates.say_instant(value, _zone(tz)) if value else ""


@register.filter
def short_instant(value: datetime | None, tz: ZoneInfo | str) -> str:
    """`21 Nov 2026, 16.00 WIB` in the office's zone; empty for no instant."""
    return dates.say_short_instant(value, _zone(tz)) if value else ""


@register.filter
def thousands(value: float) -> str:
    """A number with its thousands: `1.234`."""
    return _grouped(value, get_language())


@lru_cache(maxsize=4096)
def _grouped(value: float, _language: str | None) -> str:
    """A page of figures shows hundreds, most of them small; the language is part of the key."""
    return number_format(value, force_grouping=True)


@register.filter
def beside(names: Iterable[str], values: Iterable[object]) -> list[tuple[str, object]]:
    """Each name with its value, for cells that say their column on a phone."""
    return list(zip(names, values, strict=True))


@register.filter
def is_optional(field: BoundField) -> bool:
    """Whether a field may be left empty whatever stands in the others."""
    return not field.field.required and field.name not in getattr(field.form, "one_of", ())


@register.filter
def at_slashes(number: object) -> SafeString:
    """An official number that a narrow screen may break after its slashes, and nowhere else."""
    return markup([escape(str(number)).replace("/", "/<wbr>")])


register.simple_tag(options)


# --- badges ------------------------------------------------------------------------------------


@register.inclusion_tag("ui/badge.html")
def state_badge(label: str, tone: str = "neutral", icon_name: str = "dot") -> dict[str, Any]:
    """A state in words with an icon; the colour only repeats what the words say."""
    return {"label": label, "tone": tone, "icon_name": icon_name}


# --- blocks ------------------------------------------------------------------------------------


@register.simple_block_tag
def notice(content: SafeString, tone: str = "info", title: str = "", live: str = "") -> str:
    """A boxed message: `{% notice "warning" title=… %}<p>…</p>{% endnotice %}`."""
    tone = TONES_OF_LEVELS.get(tone, tone)
    words = {"success": _("Berhasil"), "warning": _("Perhatian"), "danger": _("Penting")}
    return render_to_string(
        "ui/notice.html",
        {
            "content": content,
            "tone": tone,
            "tone_word": words.get(tone, _("Informasi")),
            "icon_name": NOTICE_ICONS.get(tone, "info"),
            "title": title,
            "live": live,
        },
    )


@register.inclusion_tag("ui/summary_list.html")
def summary_list(rows: Sequence[SummaryRow], label: str = "") -> dict[str, Any]:
    """Facts under their names; a row is `ui.parts.SummaryRow`."""
    return {"rows": rows, "label": label}


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: Sequence[TimelineEntry]) -> dict[str, Any]:
    """What happened, newest as given; an entry is `ui.parts.TimelineEntry`."""
    return {"entries": entries}


@register.inclusion_tag("ui/steps.html")
def steps(labels: Sequence[str], current: int) -> dict[str, Any]:
    """How far one has come in a journey; `current` counts from 1."""
    total = len(labels)
    rows = [
        {"label": label, "state": _step_state(number, current)}
        for number, label in enumerate(labels, start=1)
    ]
    return {"rows": rows, "current": current, "total": total, "label": labels[current - 1]}


def _step_state(number: int, current: int) -> str:
    if number == current:
        return "current"
    return "done" if number < current else "ahead"


@register.inclusion_tag("ui/tile.html")
def tile(
    label: str, value: object, note: str = "", href: str = "", tone: str = "neutral"
) -> dict[str, Any]:
    """One number with its name."""
    shown = thousands(value) if isinstance(value, int) else value
    return {"label": label, "value": shown, "note": note, "href": href, "tone": tone}


@register.inclusion_tag("ui/pager.html")
def pager(listing: Listing[Any]) -> dict[str, Any]:
    """Links to the pages beside a `ui.pages.Listing`."""
    return {"next": listing.next_query, "previous": listing.previous_query}


@register.inclusion_tag("ui/charts/bars.html")
def bar_chart(chart: BarChart) -> dict[str, Any]:
    """Bars in a table: each number stands beside its bar."""
    return {"chart": chart, "rows": markup(map(_bar, chart.bars))}


def _bar(bar: Bar) -> str:
    label = escape(bar.label)
    head = f'<a href="{escape(bar.href)}">{label}</a>' if bar.href else label
    return (
        f'<tr><th scope="row">{head}</th><td class="number">{thousands(bar.value)}</td>'
        f"{_drawn(bar)}</tr>\n"
    )


def _drawn(bar: Bar) -> str:
    return (
        f'<td class="bar-cell"><svg class="bar bar-{escape(bar.tone)}" aria-hidden="true"'
        ' focusable="false"><rect class="bar-ground" width="100%" height="100%" rx="3"/>'
        f'<rect class="bar-fill" width="{escape(bar.width)}%" height="100%" rx="3"/></svg></td>'
    )


@register.inclusion_tag("ui/charts/line.html")
def line_chart(chart: LineChart) -> dict[str, Any]:
    """A line over time with its table."""
    return {
        "chart": chart,
        "dots": markup(map(_dot, chart.points)),
        "rows": markup(map(_spot, chart.points)),
    }


def _dot(point: Point) -> str:
    return (
        f'<circle class="line-dot" cx="{escape(point.x)}%" cy="{escape(point.y)}%" r="3">'
        f"<title>{escape(point.label)}: {thousands(point.value)}</title></circle>"
    )


def _spot(point: Point) -> str:
    head = f'<tr><th scope="row">{escape(point.label)}</th>'
    return f"{head}{_number_cell(point.value, point.href)}</tr>\n"


@register.simple_tag
def figure_rows(lines: Iterable[FigureLine], headings: Sequence[str]) -> SafeString:
    """Rows of numbers, each of which leads to the list behind it where there is one.

    Each cell says its column, for phones on which a row is a card; a share has the last heading.
    """
    labels = [f' data-label="{escape(str(words))}"' for words in headings]
    return markup(_figure_row(line, labels) for line in lines)


def _figure_row(line: FigureLine, labels: Sequence[str]) -> str:
    label = escape(line.label)
    head = f'<a href="{escape(line.url)}">{label}</a>' if line.url else label
    cells = "".join(
        _number_cell(number, href, said)
        for (number, href), said in zip(line.numbers, labels, strict=False)
    )
    share = "" if line.share is None else escape(line.share or _("belum ada"))
    last = f'<td class="number"{labels[-1]}>{share}</td>' if share else ""
    return f'<tr><th scope="row">{head}</th>{cells}{last}</tr>\n'


def _number_cell(value: int, href: str, said: str = "") -> str:
    words = thousands(value)
    inner = f'<a href="{escape(href)}">{words}</a>' if href and value else words
    return f'<td class="number"{said}>{inner}</td>'


@register.inclusion_tag("ui/charts/funnel.html")
def funnel(chart: Funnel) -> dict[str, Any]:
    """How many came how far, with the share of the first step."""
    return {"chart": chart, "rows": markup(map(_funnel_row, chart.bars))}


def _funnel_row(bar: Bar) -> str:
    return (
        f'<tr><th scope="row">{escape(bar.label)}</th>{_number_cell(bar.value, bar.href)}'
        f'<td class="number">{escape(bar.share)}</td>{_drawn(bar)}</tr>\n'
    )


@register.inclusion_tag("ui/charts/tiles.html")
def tile_map(map: TileMap) -> dict[str, Any]:  # noqa: A002  the word of the template
    """The provinces as tiles, each with its number."""
    return {"map": map, "tiles": markup(_tile(tile) for tile in map.tiles)}


def _tile(tile: Tile) -> str:
    words = f"{escape(tile.name)}: {thousands(tile.value)}"
    place, step = f'x="{tile.middle:d}" y="{tile.y:d}"', f"map-letters-{tile.step:d}"
    return (
        f'<a href="{escape(tile.href)}" aria-label="{words}"><title>{words}</title>'
        f'<rect class="map-tile map-tile-{tile.step:d}" x="{tile.x:d}" y="{tile.y:d}" width="64"'
        f' height="64" rx="6"/><text class="map-letters {step}" {place} dy="24">'
        f'{escape(tile.letters)}</text><text class="map-number {step}" {place} dy="48">'
        f"{thousands(tile.value)}</text></a>\n"
    )


# --- forms -------------------------------------------------------------------------------------


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is wrong, on top of the form, with links to the fields."""
    return {"problems": problems_of(form)}


@register.simple_tag
def styled_field(field: BoundField) -> SafeString:
    """The widget with the class of its kind; a class of its own is kept."""
    widget = field.field.widget
    kind = "form-control"
    if isinstance(widget, CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, Select):
        kind = "form-select"
    classes = [kind, widget.attrs.get("class", ""), "is-invalid" if field.errors else ""]
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


# --- the frame of the page ---------------------------------------------------------------------


@register.simple_tag
def htmx_config() -> str:
    """Settings of htmx that keep it inside the content security policy."""
    return json.dumps(HTMX_CONFIG)


@register.tag
def once(parser: Parser, _token: Token) -> Node:
    """Render `{% once %}…{% endonce %}` once a process and language: words that never change.

    A page has dozens of them, and Django looks up every one for every page. What stands inside
    sees no variable at all, so that nothing of one reader can be shown to the next.
    """
    nodes = parser.parse(("endonce",))
    parser.delete_first_token()
    return _Once(nodes)


class _Once(Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.made: dict[str | None, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        language = get_language()
        if language not in self.made:
            empty = context.new({})
            empty.render_context = context.render_context
            self.made[language] = self.nodelist.render(empty)
        return self.made[language]


@register.inclusion_tag("ui/demo_banner.html")
def demo_banner() -> dict[str, bool]:
    """Says on every page of the demo that nothing here is real."""
    return {"demo": settings.DEMO}


@register.simple_tag(takes_context=True)
def language_switch(context: Context) -> SafeString:
    """Buttons for the languages, which come back to this page."""
    request = context.get("request")
    before, between, after = _language_switch(get_language())
    token = get_token(request) if request else ""
    here = escape(request.get_full_path()) if request else "/"
    return markup((before, token, between, here, after))


@cache
def _language_switch(current: str | None) -> tuple[str, str, str]:
    """The form around the token and the address, which alone differ between pages."""
    words = {"languages": settings.LANGUAGES, "current": current, "mark": _MARK}
    before, between, after = render_to_string("ui/language_switch.html", words).split(_MARK)
    return before, between, after


@register.simple_tag(takes_context=True)
def staff_navigation(context: Context) -> SafeString:
    """The menu for the roles of `request.actor`, and the way out."""
    request = context["request"]
    actor = getattr(request, "actor", None)
    links = links_for(actor.roles if actor else (), request.path)
    is_here = request.path.startswith("/akun/")
    account = NavigationLink(str(request.user), reverse("account_roles"), "person", is_here)
    return _staff_menu(get_language(), tuple(links), account)


@lru_cache(maxsize=512)
def _staff_menu(
    _language: str | None, links: tuple[NavigationLink, ...], account: NavigationLink
) -> SafeString:
    """A menu as it was shown before: the same few people walk through the same few pages."""
    words = {"items": links, "account": account, "logout_url": reverse("account_logout")}
    return render_to_string("ui/staff_navigation.html", words)
