"""Every page of pledges, both languages, both sizes, both lights; the journeys see the others."""

from types import SimpleNamespace

import pytest
import time_machine
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from neutrality.personnel.models import RosterImport
from pledges.codes import ExemptionGround, WallKind
from pledges.models import Ceremony, RepresentativeSignature, ScanBatch
from pledges.services.change_contact import ask_to_change_contact
from pledges.services.exempt import ExemptionPlea, ask_for_exemption
from pledges.services.printed_codes import print_codes
from pledges.services.wall_codes import wall_code
from tests.e2e.looker import SPREAD
from tests.personnel.roster.sheets import csv_of, person as row_of
from tests.pledges import factories
from tests.pledges.factories import NOON
from tests.pledges.test_changes import seven
from tests.pledges.test_paper import blank, handed_in, printed, scanned
from tests.pledges.test_tte import Issuer

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = pytest.mark.parametrize("looker", list(SPREAD.items()), ids=list(SPREAD), indirect=True)
PIN = "482913"
# Seen in Indonesian by the journey of an officer.
OF_THE_DAY = ("together", "without_contact", "extend", "text", "circular", "grounds", "archives")
OF_THE_EVENT = ("event", "event_change", "event_part", "event_attendance", "event_photo")


@pytest.fixture(autouse=True)
def _stage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False
    conf = current_app.conf
    before, conf.task_always_eager = conf.task_always_eager, True
    with time_machine.travel(NOON.now, tick=True):
        yield
    conf.task_always_eager = before


@pytest.fixture
def hall(city):
    """A round of representatives and of everybody on the day of its ceremony."""
    place = factories.opened(city.agency, kind="BOTH")
    held = Ceremony.objects.create(
        agency=city.agency,
        round=place,
        kind="SIGNING",
        title="Penandatanganan contoh",
        held_on=NOON.now.date(),
        place="Aula contoh",
        begins_at=factories.later(hour=4).now,
        ends_at=factories.later(hour=9).now,
        recorded_at=NOON.now,
    )
    account = factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency)
    return SimpleNamespace(place=place, held=held, officer=logged_in(account))


def logged_in(account):
    browser = Client()
    browser.force_login(account)
    return browser


def at(name, *args):
    return reverse(name, args=[getattr(each, "public_id", each) for each in args])


def see(looker, *pages):
    """Look at each of these pages and tell all that is wrong."""
    for page in pages:
        looker.look(page)
    assert looker.found == []


@BOTH
def test_the_officer_s_pages_of_a_round_are_in_order(looker, city, hall, hr):
    place, held = hall.place, hall.held
    first, second, third, last = city.people
    for one in (first, second):
        factories.signed(place, one)
    seven(place, hr)
    factories.reached(place, third)
    duty = factories.owed(place, third)
    plea = ExemptionPlea(
        ground=ExemptionGround.UNPAID_LEAVE, explanation="Cuti panjang", evidence="SK contoh"
    )
    ask_for_exemption(obligation=duty, plea=plea, actor=hr, clock=NOON)
    ask_to_change_contact(
        obligation=duty, email="baru@contoh.id", phone="", reason="Ganti", actor=hr, clock=NOON
    )
    for name in ("Camat contoh", "Lurah contoh"):
        given = {
            "nama": name,
            "mewakili": "Seluruh camat",
            "cara": "PAPER",
            "tanggal": "2026-11-20",
            "acara": held.pk,
        }
        hall.officer.post(at("pledges_hr:represent", place), given)
    rightly, wrongly = RepresentativeSignature.objects.order_by("pk")
    annul = reverse("pledges_hr:annul_representative", args=[place.public_id, wrongly.pk])
    hall.officer.post(annul, {"alasan": "Salah orang"})
    hall.officer.post(
        at("pledges_together:event_part", held), {"peran": "LEADER", "nama": "Wali Kota contoh"}
    )
    hall.officer.post(at("pledges_together:event_write", held))
    looker.be(hall.officer)
    other = factories.owed(place, last)
    steps = ("END", "RECORD_PAPER", "RECORD_REFUSAL")
    see(
        looker,
        *[at(f"pledges_hr:{name}", place) for name in ("ceremonies", "texts")],
        *[at(f"pledges_hr:{name}", place) for name in ("record_ceremony", "represent")],
        *[at(f"pledges_hr:{name}", other) for name in ("ask_exemption", "absence")],
        *[at("pledges_hr:step", other, step) for step in steps],
        reverse("pledges_hr:annul_representative", args=[place.public_id, rightly.pk]),
        at("pledges_hr:exemptions"),
        at("pledges_hr:head", place, city.board),
        at("pledges_together:change_contact", duty),
        at("pledges_together:event_signed", held),
    )
    if looker.ways == SPREAD["en"]:
        see(
            looker,
            *[at(f"pledges_together:{name}", place) for name in OF_THE_DAY],
            *[at(f"pledges_together:{name}", held) for name in OF_THE_EVENT],
        )
    else:
        see(looker, at("pledges_together:event", held))


