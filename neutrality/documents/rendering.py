"""From a content to the bytes of an accessible PDF."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import segno

from neutrality.documents.typesetting import typeset_pdf
from neutrality.documents.wording import Json, legible_tree

TEMPLATES: Final = Path(__file__).parent / "typst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The issuing office as a letter shows it."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds a content: letterhead, number, the way to verify it, remarks."""

    title: str
    number: str
    form_code: str
    office: Letterhead
    verify_url: str
    verify_code: str
    issued_at: datetime
    banner: str = ""
    remarks: tuple[str, ...] = ()


def content_digest(content: Mapping[str, Json]) -> str:
    """Return the SHA-256 of a content in its canonical JSON form."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def render(*, content: Mapping[str, Json], frame: Frame) -> bytes:
    """Return a tagged PDF (PDF/UA-1); the same arguments give the same bytes.

    Texts travel as JSON and are never read as markup; characters that the embedded fonts lack
    are written as their Unicode names.

    Raises:
        NotTypeset: When the content does not fit its template.
    """
    surrounding = asdict(frame) | {"issued_at": None, "content_sha256": content_digest(content)}
    data = legible_tree({"content": dict(content), "frame": _as_json(surrounding)})
    return typeset_pdf(
        root=str(TEMPLATES),
        input=str(TEMPLATES / f"{content['template']}.typ"),
        sys_inputs={"data": json.dumps(data), "qr": _qr_code(frame.verify_url)},
        timestamp=int(frame.issued_at.timestamp()),
    )


def typeset(*, source: Path, data: Mapping[str, Json], title: str) -> bytes:
    """Return a tagged PDF of an app's own Typst file, for papers that are printed and not kept.

    `data` arrives as JSON in `sys.inputs.data`, with `title`; the same rules for texts and fonts
    hold as for documents.

    Raises:
        NotTypeset: When the data does not fit the file.
    """
    tree = legible_tree({**data, "title": title})
    return typeset_pdf(
        root=str(source.parent), input=str(source), sys_inputs={"data": json.dumps(tree)}
    )


def qr_code(text: str) -> str:
    """Return a QR code as SVG, with its quiet zone."""
    return _qr_code(text)


def _as_json(value: Mapping[str, object]) -> Json:
    tree: Json = json.loads(json.dumps(value))
    return tree


def _qr_code(address: str) -> str:
    image = io.BytesIO()
    segno.make(address, error="m", micro=False).save(image, kind="svg", scale=4, border=4)
    return image.getvalue().decode("utf-8")
