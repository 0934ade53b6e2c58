"""Who has not signed, and why, as far as the system knows."""

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat

from neutrality.notifications.models import Outbox, OutboxStatus
from pledges.codes import HAS_SIGNED, NOT_COUNTED, CodeKind, GapReason, ObligationState
from pledges.models import Contact, Obligation, Round, SigningCode

ORDER = ("person__name", "pk")


def not_signed(*, place: Round, path: str = "", reason: str = "") -> QuerySet[Obligation]:
    """Return who must sign and has not, each with `gap`, a `GapReason`; one query when read.

    `path` narrows to a unit with all below it, `reason` to one reason.
    """
    rows = Obligation.objects.filter(round=place).exclude(state__in=(*HAS_SIGNED, *NOT_COUNTED))
    if path:
        rows = rows.filter(Q(unit_now__path=path) | Q(unit_now__path__startswith=f"{path}/"))
    rows = _with_gap(rows, place)
    if reason in GapReason.values:
        rows = rows.filter(Q(("gap", reason)))
    return rows.select_related("person", "employment", "unit_now")


def _with_gap(rows: QuerySet[Obligation], place: Round) -> QuerySet[Obligation]:
    link = SigningCode.objects.filter(
        obligation=OuterRef("pk"), kind=CodeKind.LINK, revoked_at__isnull=True
    )
    contact = Contact.objects.filter(
        person=OuterRef("person"), agency=place.agency_id, ended_at__isnull=True
    )
    key = Concat(Value("pledge_link:"), Cast(OuterRef("link_id"), CharField()))
    bounced = Outbox.objects.filter(dedupe_key=key, status=OutboxStatus.GAVE_UP)
    return rows.annotate(
        link_id=Subquery(link.values("pk")[:1]), link_used_at=Subquery(link.values("used_at")[:1])
    ).annotate(
        gap=Case(
            When(state=ObligationState.REFUSED, then=Value(GapReason.REFUSED)),
            When(state=ObligationState.LAPSED, then=Value(GapReason.LAPSED)),
            When(~Exists(contact), then=Value(GapReason.NO_CONTACT)),
            When(state=ObligationState.DUE, then=Value(GapReason.NOT_INVITED)),
            When(link_used_at__isnull=False, then=Value(GapReason.OPENED)),
            When(Exists(bounced), then=Value(GapReason.BOUNCED)),
            default=Value(GapReason.NOT_OPENED),
            output_field=CharField(),
        )
    )
