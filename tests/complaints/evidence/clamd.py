"""A scanner for the tests: the real clamd where it is installed, and one that speaks its words."""

import contextlib
import hashlib
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

BAD = b"berkas contoh yang dianggap berbahaya oleh pengujian ini" * 4
NAME = "Contoh.Berbahaya"
REAL = shutil.which("clamd") or ""
KINDS = ("protocol", "clamd") if REAL else ("protocol",)


@contextlib.contextmanager
def scanner(kind):
    """Give the address of a running scanner that knows one signature."""
    with tempfile.TemporaryDirectory(prefix="cl-") as folder:
        run = _real if kind == "clamd" else protocol_server
        with run(Path(folder)) as address:
            yield address


@contextlib.contextmanager
def protocol_server(folder, answer=None):
    """Speak INSTREAM over a socket in the folder; `answer` replaces every verdict."""
    path = folder / "clamd.sock"
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen()
        thread = threading.Thread(target=_serve, args=(door, answer), daemon=True)
        thread.start()
        yield str(path)
        door.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _serve(door, answer):
    while True:
        try:
            connection, _ = door.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as heard, contextlib.suppress(OSError):
            verdict = _verdict(heard)
            connection.sendall(verdict if answer is None else answer)


def _verdict(heard):
    assert heard.read(10) == b"zINSTREAM\0"
    content = b""
    while size := int.from_bytes(heard.read(4), "big"):
        content += heard.read(size)
    return f"stream: {NAME} FOUND\0".encode() if content == BAD else b"stream: OK\0"


@contextlib.contextmanager
def _real(folder):
    digest = hashlib.md5(BAD, usedforsecurity=False).hexdigest()
    (folder / "contoh.hdb").write_text(f"{digest}:{len(BAD)}:{NAME}\n")
    settings = folder / "clamd.conf"
    settings.write_text(
        f"LocalSocket {folder}/clamd.sock\nDatabaseDirectory {folder}\nForeground yes\n"
        f"TemporaryDirectory {folder}\nLogFile {folder}/clamd.log\n"
    )
    process = subprocess.Popen([REAL, "--config-file", str(settings)], stdout=subprocess.DEVNULL)
    try:
        _wait_for(folder / "clamd.sock", process)
        yield f"{folder}/clamd.sock"
    finally:
        process.terminate()
        process.wait(60)


def _wait_for(path, process):
    until = time.monotonic() + 120
    while not path.exists():
        assert process.poll() is None, "clamd ended at once"
        assert time.monotonic() < until, "clamd did not start"
        time.sleep(0.05)
