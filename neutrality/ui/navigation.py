"""The menu of the staff pages, as data of the settings."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise


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
    held = frozenset(roles)
    offered: list[NavigationItem] = [
        item for item in settings.STAFF_NAVIGATION if not item.roles or item.roles & held
    ]
    urls = [reverse(item.view) for item in offered]
    places = {
        place: url
        for item, url in zip(offered, urls, strict=True)
        for place in (url, *item.also)
        if path.startswith(place)
    }
    nearest = places[max(places, key=len)] if places else ""
    return [
        NavigationLink(str(item.label), url, item.icon, current=url == nearest)
        for item, url in zip(offered, urls, strict=True)
    ]
