"""Files that wait in an open mailbox or room: whose they are, what of them is shown, giving one up."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from complaints.codes import ReportState
from complaints.models import AccessCode, Party, Report, Tip
from complaints.selectors.draft_evidence import OnItsWay, unfinished
from complaints.selectors.enclosures import Enclosed, enclosed_files
from complaints.services.completion import open_items
from complaints.services.enclosures import COMPLETION, LETTER, Tray, find_tray, for_item
from complaints.services.evidence_intake import remove_from_draft
from complaints.services.invitations import invitation_of
from complaints.services.open_mailbox import open_mailbox
from complaints.services.upload_parts import UploadGone, end_upload, find_upload
from complaints.views.public.invitation_session import INVITATION_KEY
from complaints.views.public.mailbox_session import MAILBOX_KEY
from neutrality.audit.actor import CITIZEN
from neutrality.law.clock import Clock, read_clock

RoomKind = Literal["mailbox", "invitation"]
_ITEM: Final = re.compile(rf"{COMPLETION}-(\d{{1,4}})")


class NoTray(LookupError):
    """No mailbox is open in this browser, or it takes no files for this."""


@dataclass(frozen=True, slots=True)
class TrayPage:
    """What the page of a letter or an answer shows of the files that wait for it."""

    kind: RoomKind
    purpose: str
    files: tuple[Enclosed, ...]
    unfinished: list[OnItsWay]

    @property
    def url(self) -> str:
        """Where a new file is announced."""
        return reverse(f"public:{self.kind}_uploads", args=[self.purpose])

    @property
    def most(self) -> dict[str, int]:
        """How many MiB a file of each kind may have."""
        limits: dict[str, int] = settings.EVIDENCE_MAX_MIB
        return limits


def tray_page(*, tray: Tray, clock: Clock) -> TrayPage:
    """Return what waits in a tray, for its page; two queries more where something does."""
    kind: RoomKind = "invitation" if isinstance(tray.mailbox, Party) else "mailbox"
    draft_id = find_tray(tray=tray, clock=clock)
    if draft_id is None:
        return TrayPage(kind, tray.purpose, (), [])
    files = enclosed_files(draft_id=draft_id)
    return TrayPage(kind, tray.purpose, files, unfinished(draft_id=draft_id, clock=clock))


def tray_of(request: HttpRequest, kind: RoomKind, purpose: str, clock: Clock) -> Tray:
    """Return the tray of this browser's mailbox or room; raises `NoTray`."""
    found = _opened(request, kind, clock)
    if found is None or found[0].staff_seen or not _takes(found[1], purpose):
        raise NoTray(purpose)
    return Tray(*found, purpose)


def _opened(
    request: HttpRequest, kind: RoomKind, clock: Clock
) -> tuple[AccessCode, Report | Tip | Party] | None:
    if kind == "mailbox":
        return open_mailbox(code_id=request.session.get(MAILBOX_KEY) or 0, clock=clock)
    code = invitation_of(code_id=request.session.get(INVITATION_KEY) or 0, clock=clock)
    return (code, code.party) if code and code.party else None


def _takes(mailbox: Report | Tip | Party, purpose: str) -> bool:
    """Whether this mailbox takes files for this: letters always, answers while they are asked."""
    if purpose == LETTER or not isinstance(mailbox, Report):
        return purpose == LETTER
    if purpose == COMPLETION:
        return mailbox.state == ReportState.AWAITING_COMPLETION
    return purpose in {for_item(row.position) for row in open_items(mailbox)}


@require_POST
def mailbox_give_up(request: HttpRequest, purpose: str, public_id: str) -> HttpResponse:
    """Take out a file that waits in the mailbox, or forget one whose line broke."""
    return _give_up(request, "mailbox", purpose, public_id)


@require_POST
def invitation_give_up(request: HttpRequest, purpose: str, public_id: str) -> HttpResponse:
    """Take out a file that waits in the room of an invited person, or forget one."""
    return _give_up(request, "invitation", purpose, public_id)


def _give_up(request: HttpRequest, kind: RoomKind, purpose: str, public_id: str) -> HttpResponse:
    clock = read_clock()
    try:
        draft_id = find_tray(tray=tray_of(request, kind, purpose, clock), clock=clock)
    except NoTray as missing:
        raise Http404 from missing
    if draft_id is not None:
        remove_from_draft(draft_id=draft_id, public_id=public_id, actor=CITIZEN, clock=clock)
        with suppress(UploadGone):
            upload = find_upload(draft_id=draft_id, public_id=public_id, clock=clock)
            end_upload(upload=upload)
    return redirect(_page_of(kind, purpose))


def _page_of(kind: RoomKind, purpose: str) -> str:
    """Return the page on which the files of a purpose are shown."""
    if kind == "invitation":
        return reverse("public:invitation_messages")
    if item := _ITEM.fullmatch(purpose):
        return reverse("public:mailbox_item", args=[item[1]])
    return reverse("public:mailbox_write" if purpose == LETTER else "public:mailbox_complete")
