"""Loading the seeds: idempotent, and never an edit of a used row."""

import csv
import shutil
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from neutrality.law.books import rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode, Regime
from neutrality.law.models import Instrument, LawVersion, Period
from neutrality.law.services.load import SEEDS, TABLES, BrokenSeed, load_law
from neutrality.law.services.rows import mark_used

pytestmark = pytest.mark.django_db

HANDLING = {"regime": "PEMILU", "code": "HANDLING"}


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


def rewrite(path: Path, change) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [row for row in rows if change(row) is not False]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


def set_handling(path: Path, **values: str) -> None:
    def change(row):
        if (row["regime"], row["code"]) == ("PEMILU", "HANDLING"):
            row.update(values)

    rewrite(path / "periods.csv", change)


def change_of(changes, table: str):
    return next(change for change in changes if change.table == table)


def use_handling(clock: Clock) -> None:
    book = rulebook_at(regime=Regime.PEMILU, day=date(2024, 1, 10))
    mark_used(rules=[book.period(PeriodCode.HANDLING)], clock=clock)


def test_loading_twice_changes_nothing(clock):
    version = LawVersion.objects.get().number
    changes = load_law(clock=clock)
    assert [change.is_changed for change in changes] == [False] * len(TABLES)
    assert LawVersion.objects.get().number == version


def test_every_table_is_read_in_one_statement(clock, django_assert_num_queries):
    with django_assert_num_queries(len(TABLES) + 2):
        load_law(clock=clock)


def test_an_unused_row_is_edited_in_place(clock, seeds):
    set_handling(seeds, amount="9")
    change = change_of(load_law(clock=clock, folder=seeds), "periods")
    assert (change.edited, change.added, change.ended) == (1, 0, 0)
    assert list(Period.objects.filter(**HANDLING).values_list("amount", "valid_until")) == [
        (9, None)
    ]


def test_a_used_row_is_ended_today_and_followed_by_the_changed_one(clock, seeds):
    use_handling(clock)
    set_handling(seeds, amount="9")
    change = change_of(load_law(clock=clock, folder=seeds), "periods")
    assert (change.edited, change.added, change.ended) == (0, 1, 1)
    rows = Period.objects.filter(**HANDLING).order_by("valid_from")
    assert list(rows.values_list("amount", "valid_from", "valid_until")) == [
        (7, date(2017, 8, 16), date(2024, 10, 15)),
        (9, date(2024, 10, 15), None),
    ]


def test_the_succession_of_a_used_row_is_loaded_only_once(clock, seeds):
    use_handling(clock)
    set_handling(seeds, amount="9")
    load_law(clock=clock, folder=seeds)
    again = load_law(clock=clock, folder=seeds)
    assert [change.is_changed for change in again] == [False] * len(TABLES)


def test_a_used_row_that_cannot_end_today_is_refused_by_name(clock, seeds):
    use_handling(clock)
    before_it_began = Clock(now=datetime(2017, 8, 16, 1, 0, tzinfo=UTC))
    set_handling(seeds, amount="9")
    change = change_of(load_law(clock=before_it_began, folder=seeds), "periods")
    assert change.refused == [
        "PEMILU/HANDLING/2017-08-16: a case has used it, and it cannot end today"
    ]


def test_an_end_in_the_file_reaches_a_used_row(clock, seeds):
    use_handling(clock)
    set_handling(seeds, valid_until="2027-01-01")
    change = change_of(load_law(clock=clock, folder=seeds), "periods")
    assert (change.edited, change.added, change.ended) == (0, 0, 1)
    assert Period.objects.get(**HANDLING).valid_until == date(2027, 1, 1)


def test_an_end_set_by_hand_stays(clock):
    Period.objects.filter(**HANDLING).update(valid_until=date(2028, 1, 1))
    change = change_of(load_law(clock=clock), "periods")
    assert not change.is_changed
    assert Period.objects.get(**HANDLING).valid_until == date(2028, 1, 1)


