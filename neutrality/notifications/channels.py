"""How a message leaves the house: SMTP, or the HTTP gateway for WhatsApp and SMS."""

import http.client
import json
import smtplib
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Protocol, Self
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
)

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from neutrality.notifications.models import Channel
from neutrality.notifications.wording import Wording
from neutrality.ui.phones import international

GATEWAY_TIMEOUT_SECONDS: Final = 10
# A gateway may ask us to come again; every other 4xx will not change by trying.
_TRY_AGAIN: Final = frozenset({408, 425, 429})


class NotSent(Exception):
    """A message was not handed over; `code` never holds an address or a server's own words."""

    def __init__(self, code: str, *, permanent: bool) -> None:
        """Say why, and whether trying again can help."""
        super().__init__(code)
        self.code = code
        self.permanent = permanent


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One message on its way: the key stays the same over all attempts."""

    key: str
    to: str
    wording: Wording
    stop_url: str = ""


class Transport(Protocol):
    """A channel that is open for one batch."""

    def send(self, parcel: Parcel) -> None:
        """Hand a message over, or raise `NotSent`."""

    def close(self) -> None:
        """Let go of connections."""


class SmtpTransport:
    """E-mail over one connection per batch, opened anew after a failure."""

    def __init__(self) -> None:
        """Connect only when there is something to send."""
        self._connection: BaseEmailBackend | None = None

    def send(self, parcel: Parcel) -> None:
        """Hand a mail to the server, under its stable Message-ID."""
        try:
            self._open().send_messages([_mail(parcel)])
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self.close()
            raise _smtp_failure(error) from error

    def close(self) -> None:
        """Close the connection, also a broken one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.fail_silently = True
            connection.close()

    def _open(self) -> BaseEmailBackend:
        if self._connection is None:
            self._connection = get_connection(timeout=settings.EMAIL_TIMEOUT)
            self._connection.open()
        return self._connection


class GatewayTransport:
    """WhatsApp and SMS through one HTTP gateway that knows a message by its key."""

    def __init__(self, channel: Channel) -> None:
        """Speak to the gateway of the settings."""
        self._channel = channel
        self._opener = _opener()

    def send(self, parcel: Parcel) -> None:
        """Post a text; the key makes a repeated post harmless for the gateway."""
        try:
            request = self._request(parcel)
            with self._opener.open(request, timeout=GATEWAY_TIMEOUT_SECONDS):
                pass
        except HTTPError as error:
            permanent = 300 <= error.code < 500 and error.code not in _TRY_AGAIN
            error.close()
            raise NotSent(f"http_{error.code}", permanent=permanent) from error
        except (OSError, http.client.HTTPException) as error:
            raise NotSent(_network_code(error), permanent=False) from error

    def close(self) -> None:
        """There is nothing to let go."""

    def _request(self, parcel: Parcel) -> Request:
        # What came from a roster, or before numbers were kept in one form, is as it was typed.
        number = international(parcel.to)
        if not number:
            raise NotSent("unusable_address", permanent=True)
        body = {
            "id": parcel.key,
            "channel": self._channel.value,
            "to": number,
            "text": parcel.wording.text,
        }
        headers = {
            "Authorization": f"Bearer {settings.MESSAGE_GATEWAY_TOKEN}",
            "Content-Type": "application/json",
            "Idempotency-Key": parcel.key,
        }
        address = settings.MESSAGE_GATEWAY_URL
        return Request(address, json.dumps(body).encode(), headers, method="POST")  # noqa: S310 the opener knows only http and https


class Transports:
    """The channels of one batch; a context manager that closes what was opened."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._open: dict[Channel, Transport] = {}

    def __enter__(self) -> Self:
        """Begin a batch."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close what the batch opened."""
        for transport in self._open.values():
            transport.close()

    def of(self, channel: Channel) -> Transport:
        """Return the transport of a channel."""
        if channel not in self._open:
            email = channel == Channel.EMAIL
            self._open[channel] = SmtpTransport() if email else GatewayTransport(channel)
        return self._open[channel]


def is_available(channel: Channel) -> bool:
    """Whether the installation can send on a channel at all."""
    return channel == Channel.EMAIL or bool(settings.MESSAGE_GATEWAY_URL)


def message_id(key: str) -> str:
    """Return the Message-ID of a message, the same for each attempt."""
    return f"<{key}@{urlsplit(settings.SITE_URL).hostname}>"


def _mail(parcel: Parcel) -> EmailMessage:
    return EmailMessage(
        subject=parcel.wording.subject,
        body=parcel.wording.text,
        to=[parcel.to],
        headers={
            "Message-ID": message_id(parcel.key),
            "Auto-Submitted": "auto-generated",
            **_stop_headers(parcel.stop_url),
        },
    )


def _stop_headers(url: str) -> dict[str, str]:
    """Return the headers by which a mail program offers to stop with one press (RFC 8058)."""
    if not url:
        return {}
    return {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _smtp_failure(error: Exception) -> NotSent:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return NotSent(f"smtp_{max(codes)}", permanent=min(codes) >= 500)
    if isinstance(error, smtplib.SMTPResponseException):
        # 5xx at log-in or greeting is a matter of our settings, and somebody will mend them.
        permanent = isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500
        return NotSent(f"smtp_{error.smtp_code}", permanent=permanent)
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return NotSent("unusable_address", permanent=True)
    return NotSent(_network_code(error), permanent=False)


def _network_code(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    # smtplib turns a timeout into a disconnection.
    if TimeoutError in {type(cause), type(error.__context__)}:
        return "timeout"
    if isinstance(cause, ConnectionRefusedError):
        return "connection_refused"
    if isinstance(cause, (ConnectionError, smtplib.SMTPServerDisconnected)):
        return "disconnected"
    return "network_error"


def _opener() -> OpenerDirector:
    """Speak http and https and nothing else: no proxy, no file, and no redirect with our token."""
    opener = OpenerDirector()
    for handler in (HTTPHandler, HTTPSHandler, HTTPErrorProcessor, HTTPDefaultErrorHandler):
        opener.add_handler(handler())
    return opener
