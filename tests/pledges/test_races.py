"""The same person on two devices; closing a round, moving people, while they sign."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from neutrality.audit.models import AuditRow
from neutrality.casework.histories import mismatches
from neutrality.law.codes import SubjectKind
from neutrality.personnel.codes import PositionClass
from neutrality.personnel.models import Employment
from neutrality.personnel.services.employments import Post, move
from pledges.codes import ObligationState as S, PageOutcome
from pledges.locks import hold_round_open
from pledges.models import Obligation, ScannedPage, Signature
from pledges.selectors.coverage import coverage_tree
from pledges.services.close_round import close_round
from pledges.services.extend_round import extend_round
from pledges.services.follow_moves import follow_moves
from pledges.services.printed_codes import print_codes
from pledges.services.read_scans import Scan, read_scan, receive_scan
from pledges.workflow.obligation import OBLIGATION
from tests.pledges import factories
from tests.pledges.factories import DEADLINE, NOON
from tests.pledges.test_paper import printed, scanned


def public(name, *args):
    return reverse(f"pledges_public:{name}", args=args)


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
def test_people_who_are_moved_and_given_longer_while_they_sign_lose_nothing(city, place, hr):
    def sign(person):
        return lambda: factories.signed(place, person)

    def move_everybody():
        for held in Employment.objects.filter(person__in=city.people):
            post = Post(
                agency_id=city.agency.pk,
                unit_id=city.ward.pk,
                position_title=held.position_title,
                position_class=PositionClass(held.position_class),
                kind=SubjectKind(held.kind),
                grade=held.grade,
            )
            move(
                employment_id=held.pk, post=post, moved_on=date(2026, 11, 15), actor=hr, clock=NOON
            )
            follow_moves(round_id=place.pk, day=NOON.now.date(), actor=hr, clock=NOON)

    longer = DEADLINE.replace(year=2027, month=1)
    together(
        *[sign(person) for person in city.people],
        move_everybody,
        lambda: extend_round(
            round_id=place.pk, closes_at=longer, reason="Banjir", actor=hr, clock=NOON
        ),
    )

    duties = Obligation.objects.filter(round=place)
    assert set(duties.values_list("due_at", flat=True)) == {longer}
    assert set(duties.values_list("unit_now", "state")) == {(city.ward.pk, S.SIGNED)}
    assert duties.filter(unit_at_snapshot=city.ward).count() == 1
    units = {row.name: row.coverage.signed for row in coverage_tree(place=place).children}
    assert {name: signed for name, signed in units.items() if signed} == {"Kelurahan Contoh": 4}
    assert list(mismatches(OBLIGATION)) == []


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


@pytest.mark.django_db(transaction=True)
def test_two_devices_of_one_person_sign_once_and_the_other_is_told(city, place, hr, time_machine):
    """The personal link on one telephone, a printed code on another, both pressed at once."""
    time_machine.move_to(NOON.now, tick=False)
    person = city.people[0]
    duty = factories.invited(place, person)
    linked, strip_phone = Client(REMOTE_ADDR="203.0.113.1"), Client(REMOTE_ADDR="203.0.113.2")
    token = factories.sent_token()
    linked.post(public("start", token))
    code = factories.last_message("pledge_code")["code"]
    linked.post(public("code", token), {"kode": code})
    [strip] = print_codes(obligations=[duty], actor=hr, clock=NOON)
    pair = {"kode": strip.code, "nomor": factories.number(person)}
    strip_phone.post(public("printed"), pair)
    pen = {"naskah": place.text.sha256, "setuju": "on", "nama": person.name}

    answers = together(
        lambda: linked.post(public("sign", token), pen),
        lambda: strip_phone.post(public("sign", "saya"), pen),
    )

    told = [
        browser.get(answer["Location"]).content.decode()
        for browser, answer in zip((linked, strip_phone), answers, strict=True)
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ["Anda sudah menandatangani" in page for page in told] == [True, True]
    assert Signature.objects.count() == 1
    assert AuditRow.objects.filter(what="obligation.SIGN").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_sheet_that_is_read_while_its_owner_signs_by_telephone_counts_once(
    city, place, hr, settings, tmp_path, time_machine
):
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to(NOON.now, tick=False)
    person = city.people[0]
    scan = Scan(pdf=scanned(printed(place, [person], hr)), number="Berkas 1", signed_at=NOON.now)
    batch = receive_scan(place=place, scan=scan, actor=hr, clock=NOON)

    together(
        lambda: factories.signed(place, person),
        lambda: read_scan(batch_id=batch.pk, clock=NOON),
    )

    signed, page = Signature.objects.get(), ScannedPage.objects.get(batch=batch)
    won = {"SHEET": PageOutcome.RECORDED, "LINK": PageOutcome.REFUSED}
    assert page.outcome == won[signed.channel]
    assert Obligation.objects.get(person=person).state == S.SIGNED
    assert list(mismatches(OBLIGATION)) == []
