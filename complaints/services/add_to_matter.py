"""What an officer adds to a file: a respondent, a witness, an expert, an event, an allegation."""

from dataclasses import dataclass, field
from itertools import count

from django.db import transaction

from complaints.codes import CaseState, PartyKind
from complaints.models import Allegation, Incident, Matter, Party
from complaints.services.lodging import IncidentGiven, RespondentGiven
from complaints.services.office_roles import CLERKS, locked, note
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.elections.models import Contest
from neutrality.law.clock import Clock
from neutrality.organisations.models import Region
from neutrality.vault.models import IdentityKind
from neutrality.vault.services import IdentityData, seal_identity

# How each is called in the file, and as what the identity is sealed.
HEARD = {
    PartyKind.WITNESS: ("Saksi", IdentityKind.WITNESS),
    PartyKind.EXPERT: ("Ahli", IdentityKind.EXPERT),
}
OPEN = (CaseState.INTAKE, CaseState.REGISTERED, CaseState.CLARIFICATION, CaseState.ASSESSMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardGiven:
    """A witness or an expert, and why that person is to be heard, in words that name nobody."""

    kind: PartyKind
    identity: IdentityData = field(repr=False)
    reason: str


@transaction.atomic(durable=True)
def add_respondent(*, matter: Matter, given: RespondentGiven, actor: Actor, clock: Clock) -> Party:
    """Name a further respondent; raises `Refused` when not of this office or decided already."""
    row = _open(matter, "respondent.add", actor, clock)
    return Party.objects.create(
        matter=row,
        kind=PartyKind.RESPONDENT,
        alias=_free_alias(row, "Terlapor"),
        name=given.name,
        description=given.description,
        subject_kind=given.subject_kind,
        agency_text=given.agency_text,
        unit_text=given.unit_text,
        agency_id=given.agency_id,
        unit_id=given.unit_id,
    )


@transaction.atomic(durable=True)
def add_heard(*, matter: Matter, given: HeardGiven, actor: Actor, clock: Clock) -> Party:
    """Add a witness or an expert; the identity is sealed, and the file knows an alias only.

    Raises:
        Refused: Not of this office, decided already, or no reason.
    """
    row = _open(matter, "person.add", actor, clock)
    if not given.reason.strip():
        raise refuse(RefusalCode.REASON_NEEDED)
    word, kind = HEARD[given.kind]
    return Party.objects.create(
        matter=row,
        kind=given.kind,
        alias=_free_alias(row, word),
        identity=seal_identity(data=given.identity, kind=kind, clock=clock),
        description=given.reason.strip(),
    )


def _free_alias(matter: Matter, word: str) -> str:
    """Return the first number that nobody has: joined files bring their own."""
    taken = set(matter.parties.values_list("alias", flat=True))
    return next(name for place in count(1) if (name := f"{word} {place}") not in taken)


@transaction.atomic(durable=True)
def add_incident(*, matter: Matter, given: IncidentGiven, actor: Actor, clock: Clock) -> Incident:
    """Add a further event; raises `Refused` when not of this office or decided already."""
    row = _open(matter, "incident.add", actor, clock)
    region = Region.objects.filter(code=given.region_code).first() if given.region_code else None
    return Incident.objects.create(
        matter=row,
        precision=given.precision,
        from_on=given.from_on,
        until_on=given.until_on,
        at_time=given.at_time,
        online=given.online,
        region=region,
        place=given.place,
        platform=given.platform,
        account_name=given.account_name,
        url=given.url,
    )


@transaction.atomic(durable=True)
def add_allegation(
    *,
    matter: Matter,
    incident: Incident,
    respondent: Party,
    category: str,
    actor: Actor,
    clock: Clock,
    contest: Contest | None = None,
) -> Allegation:
    """Say that this respondent did this in that event, about the file's contest or another one.

    Raises:
        Refused: Not of this office, decided already, of another file, about another election than
            the file's, or said before.
    """
    row = _open(matter, "allegation.add", actor, clock)
    if {incident.matter_id, respondent.matter_id} != {row.pk}:
        raise refuse(RefusalCode.NOT_YOURS)
    about = contest or row.contest
    if about and row.contest and about.election_id != row.contest.election_id:
        raise Refused(refusals.OTHER_ELECTION)
    allegation, created = Allegation.objects.get_or_create(
        matter=row,
        incident=incident,
        respondent=respondent,
        contest=about,
        category=category,
    )
    if not created:
        raise Refused(refusals.ALLEGED_BEFORE)
    return allegation


def _open(matter: Matter, what: str, actor: Actor, clock: Clock) -> Matter:
    row = locked(matter)
    note(what, row, *CLERKS, actor=actor, clock=clock)
    if row.state not in OPEN:
        raise refuse(RefusalCode.WRONG_STATE)
    return row
