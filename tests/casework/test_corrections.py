"""What two people decide: corrections, acts dated far back, confirmations."""

from datetime import date, timedelta

import pytest

from neutrality.accounts.roles import Role
from neutrality.casework import corrections
from neutrality.casework.models import (
    LegalClock,
    RequestState,
    SecondPersonRequest,
    Step,
    StepKind,
)
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.casework.workflow import SourceDocument, StepContext
from neutrality.documents.models import Document, DocumentState
from neutrality.notifications.models import Outbox
from tests.casework.conftest import NOON, at, clerk, press, row_counts
from tests.casework.testapp.flow import CORRECTED, ERRAND, Action
from tests.casework.testapp.models import State

PAPER = SourceDocument(number="7/contoh", dated_on=date(2024, 2, 20))


def ask(errand, actor, clock=None, reason="Salah pilih.", expected_version=None):
    return corrections.request_correction(
        workflow=ERRAND,
        subject_id=errand.pk,
        reason=reason,
        actor=actor,
        clock=clock or at(hours=2),
        expected_version=expected_version,
    )


def confirm(request, actor, clock=None):
    return corrections.confirm_request(
        request_id=request.pk, actor=actor, clock=clock or at(hours=3)
    )


def code_of(call, *args, **kwargs):
    """Call, expect a refusal that wrote nothing, and return its code."""
    before = row_counts()
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    assert row_counts() == before
    return refused.value.refusal.code


@pytest.fixture
def taken(errand, handler):
    press(errand, Action.TAKE, handler)
    return errand


@pytest.fixture
def decided(taken, commissioner):
    press(taken, Action.DECIDE, commissioner, at(hours=1), data={"outcome": "x"})
    return taken


def test_a_request_changes_nothing_yet(taken, handler):
    request = ask(taken, handler)
    taken.refresh_from_db()
    assert (taken.state, request.state) == (State.OPEN, RequestState.OPEN)


def test_a_confirmed_correction_leads_back_and_both_steps_stay(taken, handler, colleague):
    step = confirm(ask(taken, handler), colleague)
    taken.refresh_from_db()
    assert (taken.state, taken.version) == (State.NEW, 3)
    voided = Step.objects.get(action=Action.TAKE)
    assert (voided.voided_by_id, voided.voided_at) == (step.pk, at(hours=3).now)
    assert (step.kind, step.source, step.target) == (StepKind.CORRECTION, "OPEN", "NEW")
    assert (step.recorded_by_id, step.second_person_id, step.reason) == (
        handler.user_id,
        colleague.user_id,
        "Salah pilih.",
    )


def test_clocks_run_on_from_their_first_start(taken, handler, colleague):
    confirm(ask(taken, handler), colleague)
    rows = LegalClock.objects.order_by("id").values_list("code", "state", "started_at")
    assert list(rows) == [
        ("SERVICE", "open", NOON),
        ("INITIAL_REVIEW", "voided", at(hours=1).now),
    ]


def test_columns_document_and_message_follow_the_correction(decided, commissioner, supervisor):
    confirm(ask(decided, commissioner), supervisor)
    decided.refresh_from_db()
    assert (decided.state, decided.decided_at, decided.decided_by) == (State.OPEN, None, None)
    assert Document.objects.get().state == DocumentState.VOID
    assert Outbox.objects.filter(kind=CORRECTED).count() == 1


def test_the_step_can_be_taken_again(taken, handler, colleague):
    confirm(ask(taken, handler), colleague)
    assert press(taken, Action.TAKE, handler, at(hours=4)).sequence == 4


def test_a_second_correction_voids_the_step_before(taken, handler, colleague):
    press(taken, Action.ASK, handler, at(hours=1), reason="Kurang.")
    confirm(ask(taken, handler), colleague)
    confirm(ask(taken, handler, at(hours=4)), colleague, at(hours=5))
    taken.refresh_from_db()
    assert (taken.state, taken.version) == (State.NEW, 5)


def test_nobody_confirms_alone(taken, handler):
    request = ask(taken, handler)
    assert code_of(confirm, request, handler) == RefusalCode.SECOND_PERSON_IS_FIRST


def test_a_stranger_neither_asks_nor_confirms(taken, handler):
    stranger = clerk("Orang", Role.HANDLER, path="RI/35/35.06")
    assert code_of(ask, taken, stranger) == RefusalCode.NOT_YOURS
    request = ask(taken, handler)
    assert code_of(confirm, request, stranger) == RefusalCode.SECOND_PERSON_HAS_NO_ROLE


def test_a_correction_needs_a_reason(taken, handler):
    assert code_of(ask, taken, handler, reason=" ") == RefusalCode.REASON_NEEDED


def test_one_correction_waits_at_a_time(taken, handler, colleague):
    ask(taken, handler)
    assert code_of(ask, taken, colleague) == RefusalCode.ALREADY_REQUESTED


def test_a_request_on_a_stale_page_is_refused(taken, handler):
    assert code_of(ask, taken, handler, expected_version=1) == RefusalCode.STALE


