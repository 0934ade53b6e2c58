"""Something behind every address, and somebody in every role near and far from it."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from complaints.codes import DataRequestKind, Verdict
from complaints.models import (
    Evidence,
    Examiner,
    LateExcuse,
    NumberEntry,
    Party,
    RequirementCheck,
    Sanction,
)
from complaints.selectors.tracking_rows import papers_of
from complaints.services.ask_about_data import ask_about_data
from complaints.services.information_requests import RequestGiven, record_request
from complaints.services.join_files import join_files
from complaints.services.letters import start_letter
from complaints.services.lodge import lodge_report
from complaints.services.lodging import WebGiven
from complaints.services.numbering import reserve_block
from complaints.services.outside_tasks import TaskGiven, record_task
from complaints.services.plan_meeting import MeetingPlan, plan_meeting
from complaints.services.record_tip import record_tip
from complaints.services.represent import Power, record_power
from complaints.services.saved_views import ViewGiven, save_view
from complaints.workflow.actions import CaseAction, ReportAction, TipAction
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.accounts.models import RelationKind
from neutrality.accounts.services import declare_relation
from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.audit.seals import seal_new_rows
from neutrality.casework.engine import apply
from neutrality.casework.models import LegalClock, Step
from neutrality.casework.workflow import StepContext
from neutrality.documents.models import Document, PublicationKind
from neutrality.documents.publications import PublicationGiven, publish
from neutrality.law.books import rulebook_at
from neutrality.law.codes import PledgeTextCode, RegisterKind
from neutrality.law.models import Outage
from neutrality.organisations.models import ReferralBody
from neutrality.personnel.models import RosterToken
from neutrality.personnel.services.import_roster import receive_roster
from neutrality.personnel.services.roster_tokens import issue_token
from pledges.codes import RoundKind
from pledges.models import Ceremony, Obligation, RepresentativeSignature
from pledges.services.change_text import change_text
from pledges.services.open_round import RoundPlan, open_round
from tests.access import corners
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene as CaseScene
from tests.complaints.referral.scene import (
    DECREE,
    REPORTER,
    WITNESS,
    Scene as ReferralScene,
    agency,
)
from tests.personnel.roster import sheets
from tests.pledges import factories as pledges

ATTORNEY = "Kuasa Rahasia Plmok"
SECRETS = (
    *(REPORTER, WITNESS, ATTORNEY),
    *("Qwxyz", "Vbnmk", "Plmok"),
    *("3571014101900001", "warga@contoh.id", "+6281200000001"),
)
WEB = WebGiven(url="https://contoh.id/unggahan/1", platform="Facebook", account_name="lurah contoh")
NOW = make.at(20, 14)
NOBODY = uuid.UUID(int=7)
UNIT_PAGES = ("unit", "add_unit", "rename_unit", "merge_unit", "move_unit")
PERSON_PAGES = ("person", "move", "leave", "unpaid_leave")
PERSONAL = (
    "person",
    "step",
    "contact",
    "new_link",
    "ask_exemption",
    "decide_exemption",
    "exemption_scan",
    "certificate",
    "scan",
    "absence",
    "back_early",
)


@dataclass
class World:
    """One file in each state that has pages, and the people of four offices around it."""

    args: dict[str, dict[str, object]] = field(default_factory=dict)
    browsers: dict[tuple[str, str], Client] = field(default_factory=dict)

    def build(self):
        """Make everything, in June 2025, in Kediri."""
        self.agency = agency("kota-contoh")
        self.foreign_agency = agency("kota-lain", "Pemerintah Kota Lain", "61.71")
        named = {
            "reporter": make.identity(REPORTER),
            "witnesses": (make.identity(WITNESS),),
            "account": "Terlapor mengunggah foto dengan pose dua jari.",
            "web": (WEB,),
        }
        self.case = CaseScene(**named)
        self._case()
        self._entries(named)
        self.sent = ReferralScene(employer=self.agency)
        # What reporters write under their pictures themselves, the office reads as it stands.
        Evidence.objects.update(caption="Foto", original_name="foto.png")
        self._items()
        self._round()
        self._roster()
        self._rest()
        self.corners = {**corners.offices(self), **corners.signers(self)}
        self._people()
        self.browsers |= corners.citizens(self)
        return self

    def _case(self):
        case = self.case
        case.step(CaseAction.CLARIFY)
        self.session = case.held().session
        case.step(CaseAction.ASSESS, reason="Keterangan tertulis sudah diterima.")
        case.qualified()
        case.written()
        self.meeting = plan_meeting(
            office=case.office,
            plan=MeetingPlan(planned_at=make.at(23, 9).now, place="Ruang rapat"),
            actor=case.actor("chair"),
            clock=make.at(18, 12),
        )

    def _step(self, workflow, action, subject, who, clock, **data):
        apply(
            workflow=workflow,
            action=action,
            subject_id=subject.pk,
            actor=self.case.actor(who),
            clock=clock,
            context=StepContext(data=data),
        )
        subject.refresh_from_db()

    def _entries(self, named):
        given = {"contest": self.case.report.contest, "office": self.case.office, **named}
        self.reviewed, self.incomplete = self._reviewed(given), self._reviewed(given)
        self._judged_incomplete(self.incomplete)
        tip = make.lodging(**{**given, "reporter": None})
        self.tip = record_tip(given=tip, actor=make.CITIZEN_ACTOR, clock=make.at(16, 9))
        self._step(TIP, TipAction.TRACE, self.tip, "handler", make.at(16, 10))
        twin = lodge_report(
            given=make.lodging(**given), actor=make.CITIZEN_ACTOR, clock=make.at(18, 8)
        )
        self.joined = join_files(
            matter_id=twin.matter_id,
            into_id=self.case.matter.pk,
            reason="Unggahan yang sama.",
            actor=self.case.actor("handler"),
            clock=make.at(18, 9),
        )
        down = Outage.objects.create(
            system="Listrik kantor",
            area_code=make.KEDIRI,
            started_at=make.at(17, 9).now,
            source="Catatan petugas piket",
        )
        self.excuse = LateExcuse.objects.create(
            report=self.reviewed,
            outage=down,
            reason="Listrik padam.",
            excused_at=make.at(18, 9).now,
            excused_by=self.case.people["handler"],
        )
        sent_on = make.lodging(**given)
        self.former = lodge_report(given=sent_on, actor=make.CITIZEN_ACTOR, clock=make.at(18, 9))
        apply(
            workflow=REPORT,
            action=ReportAction.REROUTE,
            subject_id=self.former.pk,
            actor=self.case.actor("intake"),
            clock=make.at(18, 10),
            context=StepContext(reason="Salah alamat.", data={"office": make.office("35.06").pk}),
        )

    def _reviewed(self, given):
        lodging = make.lodging(**given)
        report = lodge_report(given=lodging, actor=make.CITIZEN_ACTOR, clock=make.at(18, 9))
        for who, action, data in (
            ("intake", ReportAction.RECEIVE, {"identity_check": "COUNTER"}),
            ("handler", ReportAction.START_REVIEW, {}),
        ):
            self._step(REPORT, action, report, who, make.at(18, 10), **data)
        return report

    def _judged_incomplete(self, report):
        rows = rulebook_at(regime="PILKADA", day=NOW.now.date()).requirements()
        RequirementCheck.objects.bulk_create(
            RequirementCheck(
                report=report,
                code=row.code,
                verdict=Verdict.NOT_MET,
                reason="Belum lengkap.",
                judged_at=make.at(18, 11).now,
                judged_by=self.case.people["handler"],
            )
            for row in rows
        )
        self._step(REPORT, ReportAction.ASK_FOR_COMPLETION, report, "handler", make.at(18, 12))

    def _items(self):
        sent = self.sent
        sent.another_respondent("Camat contoh", self.agency)
        self.item, self.punished = sent.send(inform_agencies=True)
        officer = make.actor("Disiplin contoh", "hr_discipline", agency=self.agency)
        for item in (self.item, self.punished):
            sent.recommend(item)
            sent.step(item, "START_FOLLOW_UP", officer, make.at(20, 9))
        sent.step(self.punished, "SANCTION", officer, make.at(20, 10), **DECREE)

    def _round(self):
        unit = pledges.unit(self.agency, "Kelurahan Contoh")
        pledges.servant(self.agency, unit)
        self.unit = unit
        plan = RoundPlan(
            agency_id=self.agency.pk,
            election_ids=[self.case.report.contest.election_id],
            kind=RoundKind.INDIVIDUAL,
            text=PledgeTextCode.FOUR_POINTS,
            snapshot_on=date(2025, 6, 2),
            closes_at=datetime(2025, 7, 31, 16, 59, tzinfo=UTC),
        )
        self.round = open_round(plan=plan, actor=pledges.officer(self.agency), clock=make.at(16, 9))
        change_text(
            round_id=self.round.pk,
            code=PledgeTextCode.SEVEN_PROHIBITIONS,
            day=date(2025, 6, 17),
            reason="Naskah disesuaikan",
            actor=pledges.officer(self.agency),
            clock=make.at(17, 9),
        )
        self.obligation = Obligation.objects.get(round=self.round)
        self.ceremony = Ceremony.objects.create(
            agency=self.agency,
            round=self.round,
            kind="OATH",
            title="Ikrar Contoh",
            held_on=date(2025, 6, 17),
            place="Balai Kota Contoh",
            recorded_at=make.at(16, 9).now,
        )
        self.signed_for_others = RepresentativeSignature.objects.create(
            round=self.round,
            ceremony=self.ceremony,
            text_id=self.round.text_id,
            name="Camat contoh",
            on_behalf_of="Seluruh camat",
            kind="PAPER",
            signed_on=date(2025, 6, 17),
            recorded_at=make.at(17, 9).now,
        )

    def _roster(self):
        """A file that waits for its columns, and one that was read."""
        rows = [sheets.person(1, self.unit.code)]
        given = sheets.statement(self.agency, sheets.csv_of(rows), day=date(2025, 6, 2))
        self.mapped = receive_roster(statement=given, actor=SYSTEM, clock=NOW)
        self.imported = sheets.read(self.agency, sheets.csv_of(rows), day=date(2025, 6, 2))
        issue_token(
            agency_id=self.agency.pk,
            label="SIMASN",
            applies_at_once=False,
            actor=SYSTEM,
            clock=NOW,
        )
        self.token = RosterToken.objects.get()

    def _rest(self):
        person = Party.objects.select_related("matter__office").get(
            report=self.case.report, kind="REPORTER"
        )
        power = Power(
            attorney=make.identity(ATTORNEY), scope="Mendampingi", from_on=date(2025, 6, 16)
        )
        record_power(party=person, power=power, actor=self.case.actor("intake"), clock=NOW)
        self.power = person.representations.get()
        self.data_request = ask_about_data(
            mailbox=self.case.report,
            kind=DataRequestKind.ERASURE,
            words="Hapus nomor telepon.",
            actor=make.CITIZEN_ACTOR,
            clock=NOW,
        )
        head = make.actor("Ketua provinsi", "supervisor", office=make.office("35"))
        self.relation = declare_relation(
            user=self.case.people["second"],
            subject=self.foreign_agency,
            kind=RelationKind.values[0],
            valid_from=date(2025, 6, 1),
            actor=head,
            clock=make.at(18, 9),
        )
        self._registers()
        seal_new_rows(clock=NOW)

    def _registers(self):
        case = self.case
        intake, handler = case.actor("intake"), case.actor("handler")
        self.asked = record_request(
            office=case.office,
            given=RequestGiven(
                identity=make.identity(REPORTER),
                standing="RESPONDENT",
                wanted="Salinan kajian.",
                received_at=make.at(18, 9).now,
                matter=case.matter,
            ),
            actor=intake,
            clock=make.at(18, 10),
        )
        self.task = record_task(
            office=case.office,
            given=TaskGiven(
                system="SBT",
                external_number="SBT-1",
                sender="Kantor Regional contoh",
                summary="Mohon validasi.",
                received_at=make.at(18, 9).now,
            ),
            actor=intake,
            clock=make.at(18, 10),
        )
        self.letter = start_letter(
            office=case.office,
            template="COVER",
            matter=case.matter,
            actor=handler,
            clock=make.at(18, 10),
        )
        reserve_block(
            kind=RegisterKind.LP,
            office=case.office,
            contest=case.report.contest,
            amount=1,
            reason="Pemadaman listrik.",
            actor=intake,
            clock=make.at(18, 10),
        )
        self.published = publish(
            given=PublicationGiven(
                kind=PublicationKind.CIRCULAR,
                office=case.office,
                agency=None,
                title="Surat edaran contoh",
                number="1/SE/2025",
                dated_on=date(2025, 6, 18),
                url="https://contoh.id/edaran",
            ),
            file=None,
            actor=case.actor("chair"),
            clock=make.at(18, 10),
        )
        self.view = save_view(
            given=ViewGiven(listing="cases", name="Contoh", query="", office=case.office),
            actor=handler,
            clock=make.at(18, 10),
        )

    def _people(self):
        places = {
            "own": self.case.office,
            "parent": make.office("35"),
            "neighbour": make.office("35.06"),
            "foreign": make.office("61.71"),
        }
        for role in ("intake", "handler", "commissioner", "supervisor", "auditor"):
            for near, office in places.items():
                self._add(role, near, office=office)
        bodies = {"own": "KANREG-02", "parent": "BKN", "neighbour": "KANREG-01", "foreign": "TNI"}
        for near, code in bodies.items():
            self._add("liaison", near, body=ReferralBody.objects.get(code=code))
        for role in ("hr_discipline", "hr_pledges", "examiner", "agency_head"):
            self._add(role, "own", agency=self.agency)
            self._add(role, "foreign", agency=self.foreign_agency)
        self._add("unit_operator", "own", unit=self.unit)
        other = pledges.unit(self.foreign_agency, "Kelurahan Lain")
        self._add("unit_operator", "foreign", unit=other)
        self._tie(self._add("handler", "tied", office=places["own"]))
        self._add("admin", "own", is_national=True)
        self._add("nobody", "own")
        self.browsers["visitor", "own"] = Client(raise_request_exception=False)

    def _add(self, role, near, **place):
        roles = () if role == "nobody" else (role,)
        user = make.user(f"Orang {role} {near}", *roles, **place)
        if (role, near) == ("examiner", "own"):
            Examiner.objects.create(
                item=self.item,
                user=user,
                named_at=NOW.now,
                named_by_id=self.sent.handler.user_id,
            )
        browser = Client(raise_request_exception=False)
        browser.force_login(user)
        self.browsers[role, near] = browser
        return user

    def _tie(self, user):
        """Let somebody be tied to the agency in which all respondents work."""
        Party.objects.filter(kind="RESPONDENT").update(agency=self.agency)
        declare_relation(
            user=user,
            subject=self.agency,
            kind=RelationKind.values[0],
            valid_from=date(2025, 6, 1),
            actor=make.actor("Ketua provinsi", "supervisor", office=make.office("35")),
            clock=make.at(18, 9),
        )

    def values(self):
        """What stands in an address: by name of the page and parameter, else by its beginning."""
        case, sent = self.case, self.sent
        matter, old = case.fresh(), sent.matter
        of = Document.objects.filter
        paper = (
            of(matter_ref=matter.pk, role="STATUS_NOTICE").first()
            or of(matter_ref=matter.pk, classification="CASE").first()
        )
        notice = of(subject_kind="report", subject_id=self.incomplete.pk).get(
            role="NOTICE_OF_INCOMPLETENESS"
        )
        web = matter.evidence.filter(kind="WEB").first()
        package = self.item.packages.get()
        recorded = Step.objects.filter(subject_kind="referral_item", subject_id=self.item.pk)
        reporter = matter.parties.filter(kind="REPORTER").first()
        clock = LegalClock.objects.filter(subject_kind="matter", subject_id=matter.pk).first()
        item = {
            "public_id": self.item.public_id,
            "action": "MARK_INACTIVE",
            "package_id": package.public_id,
            "document_id": package.letter.public_id,
            "step_id": recorded.exclude(acting_party="").first().pk,
        }
        office = case.office.public_id
        return {
            "staff:document": {"public_id": paper.public_id},
            "staff:outage_end": {"outage_id": self.excuse.outage_id},
            "staff:dashboard_list": {"?": f"angka=ENTRY:&kantor={case.office.path}"},
            "staff:report_excuse_withdraw": {"excuse_id": self.excuse.pk},
            "staff:report_excuse": {"public_id": self.reviewed.public_id},
            "staff:report_step": {"action": "ASK_FOR_COMPLETION"},
            "staff:report_propose": {"action": "REGISTER"},
            "staff:report_delivery": {
                "public_id": self.incomplete.public_id,
                "document": notice.public_id,
            },
            "staff:report": {"public_id": self.reviewed.public_id},
            "staff:tip_step": {"action": "CLOSE"},
            "staff:tip_propose": {"action": "SET_FINDING"},
            "staff:tip": {"public_id": self.tip.public_id},
            "staff:respondent_link": {"party": case.respondent.public_id},
            "staff:respondent": {"public_id": matter.public_id},
            "staff:incident": {"public_id": matter.public_id},
            "staff:allegation": {"public_id": matter.public_id, "number": 1},
            "staff:capture": {"public_id": matter.public_id, "evidence": web.public_id},
            "staff:identity": {"public_id": matter.public_id, "party": reporter.public_id},
            "staff:party": {
                "public_id": matter.public_id,
                "party": reporter.public_id,
                "number": self.power.pk,
            },
            "staff:data_request": {"public_id": self.data_request.public_id},
            "stop_messages": {"token": "karangan"},
            "public:mailbox_contact": {"channel": "email"},
            "public:mailbox_document": {"public_id": papers_of(self.incomplete)[0].key},
            "public:invitation_contact": {"channel": "email"},
            "public:invitation_": {"public_id": self.session.public_id},
            "staff:session_plan": {"public_id": matter.public_id},
            "staff:session": {"public_id": self.session.public_id},
            "staff:meeting": {"public_id": self.meeting.public_id},
            "staff:agenda": {"public_id": case.first_item.public_id},
            "staff:information_request": {"public_id": self.asked.public_id},
            "staff:outside_task": {"public_id": self.task.public_id},
            "staff:publication_withdraw": {"public_id": self.published.public_id},
            "staff:letter": {"public_id": self.letter.public_id},
            "staff:saved_view": {"public_id": self.view.public_id},
            "staff:number_void": {"number_id": NumberEntry.objects.get(state="RESERVED").pk},
            "staff:former_file": {"public_id": self.former.matter.public_id},
            "staff:case_step": {"action": "CLARIFY"},
            "staff:case_part": {"slug": "dokumen"},
            "staff:case_join": {"other": self.reviewed.matter.public_id},
            "staff:case_split": {"joined": self.joined.public_id},
            "staff:case": {"public_id": matter.public_id},
            "staff:assessment": {"public_id": matter.public_id, "number": 1},
            "staff:send_package": {"public_id": old.public_id},
            "staff:package": item,
            "staff:item": item,
            "staff:account_wordings": {"public_id": old.public_id},
            "staff:evidence_list": {"public_id": old.public_id},
            "staff:evidence_original": {"public_id": sent.copy.evidence.public_id},
            "staff:evidence_": {"public_id": sent.copy.public_id},
            "staff:evidence": {"public_id": sent.copy.evidence.public_id},
            "staff:audit": {
                "kind": "report",
                "subject_id": self.reviewed.pk,
                "user_id": case.people["handler"].pk,
                "stream": "record",
                "row_id": AuditRow.objects.filter(
                    subject_kind="report", subject_id=self.reviewed.pk
                )
                .earliest("pk")
                .pk,
            },
            "staff:office": {
                "public_id": office,
                "relation_id": self.relation.pk,
                "clock_id": clock.pk,
            },
            "hr:sanction": {
                "public_id": self.punished.public_id,
                "sanction_id": Sanction.objects.get().pk,
            },
            "staff:item_sanction": {
                "public_id": self.punished.public_id,
                "sanction_id": Sanction.objects.get().pk,
            },
            "hr:": item,
            "liaison:": item,
            "pledges_hr:round": {"public_id": self.round.public_id},
            "pledges_hr:": {
                "public_id": self.round.public_id,
                "action": "REFUSE",
                "unit": self.unit.public_id,
                "key": self.signed_for_others.pk,
            },
            "roster:": {
                "public_id": self.imported.public_id,
                "kind": "NEW",
                "pk": self.token.pk,
            },
            "roster:columns": {"public_id": self.mapped.public_id},
            "roster_api_v1:roster_import": {"import_id": self.imported.public_id},
            **{f"roster:{page}": {"public_id": self.unit.public_id} for page in UNIT_PAGES},
            **{
                f"roster:{page}": {"public_id": self.obligation.person.public_id}
                for page in PERSON_PAGES
            },
            "pledges_figures:": {"public_id": self.agency.public_id},
            **{f"pledges_hr:{page}": {"public_id": self.obligation.public_id} for page in PERSONAL},
            "pledges_together:": {
                "public_id": self.round.public_id,
                "agency": self.agency.code,
                "archive_id": NOBODY,
                "kiosk_id": NOBODY,
                "photo_id": NOBODY,
                "what": "lembar",
                "key": 1,
                "circular_id": NOBODY,
            },
            "pledges_together:change_contact": {"public_id": self.obligation.public_id},
            "pledges_together:event": {"public_id": self.ceremony.public_id},
            "pledges_together:verify": {"public_id": self.obligation.public_id},
            "documents:verify": {"code": paper.verify_code},
            "publication": {"public_id": NOBODY},
            "public:guide_question": {"code": "memilih-di-tps"},
            "public:": {"public_id": NOBODY, "number": 1, "purpose": "pesan"},
            **self.corners,
        }


def pages():
    """Every address of the site by its name, with its parameters; the first of a name counts.

    The reference tables of the administrator's site are tested with their packages.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, needed in _walk(get_resolver().url_patterns, ""):
        if not name.startswith("admin:"):
            found.setdefault(name, needed)
    return dict(sorted(found.items()))


def _walk(patterns, spaces, needed=()):
    for row in patterns:
        names = (*needed, *row.pattern.regex.groupindex)
        if isinstance(row, URLResolver):
            inner = f"{spaces}{row.namespace}:" if row.namespace else spaces
            yield from _walk(row.url_patterns, inner, names)
        elif isinstance(row, URLPattern):
            yield f"{spaces}{row.name or row.pattern}", names
