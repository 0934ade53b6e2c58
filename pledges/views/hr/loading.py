"""Load and authorise in one call, and answer refusals, for the pages of the HR office."""

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse

from neutrality.accounts.http import GRANT_ZONE, StaffRequest
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.organisations.models import Unit
from neutrality.ui.errors import conflict
from neutrality.ui.prepared import Prepared
from pledges import access
from pledges.access import Sight
from pledges.models import Obligation, Round

T = TypeVar("T")
SCANS: Final = {b"%PDF": "application/pdf", b"\xff\xd8\xff": "image/jpeg"}
LOST: Final = frozenset({RefusalCode.STALE, RefusalCode.WRONG_STATE})


def today(request: StaffRequest) -> date:
    """Return the day by which grants count."""
    return request.clock.today_in(GRANT_ZONE)


def load_round(request: StaffRequest, public_id: UUID) -> Round:
    """Return the round with agency, office and text, or 404."""
    return _found(lambda: access.get_round_for(actor=request.actor, public_id=public_id))


def load_seen(request: StaffRequest, public_id: UUID) -> tuple[Round, Sight]:
    """Return the round with agency, office and text, and what of it is seen; or 404."""
    return _found(lambda: access.get_seen_round(actor=request.actor, public_id=public_id))


def unit_asked(request: StaffRequest, place: Round, sight: Sight) -> Unit | None:
    """Return the unit that the address names, when it is in sight; else the top of what is seen.

    None means the whole agency.
    """
    public_id = _uuid(request.GET.get("unit", ""))
    asked = _unit(place, public_id=public_id) if public_id else None
    if asked is not None and sight.covers(asked.path):
        return asked
    return None if sight.path == place.agency.path else _unit(place, path=sight.path)


def load_obligation(request: StaffRequest, public_id: UUID) -> Obligation:
    """Return the obligation with what its page shows, or 404."""
    return _found(lambda: access.get_obligation_for(actor=request.actor, public_id=public_id))


def refusal_page(request: StaffRequest, refused: Refused, back_url: str) -> HttpResponse:
    """Answer a refusal that no form can mend: 404 for strangers, else 409 with the sentence."""
    if refused.refusal.code == RefusalCode.NOT_YOURS:
        raise Http404 from refused
    return conflict(request, sentence=str(refused.refusal.sentence), back_url=back_url)


def scan_response(data: bytes, name: str) -> HttpResponse:
    """Hand out a scan to be kept, under what it is by its first bytes."""
    kinds = (kind for head, kind in SCANS.items() if data.startswith(head))
    response = HttpResponse(data, content_type=next(kinds, "image/png"))
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _unit(place: Round, **named: UUID | str) -> Unit | None:
    ask = _UNIT_OF_ID if "public_id" in named else _UNIT_AT
    return next(iter(ask(agency=place.agency_id, **named)), None)


def _unit_of_id(agency: int, public_id: UUID) -> QuerySet[Unit]:
    return _newest(Unit.objects.filter(agency_id=agency, public_id=public_id))


def _unit_at(agency: int, path: str) -> QuerySet[Unit]:
    return _newest(Unit.objects.filter(agency_id=agency, path=path))


def _newest(rows: QuerySet[Unit]) -> QuerySet[Unit]:
    """The unit as it was last, with the one above it."""
    shown = rows.select_related("parent").only("public_id", "path", "name", "parent__public_id")
    return shown.order_by("-valid_from", "-pk")[:1]


_UNIT_OF_ID: Final = Prepared(_unit_of_id)
_UNIT_AT: Final = Prepared(_unit_at)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _found(load: Callable[[], T]) -> T:
    try:
        return load()
    except access.NotVisible as missing:
        raise Http404 from missing
