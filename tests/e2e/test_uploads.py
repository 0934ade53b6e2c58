"""Sending evidence in a real browser: part by part, over a line that breaks, gone on with later."""

import hashlib
import os

import pytest

from complaints.models import Evidence, Upload
from tests.complaints.evidence import files
from tests.complaints.public.journey import begin
from tests.e2e.axe import violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def filing(page, client, live_server):
    """The page for evidence in a browser with a draft."""
    begin(client)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto("/lapor/bukti/")
    return page


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return str(path)


def long_picture():
    return files.picture() + os.urandom(3_000_000)


def choose(page, *paths):
    page.locator("input[type=file]").set_input_files(list(paths))


def send(page):
    page.locator("form[data-uploads] [type=submit]").click()


def test_files_arrive_over_a_line_that_breaks_each_with_its_caption(filing, tmp_path):
    content = long_picture()
    asked = []

    def break_some(route):
        asked.append(route.request.method)
        if len(asked) in {2, 5}:
            route.abort("connectionreset")
        else:
            route.continue_()

    filing.route("**/lapor/bukti/unggah/*/", break_some)
    choose(
        filing,
        written(tmp_path, "panjang.jpg", content),
        written(tmp_path, "kecil.jpg", files.picture()),
    )
    captions = filing.locator(".upload-list input")
    captions.nth(0).fill("Status WhatsApp")
    captions.nth(1).fill("Foto di aula")
    assert violations(filing) == []
    send(filing)
    filing.wait_for_selector("text=Sudah Anda serahkan")
    rows = Evidence.objects.order_by("pk").values_list("original_name", "caption", "sha256")
    assert list(rows) == [
        ("panjang.jpg", "Status WhatsApp", hashlib.sha256(content).hexdigest()),
        ("kecil.jpg", "Foto di aula", hashlib.sha256(files.picture()).hexdigest()),
    ]
    assert asked.count("HEAD") >= 2


def test_what_was_left_unfinished_is_gone_on_with_another_day(filing, tmp_path):
    content = long_picture()
    path = written(tmp_path, "panjang.jpg", content)
    sent = []

    def stop_after_two(route):
        sent.append(route.request.method)
        if len(sent) > 2:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    filing.route("**/lapor/bukti/unggah/*/", stop_after_two)
    choose(filing, path)
    send(filing)
    filing.wait_for_selector("text=Sambungan terputus")
    upload = Upload.objects.select_related("arrival").get()
    assert 0 < upload.arrival.received < len(content)
    filing.unroute("**/lapor/bukti/unggah/*/")
    filing.goto("/lapor/bukti/")
    filing.wait_for_selector("text=Unggahan yang terputus")
    assert violations(filing) == []
    choose(filing, path)
    send(filing)
    filing.wait_for_selector("text=Sudah Anda serahkan")
    assert (Evidence.objects.get().sha256, Upload.objects.count()) == (
        hashlib.sha256(content).hexdigest(),
        1,
    )


def test_what_is_refused_says_why_beside_the_file(filing, tmp_path):
    choose(
        filing,
        written(tmp_path, "besar.jpg", files.picture() + bytes(16 * 1024 * 1024)),
        written(tmp_path, "halaman.jpg", files.page_with_script()),
        written(tmp_path, "foto.jpg", files.picture()),
    )
    send(filing)
    filing.wait_for_selector("text=Lihat daftar bukti yang sudah diterima")
    said = filing.locator(".upload-list [role=status]").all_inner_texts()
    assert said == [
        "Berkas ini lebih besar dari 15 MB, batas untuk jenisnya.",
        "Jenis berkas ini tidak dapat diterima. Kirim foto, video, suara, atau PDF.",
        "Sudah diterima",
    ]
    assert Evidence.objects.get().original_name == "foto.jpg"
