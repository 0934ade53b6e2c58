"""Differences of a personnel system that the agency lets through without a person's look."""

from neutrality.audit.actor import SYSTEM
from neutrality.law.clock import Clock
from neutrality.personnel.codes import ImportState
from neutrality.personnel.models import RosterImport
from neutrality.personnel.refusals import PersonnelRefusal
from neutrality.personnel.roster.figures import Figures
from neutrality.personnel.services.import_roster import confirm_roster


def apply_at_once(*, place: RosterImport, clock: Clock) -> bool:
    """Confirm what came by a key that may: without mistakes, and without many leaving.

    Everything else waits for a person as a file does. Returns whether it was confirmed.
    """
    figures = Figures.of(place)
    trusted = place.token is not None and place.token.applies_at_once
    if place.state != ImportState.CHECKED or not trusted:
        return False
    if figures.wrong or figures.needs_typing:
        return False
    try:
        confirm_roster(import_id=place.pk, typed="", actor=SYSTEM, clock=clock)
    except PersonnelRefusal:
        return False
    return True
