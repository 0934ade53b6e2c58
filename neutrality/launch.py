"""`make run`: everything on one machine, from an empty folder to a page that answers."""

import argparse
import ctypes
import hashlib
import io
import logging
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import django
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import OperationalError
from honcho.environ import parse_procfile
from honcho.manager import Manager

from neutrality import env
from neutrality.embedded import PR_SET_PDEATHSIG, Home, ServiceError, Services, needed

VAR = env.var_folder()
# The law, the regions and the elections, then the demo; each leaves alone what is there already.
LOADERS = ("load_law", "load_regions", "load_elections", "load_demo", "load_pledge_demo")
ANSWER_SECONDS = 60.0
FREE_SECONDS = 15.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Start everything and stay until Ctrl-C.

    Returns:
        The exit status: 0 after Ctrl-C, 1 when something did not start or died.
    """
    parser = argparse.ArgumentParser(prog="make run", description="Start the whole site.")
    parser.add_argument("--port", type=_port, default=8000, help="where the site answers")
    port: int = parser.parse_args(arguments).port
    _listen_to_signals()
    try:
        return _run(port)
    except ServiceError as error:
        sys.stderr.write(f"\n{error}\n")
        return 1
    except OperationalError as error:
        sys.stderr.write(f"\nThe database at DATABASE_URL does not answer: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 0


def _run(port: int) -> int:
    env.load_file()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neutrality.settings.demo")
    with ExitStack() as stack:
        _say("PostgreSQL and Valkey")
        stack.enter_context(Services(Home(VAR), **needed(os.environ)))
        left_behind = _mark(VAR / "running", stack)
        _wait_for_port(port, FREE_SECONDS if left_behind else 0.0)
        _set_addresses(port)
        _prepare()
        return _supervise(port)


# --- before -------------------------------------------------------------------------------------


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _listen_to_signals() -> None:
    """Undo what a shell does to jobs in the background: it makes them deaf to Ctrl-C."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


def _say(what: str) -> None:
    sys.stdout.write(f"· {what}\n")
    sys.stdout.flush()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise ServiceError(f"Only root may use port {port}: make run PORT=8000") from None
        except OSError:
            return False
    return True


def _free_port(wanted: int) -> int:
    """Return the wanted port if it is free, else any."""
    if wanted < 65536 and _is_free(wanted):
        return wanted
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_port(port: int, seconds: float) -> None:
    """Be sure that the port is free; what a killed start left behind needs a moment to end.

    Raises:
        ServiceError: another program uses the port.
    """
    deadline = time.monotonic() + seconds
    while not _is_free(port):
        if time.monotonic() >= deadline:
            raise ServiceError(f"Port {port} is taken. Choose another: make run PORT={port + 1}")
        time.sleep(0.2)


def _mark(file: Path, stack: ExitStack) -> bool:
    """Let a file stand while the site runs; say whether a bad end has left it there."""
    left_behind = file.exists()
    file.touch()
    stack.callback(file.unlink, missing_ok=True)
    return left_behind


def _set_addresses(port: int) -> None:
    """Tell the processes where they and their services are."""
    home = Home(VAR)
    defaults = {
        "VAR_DIR": str(VAR),
        "DATABASE_URL": home.database_url,
        "REDIS_URL": home.redis_url,
        "SITE_URL": f"http://localhost:{port}",
        "EMAIL_PORT": str(_free_port(port + 1025)),
    }
    for name, value in defaults.items():
        os.environ[name] = os.environ.get(name) or value
    os.environ["WEB_BIND"] = f"127.0.0.1:{port}"
    # Whoever starts `.venv/bin/python` directly has not put its folder into PATH.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


# --- the data -----------------------------------------------------------------------------------


def _prepare() -> None:
    """Bring catalogues, tables, demo data and static files up to date."""
    _compile_catalogues()
    django.setup()
    logging.disable(logging.INFO)  # the thousands of tasks of the demo are nobody's news
    _say("tables")
    call_command("migrate", verbosity=0)
    known = get_commands()
    for command in LOADERS:
        if command in known:
            _say(command)
            call_command(command, verbosity=0, stdout=io.StringIO())
    _collect_static_files()
    _empty_metrics()
    logging.disable(logging.NOTSET)


def _compile_catalogues() -> None:
    """Compile the translations that are newer than their result."""
    for source in sorted(env.BASE_DIR.glob("locale/*/LC_MESSAGES/django.po")):
        result = source.with_suffix(".mo")
        if result.exists() and result.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as catalogue, result.open("wb") as compiled:
            write_mo(compiled, read_po(catalogue, locale=source.parts[-3]))


def _collect_static_files() -> None:
    """Collect and compress the static files, when they are not those of the last time."""
    digest_file = VAR / "static.digest"
    digest = _digest_of_static_files()
    if digest_file.exists() and digest_file.read_text(encoding="ascii") == digest:
        return
    _say("static files")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    digest_file.write_text(digest, encoding="ascii")


def _digest_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _empty_metrics() -> None:
    """Start the counters that the web processes share at nought."""
    folder = VAR / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


# --- the processes ------------------------------------------------------------------------------


def _supervise(port: int) -> int:
    """Run the processes of the Procfile until one ends or somebody says stop."""
    multiprocessing.set_start_method("fork")
    os.register_at_fork(after_in_child=_die_with_parent)
    procfile = parse_procfile((env.BASE_DIR / "Procfile").read_text(encoding="utf-8"))
    manager = Manager()
    for name, command in procfile.processes.items():
        manager.add_process(name, _bound(command), env=dict(os.environ), cwd=str(env.BASE_DIR))
    threading.Thread(target=_greet, args=[port], daemon=True).start()
    manager.loop()
    asked_to_stop = manager.returncode in {128 + signal.SIGINT, 128 + signal.SIGTERM}
    return 0 if asked_to_stop else 1


def _bound(command: str) -> str:
    """Return the command bound to the life of its parent, where the system can do that.

    It is killed outright: a worker that was asked would wait for a database and a queue that are
    gone as well.
    """
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return f"exec setpriv --pdeathsig KILL {command}" if setpriv else f"exec {command}"


def _die_with_parent() -> None:
    """End honcho's own children, which ignore every other signal, together with this process."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _greet(port: int) -> None:
    """Print the address and the accounts as soon as the site answers."""
    if not _answers(f"http://127.0.0.1:{port}/readyz"):
        return
    sys.stdout.write(f"\n  http://localhost:{port}\n")
    sys.stdout.write(f"  mails: http://localhost:{port}/surel/\n\n")
    if "demo_accounts" in get_commands():
        call_command("demo_accounts")
    sys.stdout.flush()


def _answers(address: str) -> bool:
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    return False


if __name__ == "__main__":
    sys.exit(main())
