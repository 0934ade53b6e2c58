"""Nobody waits for a lock of another person: what two signers lock has nothing in common."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from neutrality.audit.models import AuditRow
from neutrality.personnel.models import Employment
from pledges.models import Obligation, Signature
from pledges.services.follow_moves import follow_moves
from pledges.services.sign_pledge import Pen, _sign
from tests.pledges import factories
from tests.pledges.factories import NOON, SNAPSHOT

pytestmark = pytest.mark.django_db(transaction=True)

# A row that somebody holds stronger than KEY SHARE is skipped; foreign keys take KEY SHARE, which
# any number of transactions hold at once.
FREE = "SELECT ctid::text FROM {table} FOR NO KEY UPDATE SKIP LOCKED"
ALL = "SELECT ctid::text FROM {table}"
ALONE = """
    SELECT classid, objid, objsubid FROM pg_locks
    WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND granted AND pid <> pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def locked_by_others():
    """Every row, and every advisory lock, that another transaction holds alone."""
    with transaction.atomic(), connection.cursor() as cursor:
        held = set()
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(ALL.format(table=name))
            rows = {row[0] for row in cursor.fetchall()}
            cursor.execute(FREE.format(table=name))
            free = {row[0] for row in cursor.fetchall()}
            held |= {(table, row) for row in rows - free}
        cursor.execute(ALONE)
        held |= {("advisory", row) for row in cursor.fetchall()}
        transaction.set_rollback(True)
    return held


def held_while_signing(place, person):
    """What the transaction of one signer holds at its end, before it commits."""
    duty = factories.owed(place, person)
    pen = Pen(text_sha256=place.text.sha256, typed_name=person.name, code_id=0)
    ready, look = Barrier(2), Barrier(2)

    def sign():
        try:
            with transaction.atomic():
                _sign.__wrapped__(duty.pk, pen, NOON)
                ready.wait(120)
                look.wait(120)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(sign)
        ready.wait(120)
        held = locked_by_others()
        look.wait(120)
        done.result(120)
    return held


def test_no_two_people_s_transactions_lock_one_row(city, place):
    first, second = (held_while_signing(place, person) for person in city.people[:2])

    assert len(first) > 0
    assert first & second == set()
    assert Signature.objects.count() == 2


def test_many_people_sign_at_once_and_nobody_waits_for_another(city, place):
    people = [*city.people, *(factories.servant(city.agency, city.ward) for _one in range(12))]
    place = factories.opened(city.agency)
    start = Barrier(len(people))

    def sign(person):
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        start.wait(120)
        try:
            factories.signed(place, person)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        for done in [pool.submit(sign, person) for person in people]:
            done.result()

    assert Signature.objects.filter(round=place).count() == 16
    assert AuditRow.objects.filter(what="obligation.SIGN").count() == 16


def test_moving_a_person_while_the_person_signs_loses_neither(city, place, hr):
    person = city.people[0]
    Employment.objects.filter(person=person).update(unit=city.ward)
    start = Barrier(2)

    def move():
        start.wait(120)
        follow_moves(round_id=place.pk, day=SNAPSHOT, actor=hr, clock=NOON)
        connections.close_all()

    def sign():
        start.wait(120)
        factories.signed(place, person)
        connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(move), pool.submit(sign)]:
            done.result()

    duty = Obligation.objects.get(round=place, person=person)
    assert (duty.state, duty.unit_now, duty.unit_at_snapshot) == ("SIGNED", city.ward, city.board)
