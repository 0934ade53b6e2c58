"""What is asked of a server, measure by measure; written by `prepare`, read by the client."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, Literal

Floor = Literal["write", "read", "rows", "fixed"]


@dataclass(frozen=True, slots=True)
class Limit:
    """How many times the floor a measure may cost; `fixed` ones have a time of their own.

    `growth` is how much slower it may be with the most reports than with the fewest; what hands
    out rows is judged by the row, there and against a floor that streams as many.
    """

    name: str
    floor: Floor
    times: float
    growth: float = 1.3


LIMITS: Final = (
    Limit("intake_submit", "write", 6.0),
    Limit("draft_step", "write", 4.0),
    Limit("report_queue", "read", 6.0),
    Limit("report_queue_filtered", "read", 6.0),
    Limit("report_queue_page_40", "read", 6.0),
    Limit("inbox", "read", 6.0, growth=1.5),
    Limit("queue_filtered", "read", 6.0, growth=1.5),
    Limit("queue_page_40", "read", 6.0, growth=1.5),
    Limit("search_names", "read", 8.0, growth=1.5),
    Limit("search_text", "read", 8.0, growth=1.5),
    Limit("case_file", "read", 8.0, growth=1.5),
    Limit("dashboard_national", "read", 8.0, growth=1.5),
    Limit("open_data_csv", "rows", 8.0, growth=1.5),
    Limit("transition", "write", 6.0, growth=1.5),
    Limit("tracking_page", "read", 4.0),
    Limit("guide_page", "read", 3.0),
    Limit("coverage_tree", "read", 4.0),
    Limit("coverage_tree_deep", "read", 4.0),
    Limit("sign_pledge", "write", 6.0),
    # 60 ms, said in floors of 3.1 ms: a certificate that is set, sealed and filed.
    Limit("certificate_pdf", "read", 19.0),
    Limit("reminders", "fixed", 1.0),
)
# What is measured by itself may take so long: planning a hundred thousand reminders.
ALLOWED_MS: Final = {"reminders": 30_000.0}


@dataclass(frozen=True, slots=True)
class Request:
    """One request; with a form it is a POST."""

    path: str
    cookies: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    expects: int = 200


@dataclass(frozen=True, slots=True)
class Measure:
    """The requests of one measure (taken in turn; a form is sent once) and what one asks of SQL.

    `out` is how many rows one answer hands out, where that is what it is judged by.
    """

    name: str
    queries: int
    requests: tuple[Request, ...]
    out: int = 1


def write(measures: list[Measure], path: Path) -> None:
    """Keep the plan in a file."""
    path.write_text(json.dumps([asdict(measure) for measure in measures]), encoding="utf-8")


def limits_of_pages() -> list[Limit]:
    """Return the limits of what a client asks a server."""
    return [limit for limit in LIMITS if limit.floor != "fixed"]


def read(path: Path) -> list[Measure]:
    """Read a plan that `write` kept."""
    return [
        Measure(
            name=each["name"],
            queries=each["queries"],
            requests=tuple(Request(**request) for request in each["requests"]),
            out=each["out"],
        )
        for each in json.loads(path.read_text(encoding="utf-8"))
    ]
