"""What comes back goes out as a new version; the old one stays, and a successor has them both."""

import io
import shutil
import subprocess
import zipfile

import pytest

from complaints.models import (
    Addressee,
    Allegation,
    AllegationResult,
    ReferralItem,
    ReferralPackage,
)
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


AGAIN = {"kanal": "POST", "versi": "2"}


def returned(scene, travel):
    """The item of the scene after the body gave it back; the next day begins."""
    (item,) = scene.send()
    scene.recorded(item, "RECORD_RETURN", make.at(19, 9), reason="Kurang.")
    travel(20, 9)
    return item, f"/petugas/penerusan/{item.public_id}/langkah/RESEND/"


def test_what_the_plenary_withdrew_is_not_sent_again_until_it_finds_the_same(browser_of, travel):
    scene = Scene(employer=agency())
    item, page = returned(scene, travel)
    desk, former = browser_of(scene.handler_user), scene.decision
    AllegationResult.objects.update(superseded_at=make.at(19, 10).now)  # as opening it again does
    refused = desk.post(page, AGAIN)
    assert (refused.status_code, "sudah dicabut" in refused.content.decode()) == (422, True)
    scene.decision = scene.decide(scene.matter)
    allegation = Allegation.objects.get()
    scene.result(allegation, "CRIMINAL")
    assert desk.post(page, AGAIN).status_code == 422
    assert ReferralPackage.objects.count() == 1
    item.refresh_from_db()
    assert item.state == "RETURNED"
    scene.result(allegation, "ASN_LAW")
    assert desk.post(page, AGAIN).status_code == 302
    cited = ReferralPackage.objects.order_by("version").values_list("agenda_item", flat=True)
    assert list(cited) == [former.pk, scene.decision.pk]


def test_another_respondent_s_result_does_not_carry_an_item(browser_of, travel):
    scene = Scene(employer=agency())
    _item, page = returned(scene, travel)
    AllegationResult.objects.update(superseded_at=make.at(19, 10).now)
    scene.another_respondent("Camat contoh", scene.agency)
    assert browser_of(scene.handler_user).post(page, AGAIN).status_code == 422


def test_what_went_out_by_the_shortcut_rests_on_no_result(browser_of, travel):
    scene = Scene(employer=agency())
    item, page = returned(scene, travel)
    AllegationResult.objects.all().delete()
    scene.decision.kind = "REFERRAL"
    scene.decision.save()
    assert browser_of(scene.handler_user).post(page, AGAIN).status_code == 302
    assert item.packages.latest("version").agenda_item == scene.decision


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
