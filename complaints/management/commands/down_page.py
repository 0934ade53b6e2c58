"""Writes the page that the front server shows while the application is down."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string
from django.utils.translation import override

from complaints.papers.blank_form import absolute, blank_report_form
from complaints.selectors.down_page import down_page
from neutrality.law.clock import read_clock

PAGE: Final = "index.html"
FORM: Final = "formulir-laporan.pdf"
STYLE: Final = "gaya.css"
_LOOK: Final = "css/down.css"


class Command(BaseCommand):
    """`manage.py down_page --to FOLDER`: a page, its look, and the blank form; no other file."""

    help = "Writes the static page with addresses, hours and the blank form for times of trouble."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("--to", type=Path, required=True)

    def handle(self, *_args: Any, to: Path, **_options: Any) -> None:  # noqa: ANN401  Django's
        """Write the files; an older page stays until the new one is whole."""
        clock = read_clock()
        to.mkdir(parents=True, exist_ok=True)
        address = absolute("public:report_start")
        _replace(to / FORM, blank_report_form(office=None, address=address, clock=clock))
        with override(settings.LANGUAGE_CODE):
            page = down_page(clock=clock)
            context = {"page": page, "form": FORM, "style": STYLE}
            text = render_to_string("complaints/down/index.html", context)
        _replace(to / STYLE, Path(finders.find(_LOOK) or "").read_bytes())
        _replace(to / PAGE, text.encode())
        self.stdout.write(f"{to / PAGE}: {sum(len(each.offices) for each in page.provinces)}")


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".baru")
    fresh.write_bytes(content)
    fresh.replace(path)
