"""Each respondent as the roster knows the person: position, pledge, and earlier cases."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints import access
from complaints.codes import CaseState, PartyKind
from complaints.models import AllegationResult, Matter, NumberEntry, Party
from complaints.selectors.file_parts import tone_of
from complaints.selectors.meeting import Badge
from complaints.selectors.pledge_fact import pledge_words
from complaints.workflow.guards import REFERRED_CLASSES
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.law.codes import OutcomeClass, RegisterKind, SubjectKind
from neutrality.law.labels import label
from neutrality.ui.dates import say_short_day, say_short_instant
from neutrality.ui.parts import SummaryRow
from pledges.selectors import had_signed_many

_REGISTERED: Final = (RegisterKind.REG_LP, RegisterKind.REG_TM)


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """Another file about the same person; one of an office that is not the reader's has no link."""

    number: str
    url: str
    office: str
    state: Badge
    results: str


@dataclass(frozen=True, slots=True)
class RespondentCard:
    """One respondent with what the roster, the pledges and other files say."""

    alias: str
    name: str
    facts: tuple[SummaryRow, ...]
    earlier: tuple[EarlierCase, ...]
    is_linked: bool
    link_url: str


def respondent_cards(
    *, matter: Matter, actor: Actor, day: date, clock: Clock, works: bool
) -> tuple[RespondentCard, ...]:
    """Return the respondents in a constant number of queries.

    Of other offices' files only those are named in which something was proven: nobody is told
    that the person was reported elsewhere in vain.
    """
    people = list(_respondents(matter))
    persons = {row.person_id for row in people if row.person_id}
    earlier = _earlier(matter, persons, actor, day)
    pledges = _pledges(matter, persons, clock)
    return tuple(
        RespondentCard(
            alias=row.spoken_alias,
            name=row.name or row.description,
            facts=tuple(_facts(row, matter, pledges)),
            earlier=tuple(earlier.get(row.person_id or 0, ())),
            is_linked=row.agency_id is not None,
            link_url=(
                reverse("staff:respondent_link", args=[matter.public_id, row.public_id])
                if works
                else ""
            ),
        )
        for row in people
    )


def _respondents(matter: Matter) -> QuerySet[Party]:
    joined = ("agency", "unit", "person", "employment__unit", "employment__agency", "linked_by")
    rows = Party.objects.filter(matter=matter, kind=PartyKind.RESPONDENT)
    return rows.select_related(*joined).order_by("pk")


def _facts(row: Party, matter: Matter, pledges: dict[int, str]) -> Iterable[SummaryRow]:
    said = ", ".join(filter(None, (row.unit_text, row.agency_text)))
    work, kind = row.employment, label(SubjectKind(row.subject_kind)) if row.subject_kind else ""
    rows = [
        (_("Menurut pelapor"), ", ".join(filter(None, (row.name, row.description, said)))),
        (_("Di daftar pegawai"), row.person.name if row.person else ""),
        (_("Status"), kind),
        (_("Jabatan pada hari kejadian"), work.position_title if work else ""),
        (_("Kelompok jabatan"), _position(row)),
        (_("Unit dan instansi"), _workplace(row)),
        (_("Ditautkan"), _linked(row, matter)),
        (_("Pakta integritas"), pledges.get(row.person_id or 0, "")),
    ]
    return (SummaryRow(name, value) for name, value in rows if value)


def _position(row: Party) -> str:
    """Return the class that was kept at the link, else that of the employment."""
    kept = str(row.get_position_class_display())
    return kept or (str(row.employment.get_position_class_display()) if row.employment else "")


def _workplace(row: Party) -> str:
    unit = row.unit.name if row.unit else ""
    return ", ".join(filter(None, (unit, row.agency.name if row.agency else "")))


def _linked(row: Party, matter: Matter) -> str:
    if row.linked_at is None:
        return ""
    by = row.linked_by.name if row.linked_by else ""
    return ", ".join(filter(None, (by, say_short_instant(row.linked_at, matter.office.tz))))


def _pledges(matter: Matter, persons: set[int], clock: Clock) -> dict[int, str]:
    """Return the pledge of the matter's election in words, by person; two queries at most."""
    if not persons or matter.contest is None:
        return {}
    found = had_signed_many(
        person_ids=persons, election_id=matter.contest.election_id, on=clock.now
    )
    return {person: pledge_words(fact, matter.office.tz) for person, fact in found.items()}


def _earlier(
    matter: Matter, persons: set[int], actor: Actor, day: date
) -> dict[int, list[EarlierCase]]:
    """Return the other files of these people, latest first; four queries."""
    if not persons:
        return {}
    rows = Party.objects.filter(person__in=persons, kind=PartyKind.RESPONDENT)
    parties = list(
        rows.exclude(matter=matter).select_related("matter__office").order_by("-matter_id", "pk")
    )
    files = [row.matter_id for row in parties]
    visible = access.matters_for(actor=actor, day=day).filter(pk__in=files)
    mine = set(visible.values_list("pk", flat=True))
    numbers = _numbers(files)
    outcomes = _outcomes([row.pk for row in parties])
    found: dict[int, list[EarlierCase]] = defaultdict(list)
    for row in parties:
        proven = any(each in REFERRED_CLASSES for each in outcomes[row.pk])
        if row.person_id and (row.matter_id in mine or proven):
            number = numbers.get(row.matter_id, "")
            is_mine = row.matter_id in mine
            found[row.person_id].append(_case(row, number, outcomes[row.pk], is_mine=is_mine))
    return found


def _case(row: Party, number: str, outcomes: list[str], *, is_mine: bool) -> EarlierCase:
    matter = row.matter
    decided = matter.decided_at
    words = ", ".join(str(label(OutcomeClass(each))) for each in outcomes)
    on = say_short_day(decided.astimezone(matter.office.tz).date()) if decided else ""
    return EarlierCase(
        number=number or (matter.public_id if is_mine else ""),
        url=reverse("staff:case", args=[matter.public_id]) if is_mine else "",
        office=matter.office.name,
        state=Badge(str(CaseState(matter.state).label), tone_of(matter.state), "folder"),
        results=", ".join(filter(None, (words, on))),
    )


def _numbers(files: list[int]) -> dict[int, str]:
    rows = NumberEntry.objects.filter(matter__in=files, kind__in=_REGISTERED).order_by("-given_at")
    return {key: text for key, text in rows.values_list("matter_id", "text") if key}


def _outcomes(parties: list[int]) -> dict[int, list[str]]:
    rows = AllegationResult.objects.filter(
        allegation__respondent__in=parties, superseded_at__isnull=True
    )
    found: dict[int, list[str]] = defaultdict(list)
    for party, outcome in rows.order_by("pk").values_list("allegation__respondent", "outcome"):
        if outcome not in found[party]:
            found[party].append(outcome)
    return found
