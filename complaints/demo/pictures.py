"""Pictures for the demo: a drawn post that says it is an example."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw

from complaints.demo.stories import Story
from complaints.services.evidence_intake import ArrivedFile


@contextmanager
def screenshot(story: Story, unit: str) -> Iterator[ArrivedFile]:
    """Draw a phone screenshot of the story's post and hand it over as an arrived file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tangkapan-layar.png"
        _draw(story, unit).save(path)
        content = path.read_bytes()
        yield ArrivedFile(
            name=path.name,
            path=path,
            size=len(content),
            sha256=sha256(content).hexdigest(),
            pieces=[content],
        )


def _draw(story: Story, unit: str) -> Image.Image:
    picture = Image.new("RGB", (360, 640), "#f4f1ea")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 360, 56), fill="#0b4f5c")
    pen.text((16, 20), f"{story.platform} - CONTOH", fill="white", font_size=18)
    pen.rectangle((16, 80, 344, 420), fill="#cfd8dc", outline="#607d8b", width=2)
    pen.ellipse((140, 140, 220, 220), fill="#90a4ae")
    pen.rectangle((110, 230, 250, 400), fill="#90a4ae")
    pen.text((16, 440), f"{story.who}", fill="#212121", font_size=18)
    pen.text((16, 468), unit, fill="#424242", font_size=16)
    pen.text((16, 520), "Gambar buatan untuk peragaan", fill="#616161", font_size=14)
    return picture
