"""Mailboxes as tests need them: written by the services, opened in a browser by their code."""

from django.test import Client

from complaints.codes import Verdict
from complaints.models import RequirementCheck
from complaints.services.codes import new_code
from complaints.services.lodge import lodge_report
from complaints.services.record_tip import record_tip
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.casework.engine import apply
from neutrality.casework.workflow import StepContext
from neutrality.law.clock import read_clock
from tests.complaints import factories

MISSING = {"MATERIAL_EVIDENCE": "Sertakan tangkapan layar.", "MATERIAL_ACCOUNT": "Uraikan lagi."}


def report_with_code(**change):
    """A report, a browser in which its mailbox is open, and the code."""
    return _opened(lodge_report, contest=factories.contest(), **change)


def tip_with_code(**change):
    """An anonymous tip, a browser in which its mailbox is open, and the code."""
    return _opened(record_tip, **{"contest": factories.contest(), "reporter": None, **change})


def _opened(write, **change):
    code = new_code()
    given = factories.lodging(code_digest=code.digest(), **change)
    entry = write(given=given, actor=factories.CITIZEN_ACTOR, clock=read_clock())
    return entry, enter(code.text), code.text


def changed_code(browser, address):
    """Change a code as its holder does, who writes the new one down and says so; return it."""
    page = browser.post(address)
    code = page.context["code"]
    written = {"kode_baru": page.context["form"].initial["kode_baru"], "akhir": code.last_group}
    assert browser.post(address, written).status_code == 302
    return code


def report_to_complete():
    """A report whose office found two things missing, a browser in its mailbox, and the code."""
    report, browser, code = report_with_code()
    handler = staff("intake", "handler")
    press(report, ReportAction.RECEIVE, handler, identity_check="COUNTER")
    press(report, ReportAction.START_REVIEW, handler)
    rows = REPORT.adapter.rulebook(report, read_clock()).requirements()
    RequirementCheck.objects.bulk_create(
        RequirementCheck(
            report=report,
            code=row.code,
            verdict=Verdict.NOT_MET if row.code in MISSING else Verdict.MET,
            reason=MISSING.get(row.code, ""),
            judged_at=read_clock().now,
            judged_by_id=handler.user_id,
        )
        for row in rows
    )
    press(report, ReportAction.ASK_FOR_COMPLETION, handler)
    report.refresh_from_db()
    return report, browser, code


def press(report, action, actor, **data):
    context = StepContext(data=data)
    return apply(
        workflow=REPORT,
        action=action,
        subject_id=report.pk,
        actor=actor,
        clock=read_clock(),
        context=context,
    )


def enter(code: str) -> Client:
    """Open the mailbox of a code in a new browser."""
    browser = Client()
    assert browser.post("/lacak/", {"kode": code}).status_code == 302
    return browser


def staff(*roles: str):
    """An officer of the office in Kediri."""
    return factories.actor("Petugas contoh", *roles, office=factories.office())
