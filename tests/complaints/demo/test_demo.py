"""The demo shows every state, with accounts and codes, and exists nowhere else."""

import pickle
import re
from datetime import timedelta
from html import unescape
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from complaints.codes import CaseState, ReferralState, ReportState, TipState
from complaints.demo.load import NotTheDemo, _lines, demo_codes, load_demo
from complaints.demo.places import CITIES, agency_of
from complaints.models import Matter, PlenaryMeeting, ReferralItem, Report, Sanction, Tip, Vote
from complaints.selectors.filing import EASTERNMOST, contests_at
from complaints.services.codes import read_code
from complaints.services.mailbox import find_code
from neutrality.accounts.models import User
from neutrality.accounts.roles import Role
from neutrality.casework.histories import mismatches
from neutrality.casework.registry import workflows
from neutrality.elections.models import Stage
from neutrality.law.clock import Clock
from neutrality.law.codes import StageKind
from neutrality.organisations.models import Unit
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
    copied = pickle.loads(pickle.dumps(CITIES[:1]))  # noqa: S301  as it comes to another process

    assert load_demo(clock=clock, cities=copied)
    assert not load_demo(clock=clock, cities=CITIES[:1])

    assert set(ReportState.values) == states(Report)
    assert set(TipState.values) == states(Tip)
    assert set(CaseState.values) == states(Matter)
    assert ReferralItem.objects.filter(deviation="WAITING").exists()
    assert states(ReferralItem) == set(ReferralState.values)
    assert {"IMPOSED", "OBJECTED", "EXECUTED"} <= states(Sanction)
    assert Vote.objects.exclude(dissent="").count() == 1
    assert PlenaryMeeting.objects.filter(mode="CIRCULAR", state="CLOSED").count() == 1
    held = set(User.objects.filter(is_demo=True).values_list("grants__role", flat=True))
    assert held == set(Role.values)
    overdue = Report.objects.filter(due_at__lt=clock.now).count()
    today = Report.objects.filter(due_at__gte=clock.now, due_at__lt=make.at(17, 7).now).count()
    assert overdue >= 3
    assert today >= 1
    assert [row for workflow in workflows() for row in mismatches(workflow)] == []
    codes_of_every_public_state_are_listed()
    kept_for_months(clock)


def codes_of_every_public_state_are_listed():
    """What `make run` prints leads to a report or tip in each state, and says how it stands."""
    printed = StringIO()
    call_command("demo_accounts", stdout=printed)
    _accounts, _title, listed = printed.getvalue().partition("Kode lacak contoh:\n")
    followed = [re.split(r"\s{2,}", line.strip()) for line in listed.splitlines()]
    rows = [find_code(code=read_code(code)) for code, _number, _status in followed]
    assert [code for code, *_rest in followed] == list(demo_codes().values())
    assert {row.report.state for row in rows if row.report} == set(ReportState.values)
    # The code of a tip that became a report opens the report.
    assert {row.tip.state for row in rows if row.tip} == set(TipState.values) - {TipState.REPORT}
    for code, number, status in followed[::8]:
        visitor = Client()
        visitor.post("/lacak/", {"kode": code})
        shown = unescape(visitor.get("/lacak/laporan/").content.decode())
        assert (code, number in shown, status in shown) == (code, True, True)


def kept_for_months(clock):
    """A demo that was loaded long ago accepts reports in every city on any later start."""
    before = offered(clock)
    held = list(Stage.objects.order_by("pk").values_list("kind", "starts_on"))
    assert not load_demo(clock=clock, cities=CITIES[:1])
    assert list(Stage.objects.order_by("pk").values_list("kind", "starts_on")) == held
    later = Clock(now=clock.now + timedelta(days=150))
    assert (before, offered(later)) == ([True] * 3, [False] * 3)
    assert not load_demo(clock=later, cities=CITIES[:1])
    assert offered(later) == [True] * 3
    stages = Stage.objects.filter(election__code="pemilihan-contoh")
    past = {"PREPARATION", "REGISTRATION", "DETERMINATION", "CAMPAIGN"}
    moved = set(stages.values_list("kind", "starts_on")) - set(held)
    assert {kind for kind, _day in moved} == set(StageKind) - past


def offered(clock):
    """Whether the form offers the mayor's contest in each city today."""
    day = clock.today_in(EASTERNMOST)
    return [
        any(row.kind == "MAYOR" for row in contests_at(region_code=city.region, day=day))
        for city in CITIES
    ]


def test_the_demo_holds_what_a_visitor_expects_of_three_cities():
    planned = [len(list(_lines(SimpleNamespace(city=city)))) for city in CITIES]
    assert 150 <= sum(planned) <= 180
    assert [city.slug for city in CITIES] == ["kediri", "pontianak", "kendari"]
    for city in CITIES:
        agency = agency_of(city)
        depths = {row.path.count("/") for row in Unit.objects.filter(agency=agency)}
        assert depths >= {1, 2}
