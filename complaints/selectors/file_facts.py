"""What a file is about: people, events, allegations and evidence, as its pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from complaints.codes import EvidenceKind, PartyKind
from complaints.models import Allegation, Evidence, ExternalNumber, Incident, Matter, Party
from complaints.papers.parts import incident_place
from complaints.selectors.evidence import title_of
from neutrality.law.books import citizen_categories
from neutrality.law.citations import cited
from neutrality.law.codes import ActCode, CandidateStage, SanctionClass, SubjectKind
from neutrality.law.labels import label
from neutrality.law.rulebook import LawMissing, Rulebook, ViolationRule
from neutrality.ui.dates import say_day, say_short_day, say_short_instant
from neutrality.ui.parts import SummaryRow
from neutrality.ui.prepared import Prepared

# What a file shows of a person; agencies, units and positions by their names only.
_PARTY: Final = (
    "public_id",
    "matter_id",
    "kind",
    "alias",
    "identity_id",
    "name",
    "description",
    "subject_kind",
    "agency_text",
    "unit_text",
    "agency__name",
    "unit__name",
    "person__name",
    "employment__position_title",
)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of the file; only respondents have a name, the others an alias."""

    public_id: str
    alias: str
    kind: str
    name: str
    detail: str
    workplace: str
    linked: str
    is_respondent: bool
    can_be_opened: bool


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One event in words."""

    number: int
    when: str
    where: str
    url: str


@dataclass(frozen=True, slots=True)
class AllegationRow:
    """What somebody is said to have done, beside what the officer finds it is."""

    number: int
    pk: int
    respondent: str
    incident: int
    category: str
    contest: str
    act: str
    stage: str
    law: str
    sanctions: str
    is_qualified: bool


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence."""

    public_id: str
    title: str
    caption: str
    kind: str
    url: str
    account: str
    facts: str
    sha256: str
    state: str
    tone: str
    needs_capture: bool
    captures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Everything that a file is about."""

    people: tuple[PersonRow, ...]
    incidents: tuple[IncidentRow, ...]
    allegations: tuple[AllegationRow, ...]
    evidence: tuple[EvidenceRow, ...]
    to_capture: int
    unqualified: int
    unlinked: int


def file_facts(*, matter: Matter, rulebook: Rulebook, tz: ZoneInfo) -> FileFacts:
    """Return the facts of a matter in four queries."""
    people = people_of(matter)
    incidents, allegations = event_rows(matter=matter, people=people, rulebook=rulebook)
    shown = evidence_rows(matter=matter, tz=tz)
    return FileFacts(
        people=person_rows(people),
        incidents=incidents,
        allegations=allegations,
        evidence=shown,
        to_capture=sum(row.needs_capture for row in shown),
        unqualified=sum(not row.is_qualified for row in allegations),
        unlinked=sum(_is_unlinked(row) for row in people),
    )


def person_rows(people: Iterable[Party]) -> tuple[PersonRow, ...]:
    """Return the people of `people_of` as the file shows them; no query."""
    return tuple(_person(row) for row in people)


def event_rows(
    *, matter: Matter, people: list[Party], rulebook: Rulebook
) -> tuple[tuple[IncidentRow, ...], tuple[AllegationRow, ...]]:
    """Return what happened, and who is said to have done what in it; two queries."""
    incidents = _INCIDENTS(matter=matter.pk)
    allegations = _joined(_ALLEGATIONS(matter=matter.pk), people, incidents)
    numbers = {row.pk: place for place, row in enumerate(incidents, 1)}
    words = _categories(incidents)
    return (
        tuple(_incident(row, numbers[row.pk]) for row in incidents),
        tuple(
            _allegation(place, row, numbers[row.incident_id], words, rulebook)
            for place, row in enumerate(allegations, 1)
        ),
    )


def evidence_rows(*, matter: Matter, tz: ZoneInfo) -> tuple[EvidenceRow, ...]:
    """Return the evidence, captures beside the post that they show; one query."""
    evidence = list(evidence_of(matter))
    return tuple(_evidence(row, evidence, tz) for row in evidence if not row.captures_id)


def people_of(matter: Matter) -> list[Party]:
    """Return the people of a matter: respondents, then the others."""
    order = {PartyKind.RESPONDENT: 0, PartyKind.REPORTER: 1}
    return sorted(_PARTIES(matter=matter.pk), key=lambda row: order.get(PartyKind(row.kind), 2))


def _parties(matter: int) -> QuerySet[Party]:
    rows = Party.objects.filter(matter_id=matter)
    rows = rows.select_related("agency", "unit", "person", "employment")
    return rows.only(*_PARTY).order_by("pk")


def _incidents(matter: int) -> QuerySet[Incident]:
    rows = Incident.objects.filter(matter_id=matter).select_related("region")
    return rows.order_by("from_on", "pk")


def _allegations(matter: int) -> QuerySet[Allegation]:
    rows = Allegation.objects.filter(matter_id=matter).select_related("contest")
    return rows.order_by("pk")


def _evidences(matter: int) -> QuerySet[Evidence]:
    rows = Evidence.objects.filter(matter_id=matter, is_identity=False)
    return rows.order_by("handed_in_at", "pk")


_PARTIES: Final = Prepared(_parties)
_INCIDENTS: Final = Prepared(_incidents)
_ALLEGATIONS: Final = Prepared(_allegations)
_EVIDENCE: Final = Prepared(_evidences)


def _joined(
    rows: Iterable[Allegation], people: list[Party], incidents: list[Incident]
) -> list[Allegation]:
    """Give the allegations what has been read already, instead of joining it again."""
    parties = {row.pk: row for row in people}
    events = {row.pk: row for row in incidents}
    allegations = list(rows)
    for row in allegations:
        row.respondent, row.incident = parties[row.respondent_id], events[row.incident_id]
    return allegations


def allegations_of(matter: Matter) -> list[Allegation]:
    """Return the allegations in the order by which addresses count them."""
    joined = ("respondent", "incident", "contest__election")
    return list(matter.allegations.select_related(*joined).order_by("pk"))


def evidence_of(matter: Matter) -> Iterable[Evidence]:
    """Return the evidence without the identity papers, in the order it came."""
    return _EVIDENCE(matter=matter.pk)


def when_words(row: Incident) -> str:
    """Say when it was, as exactly as it is known."""
    days = say_day(row.from_on)
    if row.until_on:
        days = _("%(first)s sampai %(last)s") % {"first": days, "last": say_day(row.until_on)}
    if row.at_time:
        days = _("%(days)s pukul %(time)s") % {"days": days, "time": f"{row.at_time:%H.%M}"}
    return f"{days} ({row.get_precision_display()})"


def _categories(incidents: Iterable[Incident]) -> Mapping[str, str]:
    days = sorted({row.from_on for row in incidents})
    return {each.code: each.label for day in days for each in citizen_categories(day=day)}


def _is_unlinked(row: Party) -> bool:
    return row.kind == PartyKind.RESPONDENT and row.agency_id is None


def _person(row: Party) -> PersonRow:
    is_respondent = row.kind == PartyKind.RESPONDENT
    kind = label(SubjectKind(row.subject_kind)) if row.subject_kind else ""
    named = row.person.name if row.person else ""
    position = row.employment.position_title if row.employment else ""
    return PersonRow(
        public_id=row.public_id,
        alias=row.spoken_alias,
        kind=row.get_kind_display(),
        name=row.name if is_respondent else "",
        detail=", ".join(filter(None, (row.description, kind if is_respondent else ""))),
        workplace=_workplace(row),
        linked=", ".join(filter(None, (named, position))),
        is_respondent=is_respondent,
        can_be_opened=row.identity_id is not None,
    )


def _workplace(row: Party) -> str:
    unit = row.unit.name if row.unit else row.unit_text
    agency = row.agency.name if row.agency else row.agency_text
    return ", ".join(filter(None, (unit, agency)))


def _incident(row: Incident, number: int) -> IncidentRow:
    place = incident_place(row).replace(f", {row.url}", "") if row.url else incident_place(row)
    return IncidentRow(number, when_words(row), place, row.url)


def _allegation(
    number: int, row: Allegation, incident: int, words: Mapping[str, str], rulebook: Rulebook
) -> AllegationRow:
    return AllegationRow(
        number=number,
        pk=row.pk,
        respondent=row.respondent.name or row.respondent.description,
        incident=incident,
        category=words.get(row.category, row.category),
        contest=row.contest.name if row.contest else "",
        act=label(ActCode(row.act)) if row.act else "",
        stage=label(CandidateStage(row.stage)) if row.stage else "",
        law=law_words(row, rulebook),
        sanctions=sanction_words(row, rulebook),
        is_qualified=row.qualified_at is not None,
    )


def sanction_words(row: Allegation, rulebook: Rulebook) -> str:
    """Name the classes of sanction of a qualified allegation, lightest first."""
    rule = _rule(row, rulebook)
    return ", ".join(label(SanctionClass(each)) for each in rule.sanctions) if rule else ""


def law_words(row: Allegation, rulebook: Rulebook) -> str:
    """Cite the law of a qualified allegation; its code where the law has no such row any more."""
    rule = _rule(row, rulebook)
    return cited(rule.legal_basis) if rule else row.violation_code


def _rule(row: Allegation, rulebook: Rulebook) -> ViolationRule | None:
    if not row.act or not row.stage:
        return None
    try:
        return rulebook.violation(ActCode(row.act), CandidateStage(row.stage))
    except LawMissing:
        return None


def _evidence(row: Evidence, every: Iterable[Evidence], tz: ZoneInfo) -> EvidenceRow:
    shots = [each for each in every if each.captures_id == row.pk]
    size = filesizeformat(row.size) if row.size else ""
    at = _("diterima %(at)s") % {"at": say_short_instant(row.handed_in_at, tz)}
    return EvidenceRow(
        public_id=row.public_id,
        title=title_of(row),
        caption=row.caption if row.url else "",
        kind=row.get_kind_display(),
        url=row.url,
        account=", ".join(filter(None, (row.platform, row.account_name))),
        facts=" · ".join(filter(None, (row.media_type, size, at, _posted(row, tz)))),
        sha256=row.sha256,
        state=row.get_state_display(),
        tone={"CLEAN": "success", "PENDING": "waiting"}.get(row.state, "danger"),
        needs_capture=row.kind == EvidenceKind.WEB and not shots,
        captures=tuple(each.public_id for each in shots),
    )


def _posted(row: Evidence, tz: ZoneInfo) -> str:
    when = say_short_instant(row.posted_at, tz) if row.posted_at else ""
    when = when or (say_short_day(row.posted_on) if row.posted_on else "")
    return _("diunggah %(at)s") % {"at": when} if when else ""


def outside_numbers(*, matter_id: int) -> tuple[SummaryRow, ...]:
    """Return under which numbers other systems know the file; one query."""
    rows = ExternalNumber.objects.filter(matter=matter_id).order_by("dated_on", "pk")
    return tuple(
        SummaryRow(row.get_system_display(), f"{row.number}, {say_short_day(row.dated_on)}")
        for row in rows
    )
