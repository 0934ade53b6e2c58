"""A workflow as a table: one frozen row per transition, everything else is read from it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.db.models import TextChoices
from django.utils.functional import Promise

from neutrality.audit.actor import Actor, ActorKind, OrgRef
from neutrality.casework.adapter import Adapter
from neutrality.casework.refusals import Refusal
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, PeriodCode

if TYPE_CHECKING:
    from neutrality.law.calendar import WorkCalendar
    from neutrality.law.rulebook import Rulebook


PARTIES: Final = frozenset(str(kind) for kind in ActorKind if kind is not ActorKind.USER)
"""Who acts without an account; the other actors of a transition are roles."""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The paper that an act is recorded from.

    Attributes:
        number: The number that its author gave it.
        dated_on: The date that it bears.
        document_id: The stored scan, a row of `documents.Document`, when there is one.
    """

    number: str
    dated_on: date
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class StepContext:
    """What a person hands in with a step.

    Attributes:
        reason: Why, in the person's words.
        occurred_at: The legal time of the act, aware; None means now.
        expected_version: The version that the person's page showed; None skips the check.
        acting_party: Who did it, when the actor only records it for another authority or party.
        source: The paper it is recorded from.
        second_person: Who else stands for a back-dated act beyond the tolerance.
        data: What the adapter and the guards of this action need; JSON values only.
    """

    reason: str = ""
    occurred_at: datetime | None = None
    expected_version: int | None = None
    acting_party: str = ""
    source: SourceDocument | None = None
    second_person: Actor | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Act:
    """One transition about to be applied: what guards and adapters are given.

    Attributes:
        transition: The row of the table.
        actor: Who presses.
        role: The role (or the kind of party) that the actor acts in.
        records: Whether the actor only records what another authority or party did.
        organisation: Where that role is held; the subject's own for parties and the system.
        clock: The server's time.
        occurred_at: The legal time.
        source_state: Where the subject was.
        target: Where it goes.
        context: What was handed in.
    """

    transition: "Transition"
    actor: Actor
    role: str
    records: bool
    organisation: OrgRef
    clock: Clock
    occurred_at: datetime
    source_state: str
    target: str
    context: StepContext
    load_rulebook: "Callable[[], Rulebook]" = field(repr=False, compare=False)
    load_calendar: "Callable[[], WorkCalendar]" = field(repr=False, compare=False)

    @cached_property
    def rulebook(self) -> "Rulebook":
        """The law in force for the subject, loaded at the first use."""
        return self.load_rulebook()

    @cached_property
    def calendar(self) -> "WorkCalendar":
        """The calendar of the subject's office, loaded at the first use."""
        return self.load_calendar()

    @property
    def reason(self) -> str:
        """Why, in the person's words."""
        return self.context.reason

    @property
    def data(self) -> Mapping[str, Any]:
        """What the action needs beyond the row."""
        return self.context.data


Guard = Callable[[Any, Act], Refusal | None]


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One row of a workflow table; it says everything an auditor asks about one step.

    Attributes:
        action: An imperative; its label is the words on the button.
        sources: From where; empty for a transition that creates the subject (see `create`).
        target: To where; None stays where it is, or goes back when `returns`.
        actors: Roles, and kinds of party without an account (`ActorKind`).
        guards: Asked in order under the row lock; the first refusal wins.
        stops: Periods whose open clocks end here.
        starts: Periods that begin here (or when the adapter says).
        form: The document that is issued.
        notifies: Message kinds; the adapter names the recipients.
        public_label: What the tracking page tells the citizen; empty tells nothing.
        basis: The legal basis, as a citation.
        needs_reason: Whether a reason is demanded.
        recorders: Roles that may record it for those who act; party and source are then demanded.
        confirmed_by: Roles of the authority that acted, which may confirm the record later; by
            default the roles among the actors, when these act themselves.
        acting_party: Whether every actor only records here what another authority or party did.
        main: Whether it is the usual next step of its sources.
        proposed_when_missed: The period whose passing proposes this step; it never decides.
        correctable: Whether a correction may void it.
        reopens: Whether it may leave a terminal state.
        returns: Whether it leads back to the state before the present one.
    """

    action: TextChoices
    sources: frozenset[TextChoices]
    target: TextChoices | None
    actors: frozenset[str]
    basis: str
    guards: tuple[Guard, ...] = ()
    stops: tuple[PeriodCode, ...] = ()
    starts: tuple[PeriodCode, ...] = ()
    form: FormRole | None = None
    notifies: tuple[str, ...] = ()
    public_label: Promise | str = ""
    needs_reason: bool = False
    recorders: frozenset[str] = frozenset()
    confirmed_by: frozenset[str] = frozenset()
    acting_party: bool = False
    main: bool = False
    proposed_when_missed: PeriodCode | None = None
    correctable: bool = True
    reopens: bool = False
    returns: bool = False

    @property
    def label(self) -> str:
        """The words on the button, in the language now active."""
        return str(self.action.label)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles among the actors, in a fixed order."""
        return tuple(sorted(str(who) for who in self.actors if who not in PARTIES))

    @property
    def parties(self) -> frozenset[str]:
        """The kinds of party among the actors."""
        return frozenset(str(who) for who in self.actors if who in PARTIES)

    @property
    def confirmers(self) -> frozenset[str]:
        """The roles that may confirm what another recorded."""
        if self.confirmed_by or self.acting_party:
            return self.confirmed_by
        return frozenset(self.roles)

    @property
    def creates(self) -> bool:
        """Whether it is the first step of a new subject."""
        return not self.sources


class UnknownAction(KeyError):
    """The workflow has no such action: a fault of the program or a forged request."""


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """A state machine as data, with the adapter that joins it to its tables.

    Attributes:
        name: Unique, the name of its page in the docs.
        subject_kind: Equal to `SubjectRef.kind` of its subjects.
        title: What people call it.
        states: The states with their labels.
        initial: Where a subject without history is.
        terminal: Where nothing more is to be done.
        transitions: The table.
        adapter: The join to the app's tables.
        correction_notice: The message kind sent after a correction; empty sends nothing.
        correctors: Roles that may ask for and confirm a correction.
    """

    name: str
    subject_kind: str
    title: Promise | str
    states: type[TextChoices]
    initial: TextChoices
    terminal: frozenset[TextChoices]
    transitions: tuple[Transition, ...]
    adapter: Adapter[Any]
    correction_notice: str = ""
    correctors: frozenset[str] = frozenset()

    @cached_property
    def by_action(self) -> dict[str, Transition]:
        """The table by action."""
        return {str(row.action): row for row in self.transitions}

    def get(self, action: str) -> Transition:
        """Return the row of this action; raises `UnknownAction`."""
        try:
            return self.by_action[str(action)]
        except KeyError:
            raise UnknownAction(f"{self.name}: {action}") from None

    def leaving(self, state: str) -> Iterator[Transition]:
        """Yield the rows that start at this state, in the order of the table."""
        return (row for row in self.transitions if state in row.sources)

    def label_of(self, state: str) -> str:
        """Return the label of a state in the language now active."""
        return str(self.states(state).label)
