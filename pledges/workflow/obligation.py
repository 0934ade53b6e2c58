"""The obligation's workflow: the table joined to its rows."""

# An adapter answers with what it needs of the arguments that every adapter is given.
# ruff: noqa: ARG002

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor, ActorKind, OrgRef
from neutrality.casework.adapter import BaseAdapter
from neutrality.casework.models import Step
from neutrality.casework.workflow import Act, Transition, Workflow
from neutrality.documents.services import DocumentDraft, void
from neutrality.elections.selectors import calendar_for_office
from neutrality.law.books import rulebook_at
from neutrality.law.calendar import WorkCalendar
from neutrality.law.clock import Clock
from neutrality.law.codes import Regime
from neutrality.law.rulebook import Rulebook
from neutrality.notifications.services import Recipient
from neutrality.ui.prepared import Prepared
from pledges.certificate import certificate_draft
from pledges.codes import Assurance, ObligationState, SignatureKind, SigningChannel
from pledges.locks import hold_round_open
from pledges.models import Contact, Obligation, Round, Signature
from pledges.workflow.actions import ObligationAction
from pledges.workflow.guards import signature_in_force
from pledges.workflow.proofs import SIGNING, audited_of, wrong_signatures
from pledges.workflow.table import OBLIGATION_ENDS, OBLIGATION_TABLE

CONTACT_SETTLES_AFTER: Final = timedelta(hours=24)


def party_ref(obligation: Obligation) -> str:
    """Return what an actor carries who has proved to be this person."""
    return f"obligation:{obligation.pk}"


class ObligationAdapter(BaseAdapter[Obligation]):
    """What each step of an obligation reads and writes beside the state."""

    model = Obligation
    related = (
        "round__agency",
        "round__office__region",
        "round__text",
        "person",
        "employment",
        "unit_now",
    )

    def subjects(self) -> QuerySet[Obligation]:
        """Return the obligations with what each signature asks, so that signing asks once.

        `address_changed_at`: when the address in use replaced one. `election_names` and
        `election_regime`: all elections of the round, and the law of the earliest.
        `signed_this_text`: whether a signature under the round's text stands.
        """
        changed = Contact.objects.filter(
            person_id=OuterRef("person_id"),
            agency_id=OuterRef("round__agency_id"),
            ended_at__isnull=True,
            replaces__isnull=False,
        )
        links = Round.elections.through.objects.filter(round_id=OuterRef("round_id"))
        names = StringAgg("election__name", ", ", order_by="election__polling_on")
        named = links.order_by().values("round_id").annotate(names=names)
        first = links.order_by("election__polling_on").values("election__regime")
        signed = Signature.objects.filter(
            obligation=OuterRef("pk"), text=OuterRef("round__text"), annulled_at__isnull=True
        )
        return (
            super()
            .subjects()
            .annotate(
                address_changed_at=Subquery(changed.values("set_at")[:1]),
                election_names=Subquery(named.values("names")),  # type: ignore[misc]
                election_regime=Subquery(first[:1]),
                signed_this_text=Exists(signed),
            )
        )

    def lock(self, pk: int) -> Obligation:
        """Return the obligation locked; its round cannot close meanwhile, nor wait for others."""
        hold_round_open(obligation_id=pk)
        return super().lock(pk)

    def organisation(self, subject: Obligation) -> OrgRef:
        """Return the agency."""
        return subject.round.agency.ref()

    def organisations(self, subject: Obligation) -> tuple[OrgRef, ...]:
        """Return the agency, and the unit for its operator."""
        unit = (subject.unit_now.ref(),) if subject.unit_now else ()
        return (subject.round.agency.ref(), *unit)

    def is_party(self, subject: Obligation, actor: Actor) -> bool:
        """Whether this person proved to be the one who must sign; the system always may."""
        if actor.kind is ActorKind.SYSTEM:
            return True
        return actor.kind is ActorKind.CITIZEN and actor.party_ref == party_ref(subject)

    def rulebook(self, subject: Obligation, clock: Clock) -> Rulebook:
        """Return the law of the round's earliest election."""
        day = clock.today_in(subject.round.office.tz)
        return rulebook_at(regime=_regime(subject), day=day)

    def calendar(self, subject: Obligation) -> WorkCalendar:
        """Return the calendar of the office that watches the agency."""
        return calendar_for_office(office=subject.round.office, election=None)

    def document(
        self, transition: Transition, subject: Obligation, act: Act
    ) -> DocumentDraft | None:
        """Return the certificate."""
        kind, assurance, _channel = _how(act)
        return certificate_draft(
            obligation=subject,
            signed_at=act.occurred_at,
            kind=kind,
            assurance=assurance,
            stamped_by=str(act.data.get("attested_by", "")),
            form_name=act.rulebook.form,
        )

    def recipients(self, kind: str, subject: Obligation) -> list[Recipient]:
        """Return the person, where an address is known."""
        found = _ADDRESSES(person=subject.person_id, agency=subject.round.agency_id)
        return [Recipient(identity_id=pk) for pk in found]

    def message_context(self, kind: str, subject: Obligation) -> Mapping[str, str]:
        """Return the agency only."""
        return {"agency": subject.round.agency.name}

    def audited(
        self, transition: Transition, subject: Obligation, act: Act
    ) -> Mapping[str, str | int]:
        """Return what a signature is: the hash of its text, how it came about, its evidence."""
        if transition.action not in SIGNING:
            return {}
        kind, _assurance, channel = _how(act)
        return audited_of(
            text_sha256=subject.round.text.sha256,
            kind=kind,
            channel=channel,
            evidence_sha256=_evidence(subject, act),
        )

    def strays(self) -> Iterator[str]:
        """Yield every signature that is not as the record says."""
        return wrong_signatures()

    def follow(self, transition: Transition, subject: Obligation, act: Act, step: Step) -> None:
        """Write the signature, or annul it."""
        if transition.action in SIGNING:
            _sign(subject, act, step)
        elif transition.action == ObligationAction.ANNUL:
            _annul(subject, act)


