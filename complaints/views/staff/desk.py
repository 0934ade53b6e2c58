"""Sharing the work of an office: many at once with a preview and undo, reminders, the duty roster."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints.forms.public.answers import DayField, WordsField
from complaints.models import AssignmentBatch, DutyShift, ReminderBatch
from complaints.selectors import desk as selector
from complaints.selectors.offices import colleagues
from complaints.selectors.queue import narrowed, read_wanted
from complaints.selectors.queue_wanted import LISTINGS
from complaints.services.assign_many import (
    Giving,
    Line,
    Thing,
    assign_many,
    lines_of,
    undo_assignment,
)
from complaints.services.duty import PLANNERS, Turn, add_shift, remove_shift
from complaints.services.remind_many import remind_many, reminder_lines, undo_reminders
from complaints.views.loading import OFFICE, today
from complaints.views.staff.case_answers import Back, lost, posted, press, press_plain
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.models import User
from neutrality.casework.refusals import Refused
from neutrality.organisations.models import Office
from neutrality.ui.forms import PlainForm, render_form

TEMPLATE: Final = "complaints/staff/desk.html"


class ShareForm(PlainForm):
    """Who gets what was ticked."""

    petugas = forms.ChoiceField(label=gettext_lazy("Berikan kepada"), required=False)
    alasan = WordsField(
        label=gettext_lazy("Alasan"),
        help_text=gettext_lazy("Misalnya cuti atau mutasi petugas semula."),
        required=False,
        max_length=300,
    )
    pilih = forms.MultipleChoiceField(
        label=gettext_lazy("Yang dibagikan"),
        widget=forms.MultipleHiddenInput,
        error_messages={"required": gettext_lazy("Pilih paling sedikit satu.")},
    )

    def __init__(self, *args: Any, people: Any, keys: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the colleagues of the office and what is listed."""
        super().__init__(*args, **kwargs)
        none = ("", gettext_lazy("Tanpa petugas"))
        self.fields["petugas"].choices = [none, *people]  # type: ignore[attr-defined]
        self.fields["pilih"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]


