"""One person's obligation as its page shows it: facts, history, what may be done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from neutrality.audit.actor import Actor
from neutrality.casework.histories import history_of
from neutrality.casework.models import Step
from neutrality.casework.offers import Offer, available
from neutrality.law.clock import Clock
from neutrality.ui.dates import say_day, say_instant, say_short_day, say_short_instant
from neutrality.ui.parts import SummaryRow, TimelineEntry
from pledges.codes import ObligationState
from pledges.models import Absence, Contact, Exemption, Obligation, Reminder, Signature
from pledges.selectors.attested import attested_rows
from pledges.selectors.unit_names import UnitNames
from pledges.workflow.actions import ObligationAction
from pledges.workflow.obligation import OBLIGATION

# Tone and icon of a state, wherever it is shown.
LOOKS: Final[dict[str, tuple[str, str]]] = {
    ObligationState.DUE: ("neutral", "circle"),
    ObligationState.INVITED: ("info", "send"),
    ObligationState.SIGNED: ("success", "check"),
    ObligationState.VERIFIED: ("success", "shield"),
    ObligationState.REFUSED: ("danger", "cross"),
    ObligationState.EXEMPT: ("neutral", "pause"),
    ObligationState.LAPSED: ("warning", "clock"),
    ObligationState.ENDED: ("neutral", "exit"),
}


# Steps that no button takes: the system, or a page of their own.
NOT_PRESSED: Final = frozenset(
    {
        ObligationAction.LAPSE,
        ObligationAction.SIGN_ATTENDED,
        ObligationAction.ASK_AGAIN,
        ObligationAction.COUNT_AGAIN,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A state in words, with its tone and icon."""

    label: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """One signature of the history."""

    rows: Sequence[SummaryRow]
    in_force: bool
    has_document: bool
    has_scan: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """What the page of one obligation shows."""

    name: str
    badge: Badge
    rows: Sequence[SummaryRow]
    signatures: Sequence[SignatureLine]
    timeline: Sequence[TimelineEntry]
    offers: Sequence[Offer]
    waiting: Exemption | None
    has_evidence: bool
    has_contact: bool
    is_away: bool


def badge_of(state: str) -> Badge:
    """Return how a state is shown."""
    tone, icon = LOOKS[state]
    return Badge(label=str(ObligationState(state).label), tone=tone, icon=icon)


def person_page(*, obligation: Obligation, actor: Actor, clock: Clock) -> PersonPage:
    """Return the page; a fixed number of queries whatever the history holds."""
    contact = Contact.objects.filter(
        person_id=obligation.person_id,
        agency_id=obligation.round.agency_id,
        ended_at__isnull=True,
    ).exists()
    asked = list(Exemption.objects.filter(obligation=obligation))
    tz = obligation.round.office.tz
    away = _absence(obligation, clock.today_in(tz))
    chased = [*_away(away), *_exempt(obligation, asked), *_reminders(obligation, tz)]
    return PersonPage(
        name=obligation.person.name,
        badge=badge_of(obligation.state),
        rows=[*_rows(obligation, has_contact=contact), *chased],
        signatures=_signatures(obligation, tz),
        timeline=_timeline(obligation, tz),
        offers=_offers(obligation, actor, clock),
        waiting=next((each for each in asked if each.decided_at is None), None),
        has_evidence=any(each.scan_id for each in asked),
        has_contact=contact,
        is_away=away is not None,
    )


def _rows(obligation: Obligation, *, has_contact: bool) -> list[SummaryRow]:
    now, then = obligation.unit_now, obligation.unit_at_snapshot
    units = UnitNames.of_agency(obligation.round.agency_id)
    rows = [
        SummaryRow(_("Jabatan"), obligation.employment.position_title),
        SummaryRow(_("Unit kerja"), units.full(now)),
    ]
    if now != then:
        rows.append(SummaryRow(_("Unit saat putaran dibuka"), units.full(then)))
    due = say_instant(obligation.due_at, obligation.round.office.tz)
    known = _("tercatat (disegel)") if has_contact else _("belum ada")
    return [*rows, SummaryRow(_("Batas waktu"), due), SummaryRow(_("Surel atau telepon"), known)]