def test_a_request_is_stale_once_the_errand_went_on(taken, handler, colleague):
    request = ask(taken, handler)
    press(taken, Action.NOTE, handler, at(hours=2))
    assert code_of(confirm, request, colleague) == RefusalCode.STALE


def test_after_the_time_limit_it_is_too_late(taken, handler):
    assert code_of(ask, taken, handler, at(hours=26)) == RefusalCode.CORRECTION_TOO_LATE


def test_a_late_confirmation_is_too_late_as_well(taken, handler, colleague):
    request = ask(taken, handler)
    code = code_of(confirm, request, colleague, at(hours=26))
    assert code == RefusalCode.CORRECTION_TOO_LATE


def test_the_first_step_is_not_corrected(errand, supervisor):
    assert code_of(ask, errand, supervisor) == RefusalCode.NOT_CORRECTABLE


def test_some_steps_are_never_corrected(taken, handler):
    press(taken, Action.ASK, handler, at(hours=1), reason="Kurang.")
    press(taken, Action.DROP, handler, at(hours=1))
    assert code_of(ask, taken, handler) == RefusalCode.NOT_CORRECTABLE


def test_a_declined_request_is_decided_for_good(taken, handler, colleague):
    request = ask(taken, handler)
    corrections.decline_request(request_id=request.pk, actor=handler, clock=at(hours=3))
    taken.refresh_from_db()
    assert taken.state == State.OPEN
    assert code_of(confirm, request, colleague) == RefusalCode.ALREADY_DECIDED


def test_a_stranger_declines_nothing(taken, handler):
    request = ask(taken, handler)
    stranger = clerk("Orang", Role.HANDLER, path="RI/35/35.06")
    code = code_of(
        corrections.decline_request, request_id=request.pk, actor=stranger, clock=at(hours=3)
    )
    assert code == RefusalCode.NOT_YOURS


def ask_far_back(errand, actor, **context):
    given = {
        "reason": "Listrik padam.",
        "occurred_at": NOON - timedelta(days=5),
        "source": PAPER,
        **context,
    }
    return corrections.request_backdated_act(
        workflow=ERRAND,
        action=Action.TAKE,
        subject_id=errand.pk,
        actor=actor,
        clock=at(hours=1),
        context=StepContext(**given),
    )


def test_an_act_far_back_waits_for_its_second_person(errand, handler, supervisor):
    request = ask_far_back(errand, handler, data={"note": "x"})
    step = confirm(request, supervisor)
    errand.refresh_from_db()
    assert (errand.state, step.occurred_at) == (State.OPEN, NOON - timedelta(days=5))
    assert (step.recorded_by_id, step.second_person_id) == (handler.user_id, supervisor.user_id)
    assert SecondPersonRequest.objects.get().step_id == step.pk


def test_nobody_confirms_an_own_act_far_back(errand, handler):
    request = ask_far_back(errand, handler)
    assert code_of(confirm, request, handler) == RefusalCode.SECOND_PERSON_IS_FIRST


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ({"reason": ""}, RefusalCode.BACKDATED_REASON_NEEDED),
        ({"source": None}, RefusalCode.BACKDATED_SOURCE_NEEDED),
        ({"expected_version": 0}, RefusalCode.STALE),
    ],
)
def test_a_request_far_back_is_complete(errand, handler, missing, code):
    assert code_of(ask_far_back, errand, handler, **missing) == code


@pytest.fixture
def recorded(taken, handler):
    """The step of an answer that the handler recorded for the body."""
    press(taken, Action.ASK, handler, at(hours=1), reason="Kurang.")
    return press(
        taken, Action.ANSWER, handler, at(hours=2), acting_party="Lembaga contoh", source=PAPER
    )


def confirm_step(step, actor):
    return corrections.confirm_step(
        workflow=ERRAND, step_id=step.pk, actor=actor, clock=at(hours=3)
    )


def test_a_recorded_step_names_party_and_recorder(recorded, handler):
    assert (recorded.acting_party, recorded.recorded_by_id, recorded.source_number) == (
        "Lembaga contoh",
        handler.user_id,
        "7/contoh",
    )


def test_the_party_confirms_what_was_recorded_for_it(recorded):
    liaison = clerk("Penghubung", Role.LIAISON)
    step = confirm_step(recorded, liaison)
    assert (step.confirmed_at, step.confirmed_by_id) == (at(hours=3).now, liaison.user_id)
    assert code_of(confirm_step, recorded, liaison) == RefusalCode.ALREADY_CONFIRMED


def test_the_recorder_does_not_confirm(recorded, handler):
    assert code_of(confirm_step, recorded, handler) == RefusalCode.NOT_YOURS
    twice = clerk("Penangan", Role.LIAISON)
    assert code_of(confirm_step, recorded, twice) == RefusalCode.SECOND_PERSON_IS_FIRST


def test_an_own_act_needs_no_confirmation(taken, colleague):
    step = Step.objects.get(action=Action.TAKE)
    assert code_of(confirm_step, step, colleague) == RefusalCode.NOT_FROM_ANOTHER_PARTY
