"""The buttons of a file page: one main next step, the others in a list, and why some wait."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from complaints.workflow import guards
from neutrality.audit.actor import Actor
from neutrality.casework.adapter import Tracked
from neutrality.casework.models import LegalClock
from neutrality.casework.offers import Offer, available
from neutrality.casework.workflow import StepContext, Transition, Workflow
from neutrality.law.clock import Clock

# What the form of a step will ask: its absence is no reason to call the step impossible yet.
PRESUMED: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "identity_check": "-",
        "office": -1,
        "recommendation_number": "-",
        "recommendation_on": "-",
        "recommended_class": "-",
        "decree_number": "-",
        "decree_on": "-",
        "sanction_class": "-",
        "control": "-",
    }
)


@dataclass(frozen=True, slots=True)
class Button:
    """One step that somebody may take; with a refusal it is shown, and why it must wait."""

    action: str
    label: str
    url: str
    refusal: str
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class Buttons:
    """The main next step and the others; a page without either says that nothing is to be done."""

    main: Button | None
    others: tuple[Button, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return self.main is not None or bool(self.others)


def needs_plenary(transition: Transition) -> bool:
    """Whether a decision of the plenary carries the step out, and nobody presses it."""
    return guards.decided_by_plenary in transition.guards


def offers_of(
    *,
    workflow: Workflow,
    subject: Tracked,
    actor: Actor,
    clock: Clock,
    clocks: Iterable[LegalClock] | None = None,
) -> list[Offer]:
    """Return what this actor can press here; the steps of the plenary are proposed instead."""
    offers = available(
        workflow=workflow,
        subject=subject,
        actor=actor,
        clock=clock,
        context=StepContext(data=PRESUMED),
        clocks=clocks,
    )
    return [offer for offer in offers if not needs_plenary(workflow.get(offer.action))]


def buttons(
    *,
    offers: Iterable[Offer],
    url: Callable[[str], str],
    without: Collection[str] = (),
    more: Iterable[Button] = (),
) -> Buttons:
    """Turn offers into the page's buttons.

    The main one is the usual next step, or what a missed deadline proposes; `without` names
    actions that the page offers in another way, `more` are its own links (proposals to the
    plenary). One that must wait is main only when nothing else is.
    """
    made = [_button(offer, url) for offer in offers if offer.action not in without]
    main = {offer.action for offer in offers if offer.is_main}
    ready = [each for each in made if not each.refusal]
    first = next((each for each in ready if each.action in main), None)
    first = first or next((each for each in ready if each.is_proposed), None)
    others = [each for each in made if each is not first]
    return Buttons(first, (*others, *more))


def _button(offer: Offer, url: Callable[[str], str]) -> Button:
    return Button(
        action=offer.action,
        label=offer.label,
        url=url(offer.action),
        refusal=str(offer.refusal.sentence) if offer.refusal else "",
        is_proposed=offer.is_proposed,
    )
