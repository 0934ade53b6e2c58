"""A roster brings addresses: first ones are set, others wait for a second person."""

from datetime import date

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from neutrality.accounts.actors import actor_of
from neutrality.audit.models import AuditRow
from neutrality.personnel.codes import ImportState as S
from neutrality.personnel.models import RosterImport
from neutrality.personnel.roster.addresses import email_in, phone_in
from neutrality.personnel.services.import_roster import (
    apply_roster,
    confirm_roster,
    map_columns,
    read_roster,
    receive_roster,
)
from neutrality.vault.lookup import find_identities
from neutrality.vault.models import Identity
from pledges import roster_tasks
from pledges.models import Contact, ContactChange
from pledges.selectors.stalled_rosters import STILL
from pledges.services.change_contact import decide_contact_change
from tests.personnel.roster import sheets
from tests.personnel.roster.sheets import csv_of, person
from tests.pledges import factories

pytestmark = pytest.mark.django_db
DAY = "2026-11-15"


@pytest.fixture(autouse=True)
def _at_once(settings, tmp_path, time_machine):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to("2026-11-20T05:00:00Z", tick=False)
    conf = current_app.conf
    before, conf.task_always_eager = conf.task_always_eager, True
    yield
    conf.task_always_eager = before


@pytest.fixture
def officer(city, client):
    account = factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency)
    client.force_login(account)
    client.account = account
    return client


def checked(officer, city, rows):
    """A file with columns of addresses, as an officer sees it before confirming."""
    file = SimpleUploadedFile("pegawai.csv", csv_of(rows))
    given = {"instansi": city.agency.pk, "berkas": file, "per_tanggal": DAY, "cakupan": ""}
    officer.post(reverse("roster:upload"), given)
    place = RosterImport.objects.latest("pk")
    columns = {**sheets.COLUMNS, "email": "EMAIL", "phone": "NO HP"}
    officer.post(reverse("roster:columns", args=[place.public_id]), columns)
    place.refresh_from_db()
    return place


def confirmed(officer, city, rows):
    place = checked(officer, city, rows)
    typed = {"jumlah": str(place.figures["changes"].get("LEFT", 0))}
    officer.post(reverse("roster:confirm", args=[place.public_id]), typed)
    place.refresh_from_db()
    return place


def clerk(city, serial, email="", phone=""):
    return {**person(serial, city.board.code), "EMAIL": email, "NO HP": phone}


def in_use(email):
    """Whose address this is, as far as it is in use."""
    found = find_identities(purpose="email", value=email)
    names = Contact.objects.filter(identity__in=found, ended_at=None)
    return list(names.values_list("person__name", flat=True))


def test_first_addresses_are_set_and_another_waits_for_a_second_person(officer, city, hr):
    first = confirmed(
        officer,
        city,
        [
            clerk(city, 1, "satu@contoh.id", "0812 3456 7890"),
            clerk(city, 2, "", "8.12E+10"),
            clerk(city, 3, "tiga@contoh.id, lain@contoh.id"),
            clerk(city, 4),
        ],
    )
    assert first.state == S.APPLIED
    assert first.figures["addresses"] == {"new": 1, "other": 0, "wrong": 2, "set": 1, "asked": 0}
    assert first.figures["wrong_addresses"] == [3, 4]
    assert in_use("SATU@contoh.id ") == ["Pegawai Contoh 1"]
    assert find_identities(purpose="phone", value="+6281234567890").count() == 1

    # The same people, nobody moved: only addresses differ, and that is enough to confirm.
    rows = [clerk(city, 1, "baru@contoh.id"), clerk(city, 2, "dua@contoh.id")]
    rows += [clerk(city, 3), clerk(city, 4)]
    again = confirmed(officer, city, rows)
    assert again.figures["addresses"] == {"new": 1, "other": 1, "wrong": 0, "set": 1, "asked": 1}
    assert (in_use("satu@contoh.id"), in_use("baru@contoh.id")) == (["Pegawai Contoh 1"], [])
    asked = ContactChange.objects.get()
    assert (asked.asked_by, asked.reason) == (officer.account, "Impor data pegawai: pegawai.csv")
    assert AuditRow.objects.filter(what="pledge_contact.change_asked").count() == 1

    # Asked once; declined, it is not asked again, whatever the system goes on saying.
    assert confirmed(officer, city, rows).figures["addresses"]["other"] == 0
    decide_contact_change(change_id=asked.pk, granted=False, actor=hr, clock=factories.NOON)
    assert checked(officer, city, rows).figures["addresses"]["other"] == 0
    assert Identity.objects.count() == 3


