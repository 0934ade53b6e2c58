"""Sending what is due: a fresh link to whom it still concerns, never at night, once for each step.

What a person has done since the plan decides: who signed gets nothing, who is away or in the middle
of signing gets it later. Nobody gets two of one round on one day: an absence may have moved both
steps of the plan to the same morning.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse

from neutrality.law.clock import Clock
from neutrality.notifications.services import Message, Recipient, enqueue_many
from neutrality.ui.dates import say_instant
from pledges.codes import HAS_SIGNED, CodeKind, ObligationState, ReminderOutcome, ReminderStep
from pledges.models import Absence, Contact, Obligation, Reminder, Round, SigningCode, UnitHead
from pledges.selectors.coverage import coverage_tree
from pledges.services.codes import link_row, new_link_token
from pledges.services.invite import invitation_key
from pledges.services.plan_reminders import FIRST_HOUR, LAST_HOUR
from pledges.workflow.messages import MessageKind

BATCH: Final = 200
# Whoever has just opened the link is not robbed of it.
SIGNING_TAKES: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Somebody who gets a fresh link."""

    link: SigningCode
    token: str
    identity_id: int
    place: Round


@dataclass(slots=True)
class _Batch:
    """What is known about those whose reminders are due, read once for all of them."""

    clock: Clock
    duties: dict[int, Obligation]
    contacts: dict[tuple[int, int], int] = field(default_factory=dict)
    away: dict[tuple[int, int], list[Absence]] = field(default_factory=dict)
    opened: dict[int, datetime] = field(default_factory=dict)
    reminded: dict[int, datetime] = field(default_factory=dict)
    elections: dict[int, str] = field(default_factory=dict)
    asked: list[_Asked] = field(default_factory=list)


@transaction.atomic(durable=True)
def send_reminders(*, clock: Clock, limit: int = BATCH) -> int:
    """Deal with up to `limit` reminders to persons that are due; return how many.

    Two that run at once take different ones, and nobody's who is signing at this moment.
    """
    rows = Reminder.objects.filter(outcome="", send_at__lte=clock.now, unit__isnull=True)
    locked = rows.select_for_update(of=("self",), skip_locked=True).order_by("send_at", "pk")
    due = list(locked.select_related("plan__round__agency", "plan__round__office")[:limit])
    batch = _read(due, clock)
    dealt = [one for one in due if one.obligation_id in batch.duties]
    for reminder in dealt:
        _deal(reminder, batch)
    _hand_out(batch)
    Reminder.objects.bulk_update(dealt, ["send_at", "outcome", "closed_at"])
    return len(dealt)


@transaction.atomic(durable=True)
def send_head_reminders(*, clock: Clock, limit: int = BATCH) -> int:
    """Deal with up to `limit` reminders to unit heads and secretaries; return how many."""
    rows = Reminder.objects.filter(outcome="", send_at__lte=clock.now, unit__isnull=False)
    locked = rows.select_for_update(of=("self",), skip_locked=True).order_by("send_at", "pk")
    joined = locked.select_related("plan__round__agency", "plan__round__office", "unit__region")
    due = list(joined[:limit])
    heads = {
        head.unit_id: head.email
        for head in UnitHead.objects.filter(unit__in=[one.unit_id for one in due])
    }
    messages = [
        message for one in due if (message := _to_head(one, heads.get(one.unit_id or 0, ""), clock))
    ]
    enqueue_many(messages=messages, clock=clock)
    Reminder.objects.bulk_update(due, ["send_at", "outcome", "closed_at"])
    return len(due)


