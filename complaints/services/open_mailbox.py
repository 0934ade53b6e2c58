"""Opening a mailbox: the code, what it opens and the office, in one statement of few columns."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final, cast

from django.db import connection
from django.db.models import Model

from complaints.models import AccessCode, Report, Tip
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office

# What no page of the mailbox shows; it is fetched when somebody asks after all.
_LEFT_OUT: Final[dict[type[Model], tuple[str, ...]]] = {
    AccessCode: ("digest", "issued_at", "issued_by_id", "last_used_at", "replaced_by_id"),
    Report: ("search", "account"),
    Tip: ("search", "account", "tracing_result"),
    Office: ("code_certainty", "members", "members_certainty", "valid_from", "valid_until"),
}
# An attorney's code opens nothing once the power of attorney was revoked or has run out.
_OPEN: Final = """
    SELECT {columns}
    FROM complaints_accesscode AS code
    LEFT JOIN complaints_report AS report ON report.id = code.report_id
    LEFT JOIN complaints_tip AS tip ON tip.id = code.tip_id
    JOIN organisations_office AS office ON office.id = COALESCE(report.office_id, tip.office_id)
    LEFT JOIN complaints_representation AS power ON power.id = code.representation_id
    WHERE code.id = %(code)s AND code.revoked_at IS NULL AND power.revoked_at IS NULL
    AND (power.until_on IS NULL OR power.until_on >= (%(now)s AT TIME ZONE office.time_zone)::date)
"""


def open_mailbox(*, code_id: int, clock: Clock) -> tuple[AccessCode, Report | Tip] | None:
    """Return the code with what it opens; None when it opens nothing any more.

    Written by hand: Django compares each of a hundred columns while it writes such a join.
    """
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"code": code_id, "now": clock.now})
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row)
    code = _made(AccessCode, values)
    sides = {"report_id": _made(Report, values), "tip_id": _made(Tip, values)}
    entry = sides["report_id" if code.report_id else "tip_id"]
    entry.office = _made(Office, values)
    return code, entry


@cache
def _statement() -> str:
    named = (("code", AccessCode), ("report", Report), ("tip", Tip), ("office", Office))
    columns = (f"{alias}.{column}" for alias, model in named for column in _columns(model))
    return _OPEN.format(columns=", ".join(columns))


@cache
def _columns(model: type[Model]) -> tuple[str, ...]:
    fields = model._meta.concrete_fields  # noqa: SLF001  the documented way to name columns
    return tuple(each.attname for each in fields if each.attname not in _LEFT_OUT[model])


def _made(model: type[Any], values: Iterator[Any]) -> Any:  # noqa: ANN401  one of four models
    columns = _columns(cast("type[Model]", model))
    return model.from_db(connection.alias, columns, [next(values) for _ in columns])
