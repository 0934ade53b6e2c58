"""Following a report and signing a pledge with the keyboard alone, and with scripts switched off."""

import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail

from complaints.codes import ReportState
from complaints.models import Message, Report
from neutrality.law.clock import read_clock
from neutrality.notifications.delivery import deliver_batch
from pledges.models import Signature
from tests.complaints import factories as make
from tests.complaints.public.mailboxes import report_with_code
from tests.e2e.conftest import PHONE
from tests.e2e.keys import Keys
from tests.e2e.walk import Blind
from tests.pledges import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _stage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def keys(browser, live_server):
    """Open a browser of which only the keyboard is used."""
    with browser.new_context(viewport=PHONE, base_url=live_server.url, locale="id-ID") as context:
        page = context.new_page()
        page.set_default_timeout(10_000)
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


def test_news_data_and_withdrawal_need_no_scripts(browser, live_server):
    with (
        time_machine.travel(make.at(16, 9).now, tick=True),
        browser.new_context(
            viewport=PHONE, base_url=live_server.url, locale="id-ID", java_script_enabled=False
        ) as context,
    ):
        _report, _browser, code = report_with_code()
        walk = Blind(context.new_page(), live_server.url)
        deliver_batch(clock=read_clock(), limit=10)
        walk.send("/lacak/?menuju=kabar", {"kode": code})
        walk.fill({"kode": re.search(r"Kode: (\d{6})", mail.outbox[0].body)[1]})
        assert "Dikonfirmasi" in walk.words()
        walk.send("/lacak/laporan/data/", {"kode": code})
        assert make.identity().name in walk.words()
        walk.send("/lacak/laporan/cabut/", {"alasan": "Sudah diselesaikan.", "yakin": True})
    assert Report.objects.get().state == ReportState.WITHDRAWN
