"""Reading the record: what was done to a subject, who looked at it, what somebody did."""

from django.db.models import QuerySet

from neutrality.audit.models import AccessRow, AuditRow
from neutrality.audit.record import SubjectRef


def acts_on(*, subject: SubjectRef) -> QuerySet[AuditRow]:
    """The chain of a subject, from its first act on."""
    return AuditRow.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by(
        "position"
    )


def reads_of(*, subject: SubjectRef) -> QuerySet[AccessRow]:
    """Who looked at a subject, newest first."""
    return AccessRow.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by(
        "-id"
    )


def acts_by(*, user_id: int) -> QuerySet[AuditRow]:
    """What somebody with an account did, newest first."""
    return AuditRow.objects.filter(user_id=user_id).order_by("-id")
