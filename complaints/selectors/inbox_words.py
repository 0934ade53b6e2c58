"""How the rows of the inbox are told: title, detail, address, and whether they are new."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.codes import Audience, CaseState, DataRequestKind, PartyKind, SessionState, Standing
from complaints.services.alarm_clocks import LEGAL
from neutrality.casework.models import RequestKind
from neutrality.law.codes import PeriodCode, PlenaryMatter
from neutrality.law.labels import label
from neutrality.ui.dates import say_short_instant

if TYPE_CHECKING:
    from complaints.selectors.inbox import Found

PAGES: Final = {
    "report": "staff:report",
    "tip": "staff:tip",
    "matter": "staff:case",
    "referral_item": "staff:item",
}
CORRECTIONS: Final = {kind: f"{page}_correct" for kind, page in PAGES.items()}


class Told(NamedTuple):
    """A row in words; `is_due` says that its time is a deadline and not an appointment."""

    title: str
    detail: str
    url: str
    is_due: bool = True


def mark(row: "Found") -> str:
    """Say what is new to the reader: the thing itself, or something in it since it was opened."""
    if row.seen_at is None or row.seen_version is None:
        return _("Baru")
    if row.version > row.seen_version or row.since > row.seen_at:
        return _("Berubah")
    return ""


def entry(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A report: number, act, respondent, agency."""
    return _entry(row, "staff:report")


def tip(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A tip, told like a report."""
    return _entry(row, "staff:tip")


def delegation(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A tip of another office that this one looks into."""
    return _entry(row, "staff:delegation")


def letter(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A message, by the file it belongs to."""
    if row.kind == "party_letter":
        url = reverse("staff:party", args=[row.public, row.place])
        return Told(row.name, _spoken(row.line), f"{url}#pesan")
    page = "staff:report" if row.kind == "report_letter" else "staff:tip"
    return Told(row.name, row.line, f"{reverse(page, args=[row.public])}#pesan")


def session(row: "Found", now: datetime) -> Told:
    """A session with one party: when, and what is still to be done about it.

    What it is about comes as JSON, asked for once.
    """
    about = json.loads(row.place)
    at = row.due_at or row.since
    if about["state"] == SessionState.HELD:
        left = _("berita acara belum dikonfirmasi")
    elif at < now:
        left = _("kehadiran belum dicatat")
    else:
        left = _("dijadwalkan")
    words = " · ".join((_spoken(about["party"]), say_short_instant(at, ZoneInfo(row.tz)), left))
    return Told(row.name, words, reverse("staff:session", args=[about["public"]]), is_due=False)


def matter(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A case with its state."""
    return Told(row.name, str(CaseState(row.line).label), reverse("staff:case", args=[row.public]))


def agenda(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """An item of the plenary."""
    url = reverse("staff:agenda_item", args=[row.public])
    return Told(row.name, label(PlenaryMatter(row.line)), url)


def assessment(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A version of an assessment that somebody else wrote."""
    url = reverse("staff:assessment_version", args=[row.public, int(row.line)])
    return Told(row.name, _("Versi %(number)s") % {"number": row.line}, url)


def copy(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A copy of evidence, by the file and for whom it is."""
    url = reverse("staff:evidence_release", args=[row.public])
    return Told(row.name, str(Audience(row.line).label), url)


def wording(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A wording of an account, by the file and for whom it is."""
    url = reverse("staff:account_wording", args=[row.public, row.place])
    return Told(row.name, str(Audience(row.line).label), url)


def second_word(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A correction that somebody else has asked for."""
    about = json.loads(row.place)
    url = reverse(CORRECTIONS[row.person], args=[about["public"]])
    return Told(about["name"], str(RequestKind(row.line).label), url)


def item(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A referral item, by respondent and addressee."""
    return Told(row.name, row.line, reverse("staff:item", args=[row.public]))


def request(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A request for information, by number and standing."""
    url = reverse("staff:information_request", args=[row.public])
    return Told(row.name, str(Standing(row.line).label), url)


def task(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A task of another system, by its number there."""
    return Told(row.name, row.line, reverse("staff:outside_task", args=[row.public]))


def data_request(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A wish about personal data; whose it is, stands on its page only."""
    url = reverse("staff:data_request", args=[row.public])
    return Told(str(DataRequestKind(row.name).label), "", url)


def alarm(row: "Found", now: datetime) -> Told:  # noqa: ARG001  the shape of a pile
    """A clock that is about to end, by what it is about."""
    code = PeriodCode(row.line)
    words = label(code) if code in LEGAL else row.line
    return Told(row.name, words, reverse(PAGES[row.person], args=[row.public]))


def _entry(row: "Found", page: str) -> Told:
    detail = " · ".join(filter(None, (row.person, row.place)))
    title = ": ".join(filter(None, (row.name, row.line)))
    return Told(title, detail, reverse(page, args=[row.public]))


def _spoken(alias: str) -> str:
    """Return an alias in the reader's language: "Terlapor 1", "Respondent 1"."""
    word, _space, number = alias.partition(" ")
    return f"{_PARTS[word]} {number}".strip() if word in _PARTS else alias


# Aliases are written in Indonesian, whoever reads them.
_PARTS: Final = {
    "Pelapor": PartyKind.REPORTER.label,
    "Terlapor": PartyKind.RESPONDENT.label,
    "Saksi": PartyKind.WITNESS.label,
    "Ahli": PartyKind.EXPERT.label,
}