class TurnForm(PlainForm):
    """A turn of duty."""

    submit_label = gettext_lazy("Tambahkan giliran")
    petugas = forms.ChoiceField(label=gettext_lazy("Petugas piket"))
    mulai = DayField(label=gettext_lazy("Dari tanggal"))
    sampai = DayField(label=gettext_lazy("Sampai tanggal"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the people of the office."""
        super().__init__(*args, **kwargs)
        self.fields["petugas"].choices = people  # type: ignore[attr-defined]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def desk(request: StaffRequest) -> HttpResponseBase:
    """Show who has what; a post shows the preview, reminds, or gives what was previewed."""
    offices = selector.offices_to_share(actor=request.actor)
    office = _office(request, offices)
    if office is None:
        raise Http404
    if request.method != "POST":
        return _page(request, office, offices)
    if "ingatkan" in request.POST:
        return _remind(request, office, offices)
    return _share(request, office, offices)


@never_cache
@require_POST
@staff_page(*OFFICE)
def undo(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Take a sharing back."""
    offices = selector.offices_to_share(actor=request.actor)
    batch = get_object_or_404(AssignmentBatch, public_id=public_id, office__in=offices)
    return press_plain(
        request,
        lambda: undo_assignment(batch_id=batch.pk, actor=request.actor, clock=request.clock),
        back=Back(_url(batch.office)),
        done=_("Pembagian diurungkan."),
    )


@never_cache
@require_POST
@staff_page(*OFFICE)
def hold_back(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Hold reminders back that have not left."""
    offices = selector.offices_to_share(actor=request.actor)
    batch = get_object_or_404(ReminderBatch, public_id=public_id, office__in=offices)
    return press_plain(
        request,
        lambda: undo_reminders(batch_id=batch.pk, actor=request.actor, clock=request.clock),
        back=Back(_url(batch.office)),
        done=_("Pengingat tidak jadi dikirim."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def duty(request: StaffRequest) -> HttpResponseBase:
    """Show the duty roster of an office, and add to it."""
    offices = selector.offices_to_share(actor=request.actor)
    office = _office(request, offices)
    if office is None:
        raise Http404
    form = TurnForm(posted(request), people=colleagues(office=office, day=today(request)))

    def page(shown: PlainForm) -> HttpResponse:
        context = {
            "office": office,
            "offices": offices if len(offices) > 1 else [],
            "shifts": selector.shifts(office=office, day=today(request)),
            "may_plan": request.actor.role_at(PLANNERS, office.ref()) is not None,
        }
        return render_form(request, "complaints/staff/duty.html", shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: add_shift(
            office=office,
            turn=Turn(
                user_id=int(form.cleaned_data["petugas"]),
                starts_on=form.cleaned_data["mulai"],
                ends_on=form.cleaned_data["sampai"],
            ),
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=Back(f"{reverse('staff:duty')}?kantor={office.public_id}"),
        done=_("Giliran piket ditambahkan."),
        field_of={"duty_days": "sampai", "duty_known": "mulai", "not_a_colleague": "petugas"},
    )


@never_cache
@require_POST
@staff_page(*OFFICE)
def duty_remove(request: StaffRequest, shift_id: int) -> HttpResponseBase:
    """Take a turn off the roster."""
    offices = selector.offices_to_share(actor=request.actor)
    shift = get_object_or_404(DutyShift, pk=shift_id, office__in=offices)
    return press_plain(
        request,
        lambda: remove_shift(shift_id=shift.pk, actor=request.actor, clock=request.clock),
        back=Back(f"{reverse('staff:duty')}?kantor={shift.office.public_id}"),
        done=_("Giliran piket dihapus."),
    )


def _page(
    request: StaffRequest,
    office: Office,
    offices: list[Office],
    *,
    form: ShareForm | None = None,
    preview: list[selector.PreviewRow] | None = None,
) -> HttpResponse:
    people = _people(request, office)
    found = _listed(request, office)
    rows = [selector.work_row(thing, request.clock) for thing in found]
    shown = form or ShareForm(people=people, keys=[row.key for row in rows])
    ticked = set(form.data.getlist("pilih")) if form else set()  # type: ignore[attr-defined]
    holder = request.GET.get("petugas", "")
    all_of_one = holder.isdecimal() and not request.GET.get("daftar")
    ticks_all = not form and (all_of_one or "semua" in request.GET)
    context = {
        "office": office,
        "offices": offices if len(offices) > 1 else [],
        "people": people,
        "holder": holder,
        "from_list": request.GET.get("daftar", ""),
        "all_url": f"?{_with_all(request)}",
        "rows": [(row, row.key in ticked or ticks_all) for row in rows],
        "preview": preview,
        "reminds": "ingatkan" in request.POST,
        "ready": sum(not row.refusal for row in preview or []),
        "batches": selector.batches(office=office, clock=request.clock),
        "reminders": selector.reminders(office=office, clock=request.clock),
    }
    return render_form(request, TEMPLATE, shown, context=context)


def _with_all(request: StaffRequest) -> str:
    """Return the query of this page with every row ticked."""
    query = request.GET.copy()
    query["semua"] = "ya"
    return query.urlencode()


def _listed(request: StaffRequest, office: Office) -> list[Thing]:
    """Return what is offered: the rows of a list as it was filtered, or all open work."""
    day = today(request)
    listing = LISTINGS.get(request.GET.get("daftar", ""))
    if listing is None:
        holder = request.GET.get("petugas", "")
        return selector.things(office=office, actor=request.actor, day=day, holder=holder)
    given: dict[str, Any] = {"actor": request.actor, "clock": request.clock}
    wanted = read_wanted(request.GET, listing=listing, **given)
    rows = narrowed(listing, wanted=wanted, day=day, **given).filter(office=office)
    return selector.things_of_list(rows, listing=listing, wanted=wanted)


def _people(request: StaffRequest, office: Office) -> list[tuple[str, str]]:
    """Return the colleagues with what each has in hand."""
    people = colleagues(office=office, day=today(request))
    return selector.with_workload(people, office=office, clock=request.clock)


def _share(request: StaffRequest, office: Office, offices: list[Office]) -> HttpResponse:
    """Show what would be given, or give it."""
    day = today(request)
    form = _ticked(request, office)
    if not form.is_valid():
        return _page(request, office, offices, form=form)
    to = form.cleaned_data["petugas"]
    giving = Giving(
        office=office,
        things=_chosen(request, office),
        to=User.objects.get(pk=to) if to else None,
        reason=form.cleaned_data["alasan"],
    )
    actor, clock = request.actor, request.clock

    def act() -> int:
        return assign_many(giving=giving, actor=actor, clock=clock).changes.count()

    return _previewed(
        request,
        office,
        offices,
        form,
        lines=lambda: lines_of(giving=giving, actor=actor, day=day),
        act=act,
        done=lambda number: ngettext(
            "%(number)s berkas dibagikan.", "%(number)s berkas dibagikan.", number
        ),
    )


def _remind(request: StaffRequest, office: Office, offices: list[Office]) -> HttpResponse:
    """Show of what somebody would be reminded, or write the reminders."""
    form = _ticked(request, office)
    if not form.is_valid():
        return _page(request, office, offices, form=form)
    things = _chosen(request, office)
    given: dict[str, Any] = {"office": office, "things": things, "actor": request.actor}

    def act() -> int:
        return remind_many(**given, clock=request.clock).lines.count()

    return _previewed(
        request,
        office,
        offices,
        form,
        lines=lambda: reminder_lines(**given, clock=request.clock),
        act=act,
        done=lambda number: ngettext(
            "Pengingat untuk %(number)s berkas dikirim 10 menit lagi.",
            "Pengingat untuk %(number)s berkas dikirim 10 menit lagi.",
            number,
        ),
    )


def _previewed(
    request: StaffRequest,
    office: Office,
    offices: list[Office],
    form: ShareForm,
    *,
    lines: Callable[[], list[Line]],
    act: Callable[[], int],
    done: Callable[[int], str],
) -> HttpResponse:
    """Show the preview of an act on many rows, or act when the preview was confirmed."""
    try:
        if "bagikan" not in request.POST:
            preview = selector.preview_rows(lines(), request.clock)
            return _page(request, office, offices, form=form, preview=preview)
        number = act()
    except Refused as refused:
        if answer := lost(request, refused, back_url=_url(office)):
            return answer
        form.add_error(None, str(refused.refusal.sentence))
        return _page(request, office, offices, form=form)
    messages.success(request, done(number) % {"number": number})
    return redirect(_url(office))


def _ticked(request: StaffRequest, office: Office) -> ShareForm:
    keys = request.POST.getlist("pilih")
    return ShareForm(request.POST, people=_people(request, office), keys=keys)


def _chosen(request: StaffRequest, office: Office) -> list[Thing]:
    keys = request.POST.getlist("pilih")
    return selector.chosen(keys=keys, office=office, actor=request.actor, day=today(request))


def _office(request: StaffRequest, offices: list[Office]) -> Office | None:
    named = request.POST.get("kantor") or request.GET.get("kantor", "")
    if not named:
        return offices[0] if offices else None
    return next((row for row in offices if str(row.public_id) == named), None)


def _url(office: Office) -> str:
    return f"{reverse('staff:desk')}?kantor={office.public_id}"
