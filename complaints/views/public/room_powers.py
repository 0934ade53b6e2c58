"""Who speaks for the person: seen and revoked with one's own code."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from complaints.models import Representation
from complaints.services.own_identity import reporter_of
from complaints.services.represent import revoke_power
from complaints.views.public.rooms import Room, both
from neutrality.casework.refusals import Refused
from neutrality.ui.dates import say_short_day, say_short_instant
from neutrality.ui.errors import conflict


@never_cache
@require_safe
def powers(request: HttpRequest, room: Room) -> HttpResponseBase:
    """Show the powers of attorney; who holds the code of one sees only that it is one."""
    is_attorney = room.code.representation_id is not None
    context = {
        "room": room,
        "is_attorney": is_attorney,
        "rows": [] if is_attorney else [_row(row, room) for row in _powers(room)],
    }
    return render(request, "complaints/public/room_powers.html", context)


@never_cache
@require_POST
def revoke(request: HttpRequest, room: Room, number: int) -> HttpResponseBase:
    """Revoke a power of attorney."""
    own = {row.pk for row in _powers(room)}
    if room.code.representation_id is not None or number not in own:
        raise Http404
    try:
        revoke_power(
            power_id=number,
            reason=_("Dicabut dengan kode rahasia"),
            actor=room.actor,
            clock=room.clock,
        )
    except Refused as refused:
        sentence = str(refused.refusal.sentence)
        return conflict(request, sentence=sentence, back_url=room.url("powers"))
    messages.success(request, _("Kuasa dicabut. Kodenya tidak membuka apa pun lagi."))
    return redirect(room.url("powers"))


def _powers(room: Room) -> list[Representation]:
    party = reporter_of(room.mailbox)
    return list(party.representations.order_by("from_on", "pk")) if party else []


def _row(row: Representation, room: Room) -> dict[str, str]:
    name = room.page("power_revoke")
    return {
        "scope": row.scope,
        "from": say_short_day(row.from_on),
        "until": say_short_day(row.until_on) if row.until_on else "",
        "revoked": say_short_instant(row.revoked_at, room.tz) if row.revoked_at else "",
        "url": reverse(name, args=[row.pk]),
    }


mailbox_powers, invitation_powers = both(powers)
mailbox_revoke, invitation_revoke = both(revoke)
