"""The referral item's workflow: the table joined to its rows."""

# An adapter answers with what it needs of the arguments that every adapter is given.
# ruff: noqa: ARG001, ARG002

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from complaints.codes import Deviation, ReferralState, SanctionState
from complaints.models import Addressee, ReferralItem, Sanction, SanctionStep
from complaints.tallies import count_sanction
from complaints.workflow import guards
from complaints.workflow.actions import ReferralAction
from complaints.workflow.base import CORRECTED, ComplaintAdapter
from complaints.workflow.messages import MessageKind
from complaints.workflow.referral_table import CONTESTS, LEG_OF, REFERRAL_ENDS, REFERRAL_TABLE
from neutrality.accounts.models import RoleGrant
from neutrality.accounts.roles import Role
from neutrality.audit.actor import OrgRef
from neutrality.casework.clocks import void_clocks
from neutrality.casework.models import Step
from neutrality.casework.workflow import Act, Transition, Workflow
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode
from neutrality.notifications.services import Recipient
from neutrality.organisations.models import Agency, ReferralBody
from neutrality.personnel.codes import EndReason

SANCTIONS_IN_FORCE: Final = frozenset(
    {
        SanctionState.IMPOSED,
        SanctionState.UPHELD,
        SanctionState.CHANGED,
        SanctionState.EXECUTED,
    }
)
TO_BODY: Final = frozenset(
    {MessageKind.ITEM_SENT, MessageKind.ITEM_CANCELLED, MessageKind.ITEM_DEVIATES}
)
TO_AGENCY: Final = frozenset({MessageKind.ITEM_RECOMMENDED, MessageKind.ITEM_ANSWERED})


class ReferralAdapter(ComplaintAdapter[ReferralItem]):
    """What each step of a referral item reads and writes beside the state."""

    model = ReferralItem
    related = ("office__region", "body", "agency", "matter__contest__election")
    kind = "referral_item"

    def organisations(self, subject: ReferralItem) -> tuple[OrgRef, ...]:
        """Return the office, the body and the agency: each acts through its own rows."""
        others = (subject.body, subject.agency)
        return (subject.office.ref(), *(other.ref() for other in others if other))

    def clock_start(self, code: PeriodCode, subject: ReferralItem, act: Act) -> datetime | None:
        """Return the legal time, and of an execution when the decree takes effect, if that is later.

        Who is active again finds only the clock of the state that was left.
        """
        again = act.transition.action == ReferralAction.MARK_ACTIVE_AGAIN
        if again and _leg_of(subject) != code:
            return None
        day = act.data.get("effective_on") if code == PeriodCode.EXECUTION else None
        at = act.occurred_at
        return effective_at(subject, date.fromisoformat(day), at) if day else at

    def recipients(self, kind: str, subject: ReferralItem) -> list[Recipient]:
        """Return the liaisons, the discipline officers or the handler, by the kind of message.

        A regional office without a liaison is told through its head office. That a decree differs
        from the recommendation is told to whoever has to answer it, and to nobody when it does not.
        """
        if _concerns_nobody(kind, subject):
            return []
        if kind in TO_BODY and subject.body_id:
            return _liaisons(subject.body_path)
        if kind in TO_BODY | TO_AGENCY and subject.agency_id:
            return _holders(Role.HR_DISCIPLINE, agency_id=subject.agency_id)
        return _holders(Role.HANDLER, office_id=subject.office_id)

    def message_context(self, kind: str, subject: ReferralItem) -> Mapping[str, str]:
        """Return the office only."""
        return {"office": subject.office.name}

    def after(self, transition: Transition, subject: ReferralItem, act: Act) -> Mapping[str, Any]:
        """Return the columns that change with the state."""
        change = AFTER.get(ReferralAction(transition.action))
        return change(subject, act) if change else {}

    def follow(self, transition: Transition, subject: ReferralItem, act: Act, step: Step) -> None:
        """Write the sanction or the next addressee, then the earliest clock."""
        more = FOLLOW.get(ReferralAction(transition.action))
        if more:
            more(subject, act)
        super().follow(transition, subject, act, step)

    def undo(self, transition: Transition, subject: ReferralItem, step: Step, clock: Clock) -> None:
        """Take back the sanction or the addressee that the step wrote."""
        back = UNDO.get(ReferralAction(transition.action))
        if back:
            back(subject, step, clock)
        super().undo(transition, subject, step, clock)


