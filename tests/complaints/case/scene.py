"""A registered case with its people, and one to press the buttons for them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client
from django.urls import reverse

from complaints.codes import Verdict
from complaints.models import Allegation, Matter, RequirementCheck
from complaints.services.approve_assessment import approve_assessment
from complaints.services.coordinate import decide_by_coordination
from complaints.services.hold_session import Attended, hold_session
from complaints.services.lodge import lodge_report
from complaints.services.plan_session import SessionPlan, plan_session
from complaints.services.propose_item import Proposal, propose_item
from complaints.services.write_assessment import (
    AssessmentGiven,
    ConclusionGiven,
    write_assessment,
)
from complaints.workflow.actions import CaseAction, ReportAction
from complaints.workflow.case import CASE
from complaints.workflow.report import REPORT
from neutrality.accounts.actors import actor_of
from neutrality.casework.engine import apply
from neutrality.casework.workflow import StepContext
from neutrality.law.books import rulebook_at
from neutrality.law.codes import OutcomeClass, PlenaryMatter
from tests.complaints import factories as make

PROVINCE = "35"
NEIGHBOUR = "35.73"
FOREIGN = "61.71"
MORNING = make.at(19, 9).now
NOON = make.at(19, 11).now


class Scene:
    """A report about a Lurah contoh, registered on Monday 16 June 2025 at 13:00."""

    def __init__(self, **lodging):
        self.office = make.office()
        self.people = {
            "handler": make.user("Staf contoh", "handler", office=self.office),
            "second": make.user("Staf kedua contoh", "handler", office=self.office),
            "intake": make.user("Penerima contoh", "intake", office=self.office),
            "chair": make.user("Anggota A", "commissioner", office=self.office),
            "member_b": make.user("Anggota B", "commissioner", office=self.office),
            "member_c": make.user("Anggota C", "commissioner", office=self.office),
        }
        given = make.lodging(**{"contest": make.contest(), **lodging})
        self.report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(16, 9))
        self.matter = self.report.matter
        self._register()

    def actor(self, who):
        return actor_of(user=self.people[who], day=make.at().now.date())

    def client(self, who):
        return logged_in(self.people[who])

    @property
    def members(self):
        return [self.people[who] for who in ("chair", "member_b", "member_c")]

    @property
    def respondent(self):
        return self.matter.parties.get(alias="Terlapor 1")

    @property
    def allegation(self):
        return Allegation.objects.get(matter=self.matter)

    def fresh(self):
        self.matter = Matter.objects.select_related("office__region").get(pk=self.matter.pk)
        return self.matter

    def step(self, action, who="handler", clock=None, reason="", **data):
        apply(
            workflow=CASE,
            action=action,
            subject_id=self.matter.pk,
            actor=self.actor(who),
            clock=clock or make.at(17, 9),
            context=StepContext(reason=reason, data=data),
        )
        return self.fresh()

    def session(self, party=None, clock=None, start=MORNING, end=NOON):
        return plan_session(
            matter_id=self.matter.pk,
            plan=SessionPlan(
                party_id=(party or self.respondent).pk,
                starts_at=start,
                ends_at=end,
                place="Ruang klarifikasi contoh",
            ),
            actor=self.actor("handler"),
            clock=clock or make.at(17, 9),
        )

    def held(self, oath="NOT_ASKED", note=""):
        planned = self.session()
        hold_session(
            session_id=planned.session.pk,
            attended=Attended(oath=oath, note=note),
            actor=self.actor("handler"),
            clock=make.at(19, 9),
        )
        return planned

    def qualified(self):
        Allegation.objects.filter(matter=self.matter).update(
            act="SOCIAL_POST",
            stage="CANDIDATE",
            violation_code="D6",
            qualified_at=make.at(17).now,
            qualified_by=self.people["handler"],
        )

    def in_assessment(self):
        self.step(CaseAction.CLARIFY)
        self.step(CaseAction.ASSESS, reason="Keterangan tertulis sudah diterima.")
        self.qualified()

    def written(self, facts="Fakta contoh.", after=0, outcome=OutcomeClass.ASN_LAW):
        return write_assessment(
            matter_id=self.matter.pk,
            given=AssessmentGiven(
                facts=facts,
                analysis="Analisis contoh.",
                after_version=after,
                conclusions=(
                    ConclusionGiven(
                        allegation_id=self.allegation.pk,
                        outcomes=(outcome,),
                        elements="Unsur terpenuhi.",
                    ),
                ),
            ),
            actor=self.actor("handler"),
            clock=make.at(18, 9),
        )

    def approved(self):
        version = self.written()
        return approve_assessment(
            matter_id=self.matter.pk,
            version=version.version,
            actor=self.actor("chair"),
            clock=make.at(18, 10),
        )

    def reviewed(self, report, clock=None, verdict=Verdict.MET):
        """Receive a report, begin its initial review and judge every requirement alike."""
        for action, who, data in (
            (ReportAction.RECEIVE, "intake", {"identity_check": "COUNTER"}),
            (ReportAction.START_REVIEW, "handler", {}),
        ):
            apply(
                workflow=REPORT,
                action=action,
                subject_id=report.pk,
                actor=self.actor(who),
                clock=clock or make.at(17, 10),
                context=StepContext(data=data),
            )
        regime = report.contest.election.regime
        RequirementCheck.objects.bulk_create(
            RequirementCheck(
                report=report,
                code=row.code,
                verdict=verdict,
                reason="" if verdict == Verdict.MET else "Belum ada.",
                judged_at=make.at(16, 12).now,
                judged_by=self.people["handler"],
            )
            for row in rulebook_at(regime=regime, day=make.at().now.date()).requirements()
        )
        report.refresh_from_db()
        return report

    def adopted(self, report, action, proposed_at, decided_at):
        """The coordinator adopts this outcome of the initial review."""
        report.refresh_from_db()
        item = propose_item(
            matter=report.matter,
            proposal=Proposal(
                kind=PlenaryMatter.INITIAL_REVIEW_OUTCOME,
                action=action,
                text="Usul contoh",
                report=report,
            ),
            actor=self.actor("handler"),
            clock=proposed_at,
        )
        done = decide_by_coordination(
            item_id=item.pk, decision="Setuju", actor=self.actor("chair"), clock=decided_at
        )
        report.refresh_from_db()
        return done

    def _register(self):
        self.reviewed(self.report, make.at(16, 10))
        self.first_item = self.adopted(
            self.report, ReportAction.REGISTER, make.at(16, 12), make.at(16, 13)
        )
        self.fresh()


def stranger(code=FOREIGN, role="handler"):
    """A browser of somebody with this role at another office."""
    return logged_in(make.user("Orang lain", role, office=make.office(code)))


def logged_in(person):
    """A browser of this person, who has come with a second factor."""
    browser = Client()
    browser.force_login(person)
    session = browser.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 0}]
    session.save()
    return browser


def at(clock):
    """Let the pages believe that it is this time."""
    return time_machine.travel(clock.now, tick=False)


def local_input(instant: datetime) -> str:
    """What a browser sends for a time in Kediri (WIB)."""
    return instant.astimezone(ZoneInfo("Asia/Jakarta")).strftime("%Y-%m-%dT%H:%M")


def url(name, *args):
    """The address of a staff page."""
    return reverse(f"staff:{name}", args=args)
