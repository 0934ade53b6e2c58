"""How a person of a file reaches it: codes and powers of attorney, without any name."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.codes import CodeHolder
from complaints.models import AccessCode, Derivative, Message, Party
from complaints.selectors.evidence import title_of_copy
from complaints.selectors.file_parts import LetterRow, letter_row, with_files
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


def letters_of_room(*, party: Party) -> tuple[LetterRow, ...]:
    """Return the letters with a person, with the files and copies that went along; two queries."""
    rows = with_copies(with_files(Message.objects.filter(party=party)))
    return tuple(letter_with_copies(row, party.matter.office.tz) for row in rows)


def with_copies(rows: QuerySet[Message]) -> QuerySet[Message]:
    """Give messages the copies that went with them, by one query more."""
    copies = Derivative.objects.select_related("evidence").order_by("pk")
    return rows.prefetch_related(Prefetch("copies", copies))


def letter_with_copies(row: Message, tz: ZoneInfo) -> LetterRow:
    """Return one message of `with_files` and `with_copies`; no query."""
    letter = letter_row(row, tz)
    copies = tuple(
        (title_of_copy(copy), reverse("staff:evidence_file", args=[copy.public_id]))
        for copy in row.copies.all()
    )
    return replace(letter, files=(*letter.files, *copies))


def _dates(first: str, last: str) -> str:
    if last:
        return _("%(first)s sampai %(last)s") % {"first": first, "last": last}
    return _("sejak %(first)s") % {"first": first}
