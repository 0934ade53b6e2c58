"""What the account pages show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from neutrality.accounts.models import Relation, RoleGrant, User
from neutrality.accounts.models.grant import ORGANISATION_COLUMNS
from neutrality.accounts.roles import OrganisationKind
from neutrality.audit.actor import NATIONAL
from neutrality.organisations.models import Agency, Office, ReferralBody, Unit
from neutrality.personnel.models import Person
from neutrality.personnel.selectors import find_by_number
from neutrality.personnel.validators import kind_of
from neutrality.ui.dates import say_short_day

SEARCH_LIMIT = 15
LIKE_ENOUGH = 0.5

Organisation = Office | Agency | Unit | ReferralBody
_TABLES: dict[str, type[Organisation]] = {
    OrganisationKind.OFFICE: Office,
    OrganisationKind.AGENCY: Agency,
    OrganisationKind.UNIT: Unit,
    OrganisationKind.BODY: ReferralBody,
}


@dataclass(frozen=True, slots=True)
class DatedRow:
    """A role or a relation as one line: what, with what, when, and whether it holds."""

    id: int
    title: str
    place: str
    period: str
    state: str
    tone: str
    icon: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Something found: its key for the form (`office:12`), its name and what tells it apart."""

    key: str
    name: str
    detail: str


def grants_of(*, user: User, day: date) -> list[DatedRow]:
    """Every grant of the user, those in force first, then the coming, then the ended."""
    rows = RoleGrant.objects.filter(user=user).with_organisations()
    lines = [
        _line(
            row.pk, row.get_role_display(), row.place, begin=row.starts_on, end=row.ends_on, day=day
        )
        for row in rows
    ]
    return sorted(lines, key=_order)


def relations_of(*, user: User, day: date) -> list[DatedRow]:
    """Every relation of the user, those in force first."""
    rows = Relation.objects.filter(user=user).select_related("person", "unit", "agency")
    lines = [
        _line(
            row.pk,
            row.get_kind_display(),
            row.subject_name,
            begin=row.valid_from,
            end=row.valid_until,
            day=day,
        )
        for row in rows
    ]
    return sorted(lines, key=_order)


def find_subjects(*, text: str, day: date) -> list[Choice]:
    """A person by an exact number, or workplaces whose name holds a word like `text`."""
    kind = kind_of(number=text)
    if kind is not None:
        person = find_by_number(kind=kind, number=text, day=day)
        return [Choice(f"person:{person.pk}", person.name, _("Orang"))] if person else []
    return _find(OrganisationKind.AGENCY, text, day) + _find(OrganisationKind.UNIT, text, day)


def organisation(key: str) -> Organisation | None:
    """The organisation of a key; None for the national level. Raises `LookupError`."""
    kind, _colon, pk = key.partition(":")
    if kind == NATIONAL.kind:
        return None
    table = _TABLES.get(kind)
    found = table.objects.filter(pk=pk).first() if table and pk.isdecimal() else None
    if found is None:
        raise LookupError(key)
    return found


def subject(key: str) -> Person | Unit | Agency:
    """The person, unit or agency of a key. Raises `LookupError`."""
    kind, _colon, pk = key.partition(":")
    if kind == "person" and pk.isdecimal():
        person = Person.objects.filter(pk=pk).first()
        if person is not None:
            return person
    elif kind in {OrganisationKind.UNIT, OrganisationKind.AGENCY}:
        found = organisation(key)
        if isinstance(found, Unit | Agency):
            return found
    raise LookupError(key)


def _find(kind: str, text: str, day: date) -> list[Choice]:
    rows: QuerySet[Any, Any] = _TABLES[kind].objects.on(day)
    detail = "agency__name" if kind == OrganisationKind.UNIT else "path"
    likeness = TrigramWordSimilarity(text.strip(), "name")
    near = rows.annotate(likeness=likeness).filter(likeness__gte=LIKE_ENOUGH)
    found = near.order_by("-likeness", "path").values_list("pk", "name", detail)[:SEARCH_LIMIT]
    return [Choice(f"{kind}:{pk}", name, more) for pk, name, more in found]


def _line(pk: int, title: str, place: str, *, begin: date, end: date | None, day: date) -> DatedRow:
    if end is not None and end <= day:
        state, tone, icon = _("Sudah berakhir"), "neutral", "history"
    elif begin > day:
        state, tone, icon = _("Belum mulai"), "info", "clock"
    else:
        state, tone, icon = _("Berlaku"), "success", "check"
    words = {"begin": say_short_day(begin), "end": say_short_day(end) if end else ""}
    period = _("%(begin)s sampai sebelum %(end)s") if end else _("Sejak %(begin)s")
    is_open = tone != "neutral"
    return DatedRow(pk, title, place, period % words, state, tone, icon, is_open)


def _order(row: DatedRow) -> tuple[int, str, str]:
    return {"success": 0, "info": 1}.get(row.tone, 2), row.title, row.place


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo as the login page offers it."""

    email: str
    role: str


def demo_accounts() -> list[tuple[str, list[DemoAccount]]]:
    """The accounts of the demo under the place of their first role, in one query."""
    rows = (
        RoleGrant.objects.filter(user__is_demo=True, user__is_active=True)
        .select_related("user", *ORGANISATION_COLUMNS)
        .order_by("user_id", "pk")
    )
    places: dict[str, dict[str, DemoAccount]] = {}
    for row in rows:
        found = places.setdefault(row.place, {})
        found.setdefault(row.user.email, DemoAccount(row.user.email, row.get_role_display()))
    return [(place, list(accounts.values())) for place, accounts in sorted(places.items())]
