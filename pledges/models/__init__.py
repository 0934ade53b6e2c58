"""The tables of pledges."""

from pledges.models.ceremony import (
    Attendance,
    Ceremony,
    CeremonyRole,
    RepresentativeSignature,
)
from pledges.models.obligation import Contact, Exemption, Obligation, Signature, SigningCode
from pledges.models.round import FrozenCount, Round, TextVersion

__all__ = [
    "Attendance",
    "Ceremony",
    "CeremonyRole",
    "Contact",
    "Exemption",
    "FrozenCount",
    "Obligation",
    "RepresentativeSignature",
    "Round",
    "Signature",
    "SigningCode",
    "TextVersion",
]
