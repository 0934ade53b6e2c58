"""The registers of an office, as lists and pages show them: requests, outside tasks, letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints import access
from complaints.codes import LetterState
from complaints.models import InformationRequest, Matter, OfficeLetter, OutsideTask
from complaints.services.register_rows import CLERKS
from neutrality.accounts.scope import offices_in_scope
from neutrality.audit.actor import Actor
from neutrality.law.books import rulebook_at
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode, Regime
from neutrality.law.labels import label
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_short_instant
from neutrality.ui.due import DueWords, due_words
from neutrality.ui.keyset import CappedCount, capped_count

MOST_OFFICES: Final = 50
OPEN, ALL = "terbuka", "semua"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of a register."""

    url: str
    title: str
    detail: str
    office: str
    came: str
    due: DueWords | None
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class RegisterTile:
    """A register with the number of its open lines, counted up to a cap."""

    title: str
    about: str
    url: str
    open: CappedCount


def requests(*, actor: Actor, day: date) -> QuerySet[InformationRequest]:
    """Return the information requests of the actor's offices, with the office joined."""
    rows = InformationRequest.objects.select_related("office")
    return access.register_for(rows, actor=actor, day=day)


def tasks(*, actor: Actor, day: date) -> QuerySet[OutsideTask]:
    """Return the outside tasks of the actor's offices, with the office joined."""
    rows = OutsideTask.objects.select_related("office")
    return access.register_for(rows, actor=actor, day=day)


def letters(*, actor: Actor, day: date) -> QuerySet[OfficeLetter]:
    """Return the letters of the actor's offices, with the office joined."""
    rows = OfficeLetter.objects.select_related("office")
    return access.register_for(rows, actor=actor, day=day)


def answered_in(*, day: date) -> dict[str, Any]:
    """Return how long the law gives for an answer to a request for information, for a sentence."""
    rule = rulebook_at(regime=Regime.PILKADA, day=day).period(PeriodCode.PUBLIC_INFORMATION)
    return {"amount": rule.amount, "unit": label(rule.unit), "basis": cited(rule.legal_basis)}


def tiles(*, actor: Actor, day: date) -> list[RegisterTile]:
    """Return the registers with what is open in each; three capped counts."""
    drafts = letters(actor=actor, day=day).filter(state=LetterState.DRAFT)
    return [
        RegisterTile(
            _("Permintaan informasi"),
            _("Dijawab dalam %(amount)d %(unit)s (%(basis)s).") % answered_in(day=day),
            reverse("staff:information_requests"),
            capped_count(requests(actor=actor, day=day).filter(answer="")),
        ),
        RegisterTile(
            _("Tugas dari sistem lain"),
            _("Validasi dari SBT dan laporan yang diteruskan SP4N-LAPOR! atau instansi lain."),
            reverse("staff:outside_tasks"),
            capped_count(tasks(actor=actor, day=day).filter(answer="")),
        ),
        RegisterTile(
            _("Surat"),
            _("Konsep, surat terbit, dan yang digantikan."),
            reverse("staff:letters"),
            capped_count(drafts),
        ),
    ]


def request_row(row: InformationRequest, clock: Clock) -> RegisterRow:
    """Return one request as the list shows it; no query."""
    return RegisterRow(
        url=reverse("staff:information_request", args=[row.public_id]),
        title=row.number,
        detail=f"{row.get_standing_display()} · {_short(row.wanted)}",
        office=row.office.name,
        came=say_short_instant(row.received_at, row.office.tz),
        due=None if row.answer else _due(row, clock),
        state=str(row.get_answer_display()) if row.answer else _("Belum dijawab"),
        tone="success" if row.answer else "waiting",
    )


def task_row(row: OutsideTask, clock: Clock) -> RegisterRow:
    """Return one task as the list shows it; no query."""
    return RegisterRow(
        url=reverse("staff:outside_task", args=[row.public_id]),
        title=str(row),
        detail=f"{row.sender} · {_short(row.summary)}",
        office=row.office.name,
        came=say_short_instant(row.received_at, row.office.tz),
        due=None if row.answer else _due(row, clock),
        state=str(row.get_answer_display()) if row.answer else _("Belum dijawab"),
        tone="success" if row.answer else "waiting",
    )


def letter_row(row: OfficeLetter) -> RegisterRow:
    """Return one letter as the register shows it; no query."""
    tones = {LetterState.ISSUED: "success", LetterState.DRAFT: "waiting"}
    return RegisterRow(
        url=reverse("staff:letter", args=[row.public_id]),
        title=row.subject,
        detail=" · ".join(filter(None, (row.number, row.addressee.splitlines()[0]))),
        office=row.office.name,
        came=say_short_instant(row.issued_at or row.written_at, row.office.tz),
        due=None,
        state=str(row.get_state_display()),
        tone=tones.get(LetterState(row.state), "neutral"),
    )


def own_offices(*, actor: Actor) -> list[Office]:
    """Return the offices for which the actor may enter something, at most 50; one query."""
    rows = offices_in_scope(actor, *CLERKS).select_related("region")
    return list(rows.order_by("path")[:MOST_OFFICES])


def office_choices(offices: Sequence[Office]) -> list[tuple[str, str]]:
    """Return offices for a select."""
    return [(str(office.public_id), office.name) for office in offices]


def matter_asked_for(*, public_id: str, actor: Actor, day: date) -> Matter | None:
    """Return the file that an address names, when the actor may see it."""
    if not public_id:
        return None
    rows = access.matters_for(actor=actor, day=day).select_related("office__region")
    return rows.filter(public_id=public_id).first()


def _due(row: Any, clock: Clock) -> DueWords:  # noqa: ANN401  a line with `due_at` and office
    return due_words(due_at=row.due_at, now=clock.now, tz=row.office.tz)


def _short(text: str, length: int = 120) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
