"""What belongs to single entries of a case: judged requirements, and the mailboxes."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.models import Matter, Message, Report, RequirementCheck
from complaints.selectors.file_parts import LetterRow, with_files
from complaints.selectors.party_page import letter_with_copies, with_copies
from complaints.selectors.report_file import CheckRow, judged_rows
from neutrality.law.clock import Clock


@dataclass(frozen=True, slots=True)
class JudgedReport:
    """A report with its requirements as they were judged last."""

    number: str
    url: str
    rows: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The letters with one person of the file, and where to answer."""

    whose: str
    url: str
    letters: tuple[LetterRow, ...]


def judged_reports(*, matter: Matter, clock: Clock) -> tuple[JudgedReport, ...]:
    """Return the reports that were looked at, with every requirement; two queries."""
    joined = ("office", "contest__election")
    reports = list(Report.objects.filter(matter=matter).select_related(*joined).order_by("pk"))
    made: dict[int, list[RequirementCheck]] = defaultdict(list)
    rows = RequirementCheck.objects.filter(report__matter=matter).order_by("review_round", "pk")
    for row in rows:
        made[row.report_id].append(row)
    return tuple(
        JudgedReport(
            number=str(report),
            url=reverse("staff:report", args=[report.public_id]),
            rows=tuple(judged_rows(report=report, made=made[report.pk], clock=clock)),
        )
        for report in reports
        if report.pk in made
    )


def mailboxes(*, matter: Matter) -> tuple[Mailbox, ...]:
    """Return the letters of everybody in the file, by person; two queries."""
    mine = Q(report__matter=matter) | Q(tip__matter=matter) | Q(party__matter=matter)
    written = with_copies(with_files(Message.objects.filter(mine)))
    rows = written.select_related("sent_by", "report", "tip", "party")
    found: dict[tuple[str, str], list[LetterRow]] = defaultdict(list)
    for row in rows:
        found[_whose(row)].append(letter_with_copies(row, matter.office.tz))
    return tuple(Mailbox(*whose, tuple(letters)) for whose, letters in found.items())


def _whose(row: Message) -> tuple[str, str]:
    if row.report:
        url = reverse("staff:report", args=[row.report.public_id])
        return _("Pelapor, %(report)s") % {"report": row.report}, f"{url}#pesan"
    if row.tip:
        url = reverse("staff:tip", args=[row.tip.public_id])
        return _("Pemberi informasi, %(tip)s") % {"tip": row.tip}, f"{url}#pesan"
    return row.party.spoken_alias if row.party else "", ""
