"""Seeing: who sees which part of a round, the people of a node, the day, the sheet of the hour."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from neutrality.audit.models import AccessRow, AuditRow
from neutrality.notifications.models import Channel, Outbox, OutboxStatus
from neutrality.organisations.models import ReferralBody
from neutrality.personnel.codes import PositionClass
from neutrality.personnel.models import Employment
from pledges.codes import AbsenceKind, GapReason
from pledges.models import (
    Absence,
    Contact,
    Obligation,
    Reminder,
    ReminderPlan,
    SigningCode,
    UnitHead,
)
from pledges.selectors.day_trend import day_trend
from pledges.selectors.export_rows import export_rows
from pledges.selectors.gaps import bounced_codes, bounced_heads, gaps_by_reason, not_signed
from pledges.selectors.hour_page import LEADERS, LEADERS_SHOWN, UNITS_SHOWN, hour_page
from pledges.selectors.readiness import unreachable
from pledges.services.chase import Away, cancel_absence, name_unit_head, record_absence
from pledges.services.check_person import send_code
from pledges.services.close_round import close_round
from pledges.services.invite import invitation_key, send_link_again
from pledges.services.sign_pledge import refuse_pledge
from tests.pledges import factories
from tests.pledges.factories import NOON, later

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)


def browser(*roles, **place):
    client = Client()
    client.force_login(factories.user("Orang contoh", *roles, **place))
    return client


def address(name, place, unit=None):
    url = reverse(f"pledges_hr:{name}", args=[place.public_id])
    return f"{url}?unit={unit.public_id}" if unit else url


def text_of(client, url):
    return client.get(url).content.decode()


def reasons(place, **asked):
    rows = not_signed(place=place, day=DAY, **asked)
    return {row.person.name: row.gap for row in rows}


def bounce(place, person):
    duty = factories.invited(place, person)
    link = SigningCode.objects.get(obligation=duty, kind="LINK", revoked_at=None)
    Outbox.objects.filter(dedupe_key=invitation_key(link.pk)).update(
        status=OutboxStatus.GAVE_UP, gave_up_at=NOON.now
    )
    return duty


def refuse(place, person):
    duty = factories.invited(place, person)
    refuse_pledge(obligation_id=duty.pk, reason="Belum yakin.", clock=NOON)
    return duty


def away(place, person, kind=AbsenceKind.LEAVE, until=date(2026, 11, 25)):
    return record_absence(
        person=person,
        agency_id=place.agency_id,
        away=Away(kind=kind, starts_on=date(2026, 11, 18), ends_on=until),
        actor=factories.officer(place.agency),
        clock=NOON,
    )


# --- why -----------------------------------------------------------------------------------------


def test_each_reason_is_told_apart(city, place):
    kept, gone, refused, unopened = city.people
    bounce(place, kept)
    away(place, gone, AbsenceKind.TRAINING)
    refuse(place, refused)
    factories.invited(place, unopened)

    assert reasons(place) == {
        kept.name: GapReason.BOUNCED,
        gone.name: GapReason.TRAINING,
        refused.name: GapReason.REFUSED,
        unopened.name: GapReason.NOT_OPENED,
    }
    counted = gaps_by_reason(rows=not_signed(place=place, day=DAY))
    assert sum(counted.values()) == 4


def test_whoever_may_not_know_of_refusals_reads_the_reason_before_it(city, place):
    refuse(place, city.people[0])

    told = reasons(place, tells_refusals=False)

    assert GapReason.REFUSED not in told.values()
    assert len(told) == 4


def test_an_absence_that_was_called_off_counts_no_more(city, place, hr):
    gone = away(place, city.people[0])
    assert reasons(place)[city.people[0].name] == GapReason.AWAY

    cancel_absence(absence_id=gone.pk, actor=hr, clock=NOON)

    assert reasons(place)[city.people[0].name] == GapReason.NO_CONTACT


def test_a_later_absence_takes_the_place_of_the_one_it_covers(city, place):
    away(place, city.people[0])
    away(place, city.people[0], until=date(2026, 12, 1))

    row = not_signed(place=place, day=DAY).get(person=city.people[0])
    assert row.away_until == date(2026, 12, 1)
    assert not_signed(place=place, day=date(2026, 12, 2)).get(person=city.people[0]).gap == (
        GapReason.NO_CONTACT
    )


def test_a_bounced_address_is_to_do_until_a_new_link_goes_out(city, place):
    duty = bounce(place, city.people[0])
    client = browser("hr_pledges", agency=city.agency)
    assert duty.person.name in text_of(client, address("bounced", place))

    client.post(reverse("pledges_hr:new_link", args=[duty.public_id]))

    assert bounced_codes(place).count() == 0
    assert "Tidak ada alamat yang gagal" in text_of(client, address("bounced", place))


def test_an_address_that_bounced_works_again_once_something_arrived_there(city, place):
    """The gateway failed for an hour; nobody prints codes for those it reached afterwards."""
    for person in city.people[:2]:
        bounce(place, person)
    rows = Obligation.objects.filter(round=place)
    assert unreachable(rows=rows, place=place).count() == 4

    again = factories.owed(place, city.people[0])
    send_link_again(obligation_id=again.pk, actor=factories.officer(city.agency), clock=NOON)
    assert unreachable(rows=rows, place=place).count() == 4
    Outbox.objects.filter(kind="pledge_invitation", status=OutboxStatus.WAITING).update(
        status=OutboxStatus.SENT, sent_at=NOON.now, channel=Channel.EMAIL
    )
    assert unreachable(rows=rows, place=place).count() == 3
    assert not unreachable(rows=rows, place=place).filter(pk=again.pk).exists()


def test_a_code_that_did_not_arrive_is_to_do_until_a_later_one_does(city, place):
    by_link, by_qr = city.people[:2]
    factories.invited(place, by_link)
    factories.reached(place, by_qr)
    duties = [factories.owed(place, person) for person in (by_link, by_qr)]
    for duty in duties:
        send_code(obligation_id=duty.pk, clock=NOON)
    Outbox.objects.filter(kind="pledge_code").update(
        status=OutboxStatus.GAVE_UP, gave_up_at=NOON.now
    )

    told = reasons(place)
    assert [told[person.name] for person in (by_link, by_qr)] == [GapReason.BOUNCED] * 2
    client = browser("hr_pledges", agency=city.agency)
    page = text_of(client, address("bounced", place))
    assert [person.name in page for person in (by_link, by_qr)] == [True, True]

    send_code(obligation_id=duties[1].pk, clock=factories.later(hour=6))
    assert [code.obligation for code in bounced_codes(place)] == [duties[0]]
    factories.signed(place, by_link)
    assert bounced_codes(place).count() == 0


def test_a_head_whose_reminder_did_not_arrive_is_to_do(city, place):
    plan = ReminderPlan.objects.create(
        round=place, step="HEAD", goes_on=DAY, at_hour=9, set_at=NOON.now
    )
    sent = Reminder.objects.create(plan=plan, unit=city.ward, send_at=NOON.now)
    head = UnitHead.objects.create(
        unit=city.ward, name="Lurah contoh", email="lama@contoh.id", set_at=NOON.now
    )
    Outbox.objects.create(
        dedupe_key=f"pledge_reminder:{sent.pk}",
        kind="pledge_unit_reminder",
        address=head.email,
        status=OutboxStatus.GAVE_UP,
        gave_up_at=NOON.now,
        created_at=NOON.now,
        next_attempt_at=NOON.now,
    )

    assert bounced_heads(place) == [head]
    UnitHead.objects.update(email="baru@contoh.id")
    assert bounced_heads(place) == []


# --- who sees what ---------------------------------------------------------------------------------


def test_a_unit_operator_sees_the_own_unit_and_no_refusal(city, place):
    refuse(place, city.people[2])
    client = browser("unit_operator", unit=city.board)

    page = text_of(client, address("round", place))
    gaps = text_of(client, address("gaps", place, city.ward))
    people = text_of(client, address("people", place))

    assert "Kelurahan Contoh" not in page
    assert "Menolak" not in page + gaps + people
    assert "Drs. Lurah Contoh" not in gaps + people
    assert city.people[2].name in gaps
    assert client.get(address("hour", place)).status_code == 404
    assert client.get(address("export", place)).status_code == 404


def test_the_head_of_the_agency_reads_names_and_changes_nothing(city, place):
    refuse(place, city.people[0])
    client = browser("agency_head", agency=city.agency)

    assert "Menolak" in text_of(client, address("gaps", place))
    assert [
        client.get(address(name, place)).status_code
        for name in ("round", "people", "day", "compare", "hour", "hour_paper", "export")
    ] == [200] * 7
    assert client.get(address("reminders", place)).status_code == 404
    assert client.post(address("close", place)).status_code == 404
    assert "Tutup putaran" not in text_of(client, address("round", place))


def test_another_agency_s_head_finds_nothing(city, place):
    client = browser("agency_head", agency=factories.agency("Pemerintah Kota Lain"))

    assert client.get(address("round", place)).status_code == 404
    assert client.get(address("hour", place)).status_code == 404


def test_a_supervisor_compares_the_agencies_of_the_province_by_figures_only(city, place):
    office = place.office.parent
    client = browser("supervisor", office=office)
    factories.signed(place, city.people[0])

    page = text_of(client, reverse("pledges_oversight:agencies"))

    assert (city.agency.name in page, "25,0 %" in page) == (True, True)
    assert [person.name for person in city.people if person.name in page] == []


def test_bkn_sees_its_territory_and_others_see_none_of_it(city, place):
    url = reverse("pledges_oversight:agencies")
    near = browser("liaison", body=ReferralBody.objects.get(code="KANREG-02"))
    far = browser("liaison", body=ReferralBody.objects.get(code="KANREG-01"))

    assert city.agency.name in text_of(near, url)
    assert city.agency.name not in text_of(far, url)


# --- a node, its people, the day --------------------------------------------------------------------


def test_a_node_opens_its_people_by_state_and_by_name(city, place):
    client = browser("hr_pledges", agency=city.agency)
    factories.signed(place, city.people[2])

    signed = text_of(client, address("people", place, city.board) + "&keadaan=SIGNED")
    found = text_of(client, address("people", place) + "?nama=lurah")

    assert [person.name for person in city.people if person.name in signed] == [city.people[2].name]
    assert [person.name for person in city.people if person.name in found] == [city.people[3].name]


def test_a_section_is_told_apart_by_its_service_wherever_people_are_listed(city, place):
    client = browser("hr_pledges", agency=city.agency)
    bounce(place, city.people[2])
    pages = [address(name, place) for name in ("gaps", "people", "bounced")]
    without = reverse("pledges_together:without_contact", args=[place.public_id])

    told = [text_of(client, page).count("Bidang Contoh, Badan Contoh") for page in pages]
    Contact.objects.filter(person=city.people[2]).delete()

    assert told == [1, 1, 1]
    assert "Bidang Contoh, Badan Contoh" in text_of(client, without)
    rows = export_rows(place=place, day=NOON.now.date(), only_missing=True)
    assert sorted(row[4] for row in rows) == [
        "Badan Contoh",
        "Badan Contoh",
        "Bidang Contoh, Badan Contoh",
        "Kelurahan Contoh",
    ]


def test_the_list_of_gaps_costs_the_same_for_few_and_for_many(city, place):
    client = browser("hr_pledges", agency=city.agency)
    client.get(address("gaps", place))
    with CaptureQueriesContext(connection) as few:
        client.get(address("gaps", place))
    for _number in range(20):
        factories.servant(city.agency, city.ward)
    larger = factories.opened(city.agency)
    with CaptureQueriesContext(connection) as many:
        client.get(address("gaps", larger))

    assert len(few) == len(many)


def test_the_day_is_counted_by_local_hours_with_what_was_annulled_left_out(city, place):
    for person, hour in zip(city.people, (6, 6, 7, 9), strict=True):
        factories.signed(place, person, later(hour=hour))

    trend = day_trend(place=place, day=DAY, now=later(hour=9).now)

    told = {row.label[:5]: (row.number, row.so_far) for row in trend.rows if row.number}
    assert told == {"13.00": (2, 2), "14.00": (1, 3), "16.00": (1, 4)}
    assert (trend.total, trend.busiest[:5], len(trend.rows)) == (4, "13.00", 11)
    below = day_trend(place=place, day=DAY, now=later(hour=9).now, path=city.ward.path)
    assert below.total == 1
    assert day_trend(place=place, day=DAY - timedelta(days=1), now=NOON.now).total == 0


def test_the_page_of_the_day_has_the_numbers_in_a_table_beside_the_line(city, place):
    factories.signed(place, city.people[0], later(hour=7))
    client = browser("hr_pledges", agency=city.agency)

    page = text_of(client, address("day", place))

    assert "14.00-14.59" in page
    assert "<polyline" in page
    assert "Lihat sebagai tabel" in page


def test_a_round_is_compared_with_the_earlier_ones_as_they_were_closed(city, place, hr):
    factories.signed(place, city.people[0])
    close_round(round_id=place.pk, actor=hr, clock=NOON)
    factories.signed(place, city.people[1])
    now = factories.opened(city.agency)
    client = browser("hr_pledges", agency=city.agency)

    page = text_of(client, address("compare", now))

    assert ("25,0 %" in page, "0,0 %" in page, "putaran ini" in page) == (True, True, True)


# --- the sheet of the hour --------------------------------------------------------------------------


def leaders(city, number, position=PositionClass.LURAH):
    for _one in range(number):
        person = factories.servant(city.agency, city.ward)
        Employment.objects.filter(person=person).update(position_class=position)


def test_heads_camat_and_lurah_stand_first_with_reason_and_telephone(city, hr):
    Employment.objects.update(position_class=PositionClass.EXECUTIVE)
    order = (PositionClass.LURAH, PositionClass.JPT, PositionClass.CAMAT)
    for person, position in zip(city.people[1:], order, strict=True):
        Employment.objects.filter(person=person).update(position_class=position)
    place = factories.opened(city.agency)
    name_unit_head(
        unit=city.board, name="Kepala contoh", phone="0354 000000", email="", actor=hr, clock=NOON
    )
    away(place, city.people[1])

    page = hour_page(place=place, now=NOON.now)

    told = [(row.position_class, row.name, row.reason, row.call) for row in page.leaders]
    no_contact = str(GapReason.NO_CONTACT.label)
    call = "Kepala contoh, 0354\N{NO-BREAK SPACE}000000"
    assert told == [
        ("Jabatan pimpinan tinggi", city.people[2].name, no_contact, call),
        ("Camat", city.people[3].name, no_contact, ""),
        ("Lurah", city.people[1].name, "Cuti sampai 25 Nov 2026", call),
    ]
    in_section, in_ward, in_board = (row.unit for row in page.leaders)
    assert in_section == "Bidang Contoh, Badan Contoh"  # many have a section of this name
    assert (in_ward, in_board) == ("Kelurahan Contoh", "Badan Contoh")
    assert [(unit.name, unit.missing) for unit in page.units] == [
        ("Badan Contoh", 3),
        ("Kelurahan Contoh", 1),
    ]


def test_the_sheet_is_one_page_of_a4_however_many_have_not_signed(city):
    leaders(city, 40)
    for number in range(20):
        unit = factories.unit(city.agency, f"Dinas Contoh dengan Nama yang Panjang Sekali {number}")
        for _person in range(2):
            factories.servant(city.agency, unit, "Drs. Nama Pegawai Contoh yang Panjang, M.Si.")
    deep = factories.unit(city.agency, "Bidang dengan Nama yang Panjang Pula", parent=unit)
    Employment.objects.filter(unit=city.ward).update(unit=deep)
    place = factories.opened(city.agency)
    client = browser("agency_head", agency=city.agency)

    answer = client.get(address("hour_paper", place))

    paper = pypdfium2.PdfDocument(BytesIO(answer.content))
    width, height = paper[0].get_size()
    assert (len(paper), round(width), round(height)) == (1, 595, 842)
    words = paper[0].get_textpage().get_text_range()
    page = hour_page(place=place, now=datetime.fromisoformat("2026-11-20T09:00:00+00:00"))
    assert (len(page.leaders), len(page.units)) == (LEADERS_SHOWN, UNITS_SHOWN)
    assert f"Dan {page.leaders_left} pimpinan lain" in words
    assert "16.00 WIB" in " ".join(words.split())
    assert AccessRow.objects.filter(what="pledge_round.hour_sheet").count() == 1


def test_the_screen_shows_every_leader_and_every_unit(city):
    leaders(city, 60)
    units = [factories.unit(city.agency, f"Dinas Contoh {number}") for number in range(20)]
    for unit in units:
        factories.servant(city.agency, unit)
    place = factories.opened(city.agency)
    client = browser("agency_head", agency=city.agency)

    first = client.get(address("hour", place))
    second = client.get(address("hour", place) + first.context["listing"].next_query)
    shown = [row.name for page in (first, second) for row in page.context["leaders"]]

    every = Employment.objects.filter(position_class__in=LEADERS)
    assert sorted(shown) == sorted(every.values_list("person__name", flat=True))
    told = first.content.decode()
    assert [unit.name for unit in units if f"{unit.name}" not in told] == []


def test_the_sheet_costs_the_same_for_few_and_for_many(city, place):
    with CaptureQueriesContext(connection) as few:
        hour_page(place=place, now=NOON.now)
    leaders(city, 30)
    larger = factories.opened(city.agency)
    with CaptureQueriesContext(connection) as many:
        hour_page(place=larger, now=NOON.now)

    assert len(few) == len(many)


# --- the public page --------------------------------------------------------------------------------


def test_everybody_reads_the_percentage_and_its_parts_and_no_name(city):
    leaders(city, 8)
    place = factories.opened(city.agency)
    factories.signed(place, city.people[0])
    refuse(place, city.people[1])
    public = Client()

    listed = text_of(public, reverse("pledges_figures:agencies"))
    page = text_of(public, reverse("pledges_figures:agency", args=[city.agency.public_id]))

    assert city.agency.name in listed
    assert ("8,3 %" in page, "Menolak" in page, "Belum terjangkau" in page) == (True, True, True)
    assert [person.name for person in city.people if person.name in page] == []


def test_parts_that_could_point_at_somebody_are_not_public(city, place):
    refuse(place, city.people[1])

    page = text_of(Client(), reverse("pledges_figures:agency", args=[city.agency.public_id]))

    assert ("Menolak" in page, "terlalu sedikit" in page) == (False, True)


def test_an_agency_without_a_round_has_no_public_page(city):
    url = reverse("pledges_figures:agency", args=[city.agency.public_id])

    assert Client().get(url).status_code == 404


# --- absences and unit heads by their pages ----------------------------------------------------------


def test_an_officer_records_an_absence_and_its_early_end(city, place):
    client = browser("hr_pledges", agency=city.agency)
    duty = factories.owed(place, city.people[0])
    url = reverse("pledges_hr:absence", args=[duty.public_id])
    person = reverse("pledges_hr:person", args=[duty.public_id])

    wrong = client.post(url, {"sebab": "LEAVE", "mulai": "2026-11-20", "sampai": "2026-11-19"})
    client.post(url, {"sebab": "LEAVE", "mulai": "2026-11-20", "sampai": "2026-11-30"})

    assert wrong.status_code == 422
    assert "20 Nov 2026 sampai 30 Nov 2026" in text_of(client, person)
    client.post(reverse("pledges_hr:back_early", args=[duty.public_id]))
    assert "30 Nov 2026" not in text_of(client, person)
    told = list(AuditRow.objects.filter(subject_kind="person").values_list("what", flat=True))
    assert told == ["pledge_absence.recorded", "pledge_absence.cancelled"]


def test_who_is_back_early_is_back_from_every_absence_that_runs_and_from_none_to_come(city, place):
    for kind, since, until in (
        (AbsenceKind.SICK, date(2026, 11, 1), date(2026, 11, 28)),
        (AbsenceKind.TRAINING, DAY, date(2026, 11, 30)),
        (AbsenceKind.LEAVE, date(2026, 11, 25), date(2026, 12, 5)),
    ):
        record_absence(
            person=city.people[0],
            agency_id=place.agency_id,
            away=Away(kind=kind, starts_on=since, ends_on=until),
            actor=factories.officer(city.agency),
            clock=NOON,
        )
    duty = factories.owed(place, city.people[0])

    back = reverse("pledges_hr:back_early", args=[duty.public_id])
    browser("hr_pledges", agency=city.agency).post(back)

    assert Absence.objects.get(cancelled_at=None).kind == AbsenceKind.LEAVE


def test_an_officer_names_the_head_of_a_unit(city, place):
    client = browser("hr_pledges", agency=city.agency)
    url = reverse("pledges_hr:head", args=[place.public_id, city.board.public_id])

    unreachable = client.post(url, {"nama": "Kepala contoh"})
    client.post(url, {"nama": "Kepala contoh", "telepon": "0354 000000"})

    assert unreachable.status_code == 422
    assert "0354 000000" in text_of(client, address("heads", place))
