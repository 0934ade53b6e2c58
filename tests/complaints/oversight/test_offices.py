"""The supervisor's pages: deadlines, work in hand, ties, requests, moved deadlines."""

from datetime import date

import pytest
from django.utils import translation

from complaints.models import Report
from complaints.services.lodge import lodge_report
from neutrality.accounts.models import Relation
from neutrality.accounts.roles import Role
from neutrality.audit.actor import CITIZEN
from neutrality.casework.models import ClockMove, LegalClock, SecondPersonRequest
from neutrality.organisations.models import Agency
from tests.complaints import factories as make

pytestmark = pytest.mark.django_db
CLOCK = make.at(16)


@pytest.fixture(autouse=True)
def _door(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    with translation.override("id"):
        yield


@pytest.fixture
def kediri():
    return make.office()


@pytest.fixture
def page(kediri):
    return f"/petugas/kantor/{kediri.public_id}/"


@pytest.fixture
def head(kediri):
    return make.user("Ketua contoh", Role.SUPERVISOR, office=kediri)


@pytest.fixture
def above():
    return make.user("Pengawas contoh", Role.SUPERVISOR, office=make.office("35"))


@pytest.fixture
def officer(kediri):
    return make.user("Staf contoh", Role.HANDLER, office=kediri)


@pytest.fixture
def report(officer):
    report = lodge_report(given=make.lodging(), actor=CITIZEN, clock=CLOCK)
    Report.objects.filter(pk=report.pk).update(assignee=officer)
    return report


@pytest.fixture
def agency():
    return Agency.objects.create(code="K", path="K", name="Pemerintah Kota Contoh", kind="CITY")


def test_a_supervisor_sees_the_subtree_and_nobody_else_anything(client, page, head, above, officer):
    other = make.user("Ketua lain", Role.SUPERVISOR, office=make.office("61"))
    for user, answer in ((head, 200), (above, 200), (other, 404), (officer, 404)):
        client.force_login(user)
        assert (user.name, client.get(page).status_code) == (user.name, answer)
    client.force_login(head)
    shown = client.get("/petugas/kantor/").context["rows"]
    assert [row.url for row in shown] == [page]


def test_deadlines_and_work_in_hand_are_counted(client, page, head, report):
    client.force_login(head)
    line = client.get("/petugas/kantor/").context["rows"][0]
    running = LegalClock.objects.filter(state="open").count()
    assert (line.running, line.overdue) == (running, running)
    assert str(client.get("/petugas/kantor/").context["totals"].overdue) == str(running)
    officers = {row.name: (row.reports, row.cases) for row in client.get(page).context["officers"]}
    assert officers == {"Ketua contoh": (0, 0), "Staf contoh": (1, 0)}


def test_the_list_and_the_office_cost_the_same_for_one_officer_and_for_many(
    client, page, above, report, kediri, django_assert_num_queries
):
    client.force_login(above)
    for more in (0, 5):
        for number in range(more):
            make.user(f"Staf {number}", Role.HANDLER, office=kediri)
        with django_assert_num_queries(7):
            client.get("/petugas/kantor/")
        with django_assert_num_queries(13):
            client.get(page)


def test_a_tie_is_declared_and_ended_by_those_above_only(
    client, page, head, above, officer, agency
):
    query = f"?petugas={officer.pk}&kind=workplace&text=Pemerintah"
    client.force_login(head)
    assert client.get(f"{page}hubungan/{query}").status_code == 404

    client.force_login(above)
    asked = client.get(f"{page}hubungan/?petugas={officer.pk}")
    assert 'name="text"' in asked.content.decode()
    assert client.get(f"{page}hubungan/?petugas={officer.pk}&text=x").status_code == 422
    none = client.get(f"{page}hubungan/?petugas={officer.pk}&kind=workplace&text=Tiadayangmirip")
    assert "Cari lagi" in none.content.decode()
    assert client.post(f"{page}hubungan/{query}", {"subject": "agency:0"}).status_code == 422
    done = client.post(f"{page}hubungan/{query}", {"subject": f"agency:{agency.pk}"})
    assert done["Location"] == page
    tie = Relation.objects.get()
    assert (tie.user, tie.agency, tie.declared_by) == (officer, agency, above)
    assert "Pemerintah Kota Contoh" in client.get(page).content.decode()

    end = f"{page}hubungan/{tie.pk}/akhiri/"
    client.force_login(head)
    assert client.post(end, {"sejak": "2099-01-01"}).status_code == 422
    client.force_login(above)
    assert client.get(end).status_code == 200
    assert client.post(end, {"sejak": "bukan tanggal"}).status_code == 422
    assert client.post(end, {"sejak": "2099-01-01"}).status_code == 302
    tie.refresh_from_db()
    assert (tie.valid_until, tie.ended_by) == (date(2099, 1, 1), above)
    assert client.get(f"{page}hubungan/0/akhiri/").status_code == 404


@pytest.mark.parametrize("person", ["", "x", "0", "9" * 40])
def test_nobody_is_declared_for_who_is_not_there(person, client, page, above):
    client.force_login(above)
    assert client.get(f"{page}hubungan/?petugas={person}").status_code == 404


def test_what_waits_for_a_second_person_is_listed(client, page, head, report, officer, kediri):
    SecondPersonRequest.objects.create(
        workflow="report",
        subject_kind="report",
        subject_id=report.pk,
        kind="correction",
        action="RECEIVE",
        expected_version=1,
        requester={"label": "Staf contoh", "kind": "office", "path": kediri.path},
        reason="Salah tekan",
        occurred_at=CLOCK.now,
        recorded_at=CLOCK.now,
        recorded_by=officer,
    )
    client.force_login(head)
    row = client.get(page).context["requests"][0]
    assert (row.by, row.reason, row.url) == (
        "Staf contoh",
        "Salah tekan",
        f"/petugas/laporan/{report.public_id}/",
    )


def test_a_moved_deadline_is_shown_and_confirmed(client, page, head, report):
    clock = LegalClock.objects.filter(state="open").order_by("pk").first()
    right = clock.due_at
    LegalClock.objects.filter(pk=clock.pk).update(due_at=right.replace(minute=right.minute ^ 1))
    client.force_login(head)
    line = client.get(page).context["moves"][0]
    assert line.clock_id == clock.pk

    move = f"{page}tenggat/{clock.pk}/"
    assert client.get(move).status_code == 200
    assert client.post(move, {"sampai": line.due_after, "basis": ""}).status_code == 422
    given = {"sampai": line.due_after, "basis": "Keppres contoh"}
    assert client.post(move, {**given, "sampai": "2020-01-01T00:00:00+00:00"}).status_code == 409
    assert client.post(move, given)["Location"] == page
    clock.refresh_from_db()
    assert (clock.due_at, ClockMove.objects.get().basis) == (right, "Keppres contoh")
    assert client.get(move).status_code == 404
    assert client.post(move, given).status_code == 409
    assert client.post(f"{page}tenggat/0/", given).status_code == 404
