"""Write the assessment (kajian): every save that changes something is a new version."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from django.db import transaction

from complaints.codes import CaseState
from complaints.models import Allegation, Assessment, Conclusion, Matter
from complaints.papers.case_papers import citable
from complaints.services.set_results import ALONE
from complaints.workflow import refusals
from complaints.workflow.case import CASE
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.law.clock import Clock
from neutrality.law.codes import OutcomeClass

WRITTEN_IN: Final = frozenset({CaseState.INTAKE, CaseState.CLARIFICATION, CaseState.ASSESSMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionGiven:
    """What is concluded on one allegation: one class or several, the elements, what shows it.

    `evidence` are public ids in the order of the file.
    """

    allegation_id: int
    outcomes: tuple[OutcomeClass, ...]
    elements: str
    evidence: tuple[str, ...] = ()

    def facts(self) -> list[object]:
        """Return what the digest covers; without evidence as before evidence could be cited."""
        found = [self.allegation_id, sorted(self.outcomes), self.elements]
        return [*found, sorted(self.evidence)] if self.evidence else found


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentGiven:
    """The whole text; `after_version` is the version that the page showed, 0 for none."""

    facts: str
    analysis: str
    conclusions: tuple[ConclusionGiven, ...]
    after_version: int

    def digest(self) -> str:
        """Return the SHA-256 of the text with its conclusions and the evidence that they cite."""
        rows = sorted((row.facts() for row in self.conclusions), key=json.dumps)
        text = json.dumps([self.facts, self.analysis, rows], ensure_ascii=False)
        return sha256(text.encode()).hexdigest()


@transaction.atomic(durable=True)
def write_assessment(
    *, matter_id: int, given: AssessmentGiven, actor: Actor, clock: Clock
) -> Assessment:
    """Write a new version; the approval of an earlier one does not reach it.

    Raises:
        Refused: Not of this office, the case is not being assessed, somebody wrote a version
            meanwhile, nothing changed, or classes contradict each other.
    """
    matter: Matter = CASE.adapter.lock(matter_id)
    role = actor.role_at((Role.HANDLER, Role.COMMISSIONER), matter.office.ref())
    if role is None or CASE.adapter.excludes(matter, actor, clock):
        raise refuse(RefusalCode.NOT_YOURS)
    if matter.state not in WRITTEN_IN:
        raise Refused(refusals.NO_ASSESSMENT_NOW)
    latest = Assessment.objects.filter(matter=matter).order_by("-version").first()
    _check(matter, latest, given)
    version = Assessment.objects.create(
        matter=matter,
        office_path=matter.office_path,
        version=given.after_version + 1,
        facts=given.facts,
        analysis=given.analysis,
        text_sha256=given.digest(),
        written_at=clock.now,
        written_by_id=actor.user_id,
    )
    Conclusion.objects.bulk_create(
        Conclusion(
            assessment=version,
            allegation_id=row.allegation_id,
            outcome=outcome,
            elements=row.elements,
            evidence=list(row.evidence),
        )
        for row in given.conclusions
        for outcome in row.outcomes
    )
    record(
        what="assessment.write",
        subject=matter.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=matter.office.ref(),
        data={"version": version.version, "sha256": version.text_sha256},
    )
    return version


def _check(matter: Matter, latest: Assessment | None, given: AssessmentGiven) -> None:
    if (latest.version if latest else 0) != given.after_version:
        raise refuse(RefusalCode.STALE)
    if latest and latest.text_sha256 == given.digest():
        raise Refused(refusals.ASSESSMENT_UNCHANGED)
    known = set(Allegation.objects.filter(matter=matter).values_list("pk", flat=True))
    if {row.allegation_id for row in given.conclusions} != known:
        raise refuse(RefusalCode.STALE)
    cited = {public_id for row in given.conclusions for public_id in row.evidence}
    if not cited <= set(citable(matter).values_list("public_id", flat=True)):
        raise refuse(RefusalCode.STALE)
    for row in given.conclusions:
        if not row.outcomes:
            raise Refused(refusals.RESULT_NEEDS_CLASS)
        if len(row.outcomes) > 1 and ALONE & set(row.outcomes):
            raise Refused(refusals.RESULT_CONTRADICTS)
