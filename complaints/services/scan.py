"""Ask clamd whether a file is malicious, when there is one."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_noop

_PIECE: Final = 64 * 1024
_TIMEOUT_SECONDS: Final = 60
_LONGEST_ANSWER: Final = 4096


class ScannerUnavailable(Exception):
    """The scanner gave no verdict; the file waits. The sentence is still untranslated."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


UNREACHABLE: Final = gettext_noop("Pemindai tidak dapat dihubungi; pemeriksaan diulang otomatis.")
NO_VERDICT: Final = gettext_noop(
    "Pemindai tidak dapat memeriksa berkas ini; administrator perlu melihat pengaturannya."
)


@dataclass(frozen=True, slots=True)
class Scan:
    """The verdict: whether a scanner looked at all, and the name of what it found (or nothing)."""

    looked: bool
    found: str = ""


UNSCANNED: Final = Scan(looked=False)


def scan_file(*, path: Path) -> Scan:
    """Send the file to `CLAMD_ADDRESS` (`host:port`, or the path of a socket) and return its verdict.

    Without an address nothing looks, and the verdict says so.

    Raises:
        ScannerUnavailable: it cannot be reached, or answers neither yes nor no.
    """
    if not settings.CLAMD_ADDRESS:
        return UNSCANNED
    try:
        with _connected(settings.CLAMD_ADDRESS) as connection:
            answer = _ask(connection, path)
    except OSError as error:
        raise ScannerUnavailable(UNREACHABLE) from error
    return _verdict(answer)


def _verdict(answer: str) -> Scan:
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return Scan(looked=True)
    if words.endswith(" FOUND"):
        return Scan(looked=True, found=words.removesuffix(" FOUND"))
    raise ScannerUnavailable(NO_VERDICT)


@contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        target: str | tuple[str, int] = address
    else:
        host, _, port = address.rpartition(":")
        connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        target = (host, int(port))
    with connection:
        connection.settimeout(_TIMEOUT_SECONDS)
        connection.connect(target)
        yield connection


def _ask(connection: socket.socket, path: Path) -> str:
    """Speak INSTREAM: pieces after their lengths, a zero, then one line of answer.

    A scanner that has read enough answers and hangs up while we still write; its answer counts.
    """
    with suppress(BrokenPipeError, ConnectionResetError), path.open("rb") as file:
        connection.sendall(b"zINSTREAM\0")
        while piece := file.read(_PIECE):
            connection.sendall(struct.pack("!L", len(piece)) + piece)
        connection.sendall(struct.pack("!L", 0))
    return _line(connection)


def _line(connection: socket.socket) -> str:
    heard = b""
    while b"\0" not in heard and len(heard) < _LONGEST_ANSWER:
        piece = connection.recv(_LONGEST_ANSWER)
        if not piece:
            break
        heard += piece
    if not heard:
        raise ConnectionResetError
    return heard.split(b"\0", 1)[0].decode(errors="replace").strip()
