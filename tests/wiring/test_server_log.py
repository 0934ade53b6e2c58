"""A real gunicorn, started as in production, tells nothing of whoever asks it for what."""

import json
import re
import shlex
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
SECRET = "-".join(["rahasia", "7f3a"])
AGENT = "Telepon/1.0"
# An application that fails as no view can: where Django itself does not catch it.
FAILING = "def application(environ, answer):\n    raise ValueError(environ['PATH_INFO'])\n"


def command():
    """Return gunicorn's line of the Procfile, with another application on a port that is free."""
    line = re.search(r"^web: (.*)$", (BASE / "Procfile").read_text(), re.MULTILINE)[1]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = shlex.split(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", line))
    words[words.index("neutrality.wsgi")] = "failing:application"
    words[words.index("--bind") + 1] = f"127.0.0.1:{port}"
    return [sys.executable, "-m", *words], port


@pytest.fixture
def server(tmp_path):
    """A server that runs, its port, and what it has written so far."""
    (tmp_path / "failing.py").write_text(FAILING)
    words, port = command()
    written = tmp_path / "stderr"
    with written.open("wb") as stream:
        process = subprocess.Popen(
            [
                *words,
                *("--pythonpath", f"{tmp_path},{BASE}"),
                *("--access-logfile", "-", "--graceful-timeout", "2"),
            ],
            stdout=stream,
            stderr=stream,
            cwd=tmp_path,
        )
        try:
            await_port(port)
            yield port, written.read_text
        finally:
            process.terminate()
            process.wait(timeout=60)


def await_port(port):
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(port)


def ask(port, raw):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(raw)
        return line.recv(200).split(b"\r\n")[0]


def test_neither_a_malformed_request_nor_one_that_fails_is_quoted(server):
    port, written = server
    named = f"Host: x\r\nUser-Agent: {AGENT}\r\n\r\n"
    answers = [
        ask(port, f"GET /berhenti/{SECRET}/ SCHMTTP/9\r\n{named}".encode()),
        ask(port, f"{SECRET}\r\n{named}".encode()),
        ask(port, f"GET /x HTTP/1.1\r\nUser Agent {AGENT}: {SECRET}\r\n\r\n".encode()),
        ask(port, f"GET /berhenti/{SECRET}/?kode={SECRET} HTTP/1.1\r\n{named}".encode()),
    ]
    assert [b" 400 " in line for line in answers] == [True, True, True, False]
    assert b" 500 " in answers[3]
    lines = [json.loads(text) for text in written().splitlines()]
    said = [(line["event"], line["level"]) for line in lines]
    assert said == [("Invalid request from", "warning")] * 3 + [("Error handling request", "error")]
    assert lines[3]["exception"].endswith("builtins.ValueError")
    for secret in (SECRET, AGENT, "127.0.0.1", "berhenti"):
        assert secret not in written()


def test_why_a_server_does_not_start_is_told_whole(server, tmp_path):
    port, _written = server
    words, _free = command()
    words[words.index("--bind") + 1] = f"127.0.0.1:{port}"
    ended = subprocess.run(words, cwd=BASE, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, "Connection in use: ('127.0.0.1'" in ended.stderr) == (1, True)


@pytest.mark.parametrize("file", ["Procfile", "Dockerfile", "docs/operations.md", "compose.yaml"])
def test_whatever_starts_the_server_starts_it_quiet(file):
    text = (BASE / file).read_text()
    starts = len(re.findall(r"gunicorn\"?,? \"?neutrality\.wsgi", text))
    assert text.count("neutrality.server_log.ServerLog") == starts
