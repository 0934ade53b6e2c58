"""Whose turn it is with a referral item: what waits for the office, the body or the agency."""

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from complaints.codes import Deviation, ReferralState as S
from complaints.models import Examination, SanctionStep
from complaints.selectors.referral_item import Reader
from complaints.workflow.referral import REFERRAL
from neutrality.accounts.roles import Role
from neutrality.casework.models import Step
from neutrality.law.clock import Clock

# These end with the authority: nothing is asked of the body until its time has run out.
WITH_AUTHORITY: Final = (S.RECOMMENDED, S.FOLLOW_UP, S.CONTROLLED)
TO_FOLLOW_UP: Final = (*WITH_AUTHORITY, S.NOT_FOLLOWED_UP)
ARRIVED: Final = (S.SENT, S.ACKNOWLEDGED)


def turn_of(*, reader: Reader, clock: Clock) -> Q:
    """Return the condition that the next word on an item belongs to this side.

    That is a step of its own, a decree that is to be carried out or decided on, and the
    confirmation of what the handler wrote down from its papers.
    """
    if reader is Reader.OFFICE:
        return Q(state=S.RETURNED)
    return _body(clock) if reader is Reader.BODY else _agency()


def _body(clock: Clock) -> Q:
    own = Q(state__in=(*ARRIVED, S.NOT_FOLLOWED_UP)) | Q(deviation=Deviation.WAITING)
    ran_out = Q(state__in=WITH_AUTHORITY, due_at__lt=clock.now)
    return own | ran_out | _unconfirmed(_BODY_CONFIRMS)


def _agency() -> Q:
    direct = Q(body__isnull=True)
    own = Q(state__in=TO_FOLLOW_UP) | Q(state=S.SANCTIONED, due_at__isnull=False)
    steps = _unconfirmed(_AGENCY_CONFIRMS) | (direct & _unconfirmed(_HR_CONFIRMS))
    examined = _has_unconfirmed(Examination.objects.filter(item=OuterRef("pk")))
    told = _has_unconfirmed(SanctionStep.objects.filter(sanction__item=OuterRef("pk")))
    return own | (direct & Q(state__in=ARRIVED)) | steps | examined | told


def _unconfirmed(actions: tuple[str, ...]) -> Q:
    """Whether one of these steps was written down from a paper and nobody has confirmed it."""
    steps = Step.objects.filter(
        subject_kind=REFERRAL.subject_kind, subject_id=OuterRef("pk"), action__in=actions
    )
    return _has_unconfirmed(steps.filter(voided_at__isnull=True))


def _has_unconfirmed(rows: QuerySet[Any]) -> Q:
    return Q(Exists(rows.filter(confirmed_at__isnull=True).exclude(acting_party="")))


def _confirmed_by(role: Role) -> tuple[str, ...]:
    return tuple(
        str(row.action)
        for row in REFERRAL.transitions
        if (row.acting_party or row.recorders) and role in row.confirmers
    )


_BODY_CONFIRMS: Final = _confirmed_by(Role.LIAISON)
_HR_CONFIRMS: Final = _confirmed_by(Role.HR_DISCIPLINE)
_AGENCY_CONFIRMS: Final = tuple(each for each in _HR_CONFIRMS if each not in _BODY_CONFIRMS)
