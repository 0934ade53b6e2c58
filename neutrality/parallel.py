"""Several pieces of long work side by side, each in a process of its own."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from django.db import connection, connections


def side_by_side(work: Callable[..., None], calls: Sequence[tuple[Any, ...]]) -> None:
    """Call `work` with each of these arguments, on as many processors as there are.

    The calls must not wait for one another. They are made one after the other where there is
    nothing to gain (one call, one processor), where a process cannot be forked safely (macOS and
    Windows), and in a transaction, of which another process would see nothing.

    Raises:
        Exception: What the first call raised that failed; the others are let end.
    """
    processors = min(len(calls), os.cpu_count() or 1)
    if processors < 2 or not sys.platform.startswith("linux") or connection.in_atomic_block:
        for arguments in calls:
            work(*arguments)
        return
    connections.close_all()  # two processes cannot speak on one
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(max_workers=processors, mp_context=fork) as pool:
        for done in [pool.submit(work, *arguments) for arguments in calls]:
            done.result()
