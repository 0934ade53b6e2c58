"""Circulars and outreach material of the own office or agency: publish, look through, withdraw."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.forms.staff.publications import PublishForm
from complaints.views.loading import today
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.documents.models import Publication
from neutrality.documents.publications import (
    AlreadyWithdrawn,
    PublicationGiven,
    publish,
    withdraw,
)
from neutrality.organisations.models import Agency, Office
from neutrality.ui.confirm import confirmation_page, is_confirmed
from neutrality.ui.forms import render_form
from neutrality.ui.pages import list_page

PUBLISHERS: Final = (Role.SUPERVISOR, Role.HR_PLEDGES, Role.HR_DISCIPLINE)
_ORDER: Final = ("-dated_on", "-id")
Issuers = dict[str, Office | Agency]


@never_cache
@require_safe
@staff_page(*PUBLISHERS)
def own(request: StaffRequest) -> HttpResponseBase:
    """List what the own office or agency has published, withdrawn ones too."""
    listing = list_page(request, _own(request), order=_ORDER)
    return render(request, "complaints/staff/publications.html", {"listing": listing})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*PUBLISHERS)
def new(request: StaffRequest) -> HttpResponseBase:
    """Publish a file or an address; everybody sees it at once."""
    issuers = _issuers(request)
    if not issuers:
        raise Http404
    choices = [(key, issuer.name) for key, issuer in issuers.items()]
    posted = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = PublishForm(**posted, issuers=choices)
    if not form.is_valid():
        return render_form(request, "complaints/staff/publication_new.html", form)
    row = publish(
        given=_given(form, issuers),
        file=form.cleaned_data["berkas"],
        actor=request.actor,
        clock=request.clock,
    )
    messages.success(request, _("Diterbitkan: %(title)s") % {"title": row.title})
    return redirect("staff:publications")


@never_cache
@require_POST
@staff_page(*PUBLISHERS)
def take_back(request: StaffRequest, public_id: UUID) -> HttpResponseBase:
    """Withdraw a publication of the own office or agency, after asking."""
    row = get_object_or_404(_own(request), public_id=public_id)
    if not is_confirmed(request):
        return confirmation_page(
            request,
            heading=_("Tarik publikasi"),
            consequence=_("“%(title)s” tidak dapat dibuka lagi oleh siapa pun.")
            % {"title": row.title},
            button=_("Tarik"),
            back_url=reverse("staff:publications"),
        )
    try:
        withdraw(publication_id=row.pk, actor=request.actor, clock=request.clock)
        messages.success(request, _("Publikasi ditarik."))
    except AlreadyWithdrawn:
        messages.info(request, _("Publikasi ini sudah ditarik."))
    return redirect("staff:publications")


def _own(request: StaffRequest) -> QuerySet[Publication]:
    """Return the publications of the organisations for which this person may publish."""
    offices, agencies = _places(request)
    rows = Publication.objects.filter(Q(office_id__in=offices) | Q(agency_id__in=agencies))
    return rows.select_related("office", "agency")


def _issuers(request: StaffRequest) -> Issuers:
    """Return offices and agencies in force by the key that the form shows."""
    offices, agencies = _places(request)
    day = today(request)
    found: Issuers = {
        f"kantor-{row.pk}": row for row in Office.objects.on(day).filter(pk__in=offices)
    }
    return found | {
        f"instansi-{row.pk}": row for row in Agency.objects.on(day).filter(pk__in=agencies)
    }


def _places(request: StaffRequest) -> tuple[list[int], list[int]]:
    """Return the offices and agencies at which the role is held itself, not from above."""
    held = [grant.at for grant in request.actor.grants if grant.role in PUBLISHERS]
    ids = {
        kind: [at.id for at in held if at.kind == kind and at.id] for kind in ("office", "agency")
    }
    return ids["office"], ids["agency"]


def _given(form: PublishForm, issuers: Issuers) -> PublicationGiven:
    given = form.cleaned_data
    issuer = issuers[given["penerbit"]]
    return PublicationGiven(
        kind=given["jenis"],
        office=issuer if isinstance(issuer, Office) else None,
        agency=issuer if isinstance(issuer, Agency) else None,
        title=given["judul"],
        number=given["nomor"],
        dated_on=given["tanggal"],
        summary=given["ringkasan"],
        url=given["alamat"],
    )
