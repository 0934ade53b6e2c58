"""Resumable uploads: the tus protocol word by word, and a real client over a line that breaks."""

import hashlib
import os
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as site
from django.test import Client
from tusclient.client import TusClient

from complaints.models import Custody, Draft, Evidence, Upload
from complaints.services.process_evidence import process_evidence
from complaints.services.upload_parts import expire_uploads
from complaints.tasks import forget_uploads
from neutrality.law.clock import Clock, read_clock
from neutrality.vault.models import Arrival, SealedBlob
from neutrality.vault.services import receive
from tests.complaints import factories
from tests.complaints.evidence import files
from tests.complaints.evidence.lines import BreakingLine
from tests.complaints.public.journey import begin, fill

pytestmark = pytest.mark.django_db(transaction=True)

DOOR = "/lapor/bukti/unggah/"
TUS = {"Tus-Resumable": "1.0.0"}
PART = "application/offset+octet-stream"


def told(**values):
    return ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in values.items())


def create(client, size, **values):
    named = {"filename": "video.mp4", **values}
    headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": told(**named)}
    return client.post(DOOR, content_type="application/octet-stream", headers=headers)


def patch(client, url, offset, content, kind=PART, **headers):
    return client.patch(
        url, content, content_type=kind, headers={**TUS, "Upload-Offset": str(offset), **headers}
    )


def head(client, url):
    return client.head(url, headers=TUS)


def part_files():
    return list((Path(site.MEDIA_ROOT) / "arriving").glob("*"))


@pytest.fixture
def draft(client):
    begin(client)
    return Draft.objects.get()


