"""Ending rows, marking used ones, and telling other processes."""

from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from neutrality.law import books
from neutrality.law.books import outages_between, rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, PeriodCode, Regime, Unit
from neutrality.law.models import Form, LawVersion, Outage, Period
from neutrality.law.periods import PeriodRule
from neutrality.law.services.propose import known_holidays, propose_calendar
from neutrality.law.services.rows import AlreadyEnded, UsableRule, end_row, mark_used
from neutrality.law.services.version import bump_version
from tests.law.tables import ZONES, instant

pytestmark = pytest.mark.django_db

DAY = date(2024, 1, 10)


def handling() -> Period:
    return Period.objects.get(regime="PEMILU", code="HANDLING")


def test_an_ended_row_holds_until_the_day_before():
    end_row(row=handling(), ends_on=date(2027, 1, 1))
    assert handling().holds_on(date(2026, 12, 31))
    assert not handling().holds_on(date(2027, 1, 1))


def test_an_end_is_not_moved():
    end_row(row=handling(), ends_on=date(2027, 1, 1))
    with pytest.raises(AlreadyEnded):
        end_row(row=handling(), ends_on=date(2028, 1, 1))


def test_a_row_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="after it began"):
        end_row(row=handling(), ends_on=date(2017, 8, 16))


def test_a_used_row_can_be_ended(clock):
    mark_used(rules=[handling().rule()], clock=clock)
    end_row(row=handling(), ends_on=date(2027, 1, 1))
    assert handling().valid_until == date(2027, 1, 1)


def test_the_first_use_is_remembered_and_later_ones_change_nothing(clock):
    later = Clock(now=instant("2025-01-01 08:00", ZONES["WIB"]))
    book = rulebook_at(regime=Regime.PEMILU, day=DAY)
    rules: list[UsableRule] = [book.period(PeriodCode.HANDLING), book.form(FormRole.REPORT)]
    mark_used(rules=rules, clock=clock)
    mark_used(rules=rules, clock=later)
    assert handling().used_at == clock.now
    assert Form.objects.get(regime="PEMILU", role="REPORT").used_at == clock.now


def test_a_committed_mark_is_not_written_again(
    clock, django_assert_num_queries, django_capture_on_commit_callbacks
):
    rule = handling().rule()
    with (
        django_capture_on_commit_callbacks(execute=True),
        django_assert_num_queries(1),
    ):
        mark_used(rules=[rule], clock=clock)
    with django_assert_num_queries(0):
        mark_used(rules=[rule], clock=clock)


def test_a_rule_made_by_hand_has_no_row_to_mark(clock, django_assert_num_queries):
    rule = PeriodRule(code=PeriodCode.HANDLING, amount=1, unit=Unit.HOUR)
    with django_assert_num_queries(0):
        mark_used(rules=[rule], clock=clock)


def test_a_committed_change_is_seen_at_once_here(django_capture_on_commit_callbacks):
    assert rulebook_at(regime=Regime.PEMILU, day=DAY).period(PeriodCode.HANDLING).amount == 7
    with django_capture_on_commit_callbacks(execute=True):
        Period.objects.filter(regime="PEMILU", code="HANDLING").update(amount=9)
        bump_version()
    assert rulebook_at(regime=Regime.PEMILU, day=DAY).period(PeriodCode.HANDLING).amount == 9


def test_a_change_by_another_process_is_seen_after_a_while(settings):
    rulebook_at(regime=Regime.PEMILU, day=DAY)
    Period.objects.filter(regime="PEMILU", code="HANDLING").update(amount=9)
    LawVersion.objects.update(number=LawVersion.objects.get().number + 1)
    settings.LAW_CACHE_SECONDS = 0
    assert rulebook_at(regime=Regime.PEMILU, day=DAY).period(PeriodCode.HANDLING).amount == 9


def test_an_unchanged_version_is_one_query(settings, django_assert_num_queries):
    rulebook_at(regime=Regime.PEMILU, day=DAY)
    settings.LAW_CACHE_SECONDS = 0
    with django_assert_num_queries(1):
        rulebook_at(regime=Regime.PEMILU, day=DAY)


def test_the_cache_stays_small(monkeypatch):
    monkeypatch.setattr(books, "_MOST_CACHED", 2)
    for day in range(1, 6):
        rulebook_at(regime=Regime.PEMILU, day=date(2024, 1, day))
    library = books._shelf.library
    assert library is not None
    assert [key[1].day for key in library.rulebooks] == [4, 5]


def test_a_proposed_year_is_marked_and_proposed_only_once(clock):
    rows = propose_calendar(year=2030, clock=clock)
    assert {row.day for row in rows} == set(known_holidays(2030))
    assert {row.status for row in rows} == {"PROPOSED"}
    assert propose_calendar(year=2030, clock=clock) == []


def test_the_command_lists_what_it_proposes():
    out = StringIO()
    call_command("propose_calendar", 2030, stdout=out)
    assert out.getvalue().startswith("2030-01-01 NATIONAL_HOLIDAY Tahun Baru Masehi\n")
    assert len(out.getvalue().splitlines()) == len(known_holidays(2030))


@pytest.mark.parametrize("model", list(apps.get_app_config("law").get_models()))
def test_every_row_has_a_name_to_show(model):
    assert all(str(row) for row in model._default_manager.all())


def test_a_decreed_year_needs_no_proposal(clock):
    assert propose_calendar(year=2024, clock=clock) == []


def test_an_outage_is_found_by_time_and_place():
    jakarta = ZONES["WIB"]

    def outage(name: str, area: str, start: str, end: str | None) -> None:
        Outage.objects.create(
            system=name,
            area_code=area,
            started_at=instant(start, jakarta),
            ended_at=instant(end, jakarta) if end else None,
            description="Contoh",
            source="Contoh",
        )

    outage("here", "35.71", "2024-10-20 20:00", "2024-10-20 23:00")
    outage("everywhere", "", "2024-10-20 22:00", None)
    outage("elsewhere", "61.71", "2024-10-20 20:00", None)
    outage("earlier", "", "2024-10-01 20:00", "2024-10-01 21:00")
    found = outages_between(
        area_codes=("35", "35.71"),
        first=instant("2024-10-20 21:00", jakarta),
        last=instant("2024-10-20 24:00", jakarta),
    )
    assert [row.system for row in found] == ["here", "everywhere"]


def test_every_table_of_the_law_is_guarded_by_its_trigger():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE tgname LIKE 'law_%_keeps_used_rows'"
        )
        guarded = {row[0] for row in cursor.fetchall()}
    tables = {model._meta.db_table for model in apps.get_app_config("law").get_models()}
    assert tables - guarded == {"law_outage", "law_lawversion"}
