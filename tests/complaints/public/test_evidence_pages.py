"""What the sender sees of own evidence: what it tells besides, captions, what is unfinished."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from complaints.models import Evidence, Upload
from complaints.services.process_evidence import process_evidence
from neutrality.law.clock import read_clock
from tests.complaints.evidence import files
from tests.complaints.public.journey import begin
from tests.complaints.public.test_uploads import create, patch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(client):
    begin(client)


def upload(client, name, content):
    return client.post("/lapor/bukti/", {"berkas": [SimpleUploadedFile(name, content)]})


def examined():
    for row in Evidence.objects.all():
        process_evidence(evidence_id=row.pk, clock=read_clock())


def words(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.usefixtures("draft")
class TestTold:
    """Before it is sent the person is told what a file carries."""

    def test_a_photograph_with_a_place_and_a_phone_model(self, client):
        upload(client, "foto.jpg", files.photo_with_place())
        assert "Sedang diperiksa." in words(client.get("/lapor/bukti/"))
        examined()
        told = (
            "Berkas ini juga memuat merek atau jenis ponsel dan tempat (koordinat). Kami membuangnya"
            " dari semua salinan; hanya berkas asli yang disegel tetap memuatnya."
        )
        assert told in words(client.get("/lapor/bukti/"))

    def test_a_letter_with_the_name_of_its_author(self, client):
        upload(client, "surat.docx", files.letter(author="x"))
        examined()
        assert "simpan sebagai PDF" in words(client.get("/lapor/bukti/"))

    def test_a_plain_picture_tells_nothing(self, client):
        upload(client, "foto.jpg", files.picture())
        examined()
        assert "juga memuat" not in words(client.get("/lapor/bukti/"))

    def test_a_broken_one_is_said_to_be_broken(self, client):
        upload(client, "foto.jpg", files.picture()[:-2000])
        examined()
        assert "rusak atau terpotong" in words(client.get("/lapor/bukti/"))


@pytest.mark.usefixtures("draft")
class TestDescribed:
    """Each piece has its own caption and says what it shows."""

    def test_each_file_is_described_on_a_page_of_its_own(self, client):
        upload(client, "foto.jpg", files.picture())
        piece = Evidence.objects.get()
        url = f"/lapor/bukti/{piece.public_id}/"
        assert f'href="{url}"' in client.get("/lapor/bukti/").content.decode()
        given = {"keterangan": "Status WhatsApp", "menunjukkan": "Lurah contoh, dua jari"}
        assert client.post(url, given).headers["Location"] == "/lapor/bukti/"
        piece.refresh_from_db()
        assert (piece.caption, piece.shows) == ("Status WhatsApp", "Lurah contoh, dua jari")
        assert "Lurah contoh, dua jari" in words(client.get("/lapor/bukti/"))

    def test_too_many_words_come_back(self, client):
        upload(client, "foto.jpg", files.picture())
        url = f"/lapor/bukti/{Evidence.objects.get().public_id}/"
        assert client.post(url, {"keterangan": "x" * 201}).status_code == 422

    def test_nobody_else_reaches_it(self, client):
        upload(client, "foto.jpg", files.picture())
        url = f"/lapor/bukti/{Evidence.objects.get().public_id}/"
        stranger = Client()
        begin(stranger)
        assert [stranger.get(url).status_code, stranger.post(url, {}).status_code] == [404, 404]

    def test_the_card_has_no_such_page(self, client):
        upload(client, "ktp.jpg", files.picture())
        Evidence.objects.update(is_identity=True)
        url = f"/lapor/bukti/{Evidence.objects.get().public_id}/"
        assert client.get(url).status_code == 404


@pytest.mark.usefixtures("draft")
class TestUnfinished:
    """A file whose line broke is shown, and can be given up without a script."""

    def test_it_is_listed_with_how_much_arrived_and_given_up(self, client):
        url = create(client, 1000, filename="video.mp4").headers["Location"]
        patch(client, url, 0, b"x" * 430)
        page = words(client.get("/lapor/bukti/"))
        assert ("video.mp4" in page, "43 % dari" in page, f'data-unfinished="{url}"' in page) == (
            True,
            True,
            True,
        )
        assert client.post(f"{url}hapus/").status_code == 302
        assert Upload.objects.count() == 0
        assert client.post(f"{url}hapus/").status_code == 302

    def test_the_limits_are_said_before_choosing(self, client):
        page = words(client.get("/lapor/bukti/"))
        assert "Video: sampai 100 MB" in page
        assert 'data-most-image="15"' in page

    def test_too_many_in_an_hour_is_said(self, client, settings):
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, "uploads": (1, 60)}
        assert upload(client, "foto.jpg", files.picture()).status_code == 302
        assert upload(client, "foto.jpg", files.picture()).status_code == 429
        address = {"alamat": "contoh.id/1"}
        assert client.post("/lapor/bukti/alamat/", address).status_code == 429


@pytest.mark.usefixtures("draft")
class TestLastPageBeforeSending:
    """The page on which answers are checked says of each file how it stands."""

    CHECK = "/lapor/periksa/"

    def test_it_looks_again_by_itself_until_the_file_is_examined(self, client):
        upload(client, "foto.jpg", files.photo_with_place())
        page = words(client.get(self.CHECK))
        again = f'data-waits="{self.CHECK}?menunggu=1"'
        assert ("1 berkas masih diperiksa" in page, again in page, "js/waits" in page) == (
            True,
            True,
            True,
        )
        assert client.get(f"{self.CHECK}?menunggu=1").status_code == 204
        examined()
        answer = client.get(f"{self.CHECK}?menunggu=1")
        assert (answer.status_code, "tempat (koordinat)" in words(answer)) == (200, True)
        assert ("data-waits" in words(answer), "js/waits" in words(answer)) == (False, False)

    def test_it_says_that_a_file_was_refused_and_why(self, client):
        upload(client, "foto.jpg", files.picture()[:-2000])
        examined()
        assert "rusak atau terpotong" in words(client.get(self.CHECK))

    def test_it_says_that_a_file_was_quarantined(self, client):
        upload(client, "foto.jpg", files.picture())
        refusal = "Pemindai menemukan program berbahaya di dalam berkas ini."
        Evidence.objects.update(state="QUARANTINED", refusal=refusal)
        assert refusal in words(client.get(self.CHECK))
