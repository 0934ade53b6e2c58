"""The keys by which personnel systems hand in differences."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.personnel.models import RosterToken
from neutrality.personnel.services.roster_tokens import issue_token, revoke_token
from neutrality.ui.confirm import confirmation_page, is_confirmed
from neutrality.ui.dates import say_short_day
from neutrality.ui.forms import render_form
from pledges.access import agencies_for
from pledges.forms.roster import TokenForm
from pledges.views.hr.roster.loading import GET_OR_POST, HR, load_token


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def tokens(request: StaffRequest) -> HttpResponse:
    """List the keys; a new one is shown once, on the answer to the form."""
    agencies = agencies_for(actor=request.actor)
    form = TokenForm(request.POST if request.method == "POST" else None, agencies=agencies)
    secret = ""
    if form.is_bound and form.is_valid():
        secret = issue_token(
            agency_id=form.cleaned_data["instansi"].pk,
            label=form.cleaned_data["nama"],
            applies_at_once=form.cleaned_data["langsung"],
            actor=request.actor,
            clock=request.clock,
        )
        form = TokenForm(agencies=agencies)
    rows = RosterToken.objects.filter(agency__in=agencies).select_related("agency")
    context = {"secret": secret, "lines": [_line(row) for row in rows[:100]]}
    return render_form(request, "pledges/roster/tokens.html", form, context=context)


@never_cache
@require_POST
@staff_page(*HR)
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a key open nothing any more."""
    token = load_token(request, pk)
    if not is_confirmed(request):
        return confirmation_page(
            request,
            heading=_("Cabut kunci %(system)s?") % {"system": token.label},
            consequence=_(
                "Sistem itu tidak dapat mengirim data pegawai lagi sampai diberi kunci baru."
            ),
            button=_("Ya, cabut kunci"),
            back_url=reverse("roster:tokens"),
        )
    revoke_token(token_id=token.pk, actor=request.actor, clock=request.clock)
    messages.success(request, _("Kunci dicabut."))
    return redirect("roster:tokens")


def _line(row: RosterToken) -> dict[str, object]:
    return {
        "label": row.label,
        "agency": row.agency.name,
        "created": say_short_day(row.created_at.date()),
        "used": say_short_day(row.used_at.date()) if row.used_at else _("belum dipakai"),
        "at_once": row.applies_at_once,
        "is_revoked": row.revoked_at is not None,
        "revoke_url": reverse("roster:revoke_token", args=[row.pk]),
    }
