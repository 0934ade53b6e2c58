"""Load and authorise in one call, and answer refusals, for the pages of the HR office."""

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar
from uuid import UUID

from django.http import Http404, HttpResponse

from neutrality.accounts.http import GRANT_ZONE, StaffRequest
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.ui.errors import conflict
from pledges import access
from pledges.models import Obligation, Round

T = TypeVar("T")
LOST: Final = frozenset({RefusalCode.STALE, RefusalCode.WRONG_STATE})


def today(request: StaffRequest) -> date:
    """Return the day by which grants count."""
    return request.clock.today_in(GRANT_ZONE)


def load_round(request: StaffRequest, public_id: UUID) -> Round:
    """Return the round with agency, office and text, or 404."""
    return _found(lambda: access.get_round_for(actor=request.actor, public_id=public_id))


def load_obligation(request: StaffRequest, public_id: UUID) -> Obligation:
    """Return the obligation with what its page shows, or 404."""
    return _found(lambda: access.get_obligation_for(actor=request.actor, public_id=public_id))


def refusal_page(request: StaffRequest, refused: Refused, back_url: str) -> HttpResponse:
    """Answer a refusal that no form can mend: 404 for strangers, else 409 with the sentence."""
    if refused.refusal.code == RefusalCode.NOT_YOURS:
        raise Http404 from refused
    return conflict(request, sentence=str(refused.refusal.sentence), back_url=back_url)


def _found(load: Callable[[], T]) -> T:
    try:
        return load()
    except access.NotVisible as missing:
        raise Http404 from missing
