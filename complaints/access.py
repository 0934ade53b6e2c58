"""Who may see what: one visible-to queryset per model, and loading and authorising in one call."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, Final, TypeVar

from django.db.models import (
    BigIntegerField,
    CharField,
    Exists,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from complaints.codes import HandlingRole, PartyKind, ReferralState, TipState
from complaints.models import (
    AgendaItem,
    Examiner,
    Handling,
    Matter,
    Party,
    PlenaryMeeting,
    ReferralItem,
    Report,
    Tip,
)
from neutrality.accounts.models import Relation
from neutrality.accounts.relations import ExcludedSubjects, excluded_subjects
from neutrality.accounts.roles import OFFICE_ROLES, Role
from neutrality.accounts.scope import path_condition
from neutrality.audit.actor import Actor, ActorKind, OrgKind
from neutrality.documents.models import Classification, Document, DocumentState
from neutrality.ui.prepared import Prepared

M = TypeVar("M", bound=Model)
Conflicts = set[tuple[int, int]]
Kept = tuple[list[int], ExcludedSubjects]
_CLEARED: Final = "_cleared_for_user_id"

OFFICE: Final = tuple(sorted(OFFICE_ROLES))
AGENCY: Final = (Role.HR_DISCIPLINE,)
EXAMINED: Final = (
    ReferralState.FOLLOW_UP,
    ReferralState.NOT_FOLLOWED_UP,
    ReferralState.CONTROLLED,
)
KNOWN_TO_AGENCY: Final = (
    ReferralState.RECOMMENDED,
    ReferralState.FOLLOW_UP,
    ReferralState.NOT_FOLLOWED_UP,
    ReferralState.CONTROLLED,
    ReferralState.SANCTIONED,
    ReferralState.SUBJECT_INACTIVE,
)


class NotVisible(LookupError):
    """There is no such thing, or not for this actor; the two are never told apart."""


def reports_for(*, actor: Actor, day: date) -> QuerySet[Report]:
    """Return the reports of the actor's offices, without those of a declared relation."""
    rows = _at(Report.objects.all(), actor, "office", OFFICE, "office_path")
    return _without_conflicts(rows, actor, day, "matter_id")


def tips_for(*, actor: Actor, day: date) -> QuerySet[Tip]:
    """Return the tips of the actor's offices, without those of a declared relation."""
    rows = _at(Tip.objects.all(), actor, "office", OFFICE, "office_path")
    return _without_conflicts(rows, actor, day, "matter_id")


def matters_for(*, actor: Actor, day: date) -> QuerySet[Matter]:
    """Return the matters of the actor's offices, without those of a declared relation."""
    rows = _at(Matter.objects.all(), actor, "office", OFFICE, "office_path")
    return _without_conflicts(rows, actor, day, "pk")


def former_matters_for(*, actor: Actor, day: date) -> QuerySet[Matter]:
    """Return the matters that the actor's offices handled once and no office of theirs does now.

    Of these they read what they did themselves; identities are closed to them.
    """
    here = _condition(actor, "office", OFFICE, "office_path")
    if not here:  # whoever reads every office has none that it handles no more
        return Matter.objects.none()
    left = Handling.objects.filter(
        _condition(actor, "office", OFFICE, "office__path"),
        role=HandlingRole.RESPONSIBLE,
        until_at__isnull=False,
    )
    rows = Matter.objects.filter(pk__in=left.values("matter")).exclude(here)
    return _without_conflicts(rows, actor, day, "pk")


def former_handlings(*, matter: Matter, actor: Actor) -> QuerySet[Handling]:
    """Return the ended parts of the actor's offices in a matter, the earliest first."""
    rows = Handling.objects.filter(
        _condition(actor, "office", OFFICE, "office__path"),
        matter=matter,
        role=HandlingRole.RESPONSIBLE,
        until_at__isnull=False,
    )
    return rows.select_related("office").order_by("from_at", "pk")


