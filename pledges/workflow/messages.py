"""The kinds of message that pledges send; none says what anybody signed or refused."""

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from neutrality.notifications.kinds import MessageKind as Kind
from neutrality.notifications.models import Channel


class MessageKind(StrEnum):
    """Registered with the notifications when the app starts."""

    PLEDGE_INVITATION = "pledge_invitation"
    PLEDGE_REMINDER = "pledge_reminder"
    PLEDGE_UNIT_REMINDER = "pledge_unit_reminder"
    PLEDGE_CODE = "pledge_code"
    PLEDGE_SIGNED = "pledge_signed"
    PLEDGE_ANNULLED = "pledge_annulled"
    PLEDGE_TEXT_CHANGED = "pledge_text_changed"
    PLEDGE_TEXT_NEW = "pledge_text_new"
    PLEDGE_CONTACT_CHANGED = "pledge_contact_changed"


WAYS: Final = (Channel.EMAIL, Channel.WHATSAPP, Channel.SMS)
KINDS: Final = (
    Kind(
        code=MessageKind.PLEDGE_INVITATION,
        label=_("Undangan menandatangani pakta"),
        channels=WAYS,
        context_keys=frozenset({"agency", "election", "link", "due"}),
    ),
    Kind(
        code=MessageKind.PLEDGE_REMINDER,
        label=_("Pengingat menandatangani pakta"),
        channels=WAYS,
        context_keys=frozenset({"agency", "election", "link", "due"}),
    ),
    Kind(
        code=MessageKind.PLEDGE_UNIT_REMINDER,
        label=_("Pengingat pakta kepada pimpinan unit"),
        channels=(Channel.EMAIL,),
        context_keys=frozenset({"agency", "election", "count", "link", "due"}),
    ),
    Kind(
        code=MessageKind.PLEDGE_CODE,
        label=_("Kode sekali pakai pakta"),
        channels=WAYS,
        context_keys=frozenset({"code", "expires"}),
    ),
    Kind(
        code=MessageKind.PLEDGE_SIGNED,
        label=_("Pakta ditandatangani"),
        channels=WAYS,
        context_keys=frozenset({"agency"}),
    ),
    Kind(
        code=MessageKind.PLEDGE_ANNULLED,
        label=_("Tanda tangan pakta dibatalkan"),
        channels=WAYS,
        context_keys=frozenset({"agency"}),
    ),
    Kind(
        code=MessageKind.PLEDGE_TEXT_CHANGED,
        label=_("Naskah pakta berubah"),
        channels=WAYS,
        context_keys=frozenset({"agency"}),
    ),
    Kind(
        code=MessageKind.PLEDGE_TEXT_NEW,
        label=_("Naskah pakta yang belum ditandatangani berubah"),
        channels=WAYS,
        context_keys=frozenset({"agency"}),
    ),
    Kind(
        code=MessageKind.PLEDGE_CONTACT_CHANGED,
        label=_("Alamat untuk pakta diganti"),
        channels=WAYS,
        context_keys=frozenset({"agency"}),
    ),
)
