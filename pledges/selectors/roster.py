"""What the pages of the roster show, as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from neutrality.organisations.codes import SuccessionKind
from neutrality.organisations.models import Agency, Unit, UnitSuccession
from neutrality.organisations.validity import in_force
from neutrality.personnel.codes import Assignment, ChangeKind, ImportState
from neutrality.personnel.models import (
    Employment,
    PersonNumber,
    RosterDifference,
    RosterImport,
    RosterRow,
)
from neutrality.personnel.roster.errors import FileProblem, RowError
from neutrality.personnel.roster.figures import Figures
from neutrality.personnel.roster.units import UnknownUnit
from neutrality.ui.dates import say_short_day

TONES: Final = {
    ImportState.APPLIED: ("success", "success"),
    ImportState.FAILED: ("danger", "danger"),
    ImportState.DISCARDED: ("neutral", "cross"),
    ImportState.UPLOADED: ("warning", "pencil"),
    ImportState.UNITS: ("warning", "building"),
    ImportState.CHECKED: ("warning", "eye"),
}
WORKING: Final = (ImportState.READING, ImportState.CHECKING, ImportState.APPLYING)
TELLS_ERRORS: Final = (ImportState.CHECKED, ImportState.APPLIED)
SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import of the history."""

    url: str
    file_name: str
    agency: str
    states_on: str
    state: str
    tone: str
    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class CountLine:
    """A kind of change or mistake and how many."""

    code: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One person of a difference: what is, and what would be."""

    name: str
    number: str
    before: str
    after: str
    row: str


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One row that is not taken over."""

    row: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unknown unit and what can become of it."""

    label: str
    hint: str
    choices: list[tuple[str, str]]
    proposed: str
    parent: UUID | None = None


@dataclass(frozen=True, slots=True)
class EmptiedLine:
    """A unit that would be left without people, and where most of them go."""

    name: str
    goes_to: str
    number: int
    merge_url: str


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Somebody in a unit."""

    url: str
    name: str
    position: str
    kind: str


@dataclass(frozen=True, slots=True)
class BranchLine:
    """A unit below another, with how many people are in it and below."""

    url: str
    name: str
    code: str
    people: int
    is_over: bool
    dates: str


def import_lines(rows: Sequence[RosterImport]) -> list[ImportLine]:
    """The imports as lines; the agency must be joined."""
    return [_import_line(row) for row in rows]


def _import_line(row: RosterImport) -> ImportLine:
    tone, icon = TONES.get(ImportState(row.state), ("info", "clock"))
    return ImportLine(
        url=reverse("roster:import", args=[row.public_id]),
        file_name=row.file_name,
        agency=row.agency.name,
        states_on=say_short_day(row.states_on),
        state=str(ImportState(row.state).label),
        tone=tone,
        icon=icon,
        words=_changes_words(row),
    )


def _changes_words(row: RosterImport) -> str:
    if row.state == ImportState.FAILED:
        return str(FileProblem(row.problem).label)
    if row.state not in {ImportState.CHECKED, ImportState.APPLYING, ImportState.APPLIED}:
        return ""
    changes = Figures.of(row).changes
    told = [
        f"{ChangeKind(kind).label.lower()}: {number:n}"
        for kind, number in sorted(changes.items())
        if kind in ChangeKind.values
    ]
    return "; ".join(told) or _("tidak ada perubahan")


def change_counts(figures: Figures) -> list[CountLine]:
    """How many by kind, in the order of the kinds."""
    return [
        CountLine(kind.value, str(kind.label), figures.changes[kind])
        for kind in ChangeKind
        if figures.changes.get(kind)
    ]


def error_counts(figures: Figures) -> list[CountLine]:
    """How many rows by mistake, the most first."""
    return [
        CountLine(code, str(RowError(code).label), number)
        for code, number in figures.errors.items()
    ]


def has_error_lines(place: RosterImport) -> bool:
    """Whether rows of this import are known to be wrong; of one applied, until the next one is."""
    rows = RosterRow.objects.filter(import_id=place.pk).exclude(error="")
    return place.state in TELLS_ERRORS and rows.exists()


def error_lines(place: RosterImport) -> list[ErrorLine]:
    """The first rows that are not taken over."""
    rows = RosterRow.objects.filter(import_id=place.pk).exclude(error="").order_by("row")
    told = rows.values_list("row", "name", "error")[:SHOWN]
    return [ErrorLine(row, name, str(RowError(error).label)) for row, name, error in told]


