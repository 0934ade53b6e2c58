"""Files that speak of one event: suggested with reasons, joined, and split again without loss."""

from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import Q

from complaints.codes import CaseState, ReportState
from complaints.models import (
    Allegation,
    Evidence,
    Incident,
    Matter,
    MatterJoin,
    Message,
    NumberEntry,
    Party,
    Report,
)
from complaints.selectors.likeness import EventFacts, likeness, name_likeness
from complaints.services.answer_data_request import may_erase
from complaints.services.approve_assessment import approve_assessment
from complaints.services.bring_to_plenary import bring_to_plenary
from complaints.services.coordinate import decide_by_coordination
from complaints.services.join_files import join_files, split_files
from complaints.services.lodge import lodge_report
from complaints.services.lodging import IncidentGiven, RespondentGiven, WebGiven
from complaints.services.propose_item import Proposal, propose_item
from complaints.services.propose_step import propose_takeover
from complaints.services.record_tip import record_tip
from complaints.services.write_assessment import (
    AssessmentGiven,
    ConclusionGiven,
    write_assessment,
)
from complaints.workflow.actions import CaseAction, ReportAction
from complaints.workflow.report import REPORT
from neutrality.accounts.models import Relation, RelationKind
from neutrality.audit.models import AuditRow
from neutrality.casework.engine import apply
from neutrality.casework.models import ClockState, LegalClock
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.documents.models import Document
from neutrality.law.codes import OutcomeClass, PlenaryMatter
from tests.complaints import factories as make
from tests.complaints.case.scene import PROVINCE, Scene, stranger, url
from tests.complaints.case.test_once_more import decided

WEB = WebGiven(url="https://contoh.id/unggahan", platform="Instagram", account_name="akun.contoh")
TABLES = (Report, Party, Incident, Allegation, Evidence, NumberEntry)


@pytest.fixture
def scene(db):
    with time_machine.travel(make.at(18, 11).now, tick=False):
        yield Scene()


def another(scene, **change):
    """A further report of the same event, as it was sent."""
    given = {"contest": scene.matter.contest, "web": (WEB,), **change}
    return lodge_report(given=make.lodging(**given), actor=make.CITIZEN_ACTOR, clock=make.at(17, 9))


def second(scene, **change):
    """A second report of the same event, received and given a number."""
    report = another(scene, **change)
    step(scene, ReportAction.RECEIVE, report, "intake", identity_check="COUNTER")
    return report


def step(scene, action, report, who="handler", clock=None, **data):
    apply(
        workflow=REPORT,
        action=action,
        subject_id=report.pk,
        actor=scene.actor(who),
        clock=clock or make.at(17, 10),
        context=StepContext(data=data),
    )
    report.refresh_from_db()


def join(scene, report, reason="Unggahan yang sama.", who="handler", into=None):
    return join_files(
        matter_id=report.matter_id,
        into_id=(into or scene.matter).pk,
        reason=reason,
        actor=scene.actor(who),
        clock=make.at(18, 9),
    )


def split(scene, row, clock=None, who="handler"):
    return split_files(
        join_id=row.pk,
        reason="Ternyata dua peristiwa.",
        actor=scene.actor(who),
        clock=clock or make.at(18, 12),
    )


def rows_of(matter_id):
    """Everything that names a file, as it stands in the tables."""
    found = {
        model.__name__: list(model.objects.filter(matter=matter_id).order_by("pk").values())
        for model in TABLES
    }
    papers = Document.objects.filter(matter_ref=matter_id).order_by("pk")
    return {**found, "Document": list(papers.values_list("pk", flat=True))}


def clocks_of(report):
    rows = LegalClock.objects.filter(subject_kind="report", subject_id=report.pk).order_by("pk")
    return list(rows.values_list("code", "state", "started_at", "due_at"))


