"""Walking through the site in a real browser: open a page, look at it, fill in its form, send it."""

import re

from django.test import Client

from tests.e2e.axe import violations

# One look at each page and width is enough: what changes are the numbers in its address.
PLACES = re.compile(r"/[0-9a-z]{12}(?=/)|/[0-9a-f-]{36}|\d+")


def carry_over(client, page, address):
    """Let a browser go on where the client of a test has come to."""
    kept = [each for each in client.cookies.values() if each.value]
    page.context.add_cookies(
        [{"name": each.key, "value": each.value, "url": address} for each in kept]
    )


class Walk:
    """One browser in which somebody is logged in, or nobody; every page is looked at by axe."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.looked = set()
        self.found = {}
        page.set_default_timeout(30_000)

    def be(self, user=None):
        """Become this person, in a fresh session."""
        self.page.context.clear_cookies()
        if user is None:
            return
        client = Client()
        client.force_login(user)
        carry_over(client, self.page, self.address)

    def go(self, url):
        """Open a page; raises AssertionError when it answers with an error."""
        answer = self.page.goto(url)
        assert answer.ok, (url, answer.status, self.words()[:1500])
        self.look()

    def words(self):
        """Return what can be read on the page."""
        return self.page.locator("main").inner_text()

    def send(self, url, answers=None, *, to=""):
        """Open a page, fill in the form that asks for these answers, and press its button."""
        self.go(url)
        return self.fill(answers or {}, to=to)

    def fill(self, answers, *, to=""):
        """Fill in a form of the open page and press its button."""
        asked = "".join(f':has([name="{name}"])' for name in answers)
        ends = f'[action$="{to}"]' if to else ""
        form = self.page.locator(f'main form[method="post"]{ends}{asked}').first
        for name, value in answers.items():
            _answer(form, name, value)
        self._press(form)

    def hand_in(self, url, file, caption):
        """Hand in a file with the caption that the page asks for once it is chosen."""
        self.go(url)
        form = self.page.locator("form[data-uploads]")
        form.locator('[name="berkas"]').set_input_files(file)
        form.locator(".upload-list input").fill(caption)
        self.look("chosen")
        self._press(form)
        handed_in = self.page.locator(".task-list li", has_text=file["name"])
        assert caption in handed_in.inner_text()

    def press(self, selector):
        """Press a button or a link of the open page that leads to another."""
        with self.page.expect_navigation() as arrived:
            self.page.locator(selector).first.click()
        answer = arrived.value
        assert answer.ok, (self.page.url, answer.status, self.words()[:1500])
        self.look()

    @staticmethod
    def button(form):
        """Return the button that goes on; the one that goes back sends the form too."""
        buttons = form.locator('button[type="submit"], button:not([type])')
        return buttons.and_(form.locator('button:not([name="kembali"])')).last

    def _press(self, form):
        button = self.button(form)
        if form.get_attribute("data-confirm"):
            button.click()
            button = self.page.locator("dialog[open] .btn-danger")
            self.look("dialog")
        with self.page.expect_navigation() as arrived:
            button.click()
        answer = arrived.value
        assert answer.ok, (self.page.url, answer.status, self.words()[:1500])
        self.look()

    def look(self, part=""):
        """Let axe look at what has not been looked at before."""
        place = PLACES.sub("/·", self.page.url.removeprefix(self.address)) + part
        if place in self.looked:
            return
        self.looked.add(place)
        if seen := violations(self.page):
            self.found[place] = [
                (row["id"], [node["html"][:200] for node in row["nodes"]]) for row in seen
            ]


class Blind(Walk):
    """A browser whose scripts are switched off; axe is one, so nothing is looked at."""

    def look(self, part=""):
        """Nothing can look here."""

    def hand_in(self, url, file, caption):
        """Hand in a file by the plain form, which has one caption for all files."""
        self.send(url, {"berkas": file, "keterangan": caption})


def _answer(form, name, value):
    """Give one answer the way its field takes it."""
    fields = form.locator(f'[name="{name}"]')
    kind = fields.first.get_attribute("type")
    if value is True:
        fields.first.check()
    elif kind in {"radio", "checkbox"}:
        for each in value if isinstance(value, list) else [value]:
            form.locator(f'[name="{name}"][value="{each}"]').check()
    elif kind == "file":
        fields.first.set_input_files(value)
    elif form.locator(f'select[name="{name}"]').count():
        fields.first.select_option(value)
    else:
        fields.first.fill(value)
