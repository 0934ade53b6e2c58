"""A gateway for WhatsApp and SMS on the loopback."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Gateway:
    """An HTTP gateway whose answers the test sets."""

    answers: list[int] = field(default_factory=list)
    posts: list[tuple[dict[str, str], dict[str, str]]] = field(default_factory=list)


@contextmanager
def listening(settings) -> Iterator[Gateway]:
    """Let the site send its texts to a gateway; yield it."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            gateway.posts.append((dict(self.headers), body))
            answer = gateway.answers.pop(0) if gateway.answers else 200
            if answer == 0:
                self.connection.close()
                return
            self.send_response(answer)
            if 300 <= answer < 400:
                self.send_header("Location", settings.MESSAGE_GATEWAY_URL)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.MESSAGE_GATEWAY_URL = f"http://127.0.0.1:{server.server_port}/messages"
    settings.MESSAGE_GATEWAY_TOKEN = "token-of-the-test"  # noqa: S105
    yield gateway
    server.shutdown()
    server.server_close()
    thread.join()
