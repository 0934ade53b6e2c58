"""Files that may speak of the same event, those that were joined, and what either holds."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints import access
from complaints.act_words import spoken_acts
from complaints.codes import CaseState, PartyKind
from complaints.models import Incident, Matter, MatterJoin, Party, Report, Tip
from complaints.selectors.file_parts import tone_of
from complaints.selectors.likeness import EventFacts, Likeness, likeness
from complaints.selectors.meeting import Badge
from complaints.selectors.spelling import spellings
from complaints.services.join_files import TAKES_IN
from complaints.workflow.guards import ENDED_REPORTS, ENDED_TIPS
from neutrality.audit.actor import Actor
from neutrality.ui.dates import say_short_day, say_short_instant

SHOWN: Final = 10
_LOOKED_AT: Final = 60
_LINES: Final = 4
_ACCOUNT: Final = 3000


@dataclass(frozen=True, slots=True)
class OtherFile:
    """Another file as a list of candidates shows it."""

    public_id: str
    url: str
    join_url: str
    title: str
    state: Badge
    entries: tuple[str, ...]
    respondents: tuple[str, ...]
    days: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JoinRow:
    """A file that was joined, from either side."""

    title: str
    url: str
    joined: str
    reason: str
    split: str
    split_reason: str
    split_url: str
    is_cover: bool


@dataclass(frozen=True, slots=True)
class SameEvent:
    """What the part about joining shows."""

    joins: tuple[JoinRow, ...]
    candidates: tuple[OtherFile, ...]
    may_join: bool


@dataclass(slots=True)
class _Read:
    """The rows of one file while they are gathered."""

    entries: list[Any]
    parties: list[Party]
    incidents: list[Incident]

    @property
    def is_open(self) -> bool:
        """Whether something in it still waits to be handled."""
        return any(row.state not in (*ENDED_REPORTS, *ENDED_TIPS) for row in self.entries)

    def facts(self) -> EventFacts:
        """Return what counts for the likeness."""
        respondents = [row for row in self.parties if row.kind == PartyKind.RESPONDENT]
        named = [row.name for row in respondents if row.name]
        return EventFacts(
            names=tuple(named or [row.respondent_line for row in self.entries][:_LINES]),
            people=frozenset(row.person_id for row in respondents if row.person_id),
            units=frozenset(row.unit_id for row in respondents if row.unit_id),
            agencies=frozenset(row.agency_id for row in respondents if row.agency_id),
            agency_names=tuple({row.agency_line for row in self.entries if row.agency_line}),
            days=tuple((row.from_on, row.until_on or row.from_on) for row in self.incidents),
            accounts=tuple(row.account[:_ACCOUNT] for row in self.entries[:_LINES]),
            text_keys=frozenset(row.text_key for row in self.entries if row.text_key),
        )


def same_event(*, matter: Matter, actor: Actor, day: date, may_work: bool) -> SameEvent:
    """Return the joined files and those that look alike; the same queries whatever there is."""
    may_join = may_work and matter.state in TAKES_IN
    return SameEvent(
        joins=joins_of(matter=matter, may_work=may_work),
        candidates=alike(matter=matter, actor=actor, day=day) if may_join else (),
        may_join=may_join,
    )


def alike(*, matter: Matter, actor: Actor, day: date) -> tuple[OtherFile, ...]:
    """Return the open files of the office that may speak of the same event, likest first."""
    own = _read([matter.pk])[matter.pk].facts()
    visible = _visible(matter, actor, day).filter(pk__in=_near(matter, own))
    matters = list(visible.order_by("-pk")[:_LOOKED_AT])
    read = _read([row.pk for row in matters])
    alive = (row for row in matters if row.state != CaseState.INTAKE or read[row.pk].is_open)
    judged = [(likeness(own, read[row.pk].facts()), row) for row in alive]
    found = sorted(
        ((how, row) for how, row in judged if how.is_enough),
        key=lambda pair: (-pair[0].points, pair[1].pk),
    )
    return tuple(_other(matter, row, read[row.pk], how) for how, row in found[:SHOWN])


def find_file(*, matter: Matter, actor: Actor, day: date, text: str) -> OtherFile | None:
    """Return the open file of the office with this number or id of itself or an entry, or None."""
    wanted = text.strip()
    if not wanted:
        return None
    numbers = ("receipt_number", "number", "register_number", "public_id")
    reports = _any(numbers, wanted)
    tips = _any(("receipt_number", "public_id"), wanted)
    inside = [
        *Report.objects.filter(reports).values_list("matter_id", flat=True)[:1],
        *Tip.objects.filter(tips).values_list("matter_id", flat=True)[:1],
    ]
    condition = Q(pk__in=inside) | Q(public_id=wanted)
    return _one(matter, _visible(matter, actor, day).filter(condition).first())


def other_file(*, matter: Matter, actor: Actor, day: date, public_id: str) -> OtherFile:
    """Return a file of the office to be joined; raises `access.NotVisible`."""
    row = _visible(matter, actor, day).filter(public_id=public_id).first()
    found = _one(matter, row)
    if found is None:
        raise access.NotVisible(public_id)
    return found


def joins_of(*, matter: Matter, may_work: bool) -> tuple[JoinRow, ...]:
    """Return the files taken in and given out, and the one that this went into; one query."""
    rows = MatterJoin.objects.filter(Q(into=matter) | Q(matter=matter))
    joined = ("matter", "into", "joined_by", "split_by")
    tz = matter.office.tz
    return tuple(
        _join(row, matter, tz, may_work=may_work)
        for row in rows.select_related(*joined).order_by("-joined_at", "-pk")
    )


def _join(row: MatterJoin, here: Matter, tz: Any, *, may_work: bool) -> JoinRow:  # noqa: ANN401
    is_cover = row.matter_id == here.pk
    other = row.into if is_cover else row.matter
    split = _by(row.split_by, row.split_at, tz) if row.split_at else ""
    may_split = may_work and not split and not is_cover and here.state in TAKES_IN
    return JoinRow(
        title=spoken_acts(other.title if is_cover or split else row.title),
        url=reverse("staff:case", args=[other.public_id]),
        joined=_by(row.joined_by, row.joined_at, tz),
        reason=row.reason,
        split=split,
        split_reason=row.split_reason,
        split_url=(
            reverse("staff:case_split", args=[here.public_id, row.public_id]) if may_split else ""
        ),
        is_cover=is_cover,
    )


def _by(person: Any, at: Any, tz: Any) -> str:  # noqa: ANN401
    return f"{person.name}, {say_short_instant(at, tz)}" if person else say_short_instant(at, tz)


def _visible(matter: Matter, actor: Actor, day: date) -> Any:  # noqa: ANN401  a queryset
    """Return the open files of the same office, without those of a declared relation."""
    rows = access.matters_for(actor=actor, day=day).exclude(pk=matter.pk)
    return rows.filter(office_id=matter.office_id, state__in=TAKES_IN)


def _near(matter: Matter, own: EventFacts) -> set[int]:
    """Return the files with a like name, an equal text, or the same person or unit."""
    found: set[int] = set()
    like = Q(text_key__in=own.text_keys)
    for name in {each for line in own.names[:_LINES] for each in spellings(line)}:
        like |= Q(respondent_line__trigram_similar=name)
    for model in (Report, Tip):
        rows = model._default_manager.filter(like, office_path=matter.office_path)  # noqa: SLF001
        found.update(rows.order_by("-pk").values_list("matter_id", flat=True)[:_LOOKED_AT])
    people = Party.objects.filter(
        Q(person__in=own.people) | Q(unit__in=own.units),
        kind=PartyKind.RESPONDENT,
        matter__office=matter.office_id,
    )
    found.update(people.order_by("-pk").values_list("matter_id", flat=True)[:_LOOKED_AT])
    return found


def _read(keys: Collection[int]) -> dict[int, _Read]:
    """Gather what the files say, in four queries."""
    found: dict[int, _Read] = defaultdict(lambda: _Read([], [], []))
    for model in (Report, Tip):
        rows = model._default_manager.filter(matter__in=keys).defer("search")  # noqa: SLF001
        for row in rows.order_by("pk"):
            found[row.matter_id].entries.append(row)
    for party in Party.objects.filter(matter__in=keys).order_by("pk"):
        found[party.matter_id].parties.append(party)
    for incident in Incident.objects.filter(matter__in=keys).order_by("from_on", "pk"):
        found[incident.matter_id].incidents.append(incident)
    return found


def _one(matter: Matter, row: Matter | None) -> OtherFile | None:
    if row is None:
        return None
    read = _read([matter.pk, row.pk])
    how = likeness(read[matter.pk].facts(), read[row.pk].facts())
    return _other(matter, row, read[row.pk], how)


def _other(matter: Matter, row: Matter, read: _Read, how: Likeness) -> OtherFile:
    return OtherFile(
        public_id=row.public_id,
        url=reverse("staff:case", args=[row.public_id]),
        join_url=reverse("staff:case_join", args=[matter.public_id, row.public_id]),
        title=row.spoken_title,
        state=Badge(str(CaseState(row.state).label), tone_of(row.state), "folder"),
        entries=tuple(str(entry) for entry in read.entries),
        respondents=tuple(_respondents(read.parties)),
        days=tuple(dict.fromkeys(_span(each) for each in read.incidents)),
        reasons=how.reasons,
    )


def _respondents(parties: Iterable[Party]) -> Iterable[str]:
    for row in parties:
        if row.kind == PartyKind.RESPONDENT:
            yield ", ".join(filter(None, (row.name or row.description, row.unit_text)))


def _span(row: Incident) -> str:
    if row.until_on is None:
        return say_short_day(row.from_on)
    words = {"first": say_short_day(row.from_on), "last": say_short_day(row.until_on)}
    return _("%(first)s sampai %(last)s") % words


def _any(fields: Iterable[str], value: str) -> Q:
    condition = Q(pk__in=[])
    for field in fields:
        condition |= Q(**{field: value})
    return condition
