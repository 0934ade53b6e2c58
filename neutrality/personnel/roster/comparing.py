"""Staged rows against the roster: what is new, changed, moved and left, as sets in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from neutrality.organisations.models import Unit
from neutrality.personnel.models import RosterImport
from neutrality.personnel.roster.fields import Field
from neutrality.personnel.roster.units import Named

# Sorting and hashing a million rows in memory; both end with the transaction.
_ROOM: Final = "SET LOCAL work_mem = '160MB'"
# Without statistics on what was written a moment ago, a loop per row could be chosen.
AS_SETS: Final = "SET LOCAL enable_nestloop = %s"
MANY: Final = 20_000

# One pass over the rows: what is wrong with the texts, whoever they are about.
_JUDGE: Final = """
    UPDATE personnel_rosterrow SET error = CASE
        WHEN name = '' THEN 'NAME_MISSING'
        WHEN leaves_because = '' AND position_title = '' THEN 'TITLE_MISSING'
        WHEN leaves_because = '' AND unit_code = '' AND unit_name = '' THEN 'UNIT_MISSING'
        WHEN '=' IN (left(name, 1), left(position_title, 1), left(unit_code, 1),
            left(unit_name, 1)) THEN 'FORMULA'
        WHEN '#' IN (left(name, 1), left(position_title, 1), left(unit_code, 1),
            left(unit_name, 1)) THEN 'EXCEL_ERROR'
        WHEN name ~ '^[0-9]' THEN 'NAME_IS_NUMBER'
        ELSE 'TOO_LONG' END
    WHERE import_id = %(import)s AND error = '' AND (
        name = '' OR left(name, 1) = ANY(%(no_letters)s)
        OR length(name) > 160 OR length(position_title) > 200 OR length(grade) > 8
        OR length(unit_code) > 40 OR length(unit_name) > 200
        OR leaves_because = '' AND (
            position_title = '' OR unit_code = '' AND unit_name = ''
            OR left(position_title, 1) IN ('=', '#')
            OR left(unit_code, 1) IN ('=', '#') OR left(unit_name, 1) IN ('=', '#')))
"""
_TWICE: Final = """
    UPDATE personnel_rosterrow said SET error = 'DUPLICATE'
    FROM (
        SELECT digest FROM personnel_rosterrow
        WHERE import_id = %(import)s AND digest IS NOT NULL AND error = ''
        GROUP BY digest HAVING count(*) > 1
    ) AS twice
    WHERE said.import_id = %(import)s AND said.digest = twice.digest
"""
_NO_UNIT: Final = """
    UPDATE personnel_rosterrow said SET error = place.error
    FROM roster_unit place
    WHERE said.import_id = %(import)s AND said.error = '' AND said.leaves_because = ''
      AND place.error <> ''
      AND said.unit_code = place.unit_code AND said.unit_name = place.unit_name
"""
# An old number helps only while the new one is nobody's.
_FORMER: Final = """
    UPDATE personnel_rosterrow said SET former = NULL
    WHERE import_id = %(import)s AND former IS NOT NULL AND (
        EXISTS (SELECT FROM personnel_personnumber known WHERE known.digest = said.digest)
        OR NOT EXISTS (
            SELECT FROM personnel_personnumber known
            WHERE known.digest = said.former AND known.valid_until IS NULL))
"""
# A number that was replaced names somebody who is there under another; it begins nobody anew.
_REPLACED: Final = """
    UPDATE personnel_rosterrow said SET error = 'NUMBER_REPLACED'
    FROM personnel_personnumber ended
    WHERE said.import_id = %(import)s AND said.error = '' AND ended.digest = said.digest
      AND ended.valid_until IS NOT NULL
      AND NOT EXISTS (SELECT FROM personnel_personnumber held
        WHERE held.digest = ended.digest AND held.valid_until IS NULL)
"""
_UNITS: Final = """
    DROP TABLE IF EXISTS pg_temp.roster_unit;
    CREATE TEMPORARY TABLE roster_unit (
        unit_code text, unit_name text, unit_id bigint, error text, in_scope boolean
    ) ON COMMIT DROP
"""
_LAY: Final = """
    INSERT INTO roster_unit
    SELECT * FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::text[], %s::boolean[])
