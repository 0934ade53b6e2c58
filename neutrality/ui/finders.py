"""Static files that are made from a package instead of being kept here."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from neutrality.ui.stylesheets import bootstrap, trimmed

NAME: Final = "css/bootstrap.css"


class BootstrapFinder(BaseFinder):
    """Finds `css/bootstrap.css`: what our pages use of the style sheet of the Bootstrap package.

    The file is written below `var/` when a process first looks for it.
    """

    def find(self, path: str, find_all: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 - as Django calls it
        """Return where the file is, or nothing for any other name."""
        if path != NAME:
            return []
        found = self._storage.path(NAME)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:  # noqa: ARG002
        """Give the one file with the storage that holds it."""
        yield NAME, self._storage

    @cached_property
    def _storage(self) -> FileSystemStorage:
        """The folder, with the file in it as the installed package has it."""
        folder = Path(settings.VAR) / "made-static"
        file = folder / NAME
        css = trimmed(bootstrap())
        if not file.exists() or file.read_text(encoding="utf-8") != css:
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(f".{uuid4().hex}")
            fresh.write_text(css, encoding="utf-8")
            fresh.replace(file)  # at once: other processes may be reading
        return FileSystemStorage(location=folder)
