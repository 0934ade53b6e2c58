"""What thousands of people did in a round, written as the doors would have written it, by COPY.

`verify_histories`, `verify_audit` and `verify_coverage` prove that nothing is missing between.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from django.db import connection, transaction

from neutrality.audit.actor import Actor
from neutrality.audit.models import AuditRow
from neutrality.audit.record import SubjectRef
from neutrality.casework.models import Step
from neutrality.documents.codes import new_code
from neutrality.documents.contents import CertificateContent, Person as Named
from neutrality.documents.models import Classification, Document, DocumentState
from neutrality.law.books import rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, Regime
from neutrality.law.rulebook import FormCode
from neutrality.notifications.models import Outbox, OutboxStatus
from neutrality.personnel.models import PersonNumber
from neutrality.vault.models import BlindIndex, Identity, IdentityKind
from neutrality.vault.services import IdentityData
from neutrality.vault.services.identities import new_identity
from pledges.codes import (
    AbsenceKind,
    Assurance,
    CodeKind,
    ObligationState as S,
    SignatureKind,
    SigningChannel,
)
from pledges.demo.copying import copy_in
from pledges.models import Absence, Ceremony, Contact, Obligation, Round, Signature, SigningCode
from pledges.services.codes import link_digest, new_link_token
from pledges.services.invite import invitation_key
from pledges.services.sign_pledge import signer_of
from pledges.workflow.actions import ObligationAction as A
from pledges.workflow.messages import MessageKind
from pledges.workflow.obligation import OBLIGATION
from pledges.workflow.proofs import audited_of

REFUSAL: Final = "Saya minta penjelasan tertulis lebih dahulu."
# Of those who have not signed: what keeps them, in parts of a hundred.
HELD_UP: Final = (
    ("unopened", 41),
    ("opened", 20),
    ("no_contact", 18),
    ("not_invited", 8),
    ("bounced", 5),
    ("leave", 4),
    ("training", 2),
    ("refused", 2),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a round went so far: who keeps it, since when, and the ceremony of the day.

    `only_in_the_hall`: nobody was sent a link, and no certificates were made.
    """

    place: Round
    officer: Actor
    second: Actor
    begin: datetime
    now: datetime
    ceremony: Ceremony | None = None
    only_in_the_hall: bool = False


@dataclass(frozen=True, slots=True)
class _Act:
    """One step of one person."""

    duty: Obligation
    action: A
    source: S
    target: S
    at: datetime
    actor: Actor
    reason: str = ""


@dataclass(slots=True)
class _Pages:
    """The rows of every table that wait to be copied."""

    acts: list[_Act] = field(default_factory=list)
    reached: list[Obligation] = field(default_factory=list)
    links: list[SigningCode] = field(default_factory=list)
    bounced: list[SigningCode] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)


@transaction.atomic(durable=True)
def write_history(*, course: Course, duties: Sequence[Obligation]) -> int:
    """Let each of these people sign, refuse or stay silent; return how many signed.

    The duties are due, and come with person, employment and unit. Units differ: some are nearly
    done, others have hardly begun.
    """
    random = Random(course.place.agency.code)  # noqa: S311  nothing here is a secret
    eager = {duty.unit_now_id: 0.25 + 0.7 * random.random() for duty in duties}
    pages = _Pages()
    for duty in duties:
        if random.random() < eager[duty.unit_now_id]:
            _sign(course, pages, duty, random)
        elif not course.only_in_the_hall:
            _hold_up(course, pages, duty, random)
    _write(course, pages)
    return sum(act.target == S.SIGNED for act in pages.acts)


# --- what becomes of one person -------------------------------------------------------------------


def _sign(course: Course, pages: _Pages, duty: Obligation, random: Random) -> None:
    """By the own link some days after the invitation, or at the ceremony before an officer."""
    ceremony = course.ceremony
    if ceremony and ceremony.begins_at and (course.only_in_the_hall or random.random() < 0.55):
        at = _between(ceremony.begins_at, course.now, random)
        pages.acts.append(_Act(duty, A.SIGN_ATTENDED, S.DUE, S.SIGNED, at, course.officer))
        if not course.only_in_the_hall and random.random() < 0.3:
            seen = at + (course.now - at) / 2
            pages.acts.append(_Act(duty, A.VERIFY, S.SIGNED, S.VERIFIED, seen, course.second))
        return
    invited = _invite(course, pages, duty, random)
    here = course.place.office.tz
    at = _in_daytime(_between(invited, course.now, random).astimezone(here), invited, course.now)
    pages.links[-1].used_at = at - timedelta(minutes=2)
    pages.acts.append(_Act(duty, A.SIGN, S.INVITED, S.SIGNED, at, signer_of(duty)))