def effective_at(item: ReferralItem, day: date, since: datetime) -> datetime:
    """Return when a decree that takes effect on a day is to be carried out: not before `since`."""
    return max(since, datetime.combine(day, time(), tzinfo=item.office.tz))


def _leg_of(item: ReferralItem) -> PeriodCode | None:
    """Return the clock that belongs to the state of an item, and of its decree once there is one."""
    if item.state == ReferralState.SANCTIONED:
        decree = Sanction.objects.filter(item=item).order_by("pk").last()
        if decree:
            return _leg_of_decree(decree)
    return LEG_OF.get(ReferralState(item.state))


def _leg_of_decree(decree: Sanction) -> PeriodCode | None:
    """Return what is to be done in time: decide on a contest, carry it out, or nothing any more.

    A decree that was carried out and then upheld is done; one that was changed is carried out anew.
    """
    if decree.state in CONTESTS:
        return CONTESTS[SanctionState(decree.state)]
    if decree.state == SanctionState.ANNULLED:
        return None
    course = decree.steps.filter(state__in=(SanctionState.EXECUTED, SanctionState.CHANGED))
    latest = course.order_by("-pk").values_list("state", flat=True).first()
    return None if latest == SanctionState.EXECUTED else LEG_OF[ReferralState.SANCTIONED]


def _concerns_nobody(kind: str, item: ReferralItem) -> bool:
    if kind == MessageKind.ITEM_DEVIATES:
        return item.deviation != Deviation.WAITING
    return kind == MessageKind.ITEM_ANSWERED and item.agency_id is None


def _liaisons(path: str) -> list[Recipient]:
    """Return the liaisons of the nearest office of this body that has any; one query."""
    steps = path.split("/")
    line = ["/".join(steps[:depth]) for depth in range(1, len(steps) + 1)]
    rows = RoleGrant.objects.filter(
        role=Role.LIAISON, ends_on__isnull=True, body__path__in=line
    ).order_by("pk")
    found = list(rows.values_list("body__path", "user_id"))
    nearest = max((len(place) for place, _user in found), default=0)
    return [Recipient(user_id=user) for place, user in found if len(place) == nearest]


def _holders(role: Role, **place: int) -> list[Recipient]:
    rows = RoleGrant.objects.filter(role=role, ends_on__isnull=True, **place).order_by("pk")
    return [Recipient(user_id=pk) for pk in rows.values_list("user_id", flat=True)]


def _recommended(item: ReferralItem, act: Act) -> dict[str, Any]:
    return {
        **_named_agency(act),
        "recommendation_number": act.data["recommendation_number"],
        "recommendation_on": date.fromisoformat(act.data["recommendation_on"]),
        "recommended_class": act.data["recommended_class"],
    }


def _named_agency(act: Act) -> dict[str, Any]:
    """The body may name the agency of somebody whose agency was not known."""
    agency = act.data.get("agency")
    return {"agency": Agency.objects.get(pk=agency)} if agency else {}


def _resent(item: ReferralItem, act: Act) -> dict[str, Any]:
    """The body competent today, which may have followed the former one."""
    body = act.data.get("body")
    if not body:
        return {}
    found = ReferralBody.objects.get(pk=body)
    return {"body": found, "body_path": found.path}


def _controlled(item: ReferralItem, act: Act) -> dict[str, Any]:
    return {"control": act.data["control"]}


def _lifted(item: ReferralItem, act: Act) -> dict[str, Any]:
    return {"control": ""}


