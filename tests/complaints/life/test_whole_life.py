"""One report from the phone to the sanction, at the level of the services."""

import pytest
from django.db.models import Q

from complaints.codes import CaseState, ReferralState, ReportState, SanctionState, Verdict
from complaints.models import (
    AgendaItem,
    Allegation,
    AllegationResult,
    Assessment,
    Conclusion,
    Matter,
    ReferralItem,
    RequirementCheck,
    Sanction,
)
from complaints.services.lodge import lodge_report
from complaints.services.send_package import Dispatch, send_package
from complaints.workflow.actions import CaseAction, ReferralAction, ReportAction
from complaints.workflow.case import CASE
from complaints.workflow.referral import REFERRAL
from complaints.workflow.report import REPORT
from neutrality.casework.engine import apply
from neutrality.casework.workflow import StepContext
from neutrality.documents.models import Document
from neutrality.law.books import rulebook_at
from neutrality.organisations.models import Agency, ReferralBody
from tests.complaints import factories as make

pytestmark = pytest.mark.django_db


def step(workflow, action, subject, actor, clock, reason="", **data):
    return apply(
        workflow=workflow,
        action=action,
        subject_id=subject.pk,
        actor=actor,
        clock=clock,
        context=StepContext(reason=reason, data=data),
    )


def adopted(matter, kind, action, member, clock, report=None):
    return AgendaItem.objects.create(
        office=matter.office,
        office_path=matter.office_path,
        matter=matter,
        report=report,
        kind=kind,
        action=action,
        proposal="Usul contoh",
        proposed_at=clock.now,
        proposed_by_id=member.user_id,
        outcome="ADOPTED",
        decided_at=clock.now,
        coordinated_at=clock.now,
        coordinated_by_id=member.user_id,
    )


def test_a_report_goes_from_the_phone_to_the_sanction():
    office, contest = make.office(), make.contest()
    agency = Agency.objects.create(
        code="kota-contoh",
        name="Pemerintah Kota Contoh",
        kind="CITY",
        path="kota-contoh",
        region=office.region,
        appointing_authority="Wali Kota",
        valid_from="2000-01-01",
    )
    intake = make.actor("Penerima contoh", "intake", office=office)
    handler = make.actor("Staf contoh", "handler", office=office)
    member = make.actor("Anggota contoh", "commissioner", office=office)
    body = ReferralBody.objects.get(code="KANREG-02")
    liaison = make.actor("Penghubung contoh", "liaison", body=body)
    discipline = make.actor("Disiplin contoh", "hr_discipline", agency=agency)

    report = lodge_report(
        given=make.lodging(contest=contest), actor=make.CITIZEN_ACTOR, clock=make.at(16, 9)
    )
    matter = report.matter
    assert report.state == ReportState.SUBMITTED
    matter.parties.filter(kind="RESPONDENT").update(agency=agency)

    step(REPORT, ReportAction.RECEIVE, report, intake, make.at(16, 10), identity_check="COUNTER")
    step(REPORT, ReportAction.START_REVIEW, report, handler, make.at(16, 11))
    rules = rulebook_at(regime="PILKADA", day=make.at(16).now.date())
    RequirementCheck.objects.bulk_create(
        RequirementCheck(
            report=report,
            code=row.code,
            verdict=Verdict.MET,
            judged_at=make.at(16, 12).now,
            judged_by_id=handler.user_id,
        )
        for row in rules.requirements()
    )
    item = adopted(
        matter, "INITIAL_REVIEW_OUTCOME", ReportAction.REGISTER, member, make.at(16, 13), report
    )
    step(REPORT, ReportAction.REGISTER, report, member, make.at(16, 13), agenda_item=item.pk)
    report.refresh_from_db()
    assert report.number.startswith("001/LP/PW/Kota/")
    assert report.register_number.startswith("001/Reg/LP/PW/Kota/")
    matter = Matter.objects.get(pk=matter.pk)
    assert (matter.state, matter.regime) == (CaseState.REGISTERED, "PILKADA")

    step(CASE, CaseAction.CLARIFY, matter, handler, make.at(17, 9))
    step(
        CASE,
        CaseAction.ASSESS,
        matter,
        handler,
        make.at(17, 15),
        reason="Terlapor sudah memberi keterangan tertulis.",
    )
    Allegation.objects.filter(matter=matter).update(
        act="SOCIAL_POST",
        stage="CANDIDATE",
        violation_code="D6",
        qualified_at=make.at(17).now,
        qualified_by_id=handler.user_id,
    )
    version = Assessment.objects.create(
        matter=matter,
        office_path=matter.office_path,
        version=1,
        facts="Fakta contoh.",
        analysis="Analisis contoh.",
        text_sha256="0" * 64,
        written_at=make.at(17, 15).now,
        written_by_id=handler.user_id,
        approved_at=make.at(17, 16).now,
        approved_by_id=member.user_id,
    )
    allegation = Allegation.objects.get(matter=matter)
    Conclusion.objects.create(
        assessment=version, allegation=allegation, outcome="ASN_LAW", elements="Unsur terpenuhi."
    )
    step(CASE, CaseAction.BRING_TO_PLENARY, matter, handler, make.at(18, 9))
    item = adopted(matter, "RESULT", CaseAction.DECIDE, member, make.at(18, 10))
    AllegationResult.objects.create(
        allegation=allegation, outcome="ASN_LAW", agenda_item=item, decided_at=make.at(18, 10).now
    )
    step(CASE, CaseAction.DECIDE, matter, member, make.at(18, 10), agenda_item=item.pk)
    send_package(
        matter_id=matter.pk,
        dispatch=Dispatch(agenda_item=item),
        actor=member,
        clock=make.at(18, 11),
    )
    step(CASE, CaseAction.CLOSE, matter, handler, make.at(18, 12))

    sent = ReferralItem.objects.get(matter=matter)
    assert (sent.state, sent.body) == (ReferralState.SENT, body)
    step(REFERRAL, ReferralAction.ACKNOWLEDGE, sent, liaison, make.at(19, 9))
    step(
        REFERRAL,
        ReferralAction.RECOMMEND,
        sent,
        liaison,
        make.at(20, 9),
        recommendation_number="R-1/2025",
        recommendation_on="2025-06-20",
        recommended_class="HEAVY",
    )
    step(REFERRAL, ReferralAction.START_FOLLOW_UP, sent, discipline, make.at(23, 9))
    step(
        REFERRAL,
        ReferralAction.SANCTION,
        sent,
        discipline,
        make.at(27, 9),
        decree_number="SK-1/2025",
        decree_on="2025-06-26",
        sanction_class="HEAVY",
    )
    sent.refresh_from_db()
    assert sent.state == ReferralState.SANCTIONED
    assert Sanction.objects.get(item=sent).state == SanctionState.IMPOSED
    roles = set(Document.objects.filter(Q(matter_ref=matter.pk)).values_list("role", flat=True))
    assert roles == {
        "PROVISIONAL_RECEIPT",
        "RECEIPT",
        "REPORT",
        "ASSESSMENT",
        "STATUS_NOTICE",
        "REFERRAL_OTHER_LAW",
        "CASE_SUMMARY",
        "EVIDENCE_LIST",
    }
