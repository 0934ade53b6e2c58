"""The inbox and the queues: whose rows, in which order, at which price."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings, strategies as st

from complaints.services.lodge import lodge_report
from tests.complaints import factories as make
from tests.complaints.staff.scene import browser, words

REPORTS = "/petugas/laporan/"


def numbers(answer):
    return [row.number for row in answer.context["rows"]]


def test_the_queue_shows_own_reports_by_their_clocks(scene):
    late = scene.report(clock=make.at(11, 9))
    new = scene.report()
    foreign = make.lodging(office=make.office("61.71"))
    lodge_report(given=foreign, actor=make.CITIZEN_ACTOR, clock=make.at(16, 9))
    answer = browser(scene.intake).get(REPORTS)
    assert numbers(answer) == [late.receipt_number, new.receipt_number]
    assert next(row.standing for row in answer.context["rows"]) == "late"
    assert "WIB" in words(answer)


@pytest.mark.parametrize("rows", [1, 50])
def test_the_queue_costs_the_same_for_one_row_and_for_fifty(scene, django_assert_num_queries, rows):
    for _number in range(rows):
        scene.report()
    client = browser(scene.intake)
    client.get(REPORTS)
    with django_assert_num_queries(6):
        answer = client.get(REPORTS)
    assert len(numbers(answer)) == min(rows, 25)


def test_the_pages_follow_one_another_without_losing_a_row(scene):
    sent = {scene.report().receipt_number for _number in range(27)}
    client = browser(scene.intake)
    first = client.get(REPORTS)
    second = client.get(REPORTS + first.context["listing"].next_query)
    assert set(numbers(first)) | set(numbers(second)) == sent
    assert len(numbers(second)) == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("keadaan=SUBMITTED", True),
        ("keadaan=RECEIVED", False),
        ("sumber=ONLINE", True),
        ("sumber=LETTER", False),
        ("tenggat=terlambat", False),
        ("tenggat=minggu-ini", True),
        ("petugas=belum", True),
        ("petugas=saya", False),
        ("cari=lurah", True),
        ("cari=camat", False),
        ("cari=rumah", False),
        ("cari=mengunggah", True),
        ("urut=terbaru", True),
        ("keadaan=NICHTS&tenggat=x&sumber=%00", True),
        ("pemilihan=tidak-ada", False),
    ],
)
def test_filters_are_an_allow_list(scene, query, found):
    scene.report()
    assert bool(numbers(browser(scene.intake).get(f"{REPORTS}?{query}"))) is found


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    query=st.dictionaries(
        st.sampled_from(
            ["keadaan", "tenggat", "sumber", "pemilihan", "petugas", "cari", "urut", "dari"]
        ),
        st.text(max_size=40),
    )
)
def test_no_address_breaks_the_queues(scene, query):
    client = browser(scene.intake)
    for view in ("staff:reports", "staff:tips"):
        assert client.get(reverse(view), query).status_code in {200, 400}


def test_the_inbox_shows_each_role_its_work(scene):
    report = scene.report()
    scene.tip()
    intake = words(browser(scene.intake).get("/petugas/"))
    assert "Laporan baru yang menunggu diterima" in intake
    assert report.receipt_number in intake
    handler = words(browser(scene.handler).get("/petugas/"))
    assert "Informasi awal yang perlu ditelusuri" in handler
    assert "Laporan baru" not in handler
    foreign = make.user("Jauh", "intake", office=make.office("61.71"))
    assert "Tidak ada yang menunggu Anda" in words(browser(foreign).get("/petugas/"))


def test_the_inbox_is_for_the_offices(scene):
    assert browser(make.user("Tanpa peran")).get("/petugas/").status_code == 404


@pytest.mark.parametrize("rows", [1, 7])
def test_the_inbox_costs_the_same_for_one_row_and_for_many(scene, django_assert_num_queries, rows):
    for _number in range(rows):
        scene.report()
        scene.tip()
    client = browser(scene.handler)
    client.get("/petugas/")
    with django_assert_num_queries(INBOX):
        client.get("/petugas/")


INBOX = 4
