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


def test_what_a_typed_number_leaves_out_is_void_with_the_reason_and_can_be_typed_later():
    scene = Scene()
    first = received(scene).number
    tail, reason = first[3:], "Ditulis di buku register."
    series = NumberEntry.objects.filter(kind="LP").order_by("sequence")
    before = int(first[:3])
    received(scene, f"{before + 4:03}{tail}", reason)
    left = series.filter(state="VOID")
    assert [row.sequence for row in left] == [before + 1, before + 2, before + 3]
    assert {row.reason for row in left} == {f"Dilompati oleh nomor {before + 4:03}{tail}: {reason}"}
    other_month = f"{before + 2:03}{tail.replace('/VI/', '/V/')}"
    assert received(scene, other_month, reason).number == other_month
    with pytest.raises(Refused, match=r"^number_unusable$"):
        received(scene, other_month, reason)
    with pytest.raises(Refused, match=r"^number_too_far$"):
        received(scene, f"{before + 1005}{tail}", reason)
    assert received(scene).number == f"{before + 5:03}{tail}"
    assert [row.sequence for row in series] == list(range(1, before + 6))


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
    shown = shown.replace("<wbr>", "")  # a number may break after its slashes
    assert second.text in shown
    assert first.text not in shown
    first.refresh_from_db()
    assert (first.state, first.reason) == ("VOID", "Kertas rusak.")
