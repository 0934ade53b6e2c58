"""Reading the record: what was done to a subject, who looked at it, what somebody did."""

from django.db import connection
from django.db.models import QuerySet

from neutrality.audit.canonical import SELECT_ROWS, row_bytes
from neutrality.audit.models import AccessRow, AuditRow, Stream
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


def row_text(*, stream: Stream, row_id: int) -> str | None:
    """The canonical text of a row, whose SHA-256 is its hash; None when there is no such row."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({SELECT_ROWS[stream]}) AS found WHERE id = %s",  # noqa: S608
            [row_id],
        )
        row = cursor.fetchone()
    return row_bytes(row[:-1]).decode() if row else None
