"""Each refusal: when it comes, and that it leaves nothing behind."""

from datetime import date, timedelta

import pytest

from neutrality.accounts.roles import Role
from neutrality.audit.actor import NATIONAL, SYSTEM, Actor, ActorKind, Grant
from neutrality.audit.record import OutsideTransaction
from neutrality.casework.engine import apply_within
from neutrality.casework.refusals import SENTENCES, RefusalCode, Refused
from neutrality.casework.workflow import SourceDocument, UnknownAction
from tests.casework.conftest import NOON, at, clerk, filed, press, reporter_of, row_counts
from tests.casework.testapp.flow import ERRAND, Action
from tests.casework.testapp.models import Errand

PAPER = SourceDocument(number="12/contoh", dated_on=date(2024, 2, 20))
LONG_AGO = NOON - timedelta(days=5)


def refused(errand, action, actor, clock=None, **context):
    """Press, expect a refusal that wrote nothing, and return its code."""
    before = row_counts(), list(Errand.objects.values())
    with pytest.raises(Refused) as caught:
        press(errand, action, actor, clock, **context)
    assert (row_counts(), list(Errand.objects.values())) == before
    return caught.value.refusal.code


@pytest.fixture
def open_errand(errand, handler):
    press(errand, Action.TAKE, handler)
    return errand


@pytest.fixture
def waiting_errand(open_errand, handler):
    press(open_errand, Action.ASK, handler, at(hours=2), reason="Kurang alamat.")
    return open_errand


def test_every_code_has_a_sentence():
    assert set(SENTENCES) == set(RefusalCode)


def test_a_stale_page_is_refused(errand, handler):
    assert refused(errand, Action.TAKE, handler, expected_version=0) == RefusalCode.STALE


def test_the_present_version_is_not_stale(errand, handler):
    assert press(errand, Action.TAKE, handler, expected_version=1).sequence == 2


def test_a_step_from_elsewhere_is_refused(errand, commissioner):
    code = refused(errand, Action.DECIDE, commissioner, data={"outcome": "x"})
    assert code == RefusalCode.WRONG_STATE


def test_an_unknown_action_is_a_fault_of_the_program(errand, handler):
    with pytest.raises(UnknownAction):
        press(errand, "FLY", handler)


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.HANDLER, "RI/35/35.06"),
        (Role.HANDLER, "RI/35/35.7"),
        (Role.INTAKE, "RI/35/35.71"),
    ],
    ids=["neighbour", "half a segment", "another role"],
)
def test_who_has_no_role_here_is_a_stranger(errand, role, path):
    stranger = clerk("Orang", role, path=path)
    assert refused(errand, Action.TAKE, stranger, expected_version=0) == RefusalCode.NOT_YOURS


def test_a_role_higher_up_covers_the_office(errand):
    actor = clerk("Provinsi", Role.HANDLER, path="RI/35")
    assert press(errand, Action.TAKE, actor).organisation_path == "RI/35/35.71"


def test_the_national_level_covers_all(errand):
    actor = Actor(
        kind=ActorKind.USER,
        label="RI",
        user_id=clerk("RI").user_id,
        grants=(Grant(role=Role.HANDLER, at=NATIONAL),),
    )
    assert press(errand, Action.TAKE, actor).role == Role.HANDLER


def test_a_relative_is_kept_out(errand):
    assert refused(errand, Action.TAKE, clerk("Kerabat", Role.HANDLER)) == RefusalCode.NOT_YOURS


def test_a_citizen_with_another_code_is_a_stranger(waiting_errand):
    other = Actor(kind=ActorKind.CITIZEN, label="Pelapor", party_ref="errand:0")
    assert refused(waiting_errand, Action.ANSWER, other) == RefusalCode.NOT_YOURS


def test_the_citizen_with_the_code_may_answer(waiting_errand):
    step = press(waiting_errand, Action.ANSWER, reporter_of(waiting_errand), at(hours=3))
    assert (step.role, step.recorded_by_id, step.actor_label) == ("citizen", None, "Pelapor")


