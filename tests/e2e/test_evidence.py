"""The disclosure check in a browser without a script of ours: black out, prepare, release."""

import hashlib
import re

import pytest
from playwright.sync_api import expect

from complaints.codes import DerivativeKind
from complaints.models import Derivative
from complaints.services.evidence_intake import ArrivedFile, Owner, take_in_file
from complaints.services.lodge import lodge_report
from complaints.services.prepare_derivative import Question
from complaints.services.process_evidence import process_evidence
from neutrality.audit.actor import CITIZEN
from tests.complaints import factories as make
from tests.complaints.evidence import files, films
from tests.e2e.axe import violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def matter(settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = False
    matter = lodge_report(given=make.lodging(), actor=CITIZEN, clock=make.at(16, 9)).matter
    owner = Owner(matter_id=matter.pk)
    for number, (content, name, caption, is_identity) in enumerate(
        [
            (files.photo_with_place(orientation=1), "foto.jpg", "Unggahan status", False),
            (files.pdf(), "surat.pdf", "Surat tugas", False),
            (files.pdf(locked_by="x"), "kunci.pdf", "Surat terkunci", False),
            (files.picture(), "ktp.jpg", "", True),
            (films.film(), "video.mp4", "Video apel", False),
        ]
    ):
        path = tmp_path / str(number)
        path.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        file = ArrivedFile(name, path, len(content), digest, [content])
        piece = take_in_file(
            file=file, owner=owner, actor=CITIZEN, clock=make.at(16, 9), caption=caption,
            is_identity=is_identity,
        )  # fmt: skip
        process_evidence(evidence_id=piece.pk, clock=make.at(16, 10))
    return matter


def enter(page, client, *roles, name):
    client.force_login(make.user(name, *roles, office=make.office()))
    page.context.clear_cookies()
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.url_base}])


def seen(page, name):
    """The page is accessible, and no wider than the screen."""
    page.wait_for_load_state("networkidle")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], name
    assert violations(page) == []


def black_out(page):
    page.get_by_role("link", name=re.compile("^Samarkan")).click()
    for side, value in (("kiri", 10), ("atas", 10), ("lebar", 30), ("tinggi", 40)):
        page.locator(f"#id_{side}_1").fill(str(value))
    page.get_by_role("button", name="Lihat pratinjau").click()
    expect(page.locator("svg.redaction rect")).to_have_count(1)
    seen(page, "redact")
    with page.expect_navigation():
        page.get_by_role("button", name="Simpan salinan yang disamarkan").click()
    return Derivative.objects.get(kind=DerivativeKind.REDACTED)


def prepare(page, copy):
    page.locator(f'a[href="/petugas/salinan/{copy.public_id}/siapkan/"]').click()
    page.get_by_role("button", name=re.compile("^Siapkan dan minta")).click()
    seen(page, "prepare-wrong")
    page.get_by_label("Instansi tujuan").check()
    page.get_by_label("Sebutan bukti ini untuk penerima").fill("Tangkapan layar")
    for name in Question.values:
        answer = "REDACTED" if name == "FACES" else "NONE"
        page.locator(f'input[name="{name}"][value="{answer}"]').check()
    page.get_by_role("button", name=re.compile("^Siapkan dan minta")).click()
    seen(page, "prepared")


def test_two_persons_let_a_blackened_picture_go(page, client, live_server, matter):
    page.url_base = live_server.url
    enter(page, client, "handler", "intake", name="Orang pertama")
    page.goto(f"/petugas/berkas/{matter.public_id}/bukti/")
    seen(page, "list")
    page.get_by_role("link", name="Unggahan status").click()
    seen(page, "picture")
    redacted = black_out(page)
    prepare(page, redacted)

    enter(page, client, "commissioner", name="Orang kedua")
    page.goto(f"/petugas/berkas/{matter.public_id}/bukti/")
    seen(page, "list-waiting")
    page.get_by_role("link", name=re.compile("untuk instansi tujuan")).click()
    seen(page, "release")
    page.get_by_label(re.compile("^Lepas")).check()
    page.get_by_role("button", name="Simpan keputusan").click()
    page.wait_for_url("**/bukti/**")
    released = Derivative.objects.get(parent=redacted)
    assert str(released.released_by) == "Orang kedua"
    seen(page, "released")


def test_an_identity_and_an_original_ask_why(page, client, live_server, matter):
    page.url_base = live_server.url
    enter(page, client, "handler", name="Petugas contoh")
    page.goto(f"/petugas/berkas/{matter.public_id}/bukti/")
    page.get_by_role("link", name="Bukti identitas").click()
    seen(page, "identity")
    page.get_by_label("Untuk apa Anda membukanya?").fill("Mencocokkan e-KTP")
    page.get_by_role("button", name="Buka").click()
    assert page.get_by_alt_text("Salinan bukti identitas").get_attribute("src").startswith("data:")
    seen(page, "identity-open")
    page.goto(f"/petugas/berkas/{matter.public_id}/bukti/")
    page.get_by_role("link", name="Surat terkunci").click()
    seen(page, "refused")
    page.get_by_role("link", name="Unduh berkas asli").click()
    seen(page, "original")
    page.get_by_label("Untuk apa Anda membukanya?").fill("Membaca surat")
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh berkas asli").click()
    assert download.value.suggested_filename.endswith(".pdf")


def test_films_play_and_pages_of_papers_are_seen(page, client, live_server, matter):
    page.url_base = live_server.url
    enter(page, client, "handler", name="Petugas contoh")
    page.goto(f"/petugas/berkas/{matter.public_id}/bukti/")
    page.get_by_role("link", name="Video apel").click()
    lasts = page.locator("video").evaluate(
        "film => new Promise(go => film.readyState ? go(film.duration)"
        " : film.addEventListener('loadedmetadata', () => go(film.duration)))"
    )
    assert round(lasts) == 2
    seen(page, "film")
    page.get_by_role("link", name=re.compile("^Samarkan")).click()
    seen(page, "film-redact")
    page.locator("#id_dari_1").fill("0:00")
    page.locator("#id_sampai_1").fill("0:01")
    page.get_by_role("button", name="Buat salinan yang disamarkan").click()
    seen(page, "film-wished")
    page.goto(f"/petugas/berkas/{matter.public_id}/bukti/")
    page.get_by_role("link", name="Surat tugas").click()
    wide = page.locator(".evidence-pages img").first.evaluate(
        "page => new Promise(go => page.complete && page.naturalWidth ? go(page.naturalWidth)"
        " : page.addEventListener('load', () => go(page.naturalWidth)))"
    )
    assert wide > 0
    seen(page, "paper")
    page.get_by_role("link", name=re.compile("^Samarkan")).click()
    seen(page, "paper-redact")
