"""Words that point to the reporter are shown before sending, and nothing is changed for them."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.models import Evidence
from complaints.selectors.giveaways import giveaways_in
from tests.complaints import factories
from tests.complaints.evidence.files import picture
from tests.complaints.public.journey import ACCOUNT, RESPONDENT, WHERE, begin, fill

QUIET = [
    ACCOUNT,
    "Lurah membagikan 3.500.000 rupiah pada 14-06-2025 pukul 09.30.",
    "Nama saya tidak perlu disebut di sini",
]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hubungi saya di 0812-3456-7890 ya", ["0812-3456-7890"]),
        ("NIK 3571014506900001 milik siapa", ["3571014506900001"]),
        ("kirim ke budi.contoh@mail.id saja", ["budi.contoh@mail.id"]),
        ("Perkenalkan saya Budi Contoh dari bawah", ["Perkenalkan saya Budi Contoh"]),
        ("Difoto dari meja saya kemarin", ["meja saya"]),
        ("Saya bekerja di bagian umum, lantai 2", ["Saya bekerja di bagian umum"]),
        ("Kata WARGA  contoh begitu", ["WARGA  contoh"]),
    ],
)
def test_what_points_to_the_teller_is_found(text, words):
    found = giveaways_in(text, own_names=["Warga Contoh"])
    assert [each.words for each in found] == words


@pytest.mark.parametrize("text", QUIET)
def test_an_ordinary_story_is_left_alone(text):
    assert giveaways_in(text, own_names=["Warga Contoh"]) == []


@pytest.mark.parametrize("letters", ["x", "9", "a.", "08-", "\u00e9", "saya ", "Nama "])
def test_a_story_without_end_is_soon_looked_through(letters):
    began = time.process_time()
    found = giveaways_in(letters * (100_000 // len(letters)) + " warga@contoh.id")
    assert (time.process_time() - began < 5, found[-1].words) == (True, "warga@contoh.id")


@pytest.mark.django_db(transaction=True)
class TestPages:
    def test_the_story_is_saved_and_asked_about_once(self, client):
        begin(client, anonymous=True)
        story = f"{ACCOUNT} Saya mengajar di SD Contoh, lihat dari kelas saya."
        page = client.post("/lapor/uraian/", {"uraian": story})
        shown = page.content.decode()
        assert (page.status_code, "kelas saya</q>" in shown, story in shown) == (200, True, True)
        assert story in client.get("/lapor/uraian/").content.decode()
        again = client.post("/lapor/uraian/", {"uraian": story, "sudah_dibaca": "ya"})
        assert again.headers["Location"] == "/lapor/waktu/"

    def test_every_free_answer_is_looked_at_and_led_back_to(self, client):
        begin(client, anonymous=True)
        fill(client, contest=factories.contest().pk, anonymous=True)
        place = {**WHERE, "tempat": "Depan rumah saya"}
        person = {**RESPONDENT, "ciri": "Kepala seksi, atasan saya"}
        for step, given in (
            ("tempat", place),
            ("terlapor/1", person),
            ("pemilihan", {"siapa": "Calon tetangga saya"}),
        ):
            client.post(f"/lapor/{step}/", given)
        file = SimpleUploadedFile("foto.png", picture())
        client.post("/lapor/bukti/", {"berkas": file, "keterangan": "Foto"})
        Evidence.objects.update(shows="Difoto dari meja saya")
        page = client.get("/lapor/periksa/")
        assert [(each.step, each.words) for each in page.context["giveaways"]] == [
            ("tempat", "rumah saya"),
            ("pemilihan", "tetangga saya"),
            ("terlapor", "atasan saya"),
            ("bukti", "meja saya"),
        ]
        shown = page.content.decode()
        linked = ("tempat", "pemilihan", "terlapor", "bukti")
        named = [f'<a href="/lapor/{step}/?dari=periksa">ubah' in shown for step in linked]
        assert named == [True] * 4

    def test_names_of_files_are_looked_at_before_sending(self, client):
        begin(client)
        fill(client, contest=factories.contest().pk)
        file = SimpleUploadedFile("foto_pelapor_contoh_0812-3456-7890.png", picture())
        client.post("/lapor/bukti/", {"berkas": file, "keterangan": "Unggahan"})
        page = client.get("/lapor/periksa/")
        assert [each.words for each in page.context["giveaways"]] == [
            "pelapor contoh",
            "0812-3456-7890",
        ]
        assert "/lapor/bukti/?dari=periksa" in page.content.decode()
