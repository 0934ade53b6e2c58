"""A browser as small as can be: one connection that stays open, and a watch."""

import http.client
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benchmarks.plan import Request


class Unexpected(RuntimeError):
    """The server did not answer as it should; what was measured would mean nothing."""


class Client:
    """One connection to one server."""

    def __init__(self, port: int) -> None:
        """Connect on loopback and fetch the token that forms must carry."""
        self.connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self.token = self._token()

    def milliseconds(self, request: Request) -> float:
        """Send the request and read the whole answer; return how long that took.

        Raises:
            Unexpected: The status is another than the plan says.
        """
        body, headers = self._message(request)
        begun = time.perf_counter()
        self.connection.request("POST" if body else "GET", request.path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        took = (time.perf_counter() - begun) * 1000
        if answer.status != request.expects:
            raise Unexpected(f"{request.path}: {answer.status} {text[:300]!r}")
        return took

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    def _message(self, request: Request) -> tuple[str | None, dict[str, str]]:
        cookies = {"csrftoken": self.token, **request.cookies}
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        if not request.form:
            return None, headers
        headers |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.token,
        }
        return urlencode(request.form), headers

    def _token(self) -> str:
        self.connection.request("GET", "/lantai/tulis/")
        answer = self.connection.getresponse()
        answer.read()
        cookie = SimpleCookie(answer.getheader("Set-Cookie", ""))
        return cookie["csrftoken"].value
