"""The tables of the case file."""

from complaints.models.desk import (
    AssignmentBatch,
    AssignmentChange,
    CalendarFeed,
    DutyShift,
    SavedView,
)
from complaints.models.entries import AccessCode, Draft, Finding, Message, Report, Tip
from complaints.models.evidence import (
    AccountWording,
    Custody,
    Derivative,
    Evidence,
    Redaction,
    Upload,
)
from complaints.models.figures import DataRelease, Figure
from complaints.models.finding import (
    ClockAlarm,
    ListColumns,
    ReminderBatch,
    ReminderLine,
    Seen,
    ViewAlert,
)
from complaints.models.hearing import Assessment, ClarificationSession, Conclusion, MinutesLine
from complaints.models.intake import FilingPause, LateExcuse
from complaints.models.joining import MatterJoin
from complaints.models.matter import Announcement, ExternalNumber, Handling, Matter, Tally
from complaints.models.people import (
    Allegation,
    AllegationResult,
    Incident,
    Party,
    Representation,
)
from complaints.models.plenary import AgendaItem, Attendance, PlenaryMeeting, Recusal, Vote
from complaints.models.privacy import DataRequest
from complaints.models.referral import (
    Addressee,
    Examination,
    Examiner,
    ReferralItem,
    ReferralPackage,
    Sanction,
    SanctionStep,
)
from complaints.models.registers import InformationRequest, OfficeLetter, OutsideTask
from complaints.models.review import (
    CompletionItem,
    CompletionRequest,
    Delivery,
    NumberCounter,
    NumberEntry,
    RequirementCheck,
)

__all__ = [
    "AccessCode",
    "AccountWording",
    "Addressee",
    "AgendaItem",
    "Allegation",
    "AllegationResult",
    "Announcement",
    "Assessment",
    "AssignmentBatch",
    "AssignmentChange",
    "Attendance",
    "CalendarFeed",
    "ClarificationSession",
    "ClockAlarm",
    "CompletionItem",
    "CompletionRequest",
    "Conclusion",
    "Custody",
    "DataRelease",
    "DataRequest",
    "Delivery",
    "Derivative",
    "Draft",
    "DutyShift",
    "Evidence",
    "Examination",
    "Examiner",
    "ExternalNumber",
    "Figure",
    "FilingPause",
    "Finding",
    "Handling",
    "Incident",
    "InformationRequest",
    "LateExcuse",
    "ListColumns",
    "Matter",
    "MatterJoin",
    "Message",
    "MinutesLine",
    "NumberCounter",
    "NumberEntry",
    "OfficeLetter",
    "OutsideTask",
    "Party",
    "PlenaryMeeting",
    "Recusal",
    "Redaction",
    "ReferralItem",
    "ReferralPackage",
    "ReminderBatch",
    "ReminderLine",
    "Report",
    "Representation",
    "RequirementCheck",
    "Sanction",
    "SanctionStep",
    "SavedView",
    "Seen",
    "Tally",
    "Tip",
    "Upload",
    "ViewAlert",
    "Vote",
]
