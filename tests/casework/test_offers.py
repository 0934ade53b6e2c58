"""Which buttons a person sees, and what a missed deadline proposes."""

import pytest

from neutrality.casework.offers import available, proposals
from tests.casework.conftest import at, clerk, press, reporter_of
from tests.casework.testapp.flow import ERRAND, Action
from tests.casework.testapp.models import Errand


def offers(errand, actor, clock=None):
    errand.refresh_from_db()
    return available(workflow=ERRAND, subject=errand, actor=actor, clock=clock or at(hours=2))


@pytest.fixture
def waiting(errand, handler):
    press(errand, Action.TAKE, handler)
    press(errand, Action.ASK, handler, reason="Kurang.")
    return errand


def test_the_main_step_comes_first_with_the_words_of_its_button(waiting, handler):
    assert [(offer.action, offer.label, offer.is_main) for offer in offers(waiting, handler)] == [
        ("ANSWER", "Jawab", True),
        ("DROP", "Hentikan", False),
        ("PARK", "Tunda", False),
        ("NOTE", "Catat", False),
    ]


def test_a_form_knows_what_to_ask(errand, waiting, handler):
    asked = {offer.action: offer.records for offer in offers(waiting, handler)}
    assert asked == {"ANSWER": True, "DROP": False, "PARK": False, "NOTE": False}
    own = {offer.action: offer.records for offer in offers(waiting, reporter_of(errand))}
    assert own == {"ANSWER": False}


def test_a_stranger_is_offered_nothing(errand):
    assert offers(errand, clerk("Orang", "handler", path="RI/32")) == []


def test_a_refusing_guard_is_told_beside_the_button(errand, handler):
    Errand.objects.update(is_blocked=True)
    (offer,) = offers(errand, handler)
    assert (offer.refusal.code, str(offer.refusal.sentence)) == ("blocked", "Tugas ini diblokir.")


def test_the_way_back_is_offered_without_a_refusal(waiting, handler):
    press(waiting, Action.PARK, handler, at(hours=2))
    assert [(offer.action, offer.refusal) for offer in offers(waiting, handler)] == [
        ("RESUME", None)
    ]


def test_a_missed_deadline_proposes_and_decides_nothing(waiting, handler):
    assert [offer.action for offer in offers(waiting, handler) if offer.is_proposed] == []
    late = offers(waiting, handler, at(days=5))
    assert [offer.action for offer in late if offer.is_proposed] == ["DROP"]
    waiting.refresh_from_db()
    assert waiting.state == "WAITING"


def test_proposals_are_rows_of_the_table(waiting):
    waiting.refresh_from_db()
    rows = proposals(workflow=ERRAND, subject=waiting, clock=at(days=5))
    assert [row.action for row in rows] == [Action.DROP]


def test_buttons_cost_one_query(waiting, handler, django_assert_num_queries):
    waiting.refresh_from_db()
    with django_assert_num_queries(1):
        available(workflow=ERRAND, subject=waiting, actor=handler, clock=at(hours=2))
