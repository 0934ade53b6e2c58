"""The codes of invited persons: which party one opens."""

from django.db.models import QuerySet

from complaints.models import AccessCode
from complaints.services.codes import SecretCode


def find_invitation(*, code: SecretCode) -> AccessCode | None:
    """Return the row of a code that opens a party's invitation, or None."""
    return _usable().filter(digest=code.digest()).first()


def invitation_of(*, code_id: int) -> AccessCode | None:
    """Return the code with its party and office joined; None when it opens nothing any more."""
    return _usable().filter(pk=code_id).first()


def _usable() -> QuerySet[AccessCode]:
    rows = AccessCode.objects.filter(revoked_at__isnull=True, party__isnull=False)
    return rows.select_related("party__matter__office__region")
