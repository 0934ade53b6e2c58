"""Which formal and material requirements a report must meet, and which are still missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from neutrality.law.codes import Certainty, RequirementCode, RequirementKind


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement in force.

    Attributes:
        code: Which.
        kind: Formal or material.
        is_mandatory: False for what only some offices ask; it is shown and never blocks.
        name_id: In Indonesian.
        name_en: In English.
        help_id: What the reader should hand in, in Indonesian.
        help_en: The same in English.
        legal_basis: Where the law says so.
        certainty: How sure we are.
        row_id: The row of the requirement table.
    """

    code: RequirementCode
    kind: RequirementKind
    is_mandatory: bool
    name_id: str
    name_en: str
    help_id: str = ""
    help_en: str = ""
    legal_basis: str = ""
    certainty: Certainty = Certainty.FOUND
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class Completeness:
    """What a review of the requirements found.

    Attributes:
        missing: Mandatory requirements that were judged not met.
        unjudged: Mandatory requirements nobody judged yet.
    """

    missing: tuple[Requirement, ...]
    unjudged: tuple[Requirement, ...]

    @property
    def is_complete(self) -> bool:
        """Say whether everything mandatory is met."""
        return not self.missing and not self.unjudged


def review(
    *, requirements: Iterable[Requirement], judged: Mapping[RequirementCode, bool]
) -> Completeness:
    """Compare the officer's judgements with the mandatory requirements in force."""
    mandatory = [item for item in requirements if item.is_mandatory]
    return Completeness(
        missing=tuple(item for item in mandatory if judged.get(item.code) is False),
        unjudged=tuple(item for item in mandatory if item.code not in judged),
    )
