"""Requests about personal data at the offices of an actor: open ones first, then the latest."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, QuerySet
from django.urls import reverse

from complaints import access
from complaints.models import DataRequest, Matter, Party
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.ui.dates import say_short_instant
from neutrality.ui.due import DueWords, due_words

SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class DataRequestRow:
    """One request in the list."""

    url: str
    kind: str
    who: str
    matter: str
    asked: str
    due: DueWords
    answer: str


def data_request_rows(*, actor: Actor, day: date, clock: Clock) -> tuple[DataRequestRow, ...]:
    """Return the requests, the soonest due first and answered ones last, in one query."""
    rows = _visible(actor, day).order_by(F("answered_at").desc(nulls_first=True), "due_at", "pk")
    return tuple(_row(row, clock) for row in rows[:SHOWN])


def get_data_request_for(*, actor: Actor, day: date, public_id: str) -> DataRequest:
    """Return a request that the actor may see; raises `access.NotVisible`."""
    found = _visible(actor, day).filter(public_id=public_id).first()
    if found is None:
        raise access.NotVisible(public_id)
    return found


def who_asks(row: DataRequest) -> str:
    """Name the person without a name."""
    party: Party | None = row.party
    return party.spoken_alias if party else str(row.report or row.tip)


def _visible(actor: Actor, day: date) -> QuerySet[DataRequest]:
    visible = access.matters_for(actor=actor, day=day).values("pk")
    rows = DataRequest.objects.select_related("matter__office__region", "report", "tip", "party")
    return rows.filter(matter__in=visible)


def _row(row: DataRequest, clock: Clock) -> DataRequestRow:
    matter: Matter = row.matter
    tz = matter.office.tz
    return DataRequestRow(
        url=reverse("staff:data_request", args=[row.public_id]),
        kind=str(row.get_kind_display()),
        who=who_asks(row),
        matter=matter.spoken_title,
        asked=say_short_instant(row.asked_at, tz),
        due=due_words(due_at=row.due_at, now=clock.now, tz=tz, met_at=row.answered_at),
        answer=str(row.get_answer_display()) if row.answer else "",
    )
