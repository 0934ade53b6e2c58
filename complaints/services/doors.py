"""Which public page a code opens: that of those who reported, or that of those invited."""

from django.conf import settings
from django.urls import reverse

from complaints.models import Party, Report, Tip


def door_of(holder: Report | Tip | Party) -> str:
    """Return the whole address at which the code of this mailbox is entered.

    The code of an invited person opens nothing at the door of the reporters, and the other way
    round; a message must name the right one.
    """
    name = "public:invitation" if isinstance(holder, Party) else "public:track"
    return f"{settings.SITE_URL.rstrip('/')}{reverse(name)}"
