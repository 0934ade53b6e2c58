"""An office with its people, a report that came in, and a browser for each of them."""

import re

from django.test import Client

from complaints.models import Report
from complaints.services.lodge import lodge_report
from complaints.services.lodging import WebGiven
from complaints.services.record_tip import record_tip
from tests.complaints import factories as make

WEB = WebGiven(url="https://contoh.id/unggahan/1", platform="Facebook", account_name="lurah contoh")


class Scene:
    """The office of Kediri in June 2025; `at` is a clock of `factories`."""

    def __init__(self, *, region=make.KEDIRI):
        self.office = make.office(region)
        self.intake = make.user("Penerima contoh", "intake", office=self.office)
        self.handler = make.user("Staf contoh", "handler", office=self.office)
        self.member = make.user("Anggota contoh", "commissioner", office=self.office)
        self.head = make.user("Ketua contoh", "supervisor", office=self.office)

    def report(self, *, clock=None, contest=None, **change) -> Report:
        """A report with a web address as evidence, sent by a citizen."""
        given = make.lodging(contest=contest, office=self.office, **{"web": (WEB,), **change})
        return lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=clock or make.at(16, 9))

    def tip(self, *, clock=None, contest=None, **change):
        """An anonymous tip."""
        given = make.lodging(
            contest=contest, office=self.office, **{"reporter": None, "web": (WEB,), **change}
        )
        return record_tip(given=given, actor=make.CITIZEN_ACTOR, clock=clock or make.at(16, 9))


def browser(user) -> Client:
    """A browser in which this person has logged in."""
    client = Client()
    client.force_login(user)
    return client


def words(answer) -> str:
    """The text of the main part of a page, in one line."""
    html = answer.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
