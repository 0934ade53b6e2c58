"""Bootstrap's style sheet, cut down to what our pages use.

The whole of it has two thousand classes, of which we use some sixty: a cheap phone would fetch and
read a quarter of a megabyte before it can paint. `ui.finders` offers the rest as a static file; a
test tells when a template names a class of Bootstrap that was cut off.
"""

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

SOURCE: Final = "static/bootstrap/css/bootstrap.min.css"
# A class is kept when it is one of these, or begins with one and a stroke.
KEPT: Final = (
    *("active", "alert", "align-self", "badge", "btn", "caption-top", "col", "d-block", "d-flex"),
    *("d-inline", "d-none", "disabled", "fade", "flex-grow", "form", "fs-6", "fw", "gap-2"),
    *("h-auto", "h1", "h2", "h3", "h4", "h5", "h6", "input-group", "invalid-feedback"),
    *("is-invalid", "lead", "list-unstyled", "m-0", "mark", "mb", "mt", "order-md", "pt-0", "row"),
    *("show", "small", "table", "text-break", "text-danger", "visually-hidden"),
)
_CLASS: Final = re.compile(r"\.((?:[\w-]|\\.)+)")
_NESTED: Final = ("@media", "@supports")
Block = tuple[str, str | None]


def bootstrap() -> str:
    """Return Bootstrap's own style sheet."""
    return (files("bootstrap") / SOURCE).read_text(encoding="utf-8")


def classes_of(css: str) -> set[str]:
    """Return the classes that a style sheet or a selector speaks of."""
    return {name.replace("\\", "") for name in _CLASS.findall(css)}


def is_kept(name: str) -> bool:
    """Say whether the pages use this class of Bootstrap."""
    return any(name == stem or name.startswith(f"{stem}-") for stem in KEPT)


def trimmed(css: str) -> str:
    """Return the minified style sheet without the rules for classes that are not kept."""
    return "".join(_trimmed(css))


def _trimmed(css: str) -> Iterator[str]:
    for head, body in _blocks(css):
        if body is None:
            yield head
        elif head.startswith(_NESTED):
            inner = trimmed(body)
            yield f"{head}{{{inner}}}" if inner else ""
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        else:
            kept = ",".join(part for part in _selectors(head) if _is_used(part))
            yield f"{kept}{{{body}}}" if kept else ""


def _is_used(selector: str) -> bool:
    return all(map(is_kept, classes_of(selector)))


def _blocks(css: str) -> Iterator[Block]:
    """Give each statement or comment: its head, and what stands in its braces, if it has any."""
    at = 0
    while (opens := css.find("{", at)) >= 0:
        if css.startswith("/*", at):
            ends = css.index("*/", at) + 2
            yield css[at:ends], None
            at = ends
            continue
        ends = css.find(";", at, opens)
        if ends >= 0:
            yield css[at : ends + 1], None
            at = ends + 1
            continue
        closes = _closing(css, opens)
        yield css[at:opens], css[opens + 1 : closes]
        at = closes + 1


def _closing(css: str, opens: int) -> int:
    depth, at = 1, opens
    while depth:
        at += 1
        depth += (css[at] == "{") - (css[at] == "}")
    return at


def _selectors(head: str) -> Iterator[str]:
    """Cut a list of selectors at its commas; those in brackets belong to one selector."""
    depth, begun = 0, 0
    for at, sign in enumerate(head):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            yield head[begun:at]
            begun = at + 1
    yield head[begun:]
