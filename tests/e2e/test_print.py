"""What somebody takes home on paper is one sheet, and nothing on it but what is needed there."""

import re

import pypdfium2
import pytest
import time_machine
from django.test import Client

from complaints.codes import ReportState
from complaints.models import AccessCode, Report
from neutrality.organisations.models import Office
from tests.complaints import factories as make
from tests.complaints.public import journey
from tests.complaints.staff.scene import Scene
from tests.complaints.staff.test_tip_and_counter import NEW, counter
from tests.e2e.conftest import PHONE
from tests.e2e.walk import Walk, carry_over

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _stage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False
    Office.objects.filter(region__code=make.KEDIRI).update(
        address="Jalan Contoh Nomor 1\nKecamatan Contoh, Kota Kediri 64100",
        phone="(0354) 000 000",
        email="kantor@contoh.example",
    )
    with time_machine.travel(make.at(16, 9).now, tick=True):
        yield


@pytest.fixture
def walk(browser, live_server):
    """Walk on a phone; paper is as wide as paper."""
    with browser.new_context(viewport=PHONE, base_url=live_server.url, locale="id-ID") as context:
        yield Walk(context.new_page(), live_server.url)


def sheets(page):
    """Print a page as it stands; return the words of each sheet."""
    printed = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in printed]


BUTTONS = re.compile("Tutup cepat|Buat kode baru|Minta didatangi|Unduh tanda terima|Cetak lembar")


@pytest.mark.parametrize("anonymous", [False, True], ids=["by name", "anonymous"])
def test_the_page_after_sending_is_one_sheet(walk, anonymous):
    citizen = Client()
    journey.file_report(citizen, contest=str(make.contest().pk), anonymous=anonymous)
    carry_over(citizen, walk.page, walk.address)
    walk.go("/lapor/selesai/")
    [sheet] = sheets(walk.page)
    number = walk.page.locator(".confirmation strong").inner_text()
    assert ("sudah terkirim" in sheet, number in sheet) == (True, True)
    assert BUTTONS.findall(sheet) == []


def test_the_page_with_the_code_is_one_sheet(walk):
    walk.send("/lapor/", {"cara": "nama"})
    walk.fill({"cara": "bersama"})
    [sheet] = sheets(walk.page)
    assert walk.page.locator("#kode").inner_text().strip() in sheet
    assert BUTTONS.findall(sheet) == []


def test_the_counter_s_receipt_with_its_code_is_one_sheet(walk):
    scene = Scene()
    make.contest()
    walk.be(scene.intake)
    walk.go(NEW)
    walk.page.evaluate(SEND, {"url": NEW, "fields": {**counter(scene), "kiriman": "cetak"}})
    walk.page.wait_for_selector("#kode")
    [sheet] = sheets(walk.page)
    report = Report.objects.get()
    code = walk.page.locator("#kode").inner_text()
    assert (report.receipt_number in sheet, code in sheet) == (True, True)
    assert (report.state, AccessCode.objects.count()) == (ReportState.SUBMITTED, 1)
    assert BUTTONS.findall(sheet) == []


# The form of the counter has forty fields; they are filled in elsewhere, here they are sent.
SEND = """({url, fields}) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = url;
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    for (const [name, value] of Object.entries({...fields, csrfmiddlewaretoken: token}))
        for (const each of [value].flat()) form.append(Object.assign(
            document.createElement("input"), {type: "hidden", name, value: each}));
    document.body.append(form);
    form.submit();
}"""
