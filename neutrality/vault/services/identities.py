"""Sealing and opening identities."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, NamedTuple, cast

from django.db import transaction

from neutrality.audit.actor import SYSTEM, Actor, OrgRef
from neutrality.audit.record import SubjectRef, record, record_access
from neutrality.law.clock import Clock
from neutrality.vault import sealing
from neutrality.vault.errors import IdentityErased
from neutrality.vault.identity import IdentityData, from_bytes, to_bytes
from neutrality.vault.keys import master_keys
from neutrality.vault.lookup import blind_index
from neutrality.vault.models import BlindIndex, Identity
from neutrality.vault.openings import Purpose, leave_opening

Channel = Literal["email", "whatsapp", "sms"]
_INDEXED: Final = ("nik", "phone", "email")


@dataclass(frozen=True, slots=True)
class Contacts:
    """The addresses of a person; empty where none was given."""

    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


class SealedValues(NamedTuple):
    """What the rows of an identity hold; `digests` are its blind indexes by purpose."""

    uuid: uuid.UUID
    key_id: str
    wrapped_key: bytes
    sealed: bytes
    digests: dict[str, bytes]


@transaction.atomic(savepoint=False)
def seal_identity(*, data: IdentityData, kind: str, clock: Clock) -> Identity:
    """Store an identity sealed under a data key of its own, with blind indexes; two statements.

    `kind` is one of `IdentityKind`. Indexed are NIK, phone and e-mail, where given.
    """
    identity, indexes = new_identity(data=data, kind=kind, clock=clock)
    identity.save(force_insert=True)
    BlindIndex.objects.bulk_create(indexes)
    return identity


def new_identity(
    *, data: IdentityData, kind: str, clock: Clock
) -> tuple[Identity, list[BlindIndex]]:
    """Return a sealed identity and its blind indexes, unsaved, for who inserts many rows at once.

    The indexes must be inserted after the identity, in the same transaction.
    """
    values = sealed_values(data=data)
    identity = Identity(
        uuid=values.uuid,
        kind=kind,
        key_id=values.key_id,
        wrapped_key=values.wrapped_key,
        sealed=values.sealed,
        created_at=clock.now,
    )
    return identity, [
        BlindIndex(identity=identity, purpose=purpose, digest=digest)
        for purpose, digest in values.digests.items()
    ]


def sealed_values(*, data: IdentityData) -> SealedValues:
    """Seal an identity under a data key of its own; return what its rows hold."""
    row_id = uuid.uuid4()
    bound = sealing.bound_to(kind="identity", uuid=row_id)
    data_key = sealing.new_data_key()
    key_id, wrapped = sealing.wrap(keys=master_keys(), data_key=data_key, bound=bound)
    return SealedValues(
        uuid=row_id,
        key_id=key_id,
        wrapped_key=wrapped,
        sealed=sealing.seal(key=data_key, plain=to_bytes(data), bound=bound),
        digests=_digests(data),
    )


def open_identity(
    *,
    identity_id: int,
    reason: str,
    subject: SubjectRef,
    actor: Actor,
    clock: Clock,
    role: str = "",
    organisation: OrgRef | None = None,
) -> IdentityData:
    """Open an identity for the matter `subject`, and leave an opening and an act in its chain.

    Whether the actor may is the caller's question. Call it in the transaction of a POST of its
    own: what is rolled back would have been seen without a trace.

    Raises:
        ReasonMissing: the reason is empty.
        IdentityErased: its data key was destroyed.
        Identity.DoesNotExist: there is no such identity.
        SealBroken, UnknownKey: the row was tampered with, or VAULT_KEYS lacks its master key.
    """
    purpose = Purpose(subject, reason, actor, clock, role, organisation)
    data = _unsealed(Identity.objects.get(pk=identity_id))
    with transaction.atomic():
        leave_opening(purpose=purpose, identity_id=identity_id, blob_id=None)
    return data


def open_contact(*, identity_id: int, channel: Channel, clock: Clock) -> str:
    """The address for one channel, for delivery by the machine only; "" when none was given.

    The read stands in the access log.

    Raises:
        IdentityErased: its data key was destroyed.
        Identity.DoesNotExist: there is no such identity.
    """
    data = _unsealed(Identity.objects.get(pk=identity_id))
    record_access(
        what="vault.contact.open",
        subject=SubjectRef("identity", identity_id),
        actor=SYSTEM,
        clock=clock,
        data={"channel": channel},
    )
    return data.email if channel == "email" else data.phone


def open_own_contacts(*, identity_id: int, actor: Actor, clock: Clock) -> Contacts:
    """The person's own addresses, for the person; empty when erased. It stands in the access log.

    Raises:
        Identity.DoesNotExist: there is no such identity.
    """
    try:
        data = _unsealed(Identity.objects.get(pk=identity_id))
    except IdentityErased:
        return Contacts()
    record_access(
        what="vault.contact.show",
        subject=SubjectRef("identity", identity_id),
        actor=actor,
        clock=clock,
    )
    return Contacts(email=data.email, phone=data.phone)


@transaction.atomic
def change_identity(
    *,
    identity_id: int,
    change: Mapping[str, str],
    subject: SubjectRef,
    actor: Actor,
    clock: Clock,
) -> None:
    """Seal an identity anew with other values, under the same data key; audited on `subject`.

    `change` names fields of `IdentityData` that are texts.

    Raises:
        IdentityErased: its data key was destroyed.
    """
    identity = Identity.objects.select_for_update(of=("self",)).get(pk=identity_id)
    _reseal(identity, replace(_unsealed(identity), **cast("dict[str, Any]", change)))
    record(
        what="vault.identity.change",
        subject=subject,
        actor=actor,
        clock=clock,
        data={"identity": identity_id, "fields": ",".join(sorted(change))},
    )


def _reseal(identity: Identity, data: IdentityData) -> None:
    bound = sealing.bound_to(kind="identity", uuid=identity.uuid)
    key = sealing.unwrap(
        keys=master_keys(),
        key_id=identity.key_id,
        wrapped=bytes(identity.wrapped_key or b""),
        bound=bound,
    )
    identity.sealed = sealing.seal(key=key, plain=to_bytes(data), bound=bound)
    identity.save(update_fields=["sealed"])
    BlindIndex.objects.filter(identity=identity).delete()
    BlindIndex.objects.bulk_create(
        BlindIndex(identity=identity, purpose=purpose, digest=digest)
        for purpose, digest in _digests(data).items()
    )


def _unsealed(identity: Identity) -> IdentityData:
    if identity.wrapped_key is None:
        raise IdentityErased
    bound = sealing.bound_to(kind="identity", uuid=identity.uuid)
    data_key = sealing.unwrap(
        keys=master_keys(),
        key_id=identity.key_id,
        wrapped=bytes(identity.wrapped_key),
        bound=bound,
    )
    return from_bytes(sealing.unseal(key=data_key, sealed=bytes(identity.sealed), bound=bound))


def _digests(data: IdentityData) -> dict[str, bytes]:
    given = {purpose: getattr(data, purpose) for purpose in _INDEXED}
    return {
        purpose: blind_index(purpose=purpose, value=value)
        for purpose, value in given.items()
        if value
    }
