"""What the filters of a queue mean in the database; every arm of a search asks an index."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value

from complaints import access
from complaints.codes import CaseState, PartyKind, TipState
from complaints.models import (
    Allegation,
    AllegationResult,
    Finding,
    NumberEntry,
    Party,
    Report,
    Tip,
)
from complaints.selectors import queue_wanted as want
from complaints.selectors.queue_wanted import CASES, Listing, Wanted
from complaints.selectors.same_text import first_of_its_text
from complaints.selectors.spelling import spellings
from neutrality.audit.actor import Actor
from neutrality.elections.models import Contest
from neutrality.law.books import citizen_categories
from neutrality.organisations.models import Agency

SHORTEST_PART: Final = 3
SHORTEST_LIKE: Final = 4
# A search among cases looks at so many of the newest entries of each kind that match.
MOST_FOUND: Final = 500
WEEK: Final = timedelta(days=7)


def rows_of(listing: Listing, *, actor: Actor, day: date) -> QuerySet[Any]:
    """Return the rows of a list that the actor may see."""
    if listing is CASES:
        rows = access.matters_for(actor=actor, day=day)
        return rows.filter(registered_at__isnull=False)
    if listing is want.REPORTS:
        return access.reports_for(actor=actor, day=day)
    return access.tips_for(actor=actor, day=day)


def queue_of(
    listing: Listing, *, wanted: Wanted, actor: Actor, day: date, now: datetime
) -> QuerySet[Any]:
    """Return the files that the filters leave; by the clock only what has one is left."""
    rows = rows_of(listing, actor=actor, day=day)
    rows = rows.filter(_plain(listing, wanted, actor, now) & _of_matter(listing, wanted, day))
    if wanted.text:
        rows = rows.filter(_text(listing, wanted.text, actor, day))
    if wanted.newest:
        return rows
    rows = rows.filter(due_at__isnull=False)
    return rows.exclude(state=CaseState.CLOSED) if listing is CASES else rows


def is_cut(listing: Listing, *, wanted: Wanted, actor: Actor, day: date) -> bool:
    """Whether a search among cases matched more than it looks at; one query, else none."""
    if listing is not CASES or not wanted.text:
        return False
    arms = _arms(wanted.text, actor, day)
    first, *others = (arm.order_by("-pk").values_list("pk")[MOST_FOUND:][:1] for arm in arms)
    return bool(list(first.union(*others, all=True)))


def heads_of(rows: QuerySet[Any], *, listing: Listing, wanted: Wanted) -> QuerySet[Any]:
    """Return the rows of a list: equal texts stand behind the first of them.

    Unless one asks for the equal ones, or for the newest.
    """
    if listing is CASES or wanted.newest or wanted.same or wanted.one_by_one:
        return rows
    return rows.filter(first_of_its_text(rows.model))


def _plain(listing: Listing, wanted: Wanted, actor: Actor, now: datetime) -> Q:
    """Return what the row itself says."""
    condition = Q()
    if wanted.state:
        condition &= Q(state=wanted.state)
    if wanted.place:
        below = Q(office_path__startswith=f"{wanted.place}/")
        condition &= Q(office_path=wanted.place) | below
    if wanted.election:
        # By value: the planner then knows how rare it is, and asks the index when it is.
        contests = Contest.objects.filter(election__code=wanted.election)
        condition &= Q(contest_id__in=list(contests.values_list("pk", flat=True)))
    if wanted.source and listing is not CASES:
        condition &= Q(source=wanted.source)
    if wanted.whose:
        condition &= _whose(wanted.whose, actor)
    if wanted.due:
        condition &= _due(wanted, now)
    return condition & Q(text_key=wanted.same) if wanted.same else condition


def _whose(whose: str, actor: Actor) -> Q:
    if whose == want.NOBODY:
        return Q(assignee__isnull=True)
    return Q(assignee_id=actor.user_id if whose == want.MINE else int(whose))


def _due(wanted: Wanted, now: datetime) -> Q:
    if wanted.due == want.WITHOUT:
        return Q(due_at__isnull=True)
    if wanted.due == want.OVERDUE:
        return Q(due_at__lt=now)
    until = {
        want.TODAY: wanted.day_ends or now,
        want.BEFORE_OPENING: wanted.opens_at or now,
        want.WEEK: now + WEEK,
    }
    return Q(due_at__gte=now, due_at__lt=until[wanted.due])


def _of_matter(listing: Listing, wanted: Wanted, day: date) -> Q:
    """Return what the other rows of the same file say."""
    here = OuterRef(listing.matter)
    condition = Q()
    if wanted.act:
        condition &= Q(Exists(Allegation.objects.filter(_act(wanted.act, day), matter_id=here)))
    if wanted.agency:
        agencies = Agency.objects.filter(code=wanted.agency)
        here_too = {"agency_id__in": list(agencies.values_list("pk", flat=True))}
        people = Party.objects.filter(matter_id=here, kind=PartyKind.RESPONDENT, **here_too)
        condition &= Q(Exists(people))
    if wanted.outcome:
        results = AllegationResult.objects.filter(superseded_at__isnull=True)
        mine = results.filter(allegation__matter_id=here, outcome=wanted.outcome)
        condition &= Q(Exists(mine))
    if wanted.source and listing is CASES:
        condition &= Q(Exists(_ORIGIN[wanted.source].objects.filter(matter_id=here)))
    return condition


_ORIGIN: Final[dict[str, Any]] = {
    want.FROM_REPORT: Report,
    want.FROM_FINDING: Finding,
    want.FROM_TIP: Tip,
}


def _act(act: str, day: date) -> Q:
    """An act as the officer found it, or as the citizen's words suggest while nobody has."""
    said = [row.code for row in citizen_categories(day=day) if row.act == act]
    return Q(act=act) | Q(act="", category__in=said)


