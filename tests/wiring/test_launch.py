"""`make run`: what it says when it cannot start, and how it prepares."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

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
    program = f"import socket, time; s = socket.create_server(('127.0.0.1', {port})); time.sleep(1)"
    with subprocess.Popen([sys.executable, "-c", program]):
        _wait_until(lambda: not launch._is_free(port))

        launch._wait_for_port(port, 20.0)

    assert launch._is_free(port)


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
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as page:
                return page.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


def _wait_until(condition, seconds=480):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)


def test_the_whole_site_starts_survives_a_kill_and_stops_with_ctrl_c(tmp_path, port):
    site = Site(tmp_path / "a folder with spaces", port)
    with site.start() as killed:
        _wait_until(site.answers)
        second = site.run()
        os.killpg(killed.pid, signal.SIGKILL)

    with site.start() as process:
        for line in process.stdout:
            if f"http://localhost:{port}/surel/" in line:
                break
        answered = site.answers()
        process.send_signal(signal.SIGINT)
        process.stdout.read()

    assert (second.returncode, "already run" in second.stderr) == (1, True)
    assert "Traceback" not in second.stderr
    assert answered
    assert process.returncode == 0
    assert launch._is_free(port)
