"""What the law says of an allegation: each act at the computed stage, with its sanctions."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from complaints.models import Allegation, Matter
from complaints.services.qualify_allegation import computed_stage, law_row
from neutrality.elections.models import Contest
from neutrality.law.books import citizen_categories
from neutrality.law.citations import cited
from neutrality.law.codes import ActCode, CandidateStage, SanctionClass
from neutrality.law.labels import label
from neutrality.law.reader import speaks_english
from neutrality.law.rulebook import LawMissing
from neutrality.ui.dates import say_day


@dataclass(frozen=True, slots=True)
class LawLine:
    """One act of the law and what it costs."""

    act: str
    name: str
    sanctions: str
    basis: str
    is_suggested: bool


@dataclass(frozen=True, slots=True)
class LawFacts:
    """What the officer chooses from."""

    respondent: str
    when: str
    category: str
    contest: str
    stage: str
    lines: tuple[LawLine, ...]


def law_facts(allegation: Allegation) -> LawFacts:
    """Return the table for one allegation; no query beyond the law's own cache."""
    stage = computed_stage(allegation)
    day = allegation.incident.from_on
    known = {row.code: row for row in citizen_categories(day=day)}
    told = known.get(allegation.category)
    return LawFacts(
        respondent=allegation.respondent.name or allegation.respondent.description,
        when=say_day(day),
        category=told.label if told else allegation.category,
        contest=allegation.contest.name if allegation.contest else "",
        stage=label(stage) if stage else "",
        lines=tuple(_lines(allegation, stage, told.act if told else "")) if stage else (),
    )


def contests_of(*, matter: Matter) -> list[Contest]:
    """Return the contests of the file's election in which its office's region votes; one query."""
    if matter.contest is None:
        return []
    election = matter.contest.election_id
    region = matter.office.region
    rows = Contest.objects.filter(election_id=election).select_related("election")
    here = Q(region__isnull=True) | Q(region__code__in=region.lineage if region else ())
    return list(rows.filter(here | Q(pk=matter.contest_id)).order_by("kind", "region__code", "pk"))


def _lines(allegation: Allegation, stage: CandidateStage, told: str) -> Iterator[LawLine]:
    for act in ActCode:
        try:
            rule = law_row(allegation, act, stage)
        except LawMissing:
            continue
        yield LawLine(
            act=label(act),
            name=rule.name_en if speaks_english() else rule.name_id,
            sanctions=", ".join(label(SanctionClass(each)) for each in rule.sanctions),
            basis=cited(rule.legal_basis),
            is_suggested=act == told,
        )
