"""What kind of file it is, told by its content; neither its name nor what is said of it decides."""

import io
from collections.abc import Mapping
from typing import IO, Final

import puremagic
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

MIB: Final = 1024 * 1024
_HEAD: Final = 8192
_DOCUMENT_TYPES: Final = (
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-word",
    "application/vnd.oasis.opendocument.",
    "application/vnd.openxmlformats-officedocument.",
    "application/rtf",
    "text/plain",
)
_PLAIN_TEXT: Final = "text/plain"


class FileRefused(ValueError):
    """The file cannot be taken in; the sentence says why and what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def too_many() -> str:
    """Say that there are more files than are taken in one place."""
    return gettext(
        "Paling banyak %(count)d berkas di sini. Hapus atau kurangi, lalu kirim lagi."
    ) % {"count": settings.EVIDENCE_MAX_FILES}


def largest_file() -> int:
    """Return the limit of the biggest kind, in bytes; more is not even received."""
    limits: Mapping[str, int] = settings.EVIDENCE_MAX_MIB
    return max(limits.values()) * MIB


def checked_type(*, file: IO[bytes] | io.RawIOBase, size: int) -> str:
    """Return the media type by content, read from a file of so many bytes; raises `FileRefused`."""
    if not size:
        raise FileRefused(_("Berkas ini kosong. Pilih berkas yang lain."))
    media_type = _type_of(file)
    kind = _kind_of(media_type)
    if kind is None:
        raise FileRefused(
            _("Jenis berkas ini tidak dapat diterima. Kirim foto, video, suara, atau PDF.")
        )
    limit: int = settings.EVIDENCE_MAX_MIB[kind]
    if size > limit * MIB:
        raise FileRefused(
            _("Berkas ini lebih besar dari %(limit)s MB, batas untuk jenisnya.") % {"limit": limit}
        )
    return media_type


def _type_of(file: IO[bytes] | io.RawIOBase) -> str:
    file.seek(0)
    try:
        media_type: str = puremagic.from_stream(file, mime=True)
    except (puremagic.PureError, ValueError):
        media_type = ""
    return media_type or (_PLAIN_TEXT if _is_text(file) else "")


def _is_text(file: IO[bytes] | io.RawIOBase) -> bool:
    file.seek(0)
    head = file.read(_HEAD) or b""
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        # A letter may be cut where the head ends.
        text = head[: error.start].decode() if error.start > len(head) - 4 else ""
    return bool(text) and "\0" not in text


def _kind_of(media_type: str) -> str | None:
    for kind in ("image", "audio", "video"):
        if media_type.startswith(f"{kind}/") and media_type != "image/svg+xml":
            return kind
    return "document" if media_type.startswith(_DOCUMENT_TYPES) else None
