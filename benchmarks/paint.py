"""When a cheap phone on slow 4G sees the page: `python -m benchmarks.paint http://localhost:8000`."""

import sys
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from playwright.sync_api import Browser, Page, StorageState, ViewportSize, sync_playwright

from tests.e2e import chromium

PAGES: Final = ("/", "/lapor/", "/lapor/perbuatan/", "/panduan/", "/lacak/")
ROUNDS: Final = 5
AT_MOST_MS: Final = 2500
PHONE: Final[ViewportSize] = {"width": 360, "height": 740}
# What Lighthouse calls slow 4G: 150 ms, 1.6 Mbit/s down, 750 kbit/s up; a processor a quarter as fast.
LINE: Final = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_638_400 / 8,
    "uploadThroughput": 768_000 / 8,
}
SLOWER: Final = 4
_PAINTED: Final = """() => new Promise((done) => {
    let last = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) last = entry.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    setTimeout(() => done(last), 500);
})"""


class NoBrowser(RuntimeError):
    """There is no Chromium on this machine; the message says how to get one."""


@dataclass(frozen=True, slots=True)
class Painted:
    """When the largest part of a page is there, in the median."""

    page: str
    ms: float

    @property
    def met(self) -> bool:
        """Whether that is soon enough."""
        return self.ms <= AT_MOST_MS

    def entry(self) -> dict[str, str | float | bool]:
        """Return the outcome as it is written down."""
        return {"name": "largest_paint", "page": self.page, "ms": self.ms, "met": self.met}

    def line(self) -> str:
        """Return the outcome as a line that says met or not met."""
        verdict = "met" if self.met else "NOT MET"
        return f"largest_paint  {self.page:18}{self.ms:7.0f} ms, at most {AT_MOST_MS}  {verdict}"


def main() -> int:
    """Measure a running site; 1 when a page is not met or there is no browser."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    try:
        painted = measure(address, rounds=ROUNDS)
    except NoBrowser:
        sys.stderr.write(chromium.MISSING)
        return 1
    for each in painted:
        sys.stdout.write(f"{each.line()}\n")
    return 0 if all(each.met for each in painted) else 1


def measure(address: str, *, rounds: int) -> list[Painted]:
    """Open each page with an empty cache, several times; raises `NoBrowser`."""
    if rounds == 0:
        return []
    program = chromium.find()
    if program is None:
        raise NoBrowser(chromium.MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.flags())
        try:
            draft = _draft(browser, address)
            return [
                Painted(
                    page,
                    median(_largest_paint(browser, address + page, draft) for _ in range(rounds)),
                )
                for page in PAGES
            ]
        finally:
            browser.close()


def _draft(browser: Browser, address: str) -> StorageState:
    """Begin a draft and go as far as its first question; return the cookies."""
    with browser.new_context(base_url=address, locale="id-ID") as context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto("/lapor/")
        _answer(page, '[name="cara"][value="nama"]')
        _answer(page, '[name="cara"][value="simpan"]')
        code = page.locator("#kode").inner_text().strip()
        _answer(page, '[name="akhir"]', code[-4:])
        page.wait_for_url("**/lapor/perbuatan/")
        return context.storage_state()


def _answer(page: Page, field: str, words: str = "") -> None:
    """Choose or fill in a field, and press the button of its form."""
    form = page.locator(f"main form:has({field})")
    if words:
        form.locator(field).fill(words)
    else:
        form.locator(field).check()
    with page.expect_navigation():
        form.locator("button[type=submit]").first.click()


def _largest_paint(browser: Browser, url: str, draft: StorageState) -> float:
    options: Any = {"viewport": PHONE, "locale": "id-ID", "storage_state": draft}
    with browser.new_context(**options) as context:
        page = context.new_page()
        line: Any = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", LINE)
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(url, wait_until="load", timeout=60_000)
        return float(page.evaluate(_PAINTED))


if __name__ == "__main__":
    sys.exit(main())
