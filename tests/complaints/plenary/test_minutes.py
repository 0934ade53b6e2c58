"""What the minutes of a plenary say, and what an extract of them keeps to itself."""

import pytest
from django.utils import translation

from complaints.codes import Ballot, MeetingMode
from complaints.models import AgendaItem, AllegationResult, PlenaryMeeting
from complaints.services.bring_to_plenary import bring_to_plenary
from complaints.services.close_meeting import close_meeting
from complaints.services.decide_item import decide_item
from complaints.services.lodging import RespondentGiven
from complaints.services.open_meeting import open_meeting
from complaints.services.plan_meeting import MeetingPlan, plan_meeting
from complaints.services.set_results import ResultGiven, set_results
from complaints.services.take_items import take_items
from complaints.services.vote import BallotGiven, cast_votes, recuse
from neutrality.casework.models import ClockState, LegalClock
from neutrality.casework.refusals import Refused
from neutrality.documents.models import Document
from neutrality.documents.opening import pdf_bytes
from neutrality.law.codes import OutcomeClass
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene, at, url
from tests.documents.test_rendering import text_of

pytestmark = pytest.mark.django_db
AWAY = "Anggota bertugas di luar kota."
DISSENT = "Menurut saya unsur keberpihakan belum lengkap."
OF_ANOTHER = ("Camat Zorgval", "Kecamatan Xyqwert", "Usul Brzmqk", "Setuju Vlopsk")


def brought(scene):
    """The result of the case on the agenda: two classes at once for its allegation."""
    scene.in_assessment()
    scene.approved()
    item = bring_to_plenary(
        matter_id=scene.matter.pk,
        proposal="Diteruskan ke dua penerima",
        expected_version=None,
        actor=scene.actor("handler"),
        clock=make.at(18, 10),
    )
    given = ResultGiven(
        allegation_id=scene.allegation.pk,
        outcomes=(OutcomeClass.ASN_LAW, OutcomeClass.ETHICS),
        reason="Terlapor juga anggota panitia.",
    )
    return set_results(
        item_id=item.pk, results=(given,), actor=scene.actor("handler"), clock=make.at(18, 10)
    )


def coordinated():
    """Another file of the office, which its coordinator let register and the plenary has to ratify."""
    respondent = RespondentGiven(name=OF_ANOTHER[0], subject_kind="PNS", unit_text=OF_ANOTHER[1])
    item = Scene(respondents=(respondent,)).first_item
    AgendaItem.objects.filter(pk=item.pk).update(proposal=OF_ANOTHER[2], decision=OF_ANOTHER[3])
    return item


def circular(scene, items, *, reason=AWAY):
    plan = MeetingPlan(
        planned_at=make.at(18, 13).now, mode=MeetingMode.CIRCULAR, mode_reason=reason
    )
    chair = scene.actor("chair")
    meeting = plan_meeting(office=scene.office, plan=plan, actor=chair, clock=make.at(18, 12))
    take_items(
        meeting_id=meeting.pk,
        item_ids=[row.pk for row in items],
        actor=chair,
        clock=make.at(18, 12),
    )
    return open_meeting(
        meeting_id=meeting.pk,
        present=[row.pk for row in scene.members],
        chair=scene.members[0].pk,
        actor=chair,
        clock=make.at(18, 13),
    )


def decided(scene, item, *ballots):
    """Whoever may vote votes, and the chair decides."""
    cast_votes(
        item_id=item.pk,
        ballots=[
            BallotGiven(member_id=member.pk, ballot=ballot, dissent=dissent)
            for member, (ballot, dissent) in zip(scene.members, ballots, strict=False)
        ],
        actor=scene.actor("handler"),
        clock=make.at(18, 14),
    )
    decide_item(
        item_id=item.pk, decision="Diteruskan.", actor=scene.actor("chair"), clock=make.at(18, 14)
    )


@pytest.fixture
def closed(db):
    """A circular decision over two files: one dissent, one recusal, one ratification."""
    scene, other = Scene(), coordinated()
    item = brought(scene)
    meeting = circular(scene, [item, other])
    agree = (Ballot.FOR, "")
    decided(scene, item, agree, agree, (Ballot.AGAINST, DISSENT))
    recuse(
        item_id=other.pk,
        member_id=scene.members[2].pk,
        reason="Kerabat terlapor",
        actor=scene.actor("member_c"),
        clock=make.at(18, 14),
    )
    decided(scene, other, agree, agree)
    with translation.override("en"):  # who closes it reads pages in English
        close_meeting(meeting_id=meeting.pk, actor=scene.actor("chair"), clock=make.at(18, 15))
    return scene