def delegated_tips_for(*, actor: Actor, day: date) -> QuerySet[Tip]:
    """Return the tips whose tracing is delegated to the actor's offices and still goes on.

    Those who look read what it is about, without identities and letters of the mailbox.
    """
    held = Handling.objects.filter(
        _condition(actor, "office", OFFICE, "office__path"),
        role=HandlingRole.DELEGATED,
        until_at__isnull=True,
    )
    rows = Tip.objects.filter(matter_id__in=held.values("matter"), state=TipState.TRACING)
    return _without_conflicts(rows, actor, day, "matter_id")


def documents_for(*, actor: Actor, day: date) -> QuerySet[Document]:
    """Return the documents that the actor may open, drafts left out.

    Those of matters in hand; of matters that went on to another office those that the own office
    issued, without identities; of meetings, unless an item is about a matter that is kept from
    the actor: minutes name every item, the extracts one.
    """
    rows = Document.objects.exclude(state=DocumentState.DRAFT).select_related("office")
    # Asked by the row: a set of all files is too large to be hashed in a large country.
    file = {"pk": OuterRef("matter_ref")}
    in_hand = Q(Exists(matters_for(actor=actor, day=day).filter(**file)))
    own = _condition(actor, "office", OFFICE, "office__path")
    former = Q(Exists(former_matters_for(actor=actor, day=day).filter(**file)))
    former &= own & ~Q(classification=Classification.IDENTITY)
    seen = agenda_for(actor=actor, day=day).filter(pk=OuterRef("pk"))
    kept = AgendaItem.objects.filter(~Exists(seen), meeting=OuterRef("subject_id"))
    of_meetings = own & Q(matter_ref__isnull=True, subject_kind="plenary_meeting") & ~Exists(kept)
    of_office = own & Q(matter_ref__isnull=True) & ~Q(subject_kind="plenary_meeting")
    return rows.filter(in_hand | former | of_meetings | of_office)


def is_cleared(subject: Model, actor: Actor) -> bool:
    """Whether the subject was loaded here for this actor, whom no relation keeps from it."""
    return subject.__dict__.get(_CLEARED) == actor.user_id


def _cleared(found: M, actor: Actor) -> M:
    found.__dict__[_CLEARED] = actor.user_id
    return found


def conflicts_of(*, user_ids: Collection[int], matter_ids: Collection[int], day: date) -> Conflicts:
    """Return who of these users must not judge which of these matters, as pairs.

    Two queries for each user: the relations, and the respondents tied by them.
    """
    found: set[tuple[int, int]] = set()
    for user_id in sorted(set(user_ids)):
        actor = Actor(kind=ActorKind.USER, label="", user_id=user_id)
        conflict = _conflict(actor, excluded_subjects(actor=actor, day=day))
        rows = Party.objects.filter(
            conflict, matter_id__in=matter_ids, kind=PartyKind.RESPONDENT
        ).values_list("matter_id", flat=True)
        found |= {(user_id, matter_id) for matter_id in rows}
    return found


def register_for(rows: QuerySet[M], *, actor: Actor, day: date) -> QuerySet[M]:
    """Return the rows of the registers of the actor's offices, without those of a kept matter."""
    return _without_conflicts(
        _at(rows, actor, "office", OFFICE, "office_path"), actor, day, "matter_id"
    )


def meetings_for(*, actor: Actor) -> QuerySet[PlenaryMeeting]:
    """Return the plenary meetings of the actor's offices."""
    return _at(PlenaryMeeting.objects.all(), actor, "office", OFFICE, "office_path")


def agenda_for(*, actor: Actor, day: date) -> QuerySet[AgendaItem]:
    """Return the agenda items of the actor's offices, without those of a declared relation."""
    rows = _at(AgendaItem.objects.all(), actor, "office", OFFICE, "office_path")
    return _without_conflicts(rows, actor, day, "matter_id")