def _read(due: Sequence[Reminder], clock: Clock) -> _Batch:
    ids = [one.obligation_id for one in due if one.obligation_id is not None]
    locked = Obligation.objects.filter(pk__in=ids).order_by("pk").select_related("unit_now__region")
    duties = {one.pk: one for one in locked.select_for_update(of=("self",), skip_locked=True)}
    persons = [duty.person_id for duty in duties.values()]
    batch = _Batch(clock=clock, duties=duties)
    contacts = Contact.objects.filter(person__in=persons, ended_at__isnull=True)
    for person_id, agency_id, identity_id in contacts.values_list(
        "person_id", "agency_id", "identity_id"
    ):
        batch.contacts[person_id, agency_id] = identity_id
    absences = Absence.objects.filter(person__in=persons, cancelled_at__isnull=True)
    for absence in absences.filter(_around(clock)):
        batch.away.setdefault((absence.person_id, absence.agency_id), []).append(absence)
    used = SigningCode.objects.filter(obligation__in=duties, used_at__isnull=False)
    by_duty = used.values_list("obligation_id").annotate(at=Max("used_at"))
    batch.opened = dict(by_duty)
    sent = Reminder.objects.filter(obligation__in=duties, outcome=ReminderOutcome.SENT)
    batch.reminded = dict(sent.values_list("obligation_id").annotate(at=Max("closed_at")))
    batch.elections = _elections(due)
    return batch


def _around(clock: Clock) -> Q:
    """Absences that hold today somewhere; each recipient's own day decides afterwards."""
    day = clock.now.date()
    return Q(starts_on__lte=day + timedelta(days=1), ends_on__gte=day - timedelta(days=1))


def _elections(due: Sequence[Reminder]) -> dict[int, str]:
    rounds = {one.plan.round_id: one.plan.round for one in due}
    return {pk: _names(place) for pk, place in rounds.items()}


def _names(place: Round) -> str:
    names = place.elections.order_by("polling_on").values_list("name", flat=True)
    return ", ".join(names)[:300]


def _deal(reminder: Reminder, batch: _Batch) -> None:
    duty = batch.duties[reminder.obligation_id or 0]
    place, now = reminder.plan.round, batch.clock.now
    contact = batch.contacts.get((duty.person_id, place.agency_id))
    outcome = _settled(duty, place, now, has_contact=contact is not None)
    if outcome is None and _reminded_today(duty, place, batch):
        outcome = ReminderOutcome.NOT_ASKED
    if outcome:
        reminder.outcome, reminder.closed_at = outcome, now
    elif later := _postponed(reminder, duty, batch):
        _put_off(reminder, later, now)
    elif contact is not None:
        token = new_link_token()
        link = link_row(obligation=duty, token=token, user_id=None, clock=batch.clock)
        batch.asked.append(_Asked(link, token, contact, place))
        reminder.outcome, reminder.closed_at = ReminderOutcome.SENT, now
        batch.reminded[duty.pk] = now


def _put_off(reminder: Reminder, later: datetime, now: datetime) -> None:
    """Let the reminder wait, or close it: as in planning, none goes out after the round's end."""
    if later < reminder.plan.round.closes_at:
        reminder.send_at = later
    else:
        reminder.outcome, reminder.closed_at = ReminderOutcome.NOT_ASKED, now


def _settled(
    duty: Obligation, place: Round, now: datetime, *, has_contact: bool
) -> ReminderOutcome | None:
    if duty.state in HAS_SIGNED:
        return ReminderOutcome.SIGNED
    if place.closed_at is not None:
        return ReminderOutcome.CLOSED
    if duty.state != ObligationState.INVITED or now >= place.closes_at:
        return ReminderOutcome.NOT_ASKED
    return None if has_contact else ReminderOutcome.NO_CONTACT


def _reminded_today(duty: Obligation, place: Round, batch: _Batch) -> bool:
    """Whether a link went out to this person on the same local day, by this batch or before."""
    at = batch.reminded.get(duty.pk)
    zone = _zone(duty, place)
    return at is not None and at.astimezone(zone).date() == batch.clock.today_in(zone)


