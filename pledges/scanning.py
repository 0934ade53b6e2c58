"""Reading scanned sheets: pages of a PDF as pictures, and the QR codes on them."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pypdfium2
import zxingcpp
from PIL.Image import Image

from neutrality.documents.codes import read_code
from pledges.printing import SHEET_MARK

MOST_PAGES: Final = 500
_DOTS_PER_INCH: Final = (150, 300)
_LARGEST_SIDE: Final = 4000
_SHOWN_WIDTH: Final = 1000


class Unreadable(ValueError):
    """These bytes are no PDF that can be read, or one of too many pages."""


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF and let go of it afterwards.

    Raises:
        Unreadable: When it is none, is locked, or has no or more than 500 pages.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as broken:
        raise Unreadable("No PDF.") from broken
    try:
        if not 0 < len(document) <= MOST_PAGES:
            raise Unreadable("No pages, or too many.")
        yield document
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    """Return how many pages there are; raises `Unreadable`."""
    with opened(pdf) as document:
        return len(document)


def sheet_code(document: pypdfium2.PdfDocument, index: int) -> str | None:
    """Return the code of the sheet on a page, or None when none can be read.

    A second look at twice the resolution finds what a poor scan hides from the first.
    """
    for dots in _DOTS_PER_INCH:
        for text in _codes(_picture(document, index, dots / 72)):
            if text.startswith(SHEET_MARK):
                return read_code(text.removeprefix(SHEET_MARK))
    return None


def one_page(document: pypdfium2.PdfDocument, index: int) -> bytes:
    """Return a PDF of this page alone."""
    alone = pypdfium2.PdfDocument.new()
    try:
        alone.import_pages(document, [index])
        kept = io.BytesIO()
        alone.save(kept)
        return kept.getvalue()
    finally:
        alone.close()


def picture_of_page(pdf: bytes, index: int = 0) -> bytes:
    """Return a page as PNG, wide enough to be read; raises `Unreadable`."""
    with opened(pdf) as document:
        if index >= len(document):
            raise Unreadable("No such page.")
        width = document[index].get_width()
        picture = _picture(document, index, _SHOWN_WIDTH / max(width, 1))
        kept = io.BytesIO()
        picture.convert("L").save(kept, "PNG", optimize=False)
        return kept.getvalue()


def words_of(pdf: bytes) -> str:
    """Return the text of all pages with single spaces; raises `Unreadable`."""
    with opened(pdf) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(texts).split())


def _codes(picture: Image) -> Iterator[str]:
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for found in zxingcpp.read_barcodes(picture, formats=formats):
        yield str(found.text)


def _picture(document: pypdfium2.PdfDocument, index: int, scale: float) -> Image:
    page = document[index]
    largest = max(page.get_width(), page.get_height(), 1)
    bounded = min(scale, _LARGEST_SIDE / largest)
    picture: Image = page.render(scale=bounded).to_pil()
    return picture
