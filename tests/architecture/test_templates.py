"""What the Content-Security-Policy and the rules of escaping ask of every template."""

import re

import pytest

from tests.architecture import sources

FORBIDDEN = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "a script in the page": r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
    "an event attribute": r"\son[a-z]+\s*=\s*[\"']",
    "hx-on": r"\bhx-on\b",
    "a filter that trusts text": r"\|\s*safe\b|\bautoescape\s+off\b",
    "another site's file": r"(?:src|href)=[\"'](?:https?:)?//[^\"']*\.(?:js|css|woff2?|png|svg)",
}


@pytest.mark.parametrize("what", sorted(FORBIDDEN))
def test_no_template_holds(what):
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    pages = [path for path in sources.templates() if path.suffix == ".html"]

    assert [str(path) for path in pages if pattern.search(sources.text(path))] == []


def test_no_code_marks_text_as_safe_but_the_one_that_joins_what_was_escaped():
    trusting = re.compile(r"\bmark_safe\b|\bSafeString\(")

    found = [str(path) for path in sources.modules() if trusting.search(sources.text(path))]
    assert found == ["neutrality/ui/markup.py"]
