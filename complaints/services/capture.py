"""Capture a post before it vanishes: the picture, when it was taken, and of which address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from complaints.codes import EvidenceKind
from complaints.models import Custody, Evidence, Matter
from complaints.services.evidence_intake import ArrivedFile, Owner, take_in_file
from complaints.services.office_roles import CLERKS, note
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.law.clock import Clock

_SHOWN: Final = (
    "kind", "captures", "url", "platform", "account_name", "posted_on", "posted_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A captured page: the file, when it was taken, when the post says it was made."""

    file: ArrivedFile
    taken_at: datetime
    posted_at: datetime | None = None
    caption: str = ""


@transaction.atomic(durable=True)
def capture(*, web: Evidence, matter: Matter, shot: Shot, actor: Actor, clock: Clock) -> Evidence:
    """Seal the picture as evidence beside the address that it shows.

    Raises:
        Refused: Not of this office, or a time that has not come.
        FileRefused: The file cannot be taken in.
    """
    note("evidence.capture", matter, *CLERKS, actor=actor, clock=clock, of=web.pk)
    if max(shot.taken_at, shot.posted_at or shot.taken_at) > clock.now:
        raise refuse(RefusalCode.IN_THE_FUTURE)
    owner = Owner(matter_id=matter.pk, report_id=web.report_id, tip_id=web.tip_id)
    evidence = take_in_file(
        file=shot.file, owner=owner, caption=shot.caption, actor=actor, clock=clock
    )
    evidence.kind, evidence.captures = EvidenceKind.CAPTURE, web
    evidence.url, evidence.platform, evidence.account_name = web.url, web.platform, web.account_name
    evidence.posted_at = shot.posted_at or web.posted_at
    evidence.posted_on = None if shot.posted_at else web.posted_on
    evidence.save(update_fields=_SHOWN)
    Custody.objects.create(
        evidence=evidence, act="CAPTURED", who=actor.label, happened_at=shot.taken_at
    )
    return evidence
