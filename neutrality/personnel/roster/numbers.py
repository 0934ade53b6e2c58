"""Which number a cell holds; a damaged one is recognised and explained, never mended."""

import re
from datetime import date, timedelta
from typing import Final

from neutrality.personnel.codes import NumberKind
from neutrality.personnel.roster.errors import RowError as E
from neutrality.personnel.validators import (
    BIRTH_DATE,
    NIK_DIGITS,
    OLD_NIP_DIGITS,
    SERVANT_DIGITS,
    SEX,
    YEAR,
    check_ni_pppk,
    check_nik,
    check_nip,
)

_FIRST, _LAST = date(1930, 1, 1), date(2015, 12, 31)
BIRTHS: Final = frozenset(
    f"{_FIRST + timedelta(days=day):%Y%m%d}" for day in range((_LAST - _FIRST).days + 1)
)
KINDS: Final = {f"{month:02d}": NumberKind.NIP.value for month in range(1, 13)} | {
    f"{contract:02d}": NumberKind.NI_PPPK.value for contract in range(21, 100)
}
_BETWEEN: Final = re.compile(r"[\s\u00a0\u200b'\u2019`-]")
_GROUPS: Final = re.compile(r"[.\s]")
_DECIMAL: Final = re.compile(r"\d{15,}[.,]\d{1,2}")
_NOT_DIGITS: Final = (
    (re.compile(r"$"), E.NUMBER_MISSING),
    (re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+$"), E.NUMBER_SCIENTIFIC),
    (_DECIMAL, E.NUMBER_DECIMAL),
    (re.compile("="), E.FORMULA),
    (re.compile("#"), E.EXCEL_ERROR),
    (re.compile(""), E.NUMBER_LETTERS),
)
_FINDINGS: Final = {
    BIRTH_DATE.code: E.NUMBER_BIRTH,
    YEAR.code: E.NUMBER_YEAR,
    SEX.code: E.NUMBER_SEX,
}

Number = tuple[str, str, str]  # kind, digits, error code


def number_in(cell: str) -> Number:
    """The kind and the digits of a number, or the code of what is wrong with it.

    Spaces, dots between groups and the apostrophe that Excel puts before text do not count.
    """
    digits = cell
    if len(cell) != SERVANT_DIGITS or not (cell.isascii() and cell.isdigit()):
        digits = _BETWEEN.sub("", cell)
        if not digits.isascii() or not digits.isdigit():
            return _not_digits(digits)
    if len(digits) == SERVANT_DIGITS and digits[:8] in BIRTHS and digits[14] in "12":
        kind = KINDS.get(digits[12:14])
        if kind is not None and digits[15:] != "000" and digits[8:12] > digits[:4]:
            return kind, digits, ""
    return _odd(digits)


def _not_digits(text: str) -> Number:
    digits = _GROUPS.sub("", text)
    if digits.isascii() and digits.isdigit() and not _DECIMAL.fullmatch(text):
        return number_in(digits)
    return "", "", next(error for form, error in _NOT_DIGITS if form.match(text))


def _odd(digits: str) -> Number:
    if len(digits) == NIK_DIGITS:
        valid = check_nik(number=digits).is_valid
        return (NumberKind.NIK.value, digits, "") if valid else ("", "", E.NUMBER_NIK_WRONG)
    if len(digits) == OLD_NIP_DIGITS:
        return "", "", E.NUMBER_OLD
    if len(digits) != SERVANT_DIGITS:
        return "", "", E.NUMBER_SHORT if len(digits) < SERVANT_DIGITS else E.NUMBER_LONG
    return _wrong_servant(digits)


def _wrong_servant(digits: str) -> Number:
    kind = KINDS.get(digits[12:14])
    if kind is None:
        rounded = digits[15:] == "000"
        return "", "", E.NUMBER_ROUNDED if rounded else E.NUMBER_MONTH
    check = (check_nip if kind == NumberKind.NIP else check_ni_pppk)(number=digits)
    if check.is_valid:  # born before or after the days that are looked up
        return kind, digits, ""
    codes = [finding.code for finding in check.errors]
    found = next((_FINDINGS[code] for code in codes if code in _FINDINGS), E.NUMBER_ROUNDED)
    return "", "", found