def test_the_system_does_nothing_that_names_it_not(waiting_errand):
    assert refused(waiting_errand, Action.DROP, SYSTEM) == RefusalCode.NOT_YOURS


def test_a_reason_of_spaces_is_none(open_errand, handler):
    assert refused(open_errand, Action.ASK, handler, reason="  ") == RefusalCode.REASON_NEEDED


def test_who_records_for_another_names_the_party(waiting_errand, handler):
    code = refused(waiting_errand, Action.ANSWER, handler, source=PAPER)
    assert code == RefusalCode.ACTING_PARTY_NEEDED


def test_who_records_for_another_names_the_paper(waiting_errand, handler):
    code = refused(waiting_errand, Action.ANSWER, handler, acting_party="Pelapor")
    assert code == RefusalCode.SOURCE_NEEDED


def test_who_acts_names_no_other_party(errand, handler):
    code = refused(errand, Action.TAKE, handler, acting_party="Pelapor")
    assert code == RefusalCode.ACTING_PARTY_UNEXPECTED


def test_nothing_happens_in_the_future(errand, handler):
    code = refused(errand, Action.TAKE, handler, occurred_at=at(hours=2).now)
    assert code == RefusalCode.IN_THE_FUTURE


def test_within_the_tolerance_no_second_person_is_needed(errand, handler):
    then = NOON - timedelta(days=2)
    step = press(errand, Action.TAKE, handler, occurred_at=then)
    assert (step.occurred_at, step.recorded_at) == (then, at(hours=1).now)


def test_far_back_needs_a_reason(errand, handler):
    code = refused(errand, Action.TAKE, handler, occurred_at=LONG_AGO)
    assert code == RefusalCode.BACKDATED_REASON_NEEDED


def test_far_back_needs_a_paper(errand, handler):
    code = refused(errand, Action.TAKE, handler, occurred_at=LONG_AGO, reason="Listrik padam.")
    assert code == RefusalCode.BACKDATED_SOURCE_NEEDED


def far_back(errand, handler, second):
    """Press far back, with everything but perhaps the right second person."""
    return refused(
        errand,
        Action.TAKE,
        handler,
        occurred_at=LONG_AGO,
        reason="Listrik padam.",
        source=PAPER,
        second_person=second,
    )


def test_far_back_needs_a_second_person(errand, handler):
    code = far_back(errand, handler, None)
    assert code == RefusalCode.BACKDATED_SECOND_PERSON_NEEDED


def test_the_second_person_is_not_the_first(errand, handler):
    assert far_back(errand, handler, handler) == RefusalCode.SECOND_PERSON_IS_FIRST


def test_the_second_person_has_a_role_here(errand, handler):
    stranger = clerk("Orang", Role.HANDLER, path="RI/35/35.06")
    assert far_back(errand, handler, stranger) == RefusalCode.SECOND_PERSON_HAS_NO_ROLE


def test_far_back_with_all_of_it_is_recorded_with_both_times(errand, handler, supervisor):
    step = press(
        errand,
        Action.TAKE,
        handler,
        occurred_at=LONG_AGO,
        reason="Listrik padam.",
        source=PAPER,
        second_person=supervisor,
    )
    step.refresh_from_db()
    assert (step.occurred_at, step.recorded_at) == (LONG_AGO, at(hours=1).now)
    assert (step.second_person_id, step.source_number, step.source_dated_on) == (
        supervisor.user_id,
        "12/contoh",
        date(2024, 2, 20),
    )


def test_the_first_guard_that_minds_wins(open_errand, commissioner):
    Errand.objects.update(is_blocked=True)
    assert refused(open_errand, Action.DECIDE, commissioner) == "blocked"


def test_a_guard_refuses_with_its_own_code(open_errand, commissioner):
    assert refused(open_errand, Action.DECIDE, commissioner) == "no_outcome"


@pytest.mark.django_db(transaction=True)
def test_nothing_is_done_outside_a_transaction(handler):
    errand = filed()
    with pytest.raises(OutsideTransaction):
        apply_within(
            workflow=ERRAND,
            action=Action.TAKE,
            subject_id=errand.pk,
            actor=handler,
            clock=at(),
        )
