"""The menu of the staff pages, as data of the settings."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the menu; `roles` empty means everybody who works here.

    `also` names the beginnings of other addresses whose pages belong to the entry.
    """

    label: str | Promise
    view: str
    icon: str
    roles: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """An entry as this page shows it."""

    label: str
    url: str
    icon: str
    current: bool


def links_for(roles: Iterable[str], path: str) -> list[NavigationLink]:
    """The entries of `settings.STAFF_NAVIGATION` for these roles; the closest one is current."""
    offered = _offered(frozenset(roles), get_language())
    places = {
        place: link.url
        for link, also in offered
        for place in (link.url, *also)
        if path.startswith(place)
    }
    nearest = places[max(places, key=len)] if places else ""
    return [replace(link, current=True) if link.url == nearest else link for link, _also in offered]


@cache
def _offered(
    held: frozenset[str], _language: str | None
) -> tuple[tuple[NavigationLink, tuple[str, ...]], ...]:
    """The entries for these roles, none of them current, and what else belongs to each."""
    return tuple(
        (NavigationLink(str(item.label), reverse(item.view), item.icon, current=False), item.also)
        for item in settings.STAFF_NAVIGATION
        if not item.roles or item.roles & held
    )