def _hold_up(course: Course, pages: _Pages, duty: Obligation, random: Random) -> None:
    names, weights = zip(*HELD_UP, strict=True)
    why = random.choices(names, weights)[0]
    if why == "no_contact":
        return
    if why == "not_invited":
        pages.reached.append(duty)
        return
    invited = _invite(course, pages, duty, random)
    if why == "bounced":
        pages.bounced.append(pages.links[-1])
    if why in {"opened", "refused"}:
        pages.links[-1].used_at = invited + timedelta(hours=2)
    if why == "refused":
        at = invited + timedelta(hours=3)
        refused = _Act(duty, A.REFUSE, S.INVITED, S.REFUSED, at, signer_of(duty), REFUSAL)
        pages.acts.append(refused)
    if why in {"leave", "training"}:
        kind = AbsenceKind.LEAVE if why == "leave" else AbsenceKind.TRAINING
        pages.absences.append(_absence(course, duty, kind, random))


def _invite(course: Course, pages: _Pages, duty: Obligation, random: Random) -> datetime:
    """Reach the person by a link, in the first days of the round."""
    days, minutes = random.randrange(3), random.randrange(8 * 60)
    at = course.begin + timedelta(days=days, minutes=minutes)
    pages.reached.append(duty)
    pages.acts.append(_Act(duty, A.INVITE, S.DUE, S.INVITED, at, course.officer))
    pages.links.append(
        SigningCode(
            round_id=course.place.pk,
            obligation=duty,
            kind=CodeKind.LINK,
            digest=link_digest(new_link_token()),
            issued_at=at,
            issued_by_id=course.officer.user_id,
        )
    )
    return at


def _absence(course: Course, duty: Obligation, kind: AbsenceKind, random: Random) -> Absence:
    today = course.now.date()
    return Absence(
        person_id=duty.person_id,
        agency_id=course.place.agency_id,
        kind=kind,
        starts_on=today - timedelta(days=random.randrange(2, 12)),
        ends_on=today + timedelta(days=random.randrange(1, 14)),
        evidence="Surat contoh",
        recorded_at=course.now - timedelta(days=1),
        recorded_by_id=course.officer.user_id,
    )


def _between(first: datetime, last: datetime, random: Random) -> datetime:
    return first + (last - first) * random.random()


def _in_daytime(at: datetime, first: datetime, last: datetime) -> datetime:
    """Move what would be at night into the working day; never before `first` or after `last`."""
    moved = at.replace(hour=8 + at.hour % 9)
    if moved >= last:
        moved -= timedelta(days=1)
    return moved if moved > first else first + timedelta(minutes=10)


# --- writing ---------------------------------------------------------------------------------------


def _write(course: Course, pages: _Pages) -> None:
    _copy_contacts(course, pages.reached)
    copy_in(pages.links)
    copy_in(pages.absences)
    copy_in([_given_up(link) for link in pages.bounced])
    papers = {} if course.only_in_the_hall else _copy_certificates(course, pages.acts)
    steps = _copy_steps(course, pages.acts, papers)
    copy_in(_signatures(course, pages.acts, steps, papers))
    _copy_audit(course, pages.acts, steps, papers)
    _move(pages.acts)


def _copy_contacts(course: Course, reached: Sequence[Obligation]) -> None:
    """Seal an address for everybody who can be reached."""
    sealed: list[Identity] = []
    indexes: list[BlindIndex] = []
    for duty in reached:
        data = IdentityData(name=duty.person.name, email=f"pegawai{duty.person_id}@contoh.example")
        identity, found = new_identity(
            data=data, kind=IdentityKind.ASN, clock=Clock(now=course.begin.astimezone(UTC))
        )
        sealed.append(identity)
        indexes += found
    copy_in(sealed)
    for index in indexes:
        index.identity_id = index.identity.pk
    copy_in(indexes)
    copy_in(
        [
            Contact(
                person_id=duty.person_id,
                agency_id=course.place.agency_id,
                identity=identity,
                set_at=course.begin,
                set_by_id=course.officer.user_id,
            )
            for duty, identity in zip(reached, sealed, strict=True)
        ]
    )


