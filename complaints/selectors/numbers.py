"""Which number would be given next; another may take it meanwhile."""

from zoneinfo import ZoneInfo

from complaints.models import NumberCounter
from complaints.services.numbering import Series
from neutrality.elections.models import Contest
from neutrality.law.clock import Clock
from neutrality.law.codes import RegisterKind
from neutrality.law.numbering import format_number
from neutrality.organisations.models import Office


def next_number(
    *, kind: RegisterKind, office: Office, contest: Contest | None, clock: Clock
) -> str:
    """Return the number as it would be written now; empty where none can be given."""
    if contest is None or not office.code_bawaslu:
        return ""
    series = Series(kind, office, contest)
    given_on = clock.today_in(ZoneInfo(office.time_zone))
    scope = series.numbered(1, given_on).uniqueness_scope()
    names = ("kind", "contest_code", "office_code", "year")
    found = NumberCounter.objects.filter(**dict(zip(names, scope, strict=True))).first()
    return format_number(series.numbered(found.last + 1 if found else 1, given_on))