class TestProtocol:
    """What each request is answered."""

    def test_the_server_says_what_it_can(self, client):
        answer = client.options(DOOR)
        said = {name: answer.headers[name] for name in answer.headers if name.startswith("Tus")}
        assert (answer.status_code, said) == (
            204,
            {
                "Tus-Resumable": "1.0.0",
                "Tus-Version": "1.0.0",
                "Tus-Extension": "creation,termination,expiration",
                "Tus-Max-Size": str(100 * 1024 * 1024),
            },
        )

    def test_another_version_is_refused_and_ours_is_named(self, client, draft):
        answer = client.post(DOOR, headers={"Tus-Resumable": "0.2.2", "Upload-Length": "5"})
        assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")
        assert client.post(DOOR, headers={"Upload-Length": "5"}).status_code == 412

    def test_a_file_comes_in_two_parts(self, client, draft):
        content = files.picture()
        made = create(client, len(content), filename="story.jpg", keterangan="Story")
        url = made.headers["Location"]
        assert (made.status_code, head(client, url).headers["Upload-Offset"]) == (201, "0")
        first = patch(client, url, 0, content[:1000])
        assert (first.status_code, first.headers["Upload-Offset"]) == (204, "1000")
        asked = head(client, url)
        assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == (
            "1000",
            str(len(content)),
        )
        assert "no-store" in asked.headers["Cache-Control"]
        assert asked.headers["Upload-Expires"] == made.headers["Upload-Expires"]
        last = patch(client, url, 1000, content[1000:])
        assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(content)))
        evidence = Evidence.objects.get()
        assert (evidence.sha256, evidence.original_name, evidence.caption, evidence.draft) == (
            hashlib.sha256(content).hexdigest(),
            "story.jpg",
            "Story",
            draft,
        )
        assert Custody.objects.get().act == "RECEIVED"
        process_evidence(evidence_id=evidence.pk, clock=read_clock())
        assert evidence.derivatives.count() == 2
        assert (Arrival.objects.count(), part_files()) == (0, [])

    def test_a_sender_who_missed_the_last_answer_learns_that_all_arrived(self, client, draft):
        content = files.picture()
        url = create(client, len(content)).headers["Location"]
        patch(client, url, 0, content)
        assert head(client, url).headers["Upload-Offset"] == str(len(content))
        bare = {"Content-Type": PART, "Content-Length": "0"}
        again = patch(client, url, len(content), b"", **bare)
        assert (again.status_code, Evidence.objects.count()) == (204, 1)

    def test_a_file_that_came_whole_before_its_worker_died_is_taken_in_when_asked_for(
        self, client, draft
    ):
        content = files.picture()
        url = create(client, len(content)).headers["Location"]
        receive(arrival=Arrival.objects.get(), offset=0, source=[content])
        assert head(client, url).headers["Upload-Offset"] == str(len(content))
        evidence = Evidence.objects.get()
        assert (evidence.sha256, evidence.draft) == (hashlib.sha256(content).hexdigest(), draft)
        assert (Arrival.objects.count(), part_files()) == (0, [])

    @pytest.mark.parametrize(
        ("offset", "content", "kind", "status"),
        [
            (1, b"x", PART, 409),
            (0, b"x" * 101, PART, 413),
            (0, b"x", "application/octet-stream", 415),
            (-1, b"x", PART, 400),
            ("x", b"x", PART, 400),
            ("9" * 30, b"x", PART, 400),
        ],
    )
    def test_what_does_not_fit_changes_nothing(self, client, draft, offset, content, kind, status):
        url = create(client, 100).headers["Location"]
        assert patch(client, url, offset, content, kind).status_code == status
        assert head(client, url).headers["Upload-Offset"] == "0"

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({}, 400),
            ({"Upload-Length": "-1"}, 400),
            ({"Upload-Defer-Length": "1"}, 400),
            ({"Upload-Length": str(100 * 1024 * 1024 + 1)}, 413),
            ({"Upload-Length": "0"}, 422),
            ({"Upload-Length": "9", "Upload-Metadata": "filename ?!"}, 400),
        ],
    )
    def test_what_cannot_come_is_refused_before_it_comes(self, client, draft, headers, status):
        answer = client.post(DOOR, headers={**TUS, **headers})
        assert (answer.status_code, Upload.objects.count()) == (status, 0)

    def test_a_sender_without_the_word_patch_says_it_in_a_header(self, client, draft):
        url = create(client, 100).headers["Location"]
        headers = {**TUS, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
        answer = client.post(url, b"x" * 10, content_type=PART, headers=headers)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "10")

    def test_what_is_given_up_leaves_nothing(self, client, draft):
        url = create(client, 100).headers["Location"]
        patch(client, url, 0, b"x" * 10)
        assert client.delete(url, headers=TUS).status_code == 204
        assert (Upload.objects.count(), Arrival.objects.count(), part_files()) == (0, 0, [])
        assert head(client, url).status_code == 404

    def test_giving_up_what_has_arrived_keeps_the_evidence(self, client, draft):
        content = files.picture()
        url = create(client, len(content)).headers["Location"]
        patch(client, url, 0, content)
        assert client.delete(url, headers=TUS).status_code == 204
        assert Evidence.objects.count() == 1

    def test_what_we_do_not_take_is_said_in_words_and_erased(self, client, draft):
        content = files.page_with_script()
        url = create(client, len(content), filename="foto.jpg").headers["Location"]
        answer = patch(client, url, 0, content)
        assert (answer.status_code, answer.content.decode()) == (
            422,
            "Jenis berkas ini tidak dapat diterima. Kirim foto, video, suara, atau PDF.",
        )
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert (head(client, url).status_code, part_files()) == (410, [])
        assert (Evidence.objects.count(), SealedBlob.objects.count()) == (0, 0)

    def test_the_limit_of_its_kind_holds(self, client, draft, settings):
        settings.EVIDENCE_MAX_MIB = {"image": 1, "document": 1, "audio": 1, "video": 3}
        content = files.picture() + bytes(1024 * 1024)
        url = create(client, len(content)).headers["Location"]
        answer = patch(client, url, 0, content)
        assert (answer.status_code, answer.content.decode()) == (
            422,
            "Berkas ini lebih besar dari 1 MB, batas untuk jenisnya.",
        )

    def test_a_draft_has_room_for_so_many_those_on_their_way_included(
        self, client, draft, settings
    ):
        settings.EVIDENCE_MAX_FILES = 1
        assert create(client, 100).status_code == 201
        full = create(client, 100)
        assert (full.status_code, full.content.decode()) == (
            422,
            "Sudah ada 1 bukti. Hapus satu sebelum menambah yang lain.",
        )

    def test_one_visitor_uploads_so_many_in_an_hour(self, client, draft, settings):
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, "uploads": (1, 60)}
        assert create(client, 100).status_code == 201
        assert create(client, 100).status_code == 429

    def test_parts_that_were_lost_end_the_upload(self, client, draft):
        url = create(client, 100).headers["Location"]
        part_files()[0].unlink()
        assert patch(client, url, 0, b"x" * 10).status_code == 404
        assert head(client, url).status_code == 410


