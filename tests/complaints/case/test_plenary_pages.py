"""The plenary in the browser, from the plan to the minutes."""

import pytest
import time_machine

from complaints.codes import CaseState, ItemOutcome, MeetingState
from complaints.models import AgendaItem, AllegationResult, PlenaryMeeting, Recusal, Vote
from complaints.services.bring_to_plenary import bring_to_plenary
from neutrality.casework.models import ClockState, LegalClock
from neutrality.documents.models import Document
from tests.complaints import factories as make
from tests.complaints.case.scene import FOREIGN, NEIGHBOUR, Scene, local_input, stranger, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(make.at(18, 11).now, tick=False):
        yield


@pytest.fixture
def scene():
    return Scene()


@pytest.fixture
def before_plenary(scene):
    scene.in_assessment()
    scene.approved()
    item = bring_to_plenary(
        matter_id=scene.matter.pk,
        proposal="Diteruskan ke BKN",
        expected_version=scene.fresh().version,
        actor=scene.actor("handler"),
        clock=make.at(18, 10),
    )
    scene.item = item
    return scene


def planned(scene, who="chair", **change):
    given = {
        "kantor": scene.office.pk,
        "waktu": local_input(make.at(18, 14).now),
        "cara": "PRESENT",
        "tempat": "Ruang rapat contoh",
        **change,
    }
    return scene.client(who).post(url("meeting_plan"), given)


def meeting(scene):
    assert planned(scene).status_code == 302
    return PlenaryMeeting.objects.get()


def opened(scene, *people):
    found = meeting(scene)
    there = people or scene.members
    answer = scene.client("chair").post(
        url("meeting_open", found.public_id),
        {"hadir": [row.pk for row in there], "ketua": there[0].pk},
    )
    assert answer.status_code == 302
    return found


def on_agenda(scene, item):
    found = opened(scene)
    answer = scene.client("chair").post(
        url("meeting_take", found.public_id), {"butir": [item.public_id]}
    )
    assert answer.status_code == 302
    return found


def ballots(scene, *votes):
    given = {f"suara-suara_{row.pk}": vote for row, vote in zip(scene.members, votes, strict=True)}
    given |= {f"suara-pendapat_{row.pk}": "" for row in scene.members}
    return scene.client("chair").post(url("agenda_votes", scene.item.public_id), given)


def decided(scene, who="chair"):
    return scene.client(who).post(
        url("agenda_decide", scene.item.public_id), {"putusan-keputusan": "Diteruskan."}
    )


def test_the_list_shows_what_waits_and_what_must_be_ratified(before_plenary):
    page = before_plenary.client("handler").get(url("meetings")).content.decode()
    assert page.count(before_plenary.matter.title) == 2
    assert "Menunggu pengesahan" in page
    assert "Belum ada rapat pleno." in page


def test_a_planned_meeting_keeps_its_quorum_with_the_basis(scene):
    found = meeting(scene)
    page = scene.client("handler").get(url("meeting", found.public_id)).content.decode()
    assert found.quorum_basis in page
    assert found.planned_at == make.at(18, 14).now


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"cara": "ONLINE"}, "Tuliskan mengapa rapat tidak tatap muka."),
        ({"waktu": "2025-06-18T08:00"}, "Waktu rapat harus setelah waktu sekarang."),
        ({"waktu": "besok"}, "Tulis tanggal dan jam yang benar"),
        ({"waktu": "0001-01-01T00:00"}, "Tulis tanggal dan jam yang benar"),
        ({"kantor": "999999"}, "Masukkan pilihan yang valid"),
    ],
)
def test_a_bad_plan_comes_back_with_what_was_typed(scene, change, sentence):
    answer = planned(scene, **change)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "Ruang rapat contoh" in page


def test_an_empty_plan_is_refused(scene):
    assert scene.client("chair").post(url("meeting_plan"), {}).status_code == 422


def test_without_quorum_the_meeting_does_not_open(scene):
    found = meeting(scene)
    given = {"hadir": [scene.members[0].pk], "ketua": scene.members[0].pk}
    answer = scene.client("chair").post(url("meeting_open", found.public_id), given)
    assert answer.status_code == 422
    assert "Kuorum belum tercapai" in answer.content.decode()
    found.refresh_from_db()
    assert found.state == MeetingState.PLANNED


