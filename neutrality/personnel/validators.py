"""The numbers of civil servants and citizens: what they say, what is wrong, what is odd.

NIP: Perka BKN 22/2007; NI PPPK: the same with year and contract frequency; NIK: Dukcapil.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import numdb

from neutrality.personnel.codes import NumberKind

SERVANT_DIGITS: Final = 18
OLD_NIP_DIGITS: Final = 9
NIK_DIGITS: Final = 16
# Digits 13 and 14 are a month for a PNS; for a PPPK they count contracts from 21 on.
FIRST_CONTRACT: Final = 21
WOMEN_ADD: Final = 40
ADULT: Final = 18


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong or odd about a number, with the sentence that a page shows."""

    code: str
    sentence: Promise

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """What a number says. With errors it is not that kind of number; warnings only ask to look."""

    kind: NumberKind
    digits: str
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...] = ()
    birth_date: date | None = None

    @property
    def is_valid(self) -> bool:
        """Whether it can be a number of its kind."""
        return not self.errors


NOT_DIGITS: Final = Finding("not_digits", _("Nomor hanya boleh berisi angka."))
NOT_18_DIGITS: Final = Finding("not_18_digits", _("Nomor harus terdiri atas 18 angka."))
OLD_NIP: Final = Finding(
    "old_nip", _("Ini NIP lama dengan 9 angka. Masukkan NIP baru dengan 18 angka.")
)
NOT_16_DIGITS: Final = Finding("not_16_digits", _("NIK harus terdiri atas 16 angka."))
BIRTH_DATE: Final = Finding("birth_date", _("Delapan angka pertama bukan tanggal lahir."))
MONTH: Final = Finding("month", _("Angka ke-13 dan ke-14 pada NIP harus bulan 01 sampai 12."))
CONTRACT: Final = Finding("contract", _("Angka ke-13 dan ke-14 pada NI PPPK harus 21 atau lebih."))
IS_PPPK: Final = Finding("is_pppk", _("Ini tampaknya NI PPPK, bukan NIP."))
IS_NIP: Final = Finding("is_nip", _("Ini tampaknya NIP, bukan NI PPPK."))
YEAR: Final = Finding("year", _("Tahun pengangkatan harus sesudah tahun lahir."))
SEX: Final = Finding("sex", _("Angka ke-15 harus 1 (laki-laki) atau 2 (perempuan)."))
SEQUENCE: Final = Finding("sequence", _("Nomor urut tidak boleh nol."))
TOO_YOUNG: Final = Finding("too_young", _("Diangkat sebelum berumur 18 tahun. Periksa kembali."))
OTHER_BIRTH_DATE: Final = Finding(
    "other_birth_date", _("Tanggal lahir pada nomor berbeda dari data pegawai.")
)
OTHER_SEX: Final = Finding("other_sex", _("Jenis kelamin pada nomor berbeda dari data pegawai."))
NIK_DAY: Final = Finding(
    "nik_day", _("Angka ke-7 dan ke-8 harus 01 sampai 31, atau 41 sampai 71 untuk perempuan.")
)
NIK_MONTH: Final = Finding("nik_month", _("Angka ke-9 dan ke-10 harus bulan 01 sampai 12."))
NIK_REGION: Final = Finding("nik_region", _("Enam angka pertama bukan kode wilayah."))
# The library's list lags behind the newest provinces: it can only ask to look.
NIK_PROVINCE_UNKNOWN: Final = Finding(
    "nik_province_unknown", _("Dua angka pertama NIK bukan kode provinsi yang dikenal.")
)
NIK_NO_SUCH_DAY: Final = Finding(
    "nik_no_such_day", _("Tanggal lahir pada NIK tidak ada dalam kalender. Periksa kembali.")
)


@dataclass(frozen=True, slots=True)
class _Servant:
    """An 18-digit number taken apart."""

    birth_date: date | None
    year: int
    middle: int
    sex: str
    sequence: str


def check_nip(*, number: str, birth_date: date | None = None, sex: str = "") -> NumberCheck:
    """Check a PNS's number (NIP); `birth_date` and `sex` (`1`, `2`) of the roster only warn."""
    return _check_servant(NumberKind.NIP, number, _nip_middle, birth_date, sex)


def check_ni_pppk(*, number: str, birth_date: date | None = None, sex: str = "") -> NumberCheck:
    """Check a contract employee's number (NI PPPK), like `check_nip`."""
    return _check_servant(NumberKind.NI_PPPK, number, _pppk_middle, birth_date, sex)


def check_nik(*, number: str, birth_date: date | None = None, sex: str = "") -> NumberCheck:
    """Check a citizen's number (NIK).

    It keeps the place of first registration and the first birth date for life, so neither is ever
    an error against an address or a corrected birth date.
    """
    digits = _compact(number)
    errors = _shape(digits, NIK_DIGITS, NOT_16_DIGITS) or tuple(_nik_errors(digits))
    if errors:
        return NumberCheck(NumberKind.NIK, digits, errors)
    warnings = tuple(_nik_warnings(digits, birth_date, sex))
    return NumberCheck(NumberKind.NIK, digits, (), warnings)


