"""An act that was done on paper, while the system could not be reached, and is entered later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from complaints.models import Attendance, PlenaryMeeting
from complaints.services.lodge import needs_second_person
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.casework.workflow import SourceDocument
from neutrality.elections.models import Contest
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """When it was done, and what stands for that time.

    Attributes:
        occurred_at: When it was done; None for now.
        reason: Why it is entered only now; needed beyond the tolerance, as are the next two.
        source: Number and date of the paper that it was written on.
        second_person: Who else stands for the time.
        numbers: Register numbers that stand on that paper, by the names that the step knows.
    """

    occurred_at: datetime | None = None
    reason: str = ""
    source: SourceDocument | None = None
    second_person: Actor | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)

    def at(self, clock: Clock) -> datetime:
        """Return when it was done."""
        return self.occurred_at or clock.now

    def audited(self) -> dict[str, int]:
        """Return who stands for the time, for the record of what is no step of a file."""
        second = self.second_person.user_id if self.second_person else None
        return {"second_person": second} if second else {}

    def reasons(self, words: str) -> str:
        """Return the words of the act, and why they are entered only now."""
        return "\n".join(filter(None, (words, self.reason.strip())))


JUST_NOW = Afterwards()


def ask_for_paper(
    *,
    given: Afterwards,
    office: Office,
    contest: Contest | None,
    roles: Iterable[Role],
    actor: Actor,
    clock: Clock,
) -> None:
    """Ask, beyond the tolerance of the law table, for a reason, the paper and a second person.

    Raises:
        Refused: A time that has not come, or one of the three is missing, or the second person is
            the first or has no role here.
    """
    if given.occurred_at is None:
        return
    if given.occurred_at > clock.now:
        raise refuse(RefusalCode.IN_THE_FUTURE)
    at = given.occurred_at
    if not needs_second_person(office=office, contest=contest, at=at, clock=clock):
        return
    second = given.second_person
    if not given.reason.strip():
        raise refuse(RefusalCode.BACKDATED_REASON_NEEDED)
    if given.source is None:
        raise refuse(RefusalCode.BACKDATED_SOURCE_NEEDED)
    if second is None:
        raise refuse(RefusalCode.BACKDATED_SECOND_PERSON_NEEDED)
    _ask_who(second, actor, (*roles, Role.SUPERVISOR), office)


def _ask_who(second: Actor, first: Actor, roles: Iterable[Role], office: Office) -> None:
    if second.user_id is None or second.user_id == first.user_id:
        raise refuse(RefusalCode.SECOND_PERSON_IS_FIRST)
    if second.role_at(tuple(roles), office.ref()) is None:
        raise refuse(RefusalCode.SECOND_PERSON_HAS_NO_ROLE)


def was_entered_later(meeting: PlenaryMeeting) -> bool:
    """Whether the meeting was held on paper: who was there was written down after it opened."""
    there = Attendance.objects.filter(meeting=meeting, recorded_at__gt=meeting.opened_at)
    return meeting.opened_at is not None and there.exists()