def test_a_split_brings_everything_back_as_it_was(scene):
    report = second(scene)
    own, other, clocks = rows_of(report.matter_id), rows_of(scene.matter.pk), clocks_of(report)
    title = report.matter.title
    row = join(scene, report)
    cover = Matter.objects.get(pk=row.matter_id)
    assert (cover.state, rows_of(cover.pk)["Party"]) == (CaseState.CLOSED, [])
    assert "Lurah contoh" not in cover.title
    report.refresh_from_db()
    assert (report.matter_id, report.state, clocks_of(report)) == (
        scene.matter.pk, ReportState.RECEIVED, clocks,
    )  # fmt: skip
    aliases = scene.matter.parties.order_by("pk").values_list("alias", flat=True)
    assert sorted(aliases) == ["Pelapor", "Pelapor 2", "Terlapor 1", "Terlapor 2"]
    split(scene, row)
    assert (rows_of(cover.pk), rows_of(scene.matter.pk)) == (own, other)
    cover.refresh_from_db()
    assert (cover.state, cover.title, cover.closed_at) == (CaseState.INTAKE, title, None)
    told = AuditRow.objects.filter(subject_kind="report", subject_id=report.pk)
    assert set(told.filter(Q(what__endswith="_into")).values_list("what", flat=True)) == {
        "report.joined_into", "report.split_into",
    }  # fmt: skip
    call_command("verify_audit", stdout=StringIO())
    call_command("verify_histories", stdout=StringIO())


def test_what_came_to_a_report_since_goes_back_with_it_and_its_period_is_its_own(scene):
    report = second(scene)
    row = join(scene, report)
    note = Message.objects.create(
        report=report, direction="FROM_CITIZEN", body="Ada foto lain.", sent_at=make.at(18, 10).now
    )
    later = Evidence.objects.create(
        matter=scene.matter, report=report, message=note, kind="WEB", url=WEB.url,
        handed_in_at=make.at(18, 10).now,
    )  # fmt: skip
    Report.objects.filter(pk=report.pk).update(
        registered_at=make.at(18, 10).now,
        register_number="002/Reg/LP/PW/Kota/contoh",
    )
    split(scene, row, clock=make.at(23, 9))
    later.refresh_from_db()
    matter = Matter.objects.get(pk=row.matter_id)
    assert (later.matter_id, matter.state, matter.regime) == (
        matter.pk, CaseState.REGISTERED, "PILKADA",
    )  # fmt: skip
    clock = LegalClock.objects.get(
        subject_kind="matter", subject_id=matter.pk, state=ClockState.OPEN
    )
    assert (clock.code, clock.started_at) == ("HANDLING", make.at(18, 10).now)
    call_command("verify_histories", stdout=StringIO())


def test_what_was_assessed_together_stays_together(scene):
    row = join(scene, second(scene))
    scene.in_assessment()
    both = list(Allegation.objects.filter(matter=scene.matter).order_by("pk"))
    assert len(both) == 2
    incident = Incident.objects.filter(matter=scene.matter).exclude(pk=both[0].incident_id).get()
    Allegation.objects.create(
        matter=scene.matter,
        incident=incident,
        respondent=both[0].respondent,
        category="FINGER_POSE",
    )
    with pytest.raises(Refused) as refused:
        split(scene, row)
    assert refused.value.refusal.code == "joined_for_good"


def test_what_came_after_the_approval_is_assessed_before_the_plenary_decides(scene):
    scene.in_assessment()
    scene.approved()
    join(scene, second(scene))
    scene.qualified()
    assert code_of(lambda: bring(scene)) == "allegation_not_assessed"
    conclude(scene, after=1)
    bring(scene)
    assert scene.fresh().state == CaseState.PLENARY


def conclude(scene, after):
    """Write a version that covers every allegation of the file, and have it approved."""
    conclusions = tuple(
        ConclusionGiven(
            allegation_id=row.pk, outcomes=(OutcomeClass.NOT_PROVEN,), elements="Unsur contoh."
        )
        for row in Allegation.objects.filter(matter=scene.matter)
    )
    given = AssessmentGiven(
        facts="Fakta contoh.", analysis="Analisis.", conclusions=conclusions, after_version=after
    )
    at = make.at(18, 11)
    version = write_assessment(
        matter_id=scene.matter.pk, given=given, actor=scene.actor("handler"), clock=at
    )
    approve_assessment(
        matter_id=scene.matter.pk, version=version.version, actor=scene.actor("chair"), clock=at
    )


