"""What somebody else does in the midst of a transaction of ours, without leaving it to chance."""

from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread

from django.db import connection

PATIENCE = 120
WAITS = "SELECT pg_backend_pid() = ANY(pg_blocking_pids(%s))"


class Other:
    """Somebody who acts on a connection of their own; has come so far as the locks let them."""

    def __init__(self, act):
        self._act = act
        self._pid: SimpleQueue[int] = SimpleQueue()
        self._thread = Thread(target=self._run)
        self._thread.start()
        pid = self._pid.get(timeout=PATIENCE)
        while self._thread.is_alive() and not _asked(WAITS, [pid]):
            self._thread.join(0.01)

    def _run(self):
        try:
            self._pid.put(_asked("SELECT pg_backend_pid()"))
            self._came = self._act()
        except Exception as error:  # noqa: BLE001  it is handed to whoever asks
            self._came = error
        finally:
            connection.close()

    def outcome(self):
        """What came of it, or the exception with which it ended."""
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return self._came


class Cut:
    """The other one, once the statement has come in which they cut in."""

    other: Other | None = None

    def outcome(self):
        """What came of it."""
        assert self.other is not None, "No such statement came."
        return self.other.outcome()


@contextmanager
def cut_in(words, act):
    """While the block runs, let `act` begin after the first statement that has these words.

    The block goes on when the other one has ended, or waits for a lock that the block holds.
    """
    cut = Cut()

    def wrapper(execute, sql, *rest):
        done = execute(sql, *rest)
        if words in sql and cut.other is None:
            cut.other = Other(act)
        return done

    with connection.execute_wrapper(wrapper):
        yield cut


def _asked(sql, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
