"""Two people act on one row at the same moment: one acts, the other is told what changed."""

from functools import partial

import pytest
import time_machine
from django.test import Client

from complaints.codes import ReferralState, ReportState
from complaints.models import NumberEntry, ReferralItem, Report
from complaints.services.codes import new_code
from complaints.services.lodge import lodge_report
from complaints.services.propose_item import Proposal, propose_item
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.audit.models import AuditRow
from neutrality.casework.engine import apply
from neutrality.casework.models import Step
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.law.codes import PlenaryMatter
from neutrality.organisations.models import ReferralBody
from tests.complaints import factories as make
from tests.complaints.at_once import all_at_once, at_once, in_order
from tests.complaints.case.scene import at, logged_in, url
from tests.complaints.public.mailboxes import report_to_complete
from tests.complaints.referral.scene import Scene

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 8


@pytest.fixture(autouse=True)
def _monday(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(make.at(16, 14).now, tick=False):
        yield


def lodged(contest, **change):
    given = make.lodging(contest=contest, **change)
    return lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(16, 9))


def receive(report, actor, **data):
    """Take a report at the counter; return its number, or why not."""
    try:
        apply(
            workflow=REPORT,
            action=ReportAction.RECEIVE,
            subject_id=report.pk,
            actor=actor,
            clock=make.at(16, 14),
            context=StepContext(data=data),
        )
    except Refused as refused:
        return refused.refusal.code
    return Report.objects.get(pk=report.pk).number


def test_eight_writers_get_eight_numbers_without_a_gap_or_a_double():
    contest = make.contest()
    reports = [lodged(contest) for _number in range(WRITERS + 2)]
    clerks = [make.actor(f"Penerima {n}", "intake", office=make.office()) for n in range(WRITERS)]
    # Two of them are refused in the midst of it, which leaves no gap.
    first = [
        partial(
            receive, report, clerk, **({} if number in {2, 5} else {"identity_check": "COUNTER"})
        )
        for number, (report, clerk) in enumerate(zip(reports, clerks, strict=False))
    ]
    numbers = all_at_once(*first)
    numbers += [receive(report, clerks[0], identity_check="COUNTER") for report in reports[8:]]
    given = sorted(number for number in numbers if "/LP/" in number)
    assert [number[:3] for number in given] == [f"{n:03}" for n in range(1, WRITERS + 1)]
    assert [number for number in numbers if "/LP/" not in number] == ["identity_not_verified"] * 2
    rows = NumberEntry.objects.filter(state="ISSUED").order_by("sequence")
    assert [row.text for row in rows] == given


def test_the_citizen_withdraws_while_a_handler_begins():
    code = new_code()
    contest = make.contest()
    report = lodged(contest, code_digest=code.digest())
    receive(report, make.actor("P", "intake", office=make.office()), identity_check="COUNTER")
    handlers = [make.user(f"Staf {n}", "handler", office=make.office()) for n in "AB"]
    phone = Client()
    phone.post("/lacak/", {"kode": code.text})
    report.refresh_from_db()
    withdrawal = {"alasan": "Keliru orang", "yakin": "on", "versi": report.version}
    start = url("report_step", report.public_id, "START_REVIEW")
    presses = [
        partial(phone.post, "/lacak/laporan/cabut/", withdrawal),
        *(partial(logged_in(user).post, start, {"versi": report.version}) for user in handlers),
    ]
    assert at_once(*presses) == [302, 409, 409]
    report.refresh_from_db()
    assert report.state in {ReportState.WITHDRAWN, ReportState.INITIAL_REVIEW}
    steps = Step.objects.filter(subject_kind="report", subject_id=report.pk)
    assert (
        steps.count()
        == AuditRow.objects.filter(
            subject_kind="report", subject_id=report.pk, what__startswith="report."
        ).count()
    )
    assert steps.count() == 3


def test_the_citizen_completes_while_the_coordinator_declines():
    report, phone, _code = report_to_complete()
    phone.post("/lacak/laporan/terima/")
    item = propose_item(
        matter=report.matter,
        proposal=Proposal(
            kind=PlenaryMatter.INITIAL_REVIEW_OUTCOME,
            action=ReportAction.DECLINE,
            text="Tidak dilengkapi.",
            report=report,
        ),
        actor=make.actor("Staf contoh", "handler", office=report.office),
        clock=make.at(16, 14),
    )
    chair = logged_in(make.user("Anggota contoh", "commissioner", office=report.office))
    decline = url("agenda_coordinate", item.public_id)
    completed, declined = in_order(
        partial(
            phone.post,
            "/lacak/laporan/lengkapi/",
            {"jawaban": "Ini tautannya.", "versi": report.version},
        ),
        partial(chair.post, decline, {"putusan-keputusan": ""}),
    )
    report.refresh_from_db()
    item.refresh_from_db()
    if report.state == ReportState.NOT_REGISTERED:
        assert (completed.status_code, declined.status_code) == (409, 302)
        assert "sudah diubah orang lain sejak halaman Anda dibuka" in completed.content.decode()
    else:
        assert (completed.status_code, declined.status_code) == (302, 422)
        assert "Pelapor sudah menyerahkan perbaikan" in declined.content.decode()
        assert (report.state, item.decided_at) == (ReportState.INITIAL_REVIEW, None)
    assert Step.objects.filter(subject_kind="report", subject_id=report.pk).count() == 5
    # Who was late stays late: the other order is the other refusal.
    assert chair.post(decline, {"putusan-keputusan": ""}).status_code in {409, 422}


def test_the_liaison_acknowledges_while_the_supervisor_passes_the_item_on():
    scene = Scene(day=16)
    (item,) = scene.send(clock=make.at(16, 13))
    kasn = ReferralBody.objects.get(code="KASN")
    ReferralItem.objects.update(body=kasn, body_path=kasn.path)
    item.addressees.update(body=kasn)
    liaison = logged_in(make.user("Penghubung contoh", "liaison", body=kasn))
    head = logged_in(make.user("Ketua contoh", "supervisor", office=scene.office))
    acknowledge = f"/instansi/{item.public_id}/langkah/ACKNOWLEDGE/"
    readdress = url("item_step", item.public_id, "READDRESS")
    given = {"versi": item.version}
    with at(make.at(16, 14)):
        statuses = at_once(
            partial(liaison.post, acknowledge, given),
            partial(head.post, readdress, {**given, "alasan": "KASN sudah dibubarkan."}),
        )
    item.refresh_from_db()
    # Who is late reads what changed; the former body does not find an item that has gone on.
    assert statuses in ([302, 404], [302, 409])
    assert (item.state, item.body.code) in {
        (ReferralState.ACKNOWLEDGED, "KASN"),
        (ReferralState.SENT, "KANREG-02"),
    }
    assert Step.objects.filter(subject_kind="referral_item", subject_id=item.pk).count() == 2
