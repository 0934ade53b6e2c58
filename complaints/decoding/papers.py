"""Papers: PDFs that run nothing any more, their pages as pictures, and what papers tell."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pikepdf
import pypdfium2
from PIL import Image

from complaints.decoding.parts import (
    LONGEST_SIDE,
    Copy,
    Made,
    Unusable,
    copy_of,
    on_white,
    save_picture,
    save_thumbnail,
)
from complaints.decoding.pictures import blacken

DEEPEST: Final = 60
MOST_PAGES: Final = 300
_POINTS_PER_INCH: Final = 72
_DOTS_PER_INCH: Final = 150
_MOST_TOLD: Final = 64 * 1024
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


_FAULTS: Final = (
    pikepdf.PdfError,
    pypdfium2.PdfiumError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    RuntimeError,
)
_TELLING_INFO: Final[Mapping[str, tuple[str, ...]]] = {
    "AUTHOR": ("/Author",),
    "PROGRAM": ("/Producer", "/Creator"),
    "TIME": ("/CreationDate", "/ModDate"),
}
# Where office files say who wrote them, and with which words.
_TELLING_PARTS: Final[Mapping[str, Mapping[str, re.Pattern[bytes]]]] = {
    "docProps/core.xml": {
        "AUTHOR": re.compile(rb"<(dc:creator|cp:lastModifiedBy)>[^<]"),
        "TIME": re.compile(rb"<dcterms:created[^>]*>[^<]"),
    },
    "docProps/app.xml": {"PROGRAM": re.compile(rb"<Application>[^<]")},
    "meta.xml": {
        "AUTHOR": re.compile(rb"<(dc:creator|meta:initial-creator)>[^<]"),
        "TIME": re.compile(rb"<meta:creation-date>[^<]"),
        "PROGRAM": re.compile(rb"<meta:generator>[^<]"),
    },
}


def clean_pdf(source: Path, folder: Path) -> Made:
    """Make a copy that runs nothing, carries no files and does not say who made it.

    A damaged file is not repaired: a copy that lacks pages would be worse than none.

    Raises:
        Unusable: ENCRYPTED, TOO_LARGE or BROKEN.
    """
    target = folder / "copy"
    try:
        with pikepdf.open(source, attempt_recovery=False, suppress_warnings=True) as pdf:
            carries = _carried(pdf)
            _disarm(pdf)
            pages = len(pdf.pages)
            pdf.save(
                target,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                deterministic_id=True,
                encryption=False,
            )
    except pikepdf.PasswordError:
        raise Unusable("ENCRYPTED") from None
    except _FAULTS:
        raise Unusable("BROKEN") from None
    copies = [copy_of(target, "CLEANED", "application/pdf", pages=pages)]
    return Made([*copies, *_thumbnail(target, folder)], carries)


def redact_pdf(source: Path, folder: Path, areas: Sequence[Mapping[str, int]]) -> list[Copy]:
    """Make a copy whose pages are pictures, with these areas of these pages black.

    Nothing of the source is in the new file but what its pages showed: no words below a black
    area, no picture that another page shared.

    Raises:
        Unusable: TOO_LARGE or BROKEN.
    """
    target = folder / "copy"
    made = pikepdf.new()
    try:
        for number, picture in enumerate(_pages(source), 1):
            blacken(picture, [area for area in areas if area["page"] == number])
            _add_page(made, picture)
        pages = len(made.pages)
        made.save(target, deterministic_id=True)
    except _FAULTS:
        raise Unusable("BROKEN") from None
    return [copy_of(target, "REDACTED", "application/pdf", pages=pages)]


def page_of_pdf(source: Path, folder: Path, number: int) -> list[Copy]:
    """Make a picture of one page, counted from 1.

    Raises:
        Unusable: There is no such page, or BROKEN.
    """
    try:
        with pypdfium2.PdfDocument(source) as paper:
            if not 1 <= number <= len(paper):
                raise Unusable("BROKEN")
            picture = _picture(paper[number - 1])
    except _FAULTS:
        raise Unusable("BROKEN") from None
    return [save_picture(picture, folder / "copy", "CLEANED", lossless=False)]


def look_into_office_file(source: Path) -> Made:
    """Tell what an office file says of its makers; no copy is made, nothing is unpacked."""
    found: set[str] = set()
    try:
        with zipfile.ZipFile(source) as archive:
            for part, telling in _TELLING_PARTS.items():
                if part in archive.namelist():
                    with archive.open(part) as words:
                        told = words.read(_MOST_TOLD)
                    found |= {code for code, said in telling.items() if said.search(told)}
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, KeyError, EOFError):
        return Made()
    return Made(carries=sorted(found))


def _thumbnail(target: Path, folder: Path) -> list[Copy]:
    """Return a small picture of the first page; a paper that cannot be drawn has none."""
    try:
        with pypdfium2.PdfDocument(target) as paper:
            return [save_thumbnail(_picture(paper[0]), folder)]
    except _FAULTS:
        return []


def _pages(source: Path) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(source) as paper:
        if len(paper) > MOST_PAGES:
            raise Unusable("TOO_LARGE")
        for number in range(len(paper)):
            yield _picture(paper[number])


def _picture(page: pypdfium2.PdfPage) -> Image.Image:
    longest = max(page.get_width(), page.get_height(), 1)
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, LONGEST_SIDE / longest)
    drawn = page.render(scale=scale, may_draw_forms=False)
    picture = on_white(drawn.to_pil())
    page.close()
    return picture


def _add_page(made: pikepdf.Pdf, picture: Image.Image) -> None:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=85)
    name = pikepdf.Name
    shown = pikepdf.Stream(
        made,
        written.getvalue(),
        Type=name.XObject,
        Subtype=name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=name.DeviceRGB,
        BitsPerComponent=8,
        Filter=name.DCTDecode,
    )
    points = [round(side * _POINTS_PER_INCH / _DOTS_PER_INCH, 2) for side in picture.size]
    page = made.add_blank_page(page_size=(points[0], points[1]))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Halaman=shown))
    page.Contents = pikepdf.Stream(
        made, f"q {points[0]} 0 0 {points[1]} 0 0 cm /Halaman Do Q".encode()
    )


def _carried(pdf: pikepdf.Pdf) -> list[str]:
    """Return what the paper tells; one that tells it in a broken way tells nothing."""
    try:
        info: Any = pdf.trailer.get("/Info", {})
        found = {
            code
            for code, keys in _TELLING_INFO.items()
            if any(str(info.get(key, "")) for key in keys)
        }
        return sorted(found | ({"ATTACHMENT"} if len(pdf.attachments) else set()))
    except _FAULTS:
        return []


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
