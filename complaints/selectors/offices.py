"""Offices and colleagues to choose from."""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from complaints.models import Report, Tip
from complaints.services.alarm_clocks import opens_again_at
from complaints.services.holders import tied_to, workers_of
from complaints.services.office_roles import CLERKS
from neutrality.accounts.models import RoleGrant
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office

Choices = list[tuple[str, Any]]


def office_choices(*, without: int | None, day: date) -> Choices:
    """Return the offices in force by province, for a select; one query."""
    rows = (
        Office.objects.on(day)
        .exclude(pk=without or 0)
        .order_by("path")
        .values_list("public_id", "name", "path")
    )
    groups = groupby(rows, key=lambda row: row[2].split("/")[1:2])
    choices: Choices = [("", _("Pilih kantor"))]
    for _province, offices in groups:
        found = [(str(public_id), name) for public_id, name, _path in offices]
        choices.append((found[0][1], found))
    return choices


def office_named(public_id: str, *, day: date) -> Office | None:
    """Return the office in force with this public id."""
    return Office.objects.on(day).select_related("region").filter(public_id=public_id).first()


def colleagues(*, office: Office, day: date) -> list[tuple[str, str]]:
    """Return who works on entries of this office; one query."""
    return [(str(pk), name) for pk, name in _people(office, day, CLERKS)]


def _people(office: Office, day: date, roles: tuple[Role, ...]) -> QuerySet[RoleGrant, Any]:
    segments = office.path.split("/")
    above = ["/".join(segments[: depth + 1]) for depth in range(len(segments))]
    return (
        RoleGrant.objects.on(day)
        .filter(office__path__in=above, role__in=roles, user__is_active=True)
        .order_by("user__name", "user_id")
        .values_list("user_id", "user__name")
        .distinct()
    )


def holders(*, entry: Report | Tip, day: date) -> list[tuple[str, str]]:
    """Return who can be given this entry as it is: able to go on with it, not tied; one query."""
    people = _people(entry.office, day, workers_of(entry))
    for tied in tied_to(matter_id=entry.matter_id, day=day):
        people = people.exclude(user_id__in=tied)
    return [(str(pk), name) for pk, name in people]


def own_offices(*, actor: Actor, role: Role, day: date) -> list[Office]:
    """Return the offices at which the actor holds the role itself, not from above."""
    ids = [
        grant.at.id for grant in actor.grants if grant.role == role and grant.at.kind == "office"
    ]
    rows = Office.objects.on(day).filter(pk__in=[each for each in ids if each])
    return list(rows.select_related("region").order_by("path"))


def hours_of(*, actor: Actor, clock: Clock) -> tuple[datetime | None, datetime | None]:
    """Return when the day of the actor's own office ends, and when it opens next after today.

    The lowest office counts; None twice without an office.
    """
    ids = [grant.at.id for grant in actor.grants if grant.at.kind == "office" and grant.at.id]
    office = Office.objects.select_related("region").filter(pk__in=ids).order_by("-path").first()
    if office is None:
        return None, None
    tomorrow = clock.today_in(office.tz) + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(0), tzinfo=office.tz)
    return midnight, opens_again_at(office=office, clock=clock)
