"""What the engine asks of an app about one workflow's subjects."""

# The usual answers look at nothing: their arguments are for those who answer otherwise.
# ruff: noqa: ARG002

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from django.db import models, router, transaction
from django.utils.functional import cached_property

from neutrality.audit.actor import Actor, ActorKind, OrgRef
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.ui.prepared import Prepared

if TYPE_CHECKING:
    from neutrality.casework.models import Step
    from neutrality.casework.refusals import Refusal
    from neutrality.casework.workflow import Act, Transition
    from neutrality.documents.services import DocumentDraft
    from neutrality.law.calendar import WorkCalendar
    from neutrality.law.rulebook import Rulebook
    from neutrality.notifications.services import Recipient


class Tracked(Protocol):
    """A row that the engine moves: its model has `state`, and `version`, the count of its steps."""

    @property
    def pk(self) -> Any: ...  # noqa: ANN401 - as Django has it

    @property
    def state(self) -> str: ...

    @property
    def version(self) -> int: ...


S = TypeVar("S", bound=models.Model)


class Adapter(Protocol[S]):
    """The join between a workflow and an app's tables. `BaseAdapter` has the usual answers."""

    @property
    def model(self) -> type[S]:
        """The model of the subjects; its rows are `Tracked`."""

    def lock(self, pk: int) -> S:
        """Return the subject with its row locked, its key left free, or raise DoesNotExist."""

    def load(self, pks: Collection[int]) -> Iterable[S]:
        """Return these subjects, unlocked, with what `organisation` and `calendar` read."""

    def organisation(self, subject: S) -> OrgRef:
        """Return the organisation that has the subject in hand."""

    def organisations(self, subject: S) -> tuple[OrgRef, ...]:
        """Return every organisation whose roles may act, e.g. office, body and agency."""

    def excludes(self, subject: S, actor: Actor, clock: Clock) -> bool:
        """Whether a conflict of interest keeps this actor out today."""

    def is_party(self, subject: S, actor: Actor) -> bool:
        """Whether this citizen or respondent holds the code of this subject."""

    def rulebook(self, subject: S, clock: Clock) -> "Rulebook":
        """Return the law in force for the subject."""

    def calendar(self, subject: S) -> "WorkCalendar":
        """Return the office's calendar with its zone."""

    def clock_start(self, code: PeriodCode, subject: S, act: "Act") -> datetime | None:
        """Return when this period begins; None when a later event (a receipt) will start it."""

    def document(self, transition: "Transition", subject: S, act: "Act") -> "DocumentDraft | None":
        """Return the draft of the transition's document, or None when none is due this time."""

    def recipients(self, kind: str, subject: S) -> "list[Recipient]":
        """Return who gets this message."""

    def message_context(self, kind: str, subject: S) -> Mapping[str, str]:
        """Return the placeholders of this message; no facts of the case."""

    def language(self, kind: str, subject: S) -> str:
        """Return the language of this message."""

    def after(self, transition: "Transition", subject: S, act: "Act") -> Mapping[str, Any]:
        """Return the columns that change with the state, by field name."""

    def audited(self, transition: "Transition", subject: S, act: "Act") -> Mapping[str, str | int]:
        """Return what the step's audit row holds beside its key: codes and hashes, flat."""

    def follow(self, transition: "Transition", subject: S, act: "Act", step: "Step") -> None:
        """Write what else belongs to the step, in its transaction."""

    def keeps(self, transition: "Transition", subject: S, step: "Step") -> "Refusal | None":
        """Return why a correctable step can be voided no more, e.g. it was answered; None: it can."""

    def undo(self, transition: "Transition", subject: S, step: "Step", clock: Clock) -> None:
        """Take back what `follow` wrote, when a correction voids the step; columns go back alone."""

    def strays(self) -> Iterator[str]:
        """Yield, as sentences, what `follow` wrote that is not as its audit row says."""


class BaseAdapter(Generic[S]):
    """The usual answers; an app's adapter names its model, organisation, rulebook and calendar."""

    model: type[S]
    related: tuple[str, ...] = ()

    def lock(self, pk: int) -> S:
        """Return the subject with its row locked and `related` joined unlocked.

        Raises:
            TransactionManagementError: There is no transaction to hold the lock.
        """
        if not transaction.get_connection(router.db_for_write(self.model)).in_atomic_block:
            raise transaction.TransactionManagementError("A row is locked within a transaction.")
        found = self._locked(pk=pk)
        if not found:
            raise self.model.DoesNotExist(pk)  # type: ignore[attr-defined]  # every model has it
        return found[0]

    @cached_property
    def _locked(self) -> Prepared[S, S]:
        def locked(pk: int) -> models.QuerySet[S]:
            # Who only refers to the row does not wait: a letter to a report, an item about it.
            # Otherwise two steps of one file could wait for each other.
            rows = self.subjects().select_for_update(of=("self",), no_key=True)
            return rows.filter(pk=pk)

        return Prepared(locked)

    def load(self, pks: Collection[int]) -> Iterable[S]:
        """Return these subjects with `related` joined."""
        return self.subjects().filter(pk__in=pks)

    def subjects(self) -> "models.QuerySet[S]":
        """Return the subjects with `related` joined."""
        subjects = self.model._base_manager.all()  # noqa: SLF001 - the documented way to every row
        return subjects.select_related(*self.related) if self.related else subjects

    def organisation(self, subject: S) -> OrgRef:
        """Return the organisation that has the subject in hand."""
        raise NotImplementedError

    def organisations(self, subject: S) -> tuple[OrgRef, ...]:
        """Return the one organisation."""
        return (self.organisation(subject),)

    def excludes(self, subject: S, actor: Actor, clock: Clock) -> bool:
        """Return that nobody is in conflict."""
        return False

    def is_party(self, subject: S, actor: Actor) -> bool:
        """Return that only the system acts without an account."""
        return actor.kind is ActorKind.SYSTEM

    def rulebook(self, subject: S, clock: Clock) -> "Rulebook":
        """Return the law in force for the subject."""
        raise NotImplementedError

    def calendar(self, subject: S) -> "WorkCalendar":
        """Return the office's calendar with its zone."""
        raise NotImplementedError

    def clock_start(self, code: PeriodCode, subject: S, act: "Act") -> datetime | None:
        """Return the legal time of the act."""
        return act.occurred_at

    def document(self, transition: "Transition", subject: S, act: "Act") -> "DocumentDraft | None":
        """Return that no document is due."""
        return None

    def recipients(self, kind: str, subject: S) -> "list[Recipient]":
        """Return that nobody is told."""
        return []

    def message_context(self, kind: str, subject: S) -> Mapping[str, str]:
        """Return no placeholders."""
        return {}

    def language(self, kind: str, subject: S) -> str:
        """Return Indonesian."""
        return "id"

    def after(self, transition: "Transition", subject: S, act: "Act") -> Mapping[str, Any]:
        """Return that only the state changes."""
        return {}

    def audited(self, transition: "Transition", subject: S, act: "Act") -> Mapping[str, str | int]:
        """Return nothing more."""
        return {}

    def follow(self, transition: "Transition", subject: S, act: "Act", step: "Step") -> None:
        """Write nothing more."""

    def keeps(self, transition: "Transition", subject: S, step: "Step") -> "Refusal | None":
        """Return that nothing keeps a step from being voided."""
        return None

    def undo(self, transition: "Transition", subject: S, step: "Step", clock: Clock) -> None:
        """Take nothing more back."""

    def strays(self) -> Iterator[str]:
        """Yield nothing: `follow` writes nothing that an audit row describes."""
        return iter(())
