"""Who has not signed, and why, as far as the system knows."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
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
from pledges.models import (
    Absence,
    Contact,
    Obligation,
    Reminder,
    Round,
    SigningCode,
    UnitHead,
)
from pledges.workflow.messages import MessageKind

ORDER: Final = ("person__name", "pk")
LINK_KEY: Final = "pledge_link:"
CODE_KEY: Final = "pledge_code:"
_SENT: Final = (CodeKind.LINK, CodeKind.ONE_TIME)
_CARRIES: Final = r"^pledge_(link|code):[0-9]+$"
_PLACE: Final = Func(F("dedupe_key"), Value(":"), Value(2), function="split_part")


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


def bounced_codes(place: Round) -> QuerySet[SigningCode]:
    """Return the links and one-time codes that did not arrive, of those who have not signed.

    One for each person, found from the messages, which are few: invitations, reminders (which carry
    a new link) and codes that were given up. Gone once the address is another, or a later link or
    code is under way. Each row has `bounced_at`.
    """
    given_up = Outbox.objects.filter(status=OutboxStatus.GAVE_UP, dedupe_key__regex=_CARRIES)
    ids = given_up.annotate(code=Cast(_PLACE, BigIntegerField())).values("code")
    later = SigningCode.objects.filter(
        obligation=OuterRef("obligation"), kind__in=_SENT, pk__gt=OuterRef("pk")
    )
    codes = SigningCode.objects.filter(
        ~Exists(later), round=place, kind__in=_SENT, revoked_at__isnull=True, pk__in=ids
    )
    prefix = Case(When(kind=CodeKind.LINK, then=Value(LINK_KEY)), default=Value(CODE_KEY))
    key = Concat(prefix, Cast("pk", CharField()))
    message = Outbox.objects.filter(dedupe_key=OuterRef("key"), status=OutboxStatus.GAVE_UP)
    return (
        codes.exclude(obligation__state__in=(*HAS_SIGNED, *NOT_COUNTED))
        .annotate(key=key)
        .annotate(bounced_at=Subquery(message.values("gave_up_at")[:1]))
    )


def bounced_heads(place: Round) -> list[UnitHead]:
    """Return the heads of units whose reminder was given up at the address that is theirs still."""
    given_up = Outbox.objects.filter(
        status=OutboxStatus.GAVE_UP, kind=MessageKind.PLEDGE_UNIT_REMINDER
    ).values_list("dedupe_key", "address")
    at = {int(key.rpartition(":")[2]): address for key, address in given_up}
    units = dict(Reminder.objects.filter(pk__in=at, plan__round=place).values_list("pk", "unit_id"))
    failed = {(unit, at[pk]) for pk, unit in units.items()}
    heads = UnitHead.objects.filter(unit__in=units.values()).select_related("unit")
    return [head for head in heads.order_by("unit__path") if (head.unit_id, head.email) in failed]


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
    bounced = bounced_codes(place).values("obligation_id")
    refused = [When(state=ObligationState.REFUSED, then=Value(GapReason.REFUSED))]
    return rows.annotate(
        away_kind=Subquery(away.values("kind")[:1]),
        away_until=Subquery(away.values("ends_on")[:1]),
    ).annotate(
        gap=Case(
            *(refused if tells_refusals else []),
            When(state=ObligationState.LAPSED, then=Value(GapReason.LAPSED)),
            When(away_kind=AbsenceKind.TRAINING, then=Value(GapReason.TRAINING)),
            When(away_kind__isnull=False, then=Value(GapReason.AWAY)),
            When(~Exists(contact), then=Value(GapReason.NO_CONTACT)),
            When(pk__in=bounced, then=Value(GapReason.BOUNCED)),
            When(state=ObligationState.DUE, then=Value(GapReason.NOT_INVITED)),
            When(Exists(links.filter(used_at__isnull=False)), then=Value(GapReason.OPENED)),
            default=Value(GapReason.NOT_OPENED),
            output_field=CharField(),
        )
    )
