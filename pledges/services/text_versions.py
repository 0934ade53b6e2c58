"""The text of a round: an unchanging copy of the law's wording."""

from collections.abc import Iterable
from datetime import date

from neutrality.elections.models import Election
from neutrality.law.books import pledge_wording
from neutrality.law.clock import Clock
from neutrality.law.codes import PledgeTextCode
from neutrality.law.models import PledgeWording
from neutrality.organisations.models import Agency
from pledges.models import TextVersion
from pledges.wording import text_hash

SIGNED_LANGUAGE = "id"


def text_version(
    *,
    code: PledgeTextCode,
    day: date,
    agency: Agency,
    elections: Iterable[Election],
    clock: Clock,
) -> TextVersion:
    """Return the version of the wording in force on `day`, copied when it is first used.

    Where the law has a wording of this agency's own, or of the earliest election's, it is that one.

    The row of the law counts as used from then on. The caller has a transaction open.

    Raises:
        LawMissing: When the law has no such wording on that day.
    """
    in_order = sorted(elections, key=lambda one: (one.polling_on, one.code))
    wording = pledge_wording(
        code=code,
        language=SIGNED_LANGUAGE,
        day=day,
        agency_code=agency.code,
        election_codes=[one.code for one in in_order],
    )
    digest = text_hash(
        title=wording.title,
        opening=wording.opening,
        points=wording.points,
        closing=wording.closing,
    )
    text, is_new = TextVersion.objects.get_or_create(
        sha256=digest,
        defaults={
            "wording": wording,
            "language": wording.language,
            "title": wording.title,
            "opening": wording.opening,
            "points": list(wording.points),
            "closing": wording.closing,
            "created_at": clock.now,
        },
    )
    if is_new:
        PledgeWording.objects.filter(pk=wording.pk, used_at=None).update(used_at=clock.now)
    return text
