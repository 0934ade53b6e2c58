"""An agency's own wording, or an election's, takes the place of the general one, only there."""

from datetime import date

import pytest
from django.utils.translation import override

from neutrality.law import books
from neutrality.law.codes import PledgeTextCode
from neutrality.law.models import PledgeWording
from pledges.models import Signature
from pledges.selectors.translations import translation_of
from pledges.services.change_text import ask_again_next, change_text
from tests.pledges import factories
from tests.pledges.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forgotten():
    """What is entered here is rolled back, and must not stay in this process's books."""
    yield
    books.forget()


def decreed(point, language="id", **of):
    """A wording with another third point, as an administrator enters it into the law."""
    made = PledgeWording.objects.create(
        code=PledgeTextCode.FOUR_POINTS,
        language=language,
        title="Ikrar Netralitas Contoh",
        opening="Kami berikrar:",
        points=[
            "menjaga netralitas",
            "menghindari konflik kepentingan",
            point,
            "menolak politik uang",
        ],
        closing="Demikian.",
        legal_basis="Keputusan contoh",
        valid_from=date(2026, 1, 1),
        **of,
    )
    books.forget()
    return made


def third_point(place):
    return place.text.points[2]


def test_an_agency_s_own_text_holds_there_and_nowhere_else(city):
    own = decreed("menggunakan platform digital secara bijak", agency_code=city.agency.code)
    here, elsewhere = factories.opened(city.agency), factories.agency("Kota Lain")
    factories.servant(elsewhere)
    there = factories.opened(elsewhere)

    assert third_point(here) == own.points[2]
    assert third_point(there).startswith("menggunakan media sosial")
    factories.signed(here, city.people[0])
    assert Signature.objects.get().text_sha256 == here.text.sha256 != there.text.sha256
    own.refresh_from_db()
    assert own.used_at == NOON.now


def test_the_text_for_the_election_comes_before_the_agency_s_for_all(city):
    first, second = factories.election(), factories.election()
    decreed("untuk semua pemilihan", agency_code=city.agency.code)
    decreed("untuk pemilihan ini di mana saja", election_code=first.code)
    decreed("untuk pemilihan ini", agency_code=city.agency.code, election_code=first.code)
    elsewhere = factories.agency("Kota Lain")
    factories.servant(elsewhere)

    found = [
        third_point(factories.opened(at, election=one.pk))
        for at, one in ((city.agency, first), (city.agency, second), (elsewhere, first))
    ]

    assert found == [
        "untuk pemilihan ini",
        "untuk semua pemilihan",
        "untuk pemilihan ini di mana saja",
    ]


def test_a_running_round_takes_up_the_agency_s_text_and_asks_again(city, place, hr):
    factories.signed(place, city.people[0])
    decreed("menggunakan platform digital secara bijak", agency_code=city.agency.code)

    changed = change_text(
        round_id=place.pk,
        code=PledgeTextCode.FOUR_POINTS,
        day=NOON.now.date(),
        reason="Keputusan contoh",
        actor=hr,
        clock=NOON,
    )

    assert third_point(changed) == "menggunakan platform digital secara bijak"
    assert ask_again_next(round_id=place.pk, clock=NOON) == 1


def test_the_general_translation_is_not_shown_beside_an_own_text(city, place):
    decreed("menggunakan platform digital secara bijak", agency_code=city.agency.code)
    own = factories.opened(city.agency).text
    with override("en"):
        general, missing = translation_of(place.text), translation_of(own)
        translated = decreed("to use digital platforms", "en", agency_code=city.agency.code)
        found = translation_of(own)

    assert (general.language, missing, found) == ("en", None, translated)
    assert translation_of(place.text) is None