@BOTH
def test_the_pages_of_paper_are_in_order(looker, city, hall, hr):
    place = hall.place
    sheets = scanned(printed(place, [city.people[3]], hr), blank())
    batch = handed_in(place, sheets, hr)
    looker.be(logged_in(factories.user("Operator unit", "unit_operator", unit=city.ward)))
    see(
        looker,
        at("pledges_together:to_verify"),
        at("pledges_together:verify", factories.owed(place, city.people[3])),
    )
    looker.be(hall.officer)
    assert ScanBatch.objects.get() == batch
    see(
        looker,
        at("pledges_together:scans", place),
        at("pledges_together:scan", batch),
        at("pledges_together:scan_one", batch, 2),
    )


@BOTH
def test_the_pages_of_the_roster_are_in_order(looker, city, hall):
    rows = [row_of(serial, "BARU", **{"UNIT KERJA": "Badan Baru"}) for serial in (1, 2)]
    file = SimpleUploadedFile("pegawai.csv", csv_of(rows))
    given = {"instansi": city.agency.pk, "berkas": file, "per_tanggal": "2026-11-15"}
    hall.officer.post(at("roster:upload"), given)
    place = RosterImport.objects.get()
    chosen = {"number": "NIP", "name": "NAMA", "unit_code": "KODE UNIT", "position": "JABATAN"}
    hall.officer.post(at("roster:columns", place), {**chosen, "unit_name": "UNIT KERJA"})
    looker.be(hall.officer)
    see(
        looker,
        at("roster:upload"),
        at("roster:import", place),
        at("roster:import_units", place),
        at("roster:add_upper_unit"),
        *[
            at(f"roster:{name}", city.board)
            for name in ("add_unit", "rename_unit", "merge_unit", "move_unit")
        ],
    )


@BOTH
def test_the_figures_for_supervisors_and_everybody_are_in_order(looker, city, hall):
    for one in city.people[:2]:
        factories.signed(hall.place, one)
    watcher = factories.user("Pengawas", "supervisor", office=hall.place.office.parent)
    see(looker, at("pledges_figures:agencies"), at("pledges_figures:agency", city.agency))
    looker.be(logged_in(watcher))
    see(looker, at("pledges_oversight:agencies"))


@BOTH
def test_the_pages_of_those_who_sign_are_in_order(looker, city, hall, hr, settings, tmp_path):
    roots = tmp_path / "roots.pem"
    roots.write_bytes(Issuer().pem())
    settings.TTE_ROOTS = str(roots)
    walls = [
        wall_code(kind=kind, place=place, ceremony=held, unit=None, actor=hr, clock=NOON).token
        for kind, place, held in [
            (WallKind.SIGN, hall.place, None),
            (WallKind.ATTEND, None, hall.held),
        ]
    ]
    see(
        looker,
        at("pledges_public:wall", walls[0]),
        at("pledges_public:attend", walls[1]),
        at("pledges_public:printed"),
        at("pledges_public:start", invited_link(hall.place, city.people[0])),
    )
    duty = factories.owed(hall.place, city.people[1])
    [strip] = print_codes(obligations=[duty], actor=hr, clock=NOON)
    phone = Client()
    pair = {"kode": strip.code, "nomor": factories.number(city.people[1])}
    phone.post(at("pledges_public:printed"), pair)
    looker.be(phone)
    see(looker, *[at(f"pledges_public:{name}", "saya") for name in ("sign", "refuse", "tte")])


def invited_link(place, person):
    """The token of a personal link."""
    factories.invited(place, person)
    return factories.sent_token()


@BOTH
def test_the_tablet_is_in_order(looker, city, hall):
    hall.officer.post(
        at("pledges_together:open_tablet", hall.place), {"jam": "4", "pin": PIN, "pin_lagi": PIN}
    )
    looker.be(hall.officer)
    see(looker, at("pledges_public:desk"))
    number = factories.number(city.people[0])
    hall.officer.post(at("pledges_public:desk"), {"nomor": number, "pin": PIN})
    see(looker, at("pledges_public:desk_card"))
    hall.officer.post(at("pledges_public:desk_card"))
    see(looker, at("pledges_public:desk_sign"))