def _inactive(item: ReferralItem, act: Act) -> dict[str, Any]:
    return {
        "inactive_since": act.source_state,
        "inactive_as": act.data.get("departure", EndReason.OTHER),
    }


def _active_again(item: ReferralItem, act: Act) -> dict[str, Any]:
    return {"inactive_since": "", "inactive_as": ""}


def _decreed(item: ReferralItem, act: Act) -> dict[str, Any]:
    return {"deviation": Deviation.WAITING if guards.deviates(item, act) else ""}


def _accepted(item: ReferralItem, act: Act) -> dict[str, Any]:
    return {"deviation": Deviation.ACCEPTED}


def _refused(item: ReferralItem, act: Act) -> dict[str, Any]:
    return {"deviation": Deviation.REFUSED}


def _pass_to_agency(item: ReferralItem, act: Act) -> None:
    """Give the item to the appointing authority's agency; the body's turn ends."""
    if item.agency_id is None:
        return
    open_ones = Addressee.objects.filter(item=item, until_at__isnull=True)
    open_ones.update(until_at=act.clock.now, reason=str(act.transition.label))
    Addressee.objects.create(item=item, agency_id=item.agency_id, from_at=act.clock.now)


def _address_anew(item: ReferralItem, act: Act) -> None:
    """Open the next addressee when the item goes to another body than before."""
    present = Addressee.objects.filter(item=item, until_at__isnull=True)
    if item.body_id is None or present.filter(body_id=item.body_id).exists():
        return
    present.update(until_at=act.clock.now, reason=str(act.transition.label))
    Addressee.objects.create(item=item, body_id=item.body_id, from_at=act.clock.now)


def _take_back_addressee(item: ReferralItem, step: Step, clock: Clock) -> None:
    """End the addressee that the step opened, and let the former one go on."""
    rows = Addressee.objects.filter(item=item)
    opened, _ = rows.filter(until_at__isnull=True, from_at=step.recorded_at).delete()
    if opened:
        rows.filter(until_at=step.recorded_at).update(until_at=None, reason="")


def _impose(item: ReferralItem, act: Act) -> None:
    _replace_former(item, act)
    decree_on = date.fromisoformat(act.data["decree_on"])
    sanction = Sanction.objects.create(
        item=item,
        sanction_class=act.data["sanction_class"],
        decree_number=act.data["decree_number"],
        decree_on=decree_on,
        effective_on=date.fromisoformat(act.data.get("effective_on") or act.data["decree_on"]),
        recorded_at=act.clock.now,
        recorded_by_id=act.actor.user_id,
    )
    SanctionStep.objects.create(
        sanction=sanction,
        state=SanctionState.IMPOSED,
        happened_on=decree_on,
        recorded_at=act.clock.now,
        recorded_by_id=act.actor.user_id,
    )
    count_sanction(sanction, sign=1)


def _replace_former(item: ReferralItem, act: Act) -> None:
    """The decree that the body did not accept ends with the one that takes its place."""
    former = Sanction.objects.filter(item=item).exclude(state=SanctionState.ANNULLED)
    for sanction in former.select_related("item__matter"):
        if sanction.state in SANCTIONS_IN_FORCE:
            count_sanction(sanction, sign=-1)
        _end_contest(sanction, str(act.transition.label), act.clock)
        Sanction.objects.filter(pk=sanction.pk).update(state=SanctionState.ANNULLED)
        SanctionStep.objects.create(
            sanction=sanction,
            state=SanctionState.ANNULLED,
            happened_on=max(sanction.decree_on, date.fromisoformat(act.data["decree_on"])),
            note=f"Diganti keputusan {act.data['decree_number']}.",
            recorded_at=act.clock.now,
            recorded_by_id=act.actor.user_id,
        )