"""
# What is equal to what the last import stated falls out here, whatever the size of the file. In
# the order of the digests, so that the index of numbers grows page by page; persons are numbered
# after sorting, so that theirs do too.
_COMPARE: Final = """
    INSERT INTO personnel_rosterdifference (
        import_id, row, what, person_id, is_known, employment_id, in_place, has_number, stated,
        unit_id, number_kind, digest, shown, name, position_title, position_class, kind, grade,
        begins_on, end_reason)
    SELECT %(import)s, said.row,
        CASE WHEN post.id IS NULL THEN 'NEW'
            WHEN post.valid_from > %(day)s THEN 'NEWER'
            WHEN said.row IS NULL OR said.leaves_because <> '' THEN 'LEFT'
            WHEN post.unit_id IS DISTINCT FROM said.unit_id THEN 'MOVED' ELSE 'CHANGED' END,
        coalesce(post.person_id, nextval('personnel_person_id_seq')), post.id IS NOT NULL, post.id,
        coalesce(post.valid_from >= %(day)s, false), said.former IS NULL AND post.id IS NOT NULL,
        said.stated, said.unit_id, coalesce(said.number_kind, ''), said.digest,
        coalesce(said.shown, ''), coalesce(said.name, ''), coalesce(said.position_title, ''),
        coalesce(said.position_class, ''), coalesce(said.kind, ''), coalesce(said.grade, ''),
        coalesce(said.since, %(day)s), coalesce(said.leaves_because, 'NOT_LISTED')
    FROM (
        SELECT rows.row, rows.number_kind, rows.digest, rows.former, rows.shown,
            rows.name, rows.position_title, rows.kind, rows.grade, rows.since,
            rows.leaves_because, place.unit_id, class.position_class,
            hashtextextended(concat_ws(E'\\x1f', place.unit_id, rows.position_title,
                class.position_class, rows.kind, rows.grade, rows.name), 0) AS stated
        FROM personnel_rosterrow rows
        LEFT JOIN roster_unit place ON place.unit_code = rows.unit_code
          AND place.unit_name = rows.unit_name
        CROSS JOIN LATERAL (SELECT CASE lower(split_part(rows.position_title, ' ', 1))
            WHEN 'camat' THEN 'CAMAT' WHEN 'lurah' THEN 'LURAH'
            ELSE rows.position_class END AS position_class) AS class
        WHERE rows.import_id = %(import)s AND rows.error = ''
    ) AS said
    FULL JOIN (
        SELECT number.digest, post.id, post.person_id, post.unit_id, post.valid_from, post.stated
        FROM personnel_employment post
        JOIN personnel_personnumber number
          ON number.person_id = post.person_id AND number.valid_until IS NULL
        WHERE post.agency_id = %(agency)s AND post.assignment = 'MAIN'
          AND post.valid_until IS NULL
    ) AS post ON post.digest = coalesce(said.former, said.digest)
    WHERE post.id IS NULL OR said.row IS NULL OR said.leaves_because <> ''
      OR post.stated IS DISTINCT FROM said.stated OR said.former IS NOT NULL
    ORDER BY said.digest
"""
# Nobody leaves who is outside the scope, or when those who leave are named.
_NOT_MISSED: Final = """
    DELETE FROM personnel_rosterdifference gone
    USING personnel_employment post
    LEFT JOIN organisations_unit unit ON unit.id = post.unit_id
    WHERE gone.import_id = %(import)s AND gone.row IS NULL AND post.id = gone.employment_id
      AND (%(names_leavers)s
        OR %(scope)s <> '' AND NOT (coalesce(unit.path, '') || '/') ^@ (%(scope)s || '/'))
"""
# Data of a part says nothing about who works elsewhere by now.
_LEAVES_ELSEWHERE: Final = """
    WITH elsewhere AS (
        DELETE FROM personnel_rosterdifference gone
        USING personnel_employment post
        LEFT JOIN organisations_unit unit ON unit.id = post.unit_id
        WHERE gone.import_id = %(import)s AND gone.row IS NOT NULL AND gone.what = 'LEFT'
          AND post.id = gone.employment_id
          AND %(scope)s <> '' AND NOT (coalesce(unit.path, '') || '/') ^@ (%(scope)s || '/')
        RETURNING gone.row
    )
    UPDATE personnel_rosterrow said SET error = 'UNIT_OUTSIDE'
    FROM elsewhere WHERE said.import_id = %(import)s AND said.row = elsewhere.row
