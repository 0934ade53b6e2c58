"""Make cleaned copies of a file in a process with limits; what it decodes cannot harm us."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_noop

from complaints import decoder
from complaints.codes import DerivativeKind

DEADLINE_SECONDS: Final = 60
IMAGE_TYPES: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
PDF_TYPE: Final = "application/pdf"

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
    """A rectangle of a picture, in whole percent of its width and height."""

    left: int
    top: int
    width: int
    height: int

    def as_json(self) -> dict[str, int]:
        """Return it as the decoder and the database take it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy on our disk, not yet sealed; pixels only of pictures."""

    kind: DerivativeKind
    path: Path
    media_type: str
    width: int | None
    height: int | None


def can_be_copied(media_type: str) -> bool:
    """Whether a copy is made of files of this type; of others only the original is kept."""
    return media_type in IMAGE_TYPES or media_type == PDF_TYPE


def clean_copies(*, path: Path, media_type: str, folder: Path) -> list[Copy]:
    """Make the copies of a picture or a PDF in `folder`; see `complaints.decoder`.

    Raises:
        CopyRefused: broken, encrypted, too large, or the decoder had to be ended.
    """
    return _decoded(["pdf" if media_type == PDF_TYPE else "image", str(path), str(folder)], folder)


def redacted_copy(*, path: Path, areas: Sequence[Area], folder: Path) -> Copy:
    """Make a copy of a cleaned picture in `folder` with these areas in black.

    Raises:
        CopyRefused: as `clean_copies`.
    """
    words = json.dumps([area.as_json() for area in areas])
    return _decoded(["redact", str(path), str(folder), words], folder)[0]


def _decoded(job: list[str], folder: Path) -> list[Copy]:
    answer = _answer(job)
    if "copies" not in answer:
        raise CopyRefused(answer["refused"])
    return [
        Copy(
            kind=DerivativeKind(each["kind"]),
            path=folder / each["file"],
            media_type=each["media_type"],
            width=each["width"],
            height=each["height"],
        )
        for each in answer["copies"]
    ]


def _answer(job: list[str]) -> dict[str, Any]:
    """Run the decoder alone: no environment, no input, none of our open files."""
    try:
        done = subprocess.run(  # noqa: S603  our own program, no shell, paths of our own making
            [sys.executable, "-I", decoder.__file__, *job],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=DEADLINE_SECONDS,
            env={},
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"refused": "FAILED"}
    return answer