def _signatures(obligation: Obligation, tz: ZoneInfo) -> list[SignatureLine]:
    rows = Signature.objects.filter(obligation=obligation).select_related("text")
    return [_signature(row, tz) for row in rows.order_by("-signed_at", "-pk")]


def _signature(row: Signature, tz: ZoneInfo) -> SignatureLine:
    lines = [
        SummaryRow(_("Naskah"), row.text.title),
        SummaryRow(_("Ditandatangani"), say_instant(row.signed_at, tz)),
        SummaryRow(_("Cara"), row.get_kind_display()),
        SummaryRow(_("Pembuktian penanda tangan"), row.get_assurance_display()),
        SummaryRow(_("Sidik naskah"), row.text_sha256),
    ]
    lines += attested_rows(row, tz)
    if row.after_contact_change:
        words = _("kurang dari 24 jam setelah alamatnya diganti; periksa kepada orangnya")
        lines.append(SummaryRow(_("Perhatian"), words))
    if row.late:
        lines.append(SummaryRow(_("Terlambat"), _("ya, setelah putaran ditutup")))
    if row.annulled_at:
        words = f"{say_instant(row.annulled_at, tz)}: {row.annul_reason}"
        lines.append(SummaryRow(_("Dibatalkan"), words))
    return SignatureLine(
        rows=lines,
        in_force=row.annulled_at is None,
        has_document=row.document_id is not None and row.annulled_at is None,
        has_scan=row.scan_id is not None and row.annulled_at is None,
    )


def _exempt(obligation: Obligation, asked: Sequence[Exemption]) -> list[SummaryRow]:
    """Until when somebody need not sign, where the exemption has an end."""
    granted = [each for each in asked if each.granted]
    if obligation.state != ObligationState.EXEMPT or not granted:
        return []
    until = granted[-1].until_on
    return [SummaryRow(_("Dikecualikan sampai dengan"), say_day(until))] if until else []


def _absence(obligation: Obligation, day: date) -> Absence | None:
    return Absence.objects.filter(
        person=obligation.person_id,
        agency=obligation.round.agency_id,
        cancelled_at__isnull=True,
        ends_on__gte=day,
    ).first()


def _away(absence: Absence | None) -> list[SummaryRow]:
    if absence is None:
        return []
    words = _("%(kind)s, %(begin)s sampai %(end)s") % {
        "kind": absence.get_kind_display(),
        "begin": say_short_day(absence.starts_on),
        "end": say_short_day(absence.ends_on),
    }
    return [SummaryRow(_("Tidak hadir"), words)]


def _reminders(obligation: Obligation, tz: ZoneInfo) -> list[SummaryRow]:
    """Return each reminder with its hour and what became of it."""
    rows = Reminder.objects.filter(obligation=obligation).select_related("plan")
    return [
        SummaryRow(
            row.plan.get_step_display(),
            f"{say_short_instant(row.closed_at or row.send_at, tz)}: "
            f"{row.get_outcome_display() or _('direncanakan')}",
        )
        for row in rows.order_by("send_at", "pk")
    ]


def _timeline(obligation: Obligation, tz: ZoneInfo) -> list[TimelineEntry]:
    steps = history_of(kind=OBLIGATION.subject_kind, subject_id=obligation.pk)
    return [_entry(step, tz) for step in reversed(steps)]


def _entry(step: Step, tz: ZoneInfo) -> TimelineEntry:
    tone, icon = LOOKS.get(step.target, ("neutral", "dot"))
    late = step.recorded_at != step.occurred_at
    return TimelineEntry(
        title=_label(step.action),
        at=say_short_instant(step.occurred_at, tz),
        body=step.reason,
        by=step.acting_party or step.actor_label,
        recorded=say_short_instant(step.recorded_at, tz) if late else "",
        tone=tone,
        icon=icon,
        machine_at=step.occurred_at,
    )


def _label(action: str) -> str:
    known: Any = ObligationAction._value2member_map_.get(action)
    return str(known.label) if known else action


def _offers(obligation: Obligation, actor: Actor, clock: Clock) -> list[Offer]:
    offers = available(workflow=OBLIGATION, subject=obligation, actor=actor, clock=clock, clocks=())
    return [offer for offer in offers if offer.action not in NOT_PRESSED]
