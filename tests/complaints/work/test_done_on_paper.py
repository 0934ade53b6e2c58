"""What was done on paper while the power was out is entered later, and stands at its own time."""

import pytest

from complaints.codes import Ballot, CaseState, NumberState
from complaints.models import AllegationResult, ClarificationSession, NumberEntry, PlenaryMeeting
from complaints.services.afterwards import Afterwards
from complaints.services.bring_to_plenary import bring_to_plenary
from complaints.services.decide_item import decide_item
from complaints.services.numbering import reserve_block
from complaints.workflow.actions import CaseAction
from neutrality.casework.models import ClockState, LegalClock, Step
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import SourceDocument
from neutrality.documents.models import Document
from neutrality.law.codes import PeriodCode, RegisterKind
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene, at, local_input, url
from tests.complaints.plenary.test_plenary import Scene as Review
from tests.complaints.staff.scene import words

pytestmark = pytest.mark.django_db
THAT_DAY, NEXT_DAY = make.at(19, 15), make.at(20, 9)


def post(scene, name, subject, given, who="chair"):
    return scene.client(who).post(url(name, subject.public_id), given)


def opened(scene, item, **time):
    """The meeting of Thursday afternoon, written down by candlelight, as it is entered."""
    plan = {
        "kantor": scene.office.pk,
        "waktu": local_input(make.at(19, 14).now),
        "cara": "PRESENT",
        "tempat": "Ruang rapat contoh",
    }
    assert scene.client("chair").post(url("meeting_plan"), plan).status_code == 422
    scene.client("chair").post(url("meeting_plan"), {**plan, "sudah": "on"})
    meeting = PlenaryMeeting.objects.get()
    present = {"hadir": [row.pk for row in scene.members], "ketua": scene.members[0].pk, **time}
    assert post(scene, "meeting_open", meeting, present).status_code == 302
    post(scene, "meeting_take", meeting, {"butir": [item.public_id]})
    votes = {f"suara-suara_{row.pk}": Ballot.FOR for row in scene.members}
    assert post(scene, "agenda_votes", item, votes).status_code == 302
    return meeting


def test_a_meeting_of_the_last_day_without_power_decides_in_time():
    scene = Scene()
    scene.in_assessment()
    scene.approved()
    item = bring_to_plenary(
        matter_id=scene.matter.pk,
        proposal="Diteruskan ke BKN",
        expected_version=scene.fresh().version,
        actor=scene.actor("handler"),
        clock=make.at(18, 11),
    )
    with at(NEXT_DAY):
        meeting = opened(scene, item, waktu=local_input(make.at(19, 14).now))
        decision = {"putusan-keputusan": "Diteruskan."}
        assert "Isi kapan ini terjadi." in words(post(scene, "agenda_decide", item, decision))
        early = {**decision, "putusan-waktu": local_input(make.at(19, 13).now)}
        assert "mendahului pembukaan" in words(post(scene, "agenda_decide", item, early))
        given = {**decision, "putusan-waktu": local_input(THAT_DAY.now)}
        assert post(scene, "agenda_decide", item, given).status_code == 302
        post(scene, "meeting_close", meeting, {})
        page = words(scene.client("chair").get(url("meeting", meeting.public_id)))
    assert "Dicatat menyusul Jumat, 20 Juni 2025 pukul 09.00" in page
    assert scene.fresh().state == CaseState.DECIDED
    clock = LegalClock.objects.get(subject_id=scene.matter.pk, code=PeriodCode.HANDLING)
    assert (clock.state, clock.stopped_at) == (ClockState.MET, THAT_DAY.now)
    assert clock.due_at < NEXT_DAY.now
    step = Step.objects.get(subject_id=scene.matter.pk, action=CaseAction.DECIDE)
    assert (step.occurred_at, step.recorded_at) == (THAT_DAY.now, NEXT_DAY.now)
    assert AllegationResult.objects.get().decided_at == THAT_DAY.now
    (paper,) = Document.objects.filter(role="PLENARY_MINUTES")
    assert paper.content["mode"].endswith("dicatat menyusul pada 20-06-2025 09.00")
    assert paper.content["ended_at"].startswith("Kamis, 19 Juni 2025, pukul 15.00")


