"""The translation of a text, for readers; what is signed and what binds is the text itself."""

from neutrality.law.books import pledge_wording
from neutrality.law.codes import PledgeTextCode
from neutrality.law.models import PledgeWording
from neutrality.law.reader import speaks_english
from neutrality.law.rulebook import LawMissing
from pledges.models import TextVersion


def translation_of(text: TextVersion) -> PledgeWording | None:
    """Return the English wording of a text for who reads English; None where there is none.

    It is the one in force when the wording of the text came into force; one of another agency or
    election, or with other points, is none of it.
    """
    if not speaks_english():
        return None
    wording = text.wording
    try:
        found = pledge_wording(
            code=PledgeTextCode(wording.code),
            language="en",
            day=wording.valid_from,
            agency_code=wording.agency_code,
            election_codes=[wording.election_code] if wording.election_code else [],
        )
    except LawMissing:
        return None
    said, own = _said(found), _said(wording)
    return found if said == own else None


def _said(row: PledgeWording) -> tuple[str, str, int]:
    return row.agency_code, row.election_code, len(row.points)