def test_an_allegation_that_the_assessment_misses_cannot_be_decided(scene):
    scene.in_assessment()
    scene.approved()
    item = bring(scene)
    made = scene.allegation
    Allegation.objects.create(
        matter=scene.matter,
        incident=made.incident,
        respondent=made.respondent,
        category="FINGER_POSE",
    )
    assert code_of(lambda: decided(scene, item, 18)) == "allegation_not_assessed"


def bring(scene):
    return bring_to_plenary(
        matter_id=scene.matter.pk,
        proposal="Usul contoh",
        expected_version=None,
        actor=scene.actor("handler"),
        clock=make.at(18, 11),
    )


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value.refusal.code)


def test_files_that_cannot_be_joined_are_refused_with_the_reason(scene):
    report = second(scene)
    elsewhere = make.lodging(office=make.office("35.73"))
    far = lodge_report(given=elsewhere, actor=make.CITIZEN_ACTOR, clock=make.at(17, 9))
    about = make.lodging(contest=make.contest())
    foreign = lodge_report(given=about, actor=make.CITIZEN_ACTOR, clock=make.at(17, 9))
    assert code_of(lambda: join(scene, scene.report, into=report.matter)) == "join_is_a_case"
    assert code_of(lambda: join(scene, report, reason=" ")) == "reason_needed"
    assert code_of(lambda: join(scene, report, who="intake")) == "not_yours"
    assert code_of(lambda: join(scene, far)) == "not_yours"
    assert code_of(lambda: join(scene, report, into=report.matter)) == "no_other_file"
    assert code_of(lambda: join(scene, foreign)) == "other_election"
    row = join(scene, report)
    assert code_of(lambda: split(scene, row, who="intake")) == "not_yours"
    split(scene, row)
    assert code_of(lambda: split(scene, row)) == "already_decided"


def test_a_decided_case_is_not_over_for_a_joined_report_that_is_still_reviewed(scene):
    came = scene.reviewed(another(scene))
    join(scene, came)
    scene.in_assessment()
    conclude(scene, after=0)
    decided(scene, bring(scene), 18)
    assert code_of(lambda: scene.step(CaseAction.CLOSE, clock=make.at(19, 9))) == "entries_open"
    # A case closed before this was asked.
    Matter.objects.filter(pk=scene.matter.pk).update(
        state=CaseState.CLOSED, closed_at=make.at(19, 9).now
    )
    assert not may_erase(scene.fresh())


@pytest.mark.parametrize("state", [CaseState.DECIDED, CaseState.CLOSED])
def test_nothing_is_registered_into_a_case_that_is_over(scene, state):
    came = scene.reviewed(another(scene))
    join(scene, came)
    Matter.objects.filter(pk=scene.matter.pk).update(
        state=state,
        decided_at=make.at(18, 10).now,
        closed_at=make.at(18, 10).now if state == CaseState.CLOSED else None,
    )
    register = (came, ReportAction.REGISTER, make.at(18, 11), make.at(18, 11))
    assert code_of(lambda: scene.adopted(*register)) == "case_over"
    came.refresh_from_db()
    assert (came.state, came.register_number) == (ReportState.INITIAL_REVIEW, "")
    Matter.objects.filter(pk=scene.matter.pk).update(state=CaseState.ASSESSMENT, closed_at=None)
    item = came.agenda_items.get()
    decide_by_coordination(
        item_id=item.pk, decision="Setuju", actor=scene.actor("chair"), clock=make.at(18, 11)
    )
    came.refresh_from_db()
    assert came.state == ReportState.REGISTERED