def differences(place: RosterImport, kind: str) -> QuerySet[RosterDifference]:
    """The differences of a kind, in a stable order."""
    return RosterDifference.objects.filter(import_id=place.pk, what=kind).order_by("pk")


def change_lines(rows: Sequence[RosterDifference]) -> list[ChangeLine]:
    """What is and what would be, in two queries."""
    before = Employment.objects.select_related("unit", "person").in_bulk(
        [row.employment_id for row in rows if row.employment_id]
    )
    units = Unit.objects.in_bulk([row.unit_id for row in rows if row.unit_id])
    return [_change_line(row, before.get(row.employment_id or 0), units) for row in rows]


def _change_line(
    row: RosterDifference, held: Employment | None, units: dict[int, Unit]
) -> ChangeLine:
    unit = units.get(row.unit_id or 0)
    was = _post_words(held.position_title, held.unit) if held else ""
    will = "" if row.what == ChangeKind.LEFT else _post_words(row.position_title, unit)
    return ChangeLine(
        name=row.name or (held.person.name if held else ""),
        number=f"…{row.shown[-3:]}" if row.shown else "",
        before=was,
        after=will,
        row=str(row.row or ""),
    )


def _post_words(title: str, unit: Unit | None) -> str:
    return ", ".join(filter(None, (title, unit.name if unit else "")))


def unit_lines(place: RosterImport) -> list[UnitLine]:
    """The unknown units of an import with what can become of them, in one query."""
    unknown = [UnknownUnit.from_json(kept) for kept in place.units]
    origins = Unit.objects.select_related("parent").in_bulk(
        {pk for unit in unknown for pk in unit.former + unit.standing}
    )
    return [_unit_line(unit, origins) for unit in unknown]


def _unit_line(unit: UnknownUnit, origins: Mapping[int, Unit]) -> UnitLine:
    rows = ngettext("%(n)d baris", "%(n)d baris", unit.rows) % {"n": unit.rows}
    choices = [("NEW", _("Unit baru")), ("WRONG", _("Kesalahan: barisnya tidak diterapkan"))]
    came = ", ".join(origins[pk].name for pk in unit.former + unit.standing)
    hint = _("%(n)d pegawainya sekarang di %(units)s.") % {"n": unit.overlap, "units": came}
    proposed, parent = "", None
    if unit.proposal:
        names = ", ".join(origins[pk].name for pk in unit.former)
        choices.insert(0, (unit.proposal, _succession_words(unit.proposal, names)))
        proposed = unit.proposal
    elif unit.error != RowError.UNIT_UNKNOWN or not unit.standing:
        hint = str(RowError(unit.error).label)
        proposed = "" if unit.error == RowError.UNIT_UNKNOWN else "WRONG"
    else:
        names = ", ".join(origins[pk].name for pk in unit.standing)
        hint += " " + _("%(units)s tetap ada, jadi ini bukan nama barunya.") % {"units": names}
        above = origins[unit.standing[0]].parent
        proposed, parent = "NEW", above.public_id if above else None
    named = " · ".join(filter(None, (unit.code, unit.name)))
    return UnitLine(f"{named} ({rows})", hint, choices, proposed, parent)


def _succession_words(kind: str, names: str) -> str:
    words = {
        SuccessionKind.RENAME: _("Nama baru dari %(units)s"),
        SuccessionKind.MERGE: _("Gabungan dari %(units)s"),
        SuccessionKind.SPLIT: _("Pecahan dari %(units)s"),
    }
    return words[SuccessionKind(kind)] % {"units": names}


_WHERE_TO: Final = """
    SELECT DISTINCT ON (post.unit_id) post.unit_id, change.unit_id, count(*)
    FROM personnel_rosterdifference change
    JOIN personnel_employment post ON post.id = change.employment_id
    WHERE change.import_id = %(import)s AND change.what = 'MOVED' AND post.unit_id = ANY(%(units)s)
    GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2
"""


def emptied_lines(place: RosterImport) -> list[EmptiedLine]:
    """The units that would be left empty with where most go: perhaps a merger, in two queries."""
    emptied = Figures.of(place).emptied
    if not emptied:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_WHERE_TO, {"import": place.pk, "units": emptied})
        ways = {unit: (to, number) for unit, to, number in cursor.fetchall()}
    units = Unit.objects.in_bulk({*emptied, *(to for to, _number in ways.values())})
    lines = [_emptied_line(units[pk], units, ways.get(pk)) for pk in emptied]
    return sorted(lines, key=lambda line: line.name)


