"""What forms need to know that ask when something was done on paper."""

from collections.abc import Iterable
from datetime import datetime

from complaints.forms.staff.afterwards import Entering
from complaints.selectors.second_persons import colleagues_in
from complaints.services.lodge import needs_second_person
from complaints.views.loading import today
from neutrality.accounts.http import StaffRequest
from neutrality.accounts.roles import Role
from neutrality.elections.models import Contest
from neutrality.organisations.models import Office


def entering_of(
    request: StaffRequest,
    *,
    office: Office,
    contest: Contest | None,
    roles: Iterable[Role],
    since: datetime | None = None,
) -> Entering:
    """Return where and when this reader enters it; whoever holds one of the roles may stand for it."""
    return Entering(
        tz=office.tz,
        clock=request.clock,
        today=today(request),
        is_backdated=lambda at: needs_second_person(
            office=office, contest=contest, at=at, clock=request.clock
        ),
        find_second_persons=lambda: colleagues_in(
            roles={*roles, Role.SUPERVISOR},
            organisation=office.ref(),
            without=request.actor.user_id,
            day=today(request),
        ),
        since=since,
    )
