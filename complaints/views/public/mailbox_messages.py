"""Messages between the holder of a code and the office, with files, both ways."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from complaints.forms.public.mailbox import MessageForm
from complaints.models import AccessCode, Party, Report, Tip
from complaints.selectors.letters import letters_with_files
from complaints.services.media_types import FileRefused
from complaints.services.open_attachment import NoAttachment, open_attachment
from complaints.services.secret_words import HoldsSecretCode
from complaints.services.write_message import Letter, write_message
from complaints.views.public.evidence import limits
from complaints.views.public.limits import Limited, holder_over
from complaints.views.public.mailbox_session import Mailbox, in_mailbox
from complaints.views.public.uploads import arrived, receives_files, too_big
from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.ui.forms import render_form

TEMPLATE = "complaints/public/mailbox_message.html"


@receives_files
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_mailbox
def write(request: HttpRequest, box: Mailbox) -> HttpResponse:
    """Show the messages; leave one."""
    form = message_form(request)
    if form.is_bound and sent(request, form, Sender(box.entry, box.code, box.actor, box.clock)):
        return redirect("public:mailbox")
    letters = letters_with_files(
        mailbox=box.entry, tz=box.entry.office.tz, page="public:mailbox_attachment"
    )
    return render_form(request, TEMPLATE, form, context={"letters": letters, "limits": limits()})


@never_cache
@require_safe
@in_mailbox
def attachment(request: HttpRequest, box: Mailbox, public_id: str) -> StreamingHttpResponse:
    """Fetch a file that the office sent."""
    del request
    return attachment_response(
        mailbox=box.entry, public_id=public_id, actor=box.actor, clock=box.clock
    )


def message_form(request: HttpRequest) -> MessageForm:
    """Return the form, with what was posted and what was dropped on its way."""
    if request.method != "POST":
        return MessageForm()
    return MessageForm(request.POST, request.FILES, too_big=too_big(request))


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes from which mailbox, with which code."""

    mailbox: Report | Tip | Party
    code: AccessCode
    actor: Actor
    clock: Clock


def sent(request: HttpRequest, form: MessageForm, sender: Sender) -> bool:
    """Write the message of a bound form; what is wrong stands on the form."""
    if not form.is_valid():
        return False
    if holder_over(f"code:{sender.code.pk}", Limited.MESSAGES):
        form.add_error(None, _("Terlalu banyak pesan dalam satu jam. Coba lagi nanti."))
        return False
    letter = Letter(body=form.cleaned_data["pesan"], files=arrived(request, "berkas"))
    try:
        write_message(mailbox=sender.mailbox, letter=letter, actor=sender.actor, clock=sender.clock)
    except HoldsSecretCode:
        form.add_error("pesan", code_warning())
    except FileRefused as refused:
        form.add_error("berkas", str(refused.sentence))
    return not form.errors


def code_warning() -> str:
    """Say why a text with a secret code is not taken."""
    return _(
        "Tulisan ini memuat kode rahasia, maka tidak dikirim. Hapus kodenya: petugas tidak pernah"
        " memintanya, dan siapa pun yang memegangnya dapat membuka halaman ini."
    )


def attachment_response(
    *, mailbox: Report | Tip | Party, public_id: str, actor: Actor, clock: Clock
) -> StreamingHttpResponse:
    """Return a file of the office as a download, or 404."""
    try:
        file = open_attachment(mailbox=mailbox, public_id=public_id, actor=actor, clock=clock)
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