@pytest.mark.parametrize("own", ["never", "later"])
def test_a_case_that_the_joined_report_began_keeps_that_report(scene, own):
    first, came = scene.reviewed(another(scene)), scene.reviewed(another(scene))
    row = join(scene, came, into=first.matter)
    scene.adopted(came, ReportAction.REGISTER, make.at(18, 10), make.at(18, 10))
    if own == "later":
        scene.adopted(first, ReportAction.REGISTER, make.at(18, 11), make.at(18, 11))
    assert code_of(lambda: split(scene, row)) == "split_takes_registration"
    came.refresh_from_db()
    assert came.matter_id == first.matter_id


def test_a_case_that_its_own_report_began_gives_a_registered_one_back(scene):
    first, came = scene.reviewed(another(scene)), scene.reviewed(another(scene))
    row = join(scene, came, into=first.matter)
    scene.adopted(first, ReportAction.REGISTER, make.at(18, 10), make.at(18, 10))
    scene.adopted(came, ReportAction.REGISTER, make.at(18, 11), make.at(18, 11))
    split(scene, row)
    handled = LegalClock.objects.filter(code="HANDLING", state=ClockState.OPEN)
    began = dict(handled.values_list("subject_id", "started_at"))
    assert began[first.matter_id] == make.at(18, 10).now
    assert began[row.matter_id] == make.at(18, 11).now


def test_a_file_about_which_a_plenary_is_to_decide_stays_until_it_has_decided(scene):
    report = second(scene)
    above = make.actor("Anggota provinsi", "commissioner", office=make.office(PROVINCE))
    item = propose_takeover(
        matter=report.matter, reason="Kuorum tidak tercapai.", actor=above, clock=make.at(17, 11)
    )
    assert code_of(lambda: join(scene, report)) == "join_busy"
    item.refresh_from_db()
    assert item.matter_id == report.matter_id


def test_what_is_to_be_decided_about_a_report_goes_along_with_it(scene):
    report = second(scene)
    item = propose_item(
        matter=report.matter,
        proposal=Proposal(
            kind=PlenaryMatter.INITIAL_REVIEW_OUTCOME,
            action=ReportAction.DECLINE,
            text="Usul contoh",
            report=report,
        ),
        actor=scene.actor("handler"),
        clock=make.at(17, 11),
    )
    join(scene, report)
    item.refresh_from_db()
    assert item.matter_id == scene.matter.pk


def test_whom_a_relation_ties_to_the_second_respondent_finds_neither_file(scene):
    report = second(scene)
    unit = make.unit("Kelurahan Kerabat")
    report.parties.filter(kind="RESPONDENT").update(unit=unit, agency=unit.agency)
    Party.objects.filter(matter=report.matter, kind="RESPONDENT").update(unit=unit)
    row = join(scene, report)
    Relation.objects.create(
        user=scene.people["second"], unit=unit, kind=RelationKind.values[0],
        declared_at=make.at(18, 9).now, declared_by=scene.people["chair"],
        valid_from=date(2025, 1, 1),
    )  # fmt: skip
    tied = scene.client("second")
    assert tied.get(url("case", scene.matter.public_id)).status_code == 404
    cover = tied.get(url("case", row.matter.public_id)).content.decode()
    assert "Lurah contoh" not in cover
    assert tied.get(url("case_split", scene.matter.public_id, row.public_id)).status_code == 404


