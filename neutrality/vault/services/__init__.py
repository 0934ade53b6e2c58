"""What the vault does for others: seal, open with a reason, erase, look up, rotate."""

from neutrality.vault.errors import BlobErased, Erased, IdentityErased, ReasonMissing
from neutrality.vault.identity import IdentityData
from neutrality.vault.lookup import blind_index, find_identities, keyed_hash
from neutrality.vault.services.arrivals import (
    ArrivalLost,
    ArrivalMoved,
    arrived_file,
    begin_arrival,
    digest_of_arrival,
    discard_arrival,
    finish_arrival,
    receive,
)
from neutrality.vault.services.blobs import (
    open_blob,
    open_reader,
    open_stream,
    seal_blob,
    seal_stream,
)
from neutrality.vault.services.erase import erase_blob, erase_identity
from neutrality.vault.services.identities import (
    Contacts,
    change_identity,
    new_identity,
    open_contact,
    open_identity,
    open_own_contacts,
    seal_identity,
    sealed_values,
)
from neutrality.vault.services.rotation import RotationUnfinished, rotate_in_batches
from neutrality.vault.texts import open_text, seal_text

__all__ = [
    "ArrivalLost",
    "ArrivalMoved",
    "BlobErased",
    "Contacts",
    "Erased",
    "IdentityData",
    "IdentityErased",
    "ReasonMissing",
    "RotationUnfinished",
    "arrived_file",
    "begin_arrival",
    "blind_index",
    "change_identity",
    "digest_of_arrival",
    "discard_arrival",
    "erase_blob",
    "erase_identity",
    "find_identities",
    "finish_arrival",
    "keyed_hash",
    "new_identity",
    "open_blob",
    "open_contact",
    "open_identity",
    "open_own_contacts",
    "open_reader",
    "open_stream",
    "open_text",
    "receive",
    "rotate_in_batches",
    "seal_blob",
    "seal_identity",
    "seal_stream",
    "seal_text",
    "sealed_values",
]
