"""The difference becomes the roster: each table once, in one transaction."""

from typing import Any, Final

from django.db import connection

from neutrality.personnel.models import RosterImport
from neutrality.personnel.roster.comparing import AS_SETS, MANY
from neutrality.personnel.roster.fields import Field

_ROOM: Final = "SET LOCAL work_mem = '160MB'"
# Whoever changes somebody's position holds the person; the order keeps two from waiting in a ring.
_HOLD: Final = """
    SELECT count(*) FROM (
        SELECT person.id FROM personnel_person person
        WHERE person.id IN (SELECT person_id FROM personnel_rosterdifference
            WHERE import_id = %(import)s AND is_known)
        ORDER BY person.id FOR UPDATE
    ) AS held
"""
_STILL_TRUE: Final = """
    SELECT count(*) FROM personnel_rosterdifference change
    LEFT JOIN personnel_employment post ON post.id = change.employment_id
    WHERE change.import_id = %(import)s AND change.is_known
      AND (
        change.employment_id IS NOT NULL AND (post.id IS NULL OR post.valid_until IS NOT NULL)
        OR change.what = 'NEW' AND EXISTS (
            SELECT FROM personnel_employment other
            WHERE other.person_id = change.person_id AND other.agency_id = %(agency)s
              AND other.assignment = 'MAIN' AND other.valid_until IS NULL))
"""
_PERSONS: Final = """
    INSERT INTO personnel_person (id, public_id, name)
    SELECT person_id, uuidv7(), name FROM personnel_rosterdifference
    WHERE import_id = %(import)s AND what = 'NEW' AND NOT is_known
"""
_NAMES: Final = """
    UPDATE personnel_person person SET name = change.name
    FROM personnel_rosterdifference change
    WHERE change.import_id = %(import)s AND change.is_known AND change.row IS NOT NULL
      AND change.what IN ('NEW', 'CHANGED', 'MOVED', 'CARRIED')
      AND person.id = change.person_id AND person.name <> change.name
      AND NOT EXISTS (
        SELECT FROM personnel_employment other
        WHERE other.person_id = person.id AND other.agency_id <> %(agency)s
          AND other.assignment = 'MAIN'
          AND (other.valid_until IS NULL OR other.valid_until > %(day)s))
"""
# A new number ends the one that the data names as the former, or the one of its kind.
_OF_FORMER: Final = """
    personnel_rosterdifference change
    LEFT JOIN personnel_rosterrow said ON said.import_id = change.import_id
      AND said.row = change.row AND said.former IS NOT NULL
    WHERE change.import_id = %(import)s AND change.is_known AND NOT change.has_number
      AND change.row IS NOT NULL AND change.what <> 'NEWER'
      AND number.person_id = change.person_id AND number.valid_until IS NULL
      AND (number.kind = change.number_kind OR number.digest = said.former)
"""
# What began on the day itself was a mistake: a period of no days is none.
_NUMBERS_OF_THE_DAY: Final = f"""
    DELETE FROM personnel_personnumber number USING {_OF_FORMER} AND number.valid_from = %(day)s
"""  # noqa: S608  constants
_OLD_NUMBERS: Final = f"""
    UPDATE personnel_personnumber number SET valid_until = %(day)s FROM {_OF_FORMER}
"""  # noqa: S608  constants
_NUMBERS: Final = """
    INSERT INTO personnel_personnumber (person_id, kind, digest, shown, valid_from, import_id)
    SELECT person_id, number_kind, digest,
        CASE number_kind WHEN 'NIK' THEN repeat('•', 12) || right(shown, 4)
            ELSE repeat('•', 8) || ' ' || left(shown, 6) || ' • ' || substr(shown, 7) END,
        CASE WHEN is_known THEN %(day)s::date END, import_id
    FROM personnel_rosterdifference
    WHERE import_id = %(import)s AND NOT has_number AND row IS NOT NULL
      AND what IN ('NEW', 'CHANGED', 'MOVED', 'CARRIED')
"""
_END: Final = """
    UPDATE personnel_employment post SET valid_until = %(day)s,
        end_reason = CASE change.what WHEN 'LEFT' THEN change.end_reason ELSE 'MOVED' END
    FROM personnel_rosterdifference change
    WHERE change.import_id = %(import)s AND change.what IN ('CHANGED', 'MOVED', 'LEFT', 'CARRIED')
      AND NOT change.in_place AND post.id = change.employment_id
"""
# What began on the day itself is put right in its place: a period of no days is none.
_MEND: Final = """
    UPDATE personnel_employment post SET unit_id = change.unit_id,
        position_title = change.position_title, position_class = change.position_class,
        kind = change.kind, grade = change.grade, stated = change.stated,
        import_id = change.import_id
    FROM personnel_rosterdifference change
    WHERE change.import_id = %(import)s AND change.what IN ('CHANGED', 'MOVED', 'CARRIED')
      AND change.in_place AND post.id = change.employment_id
"""
# Who came and went on one day stays for that day.
_END_NEXT_DAY: Final = """
    UPDATE personnel_employment post SET valid_until = post.valid_from + 1,
        end_reason = change.end_reason
    FROM personnel_rosterdifference change
    WHERE change.import_id = %(import)s AND change.what = 'LEFT' AND change.in_place
      AND post.id = change.employment_id
"""
_BEGIN: Final = """
    INSERT INTO personnel_employment (person_id, agency_id, unit_id, position_title,
        position_class, kind, grade, assignment, valid_from, end_reason, ended_because,
        import_id, stated)
    SELECT person_id, %(agency)s, unit_id, position_title, position_class, kind, grade, 'MAIN',
        CASE what WHEN 'NEW' THEN begins_on ELSE %(day)s END, '', '', import_id, stated
    FROM personnel_rosterdifference
    WHERE import_id = %(import)s AND NOT in_place
      AND what IN ('NEW', 'CHANGED', 'MOVED', 'CARRIED')
"""
_PROVE: Final = "SELECT personnel_prove_import(%(import)s)"
_WRITE: Final = (
    _PERSONS,
    _NAMES,
    _NUMBERS,
    _END,
    _END_NEXT_DAY,
    _MEND,
    _BEGIN,
    _PROVE,
)


class RosterChanged(Exception):
    """Somebody changed the roster since it was compared; it has to be compared again."""


def write_difference(*, place: RosterImport, expected: int) -> None:
    """Apply the difference in the caller's transaction.

    Raises:
        RosterChanged: The difference is not the one that was shown: somebody changed a position
            meanwhile, or the unlogged rows were lost in a crash.
    """
    values: dict[str, Any] = {
        "import": place.pk,
        "agency": place.agency_id,
        "day": place.states_on,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute(AS_SETS, ["off" if expected > MANY else "on"])
        cursor.execute(_HOLD, values)
        cursor.execute(
            "SELECT count(*) FROM personnel_rosterdifference"
            " WHERE import_id = %(import)s AND what <> 'NEWER'",
            values,
        )
        if cursor.fetchone()[0] != expected:
            raise RosterChanged
        cursor.execute(_STILL_TRUE, values)
        if cursor.fetchone()[0]:
            raise RosterChanged
        if Field.FORMER in place.columns:  # who is known gets a new number only by the former one
            cursor.execute(_NUMBERS_OF_THE_DAY, values)
            cursor.execute(_OLD_NUMBERS, values)
        for statement in _WRITE:
            cursor.execute(statement, values)
