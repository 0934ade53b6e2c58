"""Who opened what: the row that every opening leaves, and the list that a supervisor reads."""

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Q, QuerySet

from neutrality.audit.actor import Actor, OrgRef
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.vault.errors import reason_given
from neutrality.vault.models import Opening


@dataclass(frozen=True, slots=True)
class Purpose:
    """For what, why, by whom, in which role and when something is opened."""

    subject: SubjectRef
    reason: str
    actor: Actor
    clock: Clock
    role: str = ""
    organisation: OrgRef | None = None

    def __post_init__(self) -> None:
        """Refuse an opening without a reason."""
        object.__setattr__(self, "reason", reason_given(self.reason))


def leave_opening(*, purpose: Purpose, identity_id: int | None, blob_id: int | None) -> None:
    """Write the opening and its act in the chain of the subject for which it is opened.

    The reason is free text, so the chain holds only its hash.
    """
    opening = _new_opening(purpose)
    opening.identity_id, opening.blob_id = identity_id, blob_id
    opening.save(force_insert=True)
    what, opened = ("identity", identity_id) if identity_id is not None else ("blob", blob_id)
    record(
        what=f"vault.{what}.open",
        subject=purpose.subject,
        actor=purpose.actor,
        clock=purpose.clock,
        role=purpose.role,
        organisation=purpose.organisation,
        data={
            what: opened or 0,
            "opening": opening.pk,
            "reason_sha256": sha256(purpose.reason.encode()).hexdigest(),
        },
    )


def openings(*, under: OrgRef, subject: SubjectRef | None = None) -> QuerySet[Opening]:
    """Openings by people of `under` and of what lies below it, newest first.

    The national level sees all, those of the machine included.
    """
    rows = Opening.objects.order_by("-id")
    if under.kind != "national":
        below = Q(organisation_path=under.path) | Q(organisation_path__startswith=f"{under.path}/")
        rows = rows.filter(below, organisation_kind=under.kind)
    if subject is not None:
        rows = rows.filter(subject_kind=subject.kind, subject_id=subject.id)
    return rows


def _new_opening(purpose: Purpose) -> Opening:
    grant = purpose.actor.only_grant
    at = purpose.organisation or (grant.at if grant else None)
    return Opening(
        subject_kind=purpose.subject.kind,
        subject_id=purpose.subject.id,
        reason=purpose.reason,
        opened_at=purpose.clock.now,
        actor_kind=purpose.actor.kind.value,
        opened_by_id=purpose.actor.user_id,
        role=purpose.role or (grant.role if grant else ""),
        organisation_kind=at.kind if at else "",
        organisation_path=at.path if at else "",
    )
