"""Which unit a row means, and what became of units that nobody knows yet."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from re import compile as pattern
from typing import Any, Final

from django.db import connection

from neutrality.organisations.codes import SuccessionKind
from neutrality.organisations.models import Agency, Unit
from neutrality.personnel.roster.errors import FileProblem, FileRefused, RowError as E
from neutrality.personnel.roster.fields import plain_header

MOST_UNKNOWN: Final = 500
HALF: Final = 0.5
_DATE: Final = pattern(
    r"\d{1,2}[-/ ](jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec)\w*([-/ ]\d+)?"
    r"|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\d{4}-\d{2}-\d{2}"
)

_NOT_IN_PATHS: Final = pattern(r"[^A-Za-z0-9._-]+")

Named = tuple[str, str]  # the code and the name that a row gives

_NAMED: Final = """
    SELECT unit_code, unit_name, count(*) FROM personnel_rosterrow
    WHERE import_id = %(import)s AND error = '' AND leaves_because = ''
    GROUP BY 1, 2
"""
# Where those who are in an unknown unit of the data work now.
_STAFF: Final = """
    SELECT said.unit_code, said.unit_name, post.unit_id, count(*)
    FROM personnel_rosterrow said
    JOIN personnel_personnumber number ON number.digest = said.digest
      AND number.valid_until IS NULL
    JOIN personnel_employment post ON post.person_id = number.person_id
      AND post.agency_id = %(agency)s AND post.assignment = 'MAIN' AND post.valid_until IS NULL
    WHERE said.import_id = %(import)s AND said.error = '' AND post.unit_id IS NOT NULL
      AND (said.unit_code, said.unit_name) IN %(unknown)s
    GROUP BY 1, 2, 3
"""
_HOW_MANY: Final = """
    SELECT unit_id, count(*) FROM personnel_employment
    WHERE agency_id = %(agency)s AND assignment = 'MAIN' AND valid_until IS NULL
      AND unit_id = ANY(%(units)s)
    GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class UnknownUnit:
    """A unit of the data that is not in the tree, and what it seems to be.

    `proposal` is empty (a new unit), RENAME, MERGE or SPLIT of the units in `former`, which the
    data names no more; `standing` are units that gave people and that stay. `error` is the code
    of what rather seems to be damage. `decision` is what a person chose: empty until then, NEW,
    WRONG, or one of the proposals.
    """

    code: str
    name: str
    rows: int
    error: str = ""
    proposal: str = ""
    former: tuple[int, ...] = ()
    standing: tuple[int, ...] = ()
    overlap: int = 0
    decision: str = ""

    def as_json(self) -> dict[str, Any]:
        """What the import keeps."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "UnknownUnit":
        """What `as_json` gave."""
        units = {name: tuple(kept.get(name, ())) for name in ("former", "standing")}
        return cls(**{**kept, **units})


class Tree:
    """The units of an agency on a day, found by code, else by name."""

    def __init__(self, *, agency: Agency, day: date) -> None:
        """Read them in one query."""
        rows = Unit.objects.on(day).filter(agency=agency)
        self.units = list(rows.only("pk", "code", "name", "path", "parent_id"))
        self._by_code = {segment(unit.code).casefold(): unit for unit in self.units}
        self._bare = {unit.code.casefold().lstrip("0") for unit in self.units}
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            self._by_name[plain_header(unit.name)].append(unit)

    def find(self, named: Named) -> tuple[Unit | None, str]:
        """The unit that a row means, or the code of why there is none."""
        code, name = named
        if code:
            known = self._by_code.get(segment(code).casefold())
            return (known, "") if known else (None, self._wrong_code(code))
        found = self._by_name.get(plain_header(name), [])
        if len(found) == 1:
            return found[0], ""
        return None, E.UNIT_AMBIGUOUS.value if found else E.UNIT_UNKNOWN.value

    def _wrong_code(self, code: str) -> str:
        text = code.casefold()
        if _DATE.fullmatch(text):
            return E.UNIT_IS_DATE.value
        if text.lstrip("0") in self._bare:
            return E.UNIT_LOST_ZEROS.value
        return E.UNIT_UNKNOWN.value


def segment(code: str) -> str:
    """A code as it can stand in a path: other signs become a stroke."""
    return _NOT_IN_PATHS.sub("-", code).strip("-._")


def named_units(*, import_id: int) -> dict[Named, int]:
    """The units that the rows name, and how many rows each."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, {"import": import_id})
        return {(code, name): rows for code, name, rows in cursor.fetchall()}


