"""The office answers requests about personal data: erased where the law lets it, else told why."""

import pytest
import time_machine

from complaints.codes import DataRequestKind
from complaints.models import DataRequest, Party
from complaints.services.ask_about_data import ask_about_data
from complaints.services.withdraw import withdraw_report
from complaints.views.public.mailbox_session import holder_of
from neutrality.accounts.models import User
from neutrality.law.clock import read_clock
from neutrality.notifications.models import ContactPoint, Outbox
from neutrality.vault.services import IdentityErased, open_identity, open_own_contacts
from tests.complaints import factories
from tests.complaints.public.mailboxes import report_with_code, staff

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/petugas/data-pribadi/"


@pytest.fixture(autouse=True)
def _monday(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(factories.MONDAY, tick=True):
        yield


@pytest.fixture
def asked():
    """A report whose reporter asked for erasure, with the page of its answer."""
    report, browser, _code = report_with_code()
    row = ask(report, DataRequestKind.ERASURE)
    return report, browser, f"{LIST}{row.public_id}/"


def ask(report, kind):
    return ask_about_data(
        mailbox=report,
        kind=kind,
        words="Hapus data saya.",
        actor=holder_of(report),
        clock=read_clock(),
    )


def identity_of(report):
    return Party.objects.get(report=report, kind="REPORTER").identity


def login(client, role, code="35.71"):
    actor = factories.actor("Petugas contoh", role, office=factories.office(code))
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def own(report):
    return open_own_contacts(
        identity_id=identity_of(report).pk, actor=factories.CITIZEN_ACTOR, clock=read_clock()
    )


def test_the_list_is_of_the_own_offices(client, asked):
    _report, _browser, url = asked
    assert url in login(client, "handler").get(LIST).content.decode()
    stranger = login(client, "handler", "61.71")
    assert (url in stranger.get(LIST).content.decode(), stranger.get(url).status_code) == (
        False,
        404,
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(client, rows, django_assert_num_queries):
    report, _browser, _code = report_with_code()
    for _each in range(rows):
        ask(report, DataRequestKind.ERASURE)
    login(client, "handler").get(LIST)
    with django_assert_num_queries(4):
        client.get(LIST)


def test_while_the_file_is_handled_the_identity_stays(client, asked):
    report, _browser, url = asked
    page = login(client, "handler").post(url, {"jawaban": "ERASED", "penjelasan": "Baik."})
    assert page.status_code == 422
    assert "belum boleh dihapus" in page.content.decode()
    assert (DataRequest.objects.get().answered_at, own(report).email) == (None, "warga@contoh.id")


def test_addresses_are_erased_at_any_time(client, asked):
    report, browser, url = asked
    identity = identity_of(report)
    ContactPoint.objects.create(
        identity_id=identity.pk,
        channel="email",
        address_digest=b"\0" * 32,
        asked_at=factories.MONDAY,
    )
    answer = {"jawaban": "CONTACTS_ERASED", "penjelasan": "Telepon dan surel dihapus."}
    assert login(client, "handler").post(url, answer).headers["Location"] == LIST
    assert (own(report).email, own(report).phone) == ("", "")
    assert ContactPoint.objects.count() == 0
    assert "Telepon dan surel dihapus." in browser.get("/lacak/laporan/data/").content.decode()
    assert Outbox.objects.filter(kind="data_answered").count() == 1


def test_after_the_end_the_identity_is_erased_for_good(client, asked):
    report, _browser, url = asked
    withdraw_report(
        report=report,
        reason="Keliru orang",
        expected_version=report.version,
        actor=holder_of(report),
        clock=read_clock(),
    )
    login(client, "handler").post(url, {"jawaban": "ERASED", "penjelasan": "Dihapus."})
    assert DataRequest.objects.get().answer == "ERASED"
    with pytest.raises(IdentityErased):
        open_identity(
            identity_id=identity_of(report).pk,
            reason="Memeriksa",
            subject=report.ref(),
            actor=staff("intake"),
            clock=read_clock(),
        )


def test_a_request_is_answered_once(client, asked):
    _report, _browser, url = asked
    answer = {"jawaban": "REFUSED", "penjelasan": "Diperlukan menurut UU 27/2022 pasal 15."}
    login(client, "handler").post(url, answer)
    assert client.post(url, answer).status_code == 422


def test_a_wrong_name_is_corrected_after_the_card_was_shown(client):
    report, _browser, _code = report_with_code()
    row = ask(report, DataRequestKind.CORRECTION)
    url = f"{LIST}{row.public_id}/"
    answer = {"jawaban": "CORRECTED", "penjelasan": "Nama diperbaiki."}
    assert login(client, "handler").post(url, answer).status_code == 422
    client.post(url, {**answer, "nama": "Warga Benar"})
    found = open_identity(
        identity_id=identity_of(report).pk,
        reason="Memeriksa",
        subject=report.ref(),
        actor=staff("intake"),
        clock=read_clock(),
    )
    assert (found.name, found.phone) == ("Warga Benar", "+6281200000001")
