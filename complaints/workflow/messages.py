"""The kinds of message that complaints send; none carries a fact of a case."""

from enum import StrEnum


class MessageKind(StrEnum):
    """Registered with the notifications when the app starts."""

    CONTACT_CODE = "contact_code"
    REPORT_REROUTED = "report_rerouted"
    REPORT_RECEIVED = "report_received"
    REPORT_INCOMPLETE = "report_incomplete"
    REPORT_COMPLETED = "report_completed"
    REPORT_REGISTERED = "report_registered"
    REPORT_NOT_REGISTERED = "report_not_registered"
    REPORT_MADE_TIP = "report_made_tip"
    REPORT_TRANSFERRED = "report_transferred"
    REPORT_REFERRED = "report_referred"
    REPORT_WITHDRAWN = "report_withdrawn"
    TIP_CLOSED = "tip_closed"
    CASE_DECIDED = "case_decided"
    STEP_CORRECTED = "step_corrected"
    NEW_MESSAGE = "new_message"
    CODE_REPLACED = "code_replaced"
    DATA_ANSWERED = "data_answered"
    INVITATION = "invitation"
    OFFICE_NEW_ENTRY = "office_new_entry"
    WORK_REMINDER = "work_reminder"
    CLOCK_ALARM = "clock_alarm"
    SYSTEM_ALARM = "system_alarm"
    ITEM_SENT = "item_sent"
    ITEM_RETURNED = "item_returned"
    ITEM_RECOMMENDED = "item_recommended"
    ITEM_DECIDED = "item_decided"
