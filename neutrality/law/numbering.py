"""Numbers of reports, findings and registrations: how they are written and read."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from neutrality.law.codes import ContestKind, OfficeLevel, RegisterKind

PROVISIONAL_PREFIX: Final = "DRG"
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_OFFICE_CODE: Final = re.compile(r"[0-9]{2}\.[0-9]{2}")
_Code = TypeVar("_Code", bound=StrEnum)


class NotANumber(ValueError):
    """The text is not a number of this register; the message says which part is wrong."""


class LevelCode(StrEnum):
    """How a number names the level of an office."""

    RI = "RI"
    PROVINCE = "Prov"
    REGENCY = "Kab"
    CITY = "Kota"
    DISTRICT = "Kec"
    ABROAD = "LN"


class ContestCode(StrEnum):
    """How a number names what is voted on; PL and PP are Pemilu, the others Pilkada."""

    LEGISLATIVE = "PL"
    PRESIDENT = "PP"
    GOVERNOR = "PG"
    REGENT = "PB"
    MAYOR = "PW"


_CONTEST_CODES: Final = {
    ContestKind.PRESIDENT: ContestCode.PRESIDENT,
    ContestKind.DPR: ContestCode.LEGISLATIVE,
    ContestKind.DPD: ContestCode.LEGISLATIVE,
    ContestKind.DPRD_PROVINCE: ContestCode.LEGISLATIVE,
    ContestKind.DPRD_REGENCY: ContestCode.LEGISLATIVE,
    ContestKind.GOVERNOR: ContestCode.GOVERNOR,
    ContestKind.REGENT: ContestCode.REGENT,
    ContestKind.MAYOR: ContestCode.MAYOR,
}


@dataclass(frozen=True, slots=True)
class ReportNumber:
    """The parts of a number such as `002/LP/PL/Kab/27.09/III/2024`.

    Attributes:
        register: Report or finding, or its registration (`…/Reg/LP/…`).
        sequence: From 1; written with three digits or more.
        contest: What is voted on.
        level: The level of the office.
        office_code: The supervisor's own office code, not the region code of the Interior.
        month: 1 to 12, of the day the number was given; not monotone with the sequence.
        year: Of that day.

    Raises:
        NotANumber: When a part cannot be written.
    """

    register: RegisterKind
    sequence: int
    contest: ContestCode
    level: LevelCode
    office_code: str
    month: int
    year: int

    def __post_init__(self) -> None:
        """Refuse parts that could not be read back."""
        if self.sequence < 1:
            raise NotANumber("The sequence starts at 1.")
        if not _OFFICE_CODE.fullmatch(self.office_code):
            raise NotANumber("The office code has the form 16.04.")
        if not 1 <= self.month <= len(_ROMAN):
            raise NotANumber("The month is between 1 and 12.")
        if not 1000 <= self.year <= 9999:
            raise NotANumber("The year has four digits.")

    def uniqueness_scope(self) -> tuple[str, str, str, int]:
        """Return what a sequence is unique within: register, contest, office code, year."""
        return (self.register.value, self.contest.value, self.office_code, self.year)


def roman_month(month: int) -> str:
    """Write a month, 1 to 12, as a Roman numeral."""
    return _ROMAN[month - 1]


def month_of_roman(numeral: str) -> int:
    """Read a Roman month.

    Raises:
        NotANumber: When it is none of the twelve.
    """
    if numeral not in _ROMAN:
        raise NotANumber(f"“{numeral}” is not a Roman month.")
    return _ROMAN.index(numeral) + 1


def contest_code(kind: ContestKind) -> ContestCode:
    """Return the number code of a contest."""
    return _CONTEST_CODES[kind]


def level_code(level: OfficeLevel) -> LevelCode:
    """Return the number code of a level."""
    return LevelCode[level.name]


def report_number(
    *,
    register: RegisterKind,
    sequence: int,
    contest: ContestKind,
    level: OfficeLevel,
    office_code: str,
    given_on: date,
) -> ReportNumber:
    """Put a number together from the contest, the office and the local day it is given."""
    return ReportNumber(
        register=register,
        sequence=sequence,
        contest=contest_code(contest),
        level=level_code(level),
        office_code=office_code,
        month=given_on.month,
        year=given_on.year,
    )


def format_report_number(number: ReportNumber) -> str:
    """Write a report or finding number: `002/LP/PL/Kab/27.09/III/2024`.

    Raises:
        NotANumber: When `number` belongs to a registration register.
    """
    if number.register not in {RegisterKind.LP, RegisterKind.TM}:
        raise NotANumber("A registration has its own form.")
    return _join(number, number.register.value)


def format_register_number(number: ReportNumber) -> str:
    """Write a registration number: `002/Reg/LP/PL/Kab/27.09/III/2024`.

    Raises:
        NotANumber: When `number` belongs to a report or finding register.
    """
    if number.register not in {RegisterKind.REG_LP, RegisterKind.REG_TM}:
        raise NotANumber("Only a registration is written with Reg.")
    return _join(number, f"Reg/{number.register.value.removeprefix('REG_')}")


def format_number(number: ReportNumber) -> str:
    """Write any number in the form of its register."""
    if number.register in {RegisterKind.LP, RegisterKind.TM}:
        return format_report_number(number)
    return format_register_number(number)


def parse_report_number(text: str) -> ReportNumber:
    """Read a report, finding or registration number.

    Raises:
        NotANumber: Naming the part that is wrong.
    """
    parts = text.strip().split("/")
    if len(parts) not in {7, 8}:
        raise NotANumber("A number has seven parts, a registration eight.")
    contest, level, office_code, month, year = parts[-5:]
    register = _read_register(parts[1:-5])
    return ReportNumber(
        register=register,
        sequence=_digits(parts[0], "sequence"),
        contest=_member(ContestCode, contest),
        level=_member(LevelCode, level),
        office_code=office_code,
        month=month_of_roman(month),
        year=_digits(year, "year"),
    )


def format_provisional_number(*, sequence: int, year: int) -> str:
    """Write the number of an online report before the counter gave an official one.

    It has no slash and another prefix, so that nobody takes it for a register number.
    """
    return f"{PROVISIONAL_PREFIX}-{year}-{sequence:06d}"


def _join(number: ReportNumber, register: str) -> str:
    tail = f"{number.office_code}/{roman_month(number.month)}/{number.year}"
    return f"{number.sequence:03d}/{register}/{number.contest}/{number.level}/{tail}"


def _read_register(names: list[str]) -> RegisterKind:
    match names:
        case [("LP" | "TM") as name]:
            return RegisterKind(name)
        case ["Reg", ("LP" | "TM") as name]:
            return RegisterKind(f"REG_{name}")
        case _:
            raise NotANumber(f"“{'/'.join(names)}” is neither LP, TM, Reg/LP nor Reg/TM.")


def _digits(text: str, part: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise NotANumber(f"The {part} “{text}” is not a whole number.")
    return int(text)


def _member(codes: type[_Code], text: str) -> _Code:
    try:
        return codes(text)
    except ValueError as error:
        raise NotANumber(f"“{text}” is not known here.") from error
