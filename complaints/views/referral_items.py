"""The pages of a referral item, which office, body and agency each see from their own side."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints import access
from complaints.codes import Channel
from complaints.forms.staff.referral import (
    AcknowledgeForm,
    ControlForm,
    ExternalNumberForm,
    InactiveForm,
    LetterForm,
    RecommendForm,
    ResendForm,
    SanctionForm,
)
from complaints.forms.staff.steps import StepForm
from complaints.models import Derivative, ReferralItem
from complaints.selectors.evidence import title_of_copy
from complaints.selectors.item_search import items_about, searched
from complaints.selectors.referral_item import (
    Reader,
    item_page,
    letters_of,
    packages_of,
    papers_of,
    sanction_choices,
)
from complaints.selectors.referral_queue import (
    ORDER,
    TURN,
    filters,
    queue_of,
    view_of,
    written,
)
from complaints.services.add_external_number import add_external_number
from complaints.services.confirm_recorded_step import confirm_recorded_step
from complaints.services.open_package import archive, package_parts
from complaints.services.readdress_item import readdress_item
from complaints.services.resend_item import Again, resend_item
from complaints.services.send_package import released
from complaints.services.take_referral_step import take_referral_step
from complaints.views.loading import OFFICE, found, today
from complaints.views.offers import Buttons, buttons, offers_of
from complaints.views.steps import Door, StepPages, refusal_page, step_page
from complaints.workflow.actions import ReferralAction as A
from complaints.workflow.referral import REFERRAL
from neutrality.accounts.http import StaffRequest, View, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.refusals import Refused
from neutrality.documents.models import Document
from neutrality.documents.opening import pdf_bytes
from neutrality.ui.forms import render_form
from neutrality.ui.pages import list_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """From where the pages are seen: who enters, which rows, which addresses and templates."""

    reader: Reader
    namespace: str
    roles: tuple[Role, ...]
    templates: str

    def load(self, request: StaffRequest, public_id: str) -> ReferralItem:
        """Return the item as this side may see it, or 404."""
        return found(
            lambda: access.get_item_for(
                actor=request.actor,
                day=today(request),
                public_id=public_id,
                side=self.reader.value,
            )
        )

    def url(self, name: str, *args: object) -> str:
        """Return an address of this side."""
        return reverse(f"{self.namespace}:{name}", args=args)

    def home(self, item: ReferralItem) -> str:
        """Return the address of the item's own page."""
        return self.url("item", item.public_id)


OFFICE_SIDE: Final = Side(
    reader=Reader.OFFICE, namespace="staff", roles=OFFICE, templates="complaints/staff"
)
BODY_SIDE: Final = Side(
    reader=Reader.BODY, namespace="liaison", roles=(Role.LIAISON,), templates="complaints/liaison"
)
AGENCY_SIDE: Final = Side(
    reader=Reader.AGENCY,
    namespace="hr",
    roles=(Role.HR_DISCIPLINE, Role.EXAMINER),
    templates="complaints/hr",
)


def take(request: StaffRequest, item: ReferralItem, form: StepForm) -> object:
    """Press a button of an item, with the file of the letter when one was handed in."""
    return take_referral_step(
        item_id=item.pk,
        action=form.scene.transition.action,
        context=form.step_context(),
        letter=form.letter() if isinstance(form, LetterForm) else None,
        number=form.number() if isinstance(form, AcknowledgeForm) else None,
        actor=request.actor,
        clock=request.clock,
    )


def again(request: StaffRequest, item: ReferralItem, form: StepForm) -> object:
    """Send the next version of the package."""
    chosen = form.cleaned_data.get("salinan", [])
    return resend_item(
        item_id=item.pk,
        again=Again(
            channel=Channel(form.cleaned_data["kanal"]),
            derivatives=chosen_copies(item, chosen),
        ),
        context=form.step_context(),
        actor=request.actor,
        clock=request.clock,
    )


def readdress(request: StaffRequest, item: ReferralItem, form: StepForm) -> object:
    """Pass the item to the body that answers today."""
    return readdress_item(
        item_id=item.pk, context=form.step_context(), actor=request.actor, clock=request.clock
    )


def chosen_copies(item: ReferralItem, public_ids: list[str]) -> list[Derivative]:
    """Return the released copies of the item's matter that were ticked."""
    return [row for row in released(item.matter) if row.public_id in public_ids]


def _copies(request: StaffRequest, item: ReferralItem) -> Mapping[str, Any]:  # noqa: ARG001
    rows = enumerate(released(item.matter), start=1)
    return {"copies": [(row.public_id, f"{place}. {title_of_copy(row)}") for place, row in rows]}


