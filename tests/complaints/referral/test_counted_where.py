"""What is taken back from the public counts is taken back where it was counted."""

import pytest
from django.db.models import Sum

from complaints.codes import SanctionState
from complaints.models import Matter, Report, Tally
from complaints.services.coordinate import decide_by_coordination
from complaints.services.determine_contest import determine_contest
from complaints.services.join_files import join_files, split_files
from complaints.services.lodge import lodge_report
from complaints.services.propose_item import Proposal, propose_item
from complaints.services.record_sanction_step import SanctionNews, record_sanction_step
from complaints.workflow.actions import ReportAction
from complaints.workflow.referral import REFERRAL
from complaints.workflow.report import REPORT
from neutrality.casework.corrections import confirm_request, request_correction
from neutrality.casework.engine import apply
from neutrality.casework.workflow import StepContext
from neutrality.law.codes import PlenaryMatter
from tests.complaints import factories as make
from tests.complaints.case.scene import NEIGHBOUR
from tests.complaints.case.test_once_more import closed_case, reopened
from tests.complaints.referral.scene import DECREE, RECOMMENDATION, Scene, agency, kanreg
from tests.complaints.referral.test_discipline import FollowedUp

pytestmark = pytest.mark.django_db


def counted(*kinds):
    """The sums that are not nought, by kind, office and contest."""
    rows = Tally.objects.filter(kind__in=kinds) if kinds else Tally.objects.all()
    sums = rows.values_list("kind", "office", "contest").annotate(Sum("amount"))
    return {tuple(where): amount for *where, amount in sums if amount}


def less_than_nothing():
    """The sums that nobody can explain."""
    return {where: amount for where, amount in counted().items() if amount < 0}


def lodged(hour=9, **change):
    return lodge_report(
        given=make.lodging(**change), actor=make.CITIZEN_ACTOR, clock=make.at(17, hour)
    )


def joined(one, other, office):
    return join_files(
        matter_id=one.matter_id,
        into_id=other.matter_id,
        reason="Unggahan yang sama.",
        actor=make.actor("Staf contoh", "handler", office=office),
        clock=make.at(17, 12),
    )


def moved(matter, office, handler, chair, day):
    """A coordinator transfers another report of the file, and the file with it."""
    report = lodged(contest=matter.contest)
    Report.objects.filter(pk=report.pk).update(
        matter=matter,
        state="INITIAL_REVIEW",
        number="9/LP",
        received_at=make.at(17, 10).now,
        identity_check="COUNTER",
        identity_checked_at=make.at(17, 10).now,
        identity_checked_by=handler.user_id,
    )
    report.refresh_from_db()
    proposal = Proposal(
        kind=PlenaryMatter.TRANSFER,
        action=ReportAction.TRANSFER,
        text="Tempat kejadian di kota lain.",
        payload={"office": office.pk},
        report=report,
    )
    item = propose_item(
        matter=Matter.objects.get(pk=matter.pk),
        proposal=proposal,
        actor=handler,
        clock=make.at(day, 8),
    )
    decide_by_coordination(item_id=item.pk, decision="Ya", actor=chair, clock=make.at(day, 9))
    assert Matter.objects.get(pk=matter.pk).office_id == office.pk


def test_a_file_counts_under_the_contest_that_was_found_out_and_joined_files_are_one():
    office, contest = make.office(), make.contest()
    one, other = lodged(), lodged()
    clerk = make.actor("Penerima contoh", "intake", office=office)
    for report in (one, other):
        determine_contest(entry=report, contest=contest, actor=clerk, clock=make.at(17, 10))
    assert counted("MATTER") == {("MATTER", office.pk, contest.pk): 2}
    for report in (one, other):
        report.refresh_from_db()
    join = joined(one, other, office)
    assert counted("MATTER") == {("MATTER", office.pk, contest.pk): 1}
    staff = make.actor("Staf lain", "handler", office=office)
    split_files(join_id=join.pk, reason="Dua peristiwa.", actor=staff, clock=make.at(17, 13))
    assert counted("MATTER") == {("MATTER", office.pk, contest.pk): 2}


