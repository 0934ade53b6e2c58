"""How a person of a file reaches it: codes and powers of attorney, without any name."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.codes import CodeHolder
from complaints.models import AccessCode, Party
from complaints.services.represent import opened_by
from neutrality.ui.dates import say_short_day, say_short_instant


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code: whose, since when, last used, and whether it still opens anything."""

    holder: str
    issued: str
    used: str
    ended: str


@dataclass(frozen=True, slots=True)
class PowerRow:
    """One power of attorney."""

    scope: str
    dates: str
    revoked: str
    reason: str
    letter: str
    revoke_url: str


@dataclass(frozen=True, slots=True)
class PartyPage:
    """The access of one person."""

    codes: tuple[CodeRow, ...]
    powers: tuple[PowerRow, ...]


def party_page(*, party: Party) -> PartyPage:
    """Return codes and powers, newest first, in two queries."""
    tz = party.matter.office.tz
    codes = AccessCode.objects.filter(**opened_by(party)).order_by("-issued_at", "-pk")
    powers = party.representations.select_related("power_of_attorney").order_by("-from_on", "-pk")
    return PartyPage(
        codes=tuple(
            CodeRow(
                holder=str(CodeHolder(row.holder).label),
                issued=say_short_instant(row.issued_at, tz),
                used=say_short_instant(row.last_used_at, tz) if row.last_used_at else "",
                ended=say_short_instant(row.revoked_at, tz) if row.revoked_at else "",
            )
            for row in codes
        ),
        powers=tuple(
            PowerRow(
                scope=row.scope,
                dates=_dates(
                    say_short_day(row.from_on), say_short_day(row.until_on) if row.until_on else ""
                ),
                revoked=say_short_instant(row.revoked_at, tz) if row.revoked_at else "",
                reason=row.revocation_reason,
                letter=str(row.power_of_attorney or ""),
                revoke_url=reverse(
                    "staff:party_power_revoke",
                    args=[party.matter.public_id, party.public_id, row.pk],
                ),
            )
            for row in powers
        ),
    )


def _dates(first: str, last: str) -> str:
    if last:
        return _("%(first)s sampai %(last)s") % {"first": first, "last": last}
    return _("sejak %(first)s") % {"first": first}