def _postponed(reminder: Reminder, duty: Obligation, batch: _Batch) -> datetime | None:
    """Return when to try again; None when now is right."""
    zone, now = _zone(duty, reminder.plan.round), batch.clock.now
    until = _away_until(duty, reminder.plan.round, batch)
    if until is not None:
        return _at(until + timedelta(days=1), reminder.plan.at_hour, zone)
    opened = batch.opened.get(duty.pk)
    if opened is not None and opened > now - SIGNING_TAKES:
        return now + SIGNING_TAKES
    return after_quiet_hours(now=now, zone=zone)


def _away_until(duty: Obligation, place: Round, batch: _Batch) -> date | None:
    """Return the last day of the absence that holds today where the person is; None if none does."""
    today = batch.clock.today_in(_zone(duty, place))
    known = batch.away.get((duty.person_id, place.agency_id), [])
    ends = [one.ends_on for one in known if one.starts_on <= today <= one.ends_on]
    return max(ends, default=None)


def after_quiet_hours(*, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the next seven o'clock in the morning when it is night there; else None."""
    here = now.astimezone(zone)
    if FIRST_HOUR <= here.hour <= LAST_HOUR:
        return None
    day = here.date() + timedelta(days=0 if here.hour < FIRST_HOUR else 1)
    return _at(day, FIRST_HOUR, zone)


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=zone)


def _zone(duty: Obligation, place: Round) -> ZoneInfo:
    region = duty.unit_now.region if duty.unit_now else None
    return region.tz if region else place.office.tz


def _hand_out(batch: _Batch) -> None:
    """Put the fresh links in the place of the old ones, and the messages into the outbox."""
    asked = batch.asked
    old = SigningCode.objects.filter(
        obligation__in=[one.link.obligation_id for one in asked],
        kind=CodeKind.LINK,
        revoked_at__isnull=True,
    )
    old.update(revoked_at=batch.clock.now)
    SigningCode.objects.bulk_create(one.link for one in asked)
    messages = [
        Message(
            kind=MessageKind.PLEDGE_REMINDER,
            recipient=Recipient(identity_id=one.identity_id),
            dedupe_key=invitation_key(one.link.pk),
            context={
                "agency": one.place.agency.name,
                "election": batch.elections[one.place.pk],
                "link": _address("pledges_public:start", one.token),
                "due": say_instant(one.place.closes_at, one.place.office.tz),
            },
        )
        for one in asked
    ]
    enqueue_many(messages=messages, clock=batch.clock)


def _to_head(reminder: Reminder, email: str, clock: Clock) -> Message | None:
    """Settle a reminder about a unit; return the message when there is one to send."""
    place, unit = reminder.plan.round, reminder.unit
    if unit is None:
        return None
    zone = unit.region.tz if unit.region else place.office.tz
    later = after_quiet_hours(now=clock.now, zone=zone)
    if later and place.closed_at is None:
        reminder.send_at = later
        return None
    whole = reminder.plan.step == ReminderStep.SECRETARY
    missing = coverage_tree(place=place, path="" if whole else unit.path).whole.missing
    reminder.closed_at = clock.now
    reminder.outcome = _head_outcome(place, email, missing)
    if not unit.holds_on(clock.today_in(zone)):  # The decree came after the plan.
        reminder.outcome = ReminderOutcome.NOT_ASKED
    if reminder.outcome != ReminderOutcome.SENT:
        return None
    return Message(
        kind=MessageKind.PLEDGE_UNIT_REMINDER,
        recipient=Recipient(address=email),
        dedupe_key=f"pledge_reminder:{reminder.pk}",
        context={
            "agency": place.agency.name if whole else unit.name,
            "election": _names(place),
            "count": str(missing),
            "due": say_instant(place.closes_at, place.office.tz),
            "link": _address("pledges_figures:agency", place.agency.public_id),
        },
    )


def _address(view: str, *arguments: object) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{reverse(view, args=arguments)}"


def _head_outcome(place: Round, email: str, missing: int) -> ReminderOutcome:
    if place.closed_at is not None:
        return ReminderOutcome.CLOSED
    if not missing:
        return ReminderOutcome.SIGNED
    return ReminderOutcome.SENT if email else ReminderOutcome.NO_CONTACT
