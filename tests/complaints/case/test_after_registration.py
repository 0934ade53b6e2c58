"""The reporter and an attorney of the other side, once the report is registered."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from complaints.models import AllegationResult, Report, Representation
from complaints.selectors.tracking import tracking_page
from complaints.services.codes import new_code
from complaints.services.represent import Power, record_power, revoke_power
from neutrality.casework.models import LegalClock
from neutrality.documents.models import Document
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene, url
from tests.complaints.public.mailboxes import changed_code

pytestmark = pytest.mark.django_db
MAILBOX = "/lacak/laporan/"
ROOM = "/undangan/saya/"


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(make.at(17, 9).now, tick=False):
        yield


def test_a_wish_to_withdraw_is_recorded_and_the_handling_goes_on():
    code = new_code()
    scene = Scene(code_digest=code.digest())
    phone = Client()
    phone.post("/lacak/", {"kode": code.text})
    page = phone.get(f"{MAILBOX}cabut/")
    assert "penanganan tetap berjalan" in page.content.decode()
    before = scene.fresh().state
    given = {
        "alasan": "Kami sudah berdamai.",
        "yakin": "on",
        "versi": page.context["form"].initial["versi"],
    }
    assert phone.post(f"{MAILBOX}cabut/", given).headers["Location"] == MAILBOX
    report = Report.objects.get()
    assert (report.state, report.withdrawal_recorded_at) == ("REGISTERED", make.at(17, 9).now)
    assert scene.fresh().state == before
    shown = phone.get(MAILBOX)
    assert (
        shown.context["page"].timeline[0].title == "Pencabutan dicatat; penanganan tetap berjalan"
    )
    assert phone.get(f"{MAILBOX}cabut/").status_code == 404


@pytest.mark.parametrize("who", ["intake", "handler"])
def test_staff_record_the_wish_with_its_words_and_the_handling_goes_on(who):
    scene = Scene()
    handling = LegalClock.objects.get(subject_kind="matter", code="HANDLING")
    desk = scene.client(who)
    page = url("report_step", scene.report.public_id, "RECORD_WITHDRAWAL")
    assert "Penanganan tetap berjalan" in desk.get(page).content.decode()
    given = {"versi": Report.objects.get().version, "alasan": ""}
    assert desk.post(page, given).status_code == 422
    given["alasan"] = "Pelapor datang dan mencabut."
    assert desk.post(page, given).status_code == 302
    report = Report.objects.get()
    assert (report.state, report.withdrawal_recorded_at) == ("REGISTERED", make.at(17, 9).now)
    assert Document.objects.filter(role="WITHDRAWAL", subject_id=report.pk).exists()
    told = tracking_page(entry=report, clock=make.at(17, 10))
    goes_on = "Pencabutan dicatat; penanganan tetap berjalan"
    assert (told.status, told.timeline[0].title) == (goes_on, goes_on)
    assert (told.may_withdraw, told.next_words[:18]) == (False, "Laporan ditangani:")
    # The period runs on, the case takes its next steps, and the wish is recorded once.
    assert LegalClock.objects.get(pk=handling.pk, state="open").due_at == handling.due_at
    scene.in_assessment()
    assert tracking_page(entry=report, clock=make.at(17, 10)).status != goes_on
    again = desk.post(page, {**given, "versi": report.version})
    assert again.status_code == 422
    assert "sudah dicatat" in again.content.decode()
    assert Report.objects.get().version == report.version


def decided(scene):
    """The plenary found that a rule of conduct was broken."""
    scene.in_assessment()
    scene.matter.state, scene.matter.decided_at = "DECIDED", make.at(17, 9).now
    scene.matter.save(update_fields=["state", "decided_at"])
    AllegationResult.objects.create(
        allegation=scene.allegation,
        agenda_item=scene.first_item,
        outcome="ASN_LAW",
        decided_at=make.at(17).now,
    )


def test_the_attorney_of_a_respondent_learns_the_result_and_leaves_with_the_power():
    scene = Scene()
    party = scene.matter.parties.select_related("matter__office").get(alias="Terlapor 1")
    power = Power(
        attorney=make.identity("Kuasa contoh"), scope="Mendampingi", from_on=date(2025, 6, 17)
    )
    code = record_power(party=party, power=power, actor=scene.actor("intake"), clock=make.at(17, 9))
    attorney = Client()
    attorney.post("/undangan/", {"kode": code.text})
    changed_code(attorney, f"{ROOM}kode/")
    own = Client()
    own.post("/undangan/", {"kode": scene.session(party).code.text})
    changed_code(own, f"{ROOM}kode/")
    rooms = (attorney, own)
    # An invitation gives the respondent a new code; the attorney's stays what it was.
    assert [room.get(ROOM).context["page"].results for room in rooms] == [(), ()]
    decided(scene)
    told = ("Pelanggaran netralitas ASN",)
    assert [room.get(ROOM).context["page"].results for room in rooms] == [told, told]
    assert "Hasil yang menyangkut Anda" in attorney.get(ROOM).content.decode()
    revoke_power(
        power_id=Representation.objects.get().pk,
        reason="Dicabut",
        actor=scene.actor("intake"),
        clock=make.at(17, 9),
    )
    assert attorney.get(ROOM).headers["Location"] == "/undangan/"
    assert own.get(ROOM).status_code == 200
