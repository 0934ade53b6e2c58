"""One job of a decoder: `run(<job>, <file>, <folder>, …)`, started as a process of its own."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from complaints.decoding.parts import (
    MEDIA,
    PAPERS,
    PICTURES,
    Limits,
    Made,
    Unusable,
    limit_itself,
)

LIMITS: Final[dict[str, Limits]] = {
    "image": PICTURES,
    "redact": PICTURES,
    "office": PICTURES,
    "page": PICTURES,
    "pdf": PAPERS,
    "redact-pdf": PAPERS,
    "media": MEDIA,
    "redact-media": MEDIA,
}
Job = Callable[[Path, Path, Sequence[str]], Made]


def _pictures(job: str) -> Job:
    from complaints.decoding import pictures  # noqa: PLC0415  each job loads its own decoder

    if job == "image":
        return lambda source, folder, _: pictures.clean_image(source, folder)
    return lambda source, folder, more: Made(
        pictures.redact_image(source, folder, json.loads(more[0]))
    )


def _papers(job: str) -> Job:
    from complaints.decoding import papers  # noqa: PLC0415  as above

    jobs: dict[str, Job] = {
        "pdf": lambda source, folder, _: papers.clean_pdf(source, folder),
        "office": lambda source, _, __: papers.look_into_office_file(source),
        "page": lambda source, folder, more: Made(papers.page_of_pdf(source, folder, int(more[0]))),
        "redact-pdf": lambda source, folder, more: Made(
            papers.redact_pdf(source, folder, json.loads(more[0]))
        ),
    }
    return jobs[job]


def _media(job: str) -> Job:
    from complaints.decoding import media  # noqa: PLC0415  as above

    if job == "media":
        return lambda source, folder, _: media.clean_media(source, folder)
    return lambda source, folder, more: Made(
        media.redact_media(source, folder, json.loads(more[0]))
    )


_OF: Final[dict[str, Callable[[str], Job]]] = {
    "image": _pictures,
    "redact": _pictures,
    "media": _media,
    "redact-media": _media,
}


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Do one job and return what was made, or why not."""
    job, source, folder = arguments[0], Path(arguments[1]), Path(arguments[2])
    try:
        made = _OF.get(job, _papers)(job)(source, folder, arguments[3:])
    except Unusable as unusable:
        return {"refused": unusable.code}
    except (MemoryError, RecursionError):
        return {"refused": "TOO_LARGE"}
    return {"copies": made.copies, "carries": made.carries}


def main() -> None:
    """Limit this process, do the job of the command line, and write one line of JSON."""
    limit_itself(LIMITS[sys.argv[1]])
    sys.stdout.write(json.dumps(run(sys.argv[1:])))
