"""The tables of pledges."""

from pledges.models.ceremony import (
    Attendance,
    Ceremony,
    CeremonyRole,
    RepresentativeSignature,
)
from pledges.models.chasing import Absence, Reminder, ReminderPlan, UnitHead
from pledges.models.coverage import CoverageChange, CoverageSum
from pledges.models.obligation import Contact, Exemption, Obligation, Signature, SigningCode
from pledges.models.round import FrozenCount, Round, TextVersion

__all__ = [
    "Absence",
    "Attendance",
    "Ceremony",
    "CeremonyRole",
    "Contact",
    "CoverageChange",
    "CoverageSum",
    "Exemption",
    "FrozenCount",
    "Obligation",
    "Reminder",
    "ReminderPlan",
    "RepresentativeSignature",
    "Round",
    "Signature",
    "SigningCode",
    "TextVersion",
    "UnitHead",
]
