"""The codes of invited persons and their attorneys: which party one opens."""

from django.db.models import Q, QuerySet

from complaints.models import AccessCode
from complaints.services.codes import SecretCode
from neutrality.law.clock import Clock


def find_invitation(*, code: SecretCode, clock: Clock) -> AccessCode | None:
    """Return the row of a code that opens a party's invitation, or None."""
    return _usable(clock).filter(digest=code.digest()).first()


def invitation_of(*, code_id: int, clock: Clock) -> AccessCode | None:
    """Return the code with its party and office joined; None when it opens nothing any more."""
    return _usable(clock).filter(pk=code_id).first()


def _usable(clock: Clock) -> QuerySet[AccessCode]:
    """Return the codes in force: not revoked, nor the power of attorney that they hang on."""
    # The last day of a power counts whole wherever the office is; the west ends it last.
    ended = Q(representation__revoked_at__isnull=False) | Q(
        representation__until_on__lt=clock.now.date()
    )
    rows = AccessCode.objects.filter(revoked_at__isnull=True, party__isnull=False).exclude(ended)
    return rows.select_related("party__matter__office__region")
