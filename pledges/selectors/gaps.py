"""Who has not signed, and why, as far as the system knows."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from neutrality.notifications.models import Outbox, OutboxStatus
from pledges.codes import (
    HAS_SIGNED,
    NOT_COUNTED,
    AbsenceKind,
    CodeKind,
    GapReason,
    ObligationState,
)
from pledges.models import Absence, Contact, Obligation, Round, SigningCode

ORDER: Final = ("person__name", "pk")
LINK_KEY: Final = "pledge_link:"


def not_signed(
    *,
    place: Round,
    day: date,
    path: str = "",
    reason: str = "",
    tells_refusals: bool = True,
) -> QuerySet[Obligation]:
    """Return who must sign and has not, each with `gap`, a `GapReason`; one query when read.

    `path` narrows to a unit with all below it, `reason` to one reason; `day` decides who is away,
    whose row also has `away_until`. Without `tells_refusals` a refusal is not told: the reason is
    the one that held before.
    """
    rows = Obligation.objects.filter(round=place).exclude(state__in=(*HAS_SIGNED, *NOT_COUNTED))
    if path:
        rows = rows.filter(below(path))
    rows = _with_gap(rows, place, day, tells_refusals=tells_refusals)
    if reason in GapReason.values:
        rows = rows.filter(Q(("gap", reason)))
    return rows.select_related("person", "employment", "unit_now")


def below(path: str, *, of: str = "") -> Q:
    """The condition that somebody works at this place of the tree, or below it.

    `of` leads from the rows in hand to the obligation, as in `obligation__`.
    """
    unit = f"{of}unit_now__path"
    return Q((unit, path)) | Q((f"{unit}__startswith", f"{path}/"))


def gaps_by_reason(*, rows: QuerySet[Obligation]) -> Mapping[GapReason, int]:
    """Return how many of `not_signed` have each reason, most frequent first; one query."""
    counted = annotated(rows).values_list("gap").annotate(n=Count("pk"))
    return {GapReason(gap): number for gap, number in sorted(counted, key=lambda row: -row[1])}


def annotated(rows: QuerySet[Obligation]) -> Any:  # noqa: ANN401  the stubs know no annotations
    """Return the same rows to be counted by what they carry besides their columns."""
    return rows.select_related(None).order_by()


def bounced_links(place: Round) -> QuerySet[SigningCode]:
    """Return the links in use whose message was given up; found from the messages, which are few.

    Each row has `bounced_at`.
    """
    message = Outbox.objects.filter(
        dedupe_key=Concat(Value(LINK_KEY), Cast(OuterRef("pk"), CharField())),
        status=OutboxStatus.GAVE_UP,
    )
    return SigningCode.objects.filter(
        round=place,
        kind=CodeKind.LINK,
        revoked_at__isnull=True,
        obligation__state=ObligationState.INVITED,
        pk__in=_given_up(),
    ).annotate(bounced_at=Subquery(message.values("gave_up_at")[:1]))


def _given_up() -> list[int]:
    keys = Outbox.objects.filter(
        status=OutboxStatus.GAVE_UP, dedupe_key__startswith=LINK_KEY
    ).values_list("dedupe_key", flat=True)
    return [int(key.removeprefix(LINK_KEY)) for key in keys]


def _with_gap(
    rows: QuerySet[Obligation], place: Round, day: date, *, tells_refusals: bool
) -> QuerySet[Obligation]:
    links = SigningCode.objects.filter(obligation=OuterRef("pk"), kind=CodeKind.LINK)
    contact = Contact.objects.filter(
        person=OuterRef("person"), agency=place.agency_id, ended_at__isnull=True
    )
    away = Absence.objects.filter(
        person=OuterRef("person"),
        agency=place.agency_id,
        cancelled_at__isnull=True,
        starts_on__lte=day,
        ends_on__gte=day,
    ).order_by("-ends_on")
    key = Concat(Value(LINK_KEY), Cast(OuterRef("link_id"), CharField()))
    bounced = Outbox.objects.filter(dedupe_key=key, status=OutboxStatus.GAVE_UP)
    refused = [When(state=ObligationState.REFUSED, then=Value(GapReason.REFUSED))]
    return rows.annotate(
        link_id=Subquery(links.filter(revoked_at__isnull=True).values("pk")[:1]),
        away_kind=Subquery(away.values("kind")[:1]),
        away_until=Subquery(away.values("ends_on")[:1]),
    ).annotate(
        gap=Case(
            *(refused if tells_refusals else []),
            When(state=ObligationState.LAPSED, then=Value(GapReason.LAPSED)),
            When(away_kind=AbsenceKind.TRAINING, then=Value(GapReason.TRAINING)),
            When(away_kind__isnull=False, then=Value(GapReason.AWAY)),
            When(~Exists(contact), then=Value(GapReason.NO_CONTACT)),
            When(state=ObligationState.DUE, then=Value(GapReason.NOT_INVITED)),
            When(Exists(links.filter(used_at__isnull=False)), then=Value(GapReason.OPENED)),
            When(Exists(bounced), then=Value(GapReason.BOUNCED)),
            default=Value(GapReason.NOT_OPENED),
            output_field=CharField(),
        )
    )
