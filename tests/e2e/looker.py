"""Looking at pages near and far, by day and by night: axe finds nothing, nothing sticks out."""

from dataclasses import dataclass, field

from tests.e2e.axe import violations
from tests.e2e.walk import carry_over

PHONE = {"width": 360, "height": 740}
TABLET = {"width": 768, "height": 1024}
DESKTOP = {"width": 1280, "height": 800}
# A form with nothing in it, sent past what the browser itself would ask for.
EMPTY = """
() => {
    const asks = ':has(input:not([type="hidden"]), textarea, select)';
    const form = document.querySelector(`main form[method="post"]${asks}`);
    for (const field of form.elements) {
        if (field.type === "hidden") continue;
        if (field.type === "checkbox" || field.type === "radio") field.checked = false;
        else if (field.tagName === "SELECT") field.selectedIndex = -1;
        else if (field.tagName !== "BUTTON") field.value = "";
    }
    form.submit();
}
"""
# By night only the colours are others; on a desktop only the places.
COLOURS = {"runOnly": ["color-contrast"]}
LAYOUT = {"runOnly": ["scrollable-region-focusable", "target-size", "color-contrast"]}


@dataclass(frozen=True)
class Way:
    """One way of looking at a page: how wide, by which light, what axe looks for, if at all."""

    name: str
    size: dict[str, int]
    light: str = "light"
    options: dict[str, list[str]] | None = field(default_factory=dict)


ALL_WAYS = (
    Way("phone", PHONE),
    Way("phone by night", PHONE, "dark", COLOURS),
    Way("desktop by night", DESKTOP, "dark", COLOURS),
    Way("tablet", TABLET, options=None),
    Way("desktop", DESKTOP, "light", LAYOUT),
)
# One thorough look for each language, one near by day and one far by night, and both measured.
SPREAD = {
    "id": (Way("phone", PHONE, options=None), Way("desktop", DESKTOP)),
    "en": (Way("desktop", DESKTOP, options=None), Way("phone by night", PHONE, "dark")),
}


class Looker:
    """A browser of one language in which every page is seen near and far, by day and by night."""

    def __init__(self, page, address, ways=ALL_WAYS):
        self.page, self.address, self.ways = page, address, ways
        self.found = []

    def be(self, client):
        """Go on as the visitor who has come this far."""
        carry_over(client, self.page, self.address)

    def look(self, path, *, status=200):
        """Open a page and note what is wrong with it; what is not found is a page too."""
        for place, way in enumerate(self.ways):
            self.page.set_viewport_size(way.size)
            self.page.emulate_media(color_scheme=way.light)
            if place == 0:
                answer = self.page.goto(path)
                if answer.status != status:
                    self.found.append((path, way.name, "answered otherwise", answer.status))
                arrived = self.page.url.removeprefix(self.address)
                if arrived != path:
                    self.found.append((path, way.name, "led elsewhere", arrived))
            self._note(path, way)

    def refuse(self, path):
        """Send the form of a page empty; look at the page that says what is missing."""
        way = self.ways[0]
        self.page.set_viewport_size(way.size)
        self.page.emulate_media(color_scheme=way.light)
        self.page.goto(path)
        with self.page.expect_navigation() as arrived:
            self.page.evaluate(EMPTY)
        if arrived.value.status != 422:
            self.found.append((path, way.name, "not refused", arrived.value.status))
        self._note(f"{path} refused", way)

    def _note(self, path, way):
        if way.options is not None:
            self.found += [
                (path, way.name, row["id"], node["html"][:160])
                for row in violations(self.page, way.options)
                for node in row["nodes"]
            ]
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.found.append((path, way.name, "wider than the screen", ""))
