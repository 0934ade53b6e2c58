"""Where messages may go: addresses confirmed by a code, stopped and resumed by their owner."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints.forms.public.contacts import ContactCodeForm
from complaints.views.public.rooms import Room, both
from neutrality.notifications.contacts import (
    NotAsked,
    ask_contact,
    confirm_contact,
    contact_states,
    resume_channel,
    stop_channel,
)
from neutrality.notifications.models import Channel
from neutrality.ui.forms import render_form
from neutrality.vault.services import Contacts, open_own_contacts

TEMPLATE = "complaints/public/room_contacts.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, room: Room) -> HttpResponseBase:
    """Show the channels; confirm one by the code that came there."""
    form = _form(request)
    if form.is_bound and form.is_valid():
        if confirm_contact(
            identity_id=_identity(room),
            channel=form.cleaned_data["saluran"],
            code=form.cleaned_data["kode"],
            clock=room.clock,
        ):
            messages.success(request, _("Alamat dikonfirmasi. Kabar dikirim ke sana, tanpa isi."))
            return redirect(room.url("contacts"))
        form.add_error(
            "kode", _("Kode ini salah atau sudah kedaluwarsa. Minta kode baru bila perlu.")
        )
    identity_id = room.identity_id
    rows = contact_states(identity_id=identity_id, contacts=_own(room)) if identity_id else ()
    typed_for = request.POST.get("saluran", "")
    context = {
        "room": room,
        "rows": [
            {
                "state": row,
                "urls": _urls(room, row.channel),
                "wrong": form["kode"].errors if row.channel == typed_for else (),
            }
            for row in rows
        ],
        "anonymous": identity_id is None,
        "data_url": room.url("data"),
    }
    return render_form(request, TEMPLATE, form, context=context)


@never_cache
@require_POST
def ask(request: HttpRequest, room: Room, channel: str) -> HttpResponseBase:
    """Send a code to an address."""
    try:
        ask_contact(
            identity_id=_identity(room),
            channel=_channel(channel),
            contacts=_own(room),
            clock=room.clock,
        )
    except NotAsked:
        messages.warning(
            request,
            _("Kode tidak dikirim: baru saja dikirim, atau pemilik alamat tidak menghendakinya."),
        )
    else:
        messages.success(request, _("Kode dikirim. Ketik kode itu di sini setelah tiba."))
    return redirect(room.url("contacts"))


@never_cache
@require_POST
def stop(request: HttpRequest, room: Room, channel: str) -> HttpResponseBase:
    """Send nothing more there."""
    stop_channel(identity_id=_identity(room), channel=_channel(channel), clock=room.clock)
    messages.success(request, _("Pesan ke alamat itu dihentikan."))
    return redirect(room.url("contacts"))


@never_cache
@require_POST
def resume(request: HttpRequest, room: Room, channel: str) -> HttpResponseBase:
    """Send again to an address that was confirmed before."""
    if resume_channel(identity_id=_identity(room), channel=_channel(channel)):
        messages.success(request, _("Kabar dikirim lagi ke alamat itu."))
    return redirect(room.url("contacts"))


def _form(request: HttpRequest) -> ContactCodeForm:
    """Return the form; its fields are called by their channel, for there is one for each."""
    if request.method != "POST":
        return ContactCodeForm()
    channel = request.POST.get("saluran", "")
    suffix = channel if channel in Channel.values else "email"
    return ContactCodeForm(request.POST, auto_id=f"%s-{suffix}")


def _urls(room: Room, channel: str) -> dict[str, str]:
    return {what: room.url(f"contact_{what}", channel) for what in ("ask", "stop", "resume")}


def _own(room: Room) -> Contacts:
    return open_own_contacts(identity_id=_identity(room), actor=room.actor, clock=room.clock)


def _identity(room: Room) -> int:
    if room.identity_id is None:
        raise Http404
    return room.identity_id


def _channel(value: str) -> Channel:
    if value not in Channel.values:
        raise Http404
    return Channel(value)


mailbox_contacts, invitation_contacts = both(contacts)
mailbox_ask, invitation_ask = both(ask)
mailbox_stop, invitation_stop = both(stop)
mailbox_resume, invitation_resume = both(resume)
