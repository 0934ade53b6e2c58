"""Several people press at the same moment, each on a connection of their own."""

from threading import Barrier, Thread

from django.db import connection


def at_once(*presses):
    """Run these at the same moment, each on its own connection; return the statuses, sorted."""
    return sorted(press.status_code for press in all_at_once(*presses))


def all_at_once(*presses):
    """Run these at the same moment, each on its own connection; return what came back."""
    barrier, results = Barrier(len(presses)), []

    def run(press):
        try:
            barrier.wait()
            results.append(press())
        finally:
            connection.close()

    threads = [Thread(target=run, args=(press,)) for press in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
