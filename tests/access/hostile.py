"""What somebody posts who means harm, or whose keyboard does: for any form, taken from its page."""

import re
from copy import deepcopy
from dataclasses import dataclass
from html import unescape
from itertools import cycle, islice
from urllib.parse import quote_plus, urljoin, urlsplit
from zlib import crc32

from django.conf import settings
from django.contrib.sessions.backends.cached_db import KEY_PREFIX
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import Resolver404, resolve

from tests.scenarios.pages import Form, read_forms

TYPE = "application/x-www-form-urlencoded"
WORDS = (
    "\0",
    "\ud800\udfff",
    "9" * 400,
    "-1",
    "\u200b\u200d\ufeff",
    "\u202egnp.exe\u2066",
    "<script>alert(1)</script>\"'>",
    "'; DROP TABLE complaints_report; --",
    "{{ 7|add:7 }}{% debug %}%s%n",
    "nama@contoh.id\r\nBcc: x@y.id",
    "\U0001f600\u0301" * 30,
    "x" * 30_000,
    "0",
    "\u0663\u0665.\u0667\u0661",
    "javascript:alert(1)",
    "http://[::1",
)
# For days, times, numbers and addresses: at the edges of what can be, and beyond.
TYPED = (
    "9999-12-31T23:59",
    "9999-12-31",
    "0001-01-01T00:00",
    "0001-01-01",
    "1900-01-01T00:00",
    "1900-01-01",
    "2008-01-01T08:00",
    "2099-12-31T23:59",
    "2099-12-31",
    "2025-02-30",
    "99999999999999999999",
    "-2147483649",
    "NaN",
    "1e400",
    "\u00b2",
    "\0",
)
CHOICES = ("tidak-ada", "99999999999999999999", "-1", "\0", "1" * 300, "\u00b2", "None", "\ud800")
FILES = (
    ("../../etc/passwd", b""),
    ("\u202egnp.pdf", b"%PDF-1.7\n\0\xff"),
    ("a" * 300 + ".xlsx", b"PK\x03\x04" + bytes(40)),
    ("%00.csv", b"a;b\n\xff\xfe;1\n"),
    ("<b>.png", b"\x89PNG\r\n\x1a\n"),
)
# Where no form was met: what most of them ask.
USUAL = ("alasan", "versi", "keputusan", "pesan", "nomor", "kode", "berkas", "body", "credential")
SENSIBLE = {
    "date": "2025-06-20",
    "datetime-local": "2025-06-20T09:00",
    "time": "09:00",
    "number": "1",
    "email": "orang@contoh.id",
    "url": "https://contoh.id/1",
    "tel": "0812 3456 7890",
}
FREE = frozenset({"text", "textarea", "search"})
POSTING = re.compile(r'(?i)method="post"')
MARKS = re.compile(r"(?i)<form[^>]*>|<(?:input|select|textarea|button)[^>]*\sname=\"[^\"]*\"")
TOKEN = "csrfmiddlewaretoken"  # noqa: S105


@dataclass(frozen=True)
class Asked:
    """A form, who met it, and where it goes."""

    who: tuple[str, str]
    address: str
    form: Form


class Met:
    """The forms that were met on the way through all pages, each once."""

    def __init__(self):
        self.forms: dict[str, dict[object, Asked]] = {}
        self._pages: set[object] = set()

    def page(self, who, address, html):
        """Keep what a page asks, by the name of the page that takes the answer."""
        marks = frozenset(MARKS.findall(html))
        if not POSTING.search(html) or (urlsplit(address).path, marks) in self._pages:
            return
        self._pages.add((urlsplit(address).path, marks))
        for form in read_forms(html):
            if form.method.lower() == "post":
                target = urljoin(address, form.action or address)
                asks = frozenset(form.names), frozenset(form.buttons)
                known = self.forms.setdefault(name_of(target), {})
                known.setdefault(asks, Asked(who, target, form))