def test_the_quorum_is_counted_while_members_are_ticked(scene):
    found = meeting(scene)
    browser, address = scene.client("handler"), url("meeting_quorum", found.public_id)
    one = browser.get(address, {"hadir": [scene.members[0].pk]}).content.decode()
    all_ = browser.get(address, {"hadir": [row.pk for row in scene.members]}).content.decode()
    assert ("kuorum belum tercapai" in one, "kuorum tercapai" in all_) == (True, True)


def test_a_chair_who_is_not_there_is_refused(scene):
    found = meeting(scene)
    given = {
        "hadir": [row.pk for row in scene.members[:2]],
        "ketua": scene.members[2].pk,
    }
    answer = scene.client("chair").post(url("meeting_open", found.public_id), given)
    assert answer.status_code == 422
    assert "Pemimpin rapat harus hadir." in answer.content.decode()


def test_a_cancelled_meeting_gives_its_items_back(before_plenary):
    found = meeting(before_plenary)
    browser = before_plenary.client("chair")
    browser.post(url("meeting_take", found.public_id), {"butir": [before_plenary.item.public_id]})
    assert browser.post(url("meeting_cancel", found.public_id), {}).status_code == 422
    answer = browser.post(url("meeting_cancel", found.public_id), {"alasan": "Listrik padam"})
    assert answer.status_code == 302
    found.refresh_from_db()
    before_plenary.item.refresh_from_db()
    assert (found.state, found.cancel_reason) == (MeetingState.CANCELLED, "Listrik padam")
    assert before_plenary.item.meeting is None
    again = browser.post(url("meeting_cancel", found.public_id), {"alasan": "Sekali lagi"})
    assert again.status_code == 409


def test_an_adopted_result_decides_the_case_at_once(before_plenary):
    scene = before_plenary
    on_agenda(scene, scene.item)
    assert ballots(scene, "FOR", "FOR", "AGAINST").status_code == 302
    assert decided(scene).status_code == 302
    scene.item.refresh_from_db()
    assert (scene.item.outcome, scene.fresh().state) == (ItemOutcome.ADOPTED, CaseState.DECIDED)
    assert AllegationResult.objects.get().outcome == "ASN_LAW"


def test_missing_votes_are_said_beside_the_decision(before_plenary):
    scene = before_plenary
    on_agenda(scene, scene.item)
    ballots(scene, "FOR", "FOR", "")
    answer = decided(scene)
    assert answer.status_code == 422
    assert "Masih ada anggota yang belum memberi suara." in answer.content.decode()


def test_a_second_decision_comes_too_late(before_plenary):
    scene = before_plenary
    on_agenda(scene, scene.item)
    ballots(scene, "FOR", "FOR", "FOR")
    decided(scene)
    answer = decided(scene, "member_b")
    assert answer.status_code == 409
    assert "Mata acara ini sudah diputuskan." in answer.content.decode()
    assert "Yang berubah sejak halaman Anda dibuka" in answer.content.decode()


def test_a_member_who_stands_aside_is_not_asked_for_a_vote(before_plenary):
    scene = before_plenary
    on_agenda(scene, scene.item)
    aside = scene.members[2]
    given = {"mundur-anggota": aside.pk, "mundur-alasan": "Kerabat terlapor"}
    answer = scene.client("member_c").post(url("agenda_recuse", scene.item.public_id), given)
    assert answer.status_code == 302
    assert Recusal.objects.get().reason == "Kerabat terlapor"
    page = scene.client("chair").get(url("agenda_item", scene.item.public_id)).content.decode()
    assert f"suara-suara_{aside.pk}" not in page
    assert "Kerabat terlapor" in page


