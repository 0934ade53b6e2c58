"""The minutes of a plenary, and the extracts that name no other matter."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from complaints.models import AgendaItem, PlenaryMeeting
from complaints.papers.case_papers import case_number
from complaints.papers.parts import Filed, for_office, local, office_place, paper
from neutrality.audit.record import SubjectRef
from neutrality.documents.contents import (
    AgendaItem as AgendaLine,
    AttendanceLine,
    PlenaryContent,
    VoteLine,
)
from neutrality.documents.drafts import DocumentDraft
from neutrality.law.books import rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, PlenaryMatter, Regime
from neutrality.law.labels import label


def minutes(meeting: PlenaryMeeting, items: Sequence[AgendaItem], clock: Clock) -> DocumentDraft:
    """Return the minutes with every item."""
    filed = Filed(
        office=meeting.office,
        subject=SubjectRef(kind="plenary_meeting", id=meeting.pk),
        matter_id=None,
        number=meeting.number,
    )
    return _paper(meeting, items, FormRole.PLENARY_MINUTES, filed, clock)


def extract(meeting: PlenaryMeeting, item: AgendaItem, clock: Clock) -> DocumentDraft:
    """Return the extract of one item for the file of its matter."""
    filed = Filed(
        office=meeting.office,
        subject=item.matter.ref(),
        matter_id=item.matter_id,
        number=meeting.number,
    )
    return _paper(meeting, [item], FormRole.PLENARY_EXTRACT, filed, clock)


def _paper(
    meeting: PlenaryMeeting,
    items: Sequence[AgendaItem],
    role: FormRole,
    filed: Filed,
    clock: Clock,
) -> DocumentDraft:
    attendance = list(meeting.attendance.select_related("member").order_by("pk"))
    chair = next((row.member.name for row in attendance if row.chairs), "")
    content = PlenaryContent(
        meeting_number=filed.number,
        held_at=local(meeting.opened_at or meeting.planned_at, meeting.office),
        ended_at=local(meeting.closed_at, meeting.office) if meeting.closed_at else None,
        place=meeting.place or office_place(meeting.office),
        mode=meeting.get_mode_display(),
        chair=chair,
        attendance=tuple(
            AttendanceLine(
                name=row.member.name,
                position=_("Pimpinan rapat") if row.chairs else _("Anggota"),
                presence=_("Hadir"),
            )
            for row in attendance
        ),
        quorum=_("%(present)d dari %(members)d anggota hadir; kuorum %(quorum)d (%(basis)s)")
        % {
            "present": len(attendance),
            "members": meeting.members,
            "quorum": meeting.quorum,
            "basis": meeting.quorum_basis,
        },
        items=tuple(_line(item, place) for place, item in enumerate(items, start=1)),
        signatories=for_office(meeting.office),
    )
    rules = rulebook_at(regime=Regime.PILKADA, day=clock.today_in(meeting.office.tz))
    return paper(content, role=role, rulebook=rules, kind="CASE", filed=filed)


def _line(item: AgendaItem, place: int) -> AgendaLine:
    return AgendaLine(
        number=str(place),
        matter=case_number(item.matter),
        subject=str(label(PlenaryMatter(item.kind))),
        deliberation=(item.proposal,),
        recusals=tuple(
            f"{row.member.name}: {row.reason}" for row in item.recusals.select_related("member")
        ),
        votes=tuple(
            VoteLine(name=row.member.name, choice=row.get_ballot_display(), note=row.dissent)
            for row in item.votes.select_related("member").order_by("pk")
        ),
        decision=f"{item.get_outcome_display()}. {item.decision}".strip(),
    )
