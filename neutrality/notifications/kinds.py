"""The kinds of message, as data; an app registers its own when it starts.

An app calls `register_kinds(*KINDS)` in `AppConfig.ready`, and writes
`templates/notifications/<code>/{id,en}.txt`: the subject on the first line, then the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise

from neutrality.notifications.models import Channel

# No case facts leave the house in a message: whatever is not listed here cannot be said in one.
SAFE_KEYS: Final = frozenset(
    {
        "agency",
        "code",
        "count",
        "date",
        "due",
        "election",
        "expires",
        "link",
        "number",
        "office",
        "time",
    }
)
# Known to every template.
GIVEN_KEYS: Final = frozenset({"site_url"})
# Made when a message leaves, by the consent of its kind.
_MADE: Final = frozenset({"code"})
MAX_VALUE: Final = 300

_registered: dict[str, "MessageKind"] = {}


class Consent(StrEnum):
    """Whether a person must have confirmed an address before a kind is sent there."""

    NOT_NEEDED = "not_needed"
    CONFIRMED = "confirmed"
    ASKED_FOR = "asked_for"


class UnknownKind(LookupError):
    """Nobody has registered this kind of message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKind:
    """One kind of message.

    Attributes:
        code: Also the folder of its templates.
        label: What staff call it.
        channels: In the order of preference; the first at which the recipient can be reached.
        context_keys: The placeholders of its templates, all of them from `SAFE_KEYS`.
        consent: To persons behind a sealed identity only at an address that they confirmed by a
            code; or it is the message that brings this code.

    Raises:
        ValueError: When no channel is named, or a placeholder could tell of a case.
    """

    code: str
    label: str | Promise
    channels: tuple[Channel, ...] = (Channel.EMAIL, Channel.WHATSAPP, Channel.SMS)
    context_keys: frozenset[str] = frozenset()
    consent: Consent = Consent.NOT_NEEDED

    @property
    def made_keys(self) -> frozenset[str]:
        """The placeholders that are filled when the message leaves."""
        return _MADE if self.consent is Consent.ASKED_FOR else frozenset()

    def __post_init__(self) -> None:
        """Refuse placeholders that are not allow-listed."""
        if not self.channels:
            raise ValueError(f"The kind {self.code} has no channel.")
        if unsafe := self.context_keys - SAFE_KEYS:
            raise ValueError(f"The kind {self.code} would say {', '.join(sorted(unsafe))}.")


def register_kinds(*kinds: MessageKind) -> None:
    """Make kinds known, once each; registering the same kind again changes nothing.

    Raises:
        ValueError: When another kind has the same code.
    """
    for kind in kinds:
        if _registered.setdefault(kind.code, kind) != kind:
            raise ValueError(f"Two kinds of message are called {kind.code}.")


def registered_kinds() -> Mapping[str, MessageKind]:
    """Return every kind by its code."""
    return MappingProxyType(_registered)


def kind_of(code: str) -> MessageKind:
    """Return the kind with this code.

    Raises:
        UnknownKind: When nobody registered it.
    """
    try:
        return _registered[code]
    except KeyError:
        raise UnknownKind(f"No kind of message is called {code}.") from None
