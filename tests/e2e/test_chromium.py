"""Which Chromium the browser tests take, and what is said when there is none."""

import subprocess

import pytest

from tests.e2e import chromium


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine whose only programs are those that the test writes."""

    def program(name, status):
        file = tmp_path / name
        file.write_text(f"#!/bin/sh\nexit {status}\n")
        file.chmod(0o755)
        return file

    class Nothing:
        chromium = type("Chromium", (), {"executable_path": str(tmp_path / "downloaded")})

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "MACOS", tmp_path / "no-mac")
    monkeypatch.setattr(chromium, "sync_playwright", Nothing)
    return program


def test_a_program_that_does_not_start_is_passed_over(machine):
    machine("chromium", 127)
    assert chromium.find() is None
    downloaded = machine("downloaded", 0)
    assert chromium.find() == downloaded
    machine("google-chrome", 127)
    assert chromium.find() == downloaded
    of_system = machine("chromium-browser", 0)
    assert chromium.find() == of_system


def test_what_is_missing_is_said_and_the_libraries_are_tried_by_root(machine, monkeypatch, capsys):
    machine("downloaded", 127)
    machine("apt-get", 0)
    tried = []
    run = subprocess.run

    def note(command, **how):
        if command[-1] == "--version":
            return run(command, **how)
        tried.append(" ".join(command[-3:]))
        return None

    monkeypatch.setattr(subprocess, "run", note)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    assert chromium.main() == 1
    assert "apt install chromium" in capsys.readouterr().err
    assert [each.split()[-2:] for each in tried][::3] == [
        ["install", "chromium"],
        ["install-deps", "chromium"],
    ]


def test_what_was_installed_is_enough(machine, monkeypatch):
    monkeypatch.setattr(chromium, "install", lambda: machine("downloaded", 0))
    assert chromium.main() == 0
