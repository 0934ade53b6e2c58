"""Files come part by part into an open mailbox too, and wait there for the words they go with."""

import hashlib
import os
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tusclient.client import TusClient

from complaints.models import CompletionItem, Draft, Evidence, Message, Upload
from complaints.services.expire_drafts import expire_drafts
from complaints.services.process_evidence import process_evidence
from neutrality.law.clock import Clock, read_clock
from neutrality.vault.models import Arrival
from tests.complaints.evidence import files
from tests.complaints.evidence.lines import BreakingLine
from tests.complaints.public.mailboxes import enter, report_with_code, tip_with_code
from tests.complaints.public.test_completion import PAGE, asked  # noqa: F401  a fixture
from tests.complaints.public.test_uploads import TUS, head, patch, told

pytestmark = pytest.mark.django_db(transaction=True)
LETTERS = "/lacak/laporan/pesan/"
DOOR = "/lacak/laporan/unggah/%s/"


def create(client, purpose, size, **values):
    headers = {
        **TUS,
        "Upload-Length": str(size),
        "Upload-Metadata": told(**{"filename": "foto.jpg", **values}),
    }
    kind = "application/octet-stream"
    return client.post(DOOR % purpose, content_type=kind, headers=headers)


def arrive(client, purpose, content, **values):
    """Send a whole file in two parts."""
    url = create(client, purpose, len(content), **values).headers["Location"]
    patch(client, url, 0, content[:1000])
    return patch(client, url, 1000, content[1000:])


class TestLetters:
    """What has arrived is sent with the next message."""

    def test_it_waits_with_its_caption_and_goes_with_the_words(self):
        report, browser, _code = report_with_code()
        assert arrive(browser, "pesan", files.picture(), keterangan="Status").status_code == 204
        piece = Evidence.objects.get()
        assert (piece.matter, piece.caption, Message.objects.count()) == (None, "Status", 0)
        process_evidence(evidence_id=piece.pk, clock=read_clock())
        page = browser.get(LETTERS).content.decode()
        assert ("Berkas yang menunggu dikirim" in page, "foto.jpg" in page) == (True, True)
        browser.post(LETTERS, {"pesan": "Ini fotonya."})
        piece.refresh_from_db()
        letter = Message.objects.get()
        assert (piece.message, piece.report, piece.draft) == (letter, report, None)
        assert piece.party == report.parties.get(kind="REPORTER")
        page = browser.get(LETTERS).content.decode()
        assert ("menunggu dikirim" in page, "Status" in page) == (False, True)

    def test_the_anonymous_and_whoever_comes_back_with_a_new_browser_go_on(self):
        tip, browser, code = tip_with_code()
        content = files.picture()
        url = create(browser, "pesan", len(content)).headers["Location"]
        patch(browser, url, 0, content[:1000])
        again = enter(code)
        page = again.get(LETTERS).content.decode()
        assert f'data-unfinished="{url}"' in page
        assert head(again, url).headers["Upload-Offset"] == "1000"
        patch(again, url, 1000, content[1000:])
        again.post(LETTERS, {"pesan": "Ini."})
        piece = Evidence.objects.get()
        assert (piece.tip, piece.sha256) == (tip, hashlib.sha256(content).hexdigest())

    def test_a_letter_that_is_refused_leaves_them_waiting(self):
        _report, browser, code = report_with_code()
        arrive(browser, "pesan", files.picture())
        assert browser.post(LETTERS, {"pesan": f"Kode saya {code}"}).status_code == 422
        assert Evidence.objects.get().matter is None

    def test_what_waits_can_be_taken_out_and_what_broke_given_up(self):
        _report, browser, _code = report_with_code()
        arrive(browser, "pesan", files.picture())
        broken = create(browser, "pesan", 100).headers["Location"]
        waiting = f"{DOOR % 'pesan'}{Evidence.objects.get().public_id}/"
        answers = [browser.post(f"{url}hapus/") for url in (waiting, broken)]
        assert [answer.headers["Location"] for answer in answers] == [LETTERS, LETTERS]
        assert (Evidence.objects.count(), Arrival.objects.count()) == (0, 0)

    def test_what_is_never_sent_is_erased_and_the_next_file_finds_room_again(self):
        _report, browser, code = report_with_code()
        arrive(browser, "pesan", files.picture())
        over = Draft.objects.get().expires_at
        assert expire_drafts(clock=Clock(now=over)) == 1
        assert Evidence.objects.count() == 0
        with time_machine.travel(over + timedelta(hours=1), tick=True):
            browser = enter(code)
            assert arrive(browser, "pesan", files.picture()).status_code == 204
            browser.post(LETTERS, {"pesan": "Ini."})
        assert (Evidence.objects.get().message, Draft.objects.count()) == (Message.objects.get(), 1)


