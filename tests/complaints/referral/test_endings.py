"""How an item ends without a sanction, and what a body does when the agency does nothing."""

import pytest

from complaints.codes import ReferralState
from complaints.selectors.tracking import tracking_page
from complaints.services.chase_items import chase_items
from neutrality.casework.models import Step
from neutrality.notifications.models import Outbox
from tests.complaints import factories as make
from tests.complaints.referral.scene import Scene, agency, kanreg, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """An item that the body has acknowledged, with its liaison."""
    made = Scene(employer=agency())
    (made.item,) = made.send()
    made.liaison = make.user("Penghubung contoh", "liaison", body=kanreg())
    made.recorded(made.item, "RECORD_ACKNOWLEDGE", make.at(19, 9))
    made.room = f"/instansi/{made.item.public_id}/langkah"
    return made


def status(scene):
    return tracking_page(entry=scene.report, clock=make.at(30)).status


def press(browser, scene, action, **given):
    scene.item.refresh_from_db()
    answer = browser.post(f"{scene.room}/{action}/", {"versi": scene.item.version, **given})
    scene.item.refresh_from_db()
    return answer


@pytest.mark.parametrize(
    ("action", "state", "told"),
    [
        ("REJECT", ReferralState.REJECTED, "Ditolak instansi tujuan"),
        ("FIND_NOT_PROVEN", ReferralState.NOT_PROVEN, "Tidak terbukti menurut instansi tujuan"),
        ("CANCEL", ReferralState.CANCELLED, "Penerusan dibatalkan"),
    ],
)
def test_the_liaison_ends_an_item_with_reasons_and_the_office_hears_of_it(
    scene, browser_of, travel, action, state, told
):
    travel(20, 9)
    body = browser_of(scene.liaison)
    Outbox.objects.all().delete()
    silent = press(body, scene, action)
    assert (silent.status_code, scene.item.state) == (422, "ACKNOWLEDGED")
    assert running(scene.item) == ["BODY_ASSESSMENT"]
    assert press(body, scene, action, alasan="Bukti tidak cukup.").status_code == 302
    assert (scene.item.state, running(scene.item), scene.item.due_at) == (state, [], None)
    heard = Outbox.objects.filter(kind="item_decided").values_list("user_id", flat=True)
    assert list(heard) == [scene.handler_user.pk]
    office = browser_of(scene.handler_user)
    assert (
        "Bukti tidak cukup."
        in office.get(f"/petugas/penerusan/{scene.item.public_id}/").content.decode()
    )
    assert status(scene) == told
    # What has ended takes no further step.
    assert press(body, scene, action, alasan="Sekali lagi.").status_code == 409


def test_a_body_hears_that_the_office_took_an_item_back(scene):
    Outbox.objects.all().delete()
    reason = "Diteruskan dua kali."
    scene.step(scene.item, "CANCEL", scene.member, make.at(20, 9), reason=reason)
    heard = Outbox.objects.filter(kind="item_cancelled").values_list("user_id", flat=True)
    assert list(heard) == [scene.liaison.pk]


@pytest.mark.parametrize(
    ("departure", "words"),
    [("DIED", "Meninggal dunia"), ("RESIGNED", "Mengundurkan diri")],
)
def test_who_dies_or_resigns_ends_the_item_as_such_and_the_employed_again_is_followed_up(
    scene, browser_of, travel, departure, words
):
    travel(20, 9)
    body = browser_of(scene.liaison)
    assert press(body, scene, "MARK_INACTIVE", alasan="Surat instansi.").status_code == 422
    left = {"sebab": departure, "alasan": "Surat instansi."}
    assert press(body, scene, "MARK_INACTIVE", **left).status_code == 302
    assert (scene.item.state, scene.item.inactive_as, running(scene.item)) == (
        "SUBJECT_INACTIVE",
        departure,
        [],
    )
    page = body.get(f"/instansi/{scene.item.public_id}/").content.decode()
    assert words in page
    assert status(scene) == "Terlapor tidak aktif lagi sebagai pegawai"
    travel(25, 9)
    assert press(body, scene, "MARK_ACTIVE_AGAIN", alasan="Diangkat kembali.").status_code == 302
    assert (scene.item.state, scene.item.inactive_as, running(scene.item)) == (
        "ACKNOWLEDGED",
        "",
        ["BODY_ASSESSMENT"],
    )
    assert status(scene) == "Terlapor aktif kembali"
    assert words not in body.get(f"/instansi/{scene.item.public_id}/").content.decode()


def test_a_warning_is_followed_by_a_block_that_is_lifted_and_what_lies_is_reported_up(
    scene, browser_of, travel
):
    scene.recorded(
        scene.item,
        "RECORD_RECOMMEND",
        make.at(19, 10),
        recommendation_number="R-1",
        recommendation_on="2025-06-19",
        recommended_class="HEAVY",
    )
    head = make.user("Ketua kota", "supervisor", office=scene.office)
    travel(26, 9)
    body = browser_of(scene.liaison)
    page = f"/instansi/{scene.item.public_id}/"
    assert press(body, scene, "CONTROL", tindakan="WARNING").status_code == 409
    told = press(body, scene, "MARK_NOT_FOLLOWED_UP", alasan="Tidak ada jawaban.")
    assert (told.status_code, scene.item.state) == (302, "NOT_FOLLOWED_UP")
    assert press(body, scene, "CONTROL").status_code == 422
    shown = []
    for measure in ("WARNING", "BLOCK"):
        assert press(body, scene, "CONTROL", tindakan=measure).status_code == 302
        shown.append((scene.item.state, scene.item.control))
        assert scene.item.get_control_display() in body.get(page).content.decode()
    assert shown == [("CONTROLLED", "WARNING"), ("CONTROLLED", "BLOCK")]
    assert status(scene) == "Tindakan pengendalian dilakukan"
    assert running(scene.item) == ["PPK_FOLLOW_UP"]
    due = scene.item.due_at
    Outbox.objects.all().delete()
    assert chase_items(clock=make.at(18, 9, month=7)) == 1
    assert head.pk not in set(Outbox.objects.values_list("user_id", flat=True))
    assert chase_items(clock=make.at(28, 9, month=7)) == 1
    assert head.pk in set(Outbox.objects.values_list("user_id", flat=True))
    assert press(body, scene, "LIFT_CONTROL", alasan="PPK mulai bertindak.").status_code == 302
    assert (scene.item.state, scene.item.control) == ("FOLLOW_UP", "")
    assert scene.item.due_at == due
    steps = Step.objects.filter(subject_kind="referral_item", subject_id=scene.item.pk)
    assert list(steps.order_by("sequence").values_list("action", flat=True))[-4:] == [
        "MARK_NOT_FOLLOWED_UP",
        "CONTROL",
        "CONTROL",
        "LIFT_CONTROL",
    ]