def check_number(
    *, kind: NumberKind, number: str, birth_date: date | None = None, sex: str = ""
) -> NumberCheck:
    """Check a number of any kind."""
    return _CHECKS[kind](number=number, birth_date=birth_date, sex=sex)


def kind_of(*, number: str) -> NumberKind | None:
    """The kind that a number can be, or None; a number is never two kinds."""
    return next(
        (kind for kind in NumberKind if check_number(kind=kind, number=number).is_valid), None
    )


def mask_number(*, kind: NumberKind, number: str) -> str:
    """What may be shown of a number: neither birth date nor sex, nor a place of registration."""
    digits = _compact(number)
    if kind is NumberKind.NIK:
        return f"{'•' * 12}{digits[12:]}"
    return f"{'•' * 8} {digits[8:14]} • {digits[15:]}"


def _compact(number: str) -> str:
    return re.sub(r"[\s.-]", "", number)


def _shape(digits: str, length: int, wrong_length: Finding) -> tuple[Finding, ...]:
    # str.isdigit() also takes digits of other scripts.
    if not re.fullmatch(r"[0-9]+", digits):
        return (NOT_DIGITS,)
    return () if len(digits) == length else (wrong_length,)


def _check_servant(
    kind: NumberKind,
    number: str,
    middle_errors: Callable[[int], Iterator[Finding]],
    birth_date: date | None,
    sex: str,
) -> NumberCheck:
    digits = _compact(number)
    is_old = kind is NumberKind.NIP and len(digits) == OLD_NIP_DIGITS
    errors = _shape(digits, SERVANT_DIGITS, OLD_NIP if is_old else NOT_18_DIGITS)
    if errors:
        return NumberCheck(kind, digits, errors)
    parts = _take_apart(digits)
    errors = (*_servant_errors(parts), *middle_errors(parts.middle))
    warnings = () if errors else tuple(_servant_warnings(kind, parts, birth_date, sex))
    return NumberCheck(kind, digits, errors, warnings, None if errors else parts.birth_date)


def _take_apart(digits: str) -> _Servant:
    return _Servant(
        birth_date=_day(int(digits[:4]), int(digits[4:6]), int(digits[6:8])),
        year=int(digits[8:12]),
        middle=int(digits[12:14]),
        sex=digits[14],
        sequence=digits[15:],
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _servant_errors(parts: _Servant) -> Iterator[Finding]:
    if parts.birth_date is None:
        yield BIRTH_DATE
    elif parts.year <= parts.birth_date.year:
        yield YEAR
    if parts.sex not in {"1", "2"}:
        yield SEX
    if parts.sequence == "000":
        yield SEQUENCE


def _nip_middle(middle: int) -> Iterator[Finding]:
    if middle >= FIRST_CONTRACT:
        yield IS_PPPK
    elif not 1 <= middle <= 12:
        yield MONTH


def _pppk_middle(middle: int) -> Iterator[Finding]:
    if 1 <= middle <= 12:
        yield IS_NIP
    elif middle < FIRST_CONTRACT:
        yield CONTRACT


def _servant_warnings(
    kind: NumberKind, parts: _Servant, birth_date: date | None, sex: str
) -> Iterator[Finding]:
    # A PPPK's number has no month; the end of its year is the latest that it can mean.
    month = parts.middle if kind is NumberKind.NIP else 12
    born = parts.birth_date
    if born and (parts.year, month) < (born.year + ADULT, born.month):
        yield TOO_YOUNG
    if birth_date and birth_date != born:
        yield OTHER_BIRTH_DATE
    if sex and sex != parts.sex:
        yield OTHER_SEX


def _nik_errors(digits: str) -> Iterator[Finding]:
    if "00" in (digits[:2], digits[2:4], digits[4:6]):
        yield NIK_REGION
    if not 1 <= int(digits[6:8]) % WOMEN_ADD <= 31 or int(digits[6:8]) > WOMEN_ADD + 31:
        yield NIK_DAY
    if not 1 <= int(digits[8:10]) <= 12:
        yield NIK_MONTH
    if digits[12:] == "0000":
        yield SEQUENCE


def _nik_warnings(digits: str, birth_date: date | None, sex: str) -> Iterator[Finding]:
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    is_woman = day > WOMEN_ADD
    day -= WOMEN_ADD * is_woman
    # The century is not in the number; a day that is in neither year is in no calendar.
    possible = {_day(century + year, month, day) for century in (1900, 2000)} - {None}
    if not numdb.get("id/loc").info(digits[:2])[0][1]:
        yield NIK_PROVINCE_UNKNOWN
    if not possible:
        yield NIK_NO_SUCH_DAY
    elif birth_date and birth_date not in possible:
        yield OTHER_BIRTH_DATE
    if sex and sex != ("2" if is_woman else "1"):
        yield OTHER_SEX


_CHECKS: Final[dict[NumberKind, Callable[..., NumberCheck]]] = {
    NumberKind.NIP: check_nip,
    NumberKind.NI_PPPK: check_ni_pppk,
    NumberKind.NIK: check_nik,
}
