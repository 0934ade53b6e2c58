"""`make run`: what it says when it cannot start, and how it prepares."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from threading import Timer

import pytest
from honcho.environ import parse_procfile

from neutrality import env, launch
from neutrality.embedded import ServiceError


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("text", ["0", "65536", "-1", "eight", ""])
def test_a_port_that_is_none_is_refused_with_a_sentence(text, capsys):
    with pytest.raises(SystemExit):
        launch.main(["--port", text] if not text.startswith("-") else [f"--port={text}"])

    assert "PORT must be a number from 1 to 65535" in capsys.readouterr().err


def test_a_taken_port_is_refused_with_the_next_one_proposed(port):
    with socket.create_server(("127.0.0.1", port)), pytest.raises(ServiceError) as refusal:
        launch._wait_for_port(port, 0.0)

    assert str(refusal.value) == f"Port {port} is taken. Choose another: make run PORT={port + 1}"


def test_a_port_that_a_killed_start_still_holds_is_waited_for(port):
    program = (
        f"import socket, sys; s = socket.create_server(('127.0.0.1', {port})); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as holder:
        _wait_until(lambda: not launch._is_free(port))
        Timer(0.5, holder.stdin.close).start()

        launch._wait_for_port(port, 120.0)

    assert launch._is_free(port)


def test_a_port_that_only_root_may_use_is_refused_with_a_sentence(monkeypatch):
    class Guarded(socket.socket):
        """The socket of somebody who is not root."""

        def bind(self, _address):
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket, "socket", Guarded)
    with pytest.raises(ServiceError) as refusal:
        launch._wait_for_port(80, 0.0)

    assert str(refusal.value) == "Only root may use port 80: make run PORT=8000"


def test_a_given_database_that_does_not_answer_is_named(tmp_path, port):
    site = Site(tmp_path, port)
    site.environment["DATABASE_URL"] = f"postgres://neutrality@127.0.0.1:{port}/neutrality"
    site.environment["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
    ended = site.run()

    assert (ended.returncode, "Traceback" in ended.stderr) == (1, False)
    assert "The database at DATABASE_URL does not answer: " in ended.stderr
    assert not list(tmp_path.rglob("PG_VERSION"))


def test_make_run_works_from_another_folder_with_spaces_in_both_paths(tmp_path):
    place = tmp_path / "a clone with spaces"
    program = place / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\npwd\necho "$@"\n')
    program.chmod(0o755)
    for name in ("Makefile", "requirements.txt", "constraints.txt"):
        shutil.copy(env.BASE_DIR / name, place)
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()

    said = subprocess.check_output(
        ["make", "--no-print-directory", "-C", place, "run", "PORT=8123"],
        cwd=elsewhere,
        text=True,
    )

    folder, words = said.splitlines()[-2:]
    assert (folder, words) == (str(place), "-m neutrality.launch --port 8123")
    assert (place / ".venv" / "run.stamp").is_file()


def test_another_port_is_taken_for_the_mails_when_the_usual_one_is_in_use(port):
    with socket.create_server(("127.0.0.1", port)):
        assert launch._free_port(port) != port

    assert launch._free_port(port) == port


def test_the_digest_of_the_static_files_changes_with_them(settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    before = launch._digest_of_static_files()
    (tmp_path / "new.css").write_text("p { margin: 0 }")

    assert launch._digest_of_static_files() != before


def test_the_processes_are_those_of_the_procfile():
    procfile = parse_procfile((env.BASE_DIR / "Procfile").read_text(encoding="utf-8"))

    assert list(procfile.processes) == ["web", "worker", "beat", "mail"]


class Site:
    """The whole site in a folder of its own, started as `make run` starts it."""

    def __init__(self, folder, port):
        self.port = port
        self.command = [sys.executable, "-m", "neutrality.launch", "--port", str(port)]
        self.environment = {
            key: value
            for key, value in os.environ.items()
            if key not in {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
        }
        self.environment["VAR_DIR"] = str(folder)

    def start(self):
        return subprocess.Popen(
            self.command,
            cwd=env.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self):
        """Start it once more, where it is expected to give up at once."""
        return subprocess.run(
            self.command,
            cwd=env.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def answers(self):
        return self.read("/readyz") is not None

    def left(self):
        """The numbers of its processes, as far as the system tells whose they are."""
        mark, found = f"VAR_DIR={self.environment['VAR_DIR']}".encode(), []
        for environment in Path("/proc").glob("[0-9]*/environ"):
            with suppress(OSError):  # it has ended meanwhile
                if mark in environment.read_bytes():
                    found.append(environment.parent.name)
        return found

    def has_delivered(self):
        """Whether a mail has come from the outbox by Redis and the worker to the catcher."""
        return re.search(r'href="/surel/\d+/"', self.read("/surel/") or "") is not None

    def read(self, path):
        """The page, or nothing while there is none."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as page:
                return page.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return None


def _wait_until(condition, seconds=480):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)


def test_the_whole_site_starts_survives_a_kill_and_stops_with_ctrl_c(tmp_path, port):
    site = Site(tmp_path / "a folder with spaces", port)
    with site.start() as killed:
        _wait_until(lambda: site.answers() or killed.poll() is not None)
        assert killed.poll() is None
        _wait_until(site.has_delivered)
        second = site.run()
        os.killpg(killed.pid, signal.SIGKILL)
    _wait_until(lambda: not site.left(), seconds=60)

    with site.start() as process:
        for line in process.stdout:
            if f"http://localhost:{port}/surel/" in line:
                break
        _wait_until(site.answers)
        process.send_signal(signal.SIGINT)
        process.stdout.read()

    assert (second.returncode, "already run" in second.stderr) == (1, True)
    assert "Traceback" not in second.stderr
    assert process.returncode == 0
    assert launch._is_free(port)
    assert site.left() == []
