"""When a certified file says that it was signed, and how much that proves."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from neutrality.ui.dates import say_instant
from neutrality.ui.parts import SummaryRow
from pledges.models import Signature


def attested_rows(signature: Signature, tz: ZoneInfo) -> list[SummaryRow]:
    """Return the line about the time in the file; none where the signature came without a file."""
    if signature.attested_at is None:
        return []
    at = say_instant(signature.attested_at, tz)
    if signature.attested_by:
        words = _("%(at)s, dijamin stempel waktu %(authority)s") % {
            "at": at,
            "authority": signature.attested_by,
        }
    else:
        words = _("%(at)s, hanya menurut perangkat penanda tangan; tanpa stempel waktu") % {
            "at": at
        }
    return [SummaryRow(_("Waktu pada berkas TTE"), words)]
