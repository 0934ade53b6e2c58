"""Examinations and sanctions on the page of an item, and what was read from papers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.codes import SanctionState
from complaints.models import Examination, ReferralItem, Sanction, SanctionStep
from complaints.services.record_sanction_step import NEXT
from complaints.workflow.referral import REFERRAL, SANCTIONS_IN_FORCE
from neutrality.audit.actor import Actor
from neutrality.law.citations import cited
from neutrality.law.clock import Clock, noon_of
from neutrality.law.codes import PeriodCode, SanctionClass
from neutrality.law.labels import label
from neutrality.law.periods import due
from neutrality.ui.dates import say_short_day, say_short_instant
from neutrality.ui.parts import SummaryRow, TimelineEntry


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A step that the handler recorded for this reader's own authority."""

    url: str
    title: str
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class SanctionRow:
    """A sanction with its history, newest last."""

    pk: int
    title: str
    state: str
    in_force: bool
    facts: tuple[SummaryRow, ...]
    steps: tuple[TimelineEntry, ...]
    may_go_on: bool


def examinations_of(item: ReferralItem) -> list[Examination]:
    """Return the examinations of an item with who wrote them down; one query."""
    rows = Examination.objects.filter(item=item).select_related("recorded_by")
    return list(rows.order_by("summoned_on", "pk"))


def examined(row: Examination) -> SummaryRow:
    """Return an examination as a line: who, when, what was said, from which paper."""
    summoned = _("Dipanggil %(day)s") % {"day": say_short_day(row.summoned_on)}
    came = _("tidak datang")
    if row.examined_on:
        came = _("diperiksa %(day)s") % {"day": say_short_day(row.examined_on)}
    lines = (f"{summoned}; {came}", row.minutes, from_paper(row))
    return SummaryRow(row.team, "\n".join(filter(None, lines)))


def from_paper(row: Examination | SanctionStep) -> str:
    """Say that it was read from a paper, and whether whoever acted has confirmed it."""
    if not row.source_dated_on:
        return ""
    words = _("Dicatat dari surat %(number)s, %(day)s") % {
        "number": row.source_number,
        "day": say_short_day(row.source_dated_on),
    }
    state = _("sudah dikonfirmasi") if row.confirmed_at else _("belum dikonfirmasi")
    return f"{words} ({row.acting_party}; {state})"


def sanctions_of(item: ReferralItem) -> list[Sanction]:
    """Return the sanctions of an item with their lives; three queries."""
    rows = Sanction.objects.filter(item=item).prefetch_related("steps__recorded_by")
    return list(rows.order_by("decree_on", "pk"))


def sanction_row(row: Sanction, *, item: ReferralItem, clock: Clock) -> SanctionRow:
    """Return a sanction as a panel: the decree, then what became of it; the law is read once."""
    steps = sorted(row.steps.all(), key=lambda step: (step.happened_on, step.pk))
    return SanctionRow(
        pk=row.pk,
        title=label(SanctionClass(row.sanction_class)),
        state=row.get_state_display(),
        in_force=row.state in SANCTIONS_IN_FORCE,
        facts=(
            SummaryRow(_("Keputusan"), f"{row.decree_number}, {say_short_day(row.decree_on)}"),
            SummaryRow(_("Berlaku sejak"), say_short_day(row.effective_on)),
            *_contest_until(row, item, clock),
        ),
        steps=tuple(
            TimelineEntry(
                title=step.get_state_display(),
                at=say_short_day(step.happened_on),
                body=_news(step),
            )
            for step in steps
        ),
        may_go_on=bool(NEXT[row.state]),
    )


def _contest_until(row: Sanction, item: ReferralItem, clock: Clock) -> list[SummaryRow]:
    """Say until when a fresh decree can be contested, counted from its date.

    When the civil servant received it is not known here.
    """
    if row.state != SanctionState.IMPOSED:
        return []
    rule = REFERRAL.adapter.rulebook(item, clock).period(PeriodCode.APPEAL)
    decreed = noon_of(row.decree_on, item.office.tz)
    last = due(rule, decreed, REFERRAL.adapter.calendar(item)).last_day
    words = _("paling lambat %(day)s, atau %(amount)s %(unit)s sejak keputusan diterima") % {
        "day": say_short_day(last),
        "amount": rule.amount,
        "unit": label(rule.unit),
    }
    return [SummaryRow(_("Keberatan atau banding"), f"{words} ({cited(rule.legal_basis)})")]


def _news(step: SanctionStep) -> str:
    words = label(SanctionClass(step.sanction_class)) if step.sanction_class else ""
    return "\n".join(filter(None, (words, step.note, from_paper(step))))


def facts_to_confirm(
    item: ReferralItem,
    actor: Actor,
    examinations: Iterable[Examination],
    sanctions: Iterable[Sanction],
) -> tuple[Unconfirmed, ...]:
    """Return what the handler wrote down from the agency's papers, for its own officers."""
    if "hr_discipline" not in actor.roles:
        return ()
    steps = [step for row in sanctions for step in row.steps.all()]
    found: list[tuple[str, str, Examination | SanctionStep]] = [
        *(("confirm_examination", row.team, row) for row in examinations),
        *(("confirm_news", step.get_state_display(), step) for step in steps),
    ]
    return tuple(
        Unconfirmed(
            url=reverse(f"hr:{name}", args=[item.public_id, row.pk]),
            title=title,
            at=say_short_instant(row.recorded_at, item.office.tz),
            by=str(row.recorded_by),
        )
        for name, title, row in found
        if row.acting_party and row.confirmed_at is None
    )
