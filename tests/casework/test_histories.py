"""Replaying histories: what is whole passes, and the first break is named."""

import pytest
from django.core.management import CommandError, call_command

from neutrality.casework.histories import history_of, mismatches
from neutrality.casework.models import LegalClock, Step
from tests.casework.conftest import at, filed, press
from tests.casework.test_corrections import ask, confirm
from tests.casework.testapp.flow import ERRAND, Action
from tests.casework.testapp.models import Errand


def found():
    return [str(mismatch) for mismatch in mismatches(ERRAND)]


@pytest.fixture
def corrected(errand, handler, colleague):
    press(errand, Action.TAKE, handler)
    press(errand, Action.ASK, handler, reason="Kurang.")
    confirm(ask(errand, handler), colleague)
    return errand


def test_whole_histories_pass(corrected, capsys):
    filed()
    Errand.objects.create()
    call_command("verify_histories")
    assert capsys.readouterr().out == "errand: ok\n"


def test_a_history_shows_corrections_and_what_they_voided(corrected):
    steps = history_of(kind="errand", subject_id=corrected.pk)
    assert [(step.action, step.voided_by_id is not None) for step in steps] == [
        ("FILE", False),
        ("TAKE", False),
        ("ASK", True),
        ("CORRECTION", False),
    ]


def test_a_state_changed_past_the_door_is_named(corrected):
    Errand.objects.update(state="PARKED")
    place = f"errand {corrected.pk}, step 4"
    assert found() == [f"{place}: expected OPEN #4, found PARKED #4"]
    with pytest.raises(CommandError, match="expected OPEN #4"):
        call_command("verify_histories")


def test_a_step_that_does_not_join_is_named(corrected):
    Step.objects.filter(action=Action.ASK).update(source="NEW")
    assert found() == [f"errand {corrected.pk}, step 3: expected OPEN, found NEW"]


def test_a_missing_step_is_named(corrected):
    LegalClock.objects.all().delete()
    Step.objects.filter(action=Action.TAKE).delete()
    assert found() == [f"errand {corrected.pk}, step 2: expected #2, found #3"]


def test_a_correction_that_voids_nothing_is_named(corrected):
    Step.objects.filter(action=Action.ASK).update(voided_by=None, voided_at=None)
    named = "expected a correction that voids the step before, found OPEN"
    assert found() == [f"errand {corrected.pk}, step 4: {named}"]


def test_a_row_without_its_history_is_named(corrected):
    Errand.objects.create(state="PARKED", version=3)
    (named,) = found()
    assert named.endswith("step 3: expected NEW #0, found PARKED #3")


def test_a_history_without_its_row_is_named(errand):
    pk = errand.pk
    errand.delete()
    assert found() == [f"errand {pk}, step 1: expected (nothing), found NEW"]
    filed(at(hours=1))
    assert found() == [f"errand {pk}, step 1: expected (nothing), found NEW"]
