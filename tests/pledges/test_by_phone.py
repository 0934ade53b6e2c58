"""Who has a telephone and no e-mail: invited, checked, reminded through the gateway; its capacity."""

import re
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from neutrality.law.clock import Clock
from neutrality.notifications.delivery import deliver_batch
from pledges.codes import GapReason, ReminderStep as Step
from pledges.models import ReminderPlan, Signature
from pledges.selectors.gaps import not_signed
from pledges.services.invite import invite
from pledges.services.plan_reminders import Timing, plan_reminders, set_reminder_plan
from pledges.services.send_reminders import send_reminders
from pledges.services.set_contact import set_contact
from tests.pledges import factories
from tests.pledges.factories import NOON

# Deliveries commit on their own.
pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "081200000001"
MONDAY = Clock(now=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
TUESDAY = Clock(now=datetime(2026, 11, 24, 2, 0, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _on_the_day(settings, time_machine):
    settings.SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOON.now, tick=False)


@pytest.fixture
def invited(city, place, hr):
    """Somebody with a telephone only, invited."""
    person = city.people[0]
    set_contact(
        person=person, agency_id=city.agency.pk, email="", phone=PHONE, actor=hr, clock=NOON
    )
    duty = factories.owed(place, person)
    invite(obligation_id=duty.pk, actor=hr, clock=NOON)
    return duty


def link_in(post):
    """The path of the link in what the gateway was given."""
    _headers, body = post
    return urlsplit(re.search(r"https?://\S+/pakta/\S+", body["text"])[0]).path


def test_somebody_without_email_signs_by_whatsapp_alone(city, place, invited, gateway):
    person, phone = city.people[0], Client()

    assert deliver_batch(clock=NOON).sent == 1
    start = link_in(gateway.posts[0])
    phone.post(start)
    assert deliver_batch(clock=NOON).sent == 1
    code = re.search(r"\b\d{6}\b", gateway.posts[1][1]["text"])[0]
    phone.post(f"{start}kode/", {"kode": code})
    given = {"naskah": place.text.sha256, "setuju": "on", "nama": person.name}
    phone.post(f"{start}naskah/", given)

    assert {(body["channel"], body["to"]) for _headers, body in gateway.posts} == {
        ("whatsapp", "+6281200000001")
    }
    signed = Signature.objects.get()
    assert (signed.obligation, signed.assurance) == (invited, "ONE_TIME_CODE")


def test_each_reminder_brings_the_only_link_that_opens(place, invited, gateway, hr):
    timings = {
        Step.FIRST: Timing(goes_on=date(2026, 11, 23), at_hour=9),
        Step.SECOND: Timing(goes_on=date(2026, 11, 24), at_hour=9),
    }
    set_reminder_plan(place=place, timings=timings, actor=hr, clock=NOON)
    deliver_batch(clock=NOON)
    for plan in ReminderPlan.objects.order_by("goes_on"):
        plan_reminders(plan_id=plan.pk, clock=NOON)
    opens = []
    for clock in (MONDAY, TUESDAY):
        assert send_reminders(clock=clock) == 1
        assert deliver_batch(clock=clock).sent == 1
        opens.append([Client().get(link_in(post)).status_code for post in gateway.posts])

    assert opens == [[404, 200], [404, 404, 200]]
    told = {row.pk: row.gap for row in not_signed(place=place, day=date(2026, 11, 24))}
    assert told.pop(invited.pk) == GapReason.NOT_OPENED
    assert set(told.values()) == {GapReason.NO_CONTACT}


def test_the_page_of_the_day_before_tells_what_the_gateways_carry(city, place, hr, gateway):
    for number, person in enumerate(city.people[:3]):
        phone = f"08120000000{number}"
        set_contact(
            person=person, agency_id=city.agency.pk, email="", phone=phone, actor=hr, clock=NOON
        )
        invite(obligation_id=factories.owed(place, person).pk, actor=hr, clock=NOON)
    gateway.answers += [200, 200, 503]
    deliver_batch(clock=NOON)
    officer = Client()
    officer.force_login(factories.user("Petugas", "hr_pledges", agency=city.agency))

    page = officer.get(reverse("pledges_together:together", args=[place.public_id]))

    ready = page.context["ready"]
    ways = {way.label: (way.is_available, way.best_minute) for way in ready.gateways}
    assert ways["WhatsApp"] == (True, 2)
    assert ways["SMS"] == (True, 0)
    assert ready.waiting == 1
    assert "tidak dipasang" not in page.content.decode()
