"""Mailboxes as tests need them: written by the services, opened in a browser by their code."""

from django.test import Client

from complaints.services.codes import new_code
from complaints.services.lodge import lodge_report
from complaints.services.record_tip import record_tip
from neutrality.law.clock import read_clock
from tests.complaints import factories


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


def enter(code: str) -> Client:
    """Open the mailbox of a code in a new browser."""
    browser = Client()
    assert browser.post("/lacak/", {"kode": code}).status_code == 302
    return browser


def staff(*roles: str):
    """An officer of the office in Kediri."""
    return factories.actor("Petugas contoh", *roles, office=factories.office())
