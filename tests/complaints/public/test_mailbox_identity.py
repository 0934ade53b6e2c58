"""An informant gives a name later, from the mailbox: the tip becomes a report."""

import pytest
import time_machine

from complaints.models import AccessCode, Report, Tip
from complaints.services.own_identity import identity_of
from complaints.services.represent import revoke_power
from neutrality.law.clock import read_clock
from tests.complaints import factories
from tests.complaints.public.journey import PERSON
from tests.complaints.public.mailboxes import enter, report_with_code, staff, tip_with_code

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/lacak/laporan/identitas/"
WHO = {**PERSON, "benar": "on"}


def test_who_will_see_the_name_is_said_before_it_is_asked():
    _tip, browser, _code = tip_with_code()
    assert PAGE in browser.get("/lacak/laporan/").content.decode()
    shown = browser.get(PAGE).content.decode()
    assert shown.index("Siapa yang melihat nama Anda") < shown.index("Nama lengkap")


def test_the_tip_becomes_a_report_under_the_same_code_and_its_steps_stay():
    tip, browser, code = tip_with_code()
    browser.post("/lacak/laporan/pesan/", {"pesan": "Saya mau melapor."})
    answer = browser.post(PAGE, {**WHO, "versi": tip.version})
    assert answer.headers["Location"] == "/lacak/laporan/"
    report = Report.objects.get()
    tip.refresh_from_db()
    assert (tip.state, tip.became_report, report.state) == ("REPORT", report, "SUBMITTED")
    page = enter(code).get("/lacak/laporan/").context["page"]
    told = [entry.title for entry in page.timeline]
    assert sorted(told) == sorted(
        [
            "Informasi awal dicatat",
            "Informasi awal menjadi laporan",
            "Laporan terkirim dan menunggu diterima petugas",
        ]
    )
    assert [letter.body for letter in page.letters] == ["Saya mau melapor."]
    assert {paper.title for paper in page.papers} == {
        "Tanda Terima Informasi Awal",
        "Tanda Terima Sementara Pengiriman Daring",
    }


def test_who_says_only_now_that_they_work_together_is_marked_in_the_report():
    tip, browser, _code = tip_with_code()
    browser.post(PAGE, {**WHO, "rekan": "on", "versi": tip.version})
    assert (tip.coworker, Report.objects.get().coworker) == (False, True)


def test_without_declaration_or_name_nothing_happens():
    tip, browser, _code = tip_with_code()
    page = browser.post(PAGE, {**PERSON, "nama": "", "versi": tip.version})
    assert page.status_code == 422
    assert sorted(page.context["form"].errors) == ["benar", "nama"]
    assert Report.objects.count() == 0


def test_a_stale_page_gets_409_and_writes_nothing():
    tip, browser, _code = tip_with_code()
    assert browser.post(PAGE, {**WHO, "versi": tip.version + 1}).status_code == 409
    assert Report.objects.count() == 0


def test_a_name_given_late_makes_a_late_report_and_says_so():
    tip, browser, _code = tip_with_code()
    with time_machine.travel(factories.MONDAY.replace(day=30), tick=True):
        assert "Batas waktu laporan sudah lewat" in browser.get(PAGE).content.decode()
        browser.post(PAGE, {**WHO, "versi": tip.version})
    assert Report.objects.get().late is True


def test_a_named_tip_asks_for_the_declaration_only():
    tip, browser, _code = tip_with_code(reporter=factories.identity())
    assert list(browser.get(PAGE).context["form"].fields) == ["benar", "versi"]
    browser.post(PAGE, {"benar": "on", "versi": tip.version})
    assert Report.objects.get().parties.get(kind="REPORTER").identity is not None


def test_a_report_has_no_such_page():
    _report, browser, _code = report_with_code()
    assert browser.get(PAGE).status_code == 404


def test_an_attorney_who_names_the_person_loses_the_code_with_the_power():
    tip, browser, _code = tip_with_code()
    attorney = {**WHO, "sebagai": "ATTORNEY", "pelapor_diwakili": "Warga contoh"}
    browser.post(PAGE, {**attorney, "versi": tip.version})
    row = AccessCode.objects.get()
    power = row.representation
    report = Report.objects.get()
    assert identity_of(code=row, mailbox=report) == power.identity_id
    revoke_power(power_id=power.pk, reason="Dicabut", actor=staff("intake"), clock=read_clock())
    assert browser.get("/lacak/laporan/").headers["Location"] == "/lacak/"
    assert Tip.objects.get().state == "REPORT"
