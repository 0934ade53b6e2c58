"""Numbers of reports and registrations, from one series for each register, contest, office, year."""

from typing import Final, NamedTuple

from django.db import connection

from complaints.models import NumberCounter, NumberEntry
from complaints.seeding.ground import Ground, Place
from complaints.seeding.intake import Arrival
from complaints.seeding.sheets import Sheet
from complaints.services.numbering import RAISE
from neutrality.law.codes import OfficeLevel, RegisterKind
from neutrality.law.numbering import ReportNumber, format_number, level_code

# How the number of a series begins that is the first of its year.
_FIRST: Final = "001"
Series = tuple[str, str, str, int]


class _Numbering(NamedTuple):
    """A series in one month: what follows the sequence in its numbers, and its line with holes."""

    series: Series
    ending: str
    line: str


class Numbers:
    """Gives the numbers of all offices."""

    def __init__(self, ground: Ground) -> None:
        """Begin with an empty sheet, and behind the numbers that were given before."""
        self.ground = ground
        self._last: dict[Series, int] = {
            (kind, contest, office, year): last
            for kind, contest, office, year, last in NumberCounter.objects.values_list(
                "kind", "contest_code", "office_code", "year", "last"
            )
        }
        self.entries = Sheet(
            NumberEntry,
            "office",
            "matter",
            "kind",
            "contest_code",
            "office_code",
            "year",
            "sequence",
            "text",
            "given_at",
            "given_by",
        )
        self._numberings: dict[tuple[str, int, str], _Numbering] = {}

    def give(self, arrival: Arrival, kind: RegisterKind, slot: int, role: str) -> str:
        """Give the next number of the office's series."""
        key = (kind.value, arrival.place.office_id, self.ground.local(arrival.place, slot).month)
        found = self._numberings.get(key) or self._numbering(arrival.place, kind, slot, role)
        self._last[found.series] = sequence = self._last.get(found.series, 0) + 1
        text = f"{sequence:03d}{found.ending}"
        at = self.ground.instants[slot].text
        self.entries.put(found.line, arrival.matter_id, sequence, text, at)
        return text

    def _numbering(self, place: Place, kind: RegisterKind, slot: int, role: str) -> _Numbering:
        """Spell the numbers that an office gives in the month of this instant."""
        local, (contest, code) = self.ground.local(place, slot), place.series
        level = level_code(OfficeLevel(place.office.level))
        first = ReportNumber(kind, 1, contest, level, code, local.on.month, local.on.year)
        line = self.entries.line_with(
            office=place.office_id,
            kind=kind,
            contest_code=contest,
            office_code=code,
            year=local.on.year,
            given_by=place.member(role).pk,
        )
        series = (kind.value, contest.value, code, local.on.year)
        numbering = _Numbering(series, format_number(first).removeprefix(_FIRST), line)
        self._numberings[kind.value, place.office_id, local.month] = numbering
        return numbering

    def write_counters(self) -> None:
        """Let the number register go on behind the numbers that were given."""
        with connection.cursor() as cursor:
            for (kind, contest, office, year), last in self._last.items():
                values: dict[str, str | int] = {
                    "kind": kind,
                    "contest": contest,
                    "office": office,
                    "year": year,
                    "amount": last,
                }
                cursor.execute(RAISE, values)
