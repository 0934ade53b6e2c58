"""`make bench` at a tiny scale: it runs, and writes what it has measured. No time is asserted."""

import json

import pytest

from benchmarks.__main__ import main
from benchmarks.paint import Painted
from benchmarks.plan import LIMITS
from benchmarks.rounds import Result
from benchmarks.table import lines

# What a warm process asks of SQL, with few rows as with many.
QUERIES = {"dashboard_national": 7, "open_data_csv": 5, "transition": 14}

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_run_writes_one_entry_for_each_measure_and_size(var, capsys):
    small = ["--rounds", "1", "--times", "1", "--upload-mib", "1", "--paint-rounds", "0"]
    assert main(["--scales", "200,20", *small]) == 0
    entries = json.loads((var / "bench" / "latest.json").read_text())
    written = [each for each in entries if "ratio" in each]
    uploaded = {each["name"]: each for each in entries if "mib" in each}
    assert len(entries) == len(written) + len(uploaded)
    speed, memory = uploaded["evidence_upload_100mb"], uploaded["evidence_upload_memory"]
    assert (speed["mib"], memory["mib"], speed["met"]) == (1, 1, speed["share"] >= 0.5)
    assert (speed["ours_mib_s"] > 0, memory["met"]) == (True, memory["grown_mib"] <= 20)
    names = [limit.name for limit in LIMITS]
    assert sorted((each["name"], each["rows"]) for each in written) == sorted(
        (name, rows) for name in names for rows in (20, 200)
    )
    assert {frozenset(each) for each in written} == {
        frozenset({"name", "rows", "ours_ms", "floor_ms", "ratio", "queries", "out"})
    }
    assert all(each["ours_ms"] > 0 for each in written)
    asked = {(each["name"], each["queries"]) for each in written if each["name"] in QUERIES}
    assert asked == set(QUERIES.items())
    said = capsys.readouterr().out
    assert all(name in said for name in names)


def test_a_page_that_a_phone_sees_too_late_is_not_met():
    soon, late = Painted("/", 2500.0), Painted("/lapor/", 2501.0)
    assert (soon.met, late.met, late.line().split()[-2:]) == (True, False, ["NOT", "MET"])
    assert late.entry() == {"name": "largest_paint", "page": "/lapor/", "ms": 2501.0, "met": False}


def test_the_table_says_what_is_met_and_what_is_not():
    results = [
        Result("tracking_page", 10, ours_ms=4.0, floor_ms=2.0, ratio=2.0, queries=5),
        Result("tracking_page", 50, ours_ms=9.0, floor_ms=2.0, ratio=4.0, queries=5),
        Result("tracking_page", 1000, ours_ms=9.0, floor_ms=2.0, ratio=4.5, queries=5),
    ]
    small, _middle, large, growth = lines(results)
    assert (small.rsplit("  ", 1)[1], large.rsplit("  ", 1)[1]) == ("met", "NOT MET")
    assert growth == "tracking_page               1,000 ÷ 10  growth 2.25 x, at most 1.3  NOT MET"


def test_what_hands_out_rows_is_judged_by_the_row():
    results = [
        Result("open_data_csv", 10, ours_ms=4.0, floor_ms=2.0, ratio=2.0, queries=3, out=100),
        Result("open_data_csv", 1000, ours_ms=44.0, floor_ms=20.0, ratio=2.2, queries=3, out=1000),
    ]
    assert list(lines(results))[-1] == (
        "open_data_csv               1,000 ÷ 10 by each of 1,000 rows out"
        "  growth 1.10 x, at most 1.5  met"
    )
