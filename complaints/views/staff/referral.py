"""Sending what was proven, and following it: the pages of the supervisory office."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.codes import Channel
from complaints.forms.staff.others_acts import RecordedExaminationForm, RecordedNewsForm
from complaints.forms.staff.referral import ArrivalForm, SendForm
from complaints.models import Matter, ReferralItem, ReferralPackage
from complaints.selectors.referral_item import Reader, other_items, packages_of
from complaints.selectors.send_preview import (
    SendPreview,
    copy_choices,
    decision_of,
    send_preview,
)
from complaints.services.record_arrival import record_arrival
from complaints.services.record_examination import UNDER_EXAMINATION
from complaints.services.send_package import Dispatch, released, send_package
from complaints.views.item_facts import examination_view, sanction_view
from complaints.views.loading import OFFICE, load_matter
from complaints.views.referral_items import (
    OFFICE_SIDE,
    archive_view,
    item_view,
    number_view,
    paper_view,
    queue_view,
    step_view,
)
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.ui.errors import conflict
from neutrality.ui.forms import render_form

SENDERS: Final = (Role.HANDLER, Role.COMMISSIONER)
CORRECTORS: Final = (*SENDERS, Role.SUPERVISOR)


def _may_record(request: StaffRequest, item: ReferralItem) -> bool:
    return request.actor.role_at((Role.HANDLER,), item.office.ref()) is not None


items = queue_view(OFFICE_SIDE)
item = item_view(
    OFFICE_SIDE,
    lambda request, item: {
        "may_send": any(request.actor.holds(role) for role in SENDERS),
        "may_correct": any(request.actor.holds(role) for role in CORRECTORS) and item.version > 1,
        "correct_url": OFFICE_SIDE.url("item_correct", item.public_id),
        "may_examine": _may_record(request, item) and item.state in UNDER_EXAMINATION,
        "may_follow": _may_record(request, item),
    },
)
item_examination = examination_view(OFFICE_SIDE, RecordedExaminationForm, Role.HANDLER)
item_sanction = sanction_view(OFFICE_SIDE, RecordedNewsForm, Role.HANDLER)
item_step = step_view(OFFICE_SIDE)
item_number = number_view(OFFICE_SIDE)
item_paper = paper_view(OFFICE_SIDE)
package_archive = archive_view(OFFICE_SIDE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*SENDERS)
def send(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show what would be sent to whom, and send it."""
    matter = load_matter(request, public_id)
    if request.actor.role_at(SENDERS, matter.office.ref()) is None:
        raise Http404
    preview = send_preview(matter=matter, clock=request.clock)
    form = _send_form(request, preview)
    if form.is_bound and form.is_valid() and _may_go(preview, form):
        try:
            return _sent(request, matter, form)
        except Refused as refused:
            if refused.refusal.code == RefusalCode.STALE:
                return _too_late(request, matter, refused)
            form.add_error(None, str(refused.refusal.sentence))
    context = {
        "matter": matter,
        "preview": preview,
        "items": other_items(matter),
        "may_send": bool(preview.parcels and not preview.stuck and preview.agenda_item),
    }
    return render_form(request, "complaints/staff/send_package.html", form, context=context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def arrival(request: StaffRequest, public_id: str, package_id: str) -> HttpResponseBase:
    """Record when a package arrived, with the proof."""
    subject = OFFICE_SIDE.load(request, public_id)
    rows = packages_of(item=subject, reader=Reader.OFFICE)
    package: ReferralPackage = get_object_or_404(rows, public_id=package_id)
    back_url = OFFICE_SIDE.home(subject)
    form = ArrivalForm(
        request.POST if request.method == "POST" else None,
        sent_at=package.sent_at,
        now=request.clock.now,
        tz=package.office.tz,
    )
    form.cancel_url = back_url
    if form.is_bound and form.is_valid() and _arrived(request, package, form):
        messages.success(request, _("Bukti penyampaian disimpan."))
        return redirect(back_url)
    context = {"item": subject, "title": _("Bukti penyampaian paket"), "back_url": back_url}
    return render_form(request, "complaints/staff/item_form.html", form, context=context)


def _send_form(request: StaffRequest, preview: SendPreview) -> SendForm:
    return SendForm(
        request.POST if request.method == "POST" else None,
        copies=copy_choices(preview.copies),
        initial={
            "jumlah": preview.lines,
            "salinan": [row.public_id for row in preview.copies],
        },
    )


def _may_go(preview: SendPreview, form: SendForm) -> bool:
    """Say on the page why nothing can leave; the service would refuse it as well."""
    if preview.agenda_item is None:
        form.add_error(None, _("Belum ada keputusan pleno tentang hasil berkas ini."))
    return not form.errors


def _sent(request: StaffRequest, matter: Matter, form: SendForm) -> HttpResponseBase:
    decision = decision_of(matter)
    if decision is None:
        raise Http404
    given = form.cleaned_data
    wanted = set(given.get("salinan", []))
    packages = send_package(
        matter_id=matter.pk,
        dispatch=Dispatch(
            agenda_item=decision,
            channel=Channel(given["kanal"]),
            derivatives=[row for row in released(matter) if row.public_id in wanted],
            inform_agencies=given["tembusan"],
        ),
        expected_lines=given["jumlah"],
        actor=request.actor,
        clock=request.clock,
    )
    words = _("Terkirim: %(count)s paket.") % {"count": len(packages)}
    messages.success(request, words)
    return redirect("staff:send_package", public_id=matter.public_id)


def _too_late(request: StaffRequest, matter: Matter, refused: Refused) -> HttpResponseBase:
    back_url = reverse("staff:send_package", args=[matter.public_id])
    return conflict(request, sentence=str(refused.refusal.sentence), back_url=back_url)


def _arrived(request: StaffRequest, package: ReferralPackage, form: ArrivalForm) -> bool:
    try:
        record_arrival(
            package_id=package.pk,
            received_at=form.received_at(),
            proof=form.cleaned_data["bukti"],
            actor=request.actor,
            clock=request.clock,
        )
    except Refused as refused:
        if refused.refusal.code == RefusalCode.NOT_YOURS:
            raise Http404 from refused
        form.add_error(None, str(refused.refusal.sentence))
        return False
    return True