def test_new_results_take_the_votes_for_the_old_ones_away(before_plenary):
    scene = before_plenary
    on_agenda(scene, scene.item)
    ballots(scene, "FOR", "FOR", "FOR")
    pk = scene.allegation.pk
    given = {
        f"hasil-hasil_{pk}": ["ASN_LAW", "ETHICS"],
        f"hasil-alasan_{pk}": "Dua aturan sekaligus",
    }
    answer = scene.client("handler").post(url("agenda_results", scene.item.public_id), given)
    assert answer.status_code == 302
    scene.item.refresh_from_db()
    (row,) = scene.item.payload["results"]
    assert row["outcomes"] == ["ASN_LAW", "ETHICS"]
    assert Vote.objects.count() == 0


@pytest.mark.parametrize("chosen", [[], ["NOT_PROVEN", "ASN_LAW"], ["NOTHING"]])
def test_results_that_cannot_be_are_refused(before_plenary, chosen):
    scene = before_plenary
    pk = scene.allegation.pk
    given = {f"hasil-hasil_{pk}": chosen, f"hasil-alasan_{pk}": ""}
    answer = scene.client("handler").post(url("agenda_results", scene.item.public_id), given)
    assert answer.status_code == 422


def test_a_coordinators_decision_is_ratified_in_the_meeting(scene):
    scene.item = scene.first_item
    on_agenda(scene, scene.item)
    ballots(scene, "FOR", "FOR", "FOR")
    assert decided(scene).status_code == 302
    scene.item.refresh_from_db()
    assert scene.item.ratified_at == make.at(18, 11).now
    assert LegalClock.objects.get(code="RATIFICATION").state == ClockState.LATE


def test_closing_links_minutes_and_extract(before_plenary):
    scene = before_plenary
    found = on_agenda(scene, scene.item)
    ballots(scene, "FOR", "FOR", "FOR")
    decided(scene)
    browser = scene.client("chair")
    assert browser.post(url("meeting_close", found.public_id)).status_code == 302
    page = browser.get(url("meeting", found.public_id)).content.decode()
    for paper in Document.objects.filter(role__startswith="PLENARY"):
        assert url("document", paper.public_id) in page
    assert browser.post(url("meeting_close", found.public_id)).status_code == 409


@pytest.mark.parametrize("code", [NEIGHBOUR, FOREIGN])
def test_other_offices_find_no_meeting_and_no_item(before_plenary, code):
    scene = before_plenary
    found = on_agenda(scene, scene.item)
    browser = stranger(code, "commissioner")
    item = scene.item.public_id
    for address in (url("meeting", found.public_id), url("agenda_item", item)):
        assert browser.get(address).status_code == 404
    for name in ("agenda_decide", "agenda_votes", "agenda_recuse", "agenda_results"):
        assert browser.post(url(name, item), {}).status_code == 404
    for name in ("meeting_take", "meeting_open", "meeting_cancel", "meeting_close"):
        assert browser.post(url(name, found.public_id), {}).status_code == 404
    assert scene.matter.title not in browser.get(url("meetings")).content.decode()


def test_intake_reads_but_does_not_decide(before_plenary):
    scene = before_plenary
    found = on_agenda(scene, scene.item)
    browser = scene.client("intake")
    assert browser.get(url("meeting", found.public_id)).status_code == 200
    assert browser.get(url("agenda_item", scene.item.public_id)).status_code == 200
    assert browser.post(url("agenda_decide", scene.item.public_id), {}).status_code == 404
    assert (
        scene.client("handler").post(url("agenda_decide", scene.item.public_id), {}).status_code
        == 404
    )


def test_the_list_costs_the_same_for_one_and_many(before_plenary, django_assert_num_queries):
    scene = before_plenary
    browser = scene.client("handler")
    browser.get(url("meetings"))
    with django_assert_num_queries(6):
        browser.get(url("meetings"))
    for hour in range(12, 16):
        planned(scene, waktu=local_input(make.at(19, hour).now))
    AgendaItem.objects.bulk_create(
        AgendaItem(
            office=scene.office,
            office_path=scene.office.path,
            matter=scene.matter,
            kind="EXTENSION",
            action="EXTEND",
            proposal=f"Usul {number}",
            proposed_at=make.at(18, 10).now,
            proposed_by=scene.people["handler"],
        )
        for number in range(5)
    )
    with django_assert_num_queries(6):
        browser.get(url("meetings"))
