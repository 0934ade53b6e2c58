"""When the page was made from which somebody presses: what came later they have not seen."""

from datetime import datetime
from typing import Final

from django.http import HttpRequest

from neutrality.law.clock import Clock

SHOWN_UNTIL: Final = "sampai"


def shown_until(request: HttpRequest, clock: Clock) -> datetime:
    """Return the instant that the page carries; now, where it carries none."""
    try:
        at = datetime.fromisoformat(request.POST.get(SHOWN_UNTIL, ""))
    except ValueError:
        return clock.now
    return min(at, clock.now) if at.tzinfo else clock.now
