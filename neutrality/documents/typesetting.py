"""Papers set by a process of their own: kept for the next paper, and replaced after many."""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import IO, Any, Final, cast

from neutrality.documents import typesetter

_PAPERS: Final = 500
_SECONDS: Final = 120.0


class NotTypeset(Exception):
    """A paper that cannot be set; says why, for those who write templates."""


def typeset_pdf(**asked: Any) -> bytes:  # noqa: ANN401  what Typst takes, as JSON
    """Return the tagged PDF (PDF/UA-1) of what is asked: `root`, `input`, `sys_inputs`, `timestamp`.

    Raises:
        NotTypeset: The data does not fit the template, or the paper takes longer than two minutes.
    """
    with _pool.lend() as process:
        answer = process.ask(json.dumps(asked).encode())
    content = answer[1:]
    if not answer.startswith(typesetter.SET):
        raise NotTypeset(content.decode())
    return content


class _Typesetter:
    """One process, and how many papers it has set."""

    def __init__(self) -> None:
        self._papers = 0
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", typesetter.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
        )

    @property
    def is_usable(self) -> bool:
        """Whether it is there for another paper."""
        return self._papers < _PAPERS and self._process.poll() is None

    def ask(self, message: bytes) -> bytes:
        """Return the answer.

        Raises:
            NotTypeset: It has ended before it answered.
        """
        self._papers += 1
        late = Timer(_SECONDS, self._process.kill)
        late.start()
        try:
            typesetter.write_message(cast("IO[bytes]", self._process.stdin), message)
            return typesetter.read_message(cast("IO[bytes]", self._process.stdout))
        except (EOFError, OSError) as ended:
            raise NotTypeset("The typesetter ended before the paper was set.") from ended
        finally:
            late.cancel()

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


class _Pool:
    """Keeps one process that waits; threads that set papers at once have one each meanwhile."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[_Typesetter] = []
        self._inherited: list[_Typesetter] = []

    @contextmanager
    def lend(self) -> Iterator[_Typesetter]:
        """Lend the process that waits, or a new one; one that failed is not kept."""
        process = self._take() or _Typesetter()
        try:
            yield process
        except BaseException:
            process.end()
            raise
        with self._lock:
            is_kept = process.is_usable and not self._waiting
            if is_kept:
                self._waiting.append(process)
        if not is_kept:
            process.end()

    def _take(self) -> _Typesetter | None:
        with self._lock:
            process = self._waiting.pop() if self._waiting else None
        if process is None or process.is_usable:
            return process
        process.end()
        return None

    def end(self) -> None:
        """End the process that waits."""
        while self._waiting:
            self._waiting.pop().end()

    def forget(self) -> None:
        """Begin anew in a forked process: those of its parent are not its own to use or to end."""
        self._lock = Lock()
        self._inherited += self._waiting
        self._waiting = []


_pool: Final = _Pool()
os.register_at_fork(after_in_child=_pool.forget)
atexit.register(_pool.end)