def items_for(*, actor: Actor, day: date, side: str = "") -> QuerySet[ReferralItem]:
    """Return the referral items of the actor's offices, bodies and agencies, or of one side only.

    An agency sees its own people from the recommendation on, or from the letter that was copied
    to it; an examiner sees the items for which he was named, until the sanction.
    """
    told = Q(state__in=KNOWN_TO_AGENCY) | Q(agency_informed=True)
    sides = {
        "office": _condition(actor, "office", OFFICE, "office_path"),
        "body": _condition(actor, "body", (Role.LIAISON,), "body_path"),
        "agency": (_condition(actor, "agency", AGENCY, "agency__path") & told) | _named(actor),
    }
    wanted = [sides[side]] if side else list(sides.values())
    condition = Q(pk__in=[])
    for each in wanted:
        condition |= each
    return _without_conflicts(ReferralItem.objects.filter(condition), actor, day, "matter_id")


def _named(actor: Actor) -> Q:
    if not actor.holds(Role.EXAMINER):
        return Q(pk__in=[])
    named = Examiner.objects.filter(item=OuterRef("pk"), user_id=actor.user_id or 0)
    return Q(Exists(named), state__in=EXAMINED)


def audited(
    rows: QuerySet[M],
    *,
    actor: Actor,
    day: date,
    roles: tuple[str, ...],
    matter: str = "matter_id",
) -> QuerySet[M]:
    """Return the rows of the offices where the actor holds one of `roles`, without conflicts.

    For those who read histories and not contents; `matter` names the column of the matter.
    """
    return _without_conflicts(_at(rows, actor, "office", roles, "office_path"), actor, day, matter)


def get_report_for(*, actor: Actor, day: date, public_id: str) -> Report:
    """Return the report with office, contest and matter joined; raises `NotVisible`."""
    rows = reports_for(actor=actor, day=day)
    joined = ("office", "contest__election", "matter")
    return _cleared(_get(rows.select_related(*joined), public_id), actor)


def get_tip_for(*, actor: Actor, day: date, public_id: str) -> Tip:
    """Return the tip with office, contest and matter joined; raises `NotVisible`."""
    rows = tips_for(actor=actor, day=day)
    joined = ("office", "contest__election", "matter")
    return _cleared(_get(rows.select_related(*joined), public_id), actor)


def get_matter_for(*, actor: Actor, day: date, public_id: str) -> Matter:
    """Return the matter with office and contest joined; raises `NotVisible`."""
    rows = matters_for(actor=actor, day=day)
    return _cleared(_get(rows.select_related("office", "contest__election"), public_id), actor)


def get_former_matter_for(*, actor: Actor, day: date, public_id: str) -> Matter:
    """Return a matter handled once, with its present office joined; raises `NotVisible`."""
    rows = former_matters_for(actor=actor, day=day)
    return _get(rows.select_related("office"), public_id)


def get_meeting_for(*, actor: Actor, public_id: str) -> PlenaryMeeting:
    """Return the meeting with its office; raises `NotVisible`."""
    return _get(meetings_for(actor=actor).select_related("office"), public_id)


def get_agenda_item_for(*, actor: Actor, day: date, public_id: str) -> AgendaItem:
    """Return the agenda item with office and matter; raises `NotVisible`."""
    joined = ("office", "matter__office", "meeting")
    rows = agenda_for(actor=actor, day=day).select_related(*joined)
    return _get(rows, public_id)


def get_item_for(*, actor: Actor, day: date, public_id: str, side: str = "") -> ReferralItem:
    """Return the referral item with what its pages show; raises `NotVisible`."""
    rows = items_for(actor=actor, day=day, side=side)
    joined = ("office", "body", "agency", "respondent__unit", "matter__contest__election")
    return _cleared(_get(rows.select_related(*joined), public_id), actor)


def _condition(actor: Actor, kind: OrgKind, roles: tuple[str, ...], field: str) -> Q:
    held = any(grant.role in roles for grant in actor.grants)
    if not held:
        return Q(pk__in=[])
    condition = path_condition(actor, kind, roles, field=field)
    return Q() if condition is None else condition


def _at(
    rows: QuerySet[M], actor: Actor, kind: OrgKind, roles: tuple[str, ...], field: str
) -> QuerySet[M]:
    return rows.filter(_condition(actor, kind, roles, field))


