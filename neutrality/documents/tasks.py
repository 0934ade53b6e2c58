"""Making the PDF of what was issued, before somebody asks for it.

The schedule calls `render_waiting` every minute; opening a document earlier does the same.
"""

import logging
from typing import Final

from celery import shared_task
from typst import TypstError

from neutrality.documents.models import Document, DocumentState
from neutrality.documents.opening import ensure_rendered
from neutrality.law.clock import read_clock

log = logging.getLogger(__name__)

BATCH: Final = 100


@shared_task(ignore_result=True)
def render_waiting() -> int:
    """Render up to a hundred final documents that have no file yet; returns how many it made."""
    waiting = Document.objects.filter(rendered_at=None, state=DocumentState.FINAL)
    rendered = 0
    for document_id in list(waiting.order_by("issued_at").values_list("pk", flat=True)[:BATCH]):
        try:
            ensure_rendered(document_id=document_id, clock=read_clock())
        except TypstError as error:
            # The words of the error may quote the content; its hints and our id do not.
            log.error("Document %s does not render: %s", document_id, type(error).__name__)  # noqa: TRY400
        else:
            rendered += 1
    return rendered