def _recommended(request: StaffRequest, item: ReferralItem) -> Mapping[str, Any]:
    return {"sanctions": _sanctions(request, item)["sanctions"]}


def _sanctions(request: StaffRequest, item: ReferralItem) -> Mapping[str, Any]:
    rulebook = REFERRAL.adapter.rulebook(item, request.clock)
    classes, lawful = sanction_choices(item=item, rulebook=rulebook)
    return {"sanctions": classes, "lawful": lawful}


_LETTER: Final = Door(form=LetterForm, perform=take)
_RECOMMEND: Final = Door(form=RecommendForm, perform=take, form_options=_recommended)
_SANCTION: Final = Door(form=SanctionForm, perform=take, form_options=_sanctions)
_CONTROL: Final = Door(form=ControlForm, perform=take)
_ACKNOWLEDGE: Final = Door(form=AcknowledgeForm, perform=take)
_SPECIAL: Final = {
    A.ACKNOWLEDGE: _ACKNOWLEDGE,
    A.RECORD_ACKNOWLEDGE: _ACKNOWLEDGE,
    A.RECOMMEND: _RECOMMEND,
    A.RECORD_RECOMMEND: _RECOMMEND,
    A.SANCTION: _SANCTION,
    A.RECORD_SANCTION: _SANCTION,
    A.CONTROL: _CONTROL,
    A.RECORD_CONTROL: _CONTROL,
    A.RESEND: Door(form=ResendForm, perform=again, form_options=_copies),
    A.READDRESS: Door(perform=readdress),
    A.MARK_INACTIVE: Door(form=InactiveForm, perform=take),
}
# Steps for a rare turn of things: before that turn they only stand in the way.
_WHEN_POSSIBLE: Final = frozenset(
    {
        A.READDRESS,
        A.ACCEPT_DEVIATION,
        A.RECORD_ACCEPT_DEVIATION,
        A.REFUSE_DEVIATION,
        A.RECORD_REFUSE_DEVIATION,
        A.MARK_INACTIVE,
    }
)
DOORS: Final[Mapping[str, Door]] = MappingProxyType(
    {
        str(row.action): _SPECIAL.get(A(row.action), _LETTER)
        for row in REFERRAL.transitions
        if not row.creates
    }
)


def step_view(side: Side) -> View[Any]:
    """Return the view of all steps of an item from this side."""
    pages = StepPages(
        workflow=REFERRAL,
        load=side.load,
        form_for=DOORS,
        back=side.home,
        heading=lambda item: item.respondent.name or item.respondent.description,
        roles=side.roles,
    )
    return step_page(pages)


def queue_view(side: Side) -> View[Any]:
    """Return the view of the queue: soonest clock first, one page at the cost of one."""

    @never_cache
    @require_http_methods(["GET", "HEAD"])
    @staff_page(*side.roles)
    def view(request: StaffRequest) -> HttpResponseBase:
        text = searched(request.GET.get("cari", ""))
        asked = request.GET.get("tampilan", "")
        chosen = view_of(asked=asked, text=text, reader=side.reader)
        rows = access.items_for(actor=request.actor, day=today(request), side=side.reader.value)
        rows = rows.filter(items_about(text)) if text else rows
        queue = queue_of(rows=rows, chosen=chosen, reader=side.reader, clock=request.clock)
        listing = list_page(request, queue, order=ORDER)
        items = list(listing.page.items)
        context = {
            "listing": listing,
            "rows": written(items, user_id=request.actor.user_id or 0, clock=request.clock),
            "filters": filters(),
            "chosen": chosen,
            "text": text,
            "waits_for_nobody": chosen == TURN and not (items or text),
            "item_url": f"{side.namespace}:item",
        }
        return render(request, f"{side.templates}/item_queue.html", context)

    return view


def item_view(side: Side, more: Callable[[StaffRequest, ReferralItem], Any] | None = None) -> Any:  # noqa: ANN401
    """Return the view of an item's page; `more` adds to its context."""

    @never_cache
    @require_http_methods(["GET", "HEAD"])
    @staff_page(*side.roles)
    def view(request: StaffRequest, public_id: str) -> HttpResponseBase:
        item = side.load(request, public_id)
        page = item_page(item=item, reader=side.reader, actor=request.actor, clock=request.clock)
        context = {
            "item": item,
            "page": page,
            "buttons": item_buttons(request, side, item, page.open_clocks),
            "number_url": side.url("item_number", item.public_id),
            **(more(request, item) if more else {}),
        }
        return render(request, f"{side.templates}/item.html", context)

    return view


