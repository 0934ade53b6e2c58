"""Synthetic data: the same each time, true to the engine, and never where real cases may be."""

import sys
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Exists, OuterRef

from complaints.codes import CaseState, ReportState, TipState
from complaints.models import Matter, NumberCounter, Report, Tip
from complaints.seeding import seed as seeding
from complaints.seeding.files import Files
from complaints.seeding.seed import Seeded, analyse, seed
from neutrality.audit.models import AuditRow
from neutrality.casework.models import LegalClock, Step
from neutrality.law.clock import Clock
from neutrality.personnel.models import Employment
from tests.database import reference

AT = Clock(now=datetime(2025, 6, 16, 9, 0, tzinfo=UTC))
pytestmark = pytest.mark.django_db(transaction=True)


def rows():
    """Return what was drawn and computed, without keys and sealed bytes."""
    columns = ("public_id", "state", "receipt_number", "number", "due_at", "office__path")
    return [
        *Report.objects.order_by("pk").values_list(*columns, "account"),
        *LegalClock.objects.order_by("pk").values_list("code", "state", "started_at", "due_at"),
        *Step.objects.order_by("pk").values_list("action", "sequence", "occurred_at"),
        *NumberCounter.objects.order_by("pk").values_list("office_code", "kind", "last"),
    ]


def dangling(model, field):
    """Whether a row points to a row that is not there."""
    target = field.remote_field.model._base_manager.filter(
        **{field.target_field.name: OuterRef(field.attname)}
    )
    pointing = model._base_manager.filter(**{f"{field.attname}__isnull": False})
    return pointing.filter(~Exists(target)).exists()


@pytest.fixture
def seeded():
    """A hundred and sixty reports of one campaign."""
    return seed(reports=160, employees=20, clock=AT)


def test_the_amounts_are_those_asked_for(seeded):
    assert (seeded.reports, seeded.tips, seeded.employees) == (160, 20, 20)
    assert (Report.objects.count(), Employment.objects.count()) == (160, 20)
    carried_on = Tip.objects.filter(from_report__isnull=False).count()
    assert Tip.objects.count() == 20 + carried_on
    assert isinstance(seeded, Seeded)


def test_histories_and_audit_are_proved(seeded):
    said = StringIO()
    call_command("verify_histories", stdout=said)
    call_command("verify_audit", stdout=said)
    assert f"record: {AuditRow.objects.count()} rows proved" in said.getvalue()


def test_every_state_but_the_transferred_is_there():
    seed(reports=700, employees=0, clock=AT)
    states = set(Report.objects.values_list("state", flat=True))
    assert states == set(ReportState.values) - {ReportState.TRANSFERRED}
    assert set(Matter.objects.values_list("state", flat=True)) == set(CaseState.values)
    told = {TipState.RECORDED, TipState.TRACING, TipState.CLOSED}
    assert set(Tip.objects.values_list("state", flat=True)) == told


def test_the_earliest_open_clock_stands_on_the_report(seeded):
    for report in Report.objects.all():
        clocks = LegalClock.objects.filter(
            subject_kind="report", subject_id=report.pk, state="open"
        )
        assert report.due_at == min((clock.due_at for clock in clocks), default=None)


def test_the_same_arguments_give_the_same_rows(seeded):
    first = rows()
    reference.empty()
    seed(reports=160, employees=20, clock=AT)
    assert rows() == first


def test_what_is_many_gives_the_same_rows_and_nobody_has_to_mark_them_later(seeded, monkeypatch):
    first = rows()
    reference.empty()
    monkeypatch.setattr(seeding, "MANY", 100)
    monkeypatch.setattr(seeding, "SMALL", 100_000)
    seed(reports=160, employees=0, clock=AT)
    assert rows() == first
    call_command("verify_histories", stdout=StringIO())
    analyse()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relallfrozen > 0 FROM pg_class WHERE oid = %s::regclass",
            [Report._meta.db_table],
        )
        assert cursor.fetchone() == (True,)


def test_what_breaks_off_leaves_nothing_and_copies_no_more(monkeypatch):
    wrote, hurry = [], sys.getswitchinterval()

    def report(files, *arguments):
        wrote.append(1)
        if len(wrote) == 95:
            raise RuntimeError
        return write(files, *arguments)

    write = Files.report
    monkeypatch.setattr(Files, "report", report)
    monkeypatch.setattr(seeding, "BATCH", 10)
    with pytest.raises(RuntimeError):
        seed(reports=160, employees=0, clock=AT)
    assert not Report.objects.exists()
    assert not Step.objects.exists()
    assert sys.getswitchinterval() == hurry


def test_a_second_run_adds_to_the_first(seeded):
    seed(reports=40, employees=0, clock=AT)
    assert Report.objects.count() == 200
    call_command("verify_histories", stdout=StringIO())


def test_the_foreign_keys_hold_although_no_trigger_checked_them(seeded):
    broken = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.remote_field and dangling(model, field)
    ]
    assert broken == []


@pytest.mark.parametrize("allowed", [{"DEBUG": True}, {"DEMO": True}], ids=["debug", "demo"])
def test_the_command_writes_where_nothing_is_real(allowed, settings):
    for name, value in allowed.items():
        setattr(settings, name, value)
    said = StringIO()
    call_command("seed", reports=8, at="2025-06-16T09:00Z", stdout=said)
    assert said.getvalue().startswith("8 reports, 1 tips, 0 civil servants: ")


def test_the_command_refuses_elsewhere_unless_it_is_meant(settings):
    settings.DEBUG = settings.DEMO = False
    with pytest.raises(CommandError, match="say --yes"):
        call_command("seed", reports=8)
    assert Report.objects.count() == 0
    call_command("seed", reports=8, at="2025-06-16T09:00Z", yes=True, stdout=StringIO())
    assert Report.objects.count() == 8


def test_a_wrong_instant_is_refused_in_a_sentence(settings):
    with pytest.raises(CommandError, match="--at takes an instant"):
        call_command("seed", reports=1, at="kemarin", yes=True)
