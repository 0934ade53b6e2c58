"""Which tests a worker begins with: the long ones, so that none of them is left for the end."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
# The longest first. An idle worker steals from the end of another's list, so what stands first
# stays in one piece: the access table opens its pages once, and Chromium is started once.
LONG = (
    "tests/access/test_pages.py",
    "tests/wiring/test_launch.py",
    "tests/benchmarks/test_benchmarks.py",
    "tests/e2e/test_journey.py",
    "tests/e2e/test_whole_cases.py",
    "tests/e2e/test_staff_looks.py",
    "tests/e2e/test_looks.py",
    "tests/e2e/",
    "tests/complaints/evidence/test_hostile_files.py",
    "tests/benchmarks/test_bulk.py",
    "tests/pledges/test_burst.py",
    "tests/complaints/demo/test_demo.py",
)


def rank(path):
    """Return where in LONG a file of tests stands; all others come after the last."""
    found = (place for place, start in enumerate(LONG) if path.startswith(start))
    return next(found, len(LONG))