class TestWhoseItIs:
    """Only the holder of the code reaches what waits; no code opens it as a draft."""

    def test_nobody_else_reaches_it(self):
        _report, browser, _code = report_with_code()
        url = create(browser, "pesan", 100).headers["Location"]
        _tip, stranger, _code = tip_with_code()
        for someone in (Client(), stranger):
            assert head(someone, url).status_code == 404
            assert someone.delete(url, headers=TUS).status_code == 404
        assert Client().post(f"{url}hapus/").status_code == 404
        stranger.post(f"{url}hapus/")
        assert Upload.objects.count() == 1
        assert create(Client(), "pesan", 100).status_code == 404

    @pytest.mark.parametrize("purpose", ["lengkapi", "lengkapi-1", "apa-saja"])
    def test_a_mailbox_takes_no_files_for_what_was_not_asked(self, purpose):
        _report, browser, _code = report_with_code()
        assert create(browser, purpose, 100).status_code == 404
        assert Draft.objects.count() == 0

    def test_another_site_cannot_send_in_this_browser_s_name(self):
        browser = Client(enforce_csrf_checks=True)
        assert create(browser, "pesan", 100).status_code == 403


class TestCompletion:
    """Answers to what is missing take files that came part by part."""

    @pytest.fixture
    def box(self, asked):  # noqa: F811
        """The report and its mailbox, the notice read."""
        report, browser, _code = asked
        browser.post("/lacak/laporan/terima/")
        return report, browser

    def test_those_of_an_item_are_its_own_and_those_of_the_whole_go_at_the_end(self, box):
        report, browser = box
        arrive(browser, "lengkapi-2", files.picture(), filename="butir.jpg")
        arrive(browser, "lengkapi", files.picture(), filename="semua.jpg")
        pages = [browser.get(f"{PAGE}{page}").content.decode() for page in ("1/", "2/", "")]
        assert ["butir.jpg" in page for page in pages] == [False, True, False]
        browser.post(f"{PAGE}2/", {"jawaban": "Terlampir."})
        item = CompletionItem.objects.get(position=2)
        assert [file.original_name for file in item.files.all()] == ["butir.jpg"]
        assert Evidence.objects.get(original_name="semua.jpg").matter is None
        report.refresh_from_db()
        browser.post(PAGE, {"jawaban": "", "versi": report.version})
        owners = Evidence.objects.values_list("original_name", "report").order_by("original_name")
        assert list(owners) == [("butir.jpg", report.pk), ("semua.jpg", report.pk)]

    def test_what_waits_for_an_answer_that_was_never_saved_goes_with_the_whole(self, box):
        report, browser = box
        arrive(browser, "lengkapi-1", files.picture())
        browser.post(PAGE, {"jawaban": "Semua terlampir.", "versi": report.version})
        piece = Evidence.objects.get()
        assert (piece.report, piece.completion_items.get().position) == (report, 1)

    def test_a_film_arrives_whole_over_a_line_that_breaks(self, box, live_server, tmp_path):
        _report, browser = box
        content = files.picture() + os.urandom(500_000)
        (tmp_path / "film").write_bytes(content)
        token = browser.get(f"{PAGE}2/").cookies["csrftoken"].value
        header = "; ".join(f"{name}={each.value}" for name, each in browser.cookies.items())
        line = BreakingLine(live_server.thread.port, seed=3, least=4_000, most=90_000)
        try:
            tus = TusClient(
                f"http://127.0.0.1:{line.port}{DOOR % 'lengkapi-2'}",
                headers={"Cookie": header, "X-CSRFToken": token},
            )
            with (tmp_path / "film").open("rb") as stream:
                named = {"filename": "film.mp4"}
                tus.uploader(
                    file_stream=stream, metadata=named, retries=500, retry_delay=0
                ).upload()
        finally:
            line.close()
        browser.post(f"{PAGE}2/", {"jawaban": "Ini videonya."})
        piece = CompletionItem.objects.get(position=2).files.get()
        assert (piece.sha256, line.broken > 4) == (hashlib.sha256(content).hexdigest(), True)

    def test_without_scripts_the_caption_comes_with_the_form(self, box):
        _report, browser = box
        given = {"jawaban": "Ini.", "keterangan": "Layar status"}
        browser.post(
            f"{PAGE}1/", {**given, "berkas": [SimpleUploadedFile("layar.jpg", files.picture())]}
        )
        assert Evidence.objects.get().caption == "Layar status"
