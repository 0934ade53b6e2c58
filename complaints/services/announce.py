"""Put a result on the office's notice board: agency and position class, never a name."""

from typing import Final

from django.db import transaction
from django.utils import translation

from complaints.codes import CaseState
from complaints.models import AllegationResult, Announcement, Matter, Party
from complaints.papers.case_papers import case_number
from complaints.papers.parts import Filed, for_office, letter, paper
from complaints.workflow import refusals
from complaints.workflow.case import CASE
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.documents.contents import StatusLine, StatusNoticeContent
from neutrality.documents.drafts import DocumentDraft, official
from neutrality.documents.models import Classification
from neutrality.documents.services import issue
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, OutcomeClass, SubjectKind
from neutrality.law.labels import label

# A kind of servant of whom an agency has one is a post, and with the agency a name.
_POSTS: Final = frozenset({SubjectKind.ACTING_HEAD})
DECIDED = frozenset({CaseState.DECIDED, CaseState.CLOSED})


@transaction.atomic(durable=True)
def announce(*, matter_id: int, actor: Actor, clock: Clock) -> Announcement:
    """Publish the results in force with the public notice (B.18); the words are made here.

    Raises:
        Refused: Not of this office, or the plenary has not decided.
    """
    matter: Matter = CASE.adapter.lock(matter_id)
    role = actor.role_at((Role.HANDLER, Role.COMMISSIONER), matter.office.ref())
    if role is None or CASE.adapter.excludes(matter, actor, clock):
        raise refuse(RefusalCode.NOT_YOURS)
    if matter.state not in DECIDED:
        raise Refused(refusals.NOT_DECIDED_YET)
    with translation.override("id"):  # the notice is official, whoever presses reads English
        lines = announced_lines(matter)
    row = Announcement.objects.create(
        matter=matter,
        office=matter.office,
        number=case_number(matter),
        text="\n".join(f"{line.subject}: {line.status}" for line in lines),
        published_at=clock.now,
        published_by_id=actor.user_id,
    )
    issue(draft=_notice(matter, lines, clock), actor=actor, clock=clock)
    record(
        what="case.announce",
        subject=matter.ref(),
        actor=actor,
        clock=clock,
        role=role,
        organisation=matter.office.ref(),
        data={"announcement": row.pk},
    )
    return row


@official
def _notice(matter: Matter, lines: tuple[StatusLine, ...], clock: Clock) -> DocumentDraft:
    number, rules = case_number(matter), CASE.adapter.rulebook(matter, clock)
    content = StatusNoticeContent(
        letter=letter(
            matter.office,
            to=("Papan pengumuman",),
            about="Pengumuman status penanganan",
            on=clock.today_in(matter.office.tz),
        ),
        report_number=number,
        statuses=lines,
        basis=cited(rules.form(FormRole.STATUS_NOTICE).legal_basis),
        signatories=for_office(matter.office),
    )
    filed = Filed(office=matter.office, subject=matter.ref(), matter_id=matter.pk, number=number)
    return paper(
        content,
        role=FormRole.STATUS_NOTICE,
        rulebook=rules,
        kind=Classification.PUBLIC,
        filed=filed,
    )


def announced_lines(matter: Matter) -> tuple[StatusLine, ...]:
    """Return what the notice board says: who in general words, and the results in force."""
    rows = (
        AllegationResult.objects.filter(allegation__matter=matter, superseded_at__isnull=True)
        .select_related("allegation__respondent__agency", "allegation__respondent__employment")
        .order_by("pk")
    )
    told = dict.fromkeys(
        (general_words(row.allegation.respondent), str(label(OutcomeClass(row.outcome))))
        for row in rows
    )
    return tuple(StatusLine(subject=who, status=what) for who, what in told)


def general_words(party: Party) -> str:
    """Return a respondent as the public may read of him: position class and agency."""
    employment = party.employment if party.employment_id else None
    position = party.get_position_class_display() or (
        employment.get_position_class_display() if employment else ""
    )
    agency = party.agency.name if party.agency_id and party.agency else ""
    kind = "" if party.subject_kind in _POSTS else party.get_subject_kind_display()
    who = position or kind or "Terlapor"
    return ", ".join(filter(None, (who, agency)))
