"""Background work of rosters: reading, comparing, applying, and what follows from it."""

from contextlib import suppress
from functools import partial

from celery import shared_task

from neutrality.accounts.actors import actor_of
from neutrality.accounts.http import GRANT_ZONE
from neutrality.accounts.models import User
from neutrality.audit.actor import SYSTEM, Actor
from neutrality.law.clock import read_clock
from neutrality.personnel.codes import ImportState
from neutrality.personnel.refusals import ImportMoved
from neutrality.personnel.roster.errors import FileRefused
from neutrality.personnel.roster.staging import keep_wrong_rows
from neutrality.personnel.services.import_roster import apply_roster, check_roster, read_roster
from neutrality.vault.sealing import SealBroken
from neutrality.vault.services import BlobErased
from pledges.roster_progress import tell_progress
from pledges.services.apply_at_once import apply_at_once
from pledges.services.follow_roster import agencies_to_follow, follow_roster
from pledges.services.take_addresses import brings_addresses, count_addresses, take_addresses


@shared_task(ignore_result=True)
def read_roster_import(import_id: int, user_id: int | None = None) -> None:
    """Read a roster and compare it; an import that has moved on is left alone."""
    clock = read_clock()
    try:
        place = read_roster(
            import_id=import_id,
            actor=_actor(user_id),
            clock=clock,
            tell=partial(tell_progress, import_id),
        )
    except ImportMoved:
        return
    count_addresses(import_id=import_id)
    if apply_at_once(place=place, clock=read_clock()):
        apply_roster_import.delay(import_id, user_id)


@shared_task(ignore_result=True)
def check_roster_import(import_id: int, user_id: int | None = None) -> None:
    """Compare a roster whose units were decided; read it again when a crash took its rows."""
    try:
        place = check_roster(import_id=import_id, actor=_actor(user_id), clock=read_clock())
    except ImportMoved:
        return
    if place.state == ImportState.READING:
        read_roster_import.delay(import_id, user_id)
    else:
        count_addresses(import_id=import_id)


@shared_task(ignore_result=True)
def apply_roster_import(import_id: int, user_id: int | None = None) -> None:
    """Write a confirmed roster, then let the obligations follow."""
    try:
        place = apply_roster(import_id=import_id, actor=_actor(user_id), clock=read_clock())
    except ImportMoved:
        return
    if place.state == ImportState.CHECKING:
        check_roster_import.delay(import_id, user_id)
        return
    if brings_addresses(place):
        _take_addresses(import_id, user_id)
    keep_wrong_rows(import_id=place.pk, agency_id=place.agency_id)
    follow_roster_of.delay(place.agency_id)


@shared_task(ignore_result=True)
def follow_roster_of(agency_id: int) -> None:
    """Let the obligations of an agency's running rounds follow its roster."""
    follow_roster(agency_id=agency_id, actor=SYSTEM, clock=read_clock())


@shared_task(ignore_result=True)
def follow_rosters() -> None:
    """Let every running round follow its roster: some positions begin or end on a day to come."""
    for agency_id in agencies_to_follow():
        follow_roster_of.delay(agency_id)


def _take_addresses(import_id: int, user_id: int | None) -> None:
    """Take what the file brings; the roster stands without it, should the file be gone."""
    with suppress(FileRefused, BlobErased, SealBroken):
        take_addresses(import_id=import_id, actor=_actor(user_id), clock=read_clock())


def _actor(user_id: int | None) -> Actor:
    """The officer who asked, with what they hold today."""
    if user_id is None:
        return SYSTEM
    return actor_of(user=User.objects.get(pk=user_id), day=read_clock().today_in(GRANT_ZONE))
