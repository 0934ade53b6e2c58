"""An invited person says, with their code, that they will come."""

from django.db import transaction

from complaints.codes import SessionState
from complaints.models import ClarificationSession
from complaints.services.hearing_rows import locked_session, record_act
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock


@transaction.atomic(durable=True)
def confirm_attendance(*, session_id: int, actor: Actor, clock: Clock) -> ClarificationSession:
    """Write that the person will come; said twice, it was said once.

    Raises:
        Refused: Another person's session, or one that is not planned any more.
    """
    session = locked_session(session_id)
    if actor.party_ref != f"party:{session.party_id}":
        raise refuse(RefusalCode.NOT_YOURS)
    if session.state != SessionState.PLANNED:
        raise Refused(refusals.SESSION_NOT_PLANNED)
    if session.attends_at is None:
        session.attends_at = clock.now
        session.save(update_fields=["attends_at"])
        record_act("will_attend", session, actor=actor, clock=clock)
    return session
