"""The closed vocabularies of the law; what they mean on a day is data, not code."""

from enum import StrEnum


class Regime(StrEnum):
    """Which election law applies."""

    PEMILU = "PEMILU"
    PILKADA = "PILKADA"


class Certainty(StrEnum):
    """How sure we are of a row: read in a source, remembered, deduced, or in doubt."""

    FOUND = "FOUND"
    MEMORY = "MEMORY"
    INFERRED = "INFERRED"
    UNCERTAIN = "UNCERTAIN"


class Unit(StrEnum):
    """What a period counts."""

    WORKING_DAY = "WORKING_DAY"
    CALENDAR_DAY = "CALENDAR_DAY"
    HOUR = "HOUR"
    OPEN_HOUR = "OPEN_HOUR"


class StartEvent(StrEnum):
    """What sets a period going: the sending, the receipt, or the act itself."""

    SENT = "SENT"
    RECEIVED = "RECEIVED"
    EVENT = "EVENT"


class DayEnd(StrEnum):
    """When the last day of a period is over."""

    MIDNIGHT = "MIDNIGHT"
    OFFICE_CLOSE = "OFFICE_CLOSE"
    SAME_TIME = "SAME_TIME"


class DayReason(StrEnum):
    """Why a day was counted, or was not."""

    COUNTED = "COUNTED"
    START_DAY = "START_DAY"
    WEEKEND = "WEEKEND"
    NATIONAL_HOLIDAY = "NATIONAL_HOLIDAY"
    COLLECTIVE_LEAVE = "COLLECTIVE_LEAVE"
    LOCAL_HOLIDAY = "LOCAL_HOLIDAY"
    OFFICE_CLOSED = "OFFICE_CLOSED"
    ROLLED = "ROLLED"
    HOURS_RUN = "HOURS_RUN"
    ENDS_HERE = "ENDS_HERE"


class CalendarKind(StrEnum):
    """Why the offices are closed on a day."""

    NATIONAL_HOLIDAY = "NATIONAL_HOLIDAY"
    COLLECTIVE_LEAVE = "COLLECTIVE_LEAVE"
    LOCAL_HOLIDAY = "LOCAL_HOLIDAY"
    OFFICE_CLOSED = "OFFICE_CLOSED"


class CalendarStatus(StrEnum):
    """Whether a decree set the day, or a library only proposes it."""

    DECREED = "DECREED"
    PROPOSED = "PROPOSED"


class PeriodCode(StrEnum):
    """Every period that the law or the house rules set."""

    FILING_WINDOW = "FILING_WINDOW"
    SERVICE = "SERVICE"
    HAND_OVER = "HAND_OVER"
    INITIAL_REVIEW = "INITIAL_REVIEW"
    NOTIFY_INCOMPLETE = "NOTIFY_INCOMPLETE"
    COMPLETION = "COMPLETION"
    HANDLING = "HANDLING"
    HANDLING_EXTENDED = "HANDLING_EXTENDED"
    RATIFICATION = "RATIFICATION"
    INVITATION_NOTICE = "INVITATION_NOTICE"
    TRACING = "TRACING"
    FINDING_WINDOW = "FINDING_WINDOW"
    DISPATCH = "DISPATCH"
    BODY_VERIFICATION = "BODY_VERIFICATION"
    BODY_ASSESSMENT = "BODY_ASSESSMENT"
    PPK_FOLLOW_UP = "PPK_FOLLOW_UP"
    EXECUTION = "EXECUTION"
    CORRECTION = "CORRECTION"
    DRAFT_LIFE = "DRAFT_LIFE"
    BACKDATE_TOLERANCE = "BACKDATE_TOLERANCE"
    INFORMATION_REQUEST = "INFORMATION_REQUEST"
    DATA_REQUEST = "DATA_REQUEST"
    PUBLIC_INFORMATION = "PUBLIC_INFORMATION"
    OUTSIDE_TASK = "OUTSIDE_TASK"
    VALIDATION = "VALIDATION"
    APPEAL = "APPEAL"
    OBJECTION_DECISION = "OBJECTION_DECISION"
    APPEAL_DECISION = "APPEAL_DECISION"


