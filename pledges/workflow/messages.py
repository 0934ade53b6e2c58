"""The kinds of message that pledges send; none says what anybody signed or refused."""

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from neutrality.notifications.kinds import MessageKind as Kind
from neutrality.notifications.models import Channel


class MessageKind(StrEnum):
    """Registered with the notifications when the app starts."""

    PLEDGE_INVITATION = "pledge_invitation"
    PLEDGE_CODE = "pledge_code"
    PLEDGE_SIGNED = "pledge_signed"
    PLEDGE_ANNULLED = "pledge_annulled"


WAYS: Final = (Channel.EMAIL, Channel.WHATSAPP, Channel.SMS)
KINDS: Final = (
    Kind(
        code=MessageKind.PLEDGE_INVITATION,
        label=_("Undangan menandatangani pakta"),
        channels=WAYS,
        context_keys=frozenset({"agency", "election", "link", "due"}),
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
)