"""
# The numbers of those who seem to have left: few, as a rule, against the many rows of the data.
_MISSED: Final = """
    DROP TABLE IF EXISTS pg_temp.roster_missed;
    CREATE TEMPORARY TABLE roster_missed ON COMMIT DROP AS
    SELECT missed.employment_id, number.digest
    FROM personnel_rosterdifference missed
    JOIN personnel_personnumber number ON number.person_id = missed.person_id
      AND number.valid_until IS NULL
    WHERE missed.import_id = %(import)s AND missed.row IS NULL;
    ANALYZE roster_missed
"""
# A row with a mistake says nothing about its person, so the person has not left; neither has
# somebody with two numbers whom the data names by the other.
_LISTED: Final = """
    DELETE FROM personnel_rosterdifference gone
    USING roster_missed missed
    JOIN personnel_rosterrow said ON said.digest = missed.digest
    WHERE said.import_id = %(import)s AND gone.import_id = %(import)s AND gone.row IS NULL
      AND gone.employment_id = missed.employment_id
"""
_LISTED_BEFORE: Final = """
    DELETE FROM personnel_rosterdifference gone
    USING roster_missed missed
    JOIN personnel_rosterrow said ON said.former = missed.digest
    WHERE said.import_id = %(import)s AND said.former IS NOT NULL
      AND gone.import_id = %(import)s AND gone.row IS NULL
      AND gone.employment_id = missed.employment_id
"""
_LISTED_REPLACED: Final = """
    DELETE FROM personnel_rosterdifference gone
    USING personnel_personnumber ended
    JOIN personnel_rosterrow said ON said.digest = ended.digest
    WHERE said.import_id = %(import)s AND said.error = 'NUMBER_REPLACED'
      AND gone.import_id = %(import)s AND gone.row IS NULL AND gone.person_id = ended.person_id
"""
_KNOWN: Final = """
    UPDATE personnel_rosterdifference new
    SET person_id = number.person_id, is_known = true, has_number = true
    FROM personnel_personnumber number
    WHERE new.import_id = %(import)s AND new.what = 'NEW'
      AND number.digest = new.digest AND number.valid_until IS NULL
"""
_KNOWN_BEFORE: Final = """
    UPDATE personnel_rosterdifference new
    SET person_id = number.person_id, is_known = true
    FROM personnel_rosterrow said
    JOIN personnel_personnumber number ON number.digest = said.former
      AND number.valid_until IS NULL
    WHERE new.import_id = %(import)s AND new.what = 'NEW' AND NOT new.is_known
      AND said.import_id = %(import)s AND said.former IS NOT NULL AND said.row = new.row
"""
# Hand-made positions carry no digest: those that say the same are no difference.
_SAME: Final = """
    DELETE FROM personnel_rosterdifference change
    USING personnel_employment post, personnel_person person
    WHERE change.import_id = %(import)s AND change.what IN ('CHANGED', 'NEWER')
      AND change.row IS NOT NULL AND change.has_number
      AND change.end_reason = ''
      AND post.id = change.employment_id AND person.id = post.person_id
      AND (post.unit_id, post.position_title, post.position_class, post.kind, post.grade,
           person.name)
        IS NOT DISTINCT FROM (change.unit_id, change.position_title, change.position_class,
           change.kind, change.grade, change.name)
"""
# Who only writes the name differently keeps the position that is there.
_ONLY_NAME: Final = """
    UPDATE personnel_rosterdifference change SET in_place = true
    FROM personnel_employment post
    WHERE change.import_id = %(import)s AND change.what = 'CHANGED' AND change.has_number
      AND post.id = change.employment_id
      AND (post.unit_id, post.position_title, post.position_class, post.kind, post.grade)
        IS NOT DISTINCT FROM (change.unit_id, change.position_title, change.position_class,
           change.kind, change.grade)
"""
_CARRIED: Final = """
    UPDATE personnel_rosterdifference change SET what = 'CARRIED'
    FROM personnel_employment post
    JOIN organisations_unitsuccession_predecessors former ON former.unit_id = post.unit_id
    JOIN organisations_unitsuccession_successors next
      ON next.unitsuccession_id = former.unitsuccession_id
    WHERE change.import_id = %(import)s AND change.what = 'MOVED'
      AND post.id = change.employment_id AND next.unit_id = change.unit_id
"""
_BACK: Final = """
    UPDATE personnel_rosterdifference back
    SET begins_on = greatest(back.begins_on, held.until),
        what = CASE WHEN held.until > %(day)s THEN 'NEWER' ELSE back.what END
    FROM (
        SELECT person_id, max(coalesce(valid_until, valid_from + 1)) AS until
        FROM personnel_employment WHERE agency_id = %(agency)s AND assignment = 'MAIN'
          AND person_id IN (SELECT person_id FROM personnel_rosterdifference
            WHERE import_id = %(import)s AND what = 'NEW' AND is_known)
        GROUP BY person_id
    ) AS held
    WHERE back.import_id = %(import)s AND back.what = 'NEW' AND back.is_known
      AND held.person_id = back.person_id AND held.until > back.begins_on
