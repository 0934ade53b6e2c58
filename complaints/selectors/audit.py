"""What auditors and supervisors read: histories, acts, reads, openings, seals; no case content."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from complaints.access import audited
from complaints.models import Matter, ReferralItem, Report, Tip
from complaints.selectors.audit_words import KIND_WORDS, event_words, state_words
from neutrality.accounts.http import GRANT_ZONE
from neutrality.accounts.models import RoleGrant, User
from neutrality.accounts.roles import Role
from neutrality.accounts.scope import path_condition
from neutrality.audit.actor import Actor
from neutrality.audit.models import ACTOR_KINDS, AccessRow, AuditRow, Entry, Seal, Verification
from neutrality.audit.record import SubjectRef
from neutrality.organisations.selectors import place_names
from neutrality.ui.dates import say_short_instant
from neutrality.vault.models import Opening
from neutrality.vault.openings import openings

READERS: Final = (Role.AUDITOR, Role.SUPERVISOR)

CASE_KINDS: Final[dict[str, type[Model]]] = {
    "report": Report,
    "tip": Tip,
    "matter": Matter,
    "referral_item": ReferralItem,
}
_ACTOR_WORDS: Final[dict[str, Any]] = dict(ACTOR_KINDS)


@dataclass(frozen=True, slots=True)
class Found:
    """Something whose history can be read."""

    kind: str
    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the record or of the access log, as text."""

    id: int
    stream: str
    what: str
    words: str
    subject: str
    subject_kind: str
    subject_id: int
    change: str
    at: str
    recorded: str
    by: str
    role: str
    place: str


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """Who opened which identity or file, for which subject, and why."""

    subject: str
    subject_kind: str
    subject_id: int
    what: str
    reason: str
    at: str
    by: str
    role: str
    place: str


@dataclass(frozen=True, slots=True)
class SealLine:
    """One seal, and whether the newest proof covers it."""

    number: str
    stream: str
    rows: str
    range: str
    at: str
    hash: str
    state: str
    tone: str
    icon: str


def sees_all(actor: Actor) -> bool:
    """Whether the actor audits the whole nation."""
    return any(g.at.kind == "national" and g.role in READERS for g in actor.grants)


