"""What one step writes, in how many statements, and what two people pressing at once get."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from neutrality.audit.models import AuditRow
from neutrality.casework.clocks import open_clocks_for
from neutrality.casework.engine import NotAsCreated, apply_within, create_within
from neutrality.casework.models import ClockState, LegalClock, Step
from neutrality.casework.refusals import Refused
from neutrality.documents.models import Document
from neutrality.notifications.models import Outbox
from tests.casework.conftest import at, filed, press, reporter_of, row_counts
from tests.casework.testapp.flow import ERRAND, KEDIRI, Action
from tests.casework.testapp.models import Errand, State

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def written(before):
    """Return which tables have grown, and by how much."""
    after = row_counts()
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def test_the_first_step_is_history_too(errand):
    step = Step.objects.get()
    assert (step.sequence, step.source, step.target, step.role) == (1, "", "NEW", "citizen")
    assert (step.organisation_kind, step.organisation_path) == (KEDIRI.kind, KEDIRI.path)


def test_a_new_subject_stands_where_its_first_step_leads(db):
    errand = Errand.objects.create(version=1, state=State.OPEN)
    with pytest.raises(NotAsCreated), transaction.atomic():
        create_within(
            workflow=ERRAND,
            action=Action.FILE,
            subject=errand,
            actor=reporter_of(errand),
            clock=at(),
        )


def test_a_step_writes_history_audit_clocks_and_message_at_once(errand, handler):
    before = row_counts()
    step = press(errand, Action.TAKE, handler)
    assert written(before) == {
        "casework_step": 1,
        "audit_auditrow": 1,
        "casework_legalclock": 1,
        "notifications_outbox": 1,
    }
    errand.refresh_from_db()
    assert (errand.state, errand.version) == (State.OPEN, 2)
    assert (step.source, step.target, step.sequence) == (State.NEW, State.OPEN, 2)
    row = AuditRow.objects.get(subject_kind="errand", what="errand.TAKE")
    assert (row.before, row.after, row.role, row.data) == (
        "NEW",
        "OPEN",
        "handler",
        {"step": step.pk},
    )


def test_a_step_issues_its_document_and_sets_its_columns(errand, handler, commissioner):
    press(errand, Action.TAKE, handler)
    step = press(errand, Action.DECIDE, commissioner, at(hours=2), data={"outcome": "x"})
    errand.refresh_from_db()
    assert (errand.decided_at, errand.decided_by) == (at(hours=2).now, commissioner.user_id)
    assert Document.objects.get().pk == step.document_id
    assert step.columns_before == {"decided_at": None, "decided_by": None}


def test_a_message_names_no_more_than_its_kind(errand):
    message = Outbox.objects.get()
    assert (message.kind, message.address, message.context) == (
        "errand_moved",
        "loket@kantor.example",
        {},
    )


def test_a_step_takes_few_statements(errand, handler):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        press(errand, Action.TAKE, handler)
    said = [q["sql"] for q in queries if not q["sql"].startswith(CONTROL)]
    assert len(said) == 7, "\n".join(said)


def test_a_step_that_stays_keeps_the_state_and_counts_up(errand, handler):
    press(errand, Action.TAKE, handler)
    step = press(errand, Action.NOTE, handler, at(hours=2))
    assert (step.source, step.target, step.sequence) == ("OPEN", "OPEN", 3)


@pytest.mark.parametrize("ask", [False, True], ids=["open", "waiting"])
def test_a_parked_errand_goes_back_to_where_it_was(errand, handler, ask):
    press(errand, Action.TAKE, handler)
    if ask:
        press(errand, Action.ASK, handler, at(hours=2), reason="Kurang alamat.")
    press(errand, Action.PARK, handler, at(hours=3))
    step = press(errand, Action.RESUME, handler, at(hours=4))
    assert step.target == (State.WAITING if ask else State.OPEN)


@transaction.atomic
def take_all(errands, actor):
    """Take several errands in one transaction, as a plenary does."""
    for errand in errands:
        apply_within(
            workflow=ERRAND,
            action=Action.TAKE,
            subject_id=errand.pk,
            actor=actor,
            clock=at(hours=1),
        )


def test_one_door_moves_two_subjects_or_none(errand, handler):
    other = filed()
    Errand.objects.filter(pk=other.pk).update(is_blocked=True)
    before = row_counts()
    with pytest.raises(Refused):
        take_all([errand, other], handler)
    assert written(before) == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("version", [None, 1], ids=["no version", "same page"])
def test_two_press_at_once_and_one_is_done(handler, colleague, version):
    errand = filed()
    start, outcomes = threading.Barrier(2), []

    def person(actor):
        try:
            start.wait()
            press(errand, Action.TAKE, actor, expected_version=version)
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(str(refused.refusal.code))
        finally:
            connection.close()

    threads = [threading.Thread(target=person, args=[actor]) for actor in (handler, colleague)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "wrong_state" if version is None else "stale"]
    assert Step.objects.filter(action=Action.TAKE).count() == 1
    assert AuditRow.objects.filter(what="errand.TAKE").count() == 1
    assert LegalClock.objects.filter(code="INITIAL_REVIEW").count() == 1


def test_the_database_refuses_two_steps_of_one_number(errand):
    twin = Step.objects.get()
    twin.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        twin.save(force_insert=True)


def test_the_open_clocks_of_many_take_one_query(errand, handler, django_assert_num_queries):
    ids = [errand.pk, *(filed().pk for _ in range(3))]
    press(errand, Action.TAKE, handler)
    with django_assert_num_queries(1):
        found = open_clocks_for(kind="errand", ids=ids)
    assert [[clock.code for clock in found[pk]] for pk in ids] == [
        ["INITIAL_REVIEW"],
        ["SERVICE"],
        ["SERVICE"],
        ["SERVICE"],
    ]
    assert {clock.state for clocks in found.values() for clock in clocks} == {ClockState.OPEN}