def _annul_mistaken(item: ReferralItem, step: Step, clock: Clock) -> None:
    """A decree that was recorded by mistake stays in the history as annulled; its former is back.

    Nobody carries it out any more, even if its time began anew when a contest of it was decided.
    """
    ends = SanctionStep.objects.filter(sanction__item=item, recorded_at=step.recorded_at)
    for end in ends.exclude(sanction__recorded_at=step.recorded_at).select_related("sanction"):
        sanction = end.sanction
        end.delete()
        sanction.state = sanction.steps.latest("pk").state
        sanction.save(update_fields=["state"])
        if sanction.state in SANCTIONS_IN_FORCE:
            count_sanction(sanction, sign=1)
    for sanction in Sanction.objects.filter(item=item, recorded_at=step.recorded_at):
        if sanction.state in SANCTIONS_IN_FORCE:
            count_sanction(sanction, sign=-1)
        _end_contest(sanction, CORRECTED, clock)
        void_clocks(subject=item.ref(), codes=[PeriodCode.EXECUTION], reason=CORRECTED, clock=clock)
        Sanction.objects.filter(pk=sanction.pk).update(state=SanctionState.ANNULLED)


def _end_contest(sanction: Sanction, reason: str, clock: Clock) -> None:
    """What is contested no longer holds, so nobody has to decide on it."""
    if sanction.state in CONTESTS:
        codes = [CONTESTS[SanctionState(sanction.state)]]
        void_clocks(subject=sanction.item.ref(), codes=codes, reason=reason, clock=clock)


After = Callable[[ReferralItem, Act], dict[str, Any]]
Follow = Callable[[ReferralItem, Act], None]
Undo = Callable[[ReferralItem, Step, Clock], None]

AFTER: Final[dict[ReferralAction, After]] = {
    ReferralAction.RECOMMEND: _recommended,
    ReferralAction.RECORD_RECOMMEND: _recommended,
    ReferralAction.SANCTION: _decreed,
    ReferralAction.RECORD_SANCTION: _decreed,
    ReferralAction.ACCEPT_DEVIATION: _accepted,
    ReferralAction.RECORD_ACCEPT_DEVIATION: _accepted,
    ReferralAction.REFUSE_DEVIATION: _refused,
    ReferralAction.RECORD_REFUSE_DEVIATION: _refused,
    ReferralAction.CONTROL: _controlled,
    ReferralAction.RECORD_CONTROL: _controlled,
    ReferralAction.LIFT_CONTROL: _lifted,
    ReferralAction.RECORD_LIFT_CONTROL: _lifted,
    ReferralAction.MARK_INACTIVE: _inactive,
    ReferralAction.MARK_ACTIVE_AGAIN: _active_again,
    ReferralAction.RESEND: _resent,
    ReferralAction.READDRESS: _resent,
}
FOLLOW: Final[dict[ReferralAction, Follow]] = {
    ReferralAction.RECOMMEND: _pass_to_agency,
    ReferralAction.RECORD_RECOMMEND: _pass_to_agency,
    ReferralAction.RESEND: _address_anew,
    ReferralAction.READDRESS: _address_anew,
    ReferralAction.SANCTION: _impose,
    ReferralAction.RECORD_SANCTION: _impose,
}
UNDO: Final[dict[ReferralAction, Undo]] = {
    ReferralAction.RECOMMEND: _take_back_addressee,
    ReferralAction.RECORD_RECOMMEND: _take_back_addressee,
    ReferralAction.RESEND: _take_back_addressee,
    ReferralAction.READDRESS: _take_back_addressee,
    ReferralAction.SANCTION: _annul_mistaken,
    ReferralAction.RECORD_SANCTION: _annul_mistaken,
}

REFERRAL: Final = Workflow(
    name="referral",
    subject_kind="referral_item",
    title=_("Penerusan"),
    states=ReferralState,
    initial=ReferralState.SENT,
    terminal=REFERRAL_ENDS,
    transitions=REFERRAL_TABLE,
    adapter=ReferralAdapter(),
    correction_notice=MessageKind.STEP_CORRECTED,
    correctors=frozenset({Role.LIAISON, Role.HR_DISCIPLINE, Role.HANDLER, Role.COMMISSIONER}),
)
