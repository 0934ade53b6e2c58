"""Write the page of every workflow into the docs, or check that the pages are fresh."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from neutrality.casework import registry
from neutrality.casework.pages import page

PAGES: Final = Path(__file__).resolve().parents[4] / "docs" / "workflows"


class Command(BaseCommand):
    """`workflow_docs` writes docs/workflows/*.md; `--check` fails when one is stale."""

    help = "Writes docs/workflows/<name>.md from the workflow tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--check` and the folder."""
        parser.add_argument("--check", action="store_true", help="only compare, write nothing")
        parser.add_argument("--folder", type=Path, default=PAGES, help="where the pages are")

    def handle(self, *, check: bool, folder: Path, **options: Any) -> None:  # noqa: ANN401, ARG002
        """Write or compare every page; a page of no workflow is removed or reported."""
        wanted = {f"{workflow.name}.md": page(workflow) for workflow in registry.workflows()}
        stale = sorted(
            name for name in _names(folder) | set(wanted) if _differs(folder, name, wanted)
        )
        if check and stale:
            raise CommandError(f"Stale: {', '.join(stale)}. Run manage.py workflow_docs.")
        for name in stale:
            _write(folder / name, wanted.get(name))
            self.stdout.write(f"{name}\n")


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.md")}


def _differs(folder: Path, name: str, wanted: dict[str, str]) -> bool:
    path = folder / name
    present = path.read_text(encoding="utf-8") if path.exists() else None
    return present != wanted.get(name)


def _write(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
