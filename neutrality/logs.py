"""Log lines that say what happened and never who sent it from where."""

import traceback
from typing import Any

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

UNWANTED = ("user_agent", "ip")
OURS = ("neutrality", "complaints", "pledges")


class RequestLog(RequestMiddleware):
    """One line per request: its method and the name of its page, never its path.

    Paths hold opaque ids of cases and tokens of links; the name of the page holds nothing.
    """

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Return the method and the page's name."""
        match = request.resolver_match
        page = match.view_name if match else "-"
        return f"{request.method} {page}"


def drop_unwanted(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Remove what identifies a visitor."""
    for key in UNWANTED:
        event.pop(key, None)
    return event


def frames_only(exc_info: ExcInfo) -> str:
    """Return where an exception arose and of which kind, not its message.

    A database's message quotes the row it refused: names, addresses, phone numbers.
    """
    kind, _error, trace = exc_info
    return f"{''.join(traceback.format_tb(trace))}{kind.__module__}.{kind.__qualname__}"


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_unwanted,
    ]


def configure() -> None:
    """Let structlog write through the standard library's handlers."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def configuration(*, level: str) -> dict[str, Any]:
    """Return Django's LOGGING: JSON lines on standard error."""
    silent = {"handlers": ["nowhere"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _shared(),
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.ExceptionRenderer(frames_only),
                    structlog.processors.JSONRenderer(),
                ],
            },
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # A worker of Celery gives the root its own level; the hashes of new seals must be told.
            **{name: {"level": level} for name in OURS},
            # Django's own lines about requests quote the path; RequestLog writes ours.
            "django.request": silent,
            "django.security.csrf": silent,
            "django.server": silent,
            "django": {"handlers": [], "propagate": True},
            "pikepdf": {"level": "WARNING"},  # it tells of its own start
            "mail.log": {"level": "WARNING"},  # the catcher would tell every address
        },
    }
