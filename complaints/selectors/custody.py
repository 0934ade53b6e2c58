"""The chain of custody of a piece of evidence, in words."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from complaints.codes import Audience, CustodyAct
from complaints.models import Custody, Evidence
from neutrality.ui.dates import say_short_instant


@dataclass(frozen=True, slots=True)
class CustodyRow:
    """One link of the chain of custody."""

    at: str
    act: str
    who: str
    reason: str


def custody_rows(*, evidence: Evidence, tz: ZoneInfo) -> tuple[CustodyRow, ...]:
    """Return the chain of custody of one piece, oldest first; one query."""
    rows = Custody.objects.filter(evidence=evidence).order_by("happened_at", "pk")
    return tuple(
        CustodyRow(
            at=say_short_instant(row.happened_at, tz),
            act=_act_words(row),
            who=row.who,
            reason=_reason_words(row),
        )
        for row in rows
    )


def _act_words(row: Custody) -> str:
    return str(row.get_act_display())


def _reason_words(row: Custody) -> str:
    if row.act in {CustodyAct.PREPARED, CustodyAct.RELEASED} and row.reason in Audience.values:
        return str(Audience(row.reason).label)
    return _(row.reason) if row.reason else ""
