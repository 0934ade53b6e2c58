"""Pictures: cleaned copies, black areas, and what a picture tells besides what it shows."""

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw, ImageOps
from PIL.ExifTags import IFD, Base

from complaints.decoding.parts import (
    LONGEST_SIDE,
    Copy,
    Made,
    Unusable,
    box,
    on_white,
    save_picture,
    save_thumbnail,
)

MOST_PIXELS: Final = 120_000_000
IMAGE_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
LOSSLESS: Final = frozenset({"PNG", "GIF"})
_TELLING_TAGS: Final[Mapping[str, tuple[int, ...]]] = {
    "DEVICE": (Base.Make, Base.Model, Base.HostComputer),
    "TIME": (Base.DateTime, Base.DateTimeOriginal, Base.DateTimeDigitized),
    "AUTHOR": (Base.Artist, Base.Copyright, Base.XPAuthor, Base.CameraOwnerName),
    "PROGRAM": (Base.Software,),
}
_TELLING_WORDS: Final[Mapping[str, tuple[bytes, ...]]] = {
    "PLACE": (b"GPSLatitude", b"photoshop:City"),
    "DEVICE": (b"tiff:Model", b"tiff:Make"),
    "TIME": (b"xmp:CreateDate", b"photoshop:DateCreated"),
    "AUTHOR": (b"dc:creator",),
    "PROGRAM": (b"xmp:CreatorTool",),
}
_TELLING_TEXTS: Final = {"author": "AUTHOR", "software": "PROGRAM", "creation time": "TIME"}


def clean_image(source: Path, folder: Path) -> Made:
    """Make a copy without metadata, at most 2000 px, and a thumbnail of at most 320 px.

    Of an animation the first frame. Turned as its camera said; transparent parts stay so.

    Raises:
        Unusable: TOO_LARGE or BROKEN.
    """
    with _opened(source) as image:
        lossless = image.format in LOSSLESS
        carries = _carried(image)
        picture = _upright(image)
    copy = save_picture(
        picture, folder / "copy", "CLEANED", lossless=lossless or picture.mode == "RGBA"
    )
    return Made([copy, save_thumbnail(picture, folder)], carries)


def redact_image(source: Path, folder: Path, areas: Sequence[Mapping[str, int]]) -> list[Copy]:
    """Make a copy in which these areas, in percent of width and height, are black.

    Raises:
        Unusable: TOO_LARGE or BROKEN.
    """
    with _opened(source) as image:
        lossless = image.format in LOSSLESS
        picture = on_white(_upright(image))
    blacken(picture, areas)
    return [save_picture(picture, folder / "copy", "REDACTED", lossless=lossless)]


def blacken(picture: Image.Image, areas: Sequence[Mapping[str, int]]) -> None:
    """Paint these areas of the picture black."""
    pen = ImageDraw.Draw(picture)
    for area in areas:
        pen.rectangle(box(area, picture.width, picture.height), fill="black")


def _opened(source: Path) -> Image.Image:
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        return Image.open(source, formats=IMAGE_FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Unusable("TOO_LARGE") from None
    except Exception:  # noqa: BLE001  a decoder of hostile bytes raises anything
        raise Unusable("BROKEN") from None


def _upright(image: Image.Image) -> Image.Image:
    """Return the first frame, small enough, turned, with nothing but its pixels."""
    try:
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        transparent = image.has_transparency_data
        picture = image.convert("RGBA" if transparent else "RGB")
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        picture = ImageOps.exif_transpose(picture)
    except MemoryError:
        raise Unusable("TOO_LARGE") from None
    except Exception:  # noqa: BLE001  as above
        raise Unusable("BROKEN") from None
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    return clean


def _carried(image: Image.Image) -> list[str]:
    """Return what the picture tells; one that tells it in a broken way tells nothing."""
    try:
        found = {*_in_exif(image), *_in_words(image.info)}
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  as above
        return []
    return sorted(found)


def _in_exif(image: Image.Image) -> set[str]:
    exif = image.getexif()
    tags = {**exif, **exif.get_ifd(IFD.Exif)}
    found = {
        code
        for code, wanted in _TELLING_TAGS.items()
        if any(str(tags.get(tag) or "").strip("\0 ") for tag in wanted)
    }
    if exif.get_ifd(IFD.GPSInfo):
        found.add("PLACE")
    return found | ({"THUMBNAIL"} if exif.get_ifd(IFD.IFD1) else set())


def _in_words(info: Mapping[Any, Any]) -> set[str]:
    packet = info.get("xmp") or info.get("XML:com.adobe.xmp") or b""
    told = packet if isinstance(packet, bytes) else str(packet).encode()
    found = {code for code, words in _TELLING_WORDS.items() if any(word in told for word in words)}
    texts = {code for name, code in _TELLING_TEXTS.items() if _text(info, name)}
    return found | texts


def _text(info: Mapping[Any, Any], name: str) -> bool:
    return any(
        isinstance(key, str) and key.lower() == name and value for key, value in info.items()
    )
