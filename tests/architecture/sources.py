"""The files of the project as git knows them, and what the rules need from them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

from neutrality.env import BASE_DIR

PACKAGES = ("neutrality", "complaints", "pledges")


@cache
def files() -> tuple[Path, ...]:
    """Return every file that is in git or would be added to it."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.check_output(command, cwd=BASE_DIR, text=True)
    paths = [Path(name) for name in listed.split("\0") if name]
    return tuple(sorted(path for path in paths if (BASE_DIR / path).is_file()))


def modules() -> list[Path]:
    """Return the modules of the product, without migrations."""
    return [
        path
        for path in files()
        if path.suffix == ".py" and path.parts[0] in PACKAGES and "migrations" not in path.parts
    ]


def templates() -> list[Path]:
    """Return the templates."""
    return [path for path in files() if path.suffix in {".html", ".txt"} and _is_template(path)]


def _is_template(path: Path) -> bool:
    return "templates" in path.parts


def text(path: Path) -> str:
    """Return a file's text; files that are not text have none."""
    try:
        return (BASE_DIR / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the functions and methods of a module."""
    tree = ast.parse(text(path))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]
