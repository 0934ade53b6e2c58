"""Codes at the counter and powers of attorney: what is lost is renewed, what is revoked is gone."""

from datetime import date

import pytest
import time_machine

from complaints.codes import IdentityCheck
from complaints.models import AccessCode, Party, Representation
from complaints.services.renew_lost_code import renew_lost_code
from complaints.services.represent import Power, record_power, revoke_power
from complaints.workflow import refusals
from neutrality.accounts.models import User
from neutrality.casework.refusals import Refused
from neutrality.law.clock import read_clock
from neutrality.notifications.models import ContactPoint, Outbox
from tests.complaints import factories
from tests.complaints.public.mailboxes import (
    changed_code,
    enter,
    report_with_code,
    staff,
    tip_with_code,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def reporter(report):
    return Party.objects.select_related("matter__office").get(report=report, kind="REPORTER")


def power_of(report, **change):
    given = {"attorney": factories.identity("Kuasa contoh"), "scope": "Mendampingi pelapor"}
    power = Power(**{**given, "from_on": date(2025, 6, 16), **change})
    return record_power(
        party=reporter(report), power=power, actor=staff("intake"), clock=read_clock()
    )


def changed(code):
    """The mailbox of a code that staff have seen, after its change."""
    browser = enter(code.text)
    assert browser.get("/lacak/laporan/").headers["Location"] == "/lacak/laporan/kode/"
    changed_code(browser, "/lacak/laporan/kode/")
    assert browser.get("/lacak/laporan/").status_code == 200
    return browser


def test_a_lost_code_is_renewed_at_the_counter_after_the_identity_check(client):
    report, browser, _old = report_with_code()
    officer = staff("intake")
    client.force_login(User.objects.get(pk=officer.user_id))
    person = reporter(report)
    url = f"/petugas/berkas/{report.matter.public_id}/orang/{person.public_id}/"
    assert "Kode hilang" in client.get(url).content.decode()
    assert client.post(f"{url}kode/", {"cara_periksa": "COUNTER"}).status_code == 422
    page = client.post(f"{url}kode/", {"cara_periksa": "COUNTER", "cocok": "on"})
    changed(page.context["code"])
    assert browser.get("/lacak/laporan/").headers["Location"] == "/lacak/"
    assert "Warga contoh" not in client.get(url).content.decode()


def test_a_confirmed_address_is_told_of_the_new_code():
    report, _browser, _old = report_with_code()
    renew_lost_code(
        party=reporter(report),
        check=IdentityCheck.VIDEO,
        actor=staff("intake"),
        clock=read_clock(),
    )
    message = Outbox.objects.get(kind="code_replaced")
    assert message.identity_id == reporter(report).identity_id


def test_the_code_of_the_anonymous_cannot_be_renewed(client):
    tip, _browser, _code = tip_with_code()
    assert Party.objects.filter(tip=tip, kind="REPORTER").count() == 0
    person = tip.matter.parties.create(kind="REPORTER", alias="Pelapor", tip=tip)
    person = Party.objects.select_related("matter__office").get(pk=person.pk)
    with pytest.raises(Refused) as refused:
        renew_lost_code(
            party=person,
            check=IdentityCheck.COUNTER,
            actor=staff("intake"),
            clock=read_clock(),
        )
    assert refused.value.refusal == refusals.NO_ONE_TO_CHECK


def test_another_office_renews_nothing():
    report, browser, _old = report_with_code()
    stranger = factories.actor("Petugas lain", "intake", office=factories.office("61.71"))
    with pytest.raises(Refused):
        renew_lost_code(
            party=reporter(report),
            check=IdentityCheck.COUNTER,
            actor=stranger,
            clock=read_clock(),
        )
    assert browser.get("/lacak/laporan/").status_code == 200


def test_an_attorney_has_an_own_code_and_loses_it_with_the_power():
    report, own, _code = report_with_code()
    attorney = changed(power_of(report))
    power = Representation.objects.get()
    ContactPoint.objects.create(
        identity_id=power.identity_id,
        channel="email",
        address_digest=b"\0" * 32,
        asked_at=factories.MONDAY,
    )
    assert "Tidak ada kuasa" not in own.get("/lacak/laporan/kuasa/").content.decode()
    assert attorney.post(f"/lacak/laporan/kuasa/{power.pk}/cabut/").status_code == 404
    own.post(f"/lacak/laporan/kuasa/{power.pk}/cabut/")
    assert attorney.get("/lacak/laporan/").headers["Location"] == "/lacak/"
    assert own.get("/lacak/laporan/").status_code == 200
    assert ContactPoint.objects.count() == 0
    assert AccessCode.objects.filter(representation=power, revoked_at=None).count() == 0


def test_a_power_of_attorney_ends_on_its_last_day():
    report, _own, _code = report_with_code()
    attorney = changed(power_of(report, until_on=date(2025, 6, 17)))
    with time_machine.travel(factories.MONDAY.replace(day=17), tick=True):
        assert attorney.get("/lacak/laporan/").status_code == 200
    with time_machine.travel(factories.MONDAY.replace(day=18), tick=True):
        assert attorney.get("/lacak/laporan/").status_code == 302


def test_a_lost_code_leaves_the_attorney_alone():
    report, _own, _code = report_with_code()
    attorney = changed(power_of(report))
    renew_lost_code(
        party=reporter(report),
        check=IdentityCheck.COUNTER,
        actor=staff("intake"),
        clock=read_clock(),
    )
    assert attorney.get("/lacak/laporan/").status_code == 200


def test_the_officer_records_and_revokes_on_pages(client):
    report, _own, _code = report_with_code()
    client.force_login(User.objects.get(pk=staff("handler").user_id))
    person = reporter(report)
    url = f"/petugas/berkas/{report.matter.public_id}/orang/{person.public_id}/"
    given = {"nama": "Kuasa contoh", "lingkup": "Mendampingi", "sejak": "2025-06-16"}
    assert client.post(f"{url}kuasa/", {**given, "sampai": "2025-06-01"}).status_code == 422
    page = client.post(f"{url}kuasa/", given)
    assert page.context["code"].text in page.content.decode()
    power = Representation.objects.get()
    revoke = f"{url}kuasa/{power.pk}/cabut/"
    assert client.post(revoke, {"alasan": "Surat pencabutan"}).headers["Location"] == url
    assert client.post(revoke, {"alasan": "Lagi"}).status_code == 422
    power.refresh_from_db()
    assert (power.revocation_reason, power.revoked_at is None) == ("Surat pencabutan", False)


def test_a_stranger_revokes_nothing():
    report, _own, _code = report_with_code()
    power_of(report)
    stranger = factories.actor("Petugas lain", "handler", office=factories.office("61.71"))
    with pytest.raises(Refused):
        revoke_power(
            power_id=Representation.objects.get().pk,
            reason="Tidak berhak",
            actor=stranger,
            clock=read_clock(),
        )
    assert Representation.objects.get().revoked_at is None
