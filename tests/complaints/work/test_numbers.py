"""Numbers when the power is out: set aside for paper, used up, typed with a reason, or void."""

import pytest

from complaints.models import NumberEntry
from complaints.services.lodge import lodge_report
from complaints.services.numbering import reserve_block
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.casework.engine import apply
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.law.codes import RegisterKind
from tests.complaints import factories as make
from tests.complaints.case.scene import NEIGHBOUR, Scene, at, stranger, url

pytestmark = pytest.mark.django_db


def received(scene, number="", reason=""):
    """A report that was taken on paper and is entered afterwards."""
    given = make.lodging(contest=scene.report.contest, office=scene.office)
    report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 9))
    apply(
        workflow=REPORT,
        action=ReportAction.RECEIVE,
        subject_id=report.pk,
        actor=scene.actor("intake"),
        clock=make.at(17, 10),
        context=StepContext(
            reason=reason, data={"identity_check": "COUNTER", "paper_number": number}
        ),
    )
    report.refresh_from_db()
    return report


def block(scene, amount=2):
    return reserve_block(
        kind=RegisterKind.LP,
        office=scene.office,
        contest=scene.report.contest,
        amount=amount,
        reason="Pemadaman listrik.",
        actor=scene.actor("intake"),
        clock=make.at(17, 8),
    )


def test_a_number_of_the_paper_block_is_used_up():
    scene = Scene()
    first, _second = block(scene)
    assert received(scene, first).number == first
    assert NumberEntry.objects.get(text=first).state == "ISSUED"
    with pytest.raises(Refused, match=r"^number_needs_reason$"):
        received(scene, first)


def test_a_number_outside_the_block_is_typed_with_a_reason():
    scene = Scene()
    number = received(scene).number
    typed = f"050{number[3:]}"
    with pytest.raises(Refused, match=r"^number_needs_reason$"):
        received(scene, typed)
    assert received(scene, typed, "Ditulis di buku register.").number == typed
    with pytest.raises(Refused, match=r"^number_unusable$"):
        received(scene, typed, "Ditulis di buku register.")
    assert received(scene).number == f"051{number[3:]}"


@pytest.mark.parametrize("number", ["tidak terbaca", "001/LP/PB/Kab/99.99/VI/2025"])
def test_a_number_of_another_series_is_refused(number):
    with pytest.raises(Refused, match=r"^number_unusable$"):
        received(Scene(), number, "Ditulis di buku register.")


def test_the_register_reserves_prints_and_voids():
    scene = Scene()
    given = {
        "kantor": str(scene.office.public_id),
        "register": "LP",
        "kontestasi": str(scene.report.contest.pk),
        "jumlah": "2",
        "alasan": "Pemadaman listrik.",
    }
    with at(make.at(17, 9)):
        browser = scene.client("intake")
        assert browser.get(url("numbers_reserve")).status_code == 200
        assert browser.post(url("numbers_reserve"), {**given, "jumlah": "900"}).status_code == 422
        printed = browser.post(url("numbers_reserve"), given).content.decode()
        first, second = NumberEntry.objects.filter(state="RESERVED").order_by("sequence")
        assert first.text in printed
        assert second.text in printed
        page = url("number_void", first.pk)
        assert browser.post(page, {"alasan": ""}).status_code == 422
        assert stranger(NEIGHBOUR).get(page).status_code == 404
        assert browser.post(page, {"alasan": "Kertas rusak."}).status_code == 302
        assert browser.get(page).status_code == 404
        shown = browser.get(f"{url('numbers')}?tampilan=cadangan").content.decode()
    assert second.text in shown
    assert first.text not in shown
    first.refresh_from_db()
    assert (first.state, first.reason) == ("VOID", "Kertas rusak.")
