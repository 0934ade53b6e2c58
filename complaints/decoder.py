"""Decodes hostile files in a process of its own: `python -I decoder.py <job> <file> <folder> …`.

Started by `complaints.services.clean_copy`; knows neither Django nor our settings. It limits
itself before it reads a byte, writes its copies into the folder and one line of JSON to its
output: the copies, or the code of a refusal.
"""

import json
import resource
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pikepdf
from PIL import Image, ImageDraw, ImageOps

MEMORY_BYTES: Final = 1536 * 1024 * 1024
SECONDS: Final = 30
FILE_BYTES: Final = 64 * 1024 * 1024
OPEN_FILES: Final = 64

MOST_PIXELS: Final = 120_000_000
LONGEST_SIDE: Final = 2000
THUMBNAIL_SIDE: Final = 320
IMAGE_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
LOSSLESS: Final = frozenset({"PNG", "GIF"})
DEEPEST: Final = 60

# Keys by which a PDF acts by itself, carries other files, or tells who made it.
_NEVER: Final = (
    "/AA",
    "/AF",
    "/Collection",
    "/EmbeddedFiles",
    "/JavaScript",
    "/Metadata",
    "/OpenAction",
    "/PieceInfo",
    "/XFA",
)
_KEPT_ACTIONS: Final = frozenset({"/GoTo", "/Named", "/URI"})
_HOSTILE: Final = frozenset(
    {
        "/GoTo3DView",
        "/GoToE",
        "/GoToR",
        "/ImportData",
        "/JavaScript",
        "/Launch",
        "/Movie",
        "/Rendition",
        "/ResetForm",
        "/RichMediaExecute",
        "/SetOCGState",
        "/Sound",
        "/SubmitForm",
    }
)
_ACTIVE_ANNOTATIONS: Final = frozenset(
    {"/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound"}
)
# Markers of a JPEG that hold words and data about the picture; Adobe's APP14 says its colours.
_TELLING_SEGMENTS: Final = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})