def _given_up(link: SigningCode) -> Outbox:
    return Outbox(
        dedupe_key=invitation_key(link.pk),
        kind=MessageKind.PLEDGE_INVITATION,
        address="tidak-ada@contoh.example",
        status=OutboxStatus.GAVE_UP,
        attempts_made=1,
        next_attempt_at=link.issued_at,
        created_at=link.issued_at,
        gave_up_at=link.issued_at + timedelta(minutes=1),
    )


def _copy_certificates(course: Course, acts: Sequence[_Act]) -> dict[int, Document]:
    """Return the certificate of each who signed, by the obligation's id."""
    place = course.place
    election = place.elections.order_by("polling_on").first()
    regime = Regime(election.regime) if election else Regime.PILKADA
    form = rulebook_at(regime=regime, day=course.now.date()).form(FormRole.CERTIFICATE)
    names = place.elections.order_by("polling_on").values_list("name", flat=True)
    people = [act.duty.person_id for act in acts]
    numbers = dict(PersonNumber.objects.filter(person__in=people).values_list("person_id", "shown"))
    papers = {
        act.duty.pk: _certificate(course, act, form, ", ".join(names), numbers)
        for act in acts
        if act.target == S.SIGNED
    }
    copy_in(list(papers.values()))
    return papers


def _certificate(
    course: Course, act: _Act, form: FormCode, elections: str, numbers: dict[int, str]
) -> Document:
    place, duty = course.place, act.duty
    kind, assurance, _channel = _how(act)
    content = CertificateContent(
        signer=Named(label="Penanda tangan", name=duty.person.name, confidential=False),
        number=numbers.get(duty.person_id, ""),
        position=duty.employment.position_title,
        unit=duty.unit_now.name if duty.unit_now else place.agency.name,
        election=elections,
        text_title=place.text.title,
        text_sha256=place.text.sha256,
        points=tuple(place.text.points),
        signed_at=act.at.astimezone(place.office.tz),
        kind=str(kind.label),
        assurance=str(assurance.label),
    )
    return Document(
        role=FormRole.CERTIFICATE,
        form_code=form.code,
        classification=Classification.PARTY,
        state=DocumentState.FINAL,
        title=form.name,
        office=place.office,
        agency=place.agency,
        subject_kind="obligation",
        subject_id=duty.pk,
        template="certificate",
        content=dict(content.as_content()),
        verify_code=new_code(),
        issued_at=act.at,
        issued_by=act.actor.label,
        issued_by_user=act.actor.user_id,
    )


def _how(act: _Act) -> tuple[SignatureKind, Assurance, SigningChannel]:
    if act.action == A.SIGN_ATTENDED:
        return SignatureKind.CLICK, Assurance.ATTENDED, SigningChannel.KIOSK
    return SignatureKind.CLICK, Assurance.ONE_TIME_CODE, SigningChannel.LINK


def _copy_steps(course: Course, acts: Sequence[_Act], papers: dict[int, Document]) -> list[Step]:
    agency, done = course.place.agency.ref(), dict.fromkeys((act.duty.pk for act in acts), 0)
    steps: list[Step] = []
    for act in acts:
        done[act.duty.pk] += 1
        by_officer = act.actor.user_id is not None
        paper = papers.get(act.duty.pk) if act.target == S.SIGNED else None
        steps.append(
            Step(
                workflow=OBLIGATION.name,
                subject_kind=OBLIGATION.subject_kind,
                subject_id=act.duty.pk,
                sequence=done[act.duty.pk],
                action=act.action,
                source=act.source,
                target=act.target,
                occurred_at=act.at,
                recorded_at=act.at,
                recorded_by_id=act.actor.user_id,
                actor_kind=act.actor.kind,
                actor_label=act.actor.label,
                role="hr_pledges" if by_officer else "citizen",
                organisation_kind=agency.kind,
                organisation_id=agency.id,
                organisation_path=agency.path,
                reason=act.reason,
                acting_party=act.duty.person.name if act.action == A.SIGN_ATTENDED else "",
                document_id=paper.pk if paper else None,
            )
        )
    copy_in(steps)
    return steps