def test_beyond_the_tolerance_paper_and_second_person_stand_for_it_with_the_number_given_then():
    scene = Review()
    (number,) = reserve_block(
        kind=RegisterKind.REG_LP,
        office=scene.office,
        contest=scene.report.contest,
        amount=1,
        reason="Pemadaman listrik.",
        actor=scene.handler,
        clock=make.at(16, 9),
    )
    item = scene.propose(meeting=scene.meeting())
    scene.vote(item, Ballot.FOR, Ballot.FOR, Ballot.FOR)

    def decide(**given):
        return decide_item(
            item_id=item.pk,
            decision="Diregistrasi.",
            actor=scene.chair,
            clock=make.at(20, 9),
            given=Afterwards(occurred_at=make.at(16, 15).now, **given),
        )

    with pytest.raises(Refused, match=r"^backdated_reason_needed$"):
        decide()
    with pytest.raises(Refused, match=r"^backdated_source_needed$"):
        decide(reason="Listrik padam.")
    paper = SourceDocument(number="BA/1", dated_on=make.at(16).now.date())
    whole = {"reason": "Listrik padam.", "source": paper, "numbers": {"paper_number": number}}
    with pytest.raises(Refused, match=r"^second_person_is_first$"):
        decide(**whole, second_person=scene.chair)
    decide(**whole, second_person=scene.members[1])
    scene.report.refresh_from_db()
    assert scene.report.register_number == number
    assert scene.report.registered_at == make.at(16, 15).now
    assert NumberEntry.objects.get(text=number).state == NumberState.ISSUED
    step = Step.objects.get(subject_kind="report", action="REGISTER")
    assert (step.source_number, step.second_person_id) == ("BA/1", scene.members[1].user_id)
    assert step.reason == "Diregistrasi.\nListrik padam."


def test_the_page_asks_for_the_second_person_only_where_the_day_lies_far_back():
    scene = Scene()
    scene.in_assessment()
    planned = scene.session().session
    oath = {"hadir-sumpah": "SWORN", "hadir-catatan": "Islam"}
    with at(make.at(24, 9)):
        page = words(scene.client("handler").get(url("session", planned.public_id)))
        assert "Kapan ini terjadi?" in page
        assert "Orang kedua" not in page
        far = {**oath, "hadir-waktu": local_input(make.at(19, 9).now)}
        assert "Orang kedua yang menyetujui" in words(
            post(scene, "session_hold", planned, far, who="handler")
        )
        full = {
            **far,
            "hadir-alasan_menyusul": "Jaringan padam empat hari.",
            "hadir-nomor_surat": "BA/2",
            "hadir-tanggal_surat": "2025-06-19",
            "hadir-orang_kedua": scene.people["second"].pk,
            "hadir-sandi_orang_kedua": "sandi-contoh",
        }
        early = {**full, "hadir-waktu": local_input(make.at(17, 8).now)}
        assert "mendahului undangannya" in words(
            post(scene, "session_hold", planned, early, who="handler")
        )
        assert post(scene, "session_hold", planned, full, who="handler").status_code == 302
        line = {"nomor": 1, "tanya": "Siapa nama Anda?", "jawab": "Lurah contoh", "tanda": ""}
        post(scene, "session_minutes", planned, line, who="handler")
        said = {"sah-dibacakan": "on", "sah-selesai": local_input(make.at(19, 11).now)}
        assert post(scene, "session_confirm", planned, said, who="handler").status_code == 302
    assert ClarificationSession.objects.get().held_at == make.at(19, 9).now
    minutes = Document.objects.filter(role="CLARIFICATION_MINUTES").latest("pk")
    assert minutes.content["held_at"].startswith("Kamis, 19 Juni 2025, pukul 09.00")
    assert minutes.content["ended_at"].startswith("Kamis, 19 Juni 2025, pukul 11.00")