def within_scope(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows that people of the actor's offices and of those below have made."""
    condition = path_condition(actor, "office", READERS, field="organisation_path")
    return rows if condition is None else rows.filter(condition, organisation_kind="office")


def find(*, text: str, actor: Actor, day: date) -> list[Found]:
    """Entries by any of their numbers or their code, accounts by address; four queries at most."""
    wanted = text.strip()
    if not wanted:
        return []
    if "@" in wanted:
        people = _people_in_scope(actor, day).filter(email=wanted.lower())
        return [Found("user", user.pk, str(user)) for user in people]
    entry = Q(public_id=wanted) | Q(receipt_number__iexact=wanted)
    report = entry | Q(number__iexact=wanted) | Q(register_number__iexact=wanted)
    conditions: dict[str, Q] = {
        "report": report,
        "tip": entry,
        "matter": Q(public_id=wanted),
        "referral_item": Q(public_id=wanted),
    }
    return [
        Found(kind, row.pk, title(kind, row.pk))
        for kind, condition in conditions.items()
        for row in _audited(kind, actor, day).filter(condition)[:5]
    ]


def may_read(*, subject: SubjectRef, actor: Actor, day: date) -> bool:
    """Whether the actor may read the history of this subject."""
    if subject.kind in CASE_KINDS:
        return _audited(subject.kind, actor, day).filter(pk=subject.id).exists()
    if subject.kind == "user":
        return _people_in_scope(actor, day).filter(pk=subject.id).exists()
    return sees_all(actor)


def person(*, user_id: int, actor: Actor, day: date) -> User | None:
    """The person whose acts are read, or None when not of the actor's offices."""
    return _people_in_scope(actor, day).filter(pk=user_id).first()


def lines(rows: Sequence[Entry]) -> list[Line]:
    """Rows as text, with the names of those who acted and of their places; two queries."""
    names = _names({row.user_id for row in rows})
    places = place_names(places=map(_place_key, rows))
    return [_line(row, names, places) for row in rows]


def opening_rows(*, actor: Actor) -> QuerySet[Opening]:
    """Openings by people of the actor's offices and of those below."""
    rows = Opening.objects.none()
    for grant in actor.grants:
        if grant.role in READERS:
            rows = rows | openings(under=grant.at)
    return rows


def opening_lines(rows: Sequence[Opening]) -> list[OpeningLine]:
    """Openings as text; two queries."""
    names = _names({row.opened_by_id for row in rows})
    places = place_names(places=map(_place_key, rows))
    return [
        OpeningLine(
            subject=title(row.subject_kind, row.subject_id),
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
            what=_("Identitas") if row.identity_id else _("Berkas tersegel"),
            reason=row.reason,
            at=_at(row.opened_at),
            by=_by(row.actor_kind, row.opened_by_id, names),
            role=_role(row.role),
            place=_place(row, places),
        )
        for row in rows
    ]


def seal_lines(rows: Sequence[Seal], proofs: dict[str, Verification]) -> list[SealLine]:
    """Seals as text with what the newest proof says of each."""
    return [_seal_line(row, proofs.get(row.stream)) for row in rows]


def _audited(kind: str, actor: Actor, day: date) -> QuerySet[Any]:
    rows = CASE_KINDS[kind]._base_manager.all()  # noqa: SLF001  every row
    matter = "pk" if kind == "matter" else "matter_id"
    return audited(rows, actor=actor, day=day, roles=READERS, matter=matter)


def _people_in_scope(actor: Actor, day: date) -> QuerySet[User]:
    if sees_all(actor):
        return User.objects.all()
    condition = path_condition(actor, "office", READERS, field="office__path")
    grants = RoleGrant.objects.on(day).filter(condition or Q())
    return User.objects.filter(pk__in=grants.values("user_id"))


def _names(ids: Iterable[int | None]) -> dict[int, str]:
    wanted = [pk for pk in ids if pk is not None]
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _place_key(row: Entry | Opening) -> tuple[str, str]:
    return row.organisation_kind, row.organisation_path


def _place(row: Entry | Opening, places: Mapping[tuple[str, str], str]) -> str:
    """The place by its name; its path where no such row is left."""
    return places.get(_place_key(row), row.organisation_path)


def _line(row: Entry, names: dict[int, str], places: Mapping[tuple[str, str], str]) -> Line:
    late = row.recorded_at != row.occurred_at
    return Line(
        id=row.pk,
        stream="record" if isinstance(row, AuditRow) else "access",
        what=row.what,
        words=event_words(row.what),
        subject=title(row.subject_kind, row.subject_id),
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        change=_change(row) if isinstance(row, AuditRow) else "",
        at=_at(row.occurred_at),
        recorded=_at(row.recorded_at) if late else "",
        by=_by(row.actor_kind, row.user_id, names),
        role=_role(row.role),
        place=_place(row, places),
    )


def _change(row: AuditRow) -> str:
    return " → ".join(
        state_words(what=row.what, kind=row.subject_kind, state=state)
        for state in (row.before, row.after)
        if state
    )


def title(kind: str, subject_id: int) -> str:
    """A subject as the record names it, its kind in words."""
    return f"{KIND_WORDS.get(kind, kind)} #{subject_id}"


def _by(kind: str, user_id: int | None, names: dict[int, str]) -> str:
    if user_id is not None:
        return names.get(user_id, f"#{user_id}")
    return str(_ACTOR_WORDS.get(kind, kind))


def _role(role: str) -> str:
    if role in _ACTOR_WORDS:
        return ""  # a party acts as itself, which stands beside it
    return str(Role(role).label) if role in Role.values else role


def _at(instant: datetime) -> str:
    return say_short_instant(instant, GRANT_ZONE)


def _seal_line(row: Seal, proof: Verification | None) -> SealLine:
    state, tone, icon = _seal_state(row, proof)
    return SealLine(
        number=str(row.number),
        stream=row.get_stream_display(),
        rows=str(row.row_count),
        range=f"{row.first_id}-{row.last_id}",
        at=_at(row.sealed_at),
        hash=bytes(row.hash).hex(),
        state=state,
        tone=tone,
        icon=icon,
    )


def _seal_state(row: Seal, proof: Verification | None) -> tuple[str, str, str]:
    if proof is None:
        return _("Belum dibuktikan"), "neutral", "circle"
    if proof.failed_seal == row.number:
        return _("Gagal dibuktikan"), "danger", "danger"
    if proof.failure or row.number > proof.last_seal:
        return _("Belum dibuktikan"), "neutral", "circle"
    return _("Terbukti utuh"), "success", "check"


def access_rows(*, actor: Actor) -> QuerySet[AccessRow]:
    """What people of the actor's offices have looked at."""
    rows: QuerySet[AccessRow] = within_scope(actor, AccessRow.objects.all())
    return rows
