"""Words that are rendered once: right in each language, blind to what belongs to one reader."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

PAGE = "{% load i18n ui %}{% once %}{% translate 'Keluar' %}|{{ name }}{% endonce %}"


@pytest.mark.ignore_template_errors
def test_words_are_rendered_once_for_each_language_and_know_no_reader():
    page = Template(PAGE)
    shown = []
    for language, name in (("id", "Lurah contoh"), ("en", "Camat contoh"), ("id", "Kepala contoh")):
        with override(language):
            shown.append(page.render(Context({"name": name})).partition("|"))
    words, _bar, names = zip(*shown, strict=True)
    assert words == ("Keluar", "Sign out", "Keluar")
    assert not any("contoh" in name for name in names)
