"""What is left of Bootstrap's style sheet is what the pages use, and follows the package."""

import re
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.templatetags.static import static

from neutrality.ui.finders import BootstrapFinder
from neutrality.ui.stylesheets import bootstrap, classes_of, is_kept, trimmed

WORD = re.compile(r"[A-Za-z][\w-]*")
ATTRIBUTE = re.compile(r'class="((?:{[%{].*?[%}]}|[^"])*)"', re.DOTALL)
# What crispy has for widgets that our forms do not use.
FOREIGN = ("accordion", "card", "collapse", "collapsed", "modal", "nav", "tab-content")


def named(folder):
    """The words in class attributes of the templates of a folder, by file."""
    for path in Path(folder).rglob("*.html"):
        for attribute in ATTRIBUTE.findall(path.read_text(encoding="utf-8")):
            for word in WORD.findall(attribute):
                yield word, path.name


def test_what_the_pages_load_is_cut_out_of_the_package(client):
    kept = Path(find("css/bootstrap.css")).read_text(encoding="utf-8")
    assert kept == trimmed(bootstrap())
    assert len(kept) < len(bootstrap()) // 3
    answer = client.get(static("css/bootstrap.css"))
    assert b"".join(answer).decode() == kept
    assert answer.closed
    assert find("css/bootstrap.min.css") is None


def test_a_file_of_an_older_package_is_written_again(settings, tmp_path):
    settings.VAR = tmp_path
    old = tmp_path / "made-static" / "css" / "bootstrap.css"
    old.parent.mkdir(parents=True)
    old.write_text(".btn{}", encoding="utf-8")
    [(name, storage)] = BootstrapFinder().list(None)
    assert name == "css/bootstrap.css"
    with storage.open(name) as file:
        assert file.read().decode() == trimmed(bootstrap())
    assert [path.name for path in old.parent.iterdir()] == ["bootstrap.css"]


def test_no_page_names_a_class_that_was_cut_off():
    whole = classes_of(bootstrap())
    ours = set(named(settings.BASE_DIR / "templates"))
    crispy = {
        (word, path)
        for word, path in named(files("crispy_bootstrap5"))
        if not word.startswith(FOREIGN) and word != "btn-close"
    }
    cut_off = {(word, path) for word, path in ours | crispy if word in whole and not is_kept(word)}
    assert cut_off == set()


def test_rules_within_rules_and_lists_of_selectors_are_cut_apart():
    css = (
        '@charset "UTF-8";/*! v5.3 (x.com) */:root{--a:1}.btn,.carousel,.btn:not(.carousel,.x){b:1}'
        "@media (min-width:1px){.carousel{c:1}.row>*{d:1}}@media print{.carousel{e:1}}"
        "@keyframes turn{to{f:1}}"
    )
    assert trimmed(css) == (
        '@charset "UTF-8";/*! v5.3 (x.com) */:root{--a:1}.btn{b:1}'
        "@media (min-width:1px){.row>*{d:1}}@keyframes turn{to{f:1}}"
    )
