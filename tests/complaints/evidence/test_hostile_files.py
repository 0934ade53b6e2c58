"""Two thousand hostile files: no 500, nothing lost, nothing served active, no worker broken."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints import decoding
from complaints.models import Draft, Evidence
from complaints.services.clean_copy import IMAGE_TYPES, PDF_TYPE
from complaints.services.evidence_intake import cleaned_name
from tests.complaints.evidence.corpus import hostile_files
from tests.complaints.public.journey import begin

NUMBER = 2000
HALVES = 2
PER_REQUEST = 20
# A page lists all of its draft: one that held two thousand would only show the same rows again.
PER_DRAFT = 6 * PER_REQUEST
PLAYED = ("video/mp4", "audio/mp4")
# What a copy may never hold, whatever its original held.
ACTIVE = re.compile(
    rb"<script|<\?php|onload=|/JavaScript|/JS\b|/Launch|/OpenAction|#!/bin/sh|DROP TABLE",
    re.IGNORECASE,
)
# Each worker of ours decodes in a process of its own; here one decodes a heap, within the limits.
PROGRAM = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from complaints.decoding.parts import MEDIA, Limits, limit_itself
from complaints.decoding.run import run
limit_itself(Limits(memory=MEDIA.memory, seconds=300, output=MEDIA.output))
for line in sys.stdin:
    job, source, folder = json.loads(line)
    Path(folder).mkdir()
    print(json.dumps(run([job, source, folder])), flush=True)
"""


@pytest.fixture(autouse=True)
def _much_room(settings, tmp_path):
    settings.EVIDENCE_MAX_FILES = NUMBER
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "uploads": (NUMBER, 3600)}
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.mark.django_db(transaction=True)
def test_every_file_is_sealed_as_it_came_or_refused_by_name(client):
    heap = list(hostile_files(NUMBER))
    taken, refused = 0, 0
    for at in range(0, NUMBER, PER_REQUEST):
        if at % PER_DRAFT == 0:
            begin(client)
        some = heap[at : at + PER_REQUEST]
        sent = [_upload(place, name, content) for place, (name, content) in enumerate(some, at)]
        answer = client.post("/lapor/bukti/", {"berkas": sent})
        assert answer.status_code in {302, 422}
        before, taken = taken, Evidence.objects.count()
        errors = answer.context["form"].errors["berkas"] if answer.status_code == 422 else []
        refused += len(errors)
        assert taken - before + len(errors) == PER_REQUEST
    assert (taken + refused, taken > NUMBER // 4, refused > NUMBER // 20) == (NUMBER, True, True)
    kept = set(Evidence.objects.values_list("sha256", flat=True))
    assert kept <= {hashlib.sha256(content).hexdigest() for _name, content in heap}
    names = Evidence.objects.values_list("original_name", flat=True)
    assert [name for name in names if name != cleaned_name(name) or "/" in name] == []
    assert sum(draft.evidence.count() for draft in Draft.objects.all()) == taken
    page = client.get("/lapor/bukti/").content.decode()
    assert "<script>alert(1)</script>" not in page


@pytest.mark.parametrize("half", range(HALVES))
def test_every_copy_is_harmless_and_no_decoder_breaks(half, tmp_path):
    jobs = []
    for number, (_name, content) in enumerate(hostile_files(NUMBER)):
        if number % HALVES == half and (job := _job(content)):
            source = tmp_path / str(number)
            source.write_bytes(content)
            jobs.append((job, str(source), str(tmp_path / f"{number}-copies")))
    answers = _decoded(jobs)
    assert len(answers) == len(jobs)
    assert {answer.get("refused", "") for answer in answers} <= {
        "",
        "BROKEN",
        "ENCRYPTED",
        "TOO_LARGE",
    }
    assert sum("copies" in answer for answer in answers) > len(jobs) // 10
    for (job, _source, folder), answer in zip(jobs, answers, strict=True):
        for copy in answer.get("copies", []):
            content = (Path(folder) / copy["file"]).read_bytes()
            assert copy["media_type"] in {*IMAGE_TYPES, PDF_TYPE, *PLAYED}
            if copy["media_type"] in PLAYED:  # what a tone spells is nobody's program
                assert content[4:8] == b"ftyp"
            else:
                assert (job, ACTIVE.findall(content)) == (job, [])


def _upload(number, name, content):
    # The test's client writes names into a header, as browsers do: without these they would end it.
    clean = re.sub(r"[\r\n\0\"]", "_", name)
    file = SimpleUploadedFile("x", content)
    setattr(file, "_name", f"{number}-{clean}"[-250:])  # noqa: B010 - else it is cleaned here
    return file


def _job(content):
    """Send every file to the decoder that would like it least."""
    kinds = {
        b"\xff\xd8": "image",
        b"\x89P": "image",
        b"GI": "image",
        b"RI": "media",
        b"%P": "pdf",
        b"PK": "office",
    }
    return kinds.get(content[:2], "media" if len(content) % 3 == 0 else "image")


def _decoded(jobs):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(Path(decoding.__file__).parents[2])],
        input="".join(f"{json.dumps(job)}\n" for job in jobs),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]
