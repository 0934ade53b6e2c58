"""The tables of pledges."""

from pledges.models.archive import CertificateArchive
from pledges.models.ceremony import (
    Attendance,
    Ceremony,
    CeremonyPhoto,
    CeremonyRole,
    RepresentativeSignature,
)
from pledges.models.chasing import Absence, Reminder, ReminderPlan, UnitHead
from pledges.models.coverage import CoverageChange, CoverageSum
from pledges.models.obligation import (
    Contact,
    ContactChange,
    Exemption,
    Obligation,
    Signature,
    SigningCode,
)
from pledges.models.paper import PaperSheet, ScanBatch, ScannedPage
from pledges.models.places import Kiosk, WallCode
from pledges.models.round import FrozenCount, Round, RoundChange, TextVersion

__all__ = [
    "Absence",
    "Attendance",
    "Ceremony",
    "CeremonyPhoto",
    "CeremonyRole",
    "CertificateArchive",
    "Contact",
    "ContactChange",
    "CoverageChange",
    "CoverageSum",
    "Exemption",
    "FrozenCount",
    "Kiosk",
    "Obligation",
    "PaperSheet",
    "Reminder",
    "ReminderPlan",
    "RepresentativeSignature",
    "Round",
    "RoundChange",
    "ScanBatch",
    "ScannedPage",
    "Signature",
    "SigningCode",
    "TextVersion",
    "UnitHead",
    "WallCode",
]