class TestWhoseItIs:
    """An upload belongs to the draft of this browser."""

    def test_nobody_else_reaches_it(self, client, draft):
        url = create(client, 100).headers["Location"]
        stranger = Client()
        begin(stranger)
        for someone in (Client(), stranger):
            assert head(someone, url).status_code == 404
            assert patch(someone, url, 0, b"x").status_code == 404
            assert someone.delete(url, headers=TUS).status_code == 404
        assert create(Client(), 100).status_code == 404

    def test_another_site_cannot_send_in_this_browser_s_name(self):
        browser = Client(enforce_csrf_checks=True)
        browser.get("/lapor/")
        assert create(browser, 100).status_code == 403
        assert patch(browser, f"{DOOR}x/", 0, b"x").status_code == 403

    def test_what_was_sent_with_the_report_takes_no_more(self, client, draft):
        url = create(client, 100).headers["Location"]
        fill(client, contest=factories.contest().pk)
        client.post("/lapor/kirim/", {"benar": "on"})
        assert patch(client, url, 0, b"x").status_code == 404
        assert forget_uploads() == 1
        assert (Arrival.objects.count(), part_files()) == (0, [])


class TestExpiration:
    """What never arrives is erased."""

    def test_when_its_time_is_over_key_and_parts_are_gone(self, client, draft):
        url = create(client, 100).headers["Location"]
        patch(client, url, 0, b"x" * 10)
        upload = Upload.objects.get()
        soon = Clock(now=upload.expires_at - timedelta(seconds=1))
        assert (expire_uploads(clock=soon), len(part_files())) == (0, 1)
        assert expire_uploads(clock=Clock(now=upload.expires_at)) == 1
        assert (Upload.objects.count(), Arrival.objects.count(), part_files()) == (0, 0, [])
        assert head(client, url).status_code == 404

    def test_what_arrived_stays_when_its_upload_is_forgotten(self, client, draft):
        content = files.picture()
        url = create(client, len(content)).headers["Location"]
        patch(client, url, 0, content)
        assert expire_uploads(clock=Clock(now=Upload.objects.get().expires_at)) == 1
        assert Evidence.objects.get().state == "PENDING"


class TestRealClient:
    """tuspy, through a server on a port, over a line that breaks."""

    @pytest.fixture
    def send(self, client, live_server, draft):
        """Send content over a line and return it."""
        lines = []
        token = client.get("/lapor/bukti/").cookies["csrftoken"].value
        cookies = {name: each.value for name, each in client.cookies.items()}
        header = "; ".join(f"{name}={value}" for name, value in cookies.items())

        def go(path, *, seed, least, most, **options):
            line = BreakingLine(live_server.thread.port, seed=seed, least=least, most=most)
            lines.append(line)
            tus = TusClient(
                f"http://127.0.0.1:{line.port}{DOOR}",
                headers={"Cookie": header, "X-CSRFToken": token},
            )
            named = {"filename": "rekaman.mp4"}
            with path.open("rb") as stream:
                sender = tus.uploader(
                    file_stream=stream, metadata=named, retries=500, retry_delay=0, **options
                )
                sender.upload()
            return line

        yield go
        for line in lines:
            line.close()

    @pytest.mark.parametrize("seed", range(4))
    def test_whatever_breaks_where_the_file_arrives_whole(self, send, tmp_path, seed):
        content = files.picture() + os.urandom(700_000 + seed)
        path = tmp_path / "rekaman"
        path.write_bytes(content)
        line = send(path, seed=seed, least=4_000, most=90_000)
        evidence = Evidence.objects.get()
        assert (evidence.size, evidence.sha256) == (
            len(content),
            hashlib.sha256(content).hexdigest(),
        )
        assert line.broken > 7

    def test_small_parts_arrive_too(self, send, tmp_path):
        content = files.picture() + os.urandom(40_000)
        path = tmp_path / "rekaman"
        path.write_bytes(content)
        send(path, seed=7, least=3_000, most=30_000, chunk_size=5_000)
        assert Evidence.objects.get().sha256 == hashlib.sha256(content).hexdigest()

    def test_a_film_of_100_mb_arrives_whole(self, send, tmp_path):
        mib = 1024 * 1024
        head_of_film = b"\0\0\0\x20ftypmp42\0\0\0\0mp42isom" + bytes(8)
        path = tmp_path / "rekaman"
        digest = hashlib.sha256()
        with path.open("wb") as film:
            for piece in (head_of_film, *(os.urandom(mib) for _ in range(99))):
                digest.update(piece)
                film.write(piece)
            rest = bytes(100 * mib - film.tell())
            digest.update(rest)
            film.write(rest)
        line = send(path, seed=1, least=4 * mib, most=24 * mib)
        evidence = Evidence.objects.get()
        assert (evidence.size, evidence.sha256, evidence.media_type) == (
            100 * mib,
            digest.hexdigest(),
            "video/mp4",
        )
        assert line.broken > 3