def test_why_the_members_do_not_meet_must_be_said():
    scene = Scene()
    with pytest.raises(Refused, match=r"^mode_needs_reason$"):
        circular(scene, [], reason=" ")


def test_the_minutes_say_how_it_was_decided_who_dissented_and_each_class(closed):
    said = Document.objects.get(role="PLENARY_MINUTES").content
    number = f"001/BA/{closed.office.code_bawaslu}/VI/2025"
    assert (said["meeting_number"], said["mode"], said["place"]) == (number, f"Edaran: {AWAY}", "")
    assert said["quorum"].startswith("3 dari 3 anggota ikut memutus; kuorum 2")
    assert {row["presence"] for row in said["attendance"]} == {"Ikut memutus"}
    signed = [(row["caption"], row["name"]) for row in said["signatories"]]
    assert signed == [
        ("Pimpinan rapat", "Anggota A"),
        ("Anggota", "Anggota B"),
        ("Anggota", "Anggota C"),
    ]
    ratified, result = said["items"]
    assert [(row["name"], row["choice"], row["note"]) for row in result["votes"]] == [
        ("Anggota A", "Setuju", ""),
        ("Anggota B", "Setuju", ""),
        ("Anggota C", "Tidak setuju", DISSENT),
    ]
    decision, of_the_allegation = result["decision"].split("\n")
    assert decision == "Disetujui. Diteruskan."
    assert of_the_allegation.startswith("Terlapor 1 (Lurah contoh): ")
    assert of_the_allegation.endswith(
        "Pelanggaran netralitas ASN; Pelanggaran kode etik penyelenggara."
        " Terlapor juga anggota panitia."
    )
    found = AllegationResult.objects.filter(allegation=closed.allegation, superseded_at=None)
    assert sorted(found.values_list("outcome", flat=True)) == ["ASN_LAW", "ETHICS"]
    assert [row["name"] for row in ratified["votes"]] == ["Anggota A", "Anggota B"]
    assert ratified["recusals"] == ["Anggota C: Kerabat terlapor"]
    assert ratified["deliberation"][1:] == ["Diputus koordinator pada 16-06-2025 13.00."]
    assert ratified["decision"] == f"Disahkan. {OF_ANOTHER[3]}"
    clocks = LegalClock.objects.filter(code="RATIFICATION", subject_id=closed.matter.pk)
    assert clocks.get().state == ClockState.OPEN  # its own registration was not on this agenda
    assert LegalClock.objects.exclude(pk__in=clocks).get(code="RATIFICATION").state == "late"


def test_the_page_of_the_meeting_says_it_too(closed):
    meeting = PlenaryMeeting.objects.get()
    with at(make.at(18, 16)):
        browser = closed.client("member_c")
        page = browser.get(url("meeting", meeting.public_id)).content.decode()
        items = meeting.items.values_list("public_id", flat=True)
        agenda = [browser.get(url("agenda_item", key)).content.decode() for key in items]
    for words in (meeting.number, "Edaran", AWAY, "Ikut memutus", "Anggota A; Anggota B"):
        assert words in page
    assert [DISSENT in shown for shown in agenda].count(True) == 1
    assert ["Kerabat terlapor" in shown for shown in agenda].count(True) == 1


def test_no_word_of_another_matter_stands_in_an_extract(closed):
    whole = Document.objects.get(role="PLENARY_MINUTES")
    extract = Document.objects.get(role="PLENARY_EXTRACT", matter_ref=closed.matter.pk)
    other = Document.objects.exclude(pk=extract.pk).get(role="PLENARY_EXTRACT")
    printed = [
        " ".join(
            text_of(
                pdf_bytes(document=row, actor=closed.actor("chair"), clock=make.at(18, 16))
            ).split()
        )
        for row in (whole, extract)
    ]
    own = other.content["items"][0]
    foreign = (own["matter"], *OF_ANOTHER[2:], "Kerabat terlapor")
    assert [word for word in foreign if word not in printed[0]] == []
    assert [word for word in (*foreign, *OF_ANOTHER) if word in printed[1]] == []
    assert DISSENT in printed[1]
    assert [row["number"] for row in extract.content["items"]] == ["1"]
    assert [row["name"] for row in extract.content["signatories"]] == ["Anggota A"]
