"""Make cleaned copies of a file in a process with limits; what it decodes cannot harm us."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_noop

from complaints import decoding
from complaints.codes import DerivativeKind

# Longer than the computing time that a job gives itself.
DEADLINE_SECONDS: Final[Mapping[str, int]] = {
    "pdf": 180,
    "redact-pdf": 180,
    "media": 520,
    "redact-media": 520,
}
SHORT_DEADLINE_SECONDS: Final = 60
IMAGE_TYPES: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
PDF_TYPE: Final = "application/pdf"
FILM: Final = "video/"
SOUND: Final = "audio/"
# Files of office programs are archives; we look into them and make no copy.
OFFICE: Final = ("application/vnd.openxmlformats-", "application/vnd.oasis.opendocument.")
_ROOT: Final = Path(decoding.__file__).resolve().parents[2]
_BEGIN: Final = (
    "import sys; sys.path.insert(0, sys.argv.pop(1));"
    " from complaints.decoding.run import main; main()"
)

SENTENCES: Final = {
    "BROKEN": gettext_noop("Berkas ini rusak atau terpotong, sehingga salinan tidak dapat dibuat."),
    "ENCRYPTED": gettext_noop(
        "PDF ini dikunci dengan kata sandi. Minta pengirim menyerahkan PDF tanpa kata sandi."
    ),
    "TOO_LARGE": gettext_noop(
        "Ukuran isi berkas ini melampaui batas, sehingga salinan tidak dapat dibuat."
    ),
    "FAILED": gettext_noop("Salinan berkas ini tidak dapat dibuat dengan aman."),
}


class CopyRefused(ValueError):
    """No copy can be made of this file; the sentence, still untranslated, says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.sentence = SENTENCES.get(code, SENTENCES["FAILED"])


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a picture or of one page, in whole percent of its width and height."""

    left: int
    top: int
    width: int
    height: int
    page: int = 1

    def as_json(self) -> dict[str, Any]:
        """Return it as the decoder and the database take it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a film or of sound in seconds: dark, silent, or both."""

    begin: float
    end: float
    what: str

    def as_json(self) -> dict[str, Any]:
        """Return it as the decoder and the database take it."""
        return {"from": self.begin, "to": self.end, "what": self.what}


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy on our disk, not yet sealed; what is not known of its kind is None."""

    kind: DerivativeKind
    path: Path
    media_type: str
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """The copies of a file, and the codes of what the original carries (`Carried`)."""

    copies: tuple[Copy, ...] = ()
    carries: tuple[str, ...] = ()


NOTHING: Final = Decoded()


def clean_copies(*, path: Path, media_type: str, folder: Path) -> Decoded:
    """Make the copies of a file in `folder`; none of a type that we only keep.

    Raises:
        CopyRefused: broken, encrypted, too large, or the decoder had to be ended.
    """
    job = _job_of(media_type)
    return _decoded(job, path, folder) if job else NOTHING


def redacted_copy(
    *, path: Path, media_type: str, marks: Sequence[Mapping[str, Any]], folder: Path
) -> Copy:
    """Make a copy of a working copy in `folder` with these areas or stretches gone.

    Raises:
        CopyRefused: as `clean_copies`.
    """
    job = {"pdf": "redact-pdf", "media": "redact-media"}.get(_job_of(media_type), "redact")
    return _decoded(job, path, folder, json.dumps(list(marks))).copies[0]


def page_picture(*, path: Path, number: int, folder: Path) -> Copy:
    """Draw one page of a PDF, counted from 1.

    Raises:
        CopyRefused: as `clean_copies`.
    """
    return _decoded("page", path, folder, str(number)).copies[0]


def _job_of(media_type: str) -> str:
    if media_type in IMAGE_TYPES:
        return "image"
    if media_type.startswith((FILM, SOUND)):
        return "media"
    if media_type == PDF_TYPE:
        return "pdf"
    return "office" if media_type.startswith(OFFICE) else ""


def _decoded(job: str, path: Path, folder: Path, *more: str) -> Decoded:
    answer = _answer(job, str(path), str(folder), *more)
    if "copies" not in answer:
        raise CopyRefused(answer["refused"])
    copies = (
        Copy(
            kind=DerivativeKind(each["kind"]),
            path=folder / each["file"],
            **{name: each[name] for name in ("media_type", "width", "height", "pages", "seconds")},
        )
        for each in answer["copies"]
    )
    return Decoded(tuple(copies), tuple(answer["carries"]))


def _answer(job: str, *more: str) -> dict[str, Any]:
    """Run the decoder alone: no environment, no input, none of our open files."""
    try:
        done = subprocess.run(  # noqa: S603  our own program, no shell, paths of our own making
            [sys.executable, "-I", "-c", _BEGIN, str(_ROOT), job, *more],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=DEADLINE_SECONDS.get(job, SHORT_DEADLINE_SECONDS),
            env={},
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"refused": "FAILED"}
    return answer
