"""Plays one report or tip through the real services, at the times it would have happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from complaints.codes import (
    Ballot,
    Channel,
    ControlKind,
    IdentityCheck,
    MeetingMode,
    Oath,
    SanctionState,
    Source,
    Verdict,
)
from complaints.demo.accounts import Cast
from complaints.demo.pictures import screenshot
from complaints.demo.stories import COMPLETION_ANSWER, Story
from complaints.models import (
    AgendaItem,
    Allegation,
    ClarificationSession,
    Matter,
    Party,
    ReferralItem,
    Report,
    Sanction,
    Tip,
)
from complaints.papers.case_papers import citable
from complaints.services.announce import announce
from complaints.services.approve_assessment import approve_assessment
from complaints.services.close_meeting import close_meeting
from complaints.services.confirm_minutes import confirm_minutes
from complaints.services.coordinate import decide_by_coordination
from complaints.services.decide_item import decide_item
from complaints.services.evidence_intake import Owner, take_in_file
from complaints.services.hold_session import Attended, hold_session
from complaints.services.identify_informant import Named, identify_informant
from complaints.services.judge_requirements import Judgement, judge_requirements
from complaints.services.lodge import lodge_report
from complaints.services.lodging import IncidentGiven, Lodging, RespondentGiven, WebGiven
from complaints.services.mailbox import take_notice
from complaints.services.open_meeting import open_meeting
from complaints.services.plan_meeting import MeetingPlan, plan_meeting
from complaints.services.plan_session import SessionPlan, plan_session
from complaints.services.propose_item import Proposal, propose_item
from complaints.services.record_sanction_step import SanctionNews, record_sanction_step
from complaints.services.record_tip import record_tip
from complaints.services.send_package import Dispatch, send_package
from complaints.services.vote import cast_vote
from complaints.services.write_assessment import (
    AssessmentGiven,
    ConclusionGiven,
    write_assessment,
)
from complaints.services.write_minutes import LineGiven, write_line
from complaints.services.write_tracing_result import write_tracing_result
from complaints.workflow.actions import CaseAction, ReferralAction, ReportAction, TipAction
from complaints.workflow.case import CASE
from complaints.workflow.referral import REFERRAL
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.audit.actor import CITIZEN, Actor
from neutrality.casework.engine import apply
from neutrality.casework.workflow import StepContext, Workflow
from neutrality.elections.models import Contest
from neutrality.elections.selectors import candidate_stage
from neutrality.law.books import citizen_categories
from neutrality.law.clock import Clock
from neutrality.law.codes import (
    ActCode,
    OutcomeClass,
    PlenaryMatter,
    RequirementCode,
    SanctionClass,
    SubjectKind,
)
from neutrality.organisations.models import Office, Unit
from neutrality.personnel.models import Employment
from neutrality.vault.services import IdentityData

VOTERS: Final = ("ketua", "anggota1", "anggota2")
QUESTIONS: Final = (
    ("Apakah Saudara mengetahui peristiwa yang dilaporkan?", "Ya, saya mengetahuinya."),
    ("Apa yang Saudara lakukan pada waktu itu?", "Saya hadir dan ikut berfoto bersama rekan."),
    ("Apakah ada yang hendak Saudara tambahkan?", "Tidak ada."),
)


class NotYet(Exception):
    """The next step of the story lies after `until`; it stays where it is."""


@dataclass
class Play:
    """One story in one city; `now` is the hour of the next step and only moves forward.

    Attributes:
        until: The present; the story stops before it with `NotYet`.
    """

    cast: Cast
    contest: Contest
    story: Story
    unit: Unit
    now: datetime
    until: datetime
    code_digest: bytes = b""
    subject: Report | Tip | None = field(default=None, init=False)

    @property
    def clock(self) -> Clock:
        """Return the clock of the next step."""
        return Clock(now=self.now.astimezone(UTC))

    def later(self, *, days: int = 0, hour: int) -> "Play":
        """Move to this hour, some days on, in the zone of the city."""
        tz = self.cast.office.tz
        day = self.now.astimezone(tz).date() + timedelta(days=days)
        self.now = max(self.now, datetime.combine(day, time(hour), tz))
        if self.now >= self.until:
            raise NotYet(self.story.category)
        return self

    @property
    def report(self) -> Report:
        """Return the report of the story."""
        if not isinstance(self.subject, Report):
            raise TypeError("This story has no report.")
        return self.subject

    @property
    def tip(self) -> Tip:
        """Return the tip of the story."""
        if not isinstance(self.subject, Tip):
            raise TypeError("This story has no tip.")
        return self.subject

    @property
    def matter(self) -> Matter:
        """Return the file as it stands now."""
        rows = Matter.objects.select_related("office__region", "contest__election")
        if isinstance(self.subject, Report):
            return rows.get(reports=self.subject)
        return rows.get(tips=self.tip)

    @property
    def _is_report(self) -> bool:
        return isinstance(self.subject, Report)

    # What happens, in the order of the law.

    def lodge(self) -> None:
        """Send the report from a phone, with a picture."""
        given = self._given(identity=self._reporter())
        self.subject = lodge_report(given=given, actor=CITIZEN, clock=self.clock)
        self._attach_picture()

    def tell(self) -> None:
        """Leave a tip without a name."""
        given = self._given(identity=None)
        self.subject = record_tip(given=given, actor=CITIZEN, clock=self.clock)
        self._attach_picture()

    def receive(self) -> None:
        """Receive the report at the counter."""
        check = IdentityCheck.COUNTER
        self._report_step(ReportAction.RECEIVE, "penerima", identity_check=check)

    def review(self) -> None:
        """Begin the initial review."""
        self._report_step(ReportAction.START_REVIEW, "staf")

    def judge(self, *missing: RequirementCode) -> None:
        """Judge every requirement; those named are not met."""
        rules = REPORT.adapter.rulebook(self._fresh_report(), self.clock)
        judge_requirements(
            report_id=self.report.pk,
            judgements=[
                Judgement(row.code, Verdict.NOT_MET, "Belum cukup jelas.")
                if row.code in missing
                else Judgement(row.code, Verdict.MET, "Terlihat pada laporan dan buktinya.")
                for row in rules.requirements()
            ],
            actor=self.cast["staf"],
            clock=self.clock,
        )

    def ask_for_completion(self) -> None:
        """Tell the reporter what is missing."""
        self._report_step(ReportAction.ASK_FOR_COMPLETION, "staf")

    def complete(self) -> None:
        """Receive what was missing."""
        self._report_step(ReportAction.COMPLETE, "staf", answer=COMPLETION_ANSWER)

    def decide_report(
        self,
        action: ReportAction,
        text: str,
        mode: MeetingMode = MeetingMode.PRESENT,
        **payload: str | int,
    ) -> None:
        """Let the plenary decide about the report."""
        kind = {
            ReportAction.TRANSFER: PlenaryMatter.TRANSFER,
            ReportAction.REFER: PlenaryMatter.REFERRAL,
        }.get(action, PlenaryMatter.INITIAL_REVIEW_OUTCOME)
        self._in_meeting(
            Proposal(kind=kind, action=action, text=text, payload=payload, report=self.report),
            mode=mode,
        )

    def coordinate_report(self, action: ReportAction, text: str) -> None:
        """Let the coordinator decide, to be ratified."""
        proposal = Proposal(
            kind=PlenaryMatter.INITIAL_REVIEW_OUTCOME, action=action, text=text, report=self.report
        )
        item = self._propose(proposal)
        decide_by_coordination(
            item_id=item.pk, decision=text, actor=self.cast["ketua"], clock=self.clock
        )

    def register(self) -> None:
        """Register the report."""
        self.decide_report(ReportAction.REGISTER, "Syarat formal dan materiel terpenuhi.")

    def withdraw(self) -> None:
        """Record the reporter's withdrawal at the counter."""
        self._report_step(ReportAction.WITHDRAW, "penerima", reason="Pelapor mencabut laporannya.")

    def take_as_tip(self) -> None:
        """Take the report as a tip, for nobody came with identity."""
        self._report_step(
            ReportAction.TAKE_AS_TIP, "penerima", reason="Identitas tidak diserahkan pada waktunya."
        )

    def qualify(self) -> None:
        """Name act, stage and law row of each allegation, and where the respondent works."""
        self._link_respondent()
        rules = CASE.adapter.rulebook(self.matter, self.clock)
        acts = {row.code: row.act for row in citizen_categories(day=self.now.date())}
        for row in Allegation.objects.filter(matter=self.matter).select_related("incident"):
            stage = candidate_stage(contest=self.contest, day=row.incident.from_on)
            act = ActCode(row.act or acts[row.category])
            row.act, row.stage = act, stage
            row.violation_code = rules.violation(act, stage).code
            row.qualified_at, row.qualified_by_id = self.now, self.cast["staf"].user_id
            row.save()

    def clarify(self) -> None:
        """Begin the clarification and invite the respondents for the day after tomorrow."""
        self._case_step(CaseAction.CLARIFY, "staf")
        tz = self.cast.office.tz
        day = self.now.astimezone(tz).date() + timedelta(days=2)
        for place, party in enumerate(self._respondents()):
            start = datetime.combine(day, time(8 + 2 * place), tz).astimezone(UTC)
            plan_session(
                matter_id=self.matter.pk,
                plan=SessionPlan(
                    party_id=party.pk,
                    starts_at=start,
                    ends_at=start + timedelta(hours=1),
                    place="Ruang klarifikasi contoh",
                ),
                actor=self.cast["staf"],
                clock=self.clock,
            )

    def hear(self) -> None:
        """Hold the sessions, write the answers down, and have them confirmed."""
        for session in ClarificationSession.objects.filter(matter=self.matter):
            pk, staff, clock = session.pk, self.cast["staf"], self.clock
            sworn = Attended(oath=Oath.SWORN, note="Islam")
            hold_session(session_id=pk, attended=sworn, actor=staff, clock=clock)
            for place, (question, answer) in enumerate(QUESTIONS, start=1):
                line = LineGiven(position=place, question=question, answer=answer)
                write_line(session_id=pk, line=line, actor=staff, clock=clock)
            confirm_minutes(session_id=pk, remarks="", actor=staff, clock=clock)

    def assess(self, outcome: OutcomeClass = OutcomeClass.ASN_LAW) -> None:
        """Write the assessment and have it approved by a second person."""
        if self.matter.registered_at:
            self.hear()
            self._case_step(CaseAction.ASSESS, "staf")
        self.qualify()
        cited = tuple(citable(self.matter).values_list("public_id", flat=True))
        conclusions = tuple(
            ConclusionGiven(
                allegation_id=pk,
                outcomes=(outcome,),
                elements="Subjek, perbuatan, dan waktu kejadian telah diperiksa satu per satu.",
                evidence=cited,
            )
            for pk in Allegation.objects.filter(matter=self.matter).values_list("pk", flat=True)
        )
        version = write_assessment(
            matter_id=self.matter.pk,
            given=AssessmentGiven(
                facts=self.story.text.format(unit=self.unit.name, city=self.cast.office.region),
                analysis="Keterangan dan bukti saling menguatkan.\n\nUnsur dinilai satu per satu.",
                conclusions=conclusions,
                after_version=0,
            ),
            actor=self.cast["staf"],
            clock=self.clock,
        )
        approve_assessment(
            matter_id=self.matter.pk,
            version=version.version,
            actor=self.cast["ketua"],
            clock=self.clock,
        )

    def bring(self) -> None:
        """Bring the case to the plenary."""
        self._case_step(CaseAction.BRING_TO_PLENARY, "staf")

    def decide(self, outcome: OutcomeClass, dissent: str = "") -> None:
        """Let the plenary decide the result; with a dissent the last member votes against it."""
        results = [
            {"allegation": pk, "outcomes": [outcome], "reason": "Sesuai kajian."}
            for pk in Allegation.objects.filter(matter=self.matter).values_list("pk", flat=True)
        ]
        proposal = Proposal(
            kind=PlenaryMatter.RESULT,
            action=CaseAction.DECIDE,
            text="Menetapkan hasil sesuai kajian.",
            payload={"results": results},
        )
        self._in_meeting(proposal, dissent=dissent)

    def send(self) -> None:
        """Send the package to the body in force."""
        item = AgendaItem.objects.filter(matter=self.matter, action=CaseAction.DECIDE).latest("pk")
        dispatch = Dispatch(agenda_item=item, channel=Channel.SYSTEM)
        send_package(
            matter_id=self.matter.pk, dispatch=dispatch, actor=self.cast["ketua"], clock=self.clock
        )

    def close(self) -> None:
        """Close the case, and put its result on the notice board."""
        self._case_step(CaseAction.CLOSE, "staf")
        announce(matter_id=self.matter.pk, actor=self.cast["staf"], clock=self.clock)

    def item_step(
        self, action: ReferralAction, who: str, reason: str = "", **data: str | int
    ) -> None:
        """Take one step of the referral item."""
        item = ReferralItem.objects.get(matter=self.matter)
        self._apply(REFERRAL, action, item.pk, who, reason, data)

    def recommend(self) -> None:
        """Let the body recommend a sanction."""
        self.item_step(
            ReferralAction.RECOMMEND,
            "penghubung",
            recommendation_number=f"R-{self.matter.pk}/CONTOH/{self.now.year}",
            recommendation_on=self.now.date().isoformat(),
            recommended_class="HEAVY",
        )

    def sanction(self, sanction_class: SanctionClass = SanctionClass.HEAVY, why: str = "") -> None:
        """Record the decree of the appointing authority; other than recommended it says why."""
        self.item_step(
            ReferralAction.SANCTION,
            "disiplin",
            why,
            decree_number=f"SK-{self.matter.pk}/CONTOH/{self.now.year}",
            decree_on=self.now.date().isoformat(),
            sanction_class=sanction_class,
        )

    def sanction_step(self, state: SanctionState) -> None:
        """Record what became of the sanction."""
        sanction = Sanction.objects.get(item__matter=self.matter)
        record_sanction_step(
            sanction_id=sanction.pk,
            news=SanctionNews(state=state, happened_on=self.now.date()),
            expected_state=sanction.state,
            actor=self.cast["disiplin"],
            clock=self.clock,
        )

    def control(self) -> None:
        """Let the body block services until the authority acts."""
        self.item_step(ReferralAction.CONTROL, "penghubung", control=ControlKind.BLOCK)

    def trace(self) -> None:
        """Begin to trace the tip."""
        self._tip_step(TipAction.TRACE, "staf")

    def close_tip(self) -> None:
        """Close the tip without enough proof."""
        self._tip_step(TipAction.CLOSE, "staf", reason="Tidak cukup bukti setelah penelusuran.")

    def find(self) -> None:
        """Write the supervision report and let the plenary set a finding."""
        write_tracing_result(
            tip_id=self.tip.pk,
            result="Petugas menemukan unggahan yang sama dan menyimpan salinannya.",
            found_on=self.now.astimezone(self.cast.office.tz).date(),
            actor=self.cast["staf"],
            clock=self.clock,
        )
        proposal = Proposal(
            kind=PlenaryMatter.FINDING,
            action=TipAction.SET_FINDING,
            text="Bukti cukup untuk ditetapkan sebagai temuan.",
            tip=self.tip,
        )
        self._in_meeting(proposal)

    def refer_tip(self) -> None:
        """Let the plenary refer the tip by the art. 22 shortcut."""
        proposal = Proposal(
            kind=PlenaryMatter.REFERRAL,
            action=TipAction.REFER,
            text="Hanya pelanggaran peraturan perundang-undangan lainnya.",
            tip=self.tip,
        )
        self._in_meeting(proposal)

    def identify(self) -> None:
        """Let the informant come to the counter and give a name; the tip becomes a report."""
        self.subject = identify_informant(
            tip_id=self.tip.pk,
            named=Named(identity=self._reporter()),
            actor=self.cast["penerima"],
            clock=self.clock,
        )

    def move(self, to: Office) -> None:
        """Transfer the report or tip to another office."""
        reason = "Tempat kejadian di wilayah kantor lain."
        if self._is_report:
            self.decide_report(ReportAction.TRANSFER, reason, office=to.pk)
        else:
            self._tip_step(TipAction.TRANSFER, "staf", reason=reason, office=to.pk)

    def read_notice(self) -> None:
        """Let the reporter open the notice with the code; the completion clock runs from now."""
        reporter = replace(CITIZEN, party_ref=f"report:{self.report.pk}")
        take_notice(report_id=self.report.pk, actor=reporter, clock=self.clock)

    # How it is done.

    def _given(self, identity: IdentityData | None) -> Lodging:
        story, online = self.story, bool(self.story.platform)
        happened = self.now.astimezone(self.cast.office.tz).date() - timedelta(days=1)
        agency, unit = story.elsewhere or (self.cast.agency.name, self.unit.name)
        account = f"akun.contoh.{self.unit.code}"
        return Lodging(
            source=Source.ONLINE,
            office=self.cast.office,
            contest=self.contest,
            known_on=happened,
            account=story.text.format(unit=self.unit.name, city=self.cast.office.region),
            categories=(story.category,),
            incidents=(
                IncidentGiven(
                    from_on=happened,
                    online=online,
                    region_code=self.cast.city.region,
                    place=story.place,
                    platform=story.platform,
                    account_name=account if online else "",
                ),
            ),
            respondents=(
                RespondentGiven(
                    name=story.who,
                    subject_kind=story.kind,
                    agency_text=agency,
                    unit_text=unit,
                ),
            ),
            web=(WebGiven(url=f"https://contoh.example/{self.unit.code}", platform=story.platform),)
            if online
            else (),
            reporter=identity,
            code_digest=self.code_digest,
        )

    def _reporter(self) -> IdentityData:
        serial = int(self.now.timestamp()) % 9000 + 1000
        return IdentityData(
            name=f"Warga contoh {serial}",
            nik=f"{self.cast.city.region.replace('.', '')}014101{serial}0001"[:16],
            address=f"Jalan Warga Contoh {serial}, {self.cast.office.region}",
            phone=f"+62812{serial}0000",
            email=f"warga{serial}@contoh.example",
            birth_place=str(self.cast.office.region),
            occupation="Wiraswasta",
            citizenship="WNI",
        )

    def _attach_picture(self) -> None:
        if self.subject is None or not self.story.platform:
            return
        owner = Owner(
            matter_id=self.subject.matter_id,
            report_id=self.subject.pk if self._is_report else None,
            tip_id=None if self._is_report else self.subject.pk,
        )
        with screenshot(self.story, self.unit.name) as file:
            take_in_file(
                file=file,
                owner=owner,
                actor=CITIZEN,
                clock=self.clock,
                caption=f"Tangkapan layar {self.story.platform}",
            )

    def _respondents(self) -> list[Party]:
        return list(Party.objects.filter(matter=self.matter, kind="RESPONDENT").order_by("pk"))

    def _link_respondent(self) -> None:
        if self.story.kind not in {SubjectKind.PNS, SubjectKind.PPPK}:
            return
        post = self._post()
        Party.objects.filter(matter=self.matter, kind="RESPONDENT").update(
            agency=self.cast.agency,
            unit=self.unit,
            person=post.person,
            employment=post,
            linked_at=self.now,
            linked_by_id=self.cast["staf"].user_id,
        )

    def _post(self) -> Employment:
        """Return the post in the unit that the story tells of, as far as its roster knows it."""
        rows = Employment.objects.filter(unit=self.unit, kind=self.story.kind)
        posts = list(rows.select_related("person").order_by("pk"))
        named = (post for post in posts if post.person.name.startswith(self.story.who))
        return next(named, posts[0])

    def _propose(self, proposal: Proposal) -> AgendaItem:
        return propose_item(
            matter=self.matter, proposal=proposal, actor=self.cast["staf"], clock=self.clock
        )

    def _in_meeting(
        self,
        proposal: Proposal,
        dissent: str = "",
        mode: MeetingMode = MeetingMode.PRESENT,
    ) -> None:
        chair = self.cast["ketua"]
        meeting = plan_meeting(
            office=self.cast.office,
            plan=MeetingPlan(
                planned_at=self.now + timedelta(minutes=1),
                mode=mode,
                mode_reason="" if mode == MeetingMode.PRESENT else "Anggota bertugas di luar kota.",
                place="Ruang rapat contoh" if mode == MeetingMode.PRESENT else "",
            ),
            actor=chair,
            clock=self.clock,
        )
        item = self._propose(proposal)
        AgendaItem.objects.filter(pk=item.pk).update(meeting=meeting, position=1)
        members = [self.cast[name] for name in VOTERS]
        open_meeting(
            meeting_id=meeting.pk,
            present=[_id(member) for member in members],
            chair=_id(chair),
            actor=chair,
            clock=self.clock,
        )
        for member in members:
            against = bool(dissent) and member is members[-1]
            cast_vote(
                item_id=item.pk,
                member_id=_id(member),
                ballot=Ballot.AGAINST if against else Ballot.FOR,
                dissent=dissent if against else "",
                actor=member,
                clock=self.clock,
            )
        decide_item(item_id=item.pk, decision=proposal.text, actor=chair, clock=self.clock)
        close_meeting(meeting_id=meeting.pk, actor=chair, clock=self.clock)

    def _fresh_report(self) -> Report:
        rows = Report.objects.select_related("office__region", "contest__election", "matter")
        return rows.get(pk=self.report.pk)

    def _report_step(
        self, action: ReportAction, who: str, reason: str = "", **data: str | int
    ) -> None:
        self._apply(REPORT, action, self.report.pk, who, reason, data)

    def _tip_step(self, action: TipAction, who: str, reason: str = "", **data: str | int) -> None:
        self._apply(TIP, action, self.tip.pk, who, reason, data)

    def _case_step(self, action: CaseAction, who: str, reason: str = "", **data: str | int) -> None:
        self._apply(CASE, action, self.matter.pk, who, reason, data)

    def _apply(
        self,
        workflow: Workflow,
        action: str,
        pk: int,
        who: str,
        reason: str,
        data: Mapping[str, str | int],
    ) -> None:
        apply(
            workflow=workflow,
            action=action,
            subject_id=pk,
            actor=self.cast[who],
            clock=self.clock,
            context=StepContext(reason=reason, data=data),
        )


Scene = Callable[[Play], None]


def _id(actor: Actor) -> int:
    return actor.user_id or 0
