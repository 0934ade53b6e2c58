"""What the agency reads about the respondent's integrity pledge."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from complaints.models import ReferralItem
from neutrality.law.clock import Clock
from neutrality.ui.dates import say_short_instant
from neutrality.ui.parts import SummaryRow
from pledges.selectors import PledgeFact, had_signed


def pledge_rows(*, item: ReferralItem, clock: Clock) -> tuple[SummaryRow, ...]:
    """Return whether and when the respondent signed the pledge of the matter's election.

    Nothing is said while the respondent is linked to nobody on the roster, or the matter to no
    election. At most two queries; the item's respondent, matter and contest must be joined.
    """
    person_id, contest = item.respondent.person_id, item.matter.contest
    if person_id is None or contest is None:
        return ()
    fact = had_signed(person_id=person_id, election_id=contest.election_id, on=clock.now)
    return (SummaryRow(_("Pakta integritas"), pledge_words(fact, item.office.tz)),)


def pledge_words(fact: PledgeFact, tz: ZoneInfo) -> str:
    """Say whether and when the pledge was signed, and how."""
    if fact.signed_at is not None and fact.kind is not None:
        late = _("sesudah batas waktu") if fact.late else ""
        at = say_short_instant(fact.signed_at, tz)
        signed = _("Ditandatangani %(at)s") % {"at": at}
        return " · ".join(filter(None, (signed, late, str(fact.kind.label), fact.text_title)))
    if fact.state is None:
        return _("Tidak diminta menandatangani untuk pemilihan ini")
    return _("Belum ditandatangani (%(state)s)") % {"state": fact.state.label}
