"""A ceremony put right: what, when and where, and what was noted wrongly of it."""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.casework.refusals import Refused
from neutrality.organisations.models import Unit
from neutrality.ui.confirm import confirmation_page, is_confirmed
from pledges.access import HR, rounds_for
from pledges.forms.together import EventForm
from pledges.models import Ceremony
from pledges.services.mend_event import NOTED, change_ceremony, noted, take_out
from pledges.services.open_round import watching_office
from pledges.views.hr.events import ask, back_to, plan_of
from pledges.views.hr.loading import refusal_page
from pledges.views.hr.reaching import GET_OR_POST, reach_ceremony

_ASKS: Final[dict[str, Promise]] = {
    "pelaksana": gettext_lazy("Keluarkan %(name)s dari pelaksana?"),
    "hadir": gettext_lazy("Keluarkan %(name)s dari daftar hadir?"),
    "foto": gettext_lazy("Hapus foto “%(name)s”?"),
}
_MEANS: Final[dict[str, Promise]] = {
    "pelaksana": gettext_lazy("Bahan yang dilampirkan padanya juga ditarik."),
    "hadir": gettext_lazy("Tanda tangannya pada pakta, bila ada, tetap tercatat."),
    "foto": gettext_lazy("Berkas foto dihapus dan tidak dapat dikembalikan."),
}


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def change(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change what, when and where; longer hours count at once."""
    ceremony = reach_ceremony(request, public_id)
    home = ceremony.agency
    form = EventForm(
        request.POST if request.method == "POST" else None,
        rounds=rounds_for(actor=request.actor).filter(agency=home),
        units=Unit.objects.filter(agency=home, parent=None).order_by("name"),
        initial=_now(ceremony),
    )
    if ceremony.round_id:
        del form.fields["putaran"]
    if form.is_bound and form.is_valid():
        try:
            change_ceremony(
                ceremony=ceremony,
                plan=plan_of(home, form),
                actor=request.actor,
                clock=request.clock,
            )
        except Refused as refused:
            form.add_error(None, str(refused.refusal.sentence))
        else:
            return back_to(request, ceremony, _("Acara diubah."))
    return ask(request, ceremony, form, _("Ubah acara"))


@require_POST
@staff_page(*HR)
def remove(request: StaffRequest, public_id: UUID, what: str, key: int) -> HttpResponse:
    """Take out, after a question, what was noted wrongly."""
    ceremony = reach_ceremony(request, public_id)
    found = noted(ceremony=ceremony, what=what, key=key) if what in NOTED else None
    if found is None:
        raise Http404
    back = reverse("pledges_together:event", args=[public_id])
    if not is_confirmed(request):
        return confirmation_page(
            request,
            heading=str(_ASKS[what]) % {"name": found},
            consequence=_MEANS[what],
            button=_("Ya, hapus foto") if what == "foto" else _("Ya, keluarkan"),
            back_url=back,
        )
    try:
        take_out(ceremony=ceremony, what=what, key=key, actor=request.actor, clock=request.clock)
    except Refused as refused:
        return refusal_page(request, refused, back)
    return back_to(request, ceremony, _("Dikeluarkan dari catatan acara."))


def _now(ceremony: Ceremony) -> dict[str, object]:
    """What the form begins with: the ceremony as it is, in the hours of its place."""
    tz = watching_office(agency=ceremony.agency, day=ceremony.held_on).tz
    begins, ends = (
        timezone.localtime(at, tz).time() if at else None
        for at in (ceremony.begins_at, ceremony.ends_at)
    )
    return {
        "jenis": ceremony.kind,
        "nama": ceremony.title,
        "tanggal": ceremony.held_on,
        "mulai": begins,
        "selesai": ends,
        "tempat": ceremony.place,
        "unit": list(ceremony.units.values_list("pk", flat=True)),
    }
