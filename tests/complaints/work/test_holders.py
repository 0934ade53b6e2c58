"""A file lies with somebody who can go on with it, or with nobody."""

from datetime import date

import pytest

from complaints.models import Matter, Party, Report
from complaints.services.assign import assign
from complaints.services.lodge import lodge_report
from complaints.services.release_assignments import release_assignments
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.accounts.models import RelationKind, RoleGrant
from neutrality.accounts.services import declare_relation, end_grant, set_active
from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.casework.engine import apply
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from tests.complaints import factories as make
from tests.complaints.case.scene import PROVINCE, Scene, at, url
from tests.complaints.referral.scene import agency

pytestmark = pytest.mark.django_db
DAY = make.at(17).now.date()


@pytest.fixture
def scene():
    return Scene()


def declared(scene, who, matter):
    """A relation of this person to the agency of the respondents of the file."""
    employer = agency("kota-contoh")
    Party.objects.filter(matter=matter, kind="RESPONDENT").update(agency=employer)
    declare_relation(
        user=scene.people[who],
        subject=employer,
        kind=RelationKind.values[0],
        valid_from=date(2025, 6, 1),
        actor=make.actor("Ketua provinsi", "supervisor", office=make.office(PROVINCE)),
        clock=make.at(17, 9),
    )


def sent(scene):
    given = make.lodging(contest=scene.report.contest, office=scene.office)
    return lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 8))


def given_to(scene, entry, who):
    assign(
        entry=entry,
        user_id=scene.people[who].pk,
        day=DAY,
        actor=scene.actor("handler"),
        clock=make.at(17, 9),
    )


def held(scene, matter=None):
    """Who holds the entry and who the file, by name."""
    matter = Matter.objects.select_related("assignee").get(pk=(matter or scene.matter).pk)
    report = Report.objects.select_related("assignee").get(matter=matter)
    return [row.assignee.name if row.assignee else None for row in (report, matter)]


def received(scene, report):
    apply(
        workflow=REPORT,
        action=ReportAction.RECEIVE,
        subject_id=report.pk,
        actor=scene.actor("intake"),
        clock=make.at(17, 10),
        context=StepContext(data={"identity_check": "COUNTER"}),
    )


def test_a_tied_colleague_is_neither_offered_nor_given_the_file(scene):
    declared(scene, "second", scene.matter)
    report, second = Report.objects.get(), scene.people["second"]
    with at(make.at(17, 10)):
        browser = scene.client("handler")
        people = browser.get(url("report", report.public_id)).context["assign_form"]
        offered = [key for key, _name in people.fields["petugas"].choices]
        refused = browser.post(url("report_assign", report.public_id), {"petugas": second.pk})
    assert offered == ["", str(scene.people["handler"].pk)]
    assert refused.status_code == 422
    assert "mempunyai hubungan yang dinyatakan" in refused.content.decode()
    assert held(scene) == [None, None]


def test_a_case_is_not_given_to_whom_no_step_of_it_belongs(scene):
    for who in ("intake", "chair"):
        with pytest.raises(Refused, match=r"^not_at_this_stage$"):
            given_to(scene, Report.objects.get(), who)


def test_what_the_counter_has_received_is_everybodys_and_what_was_given_on_stays(scene):
    first, second = sent(scene), sent(scene)
    given_to(scene, first, "intake")
    given_to(scene, second, "second")
    with at(make.at(17, 9)):
        waiting = scene.client("intake").get("/petugas/").content.decode()
    assert first.public_id in waiting
    assert second.public_id in waiting
    received(scene, first)
    received(scene, second)
    assert held(scene, first.matter) == [None, None]
    assert held(scene, second.matter) == ["Staf kedua contoh"] * 2
    with at(make.at(17, 11)):
        shown = scene.client("handler").get("/petugas/").content.decode()
    assert first.public_id in shown
    assert second.public_id not in shown


def lose_role(scene, person):
    grant = RoleGrant.objects.get(user=person)
    end_grant(grant_id=grant.pk, ends_on=DAY, actor=SYSTEM, clock=make.at(17, 10))


def close_account(scene, person):
    set_active(user_id=person.pk, active=False, actor=SYSTEM, clock=make.at(17, 10))


def become_tied(scene, person):
    declared(scene, "second", scene.matter)


@pytest.mark.parametrize("leave", [lose_role, close_account, become_tied])
def test_who_must_let_go_does_so_at_once_and_it_is_written_down(scene, leave):
    given_to(scene, Report.objects.get(), "second")
    fresh = sent(scene)
    given_to(scene, fresh, "second")
    Report.objects.filter(pk=fresh.pk).update(matter=scene.matter)
    leave(scene, scene.people["second"])
    assert Matter.objects.get(pk=scene.matter.pk).assignee is None
    assert Report.objects.get(pk=fresh.pk).assignee is None
    assert Report.objects.get(pk=scene.report.pk).assignee == scene.people["second"]
    rows = AuditRow.objects.filter(what="entry.released").order_by("subject_kind", "pk")
    assert set(rows.values_list("subject_kind", "organisation_path")) == {
        ("matter", scene.office.path),
        ("report", scene.office.path),
    }


def test_a_role_that_ran_out_is_noticed_by_itself_and_what_is_closed_keeps_its_officer(scene):
    given_to(scene, Report.objects.get(), "second")
    clock = make.at(17, 12)
    assert release_assignments(clock=clock) == 0
    RoleGrant.objects.filter(user=scene.people["second"]).update(ends_on=DAY)
    assert release_assignments(clock=clock) == 1
    assert held(scene) == ["Staf kedua contoh", None]
    assert release_assignments(clock=clock) == 0


def test_who_holds_the_role_above_keeps_the_file(scene):
    above = make.user("Staf provinsi", "handler", office=make.office(PROVINCE))
    Matter.objects.filter(pk=scene.matter.pk).update(assignee=above)
    assert release_assignments(clock=make.at(17, 12)) == 0
    declared(scene, "second", scene.matter)
    assert held(scene)[1] == "Staf provinsi"
