"""What comes back goes out as a new version; the old one stays, and a successor has them both."""

import io
import shutil
import subprocess
import zipfile

import pytest

from complaints.models import Addressee, ReferralItem, ReferralPackage
from neutrality.organisations.models import ReferralBody
from tests.complaints import factories as make
from tests.complaints.referral.scene import Scene, agency, kanreg

pytestmark = pytest.mark.django_db


def unpacked(browser, url, folder):
    """The names in a ZIP whose list of hashes the program that everybody has accepts."""
    answer = browser.get(url)
    assert answer.status_code == 200
    files = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    files.extractall(folder)
    program = ["sha256sum"] if shutil.which("sha256sum") else ["shasum", "-a", "256"]
    list_of = [*program, "-c", "SHA256SUMS.txt"]
    assert subprocess.run(list_of, cwd=folder, check=False).returncode == 0
    changed = folder / "2-case_summary.pdf"
    changed.write_bytes(changed.read_bytes() + b"x")
    assert subprocess.run(list_of, cwd=folder, check=False).returncode != 0
    return files.namelist()


def test_a_return_makes_a_version_beside_the_old_one_which_stays_readable(
    browser_of, travel, tmp_path
):
    scene = Scene(employer=agency())
    (item,) = scene.send()
    travel(19, 9)
    body = browser_of(make.user("Penghubung contoh", "liaison", body=kanreg()))
    desk = browser_of(scene.handler_user)
    room = f"/instansi/{item.public_id}"
    back = {"versi": "1", "alasan": "Kajian tidak ada."}
    assert body.post(f"{room}/langkah/RETURN/", back).status_code == 302
    again = {"kanal": "POST", "versi": "2"}
    sent = desk.post(f"/petugas/penerusan/{item.public_id}/langkah/RESEND/", again)
    assert sent.status_code == 302
    first, second = ReferralPackage.objects.order_by("version")
    assert (first.version, second.version) == (1, 2)
    assert first.letter_id != second.letter_id
    with_copy = unpacked(body, f"{room}/paket/{first.public_id}/", tmp_path / "1")
    without = unpacked(body, f"{room}/paket/{second.public_id}/", tmp_path / "2")
    assert [*without, "salinan-bukti-1.png"] == with_copy
    page = body.get(f"{room}/").content.decode()
    versions = [f"Versi {number} untuk {kanreg().name}" for number in (2, 1)]
    assert [page.count(words) for words in versions] == [1, 1]
    assert page.index(versions[0]) < page.index(versions[1])


def test_the_body_that_takes_an_item_over_has_the_file_of_its_predecessor(
    browser_of, travel, tmp_path
):
    scene = Scene(employer=agency())
    (item,) = scene.send()
    kasn = ReferralBody.objects.get(code="KASN")
    ReferralItem.objects.update(body=kasn, body_path=kasn.path)
    ReferralPackage.objects.update(body=kasn)
    Addressee.objects.update(body=kasn)
    travel(19, 9)
    body = browser_of(make.user("Penghubung contoh", "liaison", body=kanreg()))
    room = f"/instansi/{item.public_id}"
    assert body.get(f"{room}/").status_code == 404
    moved = browser_of(scene.handler_user).post(
        f"/petugas/penerusan/{item.public_id}/langkah/READDRESS/",
        {"versi": "1", "alasan": "SE MenPANRB 4/2024"},
    )
    assert moved.status_code == 302
    package = ReferralPackage.objects.get()
    page = body.get(f"{room}/").content.decode()
    assert f"Versi 1 untuk {kasn.name}" in page
    assert "SHA256SUMS.txt" in unpacked(body, f"{room}/paket/{package.public_id}/", tmp_path)
    letter = body.get(f"{room}/dokumen/{package.letter.public_id}/")
    assert letter.content.startswith(b"%PDF")
    former = browser_of(make.user("Penghubung lama", "liaison", body=kasn))
    assert former.get(f"{room}/").status_code == 404
