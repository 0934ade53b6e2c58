"""What a check found, in figures: by kind, by mistake, and what would be left empty."""

from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.db import connection

from neutrality.personnel.codes import ChangeKind
from neutrality.personnel.models import RosterImport
from neutrality.personnel.roster.errors import RowError as E

# More than this share leaving is confirmed by typing the number.
MANY_LEAVE: Final = 0.02
_SHOWN_UNITS: Final = 200
# Mistakes by which one cannot tell whom a row is about: he may be one of those who seem to leave.
_NOBODY: Final = frozenset(
    {E.ROW_SHORT, E.FORMER_WRONG, E.FORMULA, E.EXCEL_ERROR}
    | {each for each in E if each.name.startswith("NUMBER_")} - {E.NUMBER_REPLACED}
)

_CHANGES: Final = """
    SELECT what, count(*) FROM personnel_rosterdifference WHERE import_id = %(import)s GROUP BY 1
"""
_ERRORS: Final = """
    SELECT error, count(*) FROM personnel_rosterrow
    WHERE import_id = %(import)s AND error <> '' GROUP BY 1 ORDER BY 2 DESC, 1
"""
_STAFF: Final = """
    SELECT count(*) FROM personnel_employment post
    LEFT JOIN organisations_unit unit ON unit.id = post.unit_id
    WHERE post.agency_id = %(agency)s AND post.assignment = 'MAIN' AND post.valid_until IS NULL
      AND (%(scope)s = '' OR (coalesce(unit.path, '') || '/') ^@ (%(scope)s || '/'))
"""
_WITHOUT_NUMBER: Final = """
    SELECT count(*) FROM personnel_employment post
    WHERE post.agency_id = %(agency)s AND post.assignment = 'MAIN' AND post.valid_until IS NULL
      AND post.import_id IS NULL
      AND NOT EXISTS (SELECT FROM personnel_personnumber number
        WHERE number.person_id = post.person_id AND number.valid_until IS NULL)
"""
_CLAIMED: Final = """
    SELECT count(DISTINCT change.person_id) FROM personnel_rosterdifference change
    JOIN personnel_employment other ON other.person_id = change.person_id
      AND other.agency_id <> %(agency)s AND other.assignment = 'MAIN'
      AND (other.valid_until IS NULL OR other.valid_until > %(day)s)
    WHERE change.import_id = %(import)s AND change.what = 'NEW' AND change.is_known
"""
# Units that still stand, with people now and nobody afterwards.
_EMPTIED: Final = """
    WITH leaving AS (
        SELECT post.unit_id, count(*) AS people
        FROM personnel_rosterdifference change
        JOIN personnel_employment post ON post.id = change.employment_id
        WHERE change.import_id = %(import)s AND change.what IN ('LEFT', 'MOVED')
        GROUP BY 1
    )
    SELECT unit.id FROM leaving
    JOIN organisations_unit unit ON unit.id = leaving.unit_id
      AND (unit.valid_until IS NULL OR unit.valid_until > %(day)s)
    WHERE leaving.people >= (
        SELECT count(*) FROM personnel_employment post
        WHERE post.agency_id = %(agency)s AND post.unit_id = leaving.unit_id
          AND post.assignment = 'MAIN' AND post.valid_until IS NULL)
      AND NOT EXISTS (SELECT FROM personnel_rosterdifference change
        WHERE change.import_id = %(import)s AND change.unit_id = leaving.unit_id
          AND change.what IN ('NEW', 'MOVED', 'CARRIED'))
    ORDER BY unit.path LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """The outcome of a check.

    Attributes:
        rows: Rows that were read.
        staff: Who is on the roster now, within the scope.
        changes: How many by kind of change.
        errors: How many rows by what is wrong with them.
        emptied: Units that would be left without people.
        without_number: People entered by hand without a number: they cannot be compared.
        claimed: New here while another agency states them too; both will see it.
        addresses: How many addresses are `new`, `other` than the one in use, or `wrong`; once they
            were taken, how many were `set` and how many `asked` of a second person.
        wrong_addresses: The first rows whose address cannot be one.
    """

    rows: int = 0
    staff: int = 0
    changes: dict[str, int] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)
    emptied: list[int] = field(default_factory=list)
    without_number: int = 0
    claimed: int = 0
    addresses: dict[str, int] = field(default_factory=dict)
    wrong_addresses: list[int] = field(default_factory=list)

    @property
    def leaving(self) -> int:
        """How many would leave."""
        return self.changes.get(ChangeKind.LEFT, 0)

    @property
    def changing(self) -> int:
        """How many rows of the roster would be written."""
        return sum(n for kind, n in self.changes.items() if kind != ChangeKind.NEWER)

    @property
    def has_work(self) -> bool:
        """Whether there is anything to apply: to the roster, or to the addresses."""
        told = self.addresses.get("new", 0) + self.addresses.get("other", 0)
        return bool(self.changing or told)

    @property
    def wrong(self) -> int:
        """How many rows are not taken over."""
        return sum(self.errors.values())

    @property
    def same(self) -> int:
        """How many rows say what is known already."""
        told = sum(n for kind, n in self.changes.items() if kind != ChangeKind.LEFT)
        return max(0, self.rows - self.wrong - told)

    @property
    def needs_typing(self) -> bool:
        """Whether the number of those who leave has to be typed.

        Many leave, a unit is emptied, or a row may be about one of them and cannot be read.
        """
        unread = bool(self.leaving and _NOBODY & self.errors.keys())
        return bool(self.emptied) or unread or self.leaving > MANY_LEAVE * self.staff

    def as_json(self) -> dict[str, Any]:
        """What the import keeps."""
        return asdict(self)

    @classmethod
    def of(cls, place: RosterImport) -> "Figures":
        """The figures that an import keeps."""
        return cls(**place.figures)


def count(*, place: RosterImport, rows: int) -> Figures:
    """Count what the comparison left, in seven statements."""
    values: dict[str, Any] = {
        "import": place.pk,
        "agency": place.agency_id,
        "day": place.states_on,
        "scope": place.scope.path if place.scope else "",
        "most": _SHOWN_UNITS,
    }

    def ask(statement: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())

    return Figures(
        rows=rows,
        staff=ask(_STAFF)[0][0],
        changes=dict(ask(_CHANGES)),
        errors=dict(ask(_ERRORS)),
        emptied=[unit for (unit,) in ask(_EMPTIED)],
        without_number=ask(_WITHOUT_NUMBER)[0][0],
        claimed=ask(_CLAIMED)[0][0],
    )