@pytest.mark.parametrize("done", range(4))
def test_an_import_whose_worker_was_killed_goes_on_and_loses_no_address(
    officer, city, time_machine, done
):
    """Dead before reading; before counting addresses; before applying; before taking addresses."""
    actor = actor_of(user=officer.account, day=date(2026, 11, 20))
    asked = {"actor": actor, "clock": factories.NOON}
    file = sheets.statement(
        city.agency, csv_of([clerk(city, 1, "satu@contoh.id")]), day=date(2026, 11, 15)
    )
    place = receive_roster(statement=file, **asked)
    columns = {**sheets.COLUMNS, "email": "EMAIL", "phone": "NO HP"}
    map_columns(import_id=place.pk, columns=columns, takes_non_asn=False, **asked)
    steps = (
        lambda: read_roster(import_id=place.pk, tell=lambda _rows: None, **asked),
        lambda: confirm_roster(import_id=place.pk, typed="4", **asked),
        lambda: apply_roster(import_id=place.pk, **asked),
    )
    for step in steps[:done]:
        step()

    # Whoever just works on it is left alone; later the schedule finds it.
    before = RosterImport.objects.get().state
    roster_tasks.resume_rosters()
    assert (RosterImport.objects.get().state, in_use("satu@contoh.id")) == (before, [])
    time_machine.shift(STILL.total_seconds() + 1)
    roster_tasks.resume_rosters()
    place.refresh_from_db()
    if place.state == S.CHECKED:
        page = reverse("roster:import", args=[place.public_id])
        assert "Alamat pertama yang akan disimpan: 1" in officer.get(page).content.decode()
        officer.post(reverse("roster:confirm", args=[place.public_id]), {"jumlah": "4"})

    # The queue hands the task out again as well: nothing happens twice.
    roster_tasks.apply_roster_import(place.pk, officer.account.pk)
    roster_tasks.resume_rosters()
    place.refresh_from_db()
    assert (place.state, in_use("satu@contoh.id")) == (S.APPLIED, ["Pegawai Contoh 1"])
    assert (place.figures["addresses"]["set"], Contact.objects.count()) == (1, 1)
    assert AuditRow.objects.filter(what="roster.addresses_taken").count() == 1


def test_the_page_says_what_becomes_of_the_addresses(officer, city):
    place = checked(officer, city, [clerk(city, 1, "satu@contoh.id"), clerk(city, 2, "dua")])
    page = officer.get(reverse("roster:import", args=[place.public_id])).content.decode()

    assert "Alamat pertama yang akan disimpan: 1" in page
    assert "tidak disimpan: 1 (baris 3)" in page
    assert "satu@contoh.id" not in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(said)::text FROM personnel_rosterrow said")
        assert not any("satu@" in text for (text,) in cursor.fetchall())


def test_many_addresses_cost_the_statements_of_few(officer, city):
    def statements(count, start):
        rows = [
            clerk(city, serial, f"orang{serial}@contoh.id")
            for serial in range(start, start + count)
        ]
        place = checked(officer, city, rows)
        with CaptureQueriesContext(connection) as asked:
            officer.post(
                reverse("roster:confirm", args=[place.public_id]),
                {"jumlah": str(place.figures["changes"].get("LEFT", 0))},
            )
        return len(asked)

    few, many = statements(2, 1), statements(80, 1)
    assert Contact.objects.count() == 80
    assert many <= few + 2


def test_without_columns_of_addresses_nothing_is_asked(city):
    place = sheets.applied(
        city.agency, [person(1, city.board.code)], typed="4", day=date(2026, 11, 15)
    )

    assert place.figures["addresses"] == {}
    assert Contact.objects.count() == 0


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (" nama@instansi.go.id ", "nama@instansi.go.id"),
        ("-", ""),
        ("", ""),
        ("nama@instansi", None),
        ("a@b.id;c@d.id", None),
        ("=HYPERLINK(a@b.id)", None),
    ],
)
def test_an_address_is_recognised_never_guessed(cell, found):
    assert email_in(cell) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("+62 (812) 3456-7890", "+6281234567890"),
        ("0812.3456.7890", "081234567890"),
        ("6281234567890", "6281234567890"),
        ("'081234567890", "081234567890"),
        ("81234567890", None),
        ("8,12E+10", None),
        ("", ""),
    ],
)
def test_a_number_is_recognised_never_guessed(cell, found):
    assert phone_in(cell) == found
