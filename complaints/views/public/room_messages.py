"""Messages between the holder of a code and the office, with files, both ways."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from complaints.forms.public.mailbox import MessageForm
from complaints.models import Tip
from complaints.selectors.giveaways import Giveaway, giveaways_among
from complaints.selectors.letters import letters_with_files, other_files, waiting_in
from complaints.services.enclosures import LETTER, Tray, lay_in
from complaints.services.media_types import FileRefused
from complaints.services.open_attachment import NoAttachment, open_attachment
from complaints.services.secret_words import HoldsSecretCode
from complaints.services.write_message import Letter, write_message
from complaints.views.public.evidence import limits
from complaints.views.public.limits import Limited, holder_over
from complaints.views.public.rooms import Room, both
from complaints.views.public.sending import wanted
from complaints.views.public.trays import tray_page
from complaints.views.public.uploads import arrived, receives_files, too_big
from complaints.views.public.waiting import nothing_new
from neutrality.ui.forms import render_form

TEMPLATE = "complaints/public/room_messages.html"
ASKED = "sudah_dibaca"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest, room: Room) -> HttpResponseBase:
    """Show the messages; leave one."""
    form, tray = _form(request), Tray(room.code, room.mailbox, LETTER)
    found: list[Giveaway] = []
    if form.is_bound and form.is_valid():
        found = _giveaways(request, form, room, tray)
        if not found and _sent(request, form, room, tray):
            return redirect(room.home)
    letters = letters_with_files(mailbox=room.mailbox, tz=room.tz, page=room.page("attachment"))
    others = other_files(mailbox=room.mailbox)
    waiting = waiting_in(letters, others)
    if nothing_new(request, waiting):
        return HttpResponse(status=204)
    context = {
        "letters": letters,
        "giveaways": found,
        "others": others,
        "limits": limits(),
        "room": room,
        "waiting": waiting,
        "refreshes": waiting > 0,
        "tray": tray_page(tray=tray, clock=room.clock),
        "go_on": room.page("upload"),
        "give_up": room.page("upload_give_up"),
    }
    return render_form(request, TEMPLATE, form, context=context)


@never_cache
@require_safe
def attachment(request: HttpRequest, room: Room, public_id: str) -> HttpResponseBase:
    """Fetch a file that the office sent."""
    del request
    try:
        file = open_attachment(
            mailbox=room.mailbox, public_id=public_id, actor=room.actor, clock=room.clock
        )
    except NoAttachment as missing:
        raise Http404 from missing
    return StreamingHttpResponse(
        file.pieces,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def code_warning() -> str:
    """Say why a text with a secret code is not taken."""
    return _(
        "Tulisan ini memuat kode rahasia, maka tidak dikirim. Hapus kodenya: petugas tidak pernah"
        " memintanya, dan siapa pun yang memegangnya dapat membuka halaman ini."
    )


def _form(request: HttpRequest) -> MessageForm:
    if request.method != "POST":
        return MessageForm()
    data = request.POST.copy()
    if words := wanted().get(data.get("minta", "")):
        data["pesan"] = words
    return MessageForm(data, request.FILES, too_big=too_big(request))


def _giveaways(request: HttpRequest, form: MessageForm, room: Room, tray: Tray) -> list[Giveaway]:
    """Return what in a letter points to somebody who gave no name; it is asked about once.

    What came with it waits in the tray meanwhile: files cannot be put back into a field.
    """
    box = room.mailbox
    if not isinstance(box, Tip) or not box.anonymous or ASKED in request.POST:
        return []
    given = form.cleaned_data
    files = arrived(request, "berkas", caption=given["keterangan"])
    waiting = tray_page(tray=tray, clock=room.clock).files
    told = [given["pesan"], given["keterangan"], *(file.name for file in files)]
    told += [text for row in waiting for text in (row.name, row.caption)]
    found = giveaways_among(told)
    if not found:
        return []
    try:
        lay_in(tray=tray, files=files, actor=room.actor, clock=room.clock)
    except FileRefused as refused:
        form.add_error("berkas", str(refused.sentence))
    return found


def _sent(request: HttpRequest, form: MessageForm, room: Room, tray: Tray) -> bool:
    """Write the message of a valid form; what is wrong stands on the form."""
    if holder_over(f"code:{room.code.pk}", Limited.MESSAGES):
        form.add_error(None, _("Terlalu banyak pesan dalam satu jam. Coba lagi nanti."))
        return False
    files = arrived(request, "berkas", caption=form.cleaned_data["keterangan"])
    letter = Letter(body=form.cleaned_data["pesan"], files=files, tray=tray)
    try:
        write_message(mailbox=room.mailbox, letter=letter, actor=room.actor, clock=room.clock)
    except HoldsSecretCode:
        form.add_error("pesan", code_warning())
    except FileRefused as refused:
        form.add_error("berkas", str(refused.sentence))
    return not form.errors


mailbox_messages, invitation_messages = map(receives_files, both(messages))
mailbox_attachment, invitation_attachment = both(attachment)
