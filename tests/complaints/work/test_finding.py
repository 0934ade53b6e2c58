"""Finding the work: misspelt names, what ends before the office opens again, saved views."""

from urllib.parse import quote

import pytest

from complaints.models import Report, SavedView
from complaints.selectors.spelling import spellings
from complaints.services.lodge import lodge_report
from complaints.services.lodging import RespondentGiven
from tests.complaints import factories as make
from tests.complaints.case.scene import NEIGHBOUR, Scene, at, logged_in, stranger, url

pytestmark = pytest.mark.django_db


def about(scene, name):
    """A report about somebody of this name."""
    given = make.lodging(
        office=scene.office,
        contest=scene.report.contest,
        respondents=(RespondentGiven(name=name, subject_kind="PNS"),),
    )
    return lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 9))


@pytest.mark.parametrize("typed", ["Soedirman", "sudirmen", "Sudirman"])
def test_a_name_is_found_however_it_is_spelt(typed):
    scene = Scene()
    wanted, other = about(scene, "Sudirman contoh"), about(scene, "Wijaya contoh")
    with at(make.at(17, 10)):
        page = scene.client("handler").get(url("reports"), {"cari": typed}).content.decode()
    assert wanted.public_id in page
    assert other.public_id not in page


@pytest.mark.parametrize(
    ("typed", "variants"),
    [
        ("Sudirman", ("sudirman", "soedirman")),
        ("Soedirman", ("soedirman", "sudirman")),
        ("Djoko", ("djoko", "joko", "ddjoko")),
        ("Wijaya", ("wijaya", "widjaja")),
    ],
)
def test_names_are_tried_in_the_old_and_the_new_spelling(typed, variants):
    assert spellings(typed) == variants


def test_what_ends_before_the_office_opens_again_is_a_filter():
    scene = Scene()
    sunday, monday = about(scene, "Lurah satu"), about(scene, "Lurah dua")
    Report.objects.filter(pk=sunday.pk).update(due_at=make.at(22, 12).now)
    Report.objects.filter(pk=monday.pk).update(due_at=make.at(23, 12).now)
    with at(make.at(20, 14)):
        browser = scene.client("handler")
        page = browser.get(url("reports"), {"tenggat": "sebelum-buka"}).content.decode()
    assert sunday.public_id in page
    assert monday.public_id not in page


def test_a_view_is_saved_shared_opened_and_deleted():
    scene = Scene()
    filters = "tenggat=terlambat&dari=kursor&jahat=1"
    page = f"{url('saved_views')}?daftar=reports&saring={quote(filters)}"
    with at(make.at(17, 10)):
        browser = scene.client("handler")
        assert browser.post(page, {"nama": "", "bagi": ""}).status_code == 422
        shared = {"nama": "Yang lewat", "bagi": str(scene.office.public_id)}
        assert browser.post(page, shared).status_code == 302
        assert browser.post(page, shared).status_code == 422
        row = SavedView.objects.get()
        assert row.query == "tenggat=terlambat"
        colleague = scene.client("second")
        assert "Yang lewat" in colleague.get(url("saved_views")).content.decode()
        assert colleague.post(url("saved_view_delete", row.public_id)).status_code == 404
        assert "Yang lewat" not in stranger(NEIGHBOUR).get(url("saved_views")).content.decode()
        assert browser.get(f"{url('reports')}?{row.query}").status_code == 200
        assert browser.post(url("saved_view_delete", row.public_id)).status_code == 302
    assert not SavedView.objects.exists()


def test_a_view_is_not_shared_with_an_office_of_others():
    scene = Scene()
    page = f"{url('saved_views')}?daftar=tips"
    other = make.office(NEIGHBOUR)
    person = logged_in(make.user("Orang lain", "handler", office=other))
    with at(make.at(17, 10)):
        given = {"nama": "Titip", "bagi": str(scene.office.public_id)}
        assert person.post(page, given).status_code == 422
        assert person.get(f"{url('saved_views')}?daftar=apa-saja").status_code == 404
