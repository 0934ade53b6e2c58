"""When a body ends, what it still has goes on to the one that answers now."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.codes import ReferralState
from complaints.models import Addressee, ReferralItem
from complaints.services.readdress_item import readdress_items
from neutrality.notifications.models import Outbox
from neutrality.organisations.models import ReferralBody
from tests.complaints import factories as make
from tests.complaints.case.scene import url
from tests.complaints.referral.scene import Scene

pytestmark = pytest.mark.django_db


def left_with_kasn(scene):
    """The items of the scene, as if they had gone to KASN, which ended in August 2024."""
    scene.another_respondent("Camat contoh", None)
    items = scene.send()
    kasn = ReferralBody.objects.get(code="KASN")
    ReferralItem.objects.update(body=kasn, body_path=kasn.path)
    Addressee.objects.update(body=kasn)
    return items


def test_everything_left_behind_is_passed_on_at_once(browser_of, travel):
    scene = Scene()
    left_with_kasn(scene)
    travel(19, 9)
    browser, page = browser_of(scene.handler_user), url("readdress")
    shown = browser.get(page).content.decode()
    assert shown.count('name="butir"') == 2
    chosen = list(ReferralItem.objects.values_list("public_id", flat=True))
    assert browser.post(page, {"butir": chosen, "alasan": ""}).status_code == 422
    answer = browser.post(page, {"butir": chosen, "alasan": "SE MenPANRB 4/2024"})
    assert answer.content.decode().count("Dialihkan") == 2
    assert "butir" not in browser.get(page).content.decode()
    assert {row.body.code for row in ReferralItem.objects.all()} == {"KANREG-02"}
    spans = Addressee.objects.order_by("item", "pk").values_list("body__code", "reason")
    assert list(spans) == [("KASN", "Alihkan ke instansi penerus"), ("KANREG-02", "")] * 2


def test_one_left_behind_and_many_ask_as_often(browser_of, travel):
    scene = Scene()
    for name in ("Guru", "Penyuluh", "Perawat"):
        scene.another_respondent(f"{name} contoh", None)
    left_with_kasn(scene)
    others = ReferralItem.objects.exclude(respondent__name="Lurah contoh")
    travel(19, 9)
    browser, page = browser_of(scene.handler_user), url("readdress")
    others.update(state="NOT_PROVEN")
    browser.get(page)
    with CaptureQueriesContext(connection) as one:
        assert browser.get(page).content.decode().count('name="butir"') == 1
    others.update(state="SENT")
    with CaptureQueriesContext(connection) as many:
        assert browser.get(page).content.decode().count('name="butir"') == 4 + 1
    assert len(many) == len(one)


def test_one_that_went_on_meanwhile_is_named_and_stops_no_other():
    scene = Scene()
    items = left_with_kasn(scene)
    stale = list(ReferralItem.objects.select_related("office", "respondent").order_by("pk"))
    ReferralItem.objects.filter(pk=items[0].pk).update(state=ReferralState.NOT_PROVEN)
    results = readdress_items(
        items=stale, reason="SE MenPANRB 4/2024", actor=scene.handler, clock=make.at(19, 9)
    )
    assert [bool(row.refusal) for row in results] == [True, False]


def test_a_body_in_force_keeps_its_items(browser_of, travel):
    scene = Scene()
    scene.send()
    travel(19, 9)
    page = browser_of(scene.handler_user).get(url("readdress")).content.decode()
    assert "Tidak ada penerusan yang perlu dialihkan." in page


def test_a_regional_office_without_a_liaison_is_told_through_its_head(travel):
    head = make.user("Penghubung pusat", "liaison", body=ReferralBody.objects.get(code="BKN"))
    Scene().send()
    assert [row.user_id for row in Outbox.objects.filter(kind="item_sent")] == [head.pk]
