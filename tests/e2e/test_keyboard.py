"""Reporting, following and signing with the keyboard alone, and with scripts switched off."""

import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail

from complaints.codes import ReportState
from complaints.models import (
    CompletionItem,
    CompletionRequest,
    Draft,
    Evidence,
    Message,
    Report,
    Tip,
)
from neutrality.law.clock import read_clock
from neutrality.notifications.delivery import deliver_batch
from pledges.models import Signature
from tests.complaints import factories as make
from tests.complaints.public.journey import ACCOUNT
from tests.complaints.public.mailboxes import report_to_complete, report_with_code
from tests.e2e.conftest import PHONE
from tests.e2e.keys import Keys, tell_by_keys
from tests.e2e.stage import PICTURE
from tests.e2e.walk import Blind
from tests.pledges import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _stage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def keys(browser, live_server):
    """Open a browser of which only the keyboard is used."""
    with browser.new_context(viewport=PHONE, base_url=live_server.url, locale="en-US") as context:
        # The browser's own field for a day is typed in its order, which is the American one here.
        spoken = {"name": "django_language", "value": "id", "url": live_server.url}
        context.add_cookies([spoken])
        page = context.new_page()
        page.set_default_timeout(30_000)
        yield Keys(page)


def test_a_report_is_followed_and_withdrawn_with_the_keyboard_alone(keys):
    with time_machine.travel(make.at(16, 9).now, tick=True):
        _report, _browser, code = report_with_code()
        keys.page.goto("/lacak/")
        keys.type("[name=kode]", code)
        keys.press()
        keys.type("[name=pesan]", "Saya dapat datang hari Selasa.")
        keys.press('main form[action$="/pesan/"] .btn-primary')
        assert Message.objects.get().body == "Saya dapat datang hari Selasa."
        keys.page.goto("/lacak/laporan/cabut/")
        keys.type("[name=alasan]", "Sudah diselesaikan.")
        keys.to("[name=yakin]")
        keys.page.keyboard.press("Space")
        keys.press("main .form-buttons [type=submit]")
    assert Report.objects.get().state == ReportState.WITHDRAWN


def test_an_anonymous_report_with_a_picture_is_filed_with_the_keyboard_alone(keys):
    make.contest()
    page = keys.page
    with time_machine.travel(make.at(16, 9).now, tick=True):
        page.goto("/lapor/")
        keys.choose("cara", "anonim")
        keys.press("main .btn-start")
        keys.choose("cara", "bersama")
        keys.press()
        tell_by_keys(keys)
        keys.attach("[name=berkas]", PICTURE)
        keys.type(".upload-list input", "Status WhatsApp")
        keys.press("form[data-uploads] [type=submit]")
        assert "Status WhatsApp" in page.locator(".task-list").first.inner_text()
        keys.press("main .btn-primary[href]")
        keys.press()
        keys.press("main .btn-primary[href]")
        keys.to("[name=benar]")
        page.keyboard.press("Space")
        keys.press()
        assert page.url.endswith("/lapor/selesai/")
    tip, piece = Tip.objects.get(), Evidence.objects.get()
    assert (tip.anonymous, piece.tip, piece.caption) == (True, tip, "Status WhatsApp")


def test_what_is_missing_is_handed_in_with_the_keyboard_alone(keys):
    page = keys.page
    with time_machine.travel(make.at(16, 9).now, tick=True):
        report, _browser, code = report_to_complete()
        page.goto("/lacak/")
        keys.type("[name=kode]", code)
        keys.press()
        keys.press('main form[action$="/terima/"] .btn-primary')
        keys.press('main a.btn-primary[href$="/lengkapi/"]')
        keys.press('main a[href$="/lengkapi/1/"]')
        keys.type("[name=jawaban]", "Pukul sembilan pagi.")
        keys.press()
        keys.press('main a[href$="/lengkapi/2/"]')
        keys.type("[name=jawaban]", "Terlampir.")
        keys.attach("[name=berkas]", PICTURE)
        keys.press()
        keys.press()
        assert page.url.endswith("/lacak/laporan/")
    report.refresh_from_db()
    answers = CompletionItem.objects.order_by("position").values_list("answer", flat=True)
    assert (report.state, list(answers)) == (
        ReportState.INITIAL_REVIEW,
        ["Pukul sembilan pagi.", "Terlampir."],
    )
    assert (Evidence.objects.get().report, CompletionRequest.objects.get().late) == (report, False)


