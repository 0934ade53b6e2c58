"""Nothing goes to an address before it was confirmed by a code; every message can be stopped."""

import dataclasses
import re

import pytest
from django.core import mail
from django.test import Client

from complaints.services.office_message import office_message
from complaints.services.write_message import Letter
from neutrality.law.clock import Clock, read_clock
from neutrality.notifications.delivery import deliver_batch
from neutrality.notifications.models import Channel, ContactPoint, Outbox
from tests.complaints import factories
from tests.complaints.public.mailboxes import report_with_code, staff, tip_with_code

pytestmark = pytest.mark.django_db(transaction=True)
KABAR = "/lacak/laporan/kabar/"


@pytest.fixture(autouse=True)
def _post_box(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SITE_URL = "https://netral.example"


def deliver():
    deliver_batch(clock=read_clock())
    return {row.kind: row.status for row in Outbox.objects.order_by("pk")}


def code_in(letter):
    return re.search(r"Kode: (\d{6})", letter.body)[1]


def announce(report):
    office_message(
        entry=report, letter=Letter(body="Rahasia."), actor=staff("handler"), clock=read_clock()
    )


def test_the_first_message_only_asks_for_the_address_to_be_confirmed():
    report_with_code()
    assert deliver() == {"contact_code": "SENT"}
    (letter,) = mail.outbox
    assert letter.to == ["warga@contoh.id"]
    assert "laporan" not in f"{letter.subject}{letter.body}".lower()


def test_before_that_no_other_message_is_sent_and_nothing_failed():
    report, _browser, _code = report_with_code()
    announce(report)
    assert deliver() == {"contact_code": "SENT", "new_message": "UNWANTED"}
    assert (len(mail.outbox), Outbox.objects.get(kind="new_message").context) == (1, {})


def test_the_code_confirms_and_from_then_on_messages_come_with_a_stop_link():
    report, browser, _code = report_with_code()
    deliver()
    answer = browser.post(KABAR, {"saluran": "email", "kode": code_in(mail.outbox[0])})
    assert answer.headers["Location"] == KABAR
    announce(report)
    assert deliver()["new_message"] == "SENT"
    letter = mail.outbox[1]
    assert "Rahasia" not in letter.body
    link = re.search(r"https://netral\.example(/berhenti/\S+)", letter.body)[1]
    assert letter.extra_headers["List-Unsubscribe"] == f"<https://netral.example{link}>"
    stranger = Client(enforce_csrf_checks=True)
    assert "Berhenti menerima pesan?" in stranger.get(link).content.decode()
    assert ContactPoint.objects.get().stopped_at is None
    assert stranger.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    announce(report)
    deliver()
    assert Outbox.objects.filter(kind="new_message").latest("pk").status == "UNWANTED"


def test_the_page_masks_the_address_and_tells_how_it_stands():
    _report, browser, _code = report_with_code()
    shown = browser.get(KABAR).content.decode()
    assert ("warga@contoh.id" in shown, "w•••@c•••.id" in shown) == (False, True)
    assert "Belum dikonfirmasi" in shown
    deliver()
    assert "Menunggu kode" in browser.get(KABAR).content.decode()


def test_wrong_codes_run_out():
    _report, browser, _code = report_with_code()
    deliver()
    right = code_in(mail.outbox[0])
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for _attempt in range(5):
        page = browser.post(KABAR, {"saluran": "email", "kode": wrong})
        assert page.status_code == 422
    assert 'aria-describedby="kode-email_error"' in page.content.decode()
    assert browser.post(KABAR, {"saluran": "email", "kode": right}).status_code == 422
    assert ContactPoint.objects.get().confirmed_at is None


@pytest.mark.parametrize("channel", ["whatsapp", "sms"])
def test_who_has_only_a_telephone_is_told_there_and_can_stop_it_by_a_link(gateway, channel):
    reporter = dataclasses.replace(factories.identity(), email="")
    report, browser, _code = report_with_code(reporter=reporter)
    browser.post(f"{KABAR}{channel}/kode/")
    deliver()
    asked = next(body for _headers, body in gateway.posts if body["channel"] == channel)
    confirmed = {"saluran": channel, "kode": re.search(r"\d{6}", asked["text"])[0]}
    assert browser.post(KABAR, confirmed).headers["Location"] == KABAR
    gateway.posts.clear()
    announce(report)
    deliver()
    [(_headers, told)] = gateway.posts
    assert (told["channel"], told["to"], "Rahasia" in told["text"]) == (
        channel,
        "+6281200000001",
        False,
    )
    link = re.search(r"https://netral\.example(/berhenti/\S+)", told["text"])[1]
    Client().post(link)
    announce(report)
    deliver()
    assert (len(gateway.posts), ContactPoint.objects.get(channel=channel).stopped_at is None) == (
        1,
        False,
    )


def test_a_code_is_asked_for_by_telephone_where_a_gateway_is(settings):
    settings.MESSAGE_GATEWAY_URL = "http://127.0.0.1:9/"
    _report, browser, _code = report_with_code()
    deliver()
    browser.post(f"{KABAR}whatsapp/kode/")
    point = ContactPoint.objects.get(channel=Channel.WHATSAPP)
    assert (point.code_digest, point.confirmed_at) == (None, None)
    asked = Outbox.objects.filter(kind="contact_code").latest("pk")
    deliver_batch(clock=read_clock())
    asked.refresh_from_db()
    point.refresh_from_db()
    assert (asked.attempts.get().channel, point.code_digest is None) == ("whatsapp", False)


def test_a_new_code_is_not_sent_every_moment():
    _report, browser, _code = report_with_code()
    deliver()
    answer = browser.post(f"{KABAR}email/kode/", follow=True)
    assert "Kode tidak dikirim" in answer.content.decode()
    assert Outbox.objects.count() == 1


def test_an_address_whose_reader_stopped_it_is_not_asked_again():
    _report, browser, _code = report_with_code()
    deliver()
    link = re.search(r"https://netral\.example(/berhenti/\S+)", mail.outbox[0].body)[1]
    Client().post(link)
    ContactPoint.objects.update(asked_at=read_clock().now.replace(year=2024))
    browser.post(f"{KABAR}email/kode/")
    assert Outbox.objects.count() == 1


def test_stopped_on_the_page_and_taken_up_again():
    report, browser, _code = report_with_code()
    deliver()
    browser.post(KABAR, {"saluran": "email", "kode": code_in(mail.outbox[0])})
    browser.post(f"{KABAR}email/henti/")
    assert "Dihentikan" in browser.get(KABAR).content.decode()
    browser.post(f"{KABAR}email/lagi/")
    announce(report)
    deliver()
    assert len(mail.outbox) == 2


def test_the_anonymous_have_no_address_to_confirm():
    _tip, browser, _code = tip_with_code()
    assert Outbox.objects.exclude(kind="office_new_entry").count() == 0
    assert "Anda tidak meninggalkan nama" in browser.get(KABAR).content.decode()
    assert browser.post(f"{KABAR}email/kode/").status_code == 404


def test_an_invented_stop_link_is_not_found(client):
    assert client.get("/berhenti/karangan/").status_code == 404


def test_a_message_sent_twice_after_a_crash_brings_the_same_code():
    report_with_code()
    deliver()
    Outbox.objects.update(
        status="WAITING", sent_at=None, channel="", next_attempt_at=factories.MONDAY
    )
    deliver_batch(clock=Clock(now=read_clock().now))
    first, second = (code_in(letter) for letter in mail.outbox)
    assert first == second
