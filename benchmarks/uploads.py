"""Evidence of 100 MB: our resumable upload against a bare page that takes the same body.

The floor reads, hashes, writes and fsyncs; ours also seals it, tells its kind and makes it evidence.
Both in turn, round after round. How much memory the web processes took at most is read from the
kernel.
"""

import http.client
import os
import shutil
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import median
from typing import Final
from urllib.parse import urlencode

MIB: Final = 1024 * 1024
SIZE: Final = 100 * MIB
ROUNDS: Final = 5
LEAST_SHARE: Final = 0.5
MOST_MEMORY_MIB: Final = 20
_PIECE: Final = 256 * 1024
_HEAD: Final = b"\0\0\0\x20ftypmp42\0\0\0\0mp42isom" + bytes(8)
_ASKED_FOR_PROCESSES: Final = 60
_FORM: Final = "application/x-www-form-urlencoded"
_TUS: Final = {"Tus-Resumable": "1.0.0"}
_RESET_PEAK: Final = "5"


@dataclass(frozen=True, slots=True)
class UploadResult:
    """What came out: megabytes a second of ours and of the floor, and memory beyond before.

    Attributes:
        mib: How big the file was.
    """

    mib: int
    ours_mib_s: float
    floor_mib_s: float
    memory_mib: float

    @property
    def share(self) -> float:
        """How much of the floor's throughput ours reaches."""
        return self.ours_mib_s / self.floor_mib_s

    def entries(self) -> list[dict[str, str | float | bool]]:
        """Return the outcome as it is written down."""
        return [
            {
                "name": "evidence_upload_100mb",
                "mib": self.mib,
                "ours_mib_s": self.ours_mib_s,
                "floor_mib_s": self.floor_mib_s,
                "share": self.share,
                "met": self.share >= LEAST_SHARE,
            },
            {
                "name": "evidence_upload_memory",
                "mib": self.mib,
                "grown_mib": self.memory_mib,
                "met": self.memory_mib <= MOST_MEMORY_MIB,
            },
        ]

    def lines(self) -> Iterator[str]:
        """Yield the outcome as lines that say met or not met."""
        yield (
            f"{'evidence_upload_100mb':<24}{self.ours_mib_s:>8.0f} MiB/s"
            f"  floor {self.floor_mib_s:>5.0f} MiB/s  {self.share:>6.2f} x, at least {LEAST_SHARE:g}"
            f"  {_verdict(self.share >= LEAST_SHARE)}"
        )
        yield (
            f"{'evidence_upload_memory':<24}{self.memory_mib:>+8.1f} MiB in a web process,"
            f" at most +{MOST_MEMORY_MIB}  {_verdict(self.memory_mib <= MOST_MEMORY_MIB)}"
        )


class Sender:
    """A browser with a draft, on one connection."""

    def __init__(self, port: int) -> None:
        """Begin a draft."""
        self.connection = http.client.HTTPConnection("localhost", port, timeout=120)
        self.cookies: dict[str, str] = {}
        self.token = self.ask("GET", "/lantai/tulis/").decode()
        form = urlencode({"cara": "nama", "csrfmiddlewaretoken": self.token})
        self.ask("POST", "/lapor/mulai/", form.encode(), {"Content-Type": _FORM}, expects=302)
        self.place = ""

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterator[bytes] | None = None,
        headers: dict[str, str] | None = None,
        *,
        expects: int = 200,
    ) -> bytes:
        """Send one request and return the answer's body.

        Raises:
            RuntimeError: Another status; what was measured would mean nothing.
        """
        given = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-CSRFToken": getattr(self, "token", ""),
            **(headers or {}),
        }
        self.connection.request(method, path, body, given)
        answer = self.connection.getresponse()
        text = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, each in SimpleCookie(line).items():
                self.cookies[name] = each.value
        self.place = answer.getheader("Location") or ""
        if answer.status != expects:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:200]!r}")
        return text

    def floor(self, body: bytes) -> float:
        """Give the body to the bare page; return seconds."""
        begun = time.perf_counter()
        self.ask("POST", "/lantai/unggah/", _pieces(body), _plain(len(body)), expects=204)
        return time.perf_counter() - begun

    def ours(self, body: bytes) -> float:
        """Upload the body as evidence; return seconds, the announcement included."""
        begun = time.perf_counter()
        told = f"filename {b64encode(b'rekaman.mp4').decode()}"
        announced = {**_TUS, "Upload-Length": str(len(body)), "Upload-Metadata": told}
        self.ask("POST", "/lapor/bukti/unggah/", None, announced, expects=201)
        headers = {
            **_TUS,
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": str(len(body)),
            "Upload-Offset": "0",
        }
        self.ask("PATCH", self.place, _pieces(body), headers, expects=204)
        return time.perf_counter() - begun

    def processes(self) -> set[int]:
        """Return the web processes that answer."""
        return {int(self.ask("GET", "/lantai/proses/")) for _ in range(_ASKED_FOR_PROCESSES)}


def measure(port: int, *, rounds: int = ROUNDS, mib: int = SIZE // MIB) -> UploadResult:
    """Upload a file of `mib` MiB in turn with the floor to the site on this port."""
    body = _HEAD + os.urandom(mib * MIB - len(_HEAD))
    sender = Sender(port)
    processes = _processes(port)
    sender.floor(body)
    sender.ours(body)
    before = {each: _memory(each, "VmRSS") for each in processes}
    floor, ours, grown = [], [], []
    for _ in range(rounds):
        floor.append(sender.floor(body))
        _forget_peaks(processes)
        ours.append(sender.ours(body))
        grown.append(max(_memory(each, "VmHWM") - before[each] for each in processes))
    sender.connection.close()
    return UploadResult(mib, mib / median(ours), mib / median(floor), max(grown) / MIB)


def throw_away(media: Path) -> None:
    """Delete what was uploaded: it would fill the disk, run after run."""
    for folder in ("sealed", "arriving"):
        shutil.rmtree(media / folder, ignore_errors=True)


def _processes(port: int) -> set[int]:
    """Ask over several connections: each of gunicorn's workers takes some of them."""
    found: set[int] = set()
    for _ in range(6):
        sender = Sender(port)
        found |= sender.processes()
        sender.connection.close()
    return found


def _memory(process: int, name: str) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(each for each in status.splitlines() if each.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024


def _forget_peaks(processes: set[int]) -> None:
    for each in processes:
        Path(f"/proc/{each}/clear_refs").write_text(_RESET_PEAK, encoding="ascii")


def _pieces(body: bytes) -> Iterator[bytes]:
    view = memoryview(body)
    for at in range(0, len(body), _PIECE):
        yield bytes(view[at : at + _PIECE])


def _plain(length: int) -> dict[str, str]:
    return {"Content-Type": "application/octet-stream", "Content-Length": str(length)}


def _verdict(is_met: bool) -> str:  # noqa: FBT001 - the answer is the argument
    return "met" if is_met else "NOT MET"
