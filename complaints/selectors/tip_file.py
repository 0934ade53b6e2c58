"""Everything on the page of one tip."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from complaints.models import Tip
from complaints.selectors.file_facts import FileFacts, file_facts, outside_numbers
from complaints.selectors.file_parts import (
    ClockRow,
    LetterRow,
    PaperRow,
    clock_rows,
    history,
    letters,
    open_clocks,
    papers,
    tone_of,
)
from complaints.selectors.report_file import (
    Header,
    PendingItem,
    knows_respondent,
    pending_items,
)
from complaints.workflow.tip import TIP
from neutrality.audit.record import SubjectRef
from neutrality.casework.models import LegalClock
from neutrality.law.clock import Clock
from neutrality.ui.dates import say_instant, say_short_day
from neutrality.ui.parts import SummaryRow, TimelineEntry


@dataclass(frozen=True, slots=True)
class TipPage:
    """The page of a tip, ready to be shown."""

    header: Header
    clocks: tuple[ClockRow, ...]
    raw_clocks: tuple[LegalClock, ...]
    facts: FileFacts
    items: tuple[PendingItem, ...]
    history: tuple[TimelineEntry, ...]
    papers: tuple[PaperRow, ...]
    letters: tuple[LetterRow, ...]


def tip_page(*, tip: Tip, reads_identity: bool, clock: Clock) -> TipPage:
    """Return the page in a constant number of queries, whatever the tip holds."""
    tz = tip.office.tz
    refs = (tip.ref(), SubjectRef("matter", tip.matter_id))
    clocks = open_clocks(refs=refs)
    return TipPage(
        header=_header(tip),
        clocks=clock_rows(clocks=clocks, tz=tz, clock=clock),
        raw_clocks=tuple(row for row in clocks if row.subject_kind == "tip"),
        facts=file_facts(matter=tip.matter, rulebook=TIP.adapter.rulebook(tip, clock), tz=tz),
        items=tuple(pending_items(tip, clock)),
        history=history(refs=refs, tz=tz),
        papers=papers(matter_id=tip.matter_id, tz=tz, reads_identity=reads_identity),
        letters=letters(entry=tip),
    )


def _header(tip: Tip) -> Header:
    tz = tip.office.tz
    known = say_short_day(tip.known_on) if tip.known_on else ""
    rows = [
        SummaryRow(_("Nomor"), tip.receipt_number),
        SummaryRow(_("Masuk"), f"{say_instant(tip.submitted_at, tz)}; {tip.get_source_display()}"),
        *outside_numbers(matter_id=tip.matter_id),
        SummaryRow(_("Diketahui pemberi informasi"), known),
        SummaryRow(_("Pemilihan"), tip.contest.name if tip.contest else _("Belum ditentukan")),
        SummaryRow(_("Pemberi informasi"), _informant(tip)),
        SummaryRow(_("Ditemukan"), say_short_day(tip.found_on) if tip.found_on else ""),
    ]
    return Header(
        state=tip.get_state_display(),
        tone=tone_of(tip.state),
        office=tip.office.name,
        facts=tuple(row for row in rows if row.value),
    )


def _informant(tip: Tip) -> str:
    """Say who informs, without a name."""
    named = _("Tanpa nama") if tip.anonymous else _("Menyebut identitas (disegel)")
    return "; ".join(filter(None, (named, knows_respondent() if tip.coworker else "")))
