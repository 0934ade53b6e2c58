"""What the law and common sense ask of one step; asked under the lock of the obligation."""

from django.db.models import F, Q

from neutrality.accounts.roles import Role
from neutrality.casework.refusals import Refusal
from neutrality.casework.workflow import Act
from pledges.codes import SEEN_BY_A_PERSON, ObligationState
from pledges.models import Contact, Obligation, Signature
from pledges.names import is_same_name
from pledges.workflow.refusals import PledgeRefusal, refusal


def has_contact(subject: Obligation, act: Act) -> Refusal | None:
    """The person can be reached."""
    known = Contact.objects.filter(
        person_id=subject.person_id, agency_id=subject.round.agency_id, ended_at__isnull=True
    )
    return None if known.exists() else refusal(PledgeRefusal.NO_CONTACT)


def round_is_open(subject: Obligation, act: Act) -> Refusal | None:
    """The round has begun and nobody has closed it."""
    if subject.round.closed_at is not None:
        return refusal(PledgeRefusal.ROUND_CLOSED)
    return round_has_begun(subject, act)


def round_has_begun(subject: Obligation, act: Act) -> Refusal | None:
    """The round has begun; after its end signing is late, and still possible."""
    if act.clock.now < subject.round.opens_at:
        return refusal(PledgeRefusal.NOT_OPEN_YET)
    return None


def round_is_closed(subject: Obligation, act: Act) -> Refusal | None:
    """Somebody closed the round."""
    return None if subject.round.closed_at else refusal(PledgeRefusal.ROUND_OPEN)


def text_is_the_round_s(subject: Obligation, act: Act) -> Refusal | None:
    """What was shown is what the round asks for, to the letter."""
    shown = act.data.get("text_sha256")
    return None if shown == subject.round.text.sha256 else refusal(PledgeRefusal.OTHER_TEXT)


def hand_is_the_person_s(subject: Obligation, act: Act) -> Refusal | None:
    """The person drew, signed with the own certificate, or typed the own name."""
    if act.data.get("scan_id"):
        return None
    typed = str(act.data.get("typed_name", ""))
    same = is_same_name(typed=typed, recorded=subject.person.name)
    return None if same else refusal(PledgeRefusal.NAME_DIFFERS)


def card_was_seen(subject: Obligation, act: Act) -> Refusal | None:
    """The attendant of an open tablet unlocked this one signature, having seen the card."""
    return None if act.data.get("kiosk_id") else refusal(PledgeRefusal.CARD_NOT_SEEN)


def signed_another_text(subject: Obligation, act: Act) -> Refusal | None:
    """What was signed is not what the round asks for now."""
    signature = signature_in_force(subject)
    if signature is not None and signature.text_id == subject.round.text_id:
        return refusal(PledgeRefusal.SAME_TEXT)
    return None


def this_text_is_unsigned(subject: Obligation, act: Act) -> Refusal | None:
    """No signature stands under the round's text; one does where the round had it before."""
    return refusal(PledgeRefusal.ALREADY_SIGNED) if _signed_this_text(subject) else None


def this_text_is_signed(subject: Obligation, act: Act) -> Refusal | None:
    """A signature under the round's text stands: the round came back to a text it had before."""
    return None if _signed_this_text(subject) else refusal(PledgeRefusal.NOT_SIGNED)


def operator_annuls_only_what_waits(subject: Obligation, act: Act) -> Refusal | None:
    """A unit's operator sends back what the operator should verify; the rest is the HR office's."""
    if act.actor.role_at((Role.HR_PLEDGES,), subject.round.agency.ref()):
        return None
    signature = signature_in_force(subject)
    waits = subject.state == ObligationState.SIGNED and signature is not None
    if waits and signature is not None and signature.assurance in SEEN_BY_A_PERSON:
        return None
    return refusal(PledgeRefusal.NOT_TO_VERIFY)


def sheet_is_named(subject: Obligation, act: Act) -> Refusal | None:
    """The scan of the sheet is known by its hash."""
    return None if act.data.get("evidence_sha256") else refusal(PledgeRefusal.SHEET_NOT_NAMED)


def signature_is_to_verify(subject: Obligation, act: Act) -> Refusal | None:
    """The signature was given on paper or before an operator, and another person checks it."""
    signature = signature_in_force(subject)
    if signature is None or signature.assurance not in SEEN_BY_A_PERSON:
        return refusal(PledgeRefusal.NOT_TO_VERIFY)
    if act.actor.user_id is not None and signature.recorded_by_id == act.actor.user_id:
        return refusal(PledgeRefusal.OWN_RECORD)
    return None


def two_persons_exempt(subject: Obligation, act: Act) -> Refusal | None:
    """Who asked for the exemption and who grants it are two officers of the agency."""
    second = act.context.second_person
    if second is None or second.user_id in {None, act.actor.user_id}:
        return refusal(PledgeRefusal.SECOND_PERSON_NEEDED)
    if second.role_at((Role.HR_PLEDGES,), subject.round.agency.ref()) is None:
        return refusal(PledgeRefusal.SECOND_PERSON_NEEDED)
    return None


def signature_in_force(subject: Obligation) -> Signature | None:
    """Return the signature under the round's text that nobody annulled, else the latest one."""
    rows = Signature.objects.filter(obligation=subject, annulled_at__isnull=True)
    counting = rows.alias(counts=Q(text=F("round__text")))
    return counting.order_by("-counts", "-signed_at", "-pk").first()


def _signed_this_text(subject: Obligation) -> bool:
    known: bool | None = getattr(subject, "signed_this_text", None)
    if known is None:
        signature = signature_in_force(subject)
        known = signature is not None and signature.text_id == subject.round.text_id
    return known
