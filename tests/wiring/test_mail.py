"""The demo's mail catcher, spoken to over real SMTP, and the pages that show its mails."""

import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from email.message import EmailMessage

import pytest
from django.test import override_settings
from django.urls import clear_url_caches, include, path

from neutrality import env, urls

PROGRAM = (
    "import asyncio, sys; from pathlib import Path; from neutrality.mailcatcher import catch; "
    "asyncio.run(catch(folder=Path(sys.argv[1]), port=int(sys.argv[2])))"
)

urlpatterns = [*urls.urlpatterns, path("surel/", include("neutrality.mailbox"))]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "mail"


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def catcher(folder, port):
    command = [sys.executable, "-c", PROGRAM, folder, str(port)]
    with subprocess.Popen(command, cwd=env.BASE_DIR) as process:
        _wait_until_it_listens(port)
        yield process
        process.kill()


@pytest.fixture
def pages(folder):
    """Serve the pages that only the demo has."""
    with override_settings(ROOT_URLCONF="tests.wiring.test_mail", CAUGHT_MAIL_DIR=folder):
        clear_url_caches()
        yield
    clear_url_caches()


def _wait_until_it_listens(port):
    deadline = time.monotonic() + 120
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "the catcher never listened"
            time.sleep(0.05)
        else:
            return


def _send(port, *, subject="Kabar", text="Isi surel"):
    message = EmailMessage()
    message["From"] = "layanan@contoh.example"
    message["To"] = "pelapor@contoh.example"
    message["Subject"] = subject
    message.set_content(text)
    with smtplib.SMTP("127.0.0.1", port) as connection:
        connection.send_message(message)


def test_each_mail_becomes_a_file_in_the_order_of_arrival(catcher, folder, port):
    _send(port, subject="Pertama")
    _send(port, subject="Kedua")

    kept = sorted(folder.iterdir())
    assert [file.name for file in kept] == ["000001.eml", "000002.eml"]
    assert "Subject: Kedua" in kept[1].read_text()


def test_the_catcher_ends_when_asked(catcher):
    os.kill(catcher.pid, signal.SIGTERM)

    assert catcher.wait(60) == 0


def test_a_kept_mail_can_be_read_in_the_browser(client, catcher, folder, port, pages):
    _send(port, subject="Laporan <diterima>", text="Baris satu\nhttps://contoh.example/lacak/")

    listed = client.get("/surel/").content.decode()
    shown = client.get("/surel/1/").content.decode()

    assert '<a href="/surel/1/">Laporan &lt;diterima&gt;</a>' in listed
    assert 'Baris satu<br><a href="https://contoh.example/lacak/"' in shown


def test_a_mail_that_was_never_sent_is_not_found(client, folder, pages):
    assert client.get("/surel/7/").status_code == 404


def test_outside_the_demo_there_is_no_page_of_mails(client):
    assert client.get("/surel/").status_code == 404
