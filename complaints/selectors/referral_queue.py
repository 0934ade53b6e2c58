"""The queue of referral items: whose turn it is, by clock, one page at the cost of one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from complaints.codes import ReferralState
from complaints.models import ReferralItem, Seen
from complaints.selectors.file_parts import tone_of
from complaints.selectors.item_turn import turn_of
from complaints.selectors.referral_item import Reader
from complaints.workflow.referral import REFERRAL
from neutrality.law.clock import Clock
from neutrality.law.codes import OutcomeClass
from neutrality.law.labels import label
from neutrality.ui.dates import say_short_instant
from neutrality.ui.due import due_words

# What has no clock comes last, and no row is lost between two pages.
NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
ORDER: Final = ("sort_at", "id")
ENDED: Final = (
    ReferralState.SANCTIONED,
    ReferralState.NOT_PROVEN,
    ReferralState.REJECTED,
    ReferralState.CANCELLED,
    ReferralState.SUBJECT_INACTIVE,
)
TURN: Final = "giliran"
OPEN: Final = "terbuka"
LATE: Final = "lewat"
ALL: Final = "semua"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One item, written out."""

    public_id: str
    respondent: str
    place: str
    outcome: str
    addressee: str
    state: str
    tone: str
    due: str
    due_tone: str
    due_at: str
    sent: str
    mark: str


def filters() -> list[tuple[str, str]]:
    """Return the views of the queue: the own turn, what is open, what is late, each state, all."""
    states = [(state.value, str(state.label)) for state in ReferralState]
    return [
        (TURN, _("Menunggu Anda")),
        (OPEN, _("Belum selesai")),
        (LATE, _("Lewat tenggat")),
        *states,
        (ALL, _("Semua")),
    ]


def view_of(*, asked: str, text: str, reader: Reader) -> str:
    """Return the view that was asked for, else where this side begins.

    Bodies and agencies begin with what waits for them; an office has its inbox for that. Whoever
    looks for something looks among all.
    """
    if asked in dict(filters()):
        return asked
    if text:
        return ALL
    return OPEN if reader is Reader.OFFICE else TURN


def queue_of(
    *, rows: "QuerySet[ReferralItem]", chosen: str, reader: Reader, clock: Clock
) -> "QuerySet[ReferralItem]":
    """Return the items of one view of the queue, to be paged in the order `ORDER`."""
    never = Value(NEVER, output_field=DateTimeField())
    narrowed = _narrowed(rows, chosen, reader, clock)
    sorted_by = narrowed.annotate(sort_at=Coalesce(F("due_at"), never))
    return sorted_by.select_related("office", "body", "agency", "respondent__unit")


def written(items: Sequence[ReferralItem], *, user_id: int, clock: Clock) -> list[QueueRow]:
    """Return the rows of a page as text, marked where they are new to their reader; one query."""
    seen = dict(
        Seen.objects.filter(
            user_id=user_id,
            subject_kind=REFERRAL.subject_kind,
            subject_id__in=[item.pk for item in items],
        ).values_list("subject_id", "version")
    )
    return [_row(item, _mark(item, seen.get(item.pk)), clock) for item in items]


def _mark(item: ReferralItem, seen: int | None) -> str:
    if seen is None:
        return _("Baru")
    return _("Berubah") if item.version > seen else ""


def _narrowed(
    rows: "QuerySet[ReferralItem]", chosen: str, reader: Reader, clock: Clock
) -> "QuerySet[ReferralItem]":
    if chosen == ALL:
        return rows
    if chosen == TURN:
        return rows.filter(turn_of(reader=reader, clock=clock))
    if chosen == LATE:
        return rows.filter(due_at__lt=clock.now)
    if chosen in ReferralState.values:
        return rows.filter(state=chosen)
    # A decree that is still to be carried out has a clock.
    return rows.filter(~Q(state__in=ENDED) | Q(due_at__isnull=False))


def _row(item: ReferralItem, mark: str, clock: Clock) -> QueueRow:
    party, tz = item.respondent, item.office.tz
    unit = party.unit.name if party.unit else party.unit_text
    agency = item.agency.name if item.agency else party.agency_text
    words = due_words(due_at=item.due_at, now=clock.now, tz=tz) if item.due_at else None
    return QueueRow(
        public_id=item.public_id,
        respondent=party.name or party.description,
        place=", ".join(filter(None, (unit, agency))),
        outcome=label(OutcomeClass(item.outcome)),
        addressee=item.addressee,
        state=item.get_state_display(),
        tone=tone_of(item.state),
        due=words.words if words else "",
        due_tone=words.tone if words else "",
        due_at=words.at if words else "",
        sent=say_short_instant(item.sent_at, tz),
        mark=mark,
    )