def _addresses(person: int, agency: int) -> QuerySet[Contact, int]:
    rows = Contact.objects.filter(person_id=person, agency_id=agency, ended_at__isnull=True)
    return rows.values_list("identity_id", flat=True)


_ADDRESSES: Final = Prepared(_addresses)


def _regime(subject: Obligation) -> Regime:
    """Return the regime of the earliest election; of Pilkada when the round has none."""
    known: str | None = getattr(subject, "election_regime", None)
    if known is None:
        rows = subject.round.elections.order_by("polling_on").values_list("regime", flat=True)
        known = rows.first()
    return Regime(known) if known else Regime.PILKADA


def _how(act: Act) -> tuple[SignatureKind, Assurance, SigningChannel]:
    """Return how the signature of this act came about."""
    if act.transition.action == ObligationAction.RECORD_PAPER:
        return SignatureKind.PAPER, Assurance.PAPER, SigningChannel.SHEET
    kind = SignatureKind(str(act.data.get("kind", SignatureKind.CLICK)))
    if act.transition.action == ObligationAction.SIGN_ATTENDED:
        return kind, Assurance.ATTENDED, SigningChannel.KIOSK
    assurance = Assurance(str(act.data.get("assurance", Assurance.ONE_TIME_CODE)))
    return kind, assurance, SigningChannel(str(act.data.get("channel", SigningChannel.LINK)))


def _sign(subject: Obligation, act: Act, step: Step) -> None:
    kind, assurance, channel = _how(act)
    closed_at = subject.round.closed_at
    Signature.objects.create(
        round_id=subject.round_id,
        obligation=subject,
        text_id=subject.round.text_id,
        step=step,
        document_id=step.document_id,
        scan_id=act.data.get("scan_id"),
        ceremony_id=act.data.get("ceremony_id"),
        kind=kind,
        assurance=assurance,
        channel=channel,
        typed_name=str(act.data.get("typed_name", "")),
        signed_at=act.occurred_at,
        recorded_at=act.clock.now,
        recorded_by_id=act.actor.user_id,
        text_sha256=subject.round.text.sha256,
        evidence_sha256=_evidence(subject, act),
        attested_at=act.data.get("attested_at"),
        attested_by=str(act.data.get("attested_by", "")),
        late=closed_at is not None and act.occurred_at >= closed_at,
        after_contact_change=_follows_a_change(subject, act.occurred_at),
    )


def _follows_a_change(subject: Obligation, signed_at: datetime) -> bool:
    """Whether the address was changed so lately that the person may not have noticed yet."""
    changed_at: datetime | None = getattr(subject, "address_changed_at", None)
    return changed_at is not None and signed_at < changed_at + CONTACT_SETTLES_AFTER


def _evidence(subject: Obligation, act: Act) -> str:
    """Return the hash of the file; of a click, of what it proves: who, which text and code, when."""
    if act.data.get("evidence_sha256"):
        return str(act.data["evidence_sha256"])
    facts = {
        "obligation": str(subject.public_id),
        "text_sha256": subject.round.text.sha256,
        "typed_name": act.data.get("typed_name", ""),
        "code": act.data.get("code_id", 0),
        "kiosk": act.data.get("kiosk_id", 0),
        "signed_at": _instant(act.occurred_at),
    }
    canonical = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _instant(moment: datetime) -> str:
    return moment.isoformat()


def _annul(subject: Obligation, act: Act) -> None:
    """Mark the signature, and take its certificate out of force: whoever verifies it sees so."""
    signature = signature_in_force(subject)
    if signature is None:
        return
    reason = act.reason.strip()[:500]
    Signature.objects.filter(pk=signature.pk).update(
        annulled_at=act.clock.now, annulled_by_id=act.actor.user_id, annul_reason=reason
    )
    if signature.document_id is not None:
        void(
            document_id=signature.document_id,
            reason="Tanda tangan dibatalkan",
            actor=act.actor,
            clock=act.clock,
        )


OBLIGATION: Final = Workflow(
    name="obligation",
    subject_kind="obligation",
    title=_("Pakta integritas"),
    states=ObligationState,
    initial=ObligationState.DUE,
    terminal=OBLIGATION_ENDS,
    transitions=OBLIGATION_TABLE,
    adapter=ObligationAdapter(),
    correctors=frozenset({Role.HR_PLEDGES}),
)
