"""The demo shows every state, with accounts and codes, and exists nowhere else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from complaints.codes import CaseState, ReferralState, ReportState, TipState
from complaints.demo.load import NotTheDemo, demo_codes, load_demo
from complaints.demo.places import CITIES
from complaints.models import Matter, ReferralItem, Report, Tip
from complaints.services.codes import read_code
from complaints.services.mailbox import find_code
from neutrality.accounts.models import User
from neutrality.accounts.roles import Role
from neutrality.casework.histories import mismatches
from neutrality.casework.registry import workflows
from tests.complaints import factories as make

pytestmark = pytest.mark.django_db


def states(model):
    return set(model.objects.values_list("state", flat=True))


def test_outside_the_demo_nothing_is_loaded():
    with pytest.raises(NotTheDemo):
        load_demo(clock=make.at())
    assert User.objects.count() == 0


@pytest.mark.parametrize("command", ["load_demo", "demo_accounts"])
def test_outside_the_demo_the_commands_refuse(command):
    with pytest.raises(CommandError):
        call_command(command, stdout=StringIO())


def test_the_demo_shows_every_state_and_role_and_its_histories_are_true(settings):
    settings.DEMO, settings.DEMO_PASSWORD = True, "sandi-peragaan"
    clock = make.at(16, 20)

    assert load_demo(clock=clock, cities=CITIES[:1])
    assert not load_demo(clock=clock, cities=CITIES[:1])

    assert set(ReportState.values) == states(Report)
    assert set(TipState.values) == states(Tip)
    assert set(CaseState.values) == states(Matter)
    assert states(ReferralItem) == set(ReferralState.values) - {ReferralState.CANCELLED}
    held = set(User.objects.filter(is_demo=True).values_list("grants__role", flat=True))
    assert held == set(Role.values)
    overdue = Report.objects.filter(due_at__lt=clock.now).count()
    today = Report.objects.filter(due_at__gte=clock.now, due_at__lt=make.at(17, 7).now).count()
    assert overdue >= 3
    assert today >= 1
    assert [row for workflow in workflows() for row in mismatches(workflow)] == []
    for text in demo_codes().values():
        assert find_code(code=read_code(text)) is not None