def name_of(address):
    """Return the name of the page behind an address, or nothing."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def attacks(page, form):
    """Return what this form is tried with: everything that fits it, or a share that changes.

    Where only words are typed, four of them; a form beside it gets the next four.
    """
    base, (free, typed, other) = base_of(form), kinds_of(form)
    words = share(WORDS, 4, page, *free) if free else ()
    edges = TYPED if typed else share(TYPED, 2, page, *free) if free else ()
    chosen = share(CHOICES, 2, page, *other) if other else ()
    return [
        base,
        {},
        {name: [*values, "Contoh", "\u0663"] for name, values in base.items()},
        *({**base, name: [value]} for name, value in form.buttons),
        *({**base, **dict.fromkeys(free, (word,))} for word in words),
        *({**base, **dict.fromkeys([*typed, *free], (edge,))} for edge in edges),
        *({**base, **dict.fromkeys(other, (choice,))} for choice in chosen),
    ]


def share(values, number, *names):
    """Return some of the values, others for other names, the same in each run."""
    start = crc32("/".join(names).encode()) % len(values)
    return list(islice(cycle(values), start, start + number))


def base_of(form):
    """Return what somebody might fill in who means no harm: first choices, fitting days, numbers."""
    filled = {name: list(values) for name, values in form.filled.items()}
    for name in sorted(form.names - files_of(form)):
        if not any(filled.get(name, ())):
            offered = sorted(value for value in form.offered.get(name, ()) if value)
            usual = SENSIBLE.get(form.kinds.get(name, ""), "Contoh")
            filled[name] = offered[:1] if name in form.offered else [usual]
    filled.pop(TOKEN, None)
    return filled


def files_of(form):
    """Return the names of the fields that take files."""
    return {name for name, kind in form.kinds.items() if kind == "file"}


def kinds_of(form):
    """Return the names of free texts, of other values that are typed, and of choices."""
    names = sorted(form.names - files_of(form) - {TOKEN})
    kinds = {name: form.kinds.get(name, "select") for name in names}
    free = [name for name, kind in kinds.items() if kind in FREE]
    typed = [name for name, kind in kinds.items() if kind in SENSIBLE]
    return free, typed, [name for name in names if name not in {*free, *typed}]


def send(browser, address, fields):
    """Post this as a browser does; a lone surrogate travels as the bytes that it would be."""
    pairs = ((name, value) for name, values in fields.items() for value in values)
    body = "&".join(
        f"{quote_plus(name)}={quote_plus(value.encode(errors='surrogatepass'))}"
        for name, value in pairs
    )
    return kept(browser, lambda: browser.post(address, body, content_type=TYPE))


def send_files(browser, address, form, name, content):
    """Post a file of this name in every field that takes one."""
    files = {field: SimpleUploadedFile("x", content) for field in files_of(form)}
    for file in files.values():
        file._name = name  # as it comes, before anything cleans it
    return kept(browser, lambda: browser.post(address, {**base_of(form), **files}))


def kept(browser, act):
    """Do something as this browser; its cookies stay, and its session is read anew afterwards."""
    cookies = deepcopy(browser.cookies)
    try:
        return act()
    finally:
        browser.cookies = cookies
        if session := cookies.get(settings.SESSION_COOKIE_NAME):
            cache.delete(f"{KEY_PREFIX}{session.value}")


def lost(html, form, fields):
    """Return what was typed in the text fields and is not on the page any more."""
    shown = unescape(html).replace("\r\n", "\n")
    typed = {name: fields.get(name, [""])[-1] for name in kinds_of(form)[0]}
    came = {name: _as_it_came(value) for name, value in typed.items()}
    return sorted(name for name, value in came.items() if value.strip() and value not in shown)


def _as_it_came(value):
    return value.encode(errors="surrogatepass").decode(errors="replace").replace("\r\n", "\n")