def resolve(
    *, named: Iterable[Named], tree: Tree, decided: Sequence[UnknownUnit] = ()
) -> tuple[dict[Named, Unit], dict[Named, str]]:
    """The units that are known, and for the others the code of why not."""
    wrong = {(each.code, each.name): each.error for each in decided if each.decision == "WRONG"}
    known: dict[Named, Unit] = {}
    unknown: dict[Named, str] = {}
    for each in named:
        unit, error = tree.find(each)
        if unit is not None and each not in wrong:
            known[each] = unit
        else:
            unknown[each] = wrong.get(each) or error or E.UNIT_UNKNOWN.value
    return known, unknown


@dataclass(frozen=True, slots=True)
class Staying:
    """Which units cannot end by what the data says: they are in it, or not its subject.

    `within` is the path of the scope, empty for the whole agency; `names_leavers` says that whoever
    is not mentioned stays, so that a unit ends only when at least half of its people go together.
    """

    units: frozenset[int]
    within: str = ""
    names_leavers: bool = False


@dataclass(frozen=True, slots=True)
class _Origins:
    """From which units the people of an unknown unit come: those that end, those that stay."""

    former: tuple[int, ...]
    standing: tuple[int, ...]


def propose(
    *,
    import_id: int,
    agency: Agency,
    unknown: Mapping[Named, str],
    rows: Mapping[Named, int],
    staying: Staying,
) -> list[UnknownUnit]:
    """What unknown units seem to be, by where their people work now.

    Raises:
        FileRefused: There are so many that the column cannot be right.
    """
    if len(unknown) > MOST_UNKNOWN:
        raise FileRefused(FileProblem.TOO_MANY_UNITS)
    staff = _staff(import_id, agency, list(unknown)) if unknown else {}
    sizes = _sizes(agency, {unit for came in staff.values() for unit in came})
    stays = _stays(agency, sizes, staying)
    origins = {
        each: _origins(staff.get(each, {}), rows[each], sizes, stays, staying) for each in unknown
    }
    followed = Counter(unit for each in origins.values() for unit in each.former)
    return [
        UnknownUnit(
            code=each[0],
            name=each[1],
            rows=rows[each],
            error=error,
            proposal=_proposal(came.former, followed) if error == E.UNIT_UNKNOWN else "",
            former=came.former,
            standing=came.standing,
            overlap=sum(staff.get(each, {}).get(unit, 0) for unit in came.former + came.standing),
        )
        for each, error in sorted(unknown.items())
        for came in [origins[each]]
    ]


def _staff(import_id: int, agency: Agency, unknown: list[Named]) -> dict[Named, dict[int, int]]:
    found: dict[Named, dict[int, int]] = defaultdict(dict)
    values: dict[str, Any] = {
        "import": import_id,
        "agency": agency.pk,
        "unknown": tuple(unknown),
    }
    with connection.cursor() as cursor:
        cursor.execute(_STAFF, values)
        for code, name, unit_id, number in cursor.fetchall():
            found[code, name][unit_id] = number
    return found


def _sizes(agency: Agency, units: set[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_HOW_MANY, {"agency": agency.pk, "units": sorted(units)})
        return dict(cursor.fetchall())


def _stays(agency: Agency, sizes: Mapping[int, int], staying: Staying) -> frozenset[int]:
    """The units that do not end: the data names them, or they lie outside its scope."""
    if not staying.within:
        return staying.units
    paths = Unit.objects.filter(agency=agency, pk__in=sizes).values_list("pk", "path")
    within = f"{staying.within}/"
    outside = {pk for pk, path in paths if not f"{path}/".startswith(within)}
    return staying.units | outside


def _origins(
    staff: Mapping[int, int],
    rows: int,
    sizes: Mapping[int, int],
    stays: frozenset[int],
    staying: Staying,
) -> _Origins:
    """The units of which at least half came here, or from which at least half of these come.

    Where at least half of these come from units that stay, the unit was split off: it follows none.
    """

    def came_together(unit: int) -> bool:
        return staff[unit] >= HALF * sizes.get(unit, staff[unit])

    near = [unit for unit, number in staff.items() if came_together(unit) or number >= HALF * rows]
    former = {unit for unit in near if unit not in stays}
    if staying.names_leavers:
        former = {unit for unit in former if came_together(unit)}
    standing = sorted(set(near) - former)
    if sum(staff[unit] for unit in standing) >= HALF * rows:
        former = set()
    return _Origins(tuple(sorted(former)), tuple(standing))


def _proposal(former: Sequence[int], followed: Mapping[int, int]) -> str:
    if not former:
        return ""
    if len(former) > 1:
        return SuccessionKind.MERGE.value
    return (SuccessionKind.SPLIT if followed[former[0]] > 1 else SuccessionKind.RENAME).value