class Unusable(Exception):
    """No copy can be made; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


Copy = dict[str, str | int | None]


def clean_image(source: Path, folder: Path) -> list[Copy]:
    """Make a copy without metadata, at most 2000 px, and a thumbnail of at most 320 px.

    Of an animation the first frame. Turned as its camera said; transparent parts stay so.

    Raises:
        Unusable: TOO_LARGE or BROKEN.
    """
    with _opened(source) as image:
        lossless = image.format in LOSSLESS
        picture = _upright(image)
    copy = _save(picture, folder / "copy", lossless=lossless or picture.mode == "RGBA")
    picture.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    thumbnail = _save(_on_white(picture), folder / "thumbnail", lossless=False)
    return [copy | {"kind": "CLEANED"}, thumbnail | {"kind": "THUMBNAIL"}]


def redact_image(source: Path, folder: Path, areas: Sequence[Mapping[str, int]]) -> list[Copy]:
    """Make a copy in which these areas, in percent of width and height, are black.

    Raises:
        Unusable: TOO_LARGE or BROKEN.
    """
    with _opened(source) as image:
        lossless = image.format in LOSSLESS
        picture = _on_white(_upright(image))
    pen = ImageDraw.Draw(picture)
    for area in areas:
        pen.rectangle(_box(area, picture.width, picture.height), fill="black")
    return [_save(picture, folder / "copy", lossless=lossless) | {"kind": "REDACTED"}]


def clean_pdf(source: Path, folder: Path) -> list[Copy]:
    """Make a copy that runs nothing, carries no files and does not say who made it.

    A damaged file is not repaired: a copy that lacks pages would be worse than none.

    Raises:
        Unusable: ENCRYPTED or BROKEN.
    """
    target = folder / "copy"
    try:
        with pikepdf.open(source, attempt_recovery=False, suppress_warnings=True) as pdf:
            _disarm(pdf)
            pdf.save(
                target,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                deterministic_id=True,
                encryption=False,
            )
    except pikepdf.PasswordError:
        raise Unusable("ENCRYPTED") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        raise Unusable("BROKEN") from None
    return [_copy(target, "application/pdf") | {"kind": "CLEANED"}]


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


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _save(picture: Image.Image, target: Path, *, lossless: bool) -> Copy:
    if lossless:
        picture.save(target, "PNG", optimize=True)
    else:
        picture.save(target, "JPEG", quality=88, optimize=True)
    copy = _copy(target, "image/png" if lossless else "image/jpeg")
    return copy | {"width": picture.width, "height": picture.height}


def _copy(target: Path, media_type: str) -> Copy:
    return {"file": target.name, "media_type": media_type, "width": None, "height": None}


def _box(area: Mapping[str, int], width: int, height: int) -> tuple[int, int, int, int]:
    """Return the corners in pixels, rounded outwards: a black box may be larger, never smaller."""
    left, top = area["left"] * width // 100, area["top"] * height // 100
    right = -(-(area["left"] + area["width"]) * width // 100)
    bottom = -(-(area["top"] + area["height"]) * height // 100)
    return left, top, right, bottom


def _disarm(pdf: pikepdf.Pdf) -> None:
    if not len(pdf.pages):
        raise Unusable("BROKEN")
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    everything = [found for each in pdf.objects for found in _dictionaries(each, 0)]
    for found in everything:
        _disarm_dictionary(found)
    for found in everything:
        if isinstance(found, pikepdf.Stream):
            _strip_picture(found)
        elif _acts(found):  # one that follows another, or that we did not know how to reach
            _empty(found)


def _dictionaries(thing: Any, depth: int) -> Iterator[Any]:  # noqa: ANN401  any object of a PDF
    """Give the dictionaries written inside this object; those it refers to come by themselves."""
    if depth > DEEPEST:
        raise Unusable("BROKEN")
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield thing
        parts = [thing[key] for key in list(thing.keys())]
    elif isinstance(thing, pikepdf.Array):
        parts = list(thing)
    else:
        return
    for part in parts:
        if not getattr(part, "is_indirect", False):
            yield from _dictionaries(part, depth + 1)


def _disarm_dictionary(found: Any) -> None:  # noqa: ANN401  as above
    for key in _NEVER:
        if key in found:
            del found[key]
    if "/A" in found and _acts(found["/A"]):
        del found["/A"]
    if "/Annots" in found and isinstance(found["/Annots"], pikepdf.Array):
        kept = [each for each in found["/Annots"] if not _is_active(each)]
        found["/Annots"] = pikepdf.Array(kept)


def _acts(thing: Any) -> bool:  # noqa: ANN401  as above
    """Whether this is an action that does more than lead to a page or an address."""
    if not isinstance(thing, pikepdf.Dictionary) or "/S" not in thing:
        return False
    if "/JS" in thing:
        return True
    is_action = str(thing.get("/Type", "")) == "/Action" or str(thing["/S"]) in _HOSTILE
    return is_action and str(thing["/S"]) not in _KEPT_ACTIONS


def _empty(found: pikepdf.Dictionary) -> None:
    for key in list(found.keys()):
        del found[key]


def _is_active(annotation: Any) -> bool:  # noqa: ANN401  as above
    return (
        isinstance(annotation, pikepdf.Dictionary)
        and str(annotation.get("/Subtype", "")) in _ACTIVE_ANNOTATIONS
    )


def _strip_picture(stream: pikepdf.Stream) -> None:
    """Take place and camera out of a photograph that a scanning app put in as it was."""
    if stream.get("/Filter") not in ("/DCTDecode", pikepdf.Array([pikepdf.Name.DCTDecode])):
        return
    raw = stream.read_raw_bytes()
    stripped = without_segments(raw)
    if stripped != raw:
        stream.write(stripped, filter=pikepdf.Name.DCTDecode)


def without_segments(jpeg: bytes) -> bytes:
    """Return a JPEG without its comments and application data; anything else as it is."""
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in _TELLING_SEGMENTS:
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, jpeg[at:]])


def limit_itself() -> None:
    """Bound memory, time, files and what is written; where a system knows a limit not, go on."""
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: FILE_BYTES,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, amount in limits.items():
        try:
            resource.setrlimit(kind, (amount, amount))
        except (ValueError, OSError):
            continue


def main(arguments: Sequence[str]) -> dict[str, Any]:
    """Do one job and return what was made, or why not."""
    job, source, folder = arguments[0], Path(arguments[1]), Path(arguments[2])
    try:
        if job == "pdf":
            copies = clean_pdf(source, folder)
        elif job == "redact":
            copies = redact_image(source, folder, json.loads(arguments[3]))
        else:
            copies = clean_image(source, folder)
    except Unusable as unusable:
        return {"refused": unusable.code}
    except (MemoryError, RecursionError):
        return {"refused": "TOO_LARGE"}
    return {"copies": copies}


if __name__ == "__main__":
    limit_itself()
    sys.stdout.write(json.dumps(main(sys.argv[1:])))
