"""Finding the work: misspelt names, what ends before the office opens again, saved views."""

from urllib.parse import quote

import pytest

from complaints.models import Report, SavedView
from complaints.selectors.spelling import spellings
from complaints.services.lodge import lodge_report
from complaints.services.lodging import RespondentGiven
from complaints.services.saved_views import ViewGiven, save_view
from complaints.services.view_alerts import alert_views
from neutrality.notifications.models import Outbox
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
        ("Djoko", ("djoko", "joko")),
        ("Soedarmaji", ("soedarmaji", "sudarmaji", "sudarmadji", "soedarmadji")),
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
        assert "Tenggat: Terlambat" in browser.get(page).content.decode()
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


def view_of(scene, query="", listing="reports"):
    given = ViewGiven(listing=listing, name="Contoh", query=query, office=scene.office)
    return save_view(given=given, actor=scene.actor("handler"), clock=make.at(17, 9))


def heard(user):
    rows = Outbox.objects.filter(kind="view_alert", user_id=user.pk).order_by("pk")
    return [row.context for row in rows]


def wished(scene, view, who, kind, threshold=None):
    page = url("saved_view_alert", view.public_id)
    answer = scene.client(who).post(page, {"kapan": kind, "jumlah": threshold or ""})
    return answer.status_code


def test_a_view_tells_at_once_what_is_new_and_nothing_of_it():
    scene = Scene()
    view, second = view_of(scene), scene.people["second"]
    with at(make.at(17, 9)):
        assert wished(scene, view, "second", "AT_ONCE") == 302
        page = scene.client("second").get(url("saved_views")).content.decode()
        assert "Diberitahu segera" in page
        assert (
            "Diberitahu segera"
            not in scene.client("handler").get(url("saved_views")).content.decode()
        )
    about(scene, "Lurah lama")
    assert alert_views(clock=make.at(17, 10)) == 0
    about(scene, "Lurah baru")
    assert [alert_views(clock=make.at(17, hour)) for hour in (11, 12)] == [1, 0]
    about(scene, "Camat malam")
    assert [alert_views(clock=make.at(17, hour)) for hour in (22, 23)] == [0, 0]
    assert alert_views(clock=make.at(18, 7)) == 1
    assert heard(second) == [{"count": "1"}, {"count": "1"}]
    with at(make.at(18, 8)):
        assert wished(scene, view, "second", "") == 302
    about(scene, "Lurah lagi")
    assert alert_views(clock=make.at(18, 9)) == 0


def test_a_view_tells_once_a_day_or_when_there_are_many():
    scene = Scene()
    view = view_of(scene)
    with at(make.at(17, 9)):
        assert wished(scene, view, "second", "THRESHOLD") == 422
        assert wished(scene, view, "second", "THRESHOLD", 2) == 302
        assert wished(scene, view, "handler", "DAILY") == 302
    about(scene, "Lurah satu")
    assert [alert_views(clock=make.at(18, hour)) for hour in (7, 8)] == [1, 0]
    about(scene, "Lurah dua")
    assert [alert_views(clock=make.at(18, hour)) for hour in (9, 10)] == [1, 0]
    assert alert_views(clock=make.at(19, 7)) == 1
    assert heard(scene.people["handler"]) == [{"count": "1"}, {"count": "2"}]
    assert heard(scene.people["second"]) == [{"count": "2"}]


def test_who_works_there_no_more_hears_nothing_more():
    scene = Scene()
    view = view_of(scene)
    with at(make.at(17, 9)):
        assert wished(scene, view, "second", "DAILY") == 302
        stranger_page = stranger(NEIGHBOUR).get(url("saved_view_alert", view.public_id))
        assert stranger_page.status_code == 404
    scene.people["second"].grants.update(ends_on=make.at(17).now.date())
    about(scene, "Lurah satu")
    assert alert_views(clock=make.at(18, 7)) == 0
