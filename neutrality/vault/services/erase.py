"""Erasure: the data key is destroyed, the row stays and says when and by whom."""

from collections.abc import Iterable
from functools import partial
from hashlib import sha256

from django.db import transaction

from neutrality.audit.actor import Actor, OrgRef
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.vault.errors import BlobErased, IdentityErased, reason_given
from neutrality.vault.models import BlindIndex, Identity, SealedBlob
from neutrality.vault.services.blobs import sealed_files


@transaction.atomic
def erase_identity(
    *,
    identity_id: int,
    reason: str,
    subject: SubjectRef,
    actor: Actor,
    clock: Clock,
    role: str = "",
    organisation: OrgRef | None = None,
) -> None:
    """Destroy an identity's data key, its blind indexes and its blobs; audited on `subject`.

    Raises:
        ReasonMissing: the reason is empty.
        IdentityErased: it was erased before.
        Identity.DoesNotExist: there is no such identity.
    """
    why = reason_given(reason)
    identity = Identity.objects.select_for_update(of=("self",)).get(pk=identity_id)
    if identity.wrapped_key is None:
        raise IdentityErased
    _destroy_key(identity, actor, clock)
    blobs = identity.blobs.select_for_update(of=("self",)).filter(wrapped_key__isnull=False)
    _destroy_blobs(blobs.order_by("pk"), actor, clock)
    BlindIndex.objects.filter(identity=identity).delete()
    record(
        what="vault.identity.erase",
        subject=subject,
        actor=actor,
        clock=clock,
        role=role,
        organisation=organisation,
        data={"identity": identity_id, "reason_sha256": sha256(why.encode()).hexdigest()},
    )


@transaction.atomic
def erase_blob(
    *,
    blob_id: int,
    reason: str,
    subject: SubjectRef,
    actor: Actor,
    clock: Clock,
    role: str = "",
    organisation: OrgRef | None = None,
) -> None:
    """Destroy a blob's data key and its sealed file; audited on `subject`.

    Raises:
        ReasonMissing: the reason is empty.
        BlobErased: it was erased before.
        SealedBlob.DoesNotExist: there is no such blob.
    """
    why = reason_given(reason)
    blob = SealedBlob.objects.select_for_update(of=("self",)).get(pk=blob_id)
    if blob.wrapped_key is None:
        raise BlobErased
    _destroy_blobs([blob], actor, clock)
    record(
        what="vault.blob.erase",
        subject=subject,
        actor=actor,
        clock=clock,
        role=role,
        organisation=organisation,
        data={"blob": blob_id, "reason_sha256": sha256(why.encode()).hexdigest()},
    )


def _destroy_blobs(blobs: Iterable[SealedBlob], actor: Actor, clock: Clock) -> None:
    for blob in blobs:
        if blob.file_name:
            transaction.on_commit(partial(sealed_files().delete, blob.file_name))
        blob.file_name = ""
        _destroy_key(blob, actor, clock)


def _destroy_key(row: Identity | SealedBlob, actor: Actor, clock: Clock) -> None:
    row.wrapped_key, row.key_id, row.sealed = None, "", b""
    row.erased_at, row.erased_by_id = clock.now, actor.user_id
    row.save(force_update=True)
