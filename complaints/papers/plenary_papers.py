"""The minutes of a plenary, and the extracts that name no other matter."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from complaints.codes import ItemOutcome, MeetingMode
from complaints.models import AgendaItem, Attendance, PlenaryMeeting
from complaints.papers.case_papers import case_number
from complaints.papers.parts import Filed, local, office_place, paper
from complaints.selectors.allegations import named_allegations
from complaints.services.afterwards import was_entered_later
from neutrality.audit.record import SubjectRef
from neutrality.documents.contents import (
    AgendaItem as AgendaLine,
    AttendanceLine,
    PlenaryContent,
    Signatory,
    VoteLine,
)
from neutrality.documents.drafts import DocumentDraft, official
from neutrality.law.books import rulebook_at
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, OutcomeClass, PlenaryMatter, Regime
from neutrality.law.labels import label


@official
def minutes(meeting: PlenaryMeeting, items: Sequence[AgendaItem], clock: Clock) -> DocumentDraft:
    """Return the minutes with every item."""
    filed = Filed(
        office=meeting.office,
        subject=SubjectRef(kind="plenary_meeting", id=meeting.pk),
        matter_id=None,
        number=meeting.number,
    )
    return _paper(meeting, items, FormRole.PLENARY_MINUTES, filed, clock)


@official
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
    attendance = list(meeting.attendance.select_related("member").order_by("-chairs", "pk"))
    chair = next((row.member.name for row in attendance if row.chairs), "")
    later = was_entered_later(meeting)
    signs = attendance if role == FormRole.PLENARY_MINUTES else attendance[:1]
    content = PlenaryContent(
        meeting_number=filed.number,
        held_at=local(meeting.opened_at or meeting.planned_at, meeting.office),
        ended_at=_ended_at(meeting, later=later),
        place=meeting.place or _usual_place(meeting),
        mode=_how(meeting, clock, later=later),
        chair=chair,
        attendance=tuple(
            AttendanceLine(
                name=row.member.name,
                position=_part(row),
                presence=_("Ikut memutus") if _is_circular(meeting) else _("Hadir"),
            )
            for row in attendance
        ),
        quorum=_quorum(meeting, len(attendance)),
        items=tuple(_line(item, place) for place, item in enumerate(items, start=1)),
        signatories=tuple(_signatory(row, meeting) for row in signs),
    )
    rules = rulebook_at(regime=Regime.PILKADA, day=clock.today_in(meeting.office.tz))
    return paper(content, role=role, rulebook=rules, kind="CASE", filed=filed)


def _part(row: Attendance) -> str:
    return _("Pimpinan rapat") if row.chairs else _("Anggota")


def _signatory(row: Attendance, meeting: PlenaryMeeting) -> Signatory:
    """Return who signs: every member the minutes, the chair an extract of them."""
    return Signatory(caption=_part(row), name=row.member.name, position=meeting.office.name)


def _is_circular(meeting: PlenaryMeeting) -> bool:
    return meeting.mode == MeetingMode.CIRCULAR


def _usual_place(meeting: PlenaryMeeting) -> str:
    """Return the office's place; who decides by circular does not come together."""
    return "" if _is_circular(meeting) else office_place(meeting.office)


def _how(meeting: PlenaryMeeting, clock: Clock, *, later: bool) -> str:
    """Return how the members decided, why they did not meet in person, and when it was entered."""
    mode = str(meeting.get_mode_display())
    mode = f"{mode}: {meeting.mode_reason}" if meeting.mode_reason else mode
    if not later:
        return mode
    at = f"{local(clock.now, meeting.office):%d-%m-%Y %H.%M}"
    return _("%(mode)s; dicatat menyusul pada %(at)s") % {"mode": mode, "at": at}


def _ended_at(meeting: PlenaryMeeting, *, later: bool) -> datetime | None:
    """Return when the meeting ended; one on paper with what it decided last."""
    if meeting.closed_at is None:
        return None
    decided = meeting.items.aggregate(last=Greatest(Max("decided_at"), Max("ratified_at")))["last"]
    ended_at = (decided or meeting.opened_at) if later else None
    return local(ended_at or meeting.closed_at, meeting.office)


def _quorum(meeting: PlenaryMeeting, present: int) -> str:
    words = (
        _("%(present)d dari %(members)d anggota ikut memutus; kuorum %(quorum)d (%(basis)s)")
        if _is_circular(meeting)
        else _("%(present)d dari %(members)d anggota hadir; kuorum %(quorum)d (%(basis)s)")
    )
    return words % {
        "present": present,
        "members": meeting.members,
        "quorum": meeting.quorum,
        "basis": cited(meeting.quorum_basis),
    }


def _line(item: AgendaItem, place: int) -> AgendaLine:
    results = _results(item)
    adopted = item.outcome == ItemOutcome.ADOPTED
    return AgendaLine(
        number=str(place),
        matter=case_number(item.matter),
        subject=str(label(PlenaryMatter(item.kind))),
        deliberation=(item.proposal, *_coordinated(item), *(() if adopted else results)),
        recusals=tuple(
            f"{row.member.name}: {row.reason}" for row in item.recusals.select_related("member")
        ),
        votes=tuple(
            VoteLine(name=row.member.name, choice=row.get_ballot_display(), note=row.dissent)
            for row in item.votes.select_related("member").order_by("pk")
        ),
        decision="\n".join((_outcome(item), *(results if adopted else ()))),
    )


def _outcome(item: AgendaItem) -> str:
    """Return what became of the item; what the coordinator decided was ratified here."""
    words = _("Disahkan") if item.ratified_at else str(item.get_outcome_display())
    return f"{words}. {item.decision}".strip()


def _coordinated(item: AgendaItem) -> tuple[str, ...]:
    if item.coordinated_at is None:
        return ()
    at = local(item.coordinated_at, item.office)
    return (_("Diputus koordinator pada %(day)s.") % {"day": f"{at:%d-%m-%Y %H.%M}"},)


def _results(item: AgendaItem) -> tuple[str, ...]:
    """Return the classes for each allegation as they were voted on, several at once where so."""
    given = {row["allegation"]: row for row in item.payload.get("results", [])}
    if not given:
        return ()
    return tuple(
        _result(words, given[row.pk])
        for row, words in named_allegations(matter=item.matter)
        if row.pk in given
    )


def _result(allegation: str, given: Mapping[str, Any]) -> str:
    classes = "; ".join(str(label(OutcomeClass(code))) for code in given["outcomes"])
    return " ".join(filter(None, (f"{allegation}: {classes}.", given.get("reason", ""))))
