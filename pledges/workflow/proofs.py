"""What the record says of each signature, and whether the signature's row still says so."""

from collections.abc import Iterator
from typing import Final

from django.db import connection

from pledges.codes import SignatureKind, SigningChannel
from pledges.workflow.actions import ObligationAction

SIGNING: Final = frozenset(
    {ObligationAction.SIGN, ObligationAction.SIGN_ATTENDED, ObligationAction.RECORD_PAPER}
)
_AT_ONCE: Final = 1000
# Every step that signs has its signature and its audit row, and all three say the same; the hash of
# a file is that of the sealed file, the hash of the text that of the text.
_WRONG: Final = """
    SELECT coalesce(step.subject_id, signed.obligation_id), signed.public_id,
        concat_ws(', ',
            CASE WHEN step.id IS NULL OR said.id IS NULL THEN 'record' END,
            CASE WHEN signed.id IS NULL THEN 'signature' END,
            CASE WHEN said.occurred_at <> signed.signed_at THEN 'time' END,
            CASE WHEN said.data->>'text_sha256' IS DISTINCT FROM signed.text_sha256
                OR text.sha256 IS DISTINCT FROM signed.text_sha256 THEN 'text' END,
            CASE WHEN said.data->>'kind' IS DISTINCT FROM signed.kind THEN 'kind' END,
            CASE WHEN said.data->>'channel' IS DISTINCT FROM signed.channel THEN 'channel' END,
            CASE WHEN said.data->>'evidence_sha256' IS DISTINCT FROM signed.evidence_sha256
                OR scan.sha256 <> signed.evidence_sha256 THEN 'evidence' END) AS differs
    FROM (
        SELECT id, subject_id FROM casework_step
        WHERE subject_kind = 'obligation' AND action = ANY(%s)
    ) step
    FULL JOIN pledges_signature signed
      ON signed.step_id = step.id AND signed.obligation_id = step.subject_id
    LEFT JOIN audit_auditrow said ON said.subject_kind = 'obligation'
      AND said.subject_id = step.subject_id AND said.data->>'step' = step.id::text
    LEFT JOIN pledges_textversion text ON text.id = signed.text_id
    LEFT JOIN vault_sealedblob scan ON scan.id = signed.scan_id
"""
_FIRST: Final = f"SELECT * FROM ({_WRONG}) signatures WHERE differs <> '' ORDER BY 1, 2"  # noqa: S608


def audited_of(
    *, text_sha256: str, kind: SignatureKind, channel: SigningChannel, evidence_sha256: str
) -> dict[str, str]:
    """Return what the audit row of a signing step says of its signature."""
    return {
        "text_sha256": text_sha256,
        "kind": str(kind),
        "channel": str(channel),
        "evidence_sha256": evidence_sha256,
    }


def wrong_signatures() -> Iterator[str]:
    """Yield every signature that differs from the record, and in what; in one statement.

    The record is proved by `verify_audit`; together they prove the signatures.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [sorted(str(action) for action in SIGNING)])
        while rows := cursor.fetchmany(_AT_ONCE):
            for duty, signature, differs in rows:
                yield f"obligation {duty}, signature {signature or '(none)'}: {differs}"
