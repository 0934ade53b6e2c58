"""Who works where, and what agencies hand in about it."""

from neutrality.personnel.models.people import Employment, Person, PersonNumber, subject_kinds
from neutrality.personnel.models.roster import (
    AgencyRosterSettings,
    RosterDifference,
    RosterImport,
    RosterRow,
    RosterToken,
)

__all__ = [
    "AgencyRosterSettings",
    "Employment",
    "Person",
    "PersonNumber",
    "RosterDifference",
    "RosterImport",
    "RosterRow",
    "RosterToken",
    "subject_kinds",
]
