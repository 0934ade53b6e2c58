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
    """Return the program of a Chromium that starts on this machine, one of the system first."""
    of_system = [Path(found) for name in NAMES if (found := shutil.which(name))]
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return next((each for each in (*of_system, MACOS, own) if starts(each)), None)


def starts(program: Path) -> bool:
    """Whether a program is there and finds its libraries: a download comes without them."""
    if not program.exists():
        return False
    asked = [str(program), "--version"]
    try:
        return subprocess.run(asked, capture_output=True, check=False, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def flags() -> list[str]:
    """Return how to start it; a Chromium of root has no sandbox."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)


def install() -> None:
    """Try Playwright's own download, then, as root, its libraries and the distribution's package."""
    playwright = [sys.executable, "-m", "playwright"]
    attempts = [[*playwright, "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts += [
            ["apt-get", "update", "--quiet"],
            ["apt-get", "install", "--yes", "--quiet", "chromium"],
            [*playwright, "install-deps", "chromium"],
        ]
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
