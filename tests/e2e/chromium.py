"""Find a Chromium for the browser tests, or install one: `python -m tests.e2e.chromium`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# Nothing but the page under test: no updates, no look-ups of its maker's hosts.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = (
    "The browser tests need Chromium, and none could be found or installed. Install one, for "
    "example with `apt install chromium` or `.venv/bin/playwright install --with-deps chromium`, "
    "and start again.\n"
)


def find() -> Path | None:
    """Return the program of a Chromium on this machine, one of the system first."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    if MACOS.exists():
        return MACOS
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def flags() -> list[str]:
    """Return how to start it; a Chromium of root has no sandbox."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)


def install() -> None:
    """Try Playwright's own download, then, as root, the distribution's package."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts.append(["apt-get", "update", "--quiet"])
        attempts.append(["apt-get", "install", "--yes", "--quiet", "chromium"])
    for attempt in attempts:
        if find() is None:
            subprocess.run(attempt, check=False)


def main() -> int:
    """Make sure that there is a Chromium; say what to install when there is none."""
    if find() is None:
        sys.stdout.write("· Chromium\n")
        sys.stdout.flush()
        install()
    if find() is None:
        sys.stderr.write(MISSING)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
