"""Ceremonies of an agency, with or without a round: plan, people, attendance, photos, minutes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.casework.refusals import Refused
from neutrality.documents.opening import pdf_bytes
from neutrality.documents.publications import NotPublishable
from neutrality.documents.services import NotFinal, UnusableFile
from neutrality.organisations.models import Agency, Unit
from neutrality.personnel.models import Employment
from neutrality.ui.confirm import confirmation_page, is_confirmed
from neutrality.ui.dates import say_time
from neutrality.ui.forms import PlainForm, render_form
from neutrality.ui.pages import list_page
from pledges.access import HR, agencies_for, rounds_for
from pledges.codes import AttendanceWay, CeremonyKind, CeremonyPart, WallKind
from pledges.forms.hr import people_in
from pledges.forms.together import EventForm, ListForm, PartForm, PhotoForm, SignedMinutesForm
from pledges.models import Attendance, Ceremony, Signature
from pledges.printing import wall_pdf
from pledges.reach import ceremonies_within
from pledges.selectors.windows import post_by_number
from pledges.services.attend import Guest, attend_as_guests, attend_as_staff
from pledges.services.hold_event import NoPhoto, Part, Plan, add_part, add_photo, plan_ceremony
from pledges.services.open_round import watching_office
from pledges.services.wall_codes import wall_code
from pledges.services.write_minutes import file_signed_minutes, is_signed, write_minutes
from pledges.tte import is_configured
from pledges.views.hr.loading import refusal_page, today
from pledges.views.hr.reaching import GET_OR_POST, pdf, reach_ceremony
from pledges.workflow.refusals import AlreadyThere

MOST_NAMED: Final = 10


@never_cache
@require_safe
@staff_page(*HR)
def events(request: StaffRequest) -> HttpResponse:
    """List the ceremonies of the actor's agencies."""
    counted = ceremonies_within(actor=request.actor).annotate(
        came=_number_of(Attendance.objects.all()),
        signed=_number_of(Signature.objects.filter(annulled_at__isnull=True)),
    )
    listing = list_page(request, counted, order=("-held_on", "-pk"))
    agencies = agencies_for(actor=request.actor)
    context = {"listing": listing, "agencies": agencies}
    return render(request, "pledges/events/events.html", context)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def plan(request: StaffRequest, agency: str) -> HttpResponse:
    """Plan a ceremony of an agency."""
    home = agencies_for(actor=request.actor).filter(code=agency).first()
    if home is None:
        raise Http404
    form = EventForm(
        request.POST if request.method == "POST" else None,
        rounds=rounds_for(actor=request.actor).filter(agency=home),
        units=Unit.objects.filter(agency=home, parent=None).order_by("name"),
        initial={"tanggal": today(request), "putaran": request.GET.get("putaran")},
    )
    form.cancel_url = reverse("pledges_together:events")
    if form.is_bound and form.is_valid():
        try:
            made = plan_ceremony(
                agency=home, plan=plan_of(home, form), actor=request.actor, clock=request.clock
            )
        except AlreadyThere as there:
            messages.info(request, str(there.refusal.sentence))
            return redirect("pledges_together:event", there.public_id)
        return back_to(request, made, _("Acara disimpan."))
    context = {"title": _("Rencanakan acara"), "agency": home}
    return render_form(request, "pledges/events/form.html", form, context=context)


