"""Each side begins with what waits for it, leaves out what another must do, and marks what is new."""

import re
from typing import Any

import pytest

from complaints.models import ExternalNumber, ReferralItem
from neutrality.casework.models import Step
from tests.complaints import factories as make
from tests.complaints.referral.scene import DECREE, RECOMMENDATION, Scene, agency, kanreg

pytestmark = pytest.mark.django_db
OFFICE, BODY, AGENCY = "/petugas/penerusan/", "/instansi/", "/kepegawaian/disiplin/"


@pytest.fixture
def scene():
    """An item with the body, and somebody on each side."""
    made = Scene(employer=agency())
    (made.item,) = made.send()
    made.liaison_user = make.user("Penghubung", "liaison", body=kanreg())
    made.liaison = make.actor("Penghubung lain", "liaison", body=kanreg())
    made.officer_user = make.user("Petugas disiplin", "hr_discipline", agency=made.agency)
    made.officer = make.actor("Disiplin lain", "hr_discipline", agency=made.agency)
    made.seats = {OFFICE: made.handler_user, BODY: made.liaison_user, AGENCY: made.officer_user}
    return made


@pytest.fixture
def waits_for(scene, browser_of):
    """Return for which sides the item waits now."""

    def sides():
        found = set()
        for path, person in scene.seats.items():
            page = browser_of(person).get(path, {"tampilan": "giliran"}).content.decode()
            if "Lurah contoh" in page:
                found.add(path)
        return found

    return sides


def test_it_waits_for_one_side_after_the_other(scene, travel, waits_for):
    travel(18, 12)
    assert waits_for() == {BODY}
    steps: tuple[tuple[str, Any, Any, set[str]], ...] = (
        ("RETURN", scene.liaison, {"reason": "Kurang."}, {OFFICE}),
        ("RESEND", scene.handler, {}, {BODY}),
        ("ACKNOWLEDGE", scene.liaison, {}, {BODY}),
        ("RECOMMEND", scene.liaison, RECOMMENDATION, {AGENCY}),
        ("START_FOLLOW_UP", scene.officer, {}, {AGENCY}),
        ("MARK_NOT_FOLLOWED_UP", scene.liaison, {"reason": "Diam."}, {BODY, AGENCY}),
        ("CONTROL", scene.liaison, {"control": "WARNING"}, {AGENCY}),
    )
    travel(20, 18)
    for hour, (action, who, data, sides) in enumerate(steps, start=9):
        scene.step(scene.item, action, who, make.at(20, hour), **data)
        assert waits_for() == sides, action
    decree = {**DECREE, "sanction_class": "MEDIUM", "reason": "Baru pertama kali."}
    scene.step(scene.item, "SANCTION", scene.officer, make.at(20, 16), **decree)
    assert waits_for() == {BODY, AGENCY}
    scene.step(scene.item, "ACCEPT_DEVIATION", scene.liaison, make.at(20, 17))
    assert waits_for() == {AGENCY}


def test_when_the_authority_s_time_has_run_out_it_waits_for_the_body_too(scene, travel, waits_for):
    for action, data in (("ACKNOWLEDGE", {}), ("RECOMMEND", RECOMMENDATION)):
        scene.step(scene.item, action, scene.liaison, make.at(19, 9), **data)
    travel(20, 9)
    assert waits_for() == {AGENCY}
    ReferralItem.objects.update(due_at=make.at(20, 8).now)
    assert waits_for() == {BODY, AGENCY}


def test_what_was_read_from_a_paper_waits_for_who_can_confirm_it(scene, travel, waits_for):
    travel(20, 9)
    scene.recorded(scene.item, "RECORD_ACKNOWLEDGE", make.at(19, 9))
    scene.recorded(scene.item, "RECORD_NOT_PROVEN", make.at(19, 10), reason="Tidak terbukti.")
    assert waits_for() == {BODY}


def test_that_somebody_left_waits_for_the_body_only_where_the_office_wrote_it(
    scene, travel, waits_for
):
    travel(20, 9)
    scene.recorded(scene.item, "MARK_INACTIVE", make.at(19, 9), reason="Pensiun.")
    assert waits_for() == {BODY}
    for action in ("MARK_ACTIVE_AGAIN", "MARK_INACTIVE"):
        scene.step(scene.item, action, scene.liaison, make.at(19, 10), reason="Surat.")
    Step.objects.filter(action="MARK_INACTIVE").exclude(acting_party="").update(
        confirmed_at=make.at(19, 11).now, confirmed_by_id=scene.liaison.user_id
    )
    assert waits_for() == set()


def test_a_list_begins_with_the_own_turn_and_marks_what_is_new(scene, browser_of, travel):
    travel(18, 12)
    browser = browser_of(scene.liaison_user)

    def row():
        page = browser.get(BODY).content.decode()
        return "Lurah contoh" in page, "Baru" in page, "Berubah" in page

    assert row() == (True, True, False)
    page = browser.get(f"{BODY}{scene.item.public_id}/").content.decode()
    (token,) = re.findall(r'name="tanda" value="([^"]+)"', page)
    assert browser.post("/petugas/dilihat/", {"tanda": token}).status_code == 302
    assert row() == (True, False, False)
    scene.step(scene.item, "ACKNOWLEDGE", scene.liaison, make.at(18, 14))
    assert row() == (True, False, True)
    scene.step(scene.item, "RECOMMEND", scene.liaison, make.at(18, 15), **RECOMMENDATION)
    empty = browser.get(BODY).content.decode()
    assert "Tidak ada penerusan yang menunggu Anda sekarang." in empty
    assert "Lurah contoh" in browser.get(BODY, {"tampilan": "terbuka"}).content.decode()


@pytest.mark.parametrize(
    ("looked_for", "found"),
    [
        ("lurah kontoh", True),
        ("Loerah", True),
        ("pemerintah kota contoh", True),
        ("sbt-77", True),
        ("R-1/2025", True),
        ("SK-1/2025", True),
        ("Camat Pontianak", False),
        ("SK-9", False),
    ],
)
def test_an_item_is_found_by_whom_it_is_about_and_by_any_of_its_numbers(
    scene, browser_of, travel, looked_for, found
):
    scene.recommend(scene.item)
    ExternalNumber.objects.create(
        matter=scene.matter,
        item=scene.item,
        system="SBT",
        number="SBT-77",
        dated_on="2025-06-19",
        entered_at=make.at(19, 11).now,
        entered_by_id=scene.handler.user_id,
    )
    scene.step(scene.item, "START_FOLLOW_UP", scene.officer, make.at(20, 8))
    scene.step(scene.item, "SANCTION", scene.officer, make.at(20, 9), **DECREE)
    travel(20, 12)
    for path, person in scene.seats.items():
        page = browser_of(person).get(path, {"cari": looked_for}).content.decode()
        assert ('<th scope="row">' in page) == found, path
