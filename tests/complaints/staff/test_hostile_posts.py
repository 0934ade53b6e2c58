"""Random and hostile values get a sentence or a 404, never a 500."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.complaints import factories as make
from tests.complaints.staff.scene import browser

ANSWERS = {200, 302, 400, 404, 409, 422}
VALUES = st.one_of(
    st.text(max_size=60),
    st.integers().map(str),
    st.sampled_from(["", "\x00", "' OR 1=1 --", "<script>", "2025-06-16T10:00", "9999-12-31",
        "99999999999999999999", "-1", "ya", "on", "MET", "NOT_MET", "CANDIDATE", "OTHER"]),
)  # fmt: skip
FAST = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def fields_of(client, url):
    html = client.get(url).content.decode()
    return sorted({part.split('"')[0] for part in html.split(' name="')[1:]})


def throw(client, url, data):
    names = fields_of(client, url) or ["x"]
    values = data.draw(st.lists(VALUES, min_size=len(names), max_size=len(names)))
    answer = client.post(url, dict(zip(names, values, strict=True)))
    assert answer.status_code in ANSWERS


@FAST
@given(data=st.data())
@pytest.mark.parametrize("action", ["RECEIVE", "REROUTE", "TAKE_AS_TIP", "WITHDRAW"])
def test_steps_of_a_report(scene, action, data):
    report = scene.report(contest=make.contest())
    url = reverse("staff:report_step", args=[report.public_id, action])
    throw(browser(scene.intake), url, data)


@FAST
@given(data=st.data())
@pytest.mark.parametrize("action", ["IDENTIFY", "TRANSFER", "CLOSE", "TRACE"])
def test_steps_of_a_tip(scene, action, data):
    tip = scene.tip()
    url = reverse("staff:tip_step", args=[tip.public_id, action])
    throw(browser(scene.intake if action == "IDENTIFY" else scene.handler), url, data)


@FAST
@given(data=st.data())
@pytest.mark.parametrize("view", ["respondent_new", "party_new", "incident_new", "allegation_new"])
def test_parts_of_a_file(scene, view, data):
    report = scene.report()
    throw(browser(scene.handler), reverse(f"staff:{view}", args=[report.matter.public_id]), data)


@FAST
@given(data=st.data())
@pytest.mark.parametrize("view", ["report_contest", "report_message", "report_assign"])
def test_small_forms(scene, view, data):
    report = scene.report()
    throw(browser(scene.intake), reverse(f"staff:{view}", args=[report.public_id]), data)


@FAST
@given(data=st.data())
def test_qualification_and_capture(scene, data):
    report = scene.report(contest=make.contest())
    matter, web = report.matter.public_id, report.matter.evidence.get().public_id
    client = browser(scene.handler)
    throw(client, reverse("staff:allegation", args=[matter, 1]), data)
    throw(client, reverse("staff:capture", args=[matter, web]), data)


@FAST
@given(data=st.data())
def test_the_counter(scene, data):
    throw(browser(scene.intake), "/petugas/laporan/baru/", data)
