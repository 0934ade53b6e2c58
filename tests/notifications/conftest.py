"""A kind of message for the tests, real servers on the loopback, a fixed time."""

import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message as Mail

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from neutrality.law.clock import Clock
from neutrality.notifications import kinds
from neutrality.notifications.kinds import MessageKind, register_kinds
from neutrality.notifications.models import Channel

NOW = datetime(2024, 1, 8, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    return Clock(now=NOW)


@pytest.fixture(autouse=True)
def templates(monkeypatch, settings, tmp_path):
    """Register two kinds for one test, with templates in a folder of their own."""
    monkeypatch.setattr(kinds, "_registered", {})
    register_kinds(
        MessageKind(
            code="sample",
            label="Contoh",
            context_keys=frozenset({"number"}),
            channels=(Channel.EMAIL,),
        ),
        MessageKind(code="by_phone", label="Contoh", channels=(Channel.WHATSAPP, Channel.SMS)),
    )
    for code, text in (
        ("sample", "Nomor {{ number }}\n\nLihat {{ site_url }}/lacak/."),
        ("by_phone", "Kabar\n\nAda kabar."),
    ):
        folder = tmp_path / "notifications" / code
        folder.mkdir(parents=True)
        for language in ("id", "en"):
            (folder / f"{language}.txt").write_text(text)
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    settings.SITE_URL = "https://contoh.example"
    return tmp_path


@dataclass
class MailServer:
    """An SMTP server whose moods the test sets."""

    mails: list[Mail] = field(default_factory=list)
    sessions: int = 0
    answer_to_recipient: str = "250 OK"
    answer_to_data: str = "250 OK"
    die_after_data: bool = False
    port: int = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.answer_to_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.answer_to_data.startswith("2"):
            self.mails.append(message_from_bytes(envelope.content))
        if self.die_after_data:
            server.transport.abort()
        return self.answer_to_data

    @property
    def message_ids(self):
        return [mail["Message-ID"] for mail in self.mails]


class _Controller(Controller):
    def factory(self):
        return SMTP(self.handler, enable_SMTPUTF8=True)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def mail_server(settings):
    server = MailServer(port=_free_port())
    controller = _Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 5
    yield server
    controller.stop()


@pytest.fixture
def silent_port(settings):
    """A server that accepts connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = listener.getsockname()
        settings.EMAIL_TIMEOUT = 0.3
        yield listener
