"""Every workflow of this app, for the registry."""

from typing import Final

from complaints.workflow.case import CASE
from complaints.workflow.referral import REFERRAL
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP

WORKFLOWS: Final = (REPORT, TIP, CASE, REFERRAL)
