"""The same person on two devices; closing while people sign."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from neutrality.audit.models import AuditRow
from pledges.locks import hold_round_open
from pledges.models import Signature
from pledges.selectors.coverage import coverage_tree
from pledges.services.close_round import close_round
from pledges.workflow.obligation import OBLIGATION
from tests.pledges import factories
from tests.pledges.factories import NOON


def together(*acts):
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(run, act) for act in acts]]


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_signs_once(city, place):
    def tap():
        factories.signed(place, city.people[0])

    together(tap, tap)

    assert Signature.objects.count() == 1
    assert AuditRow.objects.filter(what="obligation.SIGN").count() == 1


@pytest.mark.django_db(transaction=True)
def test_closing_while_people_sign_counts_each_one_as_in_time_or_as_late(city, place, hr):
    def sign(person):
        return lambda: factories.signed(place, person)

    together(
        *[sign(person) for person in city.people],
        lambda: close_round(round_id=place.pk, actor=hr, clock=NOON),
    )

    place.refresh_from_db()
    frozen = coverage_tree(place=place).whole.signed
    assert Signature.objects.count() == 4
    assert Signature.objects.filter(late=False).count() == frozen


@pytest.mark.django_db(transaction=True)
def test_a_signer_waits_for_no_other_person(city, place):
    """While one transaction holds a person's obligation, another person signs."""
    held = factories.owed(place, city.people[0])

    def sign_elsewhere():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        try:
            factories.signed(place, city.people[1])
        finally:
            connection.close()

    with transaction.atomic():
        hold_round_open(obligation_id=held.pk)
        OBLIGATION.adapter.lock(held.pk)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(sign_elsewhere).result()

    assert Signature.objects.count() == 1