def _text(listing: Listing, text: str, actor: Actor, day: date) -> Q:
    if listing is CASES:
        return Q(pk__in=_matters_with(text, actor, day))
    return _entry_says(text, Report if listing is want.REPORTS else Tip)


def _entry_says(text: str, model: type[Report] | type[Tip]) -> Q:
    """Find numbers by their beginning, names by likeness of letters, the account by its words."""
    found = Q(search=SearchQuery(text, config="indonesian", search_type="websearch"))
    found |= names_like(text, "respondent_line")
    if _may_be_number(text):
        found |= Q(receipt_number__istartswith=text)
        if model is Report:
            found |= ~Q(number="") & Q(number__istartswith=text)
    return found


def names_like(text: str, field: str) -> Q:
    """Soedirman is found as Sudirman, and Sudirmen too; the trigram index answers all of it."""
    found = Q(pk__in=[])
    if len(text) >= SHORTEST_PART:  # two letters have no trigram
        for name in spellings(text):
            found |= Q(_Holds(F(field), Value(f"%{_plain_letters(name)}%")))
    if len(text) >= SHORTEST_LIKE:
        found |= Q(**{f"{field}__trigram_word_similar": text})
    return found


class _Holds(Func):
    """`ILIKE`, which the trigram index answers; what Django says for `icontains` it does not."""

    arg_joiner = " ILIKE "
    template = "(%(expressions)s)"
    output_field = BooleanField()
    conditional = True


def _plain_letters(text: str) -> str:
    """Return the text so that no letter of it means any other."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _may_be_number(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _matters_with(text: str, actor: Actor, day: date) -> QuerySet[Any]:
    """Return the matters of the newest entries, numbers and respondents that match, by key."""
    first, *others = (_newest(arm) for arm in _arms(text, actor, day))
    return first.union(*others, all=True)


def _arms(text: str, actor: Actor, day: date) -> list[QuerySet[Any]]:
    reports = access.reports_for(actor=actor, day=day).filter(
        _entry_says(text, Report), registered_at__isnull=False
    )
    tips = access.tips_for(actor=actor, day=day).filter(
        _entry_says(text, Tip), state=TipState.FINDING
    )
    people = Party.objects.filter(
        names_like(text, "name"), kind=PartyKind.RESPONDENT, report__isnull=True, tip__isnull=True
    )
    arms: list[QuerySet[Any]] = [reports, tips, people]
    if _may_be_number(text):
        arms.append(NumberEntry.objects.filter(matter__isnull=False, text__istartswith=text))
    return arms


def _newest(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by("-pk").values_list("matter_id", flat=True)[:MOST_FOUND]
