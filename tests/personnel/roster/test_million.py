"""A million rows go through a process that does not grow."""

import subprocess
import sys
from pathlib import Path

# Reading, cutting, checking numbers and hashing them: all that happens outside the database.
PROGRAM = """
from datetime import date
import django
django.setup()
from neutrality.personnel.roster import layout, staging
from neutrality.personnel.roster.fields import proposed_columns
from neutrality.personnel.roster.reading import rows_of_csv
from tests.personnel.roster.sheets import HEADERS, nip

starts = [(nip(serial)[:12], nip(serial)[14]) for serial in range(11_000)]

def number(serial):
    start, sex = starts[serial % 11_000]
    return f"{start}{1 + serial // 11_000 % 12:02d}{sex}{1 + serial // 132_000:03d}"

def pieces():
    yield (",".join(HEADERS) + "\\n").encode()
    for start in range(0, 1_000_000, 1000):
        yield "".join(
            f"{number(serial)},Pegawai Contoh {serial},u{serial % 5000},,Guru,Fungsional,PNS,III/c\\n"
            for serial in range(start, start + 1000)
        ).encode()

watch = layout.Watch()
for piece in pieces():
    list(watch.over([piece]))
    if len(watch.head) >= layout.HEAD:
        break
form = layout.layout_of(head=watch.head, is_utf8=True)
columns = proposed_columns(headers=form.headers, kept={})
reading = staging.Reading(
    import_id=1,
    columns=staging.places_of(columns=columns, headers=form.headers),
    states_on=date(2026, 11, 1),
    takes_non_asn=False,
)
read = staging.Read()
told = []
rows = rows_of_csv(pieces=pieces(), layout=form)
lines = sum(
    block.count(b"\\n") for block in staging._blocks(rows, reading, read, told.append)
)
# Of this program alone: what getrusage tells includes the process that started it.
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
memory = int(status["VmHWM"].split()[0]) // 1024
print(lines, read.rows, read.without_number, len(told), memory)
"""


def test_a_million_rows_are_read_in_less_than_200_mib():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    *counts, memory = map(int, done.stdout.split())

    assert counts == [1_000_000, 1_000_000, 0, 20]
    assert memory < 200
