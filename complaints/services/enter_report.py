"""Enter what an officer takes down at the counter, from the telephone or from a letter."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from complaints.codes import PartyKind
from complaints.models import Evidence, Party, Report, Representation, Tip
from complaints.services.evidence_intake import (
    CARD,
    POWER_OF_ATTORNEY,
    ArrivedFile,
    Owner,
    take_in_file,
)
from complaints.services.lodge import filing_due, lodge_within
from complaints.services.lodging import Lodging
from complaints.services.record_tip import record_within
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.vault.models import SealedBlob


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The files that came along: evidence, the identity card, the power of attorney."""

    evidence: tuple[ArrivedFile, ...] = ()
    caption: str = ""
    cards: tuple[ArrivedFile, ...] = ()
    powers: tuple[ArrivedFile, ...] = ()


@transaction.atomic(durable=True)
def enter_report(
    *, given: Lodging, handed_in: HandedIn, actor: Actor, clock: Clock
) -> Report | Tip:
    """Write the report with its files, all or nothing; a tip when nameless or after the window.

    Raises:
        FileRefused: A file is empty, of a kind we do not take, or too big; nothing is written.
        Refused: It was received longer ago than is tolerated, and reason, paper or second person
            are missing; or at a time that has not come.
    """
    if given.reporter is None or comes_late(given=given, clock=clock):
        entry: Report | Tip = record_within(given=given, actor=actor, clock=clock)
    else:
        entry = lodge_within(given=given, actor=actor, clock=clock)
    _take_in(entry, handed_in, actor, clock)
    return entry


def comes_late(*, given: Lodging, clock: Clock) -> bool:
    """Say whether the filing window is over (Perbawaslu 7/2022 art. 8)."""
    if given.known_on is None:
        return False
    received = given.received(clock)
    window, _rule = filing_due(
        office=given.office, contest=given.contest, known_on=given.known_on, clock=received
    )
    return not window.is_met_by(received.now)


def _take_in(entry: Report | Tip, handed_in: HandedIn, actor: Actor, clock: Clock) -> None:
    reporter = Party.objects.filter(matter=entry.matter_id, kind=PartyKind.REPORTER).first()
    owner = Owner(
        matter_id=entry.matter_id,
        report_id=entry.pk if isinstance(entry, Report) else None,
        tip_id=entry.pk if isinstance(entry, Tip) else None,
        party_id=reporter.pk if reporter else None,
    )
    for file in handed_in.evidence:
        caption = handed_in.caption
        take_in_file(file=file, owner=owner, caption=caption, actor=actor, clock=clock)
    if reporter is not None:
        _seal_all(handed_in.cards, CARD, owner, reporter, actor, clock)
        powers = _seal_all(handed_in.powers, POWER_OF_ATTORNEY, owner, reporter, actor, clock)
        if powers:
            known = Representation.objects.filter(party=reporter)
            known.update(power_of_attorney=powers[0])


def _seal_all(
    files: Iterable[ArrivedFile],
    caption: str,
    owner: Owner,
    reporter: Party,
    actor: Actor,
    clock: Clock,
) -> list[Evidence]:
    """Papers that name the person belong to the sealed identity and are erased with it."""
    rows = [
        take_in_file(
            file=file, owner=owner, caption=caption, is_identity=True, actor=actor, clock=clock
        )
        for file in files
    ]
    blobs = SealedBlob.objects.filter(pk__in=[int(row.stored_as) for row in rows])
    blobs.update(identity_id=reporter.identity_id)
    return rows
