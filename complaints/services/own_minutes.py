"""Own minutes as a document: what an invited person confirmed, and no other paper of the case."""

from complaints.models import ClarificationSession, Party
from neutrality.documents.models import Classification, Document, DocumentState


def own_minutes(*, party: Party, public_id: str) -> Document | None:
    """Return the confirmed minutes of one's own session; for sealed ones the nameless twin."""
    session = (
        ClarificationSession.objects.select_related("minutes")
        .filter(party=party, public_id=public_id, confirmed_at__isnull=False)
        .first()
    )
    paper = session.minutes if session else None
    if paper is None or paper.state != DocumentState.FINAL:
        return None
    if paper.classification != Classification.IDENTITY:
        return paper
    return Document.objects.filter(twin_of=paper, state=DocumentState.FINAL).first()