def without_conflicts(
    rows: QuerySet[M], *, actor: Actor, day: date, matter: str = "matter_id"
) -> QuerySet[M]:
    """Leave out what belongs to a file that a relation keeps from the actor.

    `matter` names the column of the matter.
    """
    return _without_conflicts(rows, actor, day, matter)


def _without_conflicts(rows: QuerySet[M], actor: Actor, day: date, matter: str) -> QuerySet[M]:
    """Leave out where the actor is respondent (hardly ever: a short list) or is related to one."""
    own, excluded = kept_from(actor, day)
    rows = rows.exclude(**{f"{matter}__in": own}) if own else rows
    if not excluded:
        return rows
    respondents = Party.objects.filter(matter_id=OuterRef(matter), kind=PartyKind.RESPONDENT)
    return rows.filter(~Exists(respondents.filter(_related(excluded))))


@contextmanager
def ties_asked_once() -> Iterator[None]:
    """Inside of this, the ties of a person are read once however many lists ask for them."""
    token = _ASKED.set({})
    try:
        yield
    finally:
        _ASKED.reset(token)


@contextmanager
def without_ties() -> Iterator[None]:
    """Inside of this nobody has ties: for SQL that is written for anybody who has none."""
    token = _ASKED.set(_NoTies())
    try:
        yield
    finally:
        _ASKED.reset(token)


class _NoTies(dict[tuple[int | None, date], Kept]):
    """What `without_ties` answers to every question."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: tuple[int | None, date]) -> Kept:
        nobody: frozenset[Any] = frozenset()
        return [], ExcludedSubjects(person_ids=nobody, unit_paths=nobody, agency_ids=nobody)


_ASKED: Final[ContextVar[dict[tuple[int | None, date], Kept] | None]] = ContextVar(
    "ties_asked", default=None
)


def kept_from(actor: Actor, day: date) -> Kept:
    """Return the files in which the actor is respondent, and the ties declared; one query."""
    asked = _ASKED.get()
    if asked is None:
        return _read_kept(actor, day)
    key = actor.user_id, day
    if key not in asked:
        asked[key] = _read_kept(actor, day)
    return asked[key]


def _read_kept(actor: Actor, day: date) -> Kept:
    rows = _KEPT(user=actor.user_id, day=day) if actor.user_id is not None else []
    persons, units, agencies, matters = zip(*rows, strict=True) if rows else ((), (), (), ())
    excluded = ExcludedSubjects(
        person_ids=frozenset(key for key in persons if key is not None),
        unit_paths=frozenset(path for path in units if path is not None),
        agency_ids=frozenset(key for key in agencies if key is not None),
    )
    return [key for key in matters if key is not None], excluded


def _kept(user: int, day: date) -> QuerySet[Relation, tuple[Any, ...]]:
    key, text = BigIntegerField(), CharField()
    ties = Relation.objects.on(day).filter(user_id=user).order_by()
    own = Party.objects.filter(user_id=user, kind=PartyKind.RESPONDENT).order_by()
    of_ties = ties.values_list("person_id", "unit__path", "agency_id", Value(None, key))
    of_own = own.values_list(Value(None, key), Value(None, text), Value(None, key), "matter_id")
    return of_ties.union(of_own, all=True)


_KEPT: Final = Prepared(_kept)


def _conflict(actor: Actor, excluded: ExcludedSubjects) -> Q:
    """Return what makes a respondent one whom this actor must not judge."""
    return Q(user_id=actor.user_id, user_id__isnull=False) | _related(excluded)


def _related(excluded: ExcludedSubjects) -> Q:
    conflict = Q(person_id__in=excluded.person_ids) | Q(agency_id__in=excluded.agency_ids)
    for path in sorted(excluded.unit_paths):
        conflict |= Q(unit__path=path) | Q(unit__path__startswith=f"{path}/")
    return conflict


def _get(rows: QuerySet[M], public_id: str) -> M:
    # Not `first()`: to sort one row Django would compare every column of the joined tables.
    one = rows.order_by().filter(public_id=public_id)
    found = None if "\0" in public_id else next(iter(one), None)
    if found is None:
        raise NotVisible(public_id)
    return found
