"""The tables of the case file."""

from complaints.models.entries import AccessCode, Draft, Finding, Message, Report, Tip
from complaints.models.evidence import (
    AccountWording,
    Custody,
    Derivative,
    Evidence,
    Redaction,
    Upload,
)
from complaints.models.figures import Figure
from complaints.models.hearing import Assessment, ClarificationSession, Conclusion, MinutesLine
from complaints.models.intake import FilingPause
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
    "Attendance",
    "ClarificationSession",
    "CompletionItem",
    "CompletionRequest",
    "Conclusion",
    "Custody",
    "DataRequest",
    "Delivery",
    "Derivative",
    "Draft",
    "Evidence",
    "Examination",
    "Examiner",
    "ExternalNumber",
    "Figure",
    "FilingPause",
    "Finding",
    "Handling",
    "Incident",
    "Matter",
    "Message",
    "MinutesLine",
    "NumberCounter",
    "NumberEntry",
    "Party",
    "PlenaryMeeting",
    "Recusal",
    "Redaction",
    "ReferralItem",
    "ReferralPackage",
    "Report",
    "Representation",
    "RequirementCheck",
    "Sanction",
    "SanctionStep",
    "Tally",
    "Tip",
    "Upload",
    "Vote",
]
