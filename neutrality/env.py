"""What the environment says: the one place that reads variables."""

import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[1]
# Tables lie in memory or on a drive without moving parts, where a page out of order costs no more
# than the next one; PostgreSQL still supposes four times as much and then reads a whole list,
# to sort it, where walking its index ends after a hundred rows.
_PLANNER: Final = "-c random_page_cost=1.1"


def var_folder() -> Path:
    """Return the folder of everything that is made at run time and is not for git."""
    return Path(text("VAR_DIR", str(BASE_DIR / "var"))).resolve()


def load_file(path: Path = BASE_DIR / ".env") -> None:
    """Take variables from a file of NAME=value lines; what is already set stays."""
    if path.is_file():
        environ.Env.read_env(path)


def required(name: str) -> str:
    """Return a variable that has no default.

    Raises:
        ImproperlyConfigured: the variable is missing or empty; the sentence names it.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}; see .env.example.")
    return value


def text(name: str, default: str = "") -> str:
    """Return a variable as text; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def number(name: str, default: int, *, least: int | None = None) -> int:
    """Return a variable as a whole number.

    Raises:
        ImproperlyConfigured: it is set, and is not a whole number, or less than the least.
    """
    value = text(name)
    try:
        given = int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if least is not None and given < least:
        raise ImproperlyConfigured(f"{name} must be at least {least}, not {given}.")
    return given


def flag(name: str, *, default: bool = False) -> bool:
    """Return a variable as yes or no; the word "false" is no.

    Raises:
        ImproperlyConfigured: it is set, and is neither yes nor no.
    """
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    value = text(name).lower()
    if value and value not in words:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return words.get(value, default)


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """Return Django's dictionary for a database address.

    The host may be a percent-encoded folder of a socket, as libpq allows. `?options=` replaces
    what every connection asks of PostgreSQL's planner.
    """
    settings: dict[str, Any] = environ.Env.db_url_config(url)
    return settings | {
        "HOST": unquote(settings["HOST"]),
        "OPTIONS": {"options": _PLANNER, **settings.get("OPTIONS", {})},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def broker(redis_url: str) -> str:
    """Return the address as Celery's transport spells it.

    redis-py says ``unix:///path?db=1`` where Kombu says ``redis+socket:///path?virtual_host=1``.
    """
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number_of_database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={number_of_database}"