def test_an_unused_row_that_left_the_file_is_removed(clock, seeds):
    rewrite(seeds / "periods.csv", lambda row: row["code"] != "DRAFT_LIFE")
    change = change_of(load_law(clock=clock, folder=seeds), "periods")
    assert change.removed == 1
    assert not Period.objects.filter(code="DRAFT_LIFE").exists()


def test_a_used_row_that_left_the_file_stays_and_is_named(clock, seeds):
    use_handling(clock)
    rewrite(
        seeds / "periods.csv",
        lambda row: (row["regime"], row["code"]) != ("PEMILU", "HANDLING"),
    )
    change = change_of(load_law(clock=clock, folder=seeds), "periods")
    assert change.refused == [
        "PEMILU/HANDLING/2017-08-16: no longer in the file, but a case has used it"
    ]
    assert Period.objects.filter(**HANDLING).exists()


def test_a_row_entered_by_hand_is_left_alone(clock):
    Instrument.objects.create(
        code="Perda 1/2030",
        title="Contoh",
        status="IN_FORCE",
        legal_basis="Perda 1/2030",
        valid_from=date(2030, 1, 1),
    )
    assert not change_of(load_law(clock=clock), "instruments").is_changed
    assert Instrument.objects.filter(code="Perda 1/2030").exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"amount": "many"}, "periods.csv, line 6"),
        ({"unit": "FORTNIGHT"}, "periods.csv, line 6"),
    ],
)
def test_a_broken_seed_names_file_and_line_and_writes_nothing(clock, seeds, values, message):
    set_handling(seeds, **values)
    with pytest.raises(BrokenSeed, match=message):
        load_law(clock=clock, folder=seeds)
    assert Period.objects.get(**HANDLING).amount == 7


def test_an_unknown_column_is_a_broken_seed(clock, seeds):
    path = seeds / "periods.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("amount", "size", 1), encoding="utf-8")
    with pytest.raises(BrokenSeed, match="line 2"):
        load_law(clock=clock, folder=seeds)


def test_the_command_is_silent_when_nothing_changed():
    out = StringIO()
    call_command("load_law", stdout=out)
    assert out.getvalue() == ""


def test_the_command_tells_what_it_did_and_what_it_could_not(clock, seeds):
    Period.objects.filter(code="DRAFT_LIFE").delete()
    use_handling(clock)
    rewrite(
        seeds / "periods.csv",
        lambda row: (row["regime"], row["code"]) != ("PEMILU", "HANDLING"),
    )
    out, err = StringIO(), StringIO()
    call_command("load_law", folder=seeds, stdout=out, stderr=err)
    assert out.getvalue() == "periods: 1 added, 0 edited, 0 ended, 0 removed, 37 kept\n"
    assert err.getvalue() == (
        "periods: PEMILU/HANDLING/2017-08-16: no longer in the file, but a case has used it\n"
    )


def test_the_command_turns_a_broken_seed_into_a_sentence(seeds):
    set_handling(seeds, amount="many")
    with pytest.raises(CommandError, match=r"periods\.csv, line 6"):
        call_command("load_law", folder=seeds)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE law_period SET amount = 1 WHERE code = 'HANDLING' AND regime = 'PEMILU'",
        "UPDATE law_period SET used_at = NULL WHERE code = 'HANDLING' AND regime = 'PEMILU'",
        "DELETE FROM law_period WHERE code = 'HANDLING' AND regime = 'PEMILU'",
    ],
)
def test_the_database_refuses_to_touch_a_used_row(clock, statement):
    use_handling(clock)
    with (
        pytest.raises(DatabaseError, match="A case has used row"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("days", [0, -1])
def test_a_row_ends_after_it_began(days):
    row = Period.objects.get(**HANDLING)
    with pytest.raises(DatabaseError, match="period_ends_after_it_begins"), transaction.atomic():
        Period.objects.filter(pk=row.pk).update(valid_until=row.valid_from + timedelta(days=days))


def test_two_rows_for_one_question_never_hold_on_the_same_day():
    row = Period.objects.get(**HANDLING)
    row.pk, row.seed_key, row.valid_from = None, None, date(2030, 1, 1)
    with pytest.raises(DatabaseError, match="period_without_overlap"), transaction.atomic():
        row.save()