class FormRole(StrEnum):
    """What a document is for; its code is a row of the form table."""

    REPORT = "REPORT"
    FINDING = "FINDING"
    RECEIPT = "RECEIPT"
    COMPLETION_RECEIPT = "COMPLETION_RECEIPT"
    WITHDRAWAL = "WITHDRAWAL"
    INITIAL_REVIEW = "INITIAL_REVIEW"
    NOTICE_OF_INCOMPLETENESS = "NOTICE_OF_INCOMPLETENESS"
    TRANSFER_LETTER = "TRANSFER_LETTER"
    TAKEOVER = "TAKEOVER"
    INVITATION = "INVITATION"
    OATH_MINUTES = "OATH_MINUTES"
    EXPERT_OATH_MINUTES = "EXPERT_OATH_MINUTES"
    CLARIFICATION_MINUTES = "CLARIFICATION_MINUTES"
    ASSESSMENT = "ASSESSMENT"
    REFERRAL_ETHICS = "REFERRAL_ETHICS"
    REFERRAL_ADMINISTRATIVE = "REFERRAL_ADMINISTRATIVE"
    REFERRAL_CRIMINAL = "REFERRAL_CRIMINAL"
    REFERRAL_OTHER_LAW = "REFERRAL_OTHER_LAW"
    STATUS_NOTICE = "STATUS_NOTICE"
    PLENARY_MINUTES = "PLENARY_MINUTES"
    PLENARY_EXTRACT = "PLENARY_EXTRACT"
    PROVISIONAL_RECEIPT = "PROVISIONAL_RECEIPT"
    TIP_RECEIPT = "TIP_RECEIPT"
    ASSIGNMENT_LETTER = "ASSIGNMENT_LETTER"
    SUPERVISION_REPORT = "SUPERVISION_REPORT"
    CASE_SUMMARY = "CASE_SUMMARY"
    EVIDENCE_LIST = "EVIDENCE_LIST"
    SANCTION_DECREE = "SANCTION_DECREE"
    EXAMINATION_MINUTES = "EXAMINATION_MINUTES"
    RECOMMENDATION = "RECOMMENDATION"
    CERTIFICATE = "CERTIFICATE"
    CEREMONY_MINUTES = "CEREMONY_MINUTES"
    INFORMATION_ANSWER = "INFORMATION_ANSWER"
    TASK_ANSWER = "TASK_ANSWER"
    OFFICE_LETTER = "OFFICE_LETTER"


class RequirementCode(StrEnum):
    """What a report must contain."""

    FORMAL_REPORTER = "FORMAL_REPORTER"
    FORMAL_RESPONDENT = "FORMAL_RESPONDENT"
    FORMAL_IN_TIME = "FORMAL_IN_TIME"
    FORMAL_SIGNATURE = "FORMAL_SIGNATURE"
    MATERIAL_TIME_PLACE = "MATERIAL_TIME_PLACE"
    MATERIAL_ACCOUNT = "MATERIAL_ACCOUNT"
    MATERIAL_EVIDENCE = "MATERIAL_EVIDENCE"


class RequirementKind(StrEnum):
    """Formal (who, whom, when filed) or material (what happened, with what proof)."""

    FORMAL = "FORMAL"
    MATERIAL = "MATERIAL"


class ActCode(StrEnum):
    """What a civil servant is said to have done."""

    BANNER = "BANNER"
    SOCIAL_CAMPAIGN = "SOCIAL_CAMPAIGN"
    ATTEND_DECLARATION = "ATTEND_DECLARATION"
    SOCIAL_POST = "SOCIAL_POST"
    PHOTO_TOGETHER = "PHOTO_TOGETHER"
    JOIN_INTRODUCTION = "JOIN_INTRODUCTION"
    SPOUSE_CAMPAIGN = "SPOUSE_CAMPAIGN"
    APPROACH_PARTY = "APPROACH_PARTY"
    PARTY_MEMBER = "PARTY_MEMBER"
    PARTISAN_ACTIVITY = "PARTISAN_ACTIVITY"
    CAMPAIGN_TEAM = "CAMPAIGN_TEAM"
    SUPPORT_LETTER = "SUPPORT_LETTER"
    OFFICIAL_DECISION = "OFFICIAL_DECISION"
    STATE_FACILITIES = "STATE_FACILITIES"
    MONEY_POLITICS = "MONEY_POLITICS"
    HATE_OR_HOAX = "HATE_OR_HOAX"
    OTHER = "OTHER"


class CandidateStage(StrEnum):
    """Before or after the candidates of the contest were determined."""

    PROSPECTIVE = "PROSPECTIVE"
    CANDIDATE = "CANDIDATE"


class ViolationCategory(StrEnum):
    """Under which branch of the law an act is judged."""

    ETHICS = "ETHICS"
    DISCIPLINE = "DISCIPLINE"
    DISMISSAL = "DISMISSAL"
    CRIMINAL = "CRIMINAL"
    OTHER_LAW = "OTHER_LAW"


class SubjectKind(StrEnum):
    """What kind of public servant the respondent is."""

    PNS = "PNS"
    PPPK = "PPPK"
    NON_ASN = "NON_ASN"
    VILLAGE = "VILLAGE"
    TNI = "TNI"
    POLRI = "POLRI"
    ELECTION_STAFF = "ELECTION_STAFF"
    ACTING_HEAD = "ACTING_HEAD"
    UNKNOWN = "UNKNOWN"


class BodyKind(StrEnum):
    """What kind of authority a matter can be referred to."""

    CIVIL_SERVICE = "CIVIL_SERVICE"
    CRIMINAL_CENTRE = "CRIMINAL_CENTRE"
    ETHICS_COUNCIL = "ETHICS_COUNCIL"
    ELECTION_ORGANISER = "ELECTION_ORGANISER"
    ARMED_FORCES = "ARMED_FORCES"
    POLICE_INTERNAL = "POLICE_INTERNAL"
    VILLAGE_SUPERVISION = "VILLAGE_SUPERVISION"
    HOME_AFFAIRS = "HOME_AFFAIRS"
    AGENCY = "AGENCY"