def test_a_file_that_gets_its_contest_from_the_one_that_came_in_counts_under_it():
    office, contest = make.office(), make.contest()
    joined(lodged(contest=contest), lodged(), office)
    assert counted("MATTER") == {("MATTER", office.pk, contest.pk): 1}


def test_files_joined_at_another_office_are_one_less_where_they_were_opened():
    office, there = make.office(), make.office(NEIGHBOUR)
    one, other = lodged(), lodged()
    for report in (one, other):
        apply(
            workflow=REPORT,
            action=ReportAction.REROUTE,
            subject_id=report.pk,
            actor=make.actor("Penerima contoh", "intake", office=office),
            clock=make.at(17, 10),
            context=StepContext(reason="Salah kantor.", data={"office": there.pk}),
        )
    join = joined(one, other, there)
    assert counted("MATTER") == {("MATTER", office.pk, None): 1}
    staff = make.actor("Staf lain", "handler", office=there)
    split_files(join_id=join.pk, reason="Dua peristiwa.", actor=staff, clock=make.at(17, 13))
    assert counted("MATTER") == {("MATTER", office.pk, None): 2}


def test_a_decree_contested_after_a_transfer_is_taken_back_at_the_office_that_counted_it():
    scene = FollowedUp()
    scene.step(scene.item, "SANCTION", scene.officer, make.at(20, 13), **DECREE)
    decree = scene.item.sanctions.get()
    place = ("SANCTIONED", scene.office.pk, scene.matter.contest_id)
    assert counted("SANCTIONED") == {place: 1}
    moved(scene.matter, make.office(NEIGHBOUR), scene.handler, scene.member, 23)
    happened(scene, decree, "IMPOSED", "OBJECTED")
    assert counted("SANCTIONED") == {}
    happened(scene, decree, "OBJECTED", "UPHELD")
    assert counted("SANCTIONED") == {place: 1}


def happened(scene, decree, was, now):
    record_sanction_step(
        sanction_id=decree.pk,
        news=SanctionNews(state=SanctionState(now), happened_on=make.at(23).now.date()),
        expected_state=was,
        actor=scene.officer,
        clock=make.at(24, 9),
    )


def test_a_recommendation_corrected_after_a_transfer_is_taken_back_where_it_was_counted():
    scene = Scene(employer=agency())
    (item,) = scene.send()
    first = make.actor("Penghubung contoh", "liaison", body=kanreg())
    second = make.actor("Penghubung kedua", "liaison", body=kanreg())
    scene.step(item, "ACKNOWLEDGE", first, make.at(19, 9))
    scene.step(item, "RECOMMEND", first, make.at(20, 8), **RECOMMENDATION)
    moved(scene.matter, make.office(NEIGHBOUR), scene.handler, scene.member, 20)
    asked = request_correction(
        workflow=REFERRAL,
        subject_id=item.pk,
        reason="Salah orang.",
        actor=first,
        clock=make.at(20, 11),
    )
    confirm_request(request_id=asked.pk, actor=second, clock=make.at(20, 12))
    assert (counted("RECOMMENDED"), less_than_nothing()) == ({}, {})


def test_a_case_opened_again_at_another_office_is_undecided_where_it_was_decided():
    scene = closed_case()
    there = make.office(NEIGHBOUR)
    place = ("DECIDED", scene.office.pk, scene.matter.contest_id)
    assert counted("DECIDED") == {place: 1}
    moved(scene.matter, there, scene.actor("handler"), scene.actor("chair"), 20)
    scene.office = there
    scene.people = {
        who: make.user(f"{who} di sana", role, office=there)
        for who, role in (
            ("handler", "handler"),
            ("chair", "commissioner"),
            ("member_b", "commissioner"),
            ("member_c", "commissioner"),
        )
    }
    reopened(scene)
    assert (counted("DECIDED", "OUTCOME_ASN_LAW"), less_than_nothing()) == ({}, {})
