"""What others ask about organisations."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Length

from neutrality.law.codes import BodyKind
from neutrality.organisations.models import (
    Agency,
    Office,
    ReferralBody,
    ReferralTerritory,
    Region,
    Unit,
)

SHORTEST_SEARCH: Final = 2
SEARCH_LIMIT: Final = 20
# Lower than the server's own threshold, so that "kedri" finds Kediri; regions are few.
LIKE_ENOUGH: Final = 0.45


class NoOffice(LookupError):
    """No office answers for the region on that day."""


class NoBody(LookupError):
    """No authority of that kind is in force for the region on that day."""


def office_for_region(*, region_code: str, day: date) -> Office:
    """The nearest office in force on `day`: of the district if open, else of the city, and so on.

    Raises:
        NoOffice: when not even the national office is in force.
    """
    parts = region_code.split(".")
    paths = ["RI", *("/".join(["RI", *_lineage(parts[:depth])]) for depth in range(1, 4))]
    office = Office.objects.on(day).filter(path__in=paths).order_by(Length("path").desc()).first()
    if office is None:
        raise NoOffice(f"No office for region {region_code} on {day:%Y-%m-%d}.")
    return office


def _lineage(parts: list[str]) -> list[str]:
    return [".".join(parts[: depth + 1]) for depth in range(len(parts))]


def place_names(*, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The names of organisations by kind and path; of a path that was given anew, the newest.

    One query, none for no places.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, path in places:
        wanted[kind].add(path)
    rows = [
        model.objects.filter(path__in=wanted[kind])
        .order_by()
        .annotate(place_kind=Value(kind, output_field=CharField()))
        .values_list("pk", "place_kind", "path", "name")
        for kind, model in _PLACES.items()
        if wanted[kind]
    ]
    if not rows:
        return {}
    found = rows[0].union(*rows[1:], all=True) if rows[1:] else rows[0]
    return {(kind, path): name for _pk, kind, path, name in sorted(found)}


_PLACES: Final[dict[str, type[Office | Agency | Unit | ReferralBody]]] = {
    "office": Office,
    "agency": Agency,
    "unit": Unit,
    "body": ReferralBody,
}


def body_for(*, kind: BodyKind, region: Region | None, day: date) -> ReferralBody:
    """The authority of `kind` that answers for `region` on `day`: the nearest, else the head.

    Without a region it is the national head of that kind.

    Raises:
        NoBody: when none is in force.
    """
    covers = ReferralTerritory.objects.on(day).filter(
        body=OuterRef("pk"), region__code__in=region.lineage if region else ()
    )
    nearest = covers.order_by(Length("region__code").desc()).values(size=Length("region__code"))
    anywhere = ReferralTerritory.objects.filter(body=OuterRef("pk"))
    found = (
        ReferralBody.objects.on(day)
        .filter(kind=kind)
        .annotate(reach=Subquery(nearest[:1]))
        .filter(Q(reach__isnull=False) | (Q(parent__isnull=True) & ~Exists(anywhere)))
        .order_by(F("reach").desc(nulls_last=True), "path")
        .first()
    )
    if found is None:
        raise NoBody(f"No body {kind} for region {region} on {day:%Y-%m-%d}.")
    return found


def search_regions(*, text: str, limit: int = SEARCH_LIMIT) -> list[Region]:
    """Regions whose name holds a word like `text`, the likest first, each with its parent.

    A code (`35.71`) finds the region itself. Fewer than two characters find nothing.
    """
    wanted = text.strip()
    if len(wanted) < SHORTEST_SEARCH:
        return []
    return list(
        Region.objects.annotate(likeness=TrigramWordSimilarity(wanted, "name"))
        .filter(Q(likeness__gte=LIKE_ENOUGH) | Q(code=wanted))
        .select_related("parent")
        .order_by("-likeness", "code")[:limit]
    )


def search_units(*, agency: Agency, text: str, day: date, limit: int = SEARCH_LIMIT) -> list[Unit]:
    """Units of the agency in force on `day` whose name holds a word like `text`, likest first."""
    wanted = text.strip()
    if len(wanted) < SHORTEST_SEARCH:
        return []
    return list(
        Unit.objects.on(day)
        .filter(agency=agency, name__trigram_word_similar=wanted)
        .annotate(likeness=TrigramWordSimilarity(wanted, "name"))
        .select_related("parent")
        .order_by("-likeness", "path")[:limit]
    )
