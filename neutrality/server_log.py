"""The web server's own log lines: as quiet about visitors as those of the application."""

import logging
import os
import re
from functools import partial
from typing import Any, Final

from gunicorn.config import Config
from gunicorn.glogging import Logger
from structlog.stdlib import ProcessorFormatter

from neutrality.logs import configuration

# "Invalid request from" of a line that goes on with an address and with what was sent.
_PLAIN_WORDS: Final = re.compile(r"(?:[A-Za-z]+(?:[ .]|$))*")


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """JSON lines like the application's; what a worker says quotes nothing of a request.

    Of a malformed request gunicorn would tell the address and what was sent, of one that fails
    its path. What the master says of its processes stays whole, and why one does not start.
    """

    def setup(self, cfg: Config) -> None:
        """Put our form and our silence on gunicorn's handlers; in the master, before it forks."""
        super().setup(cfg)
        form = configuration(level="")["formatters"]["json"]
        options = {name: value for name, value in form.items() if name != "()"}
        for handler in self.error_log.handlers:
            handler.setFormatter(ProcessorFormatter(**options))
            handler.addFilter(partial(_quotes_nothing, os.getpid()))

    def access(self, *_arguments: Any) -> None:  # noqa: ANN401  whatever gunicorn hands over
        """Write no line about a request that was answered, whatever the options say."""


def _quotes_nothing(master: int, record: logging.LogRecord) -> bool:
    """Leave of a worker's line its first plain words."""
    if os.getpid() != master:
        found = _PLAIN_WORDS.match(record.msg) if isinstance(record.msg, str) else None
        record.msg, record.args = (found[0].strip() if found else "") or "failed", ()
    return True