def _emptied_line(
    unit: Unit, units: Mapping[int, Unit], way: tuple[int, int] | None
) -> EmptiedLine:
    if way is None:
        return EmptiedLine(unit.name, "", 0, "")
    to, number = units[way[0]], way[1]
    url = f"{reverse('roster:merge_unit', args=[unit.public_id])}?ke={to.public_id}"
    return EmptiedLine(unit.name, to.name, number, url)


# --- units and people -----------------------------------------------------------------------

_BRANCHES: Final = """
    SELECT child.id, count(post.id)
    FROM organisations_unit child
    JOIN organisations_unit below ON below.path ~>=~ child.path
      AND below.path ~<~ (child.path || '0') AND (below.id = child.id
        OR below.path ^@ (child.path || '/'))
    LEFT JOIN personnel_employment post ON post.agency_id = child.agency_id
      AND post.unit_id = below.id AND post.assignment = 'MAIN'
      AND post.valid_from <= %(day)s AND (post.valid_until IS NULL OR post.valid_until > %(day)s)
    WHERE child.id = ANY(%(units)s) GROUP BY child.id
"""


def branch_lines(*, agency: Agency, parent: Unit | None, day: date) -> list[BranchLine]:
    """The units right below, those that ended last, in two queries."""
    rows = Unit.objects.filter(agency=agency, parent=parent)
    units = list(rows.annotate(over=Count("pk", filter=~in_force(day))).order_by("over", "name"))
    with connection.cursor() as cursor:
        cursor.execute(_BRANCHES, {"units": [unit.pk for unit in units], "day": day})
        people = dict(cursor.fetchall())
    return [
        BranchLine(
            url=reverse("roster:unit", args=[unit.public_id]),
            name=unit.name,
            code=unit.code,
            people=people.get(unit.pk, 0),
            is_over=not unit.holds_on(day),
            dates=validity_words(unit.valid_from, unit.valid_until),
        )
        for unit in units
    ]


def validity_words(begins: date | None, ends: date | None) -> str:
    """From when until when, as words."""
    if ends is None:
        return _("sejak %(day)s") % {"day": say_short_day(begins)} if begins else ""
    if begins is None:
        return _("sampai %(day)s") % {"day": say_short_day(ends)}
    days = {"begin": say_short_day(begins), "end": say_short_day(ends)}
    return _("%(begin)s sampai %(end)s") % days


def staff_of(*, agency: Agency, unit: Unit | None, day: date, name: str) -> QuerySet[Employment]:
    """Who holds a position in the unit itself; with a name, in it and below."""
    rows = Employment.objects.on(day).filter(agency=agency).exclude(assignment=Assignment.ACTING)
    if name:
        rows = rows.filter(person__name__icontains=name)
        if unit is not None:
            rows = rows.filter(Q(unit=unit) | Q(unit__path__startswith=f"{unit.path}/"))
    else:
        rows = rows.filter(unit=unit)
    return rows.select_related("person", "unit").order_by("pk")


def staff_lines(rows: Sequence[Employment]) -> list[StaffLine]:
    """The people as lines; person and unit must be joined."""
    return [
        StaffLine(
            url=reverse("roster:person", args=[row.person.public_id]),
            name=row.person.name,
            position=_post_words(row.position_title, row.unit),
            kind=row.get_kind_display(),
        )
        for row in rows
    ]


def succession_lines(unit: Unit) -> list[str]:
    """What the unit came from and became, oldest first, in three queries."""
    rows = UnitSuccession.objects.filter(Q(predecessors=unit) | Q(successors=unit)).distinct()
    told = []
    for row in rows.prefetch_related("predecessors", "successors"):
        words = {
            "day": say_short_day(row.effective_on),
            "kind": row.get_kind_display(),
            "former": ", ".join(each.name for each in row.predecessors.all()),
            "next": ", ".join(each.name for each in row.successors.all()),
            "decree": row.decree,
        }
        told.append(_("%(day)s, %(kind)s: %(former)s menjadi %(next)s (%(decree)s)") % words)
    return told


def number_lines(person_id: int) -> list[tuple[str, str, str]]:
    """The numbers of a person: kind, mask, days."""
    return [
        (row.get_kind_display(), row.shown, validity_words(row.valid_from, row.valid_until))
        for row in PersonNumber.objects.filter(person=person_id).order_by("pk")
    ]
