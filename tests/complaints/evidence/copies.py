"""Copies of evidence on their way out of the house: with the office, prepared, declined, let go."""

from complaints.codes import Audience, DerivativeKind, EvidenceKind, EvidenceState
from complaints.models import Derivative, Evidence
from complaints.services.prepare_derivative import Disclosure, Question, prepare_derivative
from complaints.services.release_derivative import decline_derivative, release_derivative
from neutrality.vault.services import seal_blob

PICTURE = b"\xff\xd8\xff\xe0" + b"salinan contoh" * 20


def working_copy(matter, clock):
    """A cleaned copy with which the office works; its evidence tells who handed it in."""
    sealed = seal_blob(data=PICTURE, clock=clock)
    evidence = Evidence.objects.create(
        matter=matter,
        kind=EvidenceKind.FILE,
        state=EvidenceState.CLEAN,
        caption="Dari meja sebelah",
        original_name="rahasia.jpg",
        stored_as=str(sealed.pk),
        media_type="image/jpeg",
        size=len(PICTURE),
        sha256="c" * 64,
        handed_in_at=clock.now,
    )
    return Derivative.objects.create(
        evidence=evidence,
        kind=DerivativeKind.CLEANED,
        audience=Audience.STAFF,
        stored_as=str(sealed.pk),
        media_type="image/jpeg",
        size=len(PICTURE),
        sha256=sealed.sha256,
        parent_sha256=evidence.sha256,
        made_at=clock.now,
    )


def prepared(matter, audience, first, clock, wording="Foto yang menunggu"):
    """A copy that waits for the second person."""
    answers = dict.fromkeys(Question.values, "NONE")
    return prepare_derivative(
        derivative_id=working_copy(matter, clock).pk,
        audience=audience,
        disclosure=Disclosure(answers=answers, wording=wording),
        actor=first,
        clock=clock,
    )


def declined(matter, audience, pair, clock):
    """A copy that the second of a pair did not let go."""
    first, second = pair
    copy = prepared(matter, audience, first, clock, wording="Foto yang ditolak")
    return decline_derivative(
        derivative_id=copy.pk, audience=audience, reason="Wajah tampak", actor=second, clock=clock
    )


def let_go(matter, audience, pair, clock, wording="Foto di aula"):
    """A copy that both of a pair let go."""
    first, second = pair
    copy = prepared(matter, audience, first, clock, wording=wording)
    return release_derivative(derivative_id=copy.pk, audience=audience, actor=second, clock=clock)
