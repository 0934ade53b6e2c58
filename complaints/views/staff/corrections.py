"""Corrections of reports, tips, cases and referral items, as the office asks for them."""

from typing import Final

from complaints.models import ReferralItem
from complaints.views.corrections import (
    CorrectionPages,
    confirm_view,
    correct_view,
    decline_view,
)
from complaints.views.loading import load_matter, load_report, load_tip
from complaints.views.referral_items import OFFICE_SIDE
from complaints.views.staff.case import case_url
from complaints.views.staff.report import entry_url
from complaints.workflow.case import CASE
from complaints.workflow.referral import REFERRAL
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.accounts.roles import Role

CORRECTORS: Final = (Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)
CLERKS: Final = (Role.INTAKE, *CORRECTORS)


def respondent_of(item: ReferralItem) -> str:
    """Return whom an item is about."""
    return item.respondent.name or item.respondent.description


CASES: Final = CorrectionPages(
    workflow=CASE, roles=CORRECTORS, load=load_matter, home=case_url, name="staff:case"
)
REPORTS: Final = CorrectionPages(
    workflow=REPORT, roles=CLERKS, load=load_report, home=entry_url, name="staff:report"
)
TIPS: Final = CorrectionPages(
    workflow=TIP, roles=CLERKS, load=load_tip, home=entry_url, name="staff:tip"
)
ITEMS: Final = CorrectionPages(
    workflow=REFERRAL,
    roles=CORRECTORS,
    load=OFFICE_SIDE.load,
    home=OFFICE_SIDE.home,
    name="staff:item",
    heading=respondent_of,
)

case_correct, case_confirm, case_decline = (
    correct_view(CASES),
    confirm_view(CASES),
    decline_view(CASES),
)
report_correct, report_confirm, report_decline = (
    correct_view(REPORTS),
    confirm_view(REPORTS),
    decline_view(REPORTS),
)
tip_correct, tip_confirm, tip_decline = (
    correct_view(TIPS),
    confirm_view(TIPS),
    decline_view(TIPS),
)
item_correct, item_confirm, item_decline = (
    correct_view(ITEMS),
    confirm_view(ITEMS),
    decline_view(ITEMS),
)
