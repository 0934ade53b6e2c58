"""Rows of a file become staged rows: normalised here, streamed by COPY, judged in the database."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, Final

from django.db import connection

from neutrality.law.codes import SubjectKind
from neutrality.personnel.codes import NumberKind
from neutrality.personnel.roster.addresses import email_in, phone_in
from neutrality.personnel.roster.errors import FileProblem, FileRefused, RowError as E
from neutrality.personnel.roster.fields import ADDRESSES, Field
from neutrality.personnel.roster.numbers import number_in
from neutrality.personnel.roster.words import class_in, day_in, kind_in, reason_in
from neutrality.vault.lookup import blind_index, indexer

# Neither can stand in a cell: reading turns control characters into spaces.
_CUT, _NULL = "\x1f", "\\N"
_COLUMNS: Final = (
    "import_id, row, error, number_kind, digest, shown, former,"
    " name, unit_code, unit_name, position_title, grade,"
    " position_class, kind, since, leaves_because"
)
_FORM: Final = f"(FORMAT csv, DELIMITER E'\\x1f', QUOTE E'\\x1e', NULL '{_NULL}')"
_COPY: Final = f"COPY personnel_rosterrow ({_COLUMNS}) FROM STDIN {_FORM}"
_COPY_ADDRESSED: Final = f"COPY personnel_rosterrow ({_COLUMNS}, email, phone) FROM STDIN {_FORM}"
_ROWS_AT_ONCE: Final = 2000
_TELL_EVERY: Final = 25
_KINDS_OF: Final[Mapping[str, str]] = {
    NumberKind.NIP.value: SubjectKind.PNS.value,
    NumberKind.NI_PPPK.value: SubjectKind.PPPK.value,
    NumberKind.NIK.value: SubjectKind.NON_ASN.value,
}
_TEXTS: Final = (Field.NAME, Field.UNIT_CODE, Field.UNIT_NAME, Field.POSITION, Field.GRADE)
_WORDS: Final = (Field.CLASS, Field.KIND, Field.SINCE, Field.LEAVES)
_MOST_WORDS: Final = 50_000
# Where there is no such column: an empty cell that is put at the end of each row.
_NOWHERE: Final = -1

Row = list[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What rows are read for: whose import, which columns, as of which day, who is taken."""

    import_id: int
    columns: Mapping[Field, int]
    states_on: date
    takes_non_asn: bool


@dataclass(slots=True)
class Read:
    """How many rows came and how many had a number that is none."""

    rows: int = 0
    without_number: int = 0


def stage(
    *, rows: Iterable[tuple[int, Row]], reading: Reading, tell: Callable[[int], None]
) -> Read:
    """Copy the rows into the staging table, in the caller's transaction; return how many.

    `tell` hears how many have come, every fifty thousand.

    Raises:
        FileRefused: More than half of the rows hold no number: the columns are wrong.
    """
    read = Read()
    source = _Source(_blocks(rows, reading, read, tell))
    with connection.cursor() as cursor:
        cursor.copy_expert(_COPY_ADDRESSED if _addressed(reading) else _COPY, source)
    if source.error is not None:
        raise source.error
    if read.rows == 0:
        raise FileRefused(FileProblem.NO_ROWS)
    if read.rows > 1 and read.without_number * 2 > read.rows:
        raise FileRefused(FileProblem.WRONG_COLUMNS)
    return read


