"""Several people press at the same moment, each on a connection of their own."""

from threading import Barrier, Thread

from django.db import connection


def at_once(*presses):
    """Run these at the same moment, each on its own connection; return the statuses, sorted."""
    return sorted(press.status_code for press in all_at_once(*presses))


def all_at_once(*presses):
    """Run these at the same moment, each on its own connection; return what came back."""
    return list(_run(presses).values())


def in_order(*presses):
    """Run these at the same moment; return what came back to each, in the order of the presses."""
    results = _run(presses)
    return [results[place] for place in range(len(presses))]


def _run(presses):
    """Run these; return what came back by the place of the press, first come first."""
    barrier, results = Barrier(len(presses)), {}

    def run(place, press):
        try:
            barrier.wait()
            results[place] = press()
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(presses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
