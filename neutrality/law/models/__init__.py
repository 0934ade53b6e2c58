"""The tables of the law, all dated and all with their legal basis."""

from neutrality.law.models.calendar import CalendarDay, OfficeHours, Outage
from neutrality.law.models.dated import DatedRow, LawRow, RegimeRow
from neutrality.law.models.procedure import (
    Coordination,
    Form,
    NumberFormat,
    Period,
    PolicyRow,
    Quorum,
    ReportRequirement,
    Retention,
    StageHours,
)
from neutrality.law.models.substance import (
    CitizenCategory,
    FingerPose,
    Instrument,
    OtherLaw,
    PledgeWording,
    RouteRow,
    Sanction,
    Situation,
    Violation,
)
from neutrality.law.models.version import LawVersion

__all__ = [
    "CalendarDay",
    "CitizenCategory",
    "Coordination",
    "DatedRow",
    "FingerPose",
    "Form",
    "Instrument",
    "LawRow",
    "LawVersion",
    "NumberFormat",
    "OfficeHours",
    "OtherLaw",
    "Outage",
    "Period",
    "PledgeWording",
    "PolicyRow",
    "Quorum",
    "RegimeRow",
    "ReportRequirement",
    "Retention",
    "RouteRow",
    "Sanction",
    "Situation",
    "StageHours",
    "Violation",
]
