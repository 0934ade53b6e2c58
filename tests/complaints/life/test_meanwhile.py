"""What somebody else does in the midst of an act of ours: nothing is lost, nobody is put off."""

import hashlib
from functools import partial

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from complaints.codes import Ballot, CaseState, ItemOutcome, ReportState
from complaints.models import (
    AgendaItem,
    CalendarFeed,
    Draft,
    Evidence,
    FilingPause,
    Matter,
    Message,
    NumberEntry,
    Party,
    Report,
    Upload,
    Vote,
)
from complaints.selectors.pauses import pause_everywhere
from complaints.services.add_to_matter import add_respondent
from complaints.services.assign_many import Giving, assign_many
from complaints.services.calendar_feed import issue_feed, owner_of
from complaints.services.close_meeting import close_meeting
from complaints.services.coordinate import decide_by_coordination
from complaints.services.evidence_intake import ArrivedFile, take_in_card
from complaints.services.join_files import join_files, split_files
from complaints.services.lodge import lodge_report
from complaints.services.lodging import RespondentGiven
from complaints.services.pause_filing import pause_filing
from complaints.services.propose_item import Proposal, propose_item
from complaints.services.take_items import take_items
from complaints.services.upload_parts import (
    Announced,
    UploadGone,
    begin_upload,
    continue_upload,
    end_upload,
)
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.audit.actor import CITIZEN
from neutrality.casework.clocks import start_clock
from neutrality.casework.engine import apply
from neutrality.casework.models import ClockState, LegalClock
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.elections.models import Contest
from neutrality.law.clock import read_clock
from neutrality.law.codes import ContestKind, PeriodCode, PlenaryMatter
from neutrality.notifications.contacts import NotAsked, ask_contact
from neutrality.notifications.models import Channel, ContactPoint
from neutrality.organisations.models import Office, Region
from neutrality.vault.models import IdentityKind
from neutrality.vault.services import Contacts, seal_identity
from tests.complaints import factories as make
from tests.complaints.case.scene import logged_in, url
from tests.complaints.evidence import files
from tests.complaints.plenary.test_plenary import Scene
from tests.complaints.public.journey import begin, fill
from tests.complaints.public.mailboxes import report_with_code
from tests.meanwhile import cut_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _monday(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(make.at(16, 15).now, tick=False):
        yield


def second(scene, **change):
    """A second report of the same event in a file of its own, as far as the first one."""
    first, given = scene.report, {"contest": scene.report.contest, **change}
    scene.report = lodge_report(
        given=make.lodging(**given), actor=make.CITIZEN_ACTOR, clock=make.at(16, 9)
    )
    intake = make.actor("Penerima contoh", "intake", office=scene.office)
    scene.step(ReportAction.RECEIVE, intake, identity_check="COUNTER")
    scene.step(ReportAction.START_REVIEW, scene.handler)
    for check in first.checks.all():
        check.pk, check.report = None, scene.report
        check.save(force_insert=True)
    report, scene.report = scene.report, first
    return report


def joined(scene, report):
    return join_files(
        matter_id=report.matter_id,
        into_id=scene.report.matter_id,
        reason="Peristiwa yang sama.",
        actor=scene.handler,
        clock=make.at(16, 12),
    )


def propose(scene, report, action=ReportAction.REGISTER):
    report.refresh_from_db()
    return propose_item(
        matter=Matter.objects.get(pk=report.matter_id),
        proposal=Proposal(
            kind=PlenaryMatter.INITIAL_REVIEW_OUTCOME, action=action, text="Usul", report=report
        ),
        actor=scene.handler,
        clock=make.at(16, 13),
    )


class TestCitizen:
    """A person with two tabs, or with one that is slow."""

    def test_a_file_that_is_being_taken_in_goes_along_with_the_report(self, client, tmp_path):
        begin(client)
        fill(client, contest=make.contest().pk)
        path = tmp_path / "kartu"
        path.write_bytes(content := files.picture())
        digest = hashlib.sha256(content).hexdigest()
        card = ArrivedFile("kartu.jpg", path, len(content), digest, [content])
        draft = Draft.objects.get()
        send = partial(client.post, "/lapor/kirim/", {"benar": "on"})
        with cut_in('INSERT INTO "complaints_evidence"', send) as sent:
            take_in_card(file=card, draft_id=draft.pk, actor=CITIZEN, clock=read_clock())
        assert sent.outcome().headers["Location"] == "/lapor/selesai/"
        report = Report.objects.get()
        row = Evidence.objects.get(is_identity=True)
        assert (row.draft_id, row.report_id, row.matter_id) == (None, report.pk, report.matter_id)

    def test_an_upload_that_its_sender_gives_up_at_its_end_is_gone(self, client):
        begin(client)
        content = files.picture()
        upload = begin_upload(
            draft_id=Draft.objects.get().pk,
            announced=Announced("foto.jpg", len(content)),
            clock=read_clock(),
        )
        give_up = partial(end_upload, upload=Upload.objects.get())
        with (
            cut_in('UPDATE "vault_arrival" SET "received"', give_up) as given_up,
            pytest.raises(UploadGone),
        ):
            continue_upload(upload=upload, offset=0, source=[content], clock=read_clock())
        assert given_up.outcome() is None
        assert Evidence.objects.count() == 0

    def test_of_two_tabs_that_ask_for_a_code_at_once_one_is_told_to_wait(self):
        data = make.identity()
        with transaction.atomic():
            sealed = seal_identity(data=data, kind=IdentityKind.REPORTER, clock=read_clock())
        ask = partial(
            ask_contact,
            identity_id=sealed.pk,
            channel=Channel.EMAIL,
            contacts=Contacts(email=data.email),
            clock=read_clock(),
        )
        with cut_in('INSERT INTO "notifications_contactpoint"', ask) as asked:
            ask()
        assert isinstance(asked.outcome(), NotAsked)
        assert ContactPoint.objects.count() == 1

    def test_a_letter_that_came_while_the_officer_wrote_stays_new(self):
        report, phone, _code = report_with_code()
        officer = logged_in(make.user("Staf contoh", "handler", office=report.office))
        page = officer.get(url("report", report.public_id))
        shown = {"sampai": page.context["shown_until"]}
        assert f'name="sampai" value="{shown["sampai"]}"' in page.content.decode()
        with time_machine.travel(make.at(16, 16).now, tick=False):
            phone.post("/lacak/laporan/pesan/", {"pesan": "Ada satu foto lagi."})
            answer = {"pesan": "Terima kasih.", **shown}
            officer.post(url("report_message", report.public_id), answer)
            officer.post(url("report_messages_read", report.public_id), shown)
            assert Message.objects.get(direction="FROM_PARTY").read_at is None
            officer.post(url("report_messages_read", report.public_id))
            assert Message.objects.get(direction="FROM_PARTY").read_at == make.at(16, 16).now
            phone.post("/lacak/laporan/terima/", shown)
            assert Message.objects.get(direction="FROM_OFFICE").read_at is None


class TestOfficers:
    """Two officers of an office."""

    def test_the_votes_of_what_is_decided_stay_when_the_meeting_is_closed(self):
        scene = Scene()
        meeting = scene.meeting()
        item = scene.propose(meeting=meeting)
        scene.vote(item, *[Ballot.FOR] * 3)
        close = partial(
            close_meeting, meeting_id=meeting.pk, actor=scene.chair, clock=make.at(16, 16)
        )
        with cut_in('UPDATE "complaints_agendaitem" SET "outcome"', close) as closed:
            scene.decide(item)
        assert closed.outcome().number
        item.refresh_from_db()
        assert (item.outcome, item.meeting_id) == (ItemOutcome.ADOPTED, meeting.pk)
        assert Vote.objects.filter(item=item).count() == 3

    def test_the_last_of_two_who_ratify_ends_the_clock(self):
        scene = Scene()
        items = [propose(scene, scene.report, action) for action in ("REGISTER", "DECLINE")]
        AgendaItem.objects.update(
            outcome=ItemOutcome.ADOPTED,
            decided_at=make.at(16, 13).now,
            coordinated_at=make.at(16, 13).now,
            coordinated_by=scene.chair.user_id,
        )
        await_ratification(scene)
        meeting, keys = scene.meeting(), [item.pk for item in items]
        take_items(meeting_id=meeting.pk, item_ids=keys, actor=scene.chair, clock=make.at(16, 14))
        for item in items:
            scene.vote(item, *[Ballot.FOR] * 3)
        other = partial(scene.decide, items[1])
        with cut_in('"ratified_at" IS NULL', other) as ratified:
            scene.decide(items[0])
        assert ratified.outcome().ratified_at == make.at(16, 15).now
        assert LegalClock.objects.get(code=PeriodCode.RATIFICATION).state == ClockState.MET
        assert Matter.objects.get(pk=scene.report.matter_id).due_at is None

    def test_two_reports_of_one_file_are_registered_at_once(self):
        scene = Scene()
        report = second(scene, contest=of_the_governor(scene.report.contest))
        joined(scene, report)
        items = [propose(scene, each) for each in (scene.report, report)]

        def register(item):
            return decide_by_coordination(
                item_id=item.pk, decision="", actor=scene.chair, clock=make.at(16, 15)
            )

        other = partial(register, items[1])
        with cut_in('UPDATE "complaints_matter" SET "contest_id"', other) as registered:
            register(items[0])
        assert registered.outcome().outcome == ItemOutcome.ADOPTED
        states = Report.objects.values_list("state", "matter__state").distinct()
        assert list(states) == [(ReportState.REGISTERED, CaseState.REGISTERED)]

    def test_a_file_is_joined_while_its_report_is_received(self):
        scene = Scene()
        given = make.lodging(contest=scene.report.contest)
        report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(16, 9))
        with cut_in('OF "complaints_report"', partial(joined, scene, report)) as join:
            received(scene, report)
        assert join.outcome().into_id == scene.report.matter_id
        report.refresh_from_db()
        number = NumberEntry.objects.get(text=report.number)
        assert {report.matter_id, number.matter_id} == {scene.report.matter_id}

    def test_what_is_proposed_of_a_report_does_not_wait_for_its_step(self):
        scene = Scene()
        given = make.lodging(contest=make.contest())
        report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(16, 9))
        propose_it = partial(propose, scene, report, ReportAction.DECLINE)
        with cut_in('OF "complaints_report"', propose_it) as proposed:
            received(scene, report)
        assert proposed.outcome().report_id == report.pk

    def test_two_batches_in_other_orders_do_not_wait_for_each_other(self):
        scene = Scene()
        reports = [scene.report, second(scene)]
        people = [make.user(f"Staf {name}", "handler", office=scene.office) for name in "AB"]
        first, other = (
            partial(
                assign_many,
                giving=Giving(office=scene.office, things=things, to=to),
                actor=scene.handler,
                clock=make.at(16, 14),
            )
            for things, to in zip((reports, reports[::-1]), people, strict=True)
        )
        with cut_in('OF "complaints_report"', other) as given:
            first()
        assert given.outcome().changes.count() == 2
        assert set(Report.objects.values_list("assignee", flat=True)) == {people[1].pk}

    def test_what_ended_since_it_was_ticked_is_given_to_nobody(self):
        scene = Scene()
        colleague = make.user("Staf lain", "handler", office=scene.office)
        giving = Giving(office=scene.office, things=[scene.report], to=colleague)
        Report.objects.update(state=ReportState.WITHDRAWN)
        with pytest.raises(Refused, match=r"^nothing_to_assign$"):
            assign_many(giving=giving, actor=scene.handler, clock=make.at(16, 14))

    def test_somebody_added_after_a_split_gets_a_name_that_is_free(self):
        scene = Scene()
        joins = [joined(scene, second(scene)) for _file in range(2)]
        split_files(join_id=joins[0].pk, reason="Lain.", actor=scene.handler, clock=make.at(16, 14))
        added = add_respondent(
            matter=scene.report.matter,
            given=RespondentGiven(name="Camat contoh"),
            actor=scene.handler,
            clock=make.at(16, 15),
        )
        assert added.alias == "Terlapor 2"
        aliases = Party.objects.filter(matter=scene.report.matter, kind="RESPONDENT")
        assert sorted(aliases.values_list("alias", flat=True)) == [
            "Terlapor 1",
            "Terlapor 2",
            "Terlapor 3",
        ]

    def test_of_two_calendar_addresses_made_at_once_the_later_one_holds(self):
        scene = Scene()
        make_one = partial(issue_feed, actor=scene.handler, clock=make.at(16, 14))
        with cut_in('INSERT INTO "complaints_calendarfeed"', make_one) as made:
            first = make_one()
        assert [owner_of(token=each) is None for each in (first, made.outcome())] == [True, False]
        assert CalendarFeed.objects.filter(revoked_at=None).count() == 1

    def test_of_two_who_pause_filing_at_once_the_later_sentence_holds(self):
        nation = Office.objects.get(path="RI")
        head = make.actor("Ketua contoh", "supervisor", office=nation)

        def pause(sentence):
            return pause_filing(
                office=nation,
                sentence=sentence,
                sentence_en="Closed.",
                ends_at=None,
                actor=head,
                clock=make.at(16, 14),
            )

        with cut_in('INSERT INTO "complaints_filingpause"', partial(pause, "Banjir.")) as paused:
            pause("Listrik padam.")
        assert paused.outcome().sentence == "Banjir."
        assert FilingPause.objects.get(lifted_at=None).sentence == "Banjir."

    def test_a_page_that_looked_before_filing_was_paused_hides_the_pause_from_nobody(self):
        nation = Office.objects.get(path="RI")
        pause = partial(
            pause_filing,
            office=nation,
            sentence="Banjir.",
            sentence_en="Flood.",
            ends_at=None,
            actor=make.actor("Ketua contoh", "supervisor", office=nation),
            clock=make.at(16, 14),
        )
        with cut_in('FROM "complaints_filingpause"', pause) as paused:
            assert pause_everywhere(clock=read_clock()) is None
        assert paused.outcome().sentence == "Banjir."
        assert pause_everywhere(clock=read_clock()).sentence == "Banjir."
        assert Client().post("/lapor/mulai/", {"cara": "nama"}).status_code == 503


def of_the_governor(contest):
    """Another contest of the same election, whose reports are numbered apart."""
    return Contest.objects.create(
        election=contest.election,
        kind=ContestKind.GOVERNOR,
        region=Region.objects.get(code="35"),
        name="Gubernur Contoh",
        number_code="PG",
        number_code_certainty=contest.number_code_certainty,
        candidates_determined_on=contest.candidates_determined_on,
    )


def received(scene, report):
    apply(
        workflow=REPORT,
        action=ReportAction.RECEIVE,
        subject_id=report.pk,
        actor=make.actor("Penerima contoh", "intake", office=scene.office),
        clock=make.at(16, 14),
        context=StepContext(data={"identity_check": "COUNTER"}),
    )


def await_ratification(scene):
    adapter = REPORT.adapter
    with transaction.atomic():
        start_clock(
            rule=adapter.rulebook(scene.report, make.at(16, 13)).period(PeriodCode.RATIFICATION),
            subject=scene.report.matter.ref(),
            organisation=scene.office.ref(),
            calendar=adapter.calendar(scene.report),
            started_at=make.at(16, 13).now,
        )
