"""What waits to be verified: sheets and signatures before an attendant, compared by another."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.casework.engine import apply
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import StepContext
from neutrality.ui.dates import say_instant
from neutrality.ui.forms import render_form
from neutrality.ui.pages import list_page
from neutrality.ui.parts import SummaryRow
from neutrality.vault.services import open_blob
from pledges.codes import SEEN_BY_A_PERSON, ObligationState
from pledges.forms.together import WhyForm
from pledges.models import Obligation, Signature
from pledges.reach import OPERATORS, obligations_within
from pledges.scanning import Unreadable, picture_of_page
from pledges.views.hr.loading import refusal_page
from pledges.views.hr.reaching import GET_OR_POST, reach_obligation
from pledges.workflow.actions import ObligationAction
from pledges.workflow.guards import signature_in_force
from pledges.workflow.obligation import OBLIGATION

WHY: Final = "Verifikasi tanda tangan pakta"


@never_cache
@require_safe
@staff_page(*OPERATORS)
def to_verify(request: StaffRequest) -> HttpResponse:
    """List the signatures that wait for another pair of eyes, the oldest first."""
    listing = list_page(request, _waiting(request), order=("signed_at", "pk"))
    return render(request, "pledges/together/to_verify.html", {"listing": listing})


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*OPERATORS)
def verify(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show the sheet beside what is recorded; verify it, or annul it with a reason."""
    obligation = reach_obligation(request, public_id)
    signature = _signature(obligation)
    annuls = request.POST.get("langkah") == "batalkan"
    form = WhyForm(request.POST if annuls else None)
    if request.method == "POST" and (not annuls or form.is_valid()):
        reason = form.cleaned_data["alasan"] if annuls else ""
        action = ObligationAction.ANNUL if annuls else ObligationAction.VERIFY
        try:
            apply(
                workflow=OBLIGATION,
                action=action,
                subject_id=obligation.pk,
                actor=request.actor,
                clock=request.clock,
                context=StepContext(reason=reason),
            )
        except Refused as refused:
            return refusal_page(request, refused, request.path)
        return _go_on(request, obligation, annulled=annuls)
    context = {
        "obligation": obligation,
        "rows": _rows(obligation, signature),
        "has_scan": signature.scan_id is not None,
        "is_own": signature.recorded_by_id == request.user.pk,
    }
    return render_form(request, "pledges/together/verify.html", form, context=context)


@never_cache
@require_safe
@staff_page(*OPERATORS)
def sheet(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show the scan or the drawing; the opening is recorded."""
    obligation = reach_obligation(request, public_id)
    signature = _signature(obligation)
    if signature.scan_id is None:
        raise Http404
    data = open_blob(
        blob_id=signature.scan_id,
        reason=WHY,
        subject=obligation.ref(),
        actor=request.actor,
        clock=request.clock,
    )
    if data.startswith(b"<svg"):
        return HttpResponse(data, content_type="image/svg+xml")
    if data.startswith(b"\x89PNG"):
        return HttpResponse(data, content_type="image/png")
    if data.startswith(b"\xff\xd8\xff"):
        return HttpResponse(data, content_type="image/jpeg")
    try:
        return HttpResponse(picture_of_page(data), content_type="image/png")
    except Unreadable as broken:
        raise Http404 from broken


def _go_on(request: StaffRequest, done: Obligation, *, annulled: bool) -> HttpResponse:
    """Say what was done; whoever verifies goes on to the next one that waits."""
    words = _("Tanda tangan %(name)s dibatalkan.") if annulled else _("%(name)s diverifikasi.")
    messages.success(request, words % {"name": done.person.name})
    following = None if annulled else _waiting(request).order_by("signed_at", "pk").first()
    if following is None:
        return redirect("pledges_together:to_verify")
    return redirect("pledges_together:verify", following.public_id)


def _waiting(request: StaffRequest) -> QuerySet[Any]:
    given = Signature.objects.filter(
        obligation=OuterRef("pk"), annulled_at__isnull=True, assurance__in=SEEN_BY_A_PERSON
    ).order_by("-signed_at", "-pk")
    rows = obligations_within(actor=request.actor).filter(state=ObligationState.SIGNED)
    counted = rows.annotate(
        signed_at=Subquery(given.values("signed_at")[:1]),
        recorder=Subquery(given.values("recorded_by")[:1]),
    )
    return counted.filter(~Q(recorder=request.user.pk), signed_at__isnull=False).annotate(
        zone=F("round__office__time_zone")
    )


def _signature(obligation: Obligation) -> Signature:
    signature = signature_in_force(obligation)
    waits = obligation.state == ObligationState.SIGNED and signature is not None
    if not waits or signature is None or signature.assurance not in SEEN_BY_A_PERSON:
        raise Http404
    return signature


def _rows(obligation: Obligation, signature: Signature) -> list[SummaryRow]:
    unit = obligation.unit_now
    rows = [
        SummaryRow(_("Nama"), obligation.person.name),
        SummaryRow(_("Jabatan"), obligation.employment.position_title),
        SummaryRow(_("Unit kerja"), unit.name if unit else _("tanpa unit")),
        SummaryRow(
            _("Ditandatangani"), say_instant(signature.signed_at, obligation.round.office.tz)
        ),
        SummaryRow(_("Cara"), signature.get_kind_display()),
        SummaryRow(_("Pembuktian penanda tangan"), signature.get_assurance_display()),
        SummaryRow(_("Dicatat oleh"), str(signature.recorded_by)),
    ]
    if signature.typed_name:
        rows.append(SummaryRow(_("Nama yang diketik"), signature.typed_name))
    return rows
