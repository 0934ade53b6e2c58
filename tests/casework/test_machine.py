"""Whatever people press, in whatever order: the history leads to the state."""

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from neutrality.accounts.roles import Role
from neutrality.audit.models import AuditRow
from neutrality.casework import corrections
from neutrality.casework.histories import mismatches
from neutrality.casework.models import ClockState, LegalClock, Step
from neutrality.casework.offers import available
from neutrality.casework.refusals import Refused
from tests.casework.conftest import at, clerk, filed, press, reporter_of
from tests.casework.testapp.flow import ERRAND, Action
from tests.casework.testapp.models import Errand

ROLES = (Role.HANDLER, Role.COMMISSIONER, Role.LIAISON, Role.SUPERVISOR, Role.INTAKE)
ACTIONS = [action for action in Action if action not in {Action.FILE, Action.REROUTE}]


class Presses(RuleBasedStateMachine):
    """One errand, five clerks and a citizen, an hour between two presses."""

    @initialize()
    def file(self):
        self.hours = 0
        self.errand = filed()
        self.steps = 1
        self.people = [clerk(role.name, role) for role in ROLES]
        self.people.append(reporter_of(self.errand))

    def attempt(self, door):
        """Go through a door, or be refused and find nothing changed."""
        before = self.row(), self.history().count()
        self.hours += 1
        try:
            door()
            self.steps += 1
        except Refused:
            assert (self.row(), self.history().count()) == before

    def row(self):
        return Errand.objects.filter(pk=self.errand.pk).values().get()

    def history(self):
        return Step.objects.filter(subject_id=self.errand.pk)

    @rule(action=st.sampled_from(ACTIONS), who=st.integers(0, 5), full=st.booleans())
    def press(self, action, who, full):
        context = {"reason": "Sebab.", "data": {"outcome": "x"}} if full else {}
        self.attempt(
            lambda: press(self.errand, action, self.people[who], at(hours=self.hours), **context)
        )

    @rule(who=st.integers(0, 4), other=st.integers(0, 4))
    def correct(self, who, other):
        self.attempt(lambda: self.corrected(self.people[who], self.people[other]))

    def corrected(self, asker, confirmer):
        clock = at(hours=self.hours)
        request = corrections.request_correction(
            workflow=ERRAND, subject_id=self.errand.pk, reason="Keliru.", actor=asker, clock=clock
        )
        try:
            corrections.confirm_request(request_id=request.pk, actor=confirmer, clock=clock)
        except Refused:
            corrections.decline_request(request_id=request.pk, actor=asker, clock=clock)
            raise

    def teardown(self):
        assert list(mismatches(ERRAND)) == []

    @invariant()
    def every_step_has_its_audit_row(self):
        rows = AuditRow.objects.filter(subject_id=self.errand.pk, what__startswith="errand.")
        assert (self.history().count(), rows.count()) == (self.steps, self.steps)

    @invariant()
    def no_ended_errand_has_a_running_clock(self):
        running = LegalClock.objects.filter(subject_id=self.errand.pk, state=ClockState.OPEN)
        assert self.row()["state"] not in ERRAND.terminal or not running.exists()

    @invariant()
    def no_step_is_offered_to_nobody(self):
        errand = Errand.objects.get(pk=self.errand.pk)
        clock = at(hours=self.hours)
        offered = {
            offer.action
            for person in self.people
            for offer in available(workflow=ERRAND, subject=errand, actor=person, clock=clock)
        }
        assert offered == {row.action.value for row in ERRAND.leaving(errand.state)}


def test_whatever_is_pressed_the_history_leads_to_the_state(db):
    run_state_machine_as_test(
        Presses,
        settings=settings(
            max_examples=10,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
