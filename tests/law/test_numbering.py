"""Numbers as they are seen on public lists, written and read."""

from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from neutrality.law.codes import ContestKind, OfficeLevel, RegisterKind
from neutrality.law.numbering import (
    ContestCode,
    LevelCode,
    NotANumber,
    ReportNumber,
    contest_code,
    format_number,
    format_provisional_number,
    format_register_number,
    format_report_number,
    level_code,
    month_of_roman,
    parse_report_number,
    report_number,
    roman_month,
)
from tests.law.tables import table

NUMBER = ReportNumber(
    register=RegisterKind.LP,
    sequence=1,
    contest=ContestCode.MAYOR,
    level=LevelCode.CITY,
    office_code="16.04",
    month=12,
    year=2023,
)


@pytest.mark.parametrize("line", table("numbers"), ids=lambda line: line["text"])
def test_a_number_of_the_public_lists_is_read_and_written(line):
    number = ReportNumber(
        register=RegisterKind(line["register"]),
        sequence=int(line["sequence"]),
        contest=ContestCode(line["contest"]),
        level=LevelCode(line["level"]),
        office_code=line["office_code"],
        month=int(line["month"]),
        year=int(line["year"]),
    )
    assert parse_report_number(f" {line['text']} ") == number
    assert format_number(number) == line["text"]


@settings(deadline=None)
@given(
    st.builds(
        ReportNumber,
        register=st.sampled_from(RegisterKind),
        sequence=st.integers(min_value=1, max_value=99999),
        contest=st.sampled_from(ContestCode),
        level=st.sampled_from(LevelCode),
        office_code=st.from_regex(r"[0-9]{2}\.[0-9]{2}", fullmatch=True),
        month=st.integers(min_value=1, max_value=12),
        year=st.integers(min_value=1000, max_value=9999),
    )
)
def test_what_is_written_can_be_read(number):
    assert parse_report_number(format_number(number)) == number


@settings(deadline=None)
@given(st.text())
def test_any_other_text_is_refused_with_a_reason(text):
    with pytest.raises(NotANumber):
        parse_report_number(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("001/LP/PW/Kota/16.04/XII", "seven parts"),
        ("001/XX/PW/Kota/16.04/XII/2023", "neither LP"),
        ("001/Reg/XX/PW/Kota/16.04/XII/2023", "neither LP"),
        ("001/LP/LP/PW/Kota/16.04/XII/2023", "neither LP"),
        ("one/LP/PW/Kota/16.04/XII/2023", "not a whole number"),
        ("٣/LP/PW/Kota/16.04/XII/2023", "not a whole number"),
        ("000/LP/PW/Kota/16.04/XII/2023", "starts at 1"),
        ("001/LP/ZZ/Kota/16.04/XII/2023", "not known"),
        ("001/LP/PW/Desa/16.04/XII/2023", "not known"),
        ("001/LP/PW/Kota/35.7/XII/2023", "office code"),
        ("001/LP/PW/Kota/16.04/XIII/2023", "Roman month"),
        ("001/LP/PW/Kota/16.04/XII/23", "four digits"),
    ],
)
def test_a_wrong_part_is_named(text, reason):
    with pytest.raises(NotANumber, match=reason):
        parse_report_number(text)


def test_a_month_out_of_the_year_is_refused():
    with pytest.raises(NotANumber, match="between 1 and 12"):
        ReportNumber(RegisterKind.LP, 1, ContestCode.MAYOR, LevelCode.CITY, "16.04", 13, 2023)


def test_the_two_forms_are_not_mixed_up():
    registration = ReportNumber(
        RegisterKind.REG_LP, 1, ContestCode.MAYOR, LevelCode.CITY, "16.04", 12, 2023
    )
    assert format_report_number(NUMBER) == "001/LP/PW/Kota/16.04/XII/2023"
    assert format_register_number(registration) == "001/Reg/LP/PW/Kota/16.04/XII/2023"
    with pytest.raises(NotANumber):
        format_register_number(NUMBER)
    with pytest.raises(NotANumber):
        format_report_number(registration)


def test_a_number_is_put_together_from_contest_office_and_day():
    number = report_number(
        register=RegisterKind.LP,
        sequence=1,
        contest=ContestKind.MAYOR,
        level=OfficeLevel.CITY,
        office_code="16.04",
        given_on=date(2023, 12, 8),
    )
    assert number == NUMBER
    assert number.uniqueness_scope() == ("LP", "PW", "16.04", 2023)


def test_every_contest_and_level_has_a_code():
    assert {kind: contest_code(kind).value for kind in ContestKind} == {
        ContestKind.PRESIDENT: "PP",
        ContestKind.DPR: "PL",
        ContestKind.DPD: "PL",
        ContestKind.DPRD_PROVINCE: "PL",
        ContestKind.DPRD_REGENCY: "PL",
        ContestKind.GOVERNOR: "PG",
        ContestKind.REGENT: "PB",
        ContestKind.MAYOR: "PW",
    }
    assert [level_code(level).value for level in OfficeLevel] == [
        "RI",
        "Prov",
        "Kab",
        "Kota",
        "Kec",
    ]


def test_months_are_roman():
    assert [month_of_roman(roman_month(month)) for month in range(1, 13)] == list(range(1, 13))


def test_a_provisional_number_looks_like_no_register_number():
    text = format_provisional_number(sequence=42, year=2024)
    assert text == "DRG-2024-000042"
    with pytest.raises(NotANumber):
        parse_report_number(text)
