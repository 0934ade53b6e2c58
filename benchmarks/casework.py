"""The nation's dashboard, the open data, and one step of reports that wait for a handler."""

import csv
import io
from datetime import timedelta
from typing import Any, Final, cast

from django.conf import settings
from django.test import Client
from django.urls import reverse

from benchmarks.counting import asked, posted
from benchmarks.plan import Measure, Request
from complaints.codes import IdentityCheck, ReporterKind, Source
from complaints.models import Report
from complaints.services.lodge import lodge_report
from complaints.services.lodging import IncidentGiven, Lodging, RespondentGiven
from complaints.services.receive_report import receive_report
from complaints.workflow.actions import ReportAction
from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import User
from neutrality.audit.actor import CITIZEN, Actor
from neutrality.casework.workflow import StepContext
from neutrality.elections.models import Contest
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office
from neutrality.vault.services import IdentityData

WARM: Final = 3
CHECKED: Final = {"identity_check": IdentityCheck.COUNTER.value, "paper_number": ""}
SOMEBODY: Final = IdentityData(name="Warga contoh", nik="3571014101900001", phone="+6281200000001")


class CaseworkAsking:
    """What is asked in the name of the nation, of nobody, and of a handler of one office."""

    def __init__(self, clock: Clock, *, national: User) -> None:
        """Work as the handler of an office whose official code is known: it can give numbers."""
        self.clock, self.national = clock, national
        seeded = Contest.objects.filter(election__code__startswith="benih-", region__isnull=False)
        offices = Office.objects.select_related("region").order_by("path")
        self.office = offices.filter(
            code_bawaslu__isnull=False, region__in=seeded.values("region")
        )[0]
        self.handler = User.objects.get(
            grants__office=self.office, grants__role="handler", email__endswith=".example"
        )
        self.contest = seeded.filter(region=self.office.region).first()

    def measures(self, *, steps: int) -> list[Measure]:
        """Return the measures; so many reports are received to be taken a step further."""
        return [self._dashboard(), self._open_data(), self._transition(steps)]

    def _dashboard(self) -> Measure:
        client, path = self._as(self.national), reverse("staff:dashboard")
        return Measure("dashboard_national", asked(client, path), (Request(path, _of(client)),))

    def _open_data(self) -> Measure:
        client, path = Client(SERVER_NAME="localhost"), reverse("public:statistics_csv")
        queries = asked(client, path)
        text = b"".join(cast("Any", client.get(path)).streaming_content).decode()
        rows = sum(1 for _row in csv.reader(io.StringIO(text))) - 1
        return Measure("open_data_csv", queries, (Request(path),), out=rows)

    def _transition(self, steps: int) -> Measure:
        """Return received reports, each of which a handler takes under review, on its page."""
        actor = actor_of(user=self.handler, day=self.clock.today_in(self.office.tz))
        client = self._as(self.handler)
        paths = [_step_of(self._received(actor)) for _ in range(steps + WARM)]
        form = {"alasan": "", "waktu": ""}
        # The first fill the caches of this process, as the warm-up does those of the server.
        counts = [posted(client, path, form) for path in paths[:WARM]]
        asked = tuple(Request(path, _of(client), form, 302) for path in paths[WARM:])
        return Measure("transition", counts[-1], asked)

    def _received(self, actor: Actor) -> Report:
        report = lodge_report(given=self._lodging(), actor=CITIZEN, clock=self.clock)
        receive_report(
            report_id=report.pk,
            originals=(),
            context=StepContext(data=CHECKED),
            actor=actor,
            clock=self.clock,
        )
        return report

    def _lodging(self) -> Lodging:
        today = self.clock.today_in(self.office.tz)
        seen = IncidentGiven(from_on=today - timedelta(days=2), online=True, platform="Instagram")
        return Lodging(
            source=Source.ONLINE,
            office=self.office,
            contest=self.contest,
            known_on=today - timedelta(days=1),
            account="Lurah contoh mengunggah foto dengan pose dua jari. " * 6,
            categories=("FINGER_POSE",),
            incidents=(seen,),
            respondents=(RespondentGiven(name="Lurah contoh", subject_kind="PNS"),),
            reporter=SOMEBODY,
            reporter_kind=ReporterKind.VOTER,
        )

    def _as(self, user: User) -> Client:
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        return client


def _step_of(report: Report) -> str:
    return reverse("staff:report_step", args=[report.public_id, ReportAction.START_REVIEW])


def _of(client: Client) -> dict[str, str]:
    name = settings.SESSION_COOKIE_NAME
    return {name: client.cookies[name].value}
