"""English is complete: every string that people see has its words, with the same placeholders."""

import re

import pytest
from babel.messages.pofile import read_po

from neutrality.env import BASE_DIR

CATALOGUE = BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
SOURCES = ("complaints", "neutrality", "pledges", "templates")
PYTHON = re.compile(r'\b(?:gettext|gettext_lazy|_)\(\s*"((?:[^"\\\n]|\\.)+)"\s*[,)]')
TEMPLATE = re.compile(r"{%\s*translate\s+\"([^\"]+)\"")


@pytest.fixture(scope="module")
def messages():
    with CATALOGUE.open("rb") as file:
        return [message for message in read_po(file, locale="en") if message.id]


def texts(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def test_no_string_is_left_without_english(messages):
    assert [message.id for message in messages if not all(texts(message.string))] == []


def test_no_translation_is_a_guess(messages):
    assert [message.id for message in messages if message.fuzzy] == []


def test_english_keeps_the_placeholders(messages):
    changed = [
        message.id
        for message in messages
        if set(PLACEHOLDER.findall(texts(message.id)[-1]))
        != set(PLACEHOLDER.findall(texts(message.string)[-1]))
    ]

    assert changed == []


def test_every_simple_string_of_the_sources_stands_in_the_catalogue(messages):
    known = {text for message in messages for text in texts(message.id)}
    found = {
        match
        for folder in SOURCES
        for pattern, ending in ((PYTHON, "*.py"), (TEMPLATE, "*.html"))
        for path in (BASE_DIR / folder).rglob(ending)
        for match in pattern.findall(path.read_text(encoding="utf-8"))
    }

    assert sorted(text for text in found if text.replace('\\"', '"') not in known) == []
