"""What axe finds on the open page, and no more: all that is in order would be slow to carry over."""

from axe_playwright_python.base import AXE_SCRIPT

RUN = "async (options) => (await axe.run(options)).violations"


def violations(page, options=None):
    """Return the rules that the open page breaks, each with the places where it does."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN, {"resultTypes": ["violations"], **(options or {})})
