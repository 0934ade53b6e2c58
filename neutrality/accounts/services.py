"""Accounts, roles and relations change here, each with its line in the record."""

from datetime import date

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from neutrality.accounts.leaving import tell_who_keeps_work
from neutrality.accounts.models import Language, Relation, RelationKind, RoleGrant, User
from neutrality.accounts.refusals import AccountRefusal
from neutrality.accounts.roles import OrganisationKind, Role, may_be_held_at
from neutrality.audit.actor import NATIONAL, Actor, ActorKind, OrgRef
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.organisations.models import Agency, Unit
from neutrality.personnel.models import Person

USER = "user"


@transaction.atomic
def create_user(
    *,
    email: str,
    name: str,
    actor: Actor,
    clock: Clock,
    language: str = Language.INDONESIAN,
    password: str | None = None,
    is_demo: bool = False,
) -> User:
    """Make an account without roles; its address counts as confirmed.

    Without a password nobody can log in until the owner of the mailbox has set one. Raises
    `AccountRefusal` when the address is taken or the actor is no administrator.
    """
    _demand_administrator(actor)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email, password, name=name, language=language, is_demo=is_demo
            )
    except IntegrityError as taken:
        raise AccountRefusal("email_taken", _("Surel ini sudah dipakai akun lain.")) from taken
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record(what="user_created", subject=SubjectRef(USER, user.pk), actor=actor, clock=clock)
    return user


@transaction.atomic
def set_active(*, user_id: int, active: bool, actor: Actor, clock: Clock) -> User:
    """Open or close an account; a closed one is logged out at its next request."""
    _demand_administrator(actor)
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    if user.is_active == active:
        return user
    if user.pk == actor.user_id:
        raise AccountRefusal("own_account", _("Akun sendiri tidak dapat ditutup sendiri."))
    user.is_active = active
    user.save(update_fields=["is_active"])
    what = "user_opened" if active else "user_closed"
    record(what=what, subject=SubjectRef(USER, user.pk), actor=actor, clock=clock)
    if not active:
        tell_who_keeps_work(user_id=user.pk, actor=actor, clock=clock)
    return user


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: Role,
    at: OrgRef,
    starts_on: date,
    actor: Actor,
    clock: Clock,
    ends_on: date | None = None,
) -> RoleGrant:
    """Give a role at an organisation from `starts_on` until the day before `ends_on`.

    Raises `AccountRefusal` when the actor is no administrator or gives to himself, when the role
    is not held at such an organisation, when the dates are turned round, or when the same grant
    exists on one of those days.
    """
    _demand_administrator(actor)
    if user.pk == actor.user_id:
        raise AccountRefusal("own_grant", _("Peran untuk diri sendiri diberikan orang lain."))
    if not may_be_held_at(role, OrganisationKind(at.kind)):
        raise AccountRefusal("wrong_place", _("Peran ini tidak ada pada jenis organisasi itu."))
    if ends_on is not None and ends_on < starts_on:
        raise AccountRefusal("dates", _("Tanggal berakhir mendahului tanggal mulai."))
    grant = RoleGrant(
        user=user,
        role=role,
        is_national=at.kind == NATIONAL.kind,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by_id=actor.user_id,
        granted_at=clock.now,
    )
    if not grant.is_national:
        setattr(grant, f"{at.kind}_id", at.id)
    _insert_grant(grant)
    _record_grant("role_granted", grant, at, actor, clock)
    return grant


@transaction.atomic
def end_grant(*, grant_id: int, ends_on: date, actor: Actor, clock: Clock) -> RoleGrant:
    """End a grant: `ends_on` is the first day without it. A past day is moved to no earlier day.

    Raises `AccountRefusal` when the actor is no administrator or the grant has ended already.
    """
    _demand_administrator(actor)
    grant = RoleGrant.objects.select_for_update(of=("self",)).with_organisations().get(pk=grant_id)
    if grant.ends_on is not None and grant.ends_on <= ends_on:
        raise AccountRefusal("ended", _("Peran ini sudah berakhir lebih dahulu."))
    grant.ends_on = max(ends_on, grant.starts_on)
    grant.ended_by_id = actor.user_id
    grant.ended_at = clock.now
    grant.save(update_fields=["ends_on", "ended_by", "ended_at"])
    _record_grant("role_ended", grant, grant.at(), actor, clock)
    tell_who_keeps_work(user_id=grant.user_id, actor=actor, clock=clock)
    return grant


