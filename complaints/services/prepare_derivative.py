"""Prepare a copy for an audience: the first person of the disclosure check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from complaints.codes import Audience, CustodyAct, DerivativeKind
from complaints.models import Derivative
from complaints.services import evidence_refusals as refusals
from complaints.services.custody import note_custody
from complaints.services.derivative_rows import ask_for_role, locked_copy, note_act
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock

PREPARERS: Final = (Role.HANDLER, Role.INTAKE, Role.COMMISSIONER)
OUTSIDE: Final = (Audience.BODY, Audience.AGENCY, Audience.RESPONDENT)
WORKING_KINDS: Final = frozenset({DerivativeKind.CLEANED, DerivativeKind.REDACTED})


class Question(TextChoices):
    """What here could name the reporter?"""

    FACES = "FACES", _("Wajah, suara, atau pakaian orang selain terlapor")
    NAMES = "NAMES", _("Nama, nomor telepon, alamat surel, atau nama akun")
    SCREEN = "SCREEN", _("Bagian layar: foto profil, notifikasi, baterai, daftar penonton")
    PLACE = "PLACE", _("Tempat, sudut pandang, bayangan, atau pantulan si pemotret")
    CIRCLE = "CIRCLE", _("Grup atau status yang hanya dilihat sedikit orang")
    WORDS = "WORDS", _("Keterangan pelapor dan nama akun di samping bukti ini")


class Answer(TextChoices):
    """What was found on the copy."""

    NONE = "NONE", _("Tidak ada")
    REDACTED = "REDACTED", _("Ada, sudah disamarkan")
    HARMLESS = "HARMLESS", _("Ada, tetapi tidak menunjuk pelapor")


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The answers to every question, a note on what is harmless, and how the copy is called.

    The caption is the reporter's; `wording` is what the recipient reads instead.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    wording: str = ""


@transaction.atomic(durable=True)
def prepare_derivative(
    *,
    derivative_id: int,
    audience: Audience,
    disclosure: Disclosure,
    actor: Actor,
    clock: Clock,
) -> Derivative:
    """Make a row of a working copy for this audience; it waits for a second person.

    Raises:
        Refused: not theirs, an identity, not a working copy, prepared before, or the check is
            not complete.
    """
    copy = locked_copy(derivative_id)
    role = ask_for_role(copy=copy, roles=PREPARERS, actor=actor)
    _ask_whether_it_may_leave(copy, audience)
    _ask_for_answers(copy, disclosure)
    if copy.copies.filter(audience=audience, declined_at__isnull=True).exists():
        raise Refused(refusals.PREPARED_BEFORE)
    prepared = Derivative.objects.create(
        evidence=copy.evidence,
        parent=copy,
        kind=copy.kind,
        audience=audience,
        stored_as=copy.stored_as,
        media_type=copy.media_type,
        size=copy.size,
        sha256=copy.sha256,
        parent_sha256=copy.parent_sha256,
        width=copy.width,
        height=copy.height,
        redactions=copy.redactions,
        checks=dict(disclosure.answers),
        pages=copy.pages,
        seconds=copy.seconds,
        note=disclosure.note,
        wording=disclosure.wording.strip(),
        made_at=clock.now,
        made_by_id=actor.user_id,
    )
    note_custody(
        act=CustodyAct.PREPARED,
        evidence=copy.evidence,
        derivative=prepared,
        actor=actor,
        clock=clock,
        reason=audience.value,
    )
    note_act(what="evidence.prepare", copy=prepared, role=role, actor=actor, clock=clock)
    return prepared


def _ask_whether_it_may_leave(copy: Derivative, audience: Audience) -> None:
    if copy.evidence.is_identity:
        raise Refused(refusals.STAYS_IN_HOUSE)
    working = copy.kind in WORKING_KINDS and copy.audience == Audience.STAFF
    if not working or audience not in OUTSIDE:
        raise Refused(refusals.NOT_A_WORKING_COPY)


def _ask_for_answers(copy: Derivative, disclosure: Disclosure) -> None:
    given = disclosure.answers
    if set(given) != set(Question.values) or not set(given.values()) <= set(Answer.values):
        raise Refused(refusals.CHECK_MISSING)
    covered = [each for each, found in given.items() if found == Answer.REDACTED]
    if set(covered) - {Question.WORDS} and copy.kind != DerivativeKind.REDACTED:
        raise Refused(refusals.NOT_REDACTED)
    if Answer.HARMLESS in given.values() and not disclosure.note.strip():
        raise Refused(refusals.NOTE_NEEDED)
    if not disclosure.wording.strip():
        raise Refused(refusals.WORDING_NEEDED)