class OutcomeClass(StrEnum):
    """What the plenary found about one allegation."""

    NOT_VIOLATION = "NOT_VIOLATION"
    NOT_PROVEN = "NOT_PROVEN"
    ASN_LAW = "ASN_LAW"
    CRIMINAL = "CRIMINAL"
    ETHICS = "ETHICS"
    ADMINISTRATIVE = "ADMINISTRATIVE"
    OTHER_LAW = "OTHER_LAW"


class ContestKind(StrEnum):
    """What is voted on."""

    PRESIDENT = "PRESIDENT"
    DPR = "DPR"
    DPD = "DPD"
    DPRD_PROVINCE = "DPRD_PROVINCE"
    DPRD_REGENCY = "DPRD_REGENCY"
    GOVERNOR = "GOVERNOR"
    REGENT = "REGENT"
    MAYOR = "MAYOR"


class OfficeLevel(StrEnum):
    """Where a supervisory office stands."""

    RI = "RI"
    PROVINCE = "PROVINCE"
    REGENCY = "REGENCY"
    CITY = "CITY"
    DISTRICT = "DISTRICT"


class RegisterKind(StrEnum):
    """Which number register: reports and findings, and their registrations."""

    LP = "LP"
    TM = "TM"
    REG_LP = "REG_LP"
    REG_TM = "REG_TM"


class StageKind(StrEnum):
    """Stages of an election that change rights or hours."""

    PREPARATION = "PREPARATION"
    REGISTRATION = "REGISTRATION"
    DETERMINATION = "DETERMINATION"
    CAMPAIGN = "CAMPAIGN"
    QUIET = "QUIET"
    VOTING = "VOTING"
    RECAPITULATION = "RECAPITULATION"


class SanctionClass(StrEnum):
    """How heavy a sanction is."""

    MORAL_CLOSED = "MORAL_CLOSED"
    MORAL_OPEN = "MORAL_OPEN"
    MEDIUM = "MEDIUM"
    HEAVY = "HEAVY"
    DISHONOURABLE_DISMISSAL = "DISHONOURABLE_DISMISSAL"
    CONTRACT_TERMINATION = "CONTRACT_TERMINATION"
    OTHER = "OTHER"


class RetentionClass(StrEnum):
    """How long a file is kept, by what became of it."""

    DRAFT = "DRAFT"
    TIP_CLOSED = "TIP_CLOSED"
    NOT_REGISTERED = "NOT_REGISTERED"
    CASE_NOT_PROVEN = "CASE_NOT_PROVEN"
    CASE_REFERRED = "CASE_REFERRED"
    CRIMINAL = "CRIMINAL"
    PLEDGE = "PLEDGE"


class PlenaryMatter(StrEnum):
    """What a plenary decides."""

    INITIAL_REVIEW_OUTCOME = "INITIAL_REVIEW_OUTCOME"
    FINDING = "FINDING"
    EXTENSION = "EXTENSION"
    TRANSFER = "TRANSFER"
    TAKEOVER = "TAKEOVER"
    RESULT = "RESULT"
    REFERRAL = "REFERRAL"
    REOPENING = "REOPENING"


class PolicyCode(StrEnum):
    """Doubts of the law that the house has to settle one way until a lawyer does."""

    ONLINE_SENDING_STOPS_FILING = "ONLINE_SENDING_STOPS_FILING"
    ONLINE_SENDING_EARNS_RECEIPT = "ONLINE_SENDING_EARNS_RECEIPT"
    ABSENT_TWICE_CONTINUES = "ABSENT_TWICE_CONTINUES"
    RESPONDENT_NAMED_BEFORE_RESULT = "RESPONDENT_NAMED_BEFORE_RESULT"
    TRANSFER_REPEATS_INITIAL_REVIEW = "TRANSFER_REPEATS_INITIAL_REVIEW"
    EXTENSION_COUNTS_FROM_REGISTRATION = "EXTENSION_COUNTS_FROM_REGISTRATION"
    DISTRICT_MAY_RECEIVE = "DISTRICT_MAY_RECEIVE"


class PledgeTextCode(StrEnum):
    """The two wordings of the pledge that are in use."""

    FOUR_POINTS = "FOUR_POINTS"
    SEVEN_PROHIBITIONS = "SEVEN_PROHIBITIONS"


class InstrumentStatus(StrEnum):
    """Whether a legal instrument is in force."""

    IN_FORCE = "IN_FORCE"
    AMENDED = "AMENDED"
    REPEALED = "REPEALED"


class SituationTopic(StrEnum):
    """From which part of everyday life a situation is."""

    SOCIAL_MEDIA = "SOCIAL_MEDIA"
    PHOTO = "PHOTO"
    FAMILY = "FAMILY"
    ATTENDING = "ATTENDING"
    OFFICE = "OFFICE"
    OWN_CHOICE = "OWN_CHOICE"


class SituationAnswer(StrEnum):
    """Whether a civil servant may do it."""

    ALLOWED = "ALLOWED"
    NOT_ALLOWED = "NOT_ALLOWED"
    DEPENDS = "DEPENDS"