@transaction.atomic
def declare_relation(
    *,
    user: User,
    subject: Person | Unit | Agency,
    kind: RelationKind,
    valid_from: date,
    actor: Actor,
    clock: Clock,
) -> Relation:
    """Declare that `user` must not deal with a person, a unit or an agency.

    Everybody declares for himself. For others: a supervisor of an office above all of the
    user's offices (so a head's conflict is set by the next higher office), or an administrator.
    Raises `AccountRefusal` otherwise.
    """
    if actor.user_id is None:
        raise AccountRefusal("nobody", _("Hubungan dinyatakan oleh orang yang masuk."))
    if user.pk != actor.user_id:
        _demand_higher_office(user=user, actor=actor, day=valid_from)
    relation = Relation(
        user=user,
        kind=kind,
        valid_from=valid_from,
        declared_by_id=actor.user_id,
        declared_at=clock.now,
    )
    setattr(relation, _column_of(subject), subject)
    relation.save()
    _record_relation("relation_declared", relation, actor, clock)
    tell_who_keeps_work(user_id=user.pk, actor=actor, clock=clock)
    return relation


@transaction.atomic
def end_relation(*, relation_id: int, valid_until: date, actor: Actor, clock: Clock) -> Relation:
    """End a relation: `valid_until` is the first day without it. Nobody ends his own.

    Raises `AccountRefusal` for the person himself and for those not above him, and when the
    relation has ended already.
    """
    relation = (
        Relation.objects.select_for_update(of=("self",)).select_related("user").get(pk=relation_id)
    )
    if relation.user_id == actor.user_id:
        raise AccountRefusal("own_relation", _("Hubungan sendiri diakhiri oleh kantor di atasnya."))
    _demand_higher_office(user=relation.user, actor=actor, day=valid_until)
    if relation.valid_until is not None and relation.valid_until <= valid_until:
        raise AccountRefusal("ended", _("Hubungan ini sudah berakhir lebih dahulu."))
    relation.valid_until = max(valid_until, relation.valid_from)
    relation.ended_by_id = actor.user_id
    relation.ended_at = clock.now
    relation.save(update_fields=["valid_until", "ended_by", "ended_at"])
    _record_relation("relation_ended", relation, actor, clock)
    return relation


def stands_above(*, actor: Actor, user: User, day: date) -> bool:
    """Whether the actor supervises an office strictly above every office of `user` on `day`.

    A user without an office has nobody above but the administrators.
    """
    if actor.holds(Role.ADMIN):
        return True
    above = [g.at.path for g in actor.grants if g.role == Role.SUPERVISOR]
    below = list(
        RoleGrant.objects.on(day)
        .filter(Q(user=user), office__isnull=False)
        .values_list("office__path", flat=True)
    )
    return bool(below) and all(
        any(path.startswith(f"{higher}/") for higher in above) for path in below
    )


def _demand_higher_office(*, user: User, actor: Actor, day: date) -> None:
    if not stands_above(actor=actor, user=user, day=day):
        raise AccountRefusal(
            "not_above", _("Hubungan orang lain ditetapkan oleh kantor setingkat di atasnya.")
        )


def _demand_administrator(actor: Actor) -> None:
    if actor.kind is not ActorKind.SYSTEM and not actor.holds(Role.ADMIN):
        raise AccountRefusal("no_administrator", _("Hanya administrator sistem yang dapat ini."))


def _insert_grant(grant: RoleGrant) -> None:
    try:
        with transaction.atomic():
            grant.save()
    except IntegrityError as overlap:
        raise AccountRefusal(
            "overlap", _("Orang ini sudah memegang peran itu di sana pada sebagian waktu tersebut.")
        ) from overlap


def _column_of(subject: Person | Unit | Agency) -> str:
    if isinstance(subject, Person):
        return "person"
    return "unit" if isinstance(subject, Unit) else "agency"


def _record_grant(what: str, grant: RoleGrant, at: OrgRef, actor: Actor, clock: Clock) -> None:
    record(
        what=what,
        subject=SubjectRef(USER, grant.user_id),
        actor=actor,
        clock=clock,
        data={
            "grant": grant.pk,
            "role": str(grant.role),
            "kind": str(at.kind),
            "path": at.path,
            "starts_on": grant.starts_on.isoformat(),
            "ends_on": grant.ends_on.isoformat() if grant.ends_on else "",
        },
    )


def _record_relation(what: str, relation: Relation, actor: Actor, clock: Clock) -> None:
    record(
        what=what,
        subject=SubjectRef(USER, relation.user_id),
        actor=actor,
        clock=clock,
        data={"relation": relation.pk, "kind": str(relation.kind)},
    )
