"""When a cheap phone on slow 4G sees the page: `python -m benchmarks.paint http://localhost:8000`."""

import sys
from statistics import median
from typing import Any, Final

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.e2e import chromium

PAGES: Final = ("/", "/lapor/", "/panduan/", "/lacak/")
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


def main() -> int:
    """Measure each page with an empty cache, several times; print medians and what is met."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    program = chromium.find()
    if program is None:
        sys.stderr.write(chromium.MISSING)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.flags())
        for page in PAGES:
            taken = median(_largest_paint(browser, address + page) for _ in range(ROUNDS))
            met = "met" if taken <= AT_MOST_MS else "NOT MET"
            sys.stdout.write(f"{page:12} {taken:7.0f} ms, at most {AT_MOST_MS}  {met}\n")
        browser.close()
    return 0


def _largest_paint(browser: Browser, url: str) -> float:
    with browser.new_context(viewport=PHONE, locale="id-ID") as context:
        page = context.new_page()
        line: Any = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", LINE)
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(url, wait_until="load", timeout=60_000)
        return float(page.evaluate(_PAINTED))


if __name__ == "__main__":
    sys.exit(main())
