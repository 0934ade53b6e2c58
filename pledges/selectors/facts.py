"""Whether a person had signed, for those who handle a complaint."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from pledges.codes import Assurance, ObligationState, SignatureKind
from pledges.models import Obligation, Signature


def obligation_states() -> type[ObligationState]:
    """Return the states of a duty to sign, each with its words."""
    return ObligationState


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeFact:
    """What a case file may say about a person's pledge for one election.

    Attributes:
        asked: Whether the person owed a signature in some round for the election by then.
        state: The present state of the latest such obligation; None when never asked.
        signed_at: When the person signed, or None when not (by then).
        text_title: Which text; empty without a signature.
        text_sha256: Its hash; empty without a signature.
        kind: How it was signed; None without a signature.
        assurance: What shows that it was this person; None without a signature.
        late: Whether it was after the round had closed.
        agency: Whose round; empty when never asked.
    """

    asked: bool
    state: ObligationState | None = None
    signed_at: datetime | None = None
    text_title: str = ""
    text_sha256: str = ""
    kind: SignatureKind | None = None
    assurance: Assurance | None = None
    late: bool = False
    agency: str = ""


def had_signed(*, person_id: int, election_id: int, on: datetime) -> PledgeFact:
    """Return what this person had personally signed for the election by the moment `on`.

    An annulled signature counts as long as it was in force; what a representative signed for
    others never counts. At most two queries.
    """
    return had_signed_many(person_ids=[person_id], election_id=election_id, on=on)[person_id]


def had_signed_many(
    *, person_ids: Collection[int], election_id: int, on: datetime
) -> dict[int, PledgeFact]:
    """Return the same of several people, by person; at most two queries."""
    wanted = set(person_ids)
    signed = _signatures(wanted, election_id, on) if wanted else {}
    left = wanted - signed.keys()
    owed = _obligations(left, election_id, on) if left else {}
    return {person: _fact(signed.get(person), owed.get(person)) for person in wanted}


def _fact(signature: Signature | None, owed: Obligation | None) -> PledgeFact:
    if signature is not None:
        return PledgeFact(
            asked=True,
            state=ObligationState(signature.obligation.state),
            signed_at=signature.signed_at,
            text_title=signature.text.title,
            text_sha256=signature.text_sha256,
            kind=SignatureKind(signature.kind),
            assurance=Assurance(signature.assurance),
            late=signature.late,
            agency=signature.round.agency.name,
        )
    if owed is None:
        return PledgeFact(asked=False)
    return PledgeFact(asked=True, state=ObligationState(owed.state), agency=owed.round.agency.name)


def _signatures(
    person_ids: Collection[int], election_id: int, on: datetime
) -> dict[int, Signature]:
    rows = Signature.objects.filter(
        obligation__person_id__in=person_ids, round__elections=election_id, signed_at__lte=on
    ).exclude(annulled_at__lte=on)
    joined = rows.select_related("text", "round__agency", "obligation")
    latest = joined.order_by("obligation__person_id", "-signed_at", "-pk")
    return {row.obligation.person_id: row for row in latest.distinct("obligation__person_id")}


def _obligations(
    person_ids: Collection[int], election_id: int, on: datetime
) -> dict[int, Obligation]:
    rows = Obligation.objects.filter(
        person_id__in=person_ids, round__elections=election_id, round__opens_at__lte=on
    )
    latest = rows.select_related("round__agency").order_by("person_id", "-round__opens_at", "-pk")
    return {row.person_id: row for row in latest.distinct("person_id")}
