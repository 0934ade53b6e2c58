"""The correction that waits on a case, for the page of its file."""

from complaints.models import Matter
from complaints.selectors import corrections
from complaints.selectors.corrections import CorrectionRow

__all__ = ["CorrectionRow", "open_correction"]


def open_correction(*, matter: Matter, user_id: int | None) -> CorrectionRow | None:
    """Return the request that waits, or None; one query."""
    return corrections.open_correction(ref=matter.ref(), tz=matter.office.tz, user_id=user_id)
