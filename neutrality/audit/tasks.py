"""What the audit does by itself."""

from celery import shared_task
from structlog import get_logger

from neutrality.audit import seals, verifications
from neutrality.law.clock import read_clock

log = get_logger(__name__)


@shared_task(ignore_result=True)
def seal_new_rows() -> None:
    """Seal what is new; the log is the second place where each seal's hash is kept."""
    for seal in seals.seal_new_rows(clock=read_clock()):
        log.info(
            "audit_sealed",
            stream=seal.stream,
            number=seal.number,
            rows=seal.row_count,
            seal=bytes(seal.hash).hex(),
        )


@shared_task(ignore_result=True)
def verify_on_demand(verification_id: int) -> None:
    """Prove the stream that somebody asked for; the answer is on the page of the seals."""
    verifications.verify_requested(verification_id=verification_id, clock=read_clock())
