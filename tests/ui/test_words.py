"""Dates, deadlines, badges and charts as people read them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given, strategies as st

from neutrality.ui.charts import make_bars, make_funnel, make_line, nice_top
from neutrality.ui.dates import say_instant, say_short_instant
from neutrality.ui.due import due_words
from neutrality.ui.parts import SummaryRow, TimelineEntry

WIB = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def draw(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Jakarta", "Sabtu, 21 November 2026 pukul 16.00 WIB"),
        ("Asia/Makassar", "Sabtu, 21 November 2026 pukul 17.00 WITA"),
        ("Asia/Jayapura", "Sabtu, 21 November 2026 pukul 18.00 WIT"),
    ],
)
def test_an_instant_is_said_in_the_zone_of_the_office(zone, words):
    assert say_instant(NOON, ZoneInfo(zone)) == words
    assert draw("{{ at|instant:zone }}", at=NOON, zone=zone) == words


def test_a_day_turns_with_the_zone():
    late = datetime(2026, 12, 31, 15, 30, tzinfo=UTC)
    assert say_short_instant(late, ZoneInfo("Asia/Jayapura")) == "1 Jan 2027, 00.30 WIT"


def test_days_are_said_in_the_readers_language():
    with translation.override("en"):
        assert draw("{{ on|day }}", on=date(2026, 11, 21)) == "Saturday, 21 November 2026"
    assert draw("{{ on|short_day }}", on=date(2026, 11, 21)) == "21 Nov 2026"
    assert draw("{{ on|day }}{{ at|instant:'Asia/Jakarta' }}", on=None, at=None) == ""


@pytest.mark.parametrize(
    ("hours", "met", "tone", "words"),
    [
        (3, None, "warning", "Jatuh tempo hari ini pukul 19.00 WIB"),
        (24, None, "warning", "Jatuh tempo besok pukul 16.00 WIB"),
        (72, None, "info", "3 hari lagi"),
        (-0.5, None, "danger", "Terlambat kurang dari satu jam"),
        (-3, None, "danger", "Terlambat 3 jam"),
        (-48, None, "danger", "Terlambat 2 hari"),
        (1, 0, "success", "Selesai tepat waktu"),
        (-1, 0, "warning", "Selesai, terlambat"),
    ],
)
def test_a_deadline_says_how_it_stands(hours, met, tone, words):
    met_at = None if met is None else NOON
    said = due_words(due_at=NOON + timedelta(hours=hours), now=NOON, tz=WIB, met_at=met_at)
    assert (said.tone, said.words) == (tone, words)


def test_a_badge_never_speaks_by_colour_alone():
    html = draw('{% state_badge "Diregistrasi" "success" "check" %}')
    assert "Diregistrasi" in html
    assert "icons.svg#check" in html


def test_a_notice_names_its_kind_for_those_who_listen():
    html = draw('{% notice "warning" %}<p>Isi</p>{% endnotice %}')
    assert '<span class="visually-hidden">Perhatian</span>' in html
    assert "<p>Isi</p>" in html


def test_what_people_typed_is_escaped_everywhere():
    bad = "<script>alert(1)</script>"
    html = draw(
        "{% summary_list rows %}{% timeline entries %}{% state_badge bad %}{% tile bad 3 %}"
        "{% steps labels 1 %}{% bar_chart bars %}{% icon 'check' bad %}",
        rows=[SummaryRow(bad, bad, "/x/")],
        entries=[TimelineEntry(bad, bad, bad, bad, bad)],
        bad=bad,
        labels=[bad],
        bars=make_bars(title=bad, label_heading=bad, value_heading=bad, rows=[(bad, 1)]),
    )
    assert "<script" not in html


def test_steps_say_where_one_is():
    html = draw("{% steps labels 2 %}", labels=["Apa", "Kapan", "Siapa"])
    assert "Langkah 2 dari 3" in html
    assert html.count('aria-current="step"') == 1


def test_charts_hold_no_style_and_show_their_numbers():
    bars = make_bars(
        title="T", label_heading="A", value_heading="B", rows=[("x", 1500), ("y", 500, "danger")]
    )
    line = make_line(
        title="T", label_heading="A", value_heading="B", rows=[("Jan", 0), ("Feb", 1500)]
    )
    funnel = make_funnel(title="T", rows=[("a", 1500), ("b", 750)])
    html = draw(
        "{% bar_chart bars %}{% line_chart line %}{% funnel funnel %}",
        bars=bars,
        line=line,
        funnel=funnel,
    )
    assert "style=" not in html
    assert 'width="33.33%"' in html
    assert "1.500" in html
    assert [bar.share for bar in funnel.bars] == ["100%", "50%"]


def test_charts_of_nothing_say_so():
    html = draw(
        "{% bar_chart bars %}{% line_chart line %}{% funnel funnel %}",
        bars=make_bars(title="T", label_heading="A", value_heading="B", rows=[]),
        line=make_line(title="T", label_heading="A", value_heading="B", rows=[]),
        funnel=make_funnel(title="T", rows=[]),
    )
    assert html.count("Belum ada data.") == 3


@given(st.integers(0, 10**9))
def test_a_scale_ends_above_the_highest_value_and_can_be_halved(highest):
    top = nice_top(highest)
    assert top >= highest
    assert top % 2 == 0
