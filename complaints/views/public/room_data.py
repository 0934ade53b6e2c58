"""Rights over one's own data: see it, take it along, correct addresses, ask for erasure."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from complaints.forms.public.own_data import DataRequestForm, OwnContactsForm
from complaints.forms.public.start import CodeForm
from complaints.models import AccessCode
from complaints.selectors.own_data import (
    Section,
    answered_in,
    as_json,
    data_requests,
    own_data,
)
from complaints.services.ask_about_data import ask_about_data
from complaints.services.codes import SecretCode
from complaints.services.correct_contacts import ContactChange, correct_contacts
from complaints.services.secret_words import HoldsSecretCode
from complaints.services.show_own_data import show_own_identity
from complaints.views.public.limits import CodeAttempts, Limited, holder_over
from complaints.views.public.room_messages import code_warning
from complaints.views.public.rooms import Room, both
from neutrality.ui.forms import render_form
from neutrality.vault.services import open_own_contacts

UNLOCKED: Final = "data_terbuka"
UNLOCKED_SECONDS: Final = 15 * 60


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest, room: Room) -> HttpResponseBase:
    """Say what is held and why; show it after the secret code was typed once more."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    sections: tuple[Section, ...] = ()
    if form.is_bound and form.is_valid() and _is_own(request, room, form):
        request.session[UNLOCKED] = [room.code.pk, room.clock.now.timestamp()]
        sections = _sections(room)
    context = {
        "room": room,
        "sections": sections,
        "requests": data_requests(mailbox=room.mailbox),
        "urls": {name: room.url(f"data_{name}") for name in ("file", "contacts", "request")},
        "contacts_url": room.url("contacts"),
        "powers_url": room.url("powers"),
        "named": room.identity_id is not None,
    }
    return render_form(request, "complaints/public/room_data.html", form, context=context)


@never_cache
@require_POST
def data_file(request: HttpRequest, room: Room) -> HttpResponseBase:
    """Hand over what is held as a file."""
    if not _is_unlocked(request, room):
        return redirect(room.url("data"))
    answer = JsonResponse(
        {"dibuat": room.clock.now.isoformat(), "data": as_json(_sections(room, whole=True))},
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    return answer


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def data_contacts(request: HttpRequest, room: Room) -> HttpResponseBase:
    """Correct one's own addresses."""
    identity_id = room.identity_id
    if identity_id is None:
        raise Http404
    if not _is_unlocked(request, room):
        messages.info(request, _("Ketik kode rahasia Anda sekali lagi untuk mengubah data."))
        return redirect(room.url("data"))
    form = _contacts_form(request, room, identity_id)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        change = ContactChange(
            email=given["surel"], phone=given["telepon"], address=given["alamat"] or None
        )
        correct_contacts(
            identity_id=identity_id,
            mailbox=room.mailbox,
            change=change,
            actor=room.actor,
            clock=room.clock,
        )
        messages.success(request, _("Alamat disimpan. Konfirmasi lagi agar kabar dikirim ke sana."))
        return redirect(room.url("contacts"))
    context = {"room": room}
    return render_form(request, "complaints/public/room_own_contacts.html", form, context=context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def data_request(request: HttpRequest, room: Room) -> HttpResponseBase:
    """Ask for erasure or correction."""
    form = DataRequestForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _seldom(room, form):
        try:
            ask_about_data(
                mailbox=room.mailbox,
                kind=form.kind(),
                words=form.cleaned_data["alasan"],
                actor=room.actor,
                clock=room.clock,
            )
        except HoldsSecretCode:
            form.add_error("alasan", code_warning())
        else:
            messages.success(request, _("Permintaan Anda dicatat dan dijawab di halaman ini."))
            return redirect(room.url("data"))
    context = {"room": room, "answered_in": answered_in(mailbox=room.mailbox, clock=room.clock)}
    return render_form(request, "complaints/public/room_data_request.html", form, context=context)


def _seldom(room: Room, form: DataRequestForm) -> bool:
    """Count one more request of this code; too many in an hour are said on the form."""
    if not holder_over(f"code:{room.code.pk}", Limited.DATA_REQUESTS):
        return True
    form.add_error(None, _("Terlalu banyak permintaan dalam satu jam. Coba lagi nanti."))
    return False


def _is_own(request: HttpRequest, room: Room, form: CodeForm) -> bool:
    """Whether the typed code is the one that opened this room; wrong ones are counted."""
    attempts = CodeAttempts(request)
    typed: SecretCode = form.cleaned_data["kode"]
    own = AccessCode.objects.filter(pk=room.code.pk, digest=typed.digest()).exists()
    if attempts.exhausted() or not own:
        attempts.failed()
        form.add_error("kode", _("Ini bukan kode dari halaman yang sedang terbuka."))
        return False
    return True


def _is_unlocked(request: HttpRequest, room: Room) -> bool:
    code_id, at = request.session.get(UNLOCKED) or (0, 0.0)
    age = room.clock.now.timestamp() - at
    return bool(code_id == room.code.pk and 0 <= age <= UNLOCKED_SECONDS)


def _sections(room: Room, *, whole: bool = False) -> tuple[Section, ...]:
    identity_id = room.identity_id
    identity = identity_id and show_own_identity(
        identity_id=identity_id, mailbox=room.mailbox, actor=room.actor, clock=room.clock
    )
    return own_data(
        mailbox=room.mailbox, identity=identity or None, identity_id=identity_id, whole=whole
    )


def _contacts_form(request: HttpRequest, room: Room, identity_id: int) -> OwnContactsForm:
    if request.method == "POST":
        return OwnContactsForm(request.POST)
    own = open_own_contacts(identity_id=identity_id, actor=room.actor, clock=room.clock)
    return OwnContactsForm(initial={"telepon": own.phone, "surel": own.email})


mailbox_data, invitation_data = both(data)
mailbox_data_file, invitation_data_file = both(data_file)
mailbox_data_contacts, invitation_data_contacts = both(data_contacts)
mailbox_data_request, invitation_data_request = both(data_request)