"""
_NOT_HERE: Final = """
    WITH nobody AS (
        DELETE FROM personnel_rosterdifference
        WHERE import_id = %(import)s AND what = 'NEW' AND end_reason <> '' RETURNING row
    )
    UPDATE personnel_rosterrow said SET error = 'NOT_EMPLOYED'
    FROM nobody WHERE said.import_id = %(import)s AND said.row = nobody.row
"""
_ONE_PERSON: Final = """
    WITH twice AS (
        DELETE FROM personnel_rosterdifference change
        USING (
            SELECT person_id FROM personnel_rosterdifference
            WHERE import_id = %(import)s AND is_known
            GROUP BY person_id HAVING count(*) > 1
        ) AS same
        WHERE change.import_id = %(import)s AND change.person_id = same.person_id
        RETURNING row
    )
    UPDATE personnel_rosterrow said SET error = 'SAME_PERSON'
    FROM twice WHERE said.import_id = %(import)s AND said.row = twice.row
"""
_ANEW: Final = "DELETE FROM personnel_rosterdifference WHERE import_id = %(import)s"
_OUTSIDE: Final = """
    UPDATE roster_unit SET error = 'UNIT_OUTSIDE' WHERE error = '' AND NOT in_scope
"""


# Where the data names former numbers.
_WITH_FORMER: Final = (_LISTED_BEFORE, _KNOWN_BEFORE)
_SETTLE: Final = (_NOT_HERE, _SAME, _ONLY_NAME, _CARRIED, _BACK, _ONE_PERSON)


@dataclass(frozen=True, slots=True)
class Places:
    """The units of the rows: which are known, and why others are not."""

    known: Mapping[Named, Unit]
    unknown: Mapping[Named, str]


def judge(*, place: RosterImport) -> None:
    """Mark what is wrong with rows as they stand; in the caller's transaction."""
    _run((_ROOM, _JUDGE, _TWICE), _values(place))


def compare(*, place: RosterImport, places: Places, rows: int) -> None:
    """Write the difference between the staged rows and the roster; in the caller's transaction."""
    values = _values(place)
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute(_ANEW, values)
    _sets("off" if rows > MANY else "on")
    _lay_units(place, places)
    former = Field.FORMER in place.columns
    _run((_OUTSIDE, _NO_UNIT, *([_FORMER] if former else []), _REPLACED), values)
    _run((_COMPARE, _NOT_MISSED, _LEAVES_ELSEWHERE), values)
    counts = _counts(place)
    by_row = "off" if sum(counts.values()) > MANY else "on"
    _sets(by_row)
    _run((_MISSED,), values)
    _sets("off")  # the staged rows have no index to look them up by
    _run((_LISTED, _LISTED_REPLACED, *(_WITH_FORMER if former else ())), values)
    _sets(by_row)
    _run((_KNOWN, *_SETTLE), values)


def _sets(by_row: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(AS_SETS, [by_row])


def _values(place: RosterImport) -> dict[str, Any]:
    return {
        "import": place.pk,
        "agency": place.agency_id,
        "day": place.states_on,
        "scope": place.scope.path if place.scope else "",
        "names_leavers": place.names_leavers,
        "no_letters": list("=#0123456789"),
    }


def _run(statements: tuple[str, ...], values: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values)


def _counts(place: RosterImport) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT what, count(*) FROM personnel_rosterdifference WHERE import_id = %s GROUP BY 1",
            [place.pk],
        )
        return dict(cursor.fetchall())


def _lay_units(place: RosterImport, places: Places) -> None:
    scope = f"{place.scope.path}/" if place.scope else ""
    rows: list[tuple[str, str, int | None, str, bool]] = [
        (code, name, unit.pk, "", f"{unit.path}/".startswith(scope))
        for (code, name), unit in places.known.items()
    ]
    rows += [(code, name, None, error, True) for (code, name), error in places.unknown.items()]
    with connection.cursor() as cursor:
        cursor.execute(_UNITS)
        columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], [], []]
        cursor.execute(_LAY, columns)
        cursor.execute("ANALYZE roster_unit")