def _signatures(
    course: Course, acts: Sequence[_Act], steps: Sequence[Step], papers: dict[int, Document]
) -> list[Signature]:
    return [
        _signature(course, act, step, papers.get(act.duty.pk))
        for act, step in zip(acts, steps, strict=True)
        if act.target == S.SIGNED
    ]


def _signature(course: Course, act: _Act, step: Step, paper: Document | None) -> Signature:
    kind, assurance, channel = _how(act)
    attended, text = act.action == A.SIGN_ATTENDED, course.place.text
    return Signature(
        round_id=course.place.pk,
        obligation=act.duty,
        text_id=text.pk,
        step=step,
        document=paper,
        kind=kind,
        assurance=assurance,
        channel=channel,
        ceremony=course.ceremony if attended else None,
        typed_name=act.duty.person.name,
        signed_at=act.at,
        recorded_at=act.at,
        recorded_by_id=act.actor.user_id,
        text_sha256=text.sha256,
        evidence_sha256=_evidence(course, act),
        late=False,
    )


def _copy_audit(
    course: Course, acts: Sequence[_Act], steps: Sequence[Step], papers: dict[int, Document]
) -> None:
    """Record every step and every certificate; the database chains the rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_lock_kinds(%s)", [["document", "obligation"]])
    rows = [_of_step(course, act, step) for act, step in zip(acts, steps, strict=True)]
    rows += [
        _of_paper(course, act, papers[act.duty.pk])
        for act in acts
        if act.target == S.SIGNED and act.duty.pk in papers
    ]
    copy_in(rows)


def _of_step(course: Course, act: _Act, step: Step) -> AuditRow:
    row = _audit_row(course, act, act.duty.ref(), f"{OBLIGATION.name}.{act.action}")
    row.before, row.after, row.role = act.source, act.target, step.role
    row.data = {"step": step.pk, **(_audited(course, act) if act.target == S.SIGNED else {})}
    return row


def _audited(course: Course, act: _Act) -> dict[str, str]:
    kind, _assurance, channel = _how(act)
    return audited_of(
        text_sha256=course.place.text.sha256,
        kind=kind,
        channel=channel,
        evidence_sha256=_evidence(course, act),
    )


def _evidence(course: Course, act: _Act) -> str:
    facts = f"{act.duty.public_id}:{course.place.text.sha256}:{act.at.isoformat()}"
    return hashlib.sha256(facts.encode()).hexdigest()


def _of_paper(course: Course, act: _Act, paper: Document) -> AuditRow:
    row = _audit_row(course, act, SubjectRef("document", paper.pk), "document.issued")
    row.after = str(DocumentState.FINAL)
    row.data = {"role": str(FormRole.CERTIFICATE), "subject": f"obligation:{act.duty.pk}"}
    return row


def _audit_row(course: Course, act: _Act, subject: SubjectRef, what: str) -> AuditRow:
    """Return a row without what the database gives: key, position and hashes."""
    agency = course.place.agency.ref()
    return AuditRow(
        id=0,
        subject_kind=subject.kind,
        subject_id=subject.id,
        what=what,
        occurred_at=act.at,
        recorded_at=act.at,
        actor_kind=act.actor.kind,
        user_id=act.actor.user_id,
        party_ref=act.actor.party_ref,
        organisation_kind=agency.kind,
        organisation_id=agency.id,
        organisation_path=agency.path,
        position=0,
        previous_hash=b"",
        hash=b"",
    )


_MOVE: Final = """
    UPDATE pledges_obligation owed SET state = made.state, version = made.version
    FROM unnest(%s::bigint[], %s::varchar[], %s::int[]) AS made(id, state, version)
    WHERE owed.id = made.id
"""


def _move(acts: Sequence[_Act]) -> None:
    """Set where everybody is now, in one statement."""
    last: dict[int, tuple[str, int]] = {}
    for act in acts:
        _state, version = last.get(act.duty.pk, ("", 0))
        last[act.duty.pk] = (str(act.target), version + 1)
    states = [state for state, _version in last.values()]
    versions = [version for _state, version in last.values()]
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [list(last), states, versions])
