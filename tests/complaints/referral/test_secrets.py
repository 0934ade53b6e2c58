"""No name of a reporter or a witness leaves the house: not in a page, a PDF or an archive."""

import io
import shutil
import subprocess
import zipfile
from hashlib import sha256

import pypdfium2
import pytest

from neutrality.audit.models import AccessRow
from tests.complaints import factories as make
from tests.complaints.referral.scene import DECREE, PICTURE, SECRETS, Scene, agency, kanreg

pytestmark = pytest.mark.django_db


def words_of(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def leaks(text):
    return [secret for secret in SECRETS if secret in text]


@pytest.fixture
def scene():
    """An item that body and agency both received, brought to its sanction."""
    made = Scene(employer=agency())
    (made.item,) = made.send(inform_agencies=True)
    made.recommend(made.item)
    officer = make.actor("Disiplin contoh", "hr_discipline", agency=made.agency)
    made.step(made.item, "START_FOLLOW_UP", officer, make.at(20, 9))
    made.step(made.item, "SANCTION", officer, make.at(20, 10), **DECREE)
    made.item.refresh_from_db()
    return made


def doors(scene):
    body = make.user("Penghubung contoh", "liaison", body=kanreg())
    officer = make.user("Petugas disiplin contoh", "hr_discipline", agency=scene.agency)
    return {"/instansi/": body, "/kepegawaian/disiplin/": officer}


def test_no_page_of_body_or_agency_names_who_reported(scene, browser_of, travel):
    travel(20, 12)
    for base, person in doors(scene).items():
        browser = browser_of(person)
        pages = [
            browser.get(base, {"tampilan": "semua"}),
            browser.get(f"{base}{scene.item.public_id}/"),
            browser.get(f"{base}{scene.item.public_id}/nomor/"),
            browser.get(f"{base}{scene.item.public_id}/langkah/MARK_INACTIVE/"),
        ]
        assert [leaks(page.content.decode()) for page in pages] == [[], [], [], []]
        assert "Lurah contoh" in pages[1].content.decode()


def test_no_pdf_of_a_package_names_who_reported(scene, browser_of, travel):
    package = scene.item.packages.get()
    travel(20, 12)
    for base, person in doors(scene).items():
        for paper in (package.letter, package.summary, package.evidence_list):
            url = f"{base}{scene.item.public_id}/dokumen/{paper.public_id}/"
            answer = browser_of(person).get(url)
            assert (answer.status_code, leaks(words_of(answer.content))) == (200, [])


def accepted(files, folder):
    """Whether the program that everybody has accepts the list of hashes."""
    files.extractall(folder)
    program = ["sha256sum"] if shutil.which("sha256sum") else ["shasum", "-a", "256"]
    done = subprocess.run([*program, "-c", "SHA256SUMS.txt"], cwd=folder, check=False)
    return done.returncode == 0


def test_an_archive_holds_the_papers_the_copies_and_their_hashes(
    scene, browser_of, travel, tmp_path
):
    package = scene.item.packages.get()
    travel(20, 12)
    for base, person in doors(scene).items():
        url = f"{base}{scene.item.public_id}/paket/{package.public_id}/"
        before = AccessRow.objects.filter(what="package.downloaded").count()
        body = b"".join(browser_of(person).get(url).streaming_content)
        files = zipfile.ZipFile(io.BytesIO(body))
        assert files.namelist() == [
            "SHA256SUMS.txt",
            "1-referral_other_law.pdf",
            "2-case_summary.pdf",
            "3-evidence_list.pdf",
            "salinan-bukti-1.png",
        ]
        assert files.read("salinan-bukti-1.png") == PICTURE
        lines = files.read("SHA256SUMS.txt").decode().splitlines()
        sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
        assert {name: sha256(files.read(name)).hexdigest() for name in sums} == sums
        assert accepted(files, tmp_path)
        texts = [words_of(files.read(name)) for name in files.namelist() if name.endswith("pdf")]
        assert leaks("\n".join([*texts, *files.namelist()])) == []
        assert AccessRow.objects.filter(what="package.downloaded").count() == before + 1


def test_no_other_document_of_the_file_opens_for_body_or_agency(scene, browser_of, travel):
    from neutrality.documents.models import Document  # noqa: PLC0415  only this test looks at all

    package = scene.item.packages.get()
    sent = {package.letter_id, package.summary_id, package.evidence_list_id}
    others = Document.objects.filter(matter_ref=scene.matter.pk).exclude(pk__in=sent)
    assert others.exists()
    travel(20, 12)
    for base, person in doors(scene).items():
        browser = browser_of(person)
        answers = {
            browser.get(f"{base}{scene.item.public_id}/dokumen/{row.public_id}/").status_code
            for row in others
        }
        assert answers == {404}


def test_an_agency_that_got_no_copy_has_no_package(browser_of, travel):
    scene = Scene(employer=agency())
    (item,) = scene.send()
    scene.recommend(item)
    package = item.packages.get()
    travel(20, 12)
    browser = browser_of(make.user("H", "hr_discipline", agency=scene.agency))
    base = f"/kepegawaian/disiplin/{item.public_id}"
    answers = [
        browser.get(f"{base}/").status_code,
        browser.get(f"{base}/paket/{package.public_id}/").status_code,
        browser.get(f"{base}/dokumen/{package.letter.public_id}/").status_code,
    ]
    assert answers == [200, 404, 404]


def test_the_body_neither_sees_who_examined_nor_can_ask(scene, browser_of, travel):
    travel(20, 12)
    browser = browser_of(make.user("D", "liaison", body=kanreg()))
    answer = browser.get(f"/kepegawaian/disiplin/{scene.item.public_id}/pemeriksaan/")
    assert answer.status_code == 404