class _Source:
    """What COPY reads from. An error ends the reading and waits: COPY would hide what it was."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = b""
        self.error: Exception | None = None

    def read(self, size: int) -> bytes:
        """Return the next bytes, nothing at the end."""
        try:
            block = self._rest or next(self._blocks, b"")
        except Exception as error:  # noqa: BLE001  raised again when COPY has ended
            self.error = error
            return b""
        self._rest = block[size:]
        return block[:size]


def _blocks(
    rows: Iterable[tuple[int, Row]], reading: Reading, read: Read, tell: Callable[[int], None]
) -> Iterator[bytes]:
    line = _liner(reading, read)
    if _addressed(reading):
        line = _with_addresses(line, reading)
    waiting: list[str] = []
    blocks = 0
    for number, row in rows:
        waiting.append(line(number, row))
        if len(waiting) == _ROWS_AT_ONCE:
            read.rows += _ROWS_AT_ONCE
            blocks += 1
            if blocks % _TELL_EVERY == 0:
                tell(read.rows)
            yield "".join(waiting).encode(errors="replace")
            waiting.clear()
    read.rows += len(waiting)
    yield "".join(waiting).encode(errors="replace")


def _liner(reading: Reading, read: Read) -> Callable[[int, Row], str]:
    """The function that turns one row into one line of COPY; the hot path of an import."""
    texts_of, words_of, number_at, former_at = _pickers(reading.columns)
    indexes = {kind.value: indexer(purpose=kind.value.lower()) for kind in NumberKind}
    meanings = _Meanings(reading)
    start = f"{reading.import_id}{_CUT}"

    def line(number: int, row: Row) -> str:
        row.append("")
        try:
            kind, digits, error = number_in(row[number_at])
            texts, words = _CUT.join(texts_of(row)), words_of(row)
        except IndexError:
            return f"{start}{number}{_CUT}{E.ROW_SHORT.value}{_broken_off(row, number_at, indexes)}"
        if " \x1f" in texts or "\x1f " in texts or "\n" in texts or "\r" in texts:
            texts = _CUT.join([" ".join(cell.split()) for cell in texts.split(_CUT)])
        if _NULL in texts:
            texts = texts.replace(_NULL, "")
        if error:
            read.without_number += 1
            return f"{start}{number}{_CUT}{error}{_CUT * 2}{_NULL}{_CUT * 2}{_NULL}{_CUT}{texts}{_REST}"
        former, wrong, meaning = _NULL, "", meanings.of(kind, words)
        if former_at != _NOWHERE and row[former_at]:
            former, wrong = _former(row[former_at], indexes)
        return (
            f"{start}{number}{_CUT}{wrong or meaning[0]}{_CUT}{kind}{_CUT}\\x{indexes[kind](digits)}"
            f"{_CUT}{digits[8:14]}{digits[15:]}{_CUT}{former}{_CUT}{texts}{meaning[1]}"
        )

    return line


def _broken_off(row: Row, number_at: int, indexes: Mapping[str, Callable[[str], str]]) -> str:
    """What is left of a short row: who it is about has not left, if that can be read."""
    kind, digits, error = number_in(row[number_at]) if number_at < len(row) else ("", "", "?")
    if error:
        return _NOTHING
    shown = f"{digits[8:14]}{digits[15:]}"
    return (
        f"{_CUT}{kind}{_CUT}\\x{indexes[kind](digits)}{_CUT}{shown}{_CUT}{_NULL}{_CUT * 5}{_REST}"
    )


def _addressed(reading: Reading) -> bool:
    return any(field in reading.columns for field in ADDRESSES)


def _with_addresses(line: Callable[[int, Row], str], reading: Reading) -> Callable[[int, Row], str]:
    """The same line with the digests of the addresses at its end."""
    places = [reading.columns.get(field) for field in ADDRESSES]

    def addressed(number: int, row: Row) -> str:
        email, phone = (row[at] if at is not None and at < len(row) else "" for at in places)
        cells = (_digest("email", email_in(email)), _digest("phone", phone_in(phone)))
        return f"{line(number, row)[:-1]}{_CUT}{_CUT.join(cells)}\n"

    return addressed


def _digest(purpose: str, found: str | None) -> str:
    """What is staged of an address: nothing of none, an empty digest of what cannot be one."""
    if found is None:
        return "\\x"
    return f"\\x{blind_index(purpose=purpose, value=found).hex()}" if found else _NULL


_REST: Final = f"{_CUT * 3}{_NULL}{_CUT}\n"
_NOTHING: Final = f"{_CUT * 2}{_NULL}{_CUT * 2}{_NULL}{_CUT * 5}{_REST}"


def _pickers(
    columns: Mapping[Field, int],
) -> "tuple[itemgetter[Any], itemgetter[Any], int, int]":
    """What picks the texts and the words out of a row, and where the two numbers stand."""
    texts, words = (
        itemgetter(*(columns.get(field, _NOWHERE) for field in fields))
        for fields in (_TEXTS, _WORDS)
    )
    return texts, words, columns[Field.NUMBER], columns.get(Field.FORMER, _NOWHERE)


# Nine digits of before 2007 name nobody here, and some systems write a dash for nothing.
_NO_FORMER: Final = (E.NUMBER_OLD, E.NUMBER_MISSING)


def _former(cell: str, indexes: Mapping[str, Callable[[str], str]]) -> tuple[str, str]:
    kind, digits, error = number_in(cell)
    if error in _NO_FORMER:
        return _NULL, ""
    return (_NULL, E.FORMER_WRONG.value) if error else (f"\\x{indexes[kind](digits)}", "")


Words = tuple[str, str, str, str]
Meaning = tuple[str, str]  # the code of what is wrong, the end of the line


class _Meanings:
    """Looks up what words mean; each combination once, since a million rows use few."""

    def __init__(self, reading: Reading) -> None:
        self._takes_non_asn = reading.takes_non_asn
        self._last = reading.states_on.isoformat()
        self._known: dict[str, dict[Words, Meaning]] = {kind: {} for kind in NumberKind.values}

    def of(self, number_kind: str, words: Words) -> Meaning:
        """Position group, status, first day and reason of leaving."""
        known = self._known[number_kind]
        found = known.get(words)
        if found is None:
            found = self._look(number_kind, *words)
            if len(known) < _MOST_WORDS:
                known[words] = found
        return found

    def _look(self, number_kind: str, group: str, status: str, since: str, leaves: str) -> Meaning:
        position_class, no_class = class_in(group)
        kind, no_kind = kind_in(status)
        begins, no_day = day_in(since)
        because, no_reason = reason_in(leaves)
        later = E.SINCE_LATER.value if begins > self._last else ""
        wrongs = (no_class, no_kind, self._mismatch(number_kind, kind), no_day, later, no_reason)
        cells = (
            position_class,
            kind or _KINDS_OF[number_kind],
            begins or _NULL,
            because,
        )
        return next(filter(None, wrongs), ""), f"{_CUT}{_CUT.join(cells)}\n"

    def _mismatch(self, number_kind: str, kind: str) -> str:
        says = _KINDS_OF[number_kind]
        if says == SubjectKind.NON_ASN and not self._takes_non_asn:
            return E.NUMBER_NIK.value
        if kind == SubjectKind.NON_ASN and not self._takes_non_asn:
            return E.KIND_NOT_TAKEN.value
        return E.KIND_OTHER.value if kind and kind != says else ""


def places_of(*, columns: Mapping[str, str], headers: Sequence[str]) -> dict[Field, int]:
    """Where each mapped column stands.

    Raises:
        FileRefused: A header is not in the file.
    """
    places: dict[Field, int] = {}
    for name, header in columns.items():
        if header not in headers:
            raise FileRefused(FileProblem.COLUMN_GONE)
        places[Field(name)] = headers.index(header)
    return places


def keep_wrong_rows(*, import_id: int, agency_id: int) -> None:
    """Drop what was staged for an import that was applied, but for the rows that were wrong.

    They say what to mend in the file; those of the agency's earlier imports are dropped.
    """
    earlier = """
        DELETE FROM personnel_rosterrow WHERE import_id IN (
            SELECT id FROM personnel_rosterimport
            WHERE agency_id = %s AND id < %s AND state = 'APPLIED')
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM personnel_rosterrow WHERE import_id = %s AND error = ''", [import_id]
        )
        cursor.execute("DELETE FROM personnel_rosterdifference WHERE import_id = %s", [import_id])
        cursor.execute(earlier, [agency_id, import_id])


def forget_rows(*, import_id: int) -> None:
    """Drop what was staged for an import."""
    values: list[Any] = [import_id]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM personnel_rosterrow WHERE import_id = %s", values)
        cursor.execute("DELETE FROM personnel_rosterdifference WHERE import_id = %s", values)
