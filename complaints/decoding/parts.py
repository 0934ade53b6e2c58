"""What the decoders share: copies, refusals, and the limits that a process gives itself."""

import resource
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PIL import Image

MIB: Final = 1024 * 1024
LONGEST_SIDE: Final = 2000
THUMBNAIL_SIDE: Final = 320
Copy = dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much memory, computing time and output a job may take."""

    memory: int = 1536 * MIB
    seconds: int = 30
    output: int = 64 * MIB


PICTURES: Final = Limits()
PAPERS: Final = Limits(seconds=120, output=128 * MIB)
MEDIA: Final = Limits(memory=2048 * MIB, seconds=480, output=256 * MIB)
OPEN_FILES: Final = 64


class Unusable(Exception):
    """No copy can be made; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Made:
    """The copies of a file, and the codes of what it told besides what it shows."""

    copies: list[Copy] = field(default_factory=list)
    carries: list[str] = field(default_factory=list)


def copy_of(target: Path, kind: str, media_type: str, **facts: int) -> Copy:
    """Describe a copy that lies in the folder."""
    known: dict[str, int | None] = dict.fromkeys(("width", "height", "pages", "seconds"))
    return {"kind": kind, "file": target.name, "media_type": media_type, **known, **facts}


def save_picture(picture: Image.Image, target: Path, kind: str, *, lossless: bool) -> Copy:
    """Write a picture as PNG or JPEG and describe it."""
    if lossless:
        picture.save(target, "PNG", optimize=True)
    else:
        picture.save(target, "JPEG", quality=88, optimize=True)
    media_type = "image/png" if lossless else "image/jpeg"
    return copy_of(target, kind, media_type, width=picture.width, height=picture.height)


def save_thumbnail(picture: Image.Image, folder: Path) -> Copy:
    """Write a small picture, on white where it is transparent."""
    small = on_white(picture)
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return save_picture(small, folder / "thumbnail", "THUMBNAIL", lossless=False)


def on_white(picture: Image.Image) -> Image.Image:
    """Return a picture without transparent parts; always another one."""
    if picture.mode == "RGB":
        return picture.copy()
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def box(area: Mapping[str, int], width: int, height: int) -> tuple[int, int, int, int]:
    """Return the corners in pixels, rounded outwards: a black box may be larger, never smaller."""
    left, top = area["left"] * width // 100, area["top"] * height // 100
    right = -(-(area["left"] + area["width"]) * width // 100)
    bottom = -(-(area["top"] + area["height"]) * height // 100)
    return left, top, right, bottom


def limit_itself(limits: Limits) -> None:
    """Bound memory, time, files and what is written; where a system knows a limit not, go on."""
    wanted = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_FSIZE: limits.output,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, amount in wanted.items():
        try:
            resource.setrlimit(kind, (amount, amount))
        except (ValueError, OSError):
            continue
