"""What a number says, what is wrong with it and what is only odd."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from neutrality.personnel.codes import NumberKind
from neutrality.personnel.validators import (
    check_ni_pppk,
    check_nik,
    check_nip,
    check_number,
    kind_of,
    mask_number,
)

NIP = "198609262015051001"
NI_PPPK = "198305162019211001"
PART_TIME = "199009132025242014"
NIK = "3571011203900001"
NIK_OF_A_WOMAN = "3571015203900001"


def errors(check):
    return [finding.code for finding in check.errors]


def warnings(check):
    return [finding.code for finding in check.warnings]


@st.composite
def servants(draw, middle):
    born = draw(st.dates(min_value=date(1950, 1, 1), max_value=date(2005, 12, 31)))
    year = draw(st.integers(min_value=born.year + 19, max_value=born.year + 60))
    sex, sequence = draw(st.sampled_from("12")), draw(st.integers(1, 999))
    return f"{born:%Y%m%d}{year}{draw(middle):02}{sex}{sequence:03}", born


NIPS = servants(st.integers(1, 12))
NI_PPPKS = servants(st.integers(21, 99))


@pytest.mark.parametrize(
    ("check", "number", "digits", "born"),
    [
        (check_nip, NIP, NIP, date(1986, 9, 26)),
        (check_nip, " 19860926 201505 1 001 ", NIP, date(1986, 9, 26)),
        (check_ni_pppk, NI_PPPK, NI_PPPK, date(1983, 5, 16)),
        (check_ni_pppk, PART_TIME, PART_TIME, date(1990, 9, 13)),
        (check_nik, NIK, NIK, None),
        (check_nik, "3571 0112 0390 0001", NIK, None),
    ],
)
def test_a_good_number_is_taken_however_it_is_spaced(check, number, digits, born):
    found = check(number=number)
    assert (found.is_valid, found.errors, found.warnings) == (True, (), ())
    assert (found.digits, found.birth_date) == (digits, born)


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("", ["not_digits"]),
        ("abc", ["not_digits"]),
        ("١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", ["not_digits"]),
        ("19860926201505100", ["not_18_digits"]),
        ("510123456", ["old_nip"]),
        (NI_PPPK, ["is_pppk"]),
        ("198609262015001001", ["month"]),
        ("198609262015131001", ["month"]),
        ("198609262015201001", ["month"]),
        ("198613262015051001", ["birth_date"]),
        ("198602302015051001", ["birth_date"]),
        ("198609262015053001", ["sex"]),
        ("198609262015051000", ["sequence"]),
        ("198609261986051001", ["year"]),
        ("000000000000000000", ["birth_date", "sex", "sequence", "month"]),
    ],
)
def test_a_nip_that_cannot_be_says_why(number, codes):
    assert errors(check_nip(number=number)) == codes


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        (NIP, ["is_nip"]),
        ("198305162019001001", ["contract"]),
        ("198305162019131001", ["contract"]),
        ("198305162019201001", ["contract"]),
        ("510123456", ["not_18_digits"]),
        ("19830516201921100x", ["not_digits"]),
    ],
)
def test_an_ni_pppk_that_cannot_be_says_why(number, codes):
    assert errors(check_ni_pppk(number=number)) == codes


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("357101120390001", ["not_16_digits"]),
        ("3571011203900000", ["sequence"]),
        ("3571010003900001", ["nik_day"]),
        ("3571013203900001", ["nik_day"]),
        ("3571014003900001", ["nik_day"]),
        ("3571017203900001", ["nik_day"]),
        ("3571018103900001", ["nik_day"]),
        ("3571011213900001", ["nik_month"]),
        ("3571011200900001", ["nik_month"]),
        ("0071011203900001", ["nik_region"]),
    ],
)
def test_a_nik_that_cannot_be_says_why(number, codes):
    assert errors(check_nik(number=number)) == codes


def test_an_odd_number_only_warns():
    young = check_nip(number="200009262018081001")
    assert (young.is_valid, warnings(young)) == (True, ["too_young"])
    assert warnings(check_nip(number="200009262018091001")) == []
    assert warnings(check_ni_pppk(number="200209262019211001")) == ["too_young"]
    assert warnings(check_nik(number="3571013002900001")) == ["nik_no_such_day"]


def test_what_differs_from_the_roster_only_warns():
    born, other = date(1986, 9, 26), date(1986, 9, 27)
    assert warnings(check_nip(number=NIP, birth_date=born, sex="1")) == []
    assert warnings(check_nip(number=NIP, birth_date=other, sex="2")) == [
        "other_birth_date",
        "other_sex",
    ]
    assert warnings(check_nik(number=NIK, birth_date=date(1990, 3, 12), sex="1")) == []
    assert warnings(check_nik(number=NIK, birth_date=other, sex="2")) == [
        "other_birth_date",
        "other_sex",
    ]


def test_a_woman_has_forty_added_to_her_day():
    found = check_nik(number=NIK_OF_A_WOMAN, birth_date=date(1990, 3, 12), sex="2")
    assert (found.is_valid, found.warnings) == (True, ())


def test_a_province_that_the_library_does_not_know_is_only_pointed_out():
    found = check_nik(number="9971011203900001")
    assert (found.is_valid, warnings(found)) == (True, ["nik_province_unknown"])


def test_a_nik_names_no_century():
    for born in (date(1909, 3, 12), date(2009, 3, 12)):
        assert warnings(check_nik(number="3571011203090001", birth_date=born)) == []


@given(NIPS)
def test_every_nip_is_a_nip_and_nothing_else(case):
    number, born = case
    found = check_nip(number=number)
    assert (found.errors, found.warnings, found.birth_date) == ((), (), born)
    assert kind_of(number=number) is NumberKind.NIP


@given(NI_PPPKS)
def test_every_ni_pppk_is_one_and_nothing_else(case):
    number, born = case
    found = check_ni_pppk(number=number, birth_date=born)
    assert (found.errors, found.warnings) == ((), ())
    assert kind_of(number=number) is NumberKind.NI_PPPK


@given(
    st.dates(min_value=date(1930, 1, 1), max_value=date(2020, 1, 1)),
    st.booleans(),
    st.integers(1, 9999),
)
def test_every_nik_is_a_nik_and_nothing_else(born, is_woman, sequence):
    number = f"357101{born.day + 40 * is_woman:02}{born:%m%y}{sequence:04}"
    found = check_nik(number=number, birth_date=born, sex="2" if is_woman else "1")
    assert (found.errors, found.warnings) == ((), ())
    assert kind_of(number=number) is NumberKind.NIK


@given(st.text(max_size=30), st.sampled_from(NumberKind))
def test_no_text_breaks_a_check(text, kind):
    found = check_number(kind=kind, number=text)
    assert found.is_valid is (found.errors == ())
    assert all(str(finding) for finding in (*found.errors, *found.warnings))


@given(st.text(alphabet="0123456789", min_size=18, max_size=18))
def test_no_digits_are_two_kinds(number):
    assert not (check_nip(number=number).is_valid and check_ni_pppk(number=number).is_valid)


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        (NumberKind.NIP, NIP, "•••••••• 201505 • 001"),
        (NumberKind.NI_PPPK, NI_PPPK, "•••••••• 201921 • 001"),
        (NumberKind.NIK, NIK, "••••••••••••0001"),
    ],
)
def test_a_mask_shows_neither_birth_nor_sex(kind, number, shown):
    assert mask_number(kind=kind, number=number) == shown
