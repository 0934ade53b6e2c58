"""How the people of a demo's office find their work: who has what, saved views, an alert, columns."""

from datetime import timedelta
from typing import Any, Final

from complaints.codes import AlertKind, CaseState
from complaints.demo.accounts import Cast
from complaints.models import Matter, Report
from complaints.selectors.queue_wanted import CASES, REPORTS
from complaints.services.assign_many import Giving, assign_many
from complaints.services.choose_columns import choose_columns
from complaints.services.remind_many import remind_many
from complaints.services.saved_views import ViewGiven, save_view
from complaints.services.view_alerts import AlertGiven, set_alert
from neutrality.accounts.models import User
from neutrality.law.clock import Clock

VIEWS: Final = (
    (REPORTS.name, "Terlambat di kantor ini", "tenggat=terlambat", AlertKind.DAILY),
    (CASES.name, "Perkara media sosial", "perbuatan=SOCIAL_POST&urut=terbaru", None),
    (REPORTS.name, "Berakhir sebelum kantor buka lagi", "tenggat=sebelum-buka", AlertKind.AT_ONCE),
)
COLUMNS: Final = ("terlapor", "perbuatan", "tenggat", "petugas", "hasil")


def share_work(*, cast: Cast, clock: Clock) -> None:
    """Give part of the open work to the two clerks, save three views and choose columns."""
    open_ones = Report.objects.filter(office=cast.office, due_at__isnull=False).order_by("pk")
    cases = Matter.objects.filter(office=cast.office, state=CaseState.CLARIFICATION).order_by("pk")
    _give(cast, "penerima", open_ones.filter(received_at__isnull=True)[:3], clock)
    _give(cast, "staf", [*open_ones.filter(received_at__isnull=False)[:4], *cases[:4]], clock)
    for listing, name, query, alert in VIEWS:
        given = ViewGiven(listing=listing, name=name, query=query, office=cast.office)
        view = save_view(given=given, actor=cast["staf"], clock=clock)
        if alert:
            told = AlertGiven(kind=alert)
            set_alert(public_id=view.public_id, given=told, actor=cast["staf"], clock=clock)
    choose_columns(listing=CASES.name, keys=COLUMNS, actor=cast["ketua"], clock=clock)


def _give(cast: Cast, who: str, things: Any, clock: Clock) -> None:  # noqa: ANN401
    """Give these to one clerk, and let the other remind of one."""
    rows = list(things)
    if not rows:
        return
    to = User.objects.get(pk=cast[who].user_id or 0)
    giving = Giving(office=cast.office, things=rows, to=to, reason="Pembagian awal pekan")
    other = "penerima" if who == "staf" else "staf"
    before = Clock(now=clock.now - timedelta(hours=3))
    assign_many(giving=giving, actor=cast[other], clock=before)
    first = type(rows[0]).objects.select_related("office").get(pk=rows[0].pk)
    remind_many(office=cast.office, things=[first], actor=cast[other], clock=before)
