"""A browser without scripts: it reads a page, fills in the form it finds there, and sends it."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.test import Client

MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


@dataclass
class Form:
    """A form as it stands on a page: where it goes, what is filled in, what is offered."""

    action: str = ""
    method: str = "get"
    filled: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def answered(self, answers):
        """Return what a browser would send after somebody chose these answers."""
        for name, value in answers.items():
            given = [str(each) for each in value] if isinstance(value, list) else [value]
            if name in self.offered:
                assert set(given) <= self.offered[name], (name, given, self.offered[name])
        return {**self.filled, **answers}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self._open = False
        self._in_select = self._in_textarea = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._open = True
            self.forms.append(Form(given.get("action") or "", given.get("method") or "get"))
        elif self._open and tag in {"input", "select", "textarea", "button", "option"}:
            getattr(self, f"_{tag}")(given)

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = False
        elif tag == "select":
            self._in_select = ""
        elif tag == "textarea":
            self._in_textarea = ""

    def handle_data(self, data):
        if self._in_textarea:
            values = self.forms[-1].filled[self._in_textarea]
            values[-1] += data.removeprefix("\n") if not values[-1] else data

    def _button(self, given):
        """A button sends nothing unless it is the one that is pressed."""
        if given.get("name"):
            self.forms[-1].buttons.append((given["name"], given.get("value") or ""))

    def _input(self, given):
        form, name, kind = self.forms[-1], given.get("name"), given.get("type", "text")
        if kind == "submit":
            self._button(given)
        if not name or kind == "submit":
            return
        form.names.add(name)
        form.kinds[name] = kind
        value = given.get("value", "on" if kind == "checkbox" else "") or ""
        if kind in {"radio", "checkbox"}:
            form.offered.setdefault(name, set()).add(value)
        if (kind not in {"radio", "checkbox"} or "checked" in given) and kind != "file":
            form.filled.setdefault(name, []).append(value)

    def _select(self, given):
        self._in_select = given.get("name", "")
        self.forms[-1].names.add(self._in_select)
        self.forms[-1].offered.setdefault(self._in_select, set())

    def _option(self, given):
        form, value = self.forms[-1], given.get("value", "")
        if not self._in_select:
            return
        form.offered[self._in_select].add(value)
        if "selected" in given or self._in_select not in form.filled:
            form.filled[self._in_select] = [value]

    def _textarea(self, given):
        self._in_textarea = given.get("name", "")
        self.forms[-1].kinds[self._in_textarea] = "textarea"
        self.forms[-1].names.add(self._in_textarea)
        self.forms[-1].filled[self._in_textarea] = [""]


def forms_of(html):
    """Return the forms in the main part of a page, in their order."""
    return read_forms(MAIN.search(html)[0])


def read_forms(html):
    """Return all forms of a page, those of its frame too."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def words(answer):
    """Return the text of the main part of a page in one line."""
    html = answer.content.decode()
    found = MAIN.search(html)
    return unescape(" ".join(TAGS.sub(" ", found[0] if found else html).split()))


class Visitor:
    """Somebody with a browser; `user` is who has logged in, if anybody."""

    def __init__(self, user=None):
        self.client = Client()
        if user is not None:
            self.client.force_login(user)

    def open(self, url, status=200):
        """Open a page; raises AssertionError when it answers otherwise."""
        answer = self.client.get(url)
        assert answer.status_code == status, (url, answer.status_code, words(answer)[:1500])
        return answer

    def read(self, url):
        """Return the words of a page."""
        return words(self.open(url))

    def send(self, url, answers=None, *, to="", status=302):
        """Open a page, fill in its form that asks for these answers, and send it.

        `to` names the form by the end of its address where several ask for the same.
        """
        answers = answers or {}
        html = self.open(url).content.decode()
        form = self._form(html, answers, to, url)
        target = urljoin(url, form.action or url)
        answer = self.client.post(target, form.answered(answers))
        assert answer.status_code == status, (target, answer.status_code, words(answer)[:1500])
        return answer

    def _form(self, html, answers, to, url):
        forms = [form for form in forms_of(html) if form.method.lower() == "post"]
        asking = [form for form in forms if set(answers) <= form.names]
        found = [form for form in asking if (form.action or url).endswith(to)]
        assert found, (url, sorted(answers), [(form.action, sorted(form.names)) for form in forms])
        return found[0]
