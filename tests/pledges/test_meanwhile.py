"""What a colleague does in the midst of an act: one result, and nothing that nobody finds."""

from functools import partial

import pytest
from django.core.files.storage import default_storage

from pledges.codes import AttendanceWay, CeremonyKind
from pledges.models import Absence, Attendance, SigningCode
from pledges.services.archive_certificates import ask_for_archive, make_archive
from pledges.services.attend import Guest, attend_as_guests
from pledges.services.chase import Away, record_absence
from pledges.services.hold_ceremony import Occasion, hold_ceremony
from pledges.services.printed_codes import print_codes
from tests.meanwhile import cut_in
from tests.pledges import factories
from tests.pledges.factories import NOON, SNAPSHOT

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_strips_printed_at_once_the_later_one_holds(city, place, hr):
    duties = [factories.owed(place, person) for person in city.people]
    again = partial(print_codes, obligations=duties[::-1], actor=hr, clock=NOON)
    with cut_in('INSERT INTO "pledges_signingcode"', again) as printed:
        print_codes(obligations=duties, actor=hr, clock=NOON)
    assert len(printed.outcome()) == len(duties)
    rows = SigningCode.objects.filter(revoked_at=None)
    assert rows.count() == SigningCode.objects.exclude(revoked_at=None).count() == len(duties)


def test_a_guest_on_two_lists_at_once_is_one_guest(place, hr):
    occasion = Occasion(kind=CeremonyKind.OATH, title="Ikrar", held_on=SNAPSHOT, place="Aula")
    ceremony = hold_ceremony(place=place, occasion=occasion, actor=hr, clock=NOON)
    came = partial(
        attend_as_guests,
        ceremony=ceremony,
        guests=[Guest(name="Tamu contoh")],
        way=AttendanceWay.LIST,
        actor=hr,
        clock=NOON,
    )
    with cut_in('INSERT INTO "pledges_attendance"', came) as again:
        assert came() == 1
    assert (again.outcome(), Attendance.objects.count()) == (0, 1)


def test_of_two_absences_recorded_at_once_the_later_one_holds(city, hr):
    away = partial(
        record_absence,
        person=city.people[0],
        agency_id=city.agency.pk,
        away=Away(kind="LEAVE", starts_on=SNAPSHOT, ends_on=SNAPSHOT),
        actor=hr,
        clock=NOON,
    )
    with cut_in('INSERT INTO "pledges_absence"', away) as recorded:
        away()
    later = recorded.outcome()
    assert Absence.objects.get(cancelled_at=None) == later


def packed_files():
    """The files of archives that are kept, other tests' among them."""
    folders, _files = default_storage.listdir("")
    return set(default_storage.listdir("certificates")[1] if "certificates" in folders else ())


def test_certificates_that_are_packed_twice_leave_one_file(city, place, hr, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    before = packed_files()
    factories.signed(place, city.people[0])
    archive = ask_for_archive(place=place, unit=None, actor=hr, clock=NOON)
    pack = partial(make_archive, archive_id=archive.pk, actor=hr, clock=NOON)
    with cut_in('FROM "pledges_certificatearchive"', pack) as packed:
        made = pack()
    assert packed.outcome().file == made.file
    assert {f"certificates/{name}" for name in packed_files() - before} == {made.file}
