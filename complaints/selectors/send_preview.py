"""What would leave the house, before it does: packages, routes, papers, copies."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef

from complaints.codes import Audience, EvidenceState, ItemOutcome
from complaints.models import AgendaItem, Derivative, Evidence, Matter
from complaints.papers.referral_papers import LETTER_OF
from complaints.selectors.evidence import title_of_copy
from complaints.services.send_package import (
    Parcel,
    lines_of_results,
    released,
    rulebook_of,
    sort_lines,
)
from complaints.workflow.actions import CaseAction
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, OutcomeClass
from neutrality.law.labels import label
from neutrality.law.rulebook import Rulebook

_PAPERS: Final = (FormRole.CASE_SUMMARY, FormRole.EVIDENCE_LIST)


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """One package in words."""

    addressee: str
    outcome: str
    respondents: tuple[str, ...]
    ppk: str
    via: str
    basis: str
    note: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stuck:
    """A result that cannot leave, and why."""

    respondent: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy of evidence; `number` is what the evidence list calls it."""

    public_id: str
    title: str
    kind: str
    sha256: str
    released_by: str


@dataclass(frozen=True, slots=True)
class SendPreview:
    """Everything on the page before sending."""

    parcels: tuple[ParcelRow, ...]
    stuck: tuple[Stuck, ...]
    lines: int
    agenda_item: AgendaItem | None
    copies: tuple[CopyRow, ...]
    unreleased: int


def send_preview(*, matter: Matter, clock: Clock) -> SendPreview:
    """Return what `send_package` would do now; a constant number of queries per class."""
    rulebook = rulebook_of(matter=matter, clock=clock)
    lines = lines_of_results(matter)
    sorting = sort_lines(matter=matter, lines=lines, rulebook=rulebook)
    copies = tuple(_copy(row) for row in released(matter))
    return SendPreview(
        parcels=tuple(_parcel(each, rulebook) for each in sorting.parcels),
        stuck=tuple(
            Stuck(
                respondent=line.respondent.name or line.respondent.description,
                outcome=label(line.outcome),
                reason=str(refusal.sentence),
            )
            for line, refusal in sorting.unroutable
        ),
        lines=len(lines),
        agenda_item=decision_of(matter),
        copies=copies,
        unreleased=unreleased(matter),
    )


def decision_of(matter: Matter) -> AgendaItem | None:
    """Return the latest decision of the plenary that found the results, or None."""
    decided = AgendaItem.objects.filter(
        matter=matter, action=CaseAction.DECIDE, outcome=ItemOutcome.ADOPTED
    )
    return decided.order_by("-decided_at", "-pk").first()


def unreleased(matter: Matter) -> int:
    """Return how many files of the matter have no copy that was released for the bodies."""
    out = Derivative.objects.filter(
        evidence_id=OuterRef("pk"), audience=Audience.BODY, released_at__isnull=False
    )
    rows = Evidence.objects.filter(matter=matter, is_identity=False, state=EvidenceState.CLEAN)
    return rows.exclude(stored_as="").filter(~Exists(out)).count()


def copy_choices(copies: tuple[CopyRow, ...]) -> list[tuple[str, Any]]:
    """Return the released copies for a form."""
    return [(row.public_id, f"{row.title} ({row.kind})") for row in copies]


def _parcel(parcel: Parcel, rulebook: Rulebook) -> ParcelRow:
    roles = (LETTER_OF[OutcomeClass(parcel.outcome)], *_PAPERS)
    forms = [rulebook.form(role) for role in roles]
    return ParcelRow(
        addressee=parcel.addressee.name,
        outcome=label(parcel.outcome),
        respondents=tuple(_who(party) for party in parcel.respondents),
        ppk=parcel.route.ppk,
        via=parcel.route.via,
        basis=cited(parcel.route.legal_basis),
        note=parcel.route.note,
        papers=tuple(" ".join(filter(None, (form.code, form.name))) for form in forms),
    )


def _who(party: Any) -> str:  # noqa: ANN401  a party with unit and agency joined
    unit = party.unit.name if party.unit else party.unit_text
    agency = party.agency.name if party.agency else party.agency_text
    name = party.name or party.description
    return ", ".join(filter(None, (name, unit, agency)))


def _copy(row: Derivative) -> CopyRow:
    return CopyRow(
        public_id=row.public_id,
        title=title_of_copy(row),
        kind=row.get_kind_display(),
        sha256=row.sha256,
        released_by=str(row.released_by) if row.released_by_id else "",
    )
