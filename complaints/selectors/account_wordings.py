"""The accounts of a file beside the words that may leave the house."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from complaints.access import NotVisible
from complaints.codes import Audience
from complaints.models import AccountWording, Matter, Report, Tip
from complaints.services.release_derivative import RELEASERS
from neutrality.audit.actor import Actor
from neutrality.ui.dates import say_short_instant


@dataclass(frozen=True, slots=True)
class WordingRow:
    """Words for one audience, and how they stand."""

    public_id: str
    audience: str
    words: str
    made: str
    state: str
    tone: str
    reason: str
    may_decide: bool
    waits_for_another: bool


@dataclass(frozen=True, slots=True)
class AccountRow:
    """The account of one entry with all words that were written for it."""

    entry: Report | Tip
    number: str
    account: str
    wordings: tuple[WordingRow, ...]


def account_rows(*, matter: Matter, actor: Actor) -> tuple[AccountRow, ...]:
    """Return the entries of a file with their words; three queries for any number."""
    written = list(
        matter.account_wordings.select_related("made_by", "report", "tip").order_by("pk")
    )
    for row in written:
        row.matter = matter
    entries: list[Report | Tip] = [
        *matter.reports.select_related("office__region").order_by("pk"),
        *matter.tips.select_related("office__region").order_by("pk"),
    ]
    return tuple(
        AccountRow(
            entry=entry,
            number=entry.receipt_number,
            account=entry.account,
            wordings=tuple(
                wording_row(wording=row, actor=actor)
                for row in written
                if entry in (row.report, row.tip)
            ),
        )
        for entry in entries
    )


def get_wording_for(*, matter: Matter, public_id: str) -> AccountWording:
    """Return words of a file that the caller may see; raises `NotVisible`."""
    rows = AccountWording.objects.filter(matter=matter, public_id=public_id)
    found = rows.select_related("made_by", "report", "tip", "matter__office__region").first()
    if found is None:
        raise NotVisible(public_id)
    return found


def wording_row(*, wording: AccountWording, actor: Actor) -> WordingRow:
    """Return words with how they stand and whether this person decides about them."""
    office = wording.matter.office
    pending = not wording.released_at and not wording.declined_at
    mine = wording.made_by_id == actor.user_id
    label, tone = _standing(wording)
    return WordingRow(
        public_id=wording.public_id,
        audience=str(wording.get_audience_display()),
        words=wording.words,
        made=f"{wording.made_by}, {say_short_instant(wording.made_at, office.tz)}",
        state=label,
        tone=tone,
        reason=wording.decline_reason,
        may_decide=pending and not mine and actor.role_at(RELEASERS, office.ref()) is not None,
        waits_for_another=pending and mine,
    )


def released_account(*, matter: Matter, audience: Audience) -> str:
    """Return what this audience may read of the accounts of a file; one query."""
    rows = matter.account_wordings.filter(audience=audience, released_at__isnull=False)
    return "\n\n".join(rows.order_by("pk").values_list("words", flat=True))


def _standing(wording: AccountWording) -> tuple[str, str]:
    if wording.released_at:
        return _("Dilepas"), "success"
    if wording.declined_at:
        return _("Ditolak"), "danger"
    return _("Menunggu orang kedua"), "waiting"
