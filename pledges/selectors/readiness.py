"""The day before a ceremony: who could not sign, which codes are printed, what the gateways carry."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from neutrality.law.clock import Clock
from neutrality.notifications.channels import is_available
from neutrality.notifications.models import Attempt, Channel, Outbox, OutboxStatus
from pledges.codes import HAS_SIGNED, NOT_COUNTED, CodeKind
from pledges.models import Contact, Obligation, Round, SigningCode

LOOKED_BACK: Final = timedelta(hours=24)
LATEST: Final = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """One way out: whether it is there, and the most that left by it within one minute lately."""

    label: str
    is_available: bool
    best_minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What a ceremony needs.

    Attributes:
        to_sign: How many have still to sign.
        unreachable: Of those, how many have no working address.
        with_printed: Of the unreachable, how many have a printed code in use.
        waiting: Messages that have not left yet.
        gateways: The ways out.
    """

    to_sign: int
    unreachable: int
    with_printed: int
    waiting: int
    gateways: tuple[Gateway, ...]

    @property
    def uncovered(self) -> int:
        """Who could sign only on paper or at a tablet."""
        return self.unreachable - self.with_printed


def still_to_sign(*, rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Return of these obligations those that are neither signed nor excused."""
    return rows.exclude(state__in=(*HAS_SIGNED, *NOT_COUNTED))


def unreachable(*, rows: QuerySet[Obligation], place: Round) -> QuerySet[Obligation]:
    """Return who has no address, or one at which the last message bounced; `is_printed` is set."""
    contact = Contact.objects.filter(
        person=OuterRef("person"), agency_id=place.agency_id, ended_at__isnull=True
    )
    # What arrived later shows that the address works: it was the gateway that failed.
    arrived = Outbox.objects.filter(
        identity_id=OuterRef("identity_id"), status=OutboxStatus.SENT, pk__gt=OuterRef("pk")
    )
    bounced = Outbox.objects.filter(
        ~Exists(arrived), identity_id=OuterRef("identity_id"), status=OutboxStatus.GAVE_UP
    )
    working = contact.annotate(bounces=Exists(bounced)).filter(bounces=False)
    printed = _in_hand().filter(obligation=OuterRef("pk"))
    return still_to_sign(rows=rows).filter(~Exists(working)).annotate(is_printed=Exists(printed))


def printed_before(*, obligations: Iterable[Obligation]) -> int:
    """Return how many of these people have a printed code that nobody has used."""
    return _in_hand().filter(obligation__in=[each.pk for each in obligations]).count()


def _in_hand() -> QuerySet[SigningCode]:
    return SigningCode.objects.filter(
        kind=CodeKind.PRINTED, revoked_at__isnull=True, used_at__isnull=True
    )


def readiness(*, place: Round, rows: QuerySet[Obligation], clock: Clock) -> Readiness:
    """Return what the page of the day before shows; a fixed number of queries."""
    reached = unreachable(rows=rows, place=place).aggregate(
        all=Count("pk"), printed=Count("pk", filter=Q(is_printed=True))
    )
    return Readiness(
        to_sign=still_to_sign(rows=rows).count(),
        unreachable=reached["all"],
        with_printed=reached["printed"],
        waiting=Outbox.objects.filter(status=OutboxStatus.WAITING).count(),
        gateways=tuple(_gateways(clock)),
    )


def suspicious(*, rows: QuerySet[Obligation], least: int = 3) -> QuerySet[Obligation]:
    """Return at whose codes somebody failed at least so often, as `tries`, the most tried first."""
    counted = rows.annotate(tries=Coalesce(Sum("codes__wrong_tries"), Value(0)))
    return counted.filter(tries__gte=least).order_by("-tries", "pk")


def _gateways(clock: Clock) -> list[Gateway]:
    best = _best_minutes(clock)
    return [
        Gateway(
            label=str(channel.label),
            is_available=is_available(channel),
            best_minute=best.get(channel, 0),
        )
        for channel in Channel
    ]


def _best_minutes(clock: Clock) -> dict[str, int]:
    """Return by channel the most that left within one minute, of the last attempts of a day."""
    rows = Attempt.objects.order_by("-pk").values_list("channel", "at", "succeeded")[:LATEST]
    since = clock.now - LOOKED_BACK
    minutes = Counter(
        (channel, at.replace(second=0, microsecond=0))
        for channel, at, succeeded in rows
        if succeeded and at >= since
    )
    best: dict[str, int] = {}
    for (channel, _minute), number in minutes.items():
        best[channel] = max(best.get(channel, 0), number)
    return best
