"""Whose sealed identity the holder of a code has: the attorney's own, or the person's."""

from complaints.codes import PartyKind
from complaints.models import AccessCode, Party, Report, Representation, Tip


def identity_of(*, code: AccessCode, mailbox: Report | Tip | Party) -> int | None:
    """Return the sealed identity of whoever holds the code; None for the anonymous."""
    if code.representation_id is not None:
        power = Representation.objects.filter(pk=code.representation_id)
        return power.values_list("identity_id", flat=True).first()
    own = reporter_of(mailbox)
    return own.identity_id if own else None


def reporter_of(mailbox: Report | Tip | Party) -> Party | None:
    """Return the person whose mailbox it is; None for an anonymous informant."""
    if isinstance(mailbox, Party):
        return mailbox
    side = "report" if isinstance(mailbox, Report) else "tip"
    rows = Party.objects.filter(**{side: mailbox}, kind=PartyKind.REPORTER)
    found = rows.order_by("pk").first()
    if found is None and isinstance(mailbox, Tip) and mailbox.from_report_id:
        found = Party.objects.filter(
            report_id=mailbox.from_report_id, kind=PartyKind.REPORTER
        ).first()
    return found
