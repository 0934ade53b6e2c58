"""The typed contents: complete, written out, and maskable."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from neutrality.documents.contents import CONTENTS, ReportContent, Table
from neutrality.documents.rendering import TEMPLATES
from neutrality.documents.wording import legible, long_date, moment, short_date
from neutrality.law.codes import FormRole
from tests.documents.samples import REPORTER, SAMPLES, WITNESS


@pytest.mark.parametrize("role", FormRole)
def test_every_role_has_a_content(role):
    assert any(role in content.roles for content in CONTENTS.values())


def test_every_content_has_a_template_and_a_sample():
    templates = {path.stem for path in TEMPLATES.glob("*.typ")} - {"layout"}
    assert templates == set(CONTENTS) == set(SAMPLES)


def test_dates_and_instants_are_written_out():
    content: Any = SAMPLES["report"].as_content()
    assert content["template"] == "report"
    assert content["reported_at"] == "Senin, 8 Januari 2024, pukul 16.00 WIB"
    assert content["reporter"]["birth_on"] == "1 Januari 1990"
    assert (long_date(date(2023, 12, 7)), short_date(date(2024, 8, 24))) == (
        "Kamis, 7 Desember 2023",
        "24 Agustus 2024",
    )


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Asia/Pontianak", "pukul 16.00 WIB"),
        ("Asia/Makassar", "pukul 16.00 WITA"),
        ("Asia/Jayapura", "pukul 16.00 WIT"),
    ],
)
def test_an_instant_names_its_zone(zone, written):
    assert moment(datetime(2024, 1, 8, 16, tzinfo=ZoneInfo(zone))).endswith(written)


@pytest.mark.parametrize("zone", [None, UTC])
def test_an_instant_without_the_zone_of_an_office_is_refused(zone):
    with pytest.raises(ValueError, match="zone of its office"):
        moment(datetime(2024, 1, 8, 16, tzinfo=zone))


@pytest.mark.parametrize("template", SAMPLES)
def test_no_twin_names_who_is_confidential(template):
    twin = str(SAMPLES[template].masked().as_content()).casefold()
    named = [s for p in (REPORTER, WITNESS) for s in p.secrets() if s.casefold() in twin]
    assert named == []


def test_a_twin_says_roles_also_in_the_account():
    twin = cast("ReportContent", SAMPLES["report"]).masked()
    assert (twin.reporter.name, twin.witnesses[0].name) == ("Pelapor", "Saksi 1")
    assert twin.account == "Pelapor melihat unggahan itu.\nSaksi 1 juga."


def test_a_short_name_is_masked_only_as_a_whole_word():
    content = replace(
        cast("ReportContent", SAMPLES["report"]),
        reporter=replace(REPORTER, name="Ani"),
        account="Ani dan Anisa, tani.",
    )
    assert content.masked().account == "Pelapor dan Anisa, tani."


def test_who_is_not_confidential_keeps_the_name():
    content = SAMPLES["certificate"]
    assert content.masked() == content


def test_ragged_tables_are_refused():
    with pytest.raises(ValueError, match="Ragged"):
        Table(caption="x", headers=("a", "b"), rows=(("1",),))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Kota Kediri", "Kota Kediri"),
        ("baik \N{THUMBS UP SIGN}", "baik [THUMBS UP SIGN]"),
        ("\ua98f", "[JAVANESE LETTER KA]"),
        ("a\tb\r\nc", "a b \nc"),
        ("\N{HEAVY BLACK HEART}\ufe0f\u200d", "\N{HEAVY BLACK HEART}"),
        ("\x00\u202e\ud800", "[U+0000][RIGHT-TO-LEFT OVERRIDE][U+D800]"),
        ("e\u0301", "é"),
    ],
)
def test_a_character_outside_the_fonts_is_named(text, written):
    assert legible(text) == written
