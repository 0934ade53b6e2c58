"""What the adapters of the four workflows have in common."""

# An adapter answers with what it needs of the arguments that every adapter is given.
# ruff: noqa: ARG002

from typing import Final, TypeVar

from django.db.models import Subquery

from complaints import access
from complaints.models import Matter, ReferralItem, Report, Tip
from complaints.tallies import count_step
from neutrality.audit.actor import Actor, ActorKind, OrgRef
from neutrality.casework.adapter import BaseAdapter
from neutrality.casework.models import ClockState, LegalClock, Step
from neutrality.casework.workflow import Act, Transition
from neutrality.elections.models import Contest
from neutrality.elections.selectors import calendar_for_office
from neutrality.law.books import rulebook_at
from neutrality.law.calendar import WorkCalendar
from neutrality.law.clock import Clock
from neutrality.law.codes import Regime
from neutrality.law.rulebook import Rulebook
from neutrality.organisations.models import Office

S = TypeVar("S", Report, Tip, Matter, ReferralItem)
# Why a clock was voided is kept in Indonesian, whoever corrects.
CORRECTED: Final = "Langkah yang memulainya dikoreksi"


class ComplaintAdapter(BaseAdapter[S]):
    """The responsible office has the subject in hand; regime and zone follow from it."""

    def organisation(self, subject: S) -> OrgRef:
        """Return the responsible office; `subject.office` must be joined (`related`)."""
        return subject.office.ref()

    def regime(self, subject: S) -> Regime:
        """Return the regime of the contest; Pilkada, the stricter one, until it is known."""
        contest = self.contest(subject)
        return Regime(contest.election.regime) if contest else Regime.PILKADA

    def contest(self, subject: S) -> Contest | None:
        """Return the contest of the subject or of its matter, or None."""
        return contest_of(subject)

    def rulebook(self, subject: S, clock: Clock) -> Rulebook:
        """Return the law in force today for the subject's regime."""
        return rulebook_at(regime=self.regime(subject), day=clock.today_in(subject.office.tz))

    def calendar(self, subject: S) -> WorkCalendar:
        """Return the office's calendar with the 24-hour days of the subject's election, read once."""
        return calendar_of(subject.office, self.contest(subject))

    def excludes(self, subject: S, actor: Actor, clock: Clock) -> bool:
        """Whether the actor is a respondent of the file, or declared to be tied to one.

        What was loaded through `access` was asked there and is not asked again.
        """
        if actor.user_id is None or access.is_cleared(subject, actor):
            return False
        matter_id = matter_id_of(subject)
        day = clock.today_in(subject.office.tz)
        return bool(access.conflicts_of(user_ids=[actor.user_id], matter_ids=[matter_id], day=day))

    def is_party(self, subject: S, actor: Actor) -> bool:
        """Whether this citizen holds the code of this subject; the system always may."""
        if actor.kind is ActorKind.SYSTEM:
            return True
        return actor.kind is ActorKind.CITIZEN and actor.party_ref == f"{self.kind}:{subject.pk}"

    def follow(self, transition: Transition, subject: S, act: Act, step: Step) -> None:
        """Keep the earliest open clock beside the state, and the public counts true.

        A new subject that was inserted with its `due_at` has it already.
        """
        if not (transition.creates and subject.due_at):
            refresh_due(subject)
        count_step(subject, step)

    def undo(self, transition: Transition, subject: S, step: Step, clock: Clock) -> None:
        """Bring the earliest open clock and the public counts back with the state."""
        refresh_due(subject)
        count_step(subject, step, sign=-1)

    kind = ""


def matter_id_of(subject: Report | Tip | Matter | ReferralItem) -> int:
    """Return the file of an entry or an item, or the file itself."""
    return subject.pk if isinstance(subject, Matter) else subject.matter_id


def contest_of(subject: Report | Tip | Matter | ReferralItem) -> Contest | None:
    """Return the contest of an entry or a matter; a referral item has that of its matter."""
    owner = subject.matter if isinstance(subject, ReferralItem) else subject
    return owner.contest


def refresh_due(subject: Report | Tip | Matter | ReferralItem) -> None:
    """Set `due_at` to the earliest open clock of the subject, or to nothing."""
    earliest = (
        LegalClock.objects.filter(
            subject_kind=subject.ref().kind, subject_id=subject.pk, state=ClockState.OPEN
        )
        .order_by("due_at")
        .values("due_at")[:1]
    )
    rows = type(subject)._base_manager.filter(pk=subject.pk)  # noqa: SLF001  every row
    rows.update(due_at=Subquery(earliest))


def calendar_of(office: Office, contest: Contest | None) -> WorkCalendar:
    """Return the calendar of an office during the election of a contest.

    It is read once for each instance of the office, which lives no longer than a request.
    """
    election = contest.election if contest else None
    known: dict[int | None, WorkCalendar] = office.__dict__.setdefault("_calendars", {})
    key = election.pk if election else None
    if key not in known:
        known[key] = calendar_for_office(office=office, election=election)
    return known[key]