def test_a_pledge_is_signed_with_the_keyboard_alone(keys):
    with time_machine.travel(factories.NOON.now, tick=True):
        agency = factories.agency()
        ward = factories.unit(agency, "Kelurahan Contoh")
        person = factories.servant(agency, ward, "Drs. Lurah Contoh, M.Si.")
        place = factories.opened(agency)
        factories.invited(place, person)
        keys.page.goto(urlsplit(factories.last_message("pledge_invitation")["link"]).path)
        keys.press("main form .btn-primary")
        keys.type("[name=kode]", factories.last_message("pledge_code")["code"])
        keys.press("main form .btn-primary")
        keys.to("[name=setuju]")
        keys.page.keyboard.press("Space")
        keys.type("[name=nama]", "Lurah Contoh")
        keys.press("main form .btn-primary")
    assert Signature.objects.get().typed_name == "Lurah Contoh"


@pytest.fixture
def walk(browser, live_server):
    """Walk through the site with scripts switched off, on one June day."""
    with (
        time_machine.travel(make.at(16, 9).now, tick=True),
        browser.new_context(
            viewport=PHONE, base_url=live_server.url, locale="id-ID", java_script_enabled=False
        ) as context,
    ):
        yield Blind(context.new_page(), live_server.url)


def test_news_data_and_withdrawal_need_no_scripts(walk):
    _report, _browser, code = report_with_code()
    deliver_batch(clock=read_clock(), limit=10)
    walk.send("/lacak/?menuju=kabar", {"kode": code})
    walk.fill({"kode": re.search(r"Kode: (\d{6})", mail.outbox[0].body)[1]})
    assert "Dikonfirmasi" in walk.words()
    walk.send("/lacak/laporan/data/", {"kode": code})
    assert make.identity().name in walk.words()
    walk.send("/lacak/laporan/cabut/", {"alasan": "Sudah diselesaikan.", "yakin": True})
    assert Report.objects.get().state == ReportState.WITHDRAWN


def test_what_is_missing_is_handed_in_without_scripts(walk):
    report, _browser, code = report_to_complete()
    walk.send("/lacak/", {"kode": code})
    walk.press('main form[action$="/terima/"] button')
    walk.press('main a[href$="/lengkapi/"]')
    walk.press('main a[href$="/lengkapi/1/"]')
    walk.fill({"jawaban": "Pukul sembilan pagi."})
    walk.press('main a[href$="/lengkapi/2/"]')
    walk.fill({"jawaban": "Terlampir.", "berkas": PICTURE, "keterangan": "Status WhatsApp"})
    assert ("Tersimpan" in walk.words(), "status.png" in walk.words()) == (True, True)
    walk.fill({"jawaban": ""})
    report.refresh_from_db()
    piece = Evidence.objects.get()
    assert (report.state, piece.report, piece.caption) == (
        ReportState.INITIAL_REVIEW,
        report,
        "Status WhatsApp",
    )


def test_a_message_with_a_file_needs_no_scripts(walk):
    _report, _browser, code = report_with_code()
    walk.send("/lacak/", {"kode": code})
    walk.press('main a:text("Kirim dengan berkas")')
    words = {"pesan": "Ini fotonya.", "berkas": PICTURE, "keterangan": "Status WhatsApp"}
    walk.fill(words)
    assert ("Ini fotonya." in walk.words(), "1 berkas" in walk.words()) == (True, True)
    letter, piece = Message.objects.get(), Evidence.objects.get()
    assert (letter.body, piece.message, piece.caption) == (
        "Ini fotonya.",
        letter,
        "Status WhatsApp",
    )


def test_a_draft_is_gone_on_with_on_another_device_without_scripts(walk):
    walk.send("/lapor/", {"cara": "nama"})
    walk.fill({"cara": "bersama"})
    code = walk.page.locator("#kode").inner_text().strip()
    walk.fill({"akhir": code[-4:]})
    walk.fill({"kategori": ["FINGER_POSE"]})
    walk.fill({"uraian": ACCOUNT})
    walk.be()
    walk.send("/lapor/lanjut/", {"kode": code.lower()})
    walk.go("/lapor/uraian/")
    assert walk.page.locator("[name=uraian]").input_value() == ACCOUNT
    assert Draft.objects.count() == 1


def test_the_self_check_needs_no_scripts(walk):
    walk.go("/panduan/bolehkah/")
    walk.press('main a[href$="/bolehkah/uji/"]')
    asked = walk.page.locator("main fieldset")
    number = asked.count()
    for place in range(number):
        asked.nth(place).get_by_label("Tidak boleh").check()
    walk.press("main form .btn-primary")
    told = walk.page.locator(".tried > li").all_inner_texts()
    articles = walk.page.locator(".tried > li .muted").all_inner_texts()
    assert ["Jawaban Anda" in each for each in told] == [True] * number
    assert (number > 3, len(articles), all(articles)) == (True, number, True)
