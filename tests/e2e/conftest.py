"""A real Chromium in front of the real site."""

import pytest
from django.conf import settings as project
from playwright.sync_api import expect, sync_playwright

from tests.e2e import chromium
from tests.e2e.looker import ALL_WAYS, DESKTOP, PHONE, Looker
from tests.pledges.conftest import city, hr  # noqa: F401  a city to look at
from tests.scenarios.conftest import elections, proven  # noqa: F401  stories are proven alike

__all__ = ["DESKTOP", "PHONE"]


@pytest.fixture(scope="package")
def browser():
    """Start one Chromium for all tests of this folder that a worker does one after the other.

    The loop that talks to it would stop others in the same thread from having one of their own.
    """
    program = chromium.find()
    if program is None:
        raise pytest.UsageError(chromium.MISSING)
    expect.set_options(timeout=30_000)  # a slow machine is no defect of a page
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=chromium.flags())
        yield started
        started.close()


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(browser, live_server, request):
    """Open a page at the width of a phone and of a desktop; addresses may be relative.

    A test fails when the page has thrown an error or the browser has refused something for the
    Content-Security-Policy.
    """
    with browser.new_context(
        viewport=request.param, base_url=live_server.url, locale="id-ID"
    ) as context:
        opened = context.new_page()
        complaints: list[str] = []
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("console", lambda line: _note(line, complaints))
        yield opened
        assert complaints == []


@pytest.fixture
def looker(browser, live_server, request):
    """A browser that speaks one language; `request.param` is it, alone or with ways of looking."""
    language, ways = (
        request.param if isinstance(request.param, tuple) else (request.param, ALL_WAYS)
    )
    # Colours that fade in would be read half-way.
    quiet = {"base_url": live_server.url, "reduced_motion": "reduce"}
    with browser.new_context(**quiet) as context:
        spoken = {
            "name": project.LANGUAGE_COOKIE_NAME,
            "value": language,
            "url": live_server.url,
        }
        context.add_cookies([spoken])
        yield Looker(context.new_page(), live_server.url, ways)


def _note(line, complaints):
    if line.type == "error" and "Content Security Policy" in line.text:
        complaints.append(line.text)
