"""The smaller lists cost the same for one row and for many."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.models import (
    DutyShift,
    Handling,
    NumberEntry,
    PlenaryMeeting,
    SavedView,
    Tip,
)
from complaints.services.record_tip import record_tip
from neutrality.law.models import Outage
from tests.complaints import factories as make
from tests.complaints.case.scene import PROVINCE, Scene, at, url

pytestmark = pytest.mark.django_db
NOW = make.at(17, 9)
MANY = 6


def calendar(scene, number):
    meeting = PlenaryMeeting.objects.create(
        office=scene.office,
        office_path=scene.office.path,
        mode="PRESENT",
        place=f"Ruang {number} baru",
        planned_at=NOW.now + timedelta(hours=number + 1),
        members=3,
        quorum=2,
    )
    return url("meeting", meeting.public_id)


def numbers(scene, number):
    return NumberEntry.objects.create(
        office=scene.office,
        matter=scene.matter,
        kind="LP",
        contest_code="PW",
        office_code=f"99.{number}",
        year=2025,
        sequence=1,
        text=f"{number:03}/LP/BARU",
        given_at=NOW.now,
        given_by=scene.people["intake"],
    ).text


def outages(scene, number):
    return Outage.objects.create(
        system=f"Sistem {number} baru",
        area_code=scene.office.region.code,
        started_at=NOW.now - timedelta(hours=number + 2),
        ended_at=NOW.now - timedelta(hours=number + 1),
        source="Catatan piket",
    ).system


def saved_views(scene, number):
    return SavedView.objects.create(
        user=scene.people["handler"],
        office=scene.office if number % 2 else None,
        listing="cases",
        name=f"Tampilan {number} baru",
        saved_at=NOW.now,
    ).name


def duty(scene, number):
    person = make.user(f"Piket {number} baru", "handler", office=scene.office)
    day = date(2025, 6, 18) + timedelta(days=number)
    DutyShift.objects.create(
        office=scene.office,
        user=person,
        starts_on=day,
        ends_on=day,
        entered_at=NOW.now,
        entered_by=scene.people["handler"],
    )
    return person.name


def delegations(scene, _number):
    given = make.lodging(office=make.office(PROVINCE), reporter=None)
    tip = record_tip(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 8))
    Tip.objects.filter(pk=tip.pk).update(state="TRACING", tracing_started_at=NOW.now)
    Handling.objects.create(
        matter=tip.matter, office=scene.office, role="DELEGATED", from_at=NOW.now, reason="Periksa."
    )
    return url("delegation", tip.public_id)


LISTS = (calendar, numbers, outages, saved_views, duty, delegations)


@pytest.mark.parametrize("add", LISTS, ids=[each.__name__ for each in LISTS])
def test_one_row_and_many_ask_as_often(add):
    scene = Scene()
    page = url(add.__name__)
    with at(NOW):
        browser = scene.client("handler")
        added = [add(scene, 0)]
        browser.get(page)
        with CaptureQueriesContext(connection) as one:
            browser.get(page)
        added += [add(scene, number) for number in range(1, MANY)]
        with CaptureQueriesContext(connection) as many:
            shown = browser.get(page).content.decode().replace("<wbr>", "")
    assert [each for each in added if each not in shown] == []
    assert len(many) == len(one)