@never_cache
@require_safe
@staff_page(*HR)
def event(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show a ceremony with everybody and everything of it."""
    ceremony = reach_ceremony(request, public_id)
    office = watching_office(agency=ceremony.agency, day=ceremony.held_on)
    signed = ceremony.signatures.filter(annulled_at__isnull=True)
    came = ceremony.attendances.select_related("unit")
    context = {
        "ceremony": ceremony,
        "tz": office.tz,
        "hours": _hours(ceremony, office.tz),
        "roles": ceremony.roles.select_related("material"),
        "units": ceremony.units.order_by("name"),
        "listing": list_page(request, came, order=("pk",), size=100),
        "came_count": ceremony.attendances.count(),
        "guests": ceremony.attendances.filter(person=None).count(),
        "photos": ceremony.photos.all(),
        "represented": ceremony.representatives.filter(annulled_at=None),
        "annulled": ceremony.representatives.filter(annulled_at__isnull=False),
        "signed": signed.count(),
        "minutes": ceremony.minutes,
        "is_going_on": _is_going_on(ceremony, request),
        "may_mend": not is_signed(ceremony.minutes),
    }
    return render(request, "pledges/events/event.html", context)


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def part(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Add somebody who led, guided, witnessed or spoke."""
    ceremony = reach_ceremony(request, public_id)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PartForm(*given)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        one = Part(
            part=CeremonyPart(data["peran"]),
            name=data["nama"],
            position=data["jabatan"],
            institution=data["instansi"],
            topic=data["materi"],
        )
        try:
            add_part(
                ceremony=ceremony,
                part=one,
                material=data["berkas"] or None,
                actor=request.actor,
                clock=request.clock,
            )
        except NotPublishable as wrong:
            form.add_error("berkas", str(wrong))
        else:
            return back_to(request, ceremony, _("Ditambahkan."))
    return ask(request, ceremony, form, _("Tambah pelaksana"))


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def attendance(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take the list of those who came: staff by number, guests by name."""
    ceremony = reach_ceremony(request, public_id)
    form = ListForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        came = _read_list(ceremony, form.cleaned_data["orang"])
        if not came.unknown:
            number = _note_list(request, ceremony, came)
            words = ngettext("%(n)d orang dicatat.", "%(n)d orang dicatat.", number)
            return back_to(request, ceremony, words % {"n": number})
        words = _(
            "Nomor ini tidak tercatat pada instansi: %(numbers)s. Perbaiki nomornya, atau tulis namanya bila ia tamu."
        )
        form.add_error("orang", words % {"numbers": ", ".join(came.unknown[:MOST_NAMED])})
    return ask(request, ceremony, form, _("Catat yang hadir"))


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Add a photograph."""
    ceremony = reach_ceremony(request, public_id)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PhotoForm(*given)
    if form.is_bound and form.is_valid():
        try:
            add_photo(
                ceremony=ceremony,
                file=form.cleaned_data["foto"],
                caption=form.cleaned_data["keterangan"],
                actor=request.actor,
                clock=request.clock,
            )
        except NoPhoto:
            form.add_error("foto", _("Berkas ini bukan JPEG atau PNG, atau sudah ditambahkan."))
        else:
            return back_to(request, ceremony, _("Foto ditambahkan."))
    return ask(request, ceremony, form, _("Tambah foto"))


@never_cache
@require_safe
@staff_page(*HR)
def photo_file(request: StaffRequest, public_id: UUID, photo_id: UUID) -> FileResponse:
    """Show a photograph."""
    ceremony = reach_ceremony(request, public_id)
    found = ceremony.photos.filter(public_id=photo_id).first()
    if found is None:
        raise Http404
    return FileResponse(default_storage.open(found.file), content_type="image/jpeg")


@require_POST
@staff_page(*HR)
def poster(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand out the poster for attendance."""
    ceremony = reach_ceremony(request, public_id)
    code = wall_code(
        kind=WallKind.ATTEND,
        place=None,
        ceremony=ceremony,
        unit=None,
        actor=request.actor,
        clock=request.clock,
    )
    made = wall_pdf(code=code, agency=ceremony.agency.name, subtitle=ceremony.title)
    return pdf(made, "kode-qr-hadir")


@require_POST
@staff_page(*HR)
def write(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Make the minutes from what is recorded."""
    ceremony = reach_ceremony(request, public_id)
    if ceremony.minutes and not is_signed(ceremony.minutes) and not is_confirmed(request):
        return confirmation_page(
            request,
            heading=_("Buat ulang berita acara?"),
            consequence=_(
                "Berita acara baru memuat catatan sekarang. Yang lama dinyatakan diganti; cetakannya jangan dipakai lagi."
            ),
            button=_("Ya, buat ulang"),
            back_url=reverse("pledges_together:event", args=[public_id]),
        )
    try:
        write_minutes(ceremony=ceremony, actor=request.actor, clock=request.clock)
    except Refused as refused:
        back = reverse("pledges_together:event", args=[public_id])
        return refusal_page(request, refused, back)
    return back_to(
        request, ceremony, _("Berita acara dibuat. Cetak, minta ditandatangani, lalu unggah.")
    )


@never_cache
@require_safe
@staff_page(*HR)
def minutes(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand out the minutes."""
    ceremony = reach_ceremony(request, public_id)
    if ceremony.minutes is None:
        raise Http404
    made = pdf_bytes(document=ceremony.minutes, actor=request.actor, clock=request.clock)
    return pdf(made, "berita-acara")


@never_cache
@require_http_methods(GET_OR_POST)
@staff_page(*HR)
def signed_minutes(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take the minutes back, signed."""
    ceremony = reach_ceremony(request, public_id)
    if ceremony.minutes is None:
        raise Http404
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SignedMinutesForm(*given, asks_how=is_configured())
    if form.is_bound and form.is_valid():
        try:
            file_signed_minutes(
                ceremony=ceremony,
                pdf=bytes(form.cleaned_data["berkas"].read()),
                kind=form.how,
                actor=request.actor,
                clock=request.clock,
            )
        except (UnusableFile, NotFinal):
            form.add_error("berkas", _("Unggah PDF berita acara yang ditandatangani."))
        except Refused as refused:
            form.add_error("berkas", str(refused.refusal.sentence))
        else:
            return back_to(request, ceremony, _("Berita acara bertanda tangan disimpan."))
    return ask(request, ceremony, form, _("Unggah berita acara bertanda tangan"))


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    """How many of these belong to each ceremony, without multiplying one by the other."""
    of_each = rows.filter(ceremony=OuterRef("pk")).order_by().values("ceremony")
    return Coalesce(Subquery(of_each.annotate(number=Count("pk")).values("number")), 0)


def plan_of(home: Agency, form: EventForm) -> Plan:
    """Return what the form says, in the hours of the agency's office."""
    data = form.cleaned_data
    tz = watching_office(agency=home, day=data["tanggal"]).tz
    begins, ends = (
        datetime.combine(data["tanggal"], data[name], tzinfo=tz) for name in ("mulai", "selesai")
    )
    return Plan(
        kind=CeremonyKind(data["jenis"]),
        title=data["nama"],
        held_on=data["tanggal"],
        begins_at=begins,
        ends_at=ends,
        place=data["tempat"],
        round=data.get("putaran"),
        units=list(data["unit"]),
    )


@dataclass(frozen=True, slots=True)
class _List:
    """A list of those who came: staff, guests, and numbers that name nobody of the agency."""

    staff: list[Employment] = field(default_factory=list)
    guests: list[Guest] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def _read_list(ceremony: Ceremony, text: str) -> _List:
    read = _List()
    for name, position, institution in people_in(text):
        digits = "".join(name.split())
        if not digits.isdigit():
            read.guests.append(Guest(name=name, position=position, institution=institution))
            continue
        post = post_by_number(agency_id=ceremony.agency_id, number=digits, day=ceremony.held_on)
        if post is None:
            read.unknown.append(digits)
        else:
            read.staff.append(post)
    return read


def _note_list(request: StaffRequest, ceremony: Ceremony, came: _List) -> int:
    way, actor, clock = AttendanceWay.LIST, request.actor, request.clock
    number = sum(
        attend_as_staff(ceremony=ceremony, post=post, way=way, actor=actor, clock=clock)
        for post in came.staff
    )
    return number + attend_as_guests(
        ceremony=ceremony, guests=came.guests, way=way, actor=actor, clock=clock
    )


def _hours(ceremony: Ceremony, tz: ZoneInfo) -> str:
    begins, ends = ceremony.begins_at, ceremony.ends_at
    return f"{say_time(begins, tz)} – {say_time(ends, tz)}" if begins and ends else ""  # noqa: RUF001


def _is_going_on(ceremony: Ceremony, request: StaffRequest) -> bool:
    begins, ends = ceremony.begins_at, ceremony.ends_at
    return begins is not None and ends is not None and begins <= request.clock.now < ends


def ask(request: StaffRequest, ceremony: Ceremony, form: PlainForm, title: str) -> HttpResponse:
    """Show a form about a ceremony."""
    form.cancel_url = reverse("pledges_together:event", args=[ceremony.public_id])
    context: dict[str, Any] = {"ceremony": ceremony, "title": title}
    return render_form(request, "pledges/events/form.html", form, context=context)


def back_to(request: StaffRequest, ceremony: Ceremony, words: str) -> HttpResponse:
    """Say what was done, on the page of the ceremony."""
    messages.success(request, words)
    return redirect("pledges_together:event", ceremony.public_id)
