"""Send what was proven to the bodies in force: one package per addressee, class and agency."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from complaints.codes import Audience, Channel
from complaints.models import (
    Addressee,
    AgendaItem,
    AllegationResult,
    Assessment,
    Conclusion,
    Derivative,
    Matter,
    Party,
    ReferralItem,
    ReferralPackage,
)
from complaints.papers.referral_papers import (
    Envelope,
    case_summary,
    evidence_list,
    referral_letter,
)
from complaints.services.custody import note_sent
from complaints.services.derivative_rows import released_for
from complaints.workflow import refusals
from complaints.workflow.actions import ReferralAction
from complaints.workflow.base import refresh_due
from complaints.workflow.guards import REFERRED_CLASSES
from complaints.workflow.referral import REFERRAL
from neutrality.audit.actor import Actor
from neutrality.casework.clocks import stop_clocks
from neutrality.casework.engine import create_within
from neutrality.casework.refusals import Refusal, Refused
from neutrality.casework.workflow import Act
from neutrality.documents.services import issue
from neutrality.law.books import rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import BodyKind, OutcomeClass, PeriodCode, Regime, SubjectKind
from neutrality.law.rulebook import LawMissing, Route, Rulebook
from neutrality.organisations.models import Agency, ReferralBody
from neutrality.organisations.selectors import NoBody, body_for


@dataclass(frozen=True, slots=True)
class Line:
    """One respondent and one class that goes to the addressee competent for both."""

    respondent: Party
    outcome: OutcomeClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """How packages leave: which decision, which channel, which released copies, who gets a copy."""

    agenda_item: AgendaItem
    channel: Channel = Channel.DIRECT
    derivatives: Sequence[Derivative] = ()
    inform_agencies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What will lie in one package: who gets it, by which route, about whom."""

    addressee: ReferralBody | Agency
    outcome: OutcomeClass
    agency: Agency | None
    route: Route
    respondents: tuple[Party, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """The parcels of a matter, and the lines for which nobody is competent, with the reason."""

    parcels: tuple[Parcel, ...]
    unroutable: tuple[tuple[Line, Refusal], ...]


@transaction.atomic(durable=True)
def send_package(
    *,
    matter_id: int,
    dispatch: Dispatch,
    actor: Actor,
    clock: Clock,
    expected_lines: int | None = None,
) -> list[ReferralPackage]:
    """Send everything that the plenary found and that has not been sent yet.

    Raises:
        Refused: Nothing is left to refer, nobody is competent on this day, or somebody else sent
            meanwhile.
    """
    matter = (
        Matter.objects.select_for_update(of=("self",), no_key=True)
        .select_related("office__region", "contest__election")
        .get(pk=matter_id)
    )
    lines = lines_of_results(matter)
    if expected_lines not in {None, len(lines)}:
        raise Refused(refusals.SENT_MEANWHILE)
    packages = send_within(matter=matter, lines=lines, dispatch=dispatch, actor=actor, clock=clock)
    stop_clocks(subject=matter.ref(), codes=[PeriodCode.DISPATCH], stopped_at=clock.now)
    refresh_due(matter)
    return packages


def send_from_decision(*, matter: Matter, act: Act) -> list[ReferralPackage]:
    """Send what the approved assessment concludes, by the art. 22 shortcut.

    Perbawaslu 7/2022 art. 22: from the initial review straight to the competent authority.
    """
    matter = Matter.objects.select_related("office__region", "contest__election").get(pk=matter.pk)
    item = AgendaItem.objects.get(pk=act.data["agenda_item"])
    return send_within(
        matter=matter,
        lines=lines_of_assessment(matter),
        dispatch=Dispatch(agenda_item=item, derivatives=released(matter)),
        actor=act.actor,
        clock=act.clock,
    )


def send_within(
    *,
    matter: Matter,
    lines: Iterable[Line],
    dispatch: Dispatch,
    actor: Actor,
    clock: Clock,
) -> list[ReferralPackage]:
    """Send these lines inside the caller's transaction; see `send_package`."""
    rulebook = rulebook_of(matter=matter, clock=clock)
    sorting = sort_lines(matter=matter, lines=lines, rulebook=rulebook)
    for _, refusal in sorting.unroutable:
        raise Refused(refusal)
    if not sorting.parcels:
        raise Refused(refusals.NOTHING_TO_REFER)
    return [
        _send(
            envelope_of(
                matter=matter, parcel=parcel, dispatch=dispatch, rulebook=rulebook, clock=clock
            ),
            parcel,
            dispatch,
            actor,
        )
        for parcel in sorting.parcels
    ]


def sort_lines(*, matter: Matter, lines: Iterable[Line], rulebook: Rulebook) -> Sorting:
    """Sort the lines into packages by the law and the bodies in force on the rulebook's day.

    Respondents of different agencies never share a package, so that what reaches an agency names
    only its own people.
    """
    groups: dict[tuple[ReferralBody | Agency, OutcomeClass, Agency | None], list[Party]]
    groups, routes = defaultdict(list), {}
    unroutable = []
    for line in lines:
        try:
            route, addressee = _addressee(matter, line, rulebook)
        except Refused as refused:
            unroutable.append((line, refused.refusal))
            continue
        key = (addressee, line.outcome, line.respondent.agency)
        groups[key].append(line.respondent)
        routes[key] = route
    parcels = tuple(
        Parcel(
            addressee=key[0],
            outcome=key[1],
            agency=key[2],
            route=routes[key],
            respondents=tuple(parties),
        )
        for key, parties in groups.items()
    )
    return Sorting(parcels=parcels, unroutable=tuple(unroutable))


def lines_of_results(matter: Matter) -> list[Line]:
    """Return the proven results that have no living referral item yet."""
    items = ReferralItem.objects.filter(matter=matter).exclude(state="CANCELLED")
    sent = set(items.values_list("respondent_id", "outcome"))
    rows = AllegationResult.objects.filter(
        allegation__matter=matter, superseded_at__isnull=True, outcome__in=REFERRED_CLASSES
    ).select_related("allegation__respondent__agency", "allegation__respondent__unit")
    found = {(row.allegation.respondent, OutcomeClass(row.outcome)) for row in rows}
    return _lines(found, sent)


def lines_of_assessment(matter: Matter) -> list[Line]:
    """Return what the latest version of the assessment concludes should be referred."""
    version = Assessment.objects.filter(matter=matter).order_by("-version").first()
    rows = Conclusion.objects.filter(
        assessment=version, outcome__in=REFERRED_CLASSES
    ).select_related("allegation__respondent__agency", "allegation__respondent__unit")
    found = {(row.allegation.respondent, OutcomeClass(row.outcome)) for row in rows}
    return _lines(found, set())


def released(matter: Matter) -> list[Derivative]:
    """Return the copies of the matter's evidence that were released for the bodies."""
    return list(released_for(matter_id=matter.pk, audience=Audience.BODY))


def rulebook_of(*, matter: Matter, clock: Clock) -> Rulebook:
    """Return the law in force today at the matter's office; Pilkada while the contest is unknown."""
    regime = Regime(matter.contest.election.regime) if matter.contest else Regime.PILKADA
    return rulebook_at(regime=regime, day=clock.today_in(matter.office.tz))


def envelope_of(
    *, matter: Matter, parcel: Parcel, dispatch: Dispatch, rulebook: Rulebook, clock: Clock
) -> Envelope:
    """Return what the papers of a parcel are written from."""
    return Envelope(
        matter=matter,
        addressee=parcel.addressee,
        outcome=parcel.outcome,
        respondents=parcel.respondents,
        derivatives=dispatch.derivatives,
        agenda_item=dispatch.agenda_item,
        rulebook=rulebook,
        clock=clock,
    )


def write_package(
    *,
    envelope: Envelope,
    parcel: Parcel,
    dispatch: Dispatch,
    actor: Actor,
    version: int = 1,
) -> ReferralPackage:
    """Issue the papers and write the envelope with its copies, inside the caller's transaction.

    Raises:
        Refused: A copy is of another file, or no second person has let it go to a body.
    """
    _ask_for_release(envelope)
    letter, summary, listing = (
        issue(draft=make(envelope), actor=actor, clock=envelope.clock)
        for make in (referral_letter, case_summary, evidence_list)
    )
    addressee = envelope.addressee
    package = ReferralPackage.objects.create(
        matter=envelope.matter,
        office=envelope.matter.office,
        body=addressee if isinstance(addressee, ReferralBody) else None,
        agency=addressee if isinstance(addressee, Agency) else None,
        copied_to=parcel.agency if _is_copied(envelope, parcel, dispatch) else None,
        version=version,
        letter=letter,
        summary=summary,
        evidence_list=listing,
        channel=dispatch.channel,
        sent_at=envelope.clock.now,
        sent_by_id=actor.user_id,
        agenda_item=dispatch.agenda_item,
    )
    package.derivatives.set(envelope.derivatives)
    note_sent(
        derivatives=envelope.derivatives, to=addressee.name, actor=actor, clock=envelope.clock
    )
    return package


def _ask_for_release(envelope: Envelope) -> None:
    """Ask that two persons have looked at every copy, whatever page the list of them came from."""
    if envelope.derivatives and not set(envelope.derivatives) <= set(released(envelope.matter)):
        raise Refused(refusals.COPY_NOT_RELEASED)


def _lines(found: set[tuple[Party, OutcomeClass]], sent: set[tuple[int, str]]) -> list[Line]:
    left = [pair for pair in found if (pair[0].pk, pair[1]) not in sent]
    return [Line(party, outcome) for party, outcome in sorted(left, key=_order)]


def _order(pair: tuple[Party, OutcomeClass]) -> tuple[int, str]:
    return (pair[0].pk, pair[1])


def _addressee(
    matter: Matter, line: Line, rulebook: Rulebook
) -> tuple[Route, ReferralBody | Agency]:
    kind = SubjectKind(line.respondent.subject_kind or SubjectKind.UNKNOWN)
    try:
        route = rulebook.route(kind, line.outcome)
        if route.body_kind == BodyKind.AGENCY:
            return route, _own_agency(line.respondent)
        region = matter.office.region
        return route, body_for(kind=route.body_kind, region=region, day=rulebook.day)
    except (LawMissing, NoBody):
        raise Refused(refusals.NO_BODY) from None


def _own_agency(party: Party) -> Agency:
    """Return the agency that is addressed itself, for people outside the law of civil servants."""
    if party.agency is None:
        raise Refused(refusals.NO_AGENCY)
    return party.agency


def _is_copied(envelope: Envelope, parcel: Parcel, dispatch: Dispatch) -> bool:
    return dispatch.inform_agencies and parcel.agency not in {None, envelope.addressee}


def _send(envelope: Envelope, parcel: Parcel, dispatch: Dispatch, actor: Actor) -> ReferralPackage:
    package = write_package(envelope=envelope, parcel=parcel, dispatch=dispatch, actor=actor)
    items = ReferralItem.objects.bulk_create(
        _item(envelope, party, package) for party in envelope.respondents
    )
    package.items.set(items)
    Addressee.objects.bulk_create(
        Addressee(item=item, body=package.body, agency=package.agency, from_at=envelope.clock.now)
        for item in items
    )
    for item in items:
        create_within(
            workflow=REFERRAL,
            action=ReferralAction.SEND,
            subject=item,
            actor=actor,
            clock=envelope.clock,
        )
    return package


def _item(envelope: Envelope, party: Party, package: ReferralPackage) -> ReferralItem:
    return ReferralItem(
        matter=envelope.matter,
        respondent=party,
        outcome=envelope.outcome,
        office=envelope.matter.office,
        office_path=envelope.matter.office_path,
        body=package.body,
        body_path=package.body.path if package.body else "",
        agency=party.agency,
        agency_informed=bool(package.agency_id or package.copied_to_id),
        sent_at=envelope.clock.now,
        version=1,
    )
