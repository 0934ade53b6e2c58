"""The documents of a clarification: invitation (B.9), oath (B.10, B.11), minutes (B.12)."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.codes import MeetingMode, Oath, PartyKind
from complaints.models import ClarificationSession, Party
from complaints.papers.case_papers import case_number
from complaints.papers.parts import (
    Filed,
    for_office,
    letter,
    local,
    nameless,
    office_place,
    paper,
    person,
)
from neutrality.audit.actor import Actor
from neutrality.documents.contents import (
    ClarificationContent,
    Content,
    Exchange,
    InvitationContent,
    OathContent,
    Person,
    Signatory,
)
from neutrality.documents.drafts import DocumentDraft, official
from neutrality.documents.models import Classification
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole
from neutrality.law.rulebook import Rulebook
from neutrality.vault.services import open_identity

OATH: Final = (
    "Saya bersumpah/berjanji bahwa saya akan memberikan keterangan yang sebenarnya, "
    "tidak lain dari yang sebenarnya."
)


@official
def invitation(
    session: ClarificationSession, *, rules: Rulebook, actor: Actor, clock: Clock
) -> DocumentDraft:
    """Return the invitation; that of anybody but a respondent is sealed and has a twin."""
    office = session.matter.office
    who = person_of(session.party, _("Undangan klarifikasi"), actor=actor, clock=clock)
    content = InvitationContent(
        letter=letter(
            office, to=(who.name,), about=_("Undangan klarifikasi"), on=clock.today_in(office.tz)
        ),
        invitee=who,
        capacity=session.party.get_kind_display(),
        case_number=case_number(session.matter),
        session_at=local(session.starts_at, office),
        session_place=session.place,
        mode=session.get_mode_display(),
        recorded=session.mode == MeetingMode.ONLINE,
        ordinal=session.ordinal,
        bring=(
            _("Surat undangan ini"),
            _("Kartu identitas"),
            _("Bukti dan berkas yang berkaitan"),
        ),
        contact=", ".join(filter(None, (office.phone, office.email))),
        confirm_url=f"{settings.SITE_URL.rstrip('/')}{reverse('public:invitation')}",
        signatories=for_office(office),
    )
    return _draft(session, content, FormRole.INVITATION, rules)


@official
def oath_minutes(
    session: ClarificationSession, *, rules: Rulebook, actor: Actor, clock: Clock
) -> DocumentDraft:
    """Return the minutes of the oath, or of its refusal, which does not stop the session."""
    office = session.matter.office
    expert = session.party.kind == PartyKind.EXPERT
    who = person_of(session.party, _("Berita acara sumpah"), actor=actor, clock=clock)
    content = OathContent(
        person=who,
        capacity=session.party.get_kind_display(),
        case_number=case_number(session.matter),
        held_at=local(session.held_at or clock.now, office),
        place=session.place or office_place(office),
        belief=session.oath_note if session.oath == Oath.SWORN else "",
        oath=OATH,
        taken=session.oath == Oath.SWORN,
        refusal=session.oath_note if session.oath == Oath.REFUSED else "",
        signatories=(_heard(session, who), *_officer(session, actor)),
    )
    role = FormRole.EXPERT_OATH_MINUTES if expert else FormRole.OATH_MINUTES
    return _draft(session, content, role, rules)


@official
def minutes(
    session: ClarificationSession,
    *,
    read_back: str,
    ended_at: datetime,
    rules: Rulebook,
    actor: Actor,
    clock: Clock,
) -> DocumentDraft:
    """Return the minutes with every question and answer, as they were read back."""
    office = session.matter.office
    who = person_of(session.party, _("Berita acara klarifikasi"), actor=actor, clock=clock)
    content = ClarificationContent(
        person=who,
        capacity=session.party.get_kind_display(),
        case_number=case_number(session.matter),
        held_at=local(session.held_at or clock.now, office),
        ended_at=local(ended_at, office),
        place=session.place or office_place(office),
        mode=session.get_mode_display(),
        officers=_officer(session, actor),
        sworn=str(session.get_oath_display()),
        exchanges=tuple(
            Exchange(question=row.question, answer=row.answer) for row in session.lines.all()
        ),
        read_back=read_back,
        signatories=(_heard(session, who), *_officer(session, actor)),
    )
    return _draft(session, content, FormRole.CLARIFICATION_MINUTES, rules)


def person_of(party: Party, reason: str, *, actor: Actor, clock: Clock) -> Person:
    """Return how a document names a party; an identity is opened with this reason."""
    if party.kind == PartyKind.RESPONDENT:
        name = party.name or party.description
        return Person(label=party.alias, name=name, confidential=False)
    if party.identity_id is None:
        return nameless(party.alias)
    data = open_identity(
        identity_id=party.identity_id,
        reason=reason,
        subject=party.matter.ref(),
        actor=actor,
        clock=clock,
    )
    return person(party.alias, data)


def _heard(session: ClarificationSession, who: Person) -> Signatory:
    """Return where the person heard signs; a twin shows the label instead of the name."""
    caption, position = _("Yang memberi keterangan"), session.party.get_kind_display()
    return Signatory(caption=caption, name=who.name, position=position)


def _officer(session: ClarificationSession, actor: Actor) -> tuple[Signatory, ...]:
    name = session.held_by.name if session.held_by else actor.label
    caption, position = _("Petugas klarifikasi"), session.matter.office.name
    return (Signatory(caption=caption, name=name, position=position),)


def _draft(
    session: ClarificationSession, content: Content, role: FormRole, rules: Rulebook
) -> DocumentDraft:
    party = session.party
    named = party.kind == PartyKind.RESPONDENT
    filed = Filed(
        office=session.matter.office,
        subject=session.matter.ref(),
        matter_id=session.matter_id,
        number=f"{session.pk}/{rules.form(role).code}/{case_number(session.matter)}",
        identity_id=None if named else party.identity_id,
    )
    kind = Classification.PARTY if named else Classification.IDENTITY
    return paper(content, role=role, rulebook=rules, kind=kind, filed=filed)
