"""The server under test: gunicorn with two workers, as `make run` starts it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

WORKERS: Final = 2
START_SECONDS: Final = 60.0


class ServerDied(RuntimeError):
    """The server ended before it answered; its log says why."""


@contextlib.contextmanager
def serve(environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """Serve the site with this environment; yields the port."""
    port = _free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "neutrality.wsgi"),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", "4"),
        *("--keep-alive", "60", "--no-control-socket", "--log-level", "warning"),
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603
            command, env={**os.environ, **environment}, stdout=output, stderr=output
        )
        try:
            _wait(process, port, log)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ServerDied(log.read_text(errors="replace")[-2000:])
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise ServerDied(f"No answer within {START_SECONDS:.0f} s; see {log}.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
