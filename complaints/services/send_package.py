"""Send what was proven to the bodies in force: one package per body and class, one item each."""

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
from complaints.workflow import refusals
from complaints.workflow.actions import ReferralAction
from complaints.workflow.guards import REFERRED_CLASSES
from complaints.workflow.referral import REFERRAL
from neutrality.audit.actor import Actor
from neutrality.casework.engine import create_within
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import Act
from neutrality.documents.services import issue
from neutrality.law.books import rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import OutcomeClass, Regime, SubjectKind
from neutrality.law.rulebook import LawMissing, Rulebook
from neutrality.organisations.models import ReferralBody
from neutrality.organisations.selectors import NoBody, body_for


@dataclass(frozen=True, slots=True)
class Line:
    """One respondent and one class that goes to the body competent for both."""

    respondent: Party
    outcome: OutcomeClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """How packages leave: which decision, which channel, which released copies."""

    agenda_item: AgendaItem
    channel: Channel = Channel.DIRECT
    derivatives: Sequence[Derivative] = ()


@transaction.atomic(durable=True)
def send_package(
    *, matter_id: int, dispatch: Dispatch, actor: Actor, clock: Clock
) -> list[ReferralPackage]:
    """Send everything that the plenary found and that has not been sent yet.

    Raises:
        Refused: Nothing is left to refer, or no body is competent on this day.
    """
    matter = (
        Matter.objects.select_for_update(of=("self",))
        .select_related("office__region", "contest__election")
        .get(pk=matter_id)
    )
    return send_within(
        matter=matter, lines=lines_of_results(matter), dispatch=dispatch, actor=actor, clock=clock
    )


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
    day = clock.today_in(matter.office.tz)
    rulebook = rulebook_at(regime=_regime(matter), day=day)
    groups: dict[tuple[ReferralBody, OutcomeClass], list[Party]] = defaultdict(list)
    for line in lines:
        body = _body(matter, line, rulebook)
        groups[(body, line.outcome)].append(line.respondent)
    if not groups:
        raise Refused(refusals.NOTHING_TO_REFER)
    return [
        _send(
            Envelope(
                matter=matter,
                body=body,
                outcome=outcome,
                respondents=parties,
                derivatives=dispatch.derivatives,
                agenda_item=dispatch.agenda_item,
                rulebook=rulebook,
                clock=clock,
            ),
            dispatch,
            actor,
        )
        for (body, outcome), parties in groups.items()
    ]


def lines_of_results(matter: Matter) -> list[Line]:
    """Return the proven results that have no referral item yet."""
    sent = set(ReferralItem.objects.filter(matter=matter).values_list("respondent_id", "outcome"))
    rows = AllegationResult.objects.filter(
        allegation__matter=matter, superseded_at__isnull=True, outcome__in=REFERRED_CLASSES
    ).select_related("allegation__respondent__agency")
    found = {(row.allegation.respondent, OutcomeClass(row.outcome)) for row in rows}
    return _lines(found, sent)


def lines_of_assessment(matter: Matter) -> list[Line]:
    """Return what the latest version of the assessment concludes should be referred."""
    version = Assessment.objects.filter(matter=matter).order_by("-version").first()
    rows = Conclusion.objects.filter(
        assessment=version, outcome__in=REFERRED_CLASSES
    ).select_related("allegation__respondent__agency")
    found = {(row.allegation.respondent, OutcomeClass(row.outcome)) for row in rows}
    return _lines(found, set())


def released(matter: Matter) -> list[Derivative]:
    """Return the copies of the matter's evidence that were released for the bodies."""
    rows = Derivative.objects.filter(
        evidence__matter=matter, audience=Audience.BODY, released_at__isnull=False
    )
    return list(rows.select_related("evidence").order_by("pk"))


def _lines(found: set[tuple[Party, OutcomeClass]], sent: set[tuple[int, str]]) -> list[Line]:
    left = [pair for pair in found if (pair[0].pk, pair[1]) not in sent]
    return [Line(party, outcome) for party, outcome in sorted(left, key=_order)]


def _order(pair: tuple[Party, OutcomeClass]) -> tuple[int, str]:
    return (pair[0].pk, pair[1])


def _regime(matter: Matter) -> Regime:
    return Regime(matter.contest.election.regime) if matter.contest else Regime.PILKADA


def _body(matter: Matter, line: Line, rulebook: Rulebook) -> ReferralBody:
    kind = SubjectKind(line.respondent.subject_kind or SubjectKind.UNKNOWN)
    try:
        route = rulebook.route(kind, line.outcome)
        return body_for(kind=route.body_kind, region=matter.office.region, day=rulebook.day)
    except (LawMissing, NoBody):
        raise Refused(refusals.NO_BODY) from None


def _send(envelope: Envelope, dispatch: Dispatch, actor: Actor) -> ReferralPackage:
    package = _package(envelope, dispatch, actor)
    package.derivatives.set(envelope.derivatives)
    items = ReferralItem.objects.bulk_create(
        _item(envelope, party) for party in envelope.respondents
    )
    package.items.set(items)
    Addressee.objects.bulk_create(
        Addressee(item=item, body=envelope.body, from_at=envelope.clock.now) for item in items
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


def _package(envelope: Envelope, dispatch: Dispatch, actor: Actor) -> ReferralPackage:
    papers = [
        issue(draft=make(envelope), actor=actor, clock=envelope.clock)
        for make in (referral_letter, case_summary, evidence_list)
    ]
    return ReferralPackage.objects.create(
        matter=envelope.matter,
        office=envelope.matter.office,
        body=envelope.body,
        letter=papers[0],
        summary=papers[1],
        evidence_list=papers[2],
        channel=dispatch.channel,
        sent_at=envelope.clock.now,
        sent_by_id=actor.user_id,
        agenda_item=envelope.agenda_item,
    )


def _item(envelope: Envelope, party: Party) -> ReferralItem:
    return ReferralItem(
        matter=envelope.matter,
        respondent=party,
        outcome=envelope.outcome,
        office=envelope.matter.office,
        office_path=envelope.matter.office_path,
        body=envelope.body,
        body_path=envelope.body.path,
        agency=party.agency,
        sent_at=envelope.clock.now,
        version=1,
    )
