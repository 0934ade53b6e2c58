"""Somebody who has no mouse and no screen to touch."""

from tests.complaints.public.journey import ACCOUNT


class Keys:
    """Somebody who has a keyboard only: everything is reached with Tab and pressed with keys."""

    def __init__(self, page):
        self.page = page
        # Choosers are caught from the beginning: the order to catch one, given together with the
        # key that opens it, reaches a busy browser after the key now and then.
        page.on("filechooser", lambda _chooser: None)

    def to(self, selector):
        """Press Tab until this has the focus, as a person would."""
        for _ in range(120):
            if self.page.evaluate("(s) => document.activeElement?.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(selector)

    def type(self, selector, words):
        self.to(selector)
        self.page.keyboard.type(words)

    def choose(self, name, value):
        """Reach a group with Tab; inside it go with the arrows."""
        self.to(f'[name="{name}"]')
        group = f'[name="{name}"]'
        for _ in range(30):
            if self.page.evaluate("() => document.activeElement.value") == value:
                break
            kind = self.page.evaluate("() => document.activeElement.type")
            self.page.keyboard.press("ArrowDown" if kind == "radio" else "Tab")
        self.page.keyboard.press("Space")
        assert self.page.locator(f'{group}[value="{value}"]').is_checked()

    def date(self, selector, iso):
        """Type a date the way the browser's own field takes it: month, day, year here."""
        self.to(selector)
        year, month, day = iso.split("-")
        self.page.keyboard.type(f"{month}{day}{year}")
        assert self.page.locator(selector).input_value() == iso

    def attach(self, selector, file):
        """Reach a field for files, open the chooser as the keyboard does, and pick one there."""
        self.to(selector)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(file)

    def press(self, selector="main .form-buttons .btn-primary"):
        self.to(selector)
        with self.page.expect_navigation() as arrived:
            self.page.keyboard.press("Enter")
        assert arrived.value.ok, (self.page.url, arrived.value.status)


def tell_by_keys(keys):
    """Answer from the code to whom it helped."""
    code = keys.page.locator("#kode").inner_text().strip()
    keys.type("[name=akhir]", code[-4:])
    keys.press()
    keys.choose("kategori", "FINGER_POSE")
    keys.press()
    keys.type("[name=uraian]", ACCOUNT)
    keys.press()
    keys.choose("ketepatan", "DAY")
    keys.date("#id_kejadian", "2025-06-14")
    keys.date("#id_diketahui", "2025-06-14")
    keys.press()
    keys.choose("cara", "internet")
    keys.type("#cari-wilayah", "kota kediri")
    keys.type("[name=platform]", "WhatsApp")
    keys.press()
    keys.press()
    keys.type("[name=nama]", "Lurah contoh")
    keys.press()
    keys.press()
    keys.choose("rekan", "tidak")
    keys.press()
    keys.type("[name=siapa]", "Calon contoh")
    keys.press()
