"""The choices of a queue's filters: what never changes, and one query for what does."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db import connection
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _

from complaints.selectors import queue_wanted as want
from complaints.selectors.queue_wanted import LISTINGS, Choice, Listing, Wanted, roots_of
from complaints.services.office_roles import CLERKS
from neutrality.audit.actor import Actor
from neutrality.law.codes import ActCode, OutcomeClass
from neutrality.law.labels import choices
from neutrality.ui.markup import options

# Elections, the tree around the chosen place, who works there, whose people were reported there,
# and the columns of the reader.
_ASKED: Final = """
    SELECT 'columns', columns, '' FROM complaints_listcolumns
    WHERE user_id = %(user)s AND listing = %(listing)s
    UNION ALL
    (SELECT 'election', code, name FROM elections_election ORDER BY polling_on DESC, code LIMIT 50)
    UNION ALL
    (SELECT 'place', path, name FROM organisations_office
    WHERE (path = ANY(%(above)s) OR (path LIKE %(below)s AND path NOT LIKE %(deeper)s))
        AND (valid_from IS NULL OR valid_from <= %(day)s)
        AND (valid_until IS NULL OR valid_until > %(day)s)
    ORDER BY path LIMIT 80)
    UNION ALL
    (SELECT DISTINCT 'person', person.id::text, person.name
    FROM accounts_rolegrant AS held
    JOIN accounts_user AS person ON person.id = held.user_id AND person.is_active
    JOIN organisations_office AS office ON office.id = held.office_id
    WHERE office.path = ANY(%(chain)s) AND held.role = ANY(%(roles)s)
        AND held.starts_on <= %(day)s AND (held.ends_on IS NULL OR held.ends_on > %(day)s)
    ORDER BY 3, 2 LIMIT 80)
    UNION ALL
    (SELECT 'agency', code, name FROM organisations_agency
    WHERE code = %(agency)s OR id IN (
        SELECT key::bigint FROM complaints_figure
        WHERE path = %(place)s AND election_id IS NULL AND topic = 'AGENCY'
        ORDER BY amount DESC LIMIT 60)
    ORDER BY name, code)
"""
Options = tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """One select of the filters, its options as they stand in the page.

    `chosen` are the words of the chosen option, empty where nothing is left out.
    """

    name: str
    label: str
    options: SafeString
    chosen: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What a page offers: the selects, and the columns that the reader has chosen before."""

    filters: tuple[Filter, ...]
    columns: str


def choices_of(listing: Listing, *, wanted: Wanted, actor: Actor, day: date) -> Choices:
    """Return the filters of a list with what is chosen, and the reader's columns; one query."""
    found = _ask(listing, wanted, actor, day)
    kinds = ("election", "place", "person", "agency")
    return Choices(
        filters=_filters(
            get_language(), listing.name, tuple(found[kind] for kind in kinds), wanted.chosen
        ),
        columns=str(found["columns"][0][0]) if found["columns"] else "",
    )


def filter_words(listing: Listing, *, wanted: Wanted, actor: Actor, day: date) -> str:
    """Say what a list is filtered by, nothing where it is whole; one query."""
    offered = choices_of(listing, wanted=wanted, actor=actor, day=day)
    told = [f"{each.label}: {each.chosen}" for each in offered.filters if each.chosen]
    if wanted.text:
        told.append(f"{_('Cari')}: {wanted.text}")
    if wanted.same:
        told.append(_("Semua berkas dengan teks yang sama"))
    return "; ".join(told)


def _ask(listing: Listing, wanted: Wanted, actor: Actor, day: date) -> Mapping[str, Options]:
    roots = roots_of(actor)
    place = wanted.place or (roots[0] if len(roots) == 1 else "")
    values: dict[str, Any] = {
        "user": actor.user_id or 0,
        "listing": listing.name,
        "day": day,
        "above": [path for path in _chain(place) if _is_within(path, roots)] or list(roots),
        "below": f"{place}/%" if place else "",
        "deeper": f"{place}/%/%",
        "chain": _chain(place),
        "roles": [str(role) for role in CLERKS],
        "agency": wanted.agency,
        "place": place,
    }
    found: dict[str, list[Choice]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, values)
        for kind, value, words in cursor.fetchall():
            found[kind].append((value, words))
    return defaultdict(tuple, {kind: tuple(rows) for kind, rows in found.items()})


def _chain(place: str) -> list[str]:
    """Return the paths from the top of the tree down to this one."""
    segments = place.split("/") if place else []
    return ["/".join(segments[:depth]) for depth in range(1, len(segments) + 1)]


def _is_within(path: str, roots: Sequence[str]) -> bool:
    return any(path == root or path.startswith(f"{root}/") for root in roots)


@lru_cache(maxsize=256)
def _filters(
    _language: str | None, listing: str, found: tuple[Options, ...], chosen: tuple[str, ...]
) -> tuple[Filter, ...]:
    """Make the choices, which cost more than the list: the same few are asked for all day."""
    state, due, place, election, act, source, whose, agency, outcome, sort = chosen
    elections, places, people, agencies = found
    of = LISTINGS[listing]
    made = [
        _filter(want.STATE, _("Keadaan"), of.states, state),
        _filter(want.DUE, _("Tenggat"), want.DUE_CHOICES, due),
        _filter(want.ELECTION, _("Pemilu atau pemilihan"), elections, election),
        _filter(want.ACT, _("Perbuatan"), choices(ActCode), act),
        _filter(want.SOURCE, _("Asal") if of is want.CASES else _("Sumber"), of.sources, source),
        _filter(want.WHOSE, _("Petugas"), (*want.WHOSE_CHOICES, *people), whose),
        _filter(want.OUTCOME, _("Hasil"), choices(OutcomeClass), outcome),
        _filter(want.SORT, _("Urutan"), want.SORT_CHOICES, sort, _("Tenggat terdekat")),
    ]
    if len(places) > 1:
        made.insert(2, _filter(want.PLACE, _("Tempat"), places, place, _("Semua kantor saya")))
    if agencies:
        made.insert(-1, _filter(want.AGENCY, _("Instansi terlapor"), agencies, agency))
    return tuple(made)


def _filter(
    name: str, label: str, offered: Sequence[tuple[Any, Any]], chosen: str, first: str = ""
) -> Filter:
    every = [("", first or _("Semua")), *offered]
    words = next((str(words) for value, words in offered if str(value) == chosen), "")
    return Filter(name, label, options(every, chosen), words)