def item_buttons(request: StaffRequest, side: Side, item: ReferralItem, clocks: Any) -> Buttons:  # noqa: ANN401
    """Return the steps that this person may take."""
    offers = offers_of(
        workflow=REFERRAL,
        subject=item,
        actor=request.actor,
        clock=request.clock,
        clocks=clocks,
    )
    shown = [row for row in offers if row.action not in _WHEN_POSSIBLE or row.refusal is None]
    return buttons(offers=shown, url=lambda action: side.url("item_step", item.public_id, action))


def number_view(side: Side) -> View[Any]:
    """Return the view that notes another system's number."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @staff_page(*side.roles)
    def view(request: StaffRequest, public_id: str) -> HttpResponseBase:
        item = side.load(request, public_id)
        form = ExternalNumberForm(
            request.POST if request.method == "POST" else None,
            today=request.clock.today_in(item.office.tz),
        )
        form.cancel_url = side.home(item)
        if form.is_bound and form.is_valid() and _added(request, item, form):
            messages.success(request, _("Nomor disimpan."))
            return redirect(side.home(item))
        context = {"item": item, "title": _("Nomor di sistem lain"), "back_url": side.home(item)}
        return render_form(request, "complaints/staff/item_form.html", form, context=context)

    return view


def _added(request: StaffRequest, item: ReferralItem, form: ExternalNumberForm) -> bool:
    try:
        add_external_number(
            item_id=item.pk, given=form.given(), actor=request.actor, clock=request.clock
        )
    except Refused as refused:
        return _told(form, refused)
    return True


def _told(form: Any, refused: Refused) -> bool:  # noqa: ANN401  any plain form
    """Write the refusal above the form; one of a stranger is a 404."""
    if refused.refusal.code == "not_yours":
        raise Http404 from refused
    form.add_error(None, str(refused.refusal.sentence))
    return False


def paper_view(side: Side) -> View[Any]:
    """Return the download of a document that this side received or filed with this item."""

    @never_cache
    @require_http_methods(["GET", "HEAD"])
    @staff_page(*side.roles)
    def view(request: StaffRequest, public_id: str, document_id: uuid.UUID) -> HttpResponseBase:
        item = side.load(request, public_id)
        of_packages = [
            paper.pk
            for package in packages_of(item=item, reader=side.reader)
            for paper in papers_of(package)
        ]
        letters = letters_of(item=item, reader=side.reader).values_list("pk", flat=True)
        rows = Document.objects.filter(pk__in=[*of_packages, *letters])
        document = get_object_or_404(rows.select_related("office"), public_id=document_id)
        pdf = pdf_bytes(document=document, actor=request.actor, clock=request.clock)
        name = f"{document.role.lower()}-{document.verify_code}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(pdf, content_type="application/pdf", headers=headers)

    return view


def archive_view(side: Side) -> View[Any]:
    """Return the download of a whole package as a ZIP, streamed; the access is recorded."""

    @never_cache
    @require_http_methods(["GET"])
    @staff_page(*side.roles)
    def view(request: StaffRequest, public_id: str, package_id: str) -> HttpResponseBase:
        item = side.load(request, public_id)
        package = get_object_or_404(
            packages_of(item=item, reader=side.reader), public_id=package_id
        )
        parts = package_parts(package=package, actor=request.actor, clock=request.clock)
        name = f"paket-{package.public_id}-v{package.version}.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(
            archive(parts), content_type="application/zip", headers=headers
        )

    return view


def confirm_view(side: Side) -> View[Any]:
    """Return the view by which an authority confirms what the handler recorded for it."""

    @never_cache
    @require_POST
    @staff_page(*side.roles)
    def view(request: StaffRequest, public_id: str, step_id: int) -> HttpResponseBase:
        item = side.load(request, public_id)
        try:
            confirm_recorded_step(
                item_id=item.pk,
                step_id=step_id,
                reader=side.reader,
                actor=request.actor,
                clock=request.clock,
            )
        except Refused as refused:
            return _not_confirmed(request, item, side, refused)
        messages.success(request, _("Langkah dikonfirmasi."))
        return redirect(side.home(item))

    return view


def _not_confirmed(
    request: StaffRequest, item: ReferralItem, side: Side, refused: Refused
) -> HttpResponse:
    try:
        return refusal_page(request, refused, REFERRAL, item, side.home(item))
    except Refused:
        messages.error(request, str(refused.refusal.sentence))
        return redirect(side.home(item))
