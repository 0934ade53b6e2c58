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
from neutrality.personnel.models import RosterImport
from neutrality.personnel.refusals import ImportMoved
from neutrality.personnel.roster.errors import FileRefused
from neutrality.personnel.roster.staging import keep_wrong_rows
from neutrality.personnel.services.import_roster import apply_roster, check_roster, read_roster
from neutrality.vault.sealing import SealBroken
from neutrality.vault.services import BlobErased
from pledges.roster_progress import tell_progress
from pledges.selectors.stalled_rosters import owes_addresses, stalled_rosters
from pledges.services.apply_at_once import apply_at_once
from pledges.services.follow_roster import agencies_to_follow, follow_roster
from pledges.services.take_addresses import count_addresses, give_addresses_up, take_addresses


@shared_task(ignore_result=True)
def read_roster_import(import_id: int, user_id: int | None = None) -> None:
    """Read a roster and compare it; run again after a crash, go on from where it stands."""
    with suppress(ImportMoved):
        read_roster(
            import_id=import_id,
            actor=_actor(user_id),
            clock=read_clock(),
            tell=partial(tell_progress, import_id),
        )
    count_addresses(import_id=import_id)
    place = RosterImport.objects.select_related("token").get(pk=import_id)
    if not place.units and apply_at_once(place=place, clock=read_clock()):
        apply_roster_import.delay(import_id, user_id)


@shared_task(ignore_result=True)
def check_roster_import(import_id: int, user_id: int | None = None) -> None:
    """Compare a roster whose units were decided; read it again when a crash took its rows."""
    with suppress(ImportMoved):
        place = check_roster(import_id=import_id, actor=_actor(user_id), clock=read_clock())
        if place.state == ImportState.READING:
            read_roster_import.delay(import_id, user_id)
            return
    count_addresses(import_id=import_id)


@shared_task(ignore_result=True)
def apply_roster_import(import_id: int, user_id: int | None = None) -> None:
    """Write a confirmed roster, then let the obligations follow.

    Run again after a crash, what was written stays, and what was still to follow is done.
    """
    with suppress(ImportMoved):
        place = apply_roster(import_id=import_id, actor=_actor(user_id), clock=read_clock())
        if place.state == ImportState.CHECKING:
            check_roster_import.delay(import_id, user_id)
            return
    place = RosterImport.objects.get(pk=import_id)
    if place.state != ImportState.APPLIED:
        return
    if owes_addresses(place):
        _take_addresses(import_id, user_id)
    keep_wrong_rows(import_id=place.pk, agency_id=place.agency_id)
    follow_roster_of.delay(place.agency_id)


@shared_task(ignore_result=True)
def resume_rosters() -> None:
    """Let imports go on whose worker was killed, or whose nudge was lost."""
    goes_on = {
        ImportState.READING: read_roster_import,
        ImportState.CHECKING: check_roster_import,
        ImportState.CHECKED: check_roster_import,
        ImportState.APPLYING: apply_roster_import,
        ImportState.APPLIED: apply_roster_import,
    }
    for stalled in stalled_rosters(clock=read_clock()):
        goes_on[stalled.state].delay(stalled.import_id, stalled.user_id)


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
    try:
        take_addresses(import_id=import_id, actor=_actor(user_id), clock=read_clock())
    except (FileRefused, BlobErased, SealBroken):
        give_addresses_up(import_id=import_id)


def _actor(user_id: int | None) -> Actor:
    """The officer who asked, with what they hold today."""
    if user_id is None:
        return SYSTEM
    return actor_of(user=User.objects.get(pk=user_id), day=read_clock().today_in(GRANT_ZONE))
