"""The demo's pledges: every way to sign, refuse and stay silent; only in the demo, only once."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from neutrality.accounts.models import RoleGrant, User
from neutrality.audit.actor import SYSTEM
from neutrality.casework.histories import mismatches
from neutrality.documents.opening import pdf_bytes
from neutrality.law.clock import Clock
from neutrality.organisations.codes import UnitKind
from neutrality.organisations.models import Unit
from neutrality.personnel.codes import NumberKind
from neutrality.personnel.models import Employment, PersonNumber
from pledges.codes import HAS_SIGNED, ObligationState, RoundKind
from pledges.demo import NotTheDemo, load, load_pledge_demo
from pledges.demo.city import AREA_CODES, SIZES
from pledges.models import (
    Attendance,
    Ceremony,
    Exemption,
    Obligation,
    RepresentativeSignature,
    Round,
    Signature,
    UnitHead,
)
from pledges.selectors.coverage import coverage_tree
from pledges.selectors.coverage_check import wrong_sums
from pledges.selectors.day_trend import day_trend
from pledges.selectors.gaps import not_signed
from pledges.selectors.windows import open_ceremony
from pledges.workflow.obligation import OBLIGATION
from pledges.workflow.proofs import wrong_signatures
from tests.pledges import factories

pytestmark = pytest.mark.django_db
NOW = Clock(now=datetime(2026, 12, 20, 5, 0, tzinfo=UTC))


@pytest.fixture
def demo(settings):
    """What `load_demo` leaves behind, small: an agency, its officer, people, the election."""
    settings.DEMO, settings.DEMO_PASSWORD = True, "sandi-peragaan"
    agency = factories.agency()
    unit = factories.unit(agency, "Badan Contoh")
    for _number in range(20):
        factories.servant(agency, unit)
    officer = factories.user("Petugas pakta contoh", "hr_pledges", agency=agency)
    User.objects.filter(pk=officer.pk).update(is_demo=True, email="pakta.kota@contoh.example")
    election = factories.election()
    election.code = "pemilihan-contoh"
    election.save(update_fields=["code"])
    return agency


def test_outside_the_demo_nothing_is_loaded():
    with pytest.raises(NotTheDemo):
        load_pledge_demo(clock=NOW)
    with pytest.raises(CommandError):
        call_command("load_pledge_demo", stdout=StringIO())


def test_without_the_demo_s_places_there_is_nothing_to_add(settings):
    settings.DEMO = True
    said = StringIO()

    call_command("load_pledge_demo", stdout=said)

    assert said.getvalue() == "No demo pledges to add.\n"
    assert Round.objects.count() == 0


def test_half_of_the_people_signed_in_different_ways(demo):
    assert load_pledge_demo(clock=NOW)

    place = Round.objects.get(kind=RoundKind.INDIVIDUAL, closed_at=None)
    states = list(Obligation.objects.filter(round=place).values_list("state", flat=True))
    counts = {state: states.count(state) for state in ObligationState if state in states}
    assert counts == {"DUE": 4, "INVITED": 4, "SIGNED": 8, "VERIFIED": 2, "REFUSED": 1, "EXEMPT": 1}
    kinds = set(Signature.objects.filter(round=place).values_list("kind", "assurance"))
    assert kinds == {("CLICK", "ONE_TIME_CODE"), ("PAPER", "PAPER")}
    gaps = {vars(row)["gap"] for row in not_signed(place=place, day=NOW.now.date())}
    assert gaps == {"NO_CONTACT", "NOT_OPENED", "OPENED", "REFUSED"}
    assert list(mismatches(OBLIGATION)) == []
    assert list(wrong_signatures()) == []


def test_nothing_of_it_lies_in_the_future_and_exemptions_take_two_persons(demo):
    load_pledge_demo(clock=NOW)

    assert Signature.objects.filter(recorded_at__gt=NOW.now).count() == 0
    asked = Exemption.objects.get(granted=True)
    assert asked.requested_by != asked.decided_by
    assert Exemption.objects.filter(decided_at=None).count() == 1


def test_an_oath_ceremony_closes_the_representatives_round(demo):
    load_pledge_demo(clock=NOW)

    place = Round.objects.get(kind=RoundKind.REPRESENTATIVE)
    held = Ceremony.objects.get(round=place)
    assert (place.closed_at is not None, held.roles.count()) == (True, 7)
    assert RepresentativeSignature.objects.filter(round=place, ceremony=held).count() == 3
    assert Obligation.objects.filter(round=place).count() == 0


def test_a_second_start_adds_nothing(demo):
    load_pledge_demo(clock=NOW)
    before = (Round.objects.count(), User.objects.count(), RoleGrant.objects.count())

    assert not load_pledge_demo(clock=NOW)

    assert (Round.objects.count(), User.objects.count(), RoleGrant.objects.count()) == before
    assert Obligation.objects.filter(state__in=HAS_SIGNED, round__closed_at=None).count() == 10


@pytest.fixture
def grown(demo, monkeypatch):
    """The same city as a small one of the real size: it is filled up to two hundred people."""
    monkeypatch.setitem(SIZES, demo.code, 200)
    monkeypatch.setitem(AREA_CODES, demo.code, "0354")
    for code, name, kind in (
        ("dikbud", "Dinas Pendidikan", UnitKind.SERVICE),
        ("dinkes", "Dinas Kesehatan", UnitKind.SERVICE),
        ("kec-1", "Kecamatan Contoh", UnitKind.DISTRICT),
    ):
        Unit.objects.create(
            agency=demo, code=code, path=f"{demo.path}/{code}", name=name, kind=kind
        )
    return demo


def test_a_city_is_filled_to_its_size_with_units_at_depth_and_heads_to_call(grown):
    load_pledge_demo(clock=NOW)

    assert Employment.objects.filter(agency=grown).count() == 200
    assert max(unit.path.count("/") for unit in Unit.objects.filter(agency=grown)) == 3
    assert UnitHead.objects.filter(unit__path=f"{grown.path}/dikbud").count() == 1
    shown = PersonNumber.objects.filter(kind=NumberKind.NIP).values_list("shown", flat=True)
    assert shown.count() > 100


def test_the_demo_is_of_three_cities_of_three_to_seven_thousand_people():
    assert len(SIZES) == 3
    assert {code: size for code, size in SIZES.items() if not 3_000 <= size <= 7_000} == {}
    assert sorted(SIZES) == sorted(AREA_CODES)


def test_one_city_signs_in_its_hall_while_the_page_is_looked_at(grown, monkeypatch):
    monkeypatch.setattr(load, "WITH_CEREMONY_TODAY", grown.region.code)
    load_pledge_demo(clock=NOW)

    place = Round.objects.get(kind=RoundKind.INDIVIDUAL, closed_at=None)
    held = open_ceremony(round_id=place.pk, clock=NOW)
    there = Signature.objects.filter(ceremony=held, annulled_at=None)
    assert (held.kind, held.agency) == ("SIGNING", grown)
    assert there.count() > 10
    assert not there.exclude(signed_at__range=(held.begins_at, NOW.now)).exists()
    came = Attendance.objects.filter(ceremony=held)
    assert came.filter(person__isnull=False).count() == there.count()
    assert came.filter(person=None).count() == 3
    assert not came.exclude(came_at__range=(held.begins_at, NOW.now)).exists()
    trend = day_trend(place=place, day=NOW.now.date(), now=NOW.now)
    assert trend.total >= there.count()
    assert 0 < coverage_tree(place=place).whole.signed < 200


def test_what_thousands_did_is_what_the_doors_would_have_written(grown):
    load_pledge_demo(clock=NOW)

    place = Round.objects.get(kind=RoundKind.INDIVIDUAL, closed_at=None)
    signed = Obligation.objects.filter(round=place, state__in=HAS_SIGNED).count()
    assert Obligation.objects.filter(round=place).count() == 200
    assert 60 < signed < 160
    assert Signature.objects.filter(round=place, annulled_at=None).count() == signed
    assert list(mismatches(OBLIGATION)) == []
    assert list(wrong_signatures()) == []
    assert wrong_sums() == []
    call_command("verify_audit", stdout=StringIO())
    paper = Signature.objects.filter(round=place, kind="CLICK").latest("pk").document
    assert pdf_bytes(document=paper, actor=SYSTEM, clock=NOW).startswith(b"%PDF")


def test_the_election_before_is_kept_closed_with_its_figures(grown):
    load_pledge_demo(clock=NOW)

    former = Round.objects.get(kind=RoundKind.INDIVIDUAL, closed_at__isnull=False)
    tree = coverage_tree(place=former)
    assert (tree.is_frozen, tree.whole.total) == (True, 200)
    assert 0 < tree.whole.tenths < 1000
