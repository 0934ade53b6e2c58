"""No cache keeps a page of the office for the next person at the same counter."""

import pytest

from tests.complaints.staff.scene import browser


@pytest.mark.parametrize(
    "page", ["/petugas/perkara/", "/petugas/kalender/", "/petugas/pleno/", "/petugas/laporan/"]
)
def test_no_page_of_the_office_is_kept(scene, page):
    answer = browser(scene.handler).get(page)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_evidence_of_a_file_is_not_kept(scene):
    report = scene.report()
    page = f"/petugas/berkas/{report.matter.public_id}/bukti/"
    answer = browser(scene.handler).get(page)
    assert (answer.status_code, "no-store" in answer.headers["Cache-Control"]) == (200, True)
