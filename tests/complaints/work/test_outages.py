"""Outages are recorded by people; what they excuse, people decide one by one."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from complaints.models import CompletionRequest, LateExcuse, Report
from complaints.services.excuse_late import excuse_late
from complaints.services.lodge import lodge_report
from complaints.services.record_outage import OutageGiven, record_outage
from neutrality.audit.models import AuditRow
from neutrality.casework.models import ClockState, LegalClock
from neutrality.casework.refusals import Refused
from neutrality.law.models import Outage
from tests.complaints import factories as make
from tests.complaints.case.scene import local_input, logged_in, stranger, url

pytestmark = pytest.mark.django_db
NOW = make.at(24, 11)


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(NOW.now, tick=False):
        yield


@pytest.fixture
def late():
    """A report of what was known on the 15th, handed in two days after its window."""
    given = make.lodging(known_on=date(2025, 6, 15), contest=make.contest())
    report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=NOW)
    assert report.late
    return report


@pytest.fixture
def handler(late):
    return make.user("Staf contoh", "handler", office=late.office)


def outage(late, handler, **change):
    given = {
        "system": "Pelaporan daring",
        "started_at": late.window_due_at - timedelta(hours=6),
        "ended_at": late.submitted_at - timedelta(hours=1),
        "description": "",
        "source": "Catatan petugas piket",
    }
    actor = make.actor("Petugas lain", "intake", office=late.office)
    return record_outage(
        office=late.office, given=OutageGiven(**{**given, **change}), actor=actor, clock=NOW
    )


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value.refusal.code)


def test_an_outage_is_recorded_and_ended_in_the_browser(late, handler):
    browser = logged_in(handler)
    assert "Belum ada gangguan yang dicatat." in browser.get(url("outages")).content.decode()
    given = {
        "kantor": str(late.office.public_id), "sistem": "Listrik kantor", "sumber": "Pengumuman PLN",
        "mulai": local_input(make.at(22, 15).now), "selesai": "", "uraian": "",
    }  # fmt: skip
    ahead = {**given, "mulai": local_input(make.at(25, 9).now)}
    assert browser.post(url("outage_new"), {**given, "sistem": ""}).status_code == 422
    assert "Waktu ini belum terjadi." in browser.post(url("outage_new"), ahead).content.decode()
    assert browser.post(url("outage_new"), given).status_code == 302
    row = Outage.objects.get()
    assert (row.area_code, row.ended_at) == (make.KEDIRI, None)
    listed = browser.get(url("outages")).content.decode()
    assert "Kota Kediri" in listed
    assert ("Masih berlangsung" in listed, url("outage_end", row.pk) in listed) == (True, True)
    assert stranger("35.73").get(url("outage_end", row.pk)).status_code == 404
    early = {"selesai": local_input(make.at(22, 14).now)}
    assert browser.post(url("outage_end", row.pk), early).status_code == 422
    ended = {"selesai": local_input(make.at(22, 18).now)}
    assert browser.post(url("outage_end", row.pk), ended).status_code == 302
    assert browser.get(url("outage_end", row.pk)).status_code == 404
    told = AuditRow.objects.filter(subject_kind="outage", subject_id=row.pk).order_by("pk")
    assert list(told.values_list("what", flat=True)) == ["outage.recorded", "outage.ended"]


def test_lateness_is_excused_with_reason_and_the_excuse_taken_back(late, handler):
    browser, address = logged_in(handler), url("report_excuse", late.public_id)
    page = browser.get(url("report", late.public_id)).content.decode()
    assert address in page
    assert "Tidak ada gangguan yang dicatat" in browser.get(address).content.decode()
    down = outage(late, handler)
    given = {"untuk": "laporan", "gangguan": str(down.pk), "alasan": "Server tidak dapat dibuka."}
    assert browser.post(address, {**given, "alasan": ""}).status_code == 422
    assert browser.post(address, given).status_code == 302
    late.refresh_from_db()
    assert late.late is False
    page = browser.get(url("report", late.public_id)).content.decode()
    assert "Pelaporan daring: Server tidak dapat dibuka." in page
    row = LateExcuse.objects.get()
    back = url("report_excuse_withdraw", late.public_id, row.pk)
    assert back in browser.get(address).content.decode()
    assert browser.post(back, {"alasan": "Gangguan itu di kantor lain."}).status_code == 302
    assert Report.objects.get(pk=late.pk).late is True
    assert browser.get(back).status_code == 404
    assert stranger("35.73").get(address).status_code == 404


def test_an_outage_of_another_time_or_area_excuses_nothing(late, handler):
    actor = make.actor("Staf lain", "handler", office=late.office)
    before = outage(
        late, handler, started_at=datetime(2025, 6, 1, tzinfo=UTC),
        ended_at=datetime(2025, 6, 2, tzinfo=UTC),
    )  # fmt: skip
    elsewhere = outage(late, handler)
    Outage.objects.filter(pk=elsewhere.pk).update(area_code="61.71")

    def excuse(outage_id, **change):
        given = {"completion_id": None, "reason": "Alasan contoh", "actor": actor, **change}
        return excuse_late(report=late, outage_id=outage_id, clock=NOW, **given)

    assert code_of(lambda: excuse(before.pk)) == "outage_elsewhere"
    assert code_of(lambda: excuse(elsewhere.pk)) == "outage_elsewhere"
    assert code_of(lambda: excuse(before.pk, completion_id=7)) == "not_late"
    stranger_actor = make.actor("Orang lain", "handler", office=make.office("35.73"))
    assert code_of(lambda: excuse(before.pk, actor=stranger_actor)) == "not_yours"
    Report.objects.filter(pk=late.pk).update(late=False)
    assert code_of(lambda: excuse(before.pk)) == "not_late"


def test_a_late_completion_is_excused_too(late, handler):
    Report.objects.filter(pk=late.pk).update(late=False)
    asked = CompletionRequest.objects.create(
        report=late, review_round=1, asked_at=make.at(17, 9).now, asked_by=handler,
        missing=["Bukti"], answered_at=make.at(20, 10).now, answer="Foto", late=True,
    )  # fmt: skip
    clock = LegalClock.objects.filter(subject_kind="report", subject_id=late.pk).first()
    clock.pk, clock.code, clock.state = None, "COMPLETION", ClockState.LATE
    clock.started_at, clock.due_at = make.at(17, 10).now, make.at(19, 10).now
    clock.stopped_at = make.at(20, 10).now
    clock.save()
    down = outage(late, handler, started_at=make.at(19, 8).now, ended_at=make.at(19, 20).now)
    answer = logged_in(handler).post(
        url("report_excuse", late.public_id),
        {"untuk": str(asked.pk), "gangguan": str(down.pk), "alasan": "Listrik padam."},
    )
    asked.refresh_from_db()
    assert (answer.status_code, asked.late) == (302, False)