def test_an_officer_finds_joins_and_splits_in_the_browser(scene):
    like = second(
        scene,
        account="Lurah tjontoh berfoto dengan pose dua jari.",
        respondents=(RespondentGiven(name="Lurah Tjontoh", unit_text="Kelurahan Contoh"),),
    )
    tip = make.lodging(
        contest=scene.matter.contest, reporter=None, account="Spanduk di jalan raya.",
        respondents=(RespondentGiven(name="Kepala sekolah lain"),),
        incidents=(IncidentGiven(from_on=date(2025, 5, 1), place="Jalan contoh"),),
    )  # fmt: skip
    other = record_tip(given=tip, actor=make.CITIZEN_ACTOR, clock=make.at(17, 9))
    browser = scene.client("handler")
    part = browser.get(url("case_part", scene.matter.public_id, "peristiwa-sama")).content.decode()
    address = url("case_join", scene.matter.public_id, like.matter.public_id)
    assert address in part
    assert "nama terlapor mirip (100%); nama instansi mirip; waktu kejadian yang sama" in part
    assert other.matter.public_id not in part
    entry = browser.get(url("report", like.public_id)).content.decode()
    assert f'hx-get="{url("case_part", like.matter.public_id, "peristiwa-sama")}"' in entry
    looked = url("case_candidates", scene.matter.public_id)
    searched = browser.get(looked, {"nomor": other.receipt_number}).content.decode()
    assert url("case_join", scene.matter.public_id, other.matter.public_id) in searched
    assert "Tidak ada berkas kantor ini" in browser.get(looked, {"nomor": "x"}).content.decode()
    assert browser.post(address, {"alasan": ""}).status_code == 422
    # From the younger file it goes the same way: a case stays.
    back = url("case_join", like.matter.public_id, scene.matter.public_id)
    assert f"masuk ke “{scene.matter.title}”" in browser.get(back).content.decode()
    assert browser.post(address, {"alasan": "Foto yang sama"}).status_code == 302
    row = MatterJoin.objects.get()
    assert browser.post(address, {"alasan": "Sekali lagi"}).status_code == 404
    part = browser.get(url("case_part", scene.matter.public_id, "peristiwa-sama")).content.decode()
    away = url("case_split", scene.matter.public_id, row.public_id)
    assert ("Foto yang sama" in part, away in part) == (True, True)
    cover = browser.get(url("case", row.matter.public_id)).content.decode()
    assert "Berkas ini digabung ke berkas lain" in cover
    assert url("case_announce", row.matter.public_id) not in cover
    assert stranger("35.73").get(away).status_code == 404
    assert browser.post(away, {"alasan": "Dua peristiwa"}).status_code == 302
    assert browser.get(away).status_code == 404
    like.refresh_from_db()
    assert like.matter_id == row.matter_id


def test_the_search_for_alike_files_costs_the_same_for_one_and_for_many(
    scene, django_assert_max_num_queries
):
    second(scene)
    browser = scene.client("handler")
    address = url("case_part", scene.matter.public_id, "peristiwa-sama")
    browser.get(address)
    with django_assert_max_num_queries(20) as one:
        browser.get(address)
    second(scene)
    second(scene)
    with django_assert_max_num_queries(20) as three:
        browser.get(address)
    assert len(one) == len(three)


DAYS = ((date(2025, 6, 14), date(2025, 6, 14)),)
FACTS = EventFacts(
    names=("Soedirman contoh",), units=frozenset({7}), days=DAYS, accounts=("pose dua jari",)
)


@pytest.mark.parametrize(
    ("other", "enough"),
    [
        (EventFacts(names=("Sudirman contoh",), days=DAYS), True),
        (EventFacts(names=("Sudirman contoh",)), False),
        (EventFacts(units=frozenset({7}), days=DAYS), True),
        (EventFacts(days=DAYS), False),
        (EventFacts(names=("Sudirman contoh",), days=DAYS, agencies=frozenset({2})), True),
        (EventFacts(names=("Orang lain",), units=frozenset({8}), days=DAYS), False),
        (
            EventFacts(
                names=("Sudirman contoh",), days=((date(2025, 1, 1), date(2025, 1, 2)),),
                units=frozenset({7}),
            ),
            True,
        ),
    ],
)  # fmt: skip
def test_one_likeness_alone_is_never_enough(other, enough):
    assert likeness(FACTS, other).is_enough is enough


def test_the_same_name_at_another_workplace_is_another_person():
    here = EventFacts(names=("Camat contoh",), agency_names=("Dinas Pendidikan",), days=DAYS)
    there = EventFacts(names=("Camat contoh",), agency_names=("Kecamatan Pesantren",), days=DAYS)
    assert (likeness(here, here).is_enough, likeness(here, there).is_enough) == (True, False)


def test_old_and_new_spellings_are_one_name():
    assert name_likeness("Soedirman", "Sudirman") == 1.0
    assert name_likeness("Soedirman", "Hartono") == 0.0
