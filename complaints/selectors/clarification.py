"""Clarification sessions: on the case page, on their own page, and for the person invited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints import access
from complaints.codes import CaseState, MeetingMode, Oath, PartyKind, SessionState
from complaints.models import (
    AccessCode,
    AllegationResult,
    ClarificationSession,
    Delivery,
    Matter,
    MinutesLine,
    Party,
)
from complaints.selectors.meeting import Badge
from complaints.services.invited_in_time import came_in_time, with_arrival
from complaints.services.plan_session import MOST_INVITATIONS
from complaints.services.write_minutes import mark
from complaints.workflow.case import CASE
from neutrality.audit.actor import Actor
from neutrality.documents.models import Document
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import OutcomeClass, PeriodCode
from neutrality.law.labels import label
from neutrality.ui.dates import say_instant, say_short_instant, say_time
from neutrality.ui.parts import SummaryRow
from neutrality.ui.prepared import Prepared

TONES = {
    SessionState.PLANNED: ("info", "calendar"),
    SessionState.HELD: ("success", "check"),
    SessionState.ABSENT: ("warning", "cross"),
    SessionState.CANCELLED: ("neutral", "cross"),
}


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session in a list."""

    url: str
    who: str
    when: str
    where: str
    ordinal: int
    state: Badge
    delivered: str
    attends: str
    minutes: str


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """How an invitation was handed over."""

    channel: str
    sent: str
    received: str
    proof: str
    file: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the minutes with the mark of its text."""

    position: int
    question: str
    answer: str
    mark: str
    saved: str


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session: facts, invitation, deliveries, minutes."""

    state: Badge
    facts: tuple[SummaryRow, ...]
    deliveries: tuple[DeliveryRow, ...]
    lines: tuple[LineRow, ...]
    invitation: str
    minutes: str
    next_position: int


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session as the invited person sees it."""

    public_id: str
    when: str
    where: str
    how: str
    ordinal: str
    state: Badge
    attends: str
    may_attend: bool
    lines: tuple[LineRow, ...]
    may_confirm: bool
    confirmed: str


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What an invited person may know: own sessions, own minutes, own results."""

    capacity: str
    office: str
    contact: str
    sessions: tuple[OwnSession, ...]
    results: tuple[str, ...]
    decided: str


def who(party: Party) -> str:
    """Return how pages of the staff name a party: a respondent by name, others by alias."""
    name = party.name or party.description
    alias = party.spoken_alias
    return f"{alias} ({name})" if party.kind == PartyKind.RESPONDENT else alias


def sessions_of(*, matter: Matter) -> list[ClarificationSession]:
    """Return the sessions of a matter, soonest first, with their parties; one query."""
    rows = _SESSIONS(matter=matter.pk)
    for row in rows:
        row.matter = matter
    return rows


def _sessions(matter: int) -> QuerySet[ClarificationSession]:
    """Sessions and when their invitation first arrived."""
    rows = ClarificationSession.objects.filter(matter_id=matter).select_related("party")
    rows = with_arrival(rows)
    return rows.only(*_SHOWN).order_by("starts_at", "pk")


_SHOWN: Final = (
    "public_id", "matter_id", "ordinal", "starts_at", "ends_at", "place", "state", "attends_at",
    "confirmed_at", "party__public_id", "party__kind", "party__alias", "party__name",
    "party__description",
)  # fmt: skip
_SESSIONS: Final = Prepared(_sessions)


def session_rows(sessions: Iterable[ClarificationSession]) -> tuple[SessionRow, ...]:
    """Return the sessions of `sessions_of` as the file shows them; no query."""
    return tuple(_row(row) for row in sessions)


def get_session_for(*, actor: Actor, day: date, public_id: str) -> ClarificationSession:
    """Return a session of a matter that the actor may see; raises `access.NotVisible`."""
    visible = access.matters_for(actor=actor, day=day).values("pk")
    joined = ("party", "matter__office__region", "matter__contest__election", "invitation")
    rows = ClarificationSession.objects.select_related(*joined, "minutes", "held_by")
    found = rows.filter(public_id=public_id, matter__in=visible).first()
    if found is None:
        raise access.NotVisible(public_id)
    return found


def session_page(*, session: ClarificationSession) -> SessionPage:
    """Return one session in two queries."""
    tz = session.matter.office.tz
    lines = tuple(line_row(row, session) for row in session.lines.all())
    deliveries = Delivery.objects.filter(document=session.invitation)
    deliveries = deliveries.select_related("proof_file").order_by("pk")
    return SessionPage(
        state=state_badge(session),
        facts=_facts(session),
        deliveries=tuple(
            DeliveryRow(
                channel=str(row.get_channel_display()),
                sent=say_short_instant(row.sent_at, tz),
                received=say_short_instant(row.received_at, tz) if row.received_at else "",
                proof=row.proof,
                file=row.proof_file.public_id if row.proof_file else "",
            )
            for row in deliveries
        ),
        lines=lines,
        invitation=_paper(session.invitation),
        minutes=_paper(session.minutes),
        next_position=max((row.position for row in lines), default=0) + 1,
    )


def short_notice(*, session: ClarificationSession, clock: Clock) -> str:
    """Say that the invitation has not arrived as long before as the law asks, or return nothing.

    Nothing is said while it can still arrive in time, or once the person has come.
    """
    if session.state not in {SessionState.PLANNED, SessionState.ABSENT}:
        return ""
    arrived = Delivery.objects.filter(document=session.invitation, received_at__isnull=False)
    received_at = arrived.aggregate(first=Min("received_at"))["first"]
    rule = CASE.adapter.rulebook(session.matter, clock).period(PeriodCode.INVITATION_NOTICE)
    if came_in_time(
        session=session,
        received_at=received_at or clock.now,
        rule=rule,
        calendar=CASE.adapter.calendar(session.matter),
    ):
        return ""
    words = {"amount": rule.amount, "unit": label(rule.unit), "basis": cited(rule.legal_basis)}
    if received_at is None:
        return (
            _(
                "Belum ada bukti bahwa undangan diterima %(amount)d %(unit)s sebelumnya (%(basis)s)."
                " Ketidakhadiran tidak dihitung sebagai undangan yang sia-sia."
            )
            % words
        )
    return (
        _(
            "Undangan diterima kurang dari %(amount)d %(unit)s sebelumnya (%(basis)s)."
            " Ketidakhadiran tidak dihitung sebagai undangan yang sia-sia."
        )
        % words
    )


def line_row(row: MinutesLine, session: ClarificationSession) -> LineRow:
    """Return one line of the minutes as a page shows it; no query."""
    return LineRow(
        position=row.position,
        question=row.question,
        answer=row.answer,
        mark=mark(row.question, row.answer),
        saved=say_time(row.written_at, session.matter.office.tz),
    )


def minutes_lines(page: SessionPage, typed: LineRow | None = None) -> tuple[LineRow, ...]:
    """Return the lines to write in: those there are, an empty one, and what was typed in vain."""
    empty = LineRow(page.next_position, "", "", "", "")
    lines = {row.position: row for row in (*page.lines, empty)}
    if typed is not None:
        lines[typed.position] = typed
    return tuple(lines[position] for position in sorted(lines))


def line_typed(data: Mapping[str, str], page: SessionPage) -> LineRow:
    """Return the line that was refused, as it was typed; an odd place is the next one."""
    known = {str(row.position) for row in page.lines}
    given = data.get("nomor", "")
    return LineRow(
        position=int(given) if given in known else page.next_position,
        question=data.get("tanya", ""),
        answer=data.get("jawab", ""),
        mark=data.get("tanda", ""),
        saved="",
    )


def parties_to_invite(*, matter: Matter) -> list[tuple[Party, str]]:
    """Return who may be invited now, with the words of a form; two queries."""
    rows = ClarificationSession.objects.filter(matter=matter).exclude(state=SessionState.CANCELLED)
    rows = rows.order_by("hearing", "ordinal")
    latest = {party: rest for party, *rest in rows.values_list("party_id", "state", "ordinal")}
    parties = [(row, _turn_words(latest.get(row.pk))) for row in matter.parties.order_by("pk")]
    return [
        (row, f"{row.get_kind_display()}: {who(row)}{words}")
        for row, words in parties
        if words is not None
    ]


def _turn_words(latest: list[Any] | None) -> str | None:
    """Say which invitation it would be; None while one waits, or after two in vain."""
    if latest is None:
        return ""
    state, ordinal = latest
    if state == SessionState.HELD:
        return f" ({_('sudah didengar; klarifikasi lanjutan')})"
    if state == SessionState.ABSENT and ordinal < MOST_INVITATIONS:
        return f" ({_('undangan kedua')})"
    return None


def invitation_page(*, code: AccessCode) -> InvitationPage:
    """Return what the holder of this code may see: never a reporter, never other respondents."""
    party = code.party
    if party is None:
        raise ValueError("The code opens no invitation.")
    office = party.matter.office
    rows = party.sessions.select_related("matter__office")
    sessions = rows.prefetch_related("lines").order_by("starts_at", "pk")
    return InvitationPage(
        capacity=str(party.get_kind_display()),
        office=office.name,
        contact=", ".join(filter(None, (office.phone, office.email))),
        sessions=tuple(_own(row) for row in sessions),
        results=_results(party),
        decided=_decided(party.matter),
    )


def state_badge(session: ClarificationSession) -> Badge:
    """Return the badge of a session."""
    state = SessionState(session.state)
    tone, icon = TONES[state]
    return Badge(str(state.label), tone, icon)


def when_words(session: ClarificationSession) -> str:
    """Say from when until when, in the zone of the office."""
    tz = session.matter.office.tz
    return _("%(start)s sampai %(end)s") % {
        "start": say_instant(session.starts_at, tz),
        "end": say_time(session.ends_at, tz),
    }


def _row(row: ClarificationSession) -> SessionRow:
    tz = row.matter.office.tz
    received_at: datetime | None = getattr(row, "received_at", None)
    return SessionRow(
        url=reverse("staff:session", args=[row.public_id]),
        who=f"{row.party.get_kind_display()}: {who(row.party)}",
        when=when_words(row),
        where=row.place,
        ordinal=row.ordinal,
        state=state_badge(row),
        delivered=say_short_instant(received_at, tz) if received_at else "",
        attends=say_short_instant(row.attends_at, tz) if row.attends_at else "",
        minutes=say_short_instant(row.confirmed_at, tz) if row.confirmed_at else "",
    )


def _facts(session: ClarificationSession) -> tuple[SummaryRow, ...]:
    tz = session.matter.office.tz
    rows = [
        SummaryRow(_("Yang diundang"), who(session.party)),
        SummaryRow(_("Sebagai"), str(session.party.get_kind_display())),
        SummaryRow(_("Undangan ke-"), str(session.ordinal)),
        _if(_("Klarifikasi lanjutan karena"), session.further_reason),
        SummaryRow(_("Waktu"), when_words(session)),
        SummaryRow(_("Cara"), str(MeetingMode(session.mode).label)),
        SummaryRow(_("Tempat"), session.place),
        _if(_("Alasan daring"), session.mode_reason),
        _if(_("Alasan waktu singkat"), session.short_notice_reason),
        _if(_("Menyatakan akan hadir"), _at(session.attends_at, tz)),
        _if(_("Dimulai"), _at(session.held_at, tz)),
        _if(_("Petugas"), session.held_by.name if session.held_by else ""),
        _if(_("Sumpah"), str(Oath(session.oath).label) if session.held_at else ""),
        _if(_("Catatan sumpah"), session.oath_note),
        _if(_("Keterangan"), session.state_reason),
        _if(_("Berita acara dikonfirmasi"), _at(session.confirmed_at, tz)),
    ]
    return tuple(row for row in rows if row is not None)


def _if(name: str, value: str) -> SummaryRow | None:
    return SummaryRow(name, value) if value else None


def _at(instant: datetime | None, tz: ZoneInfo) -> str:
    return say_instant(instant, tz) if instant else ""


def _paper(document: Document | None) -> str:
    return str(document.public_id) if document else ""


def _own(row: ClarificationSession) -> OwnSession:
    tz = row.matter.office.tz
    held = row.state == SessionState.HELD
    return OwnSession(
        public_id=row.public_id,
        when=when_words(row),
        where=row.place,
        how=str(MeetingMode(row.mode).label),
        ordinal=_("Undangan pertama") if row.ordinal == 1 else _("Undangan kedua"),
        state=state_badge(row),
        attends=say_short_instant(row.attends_at, tz) if row.attends_at else "",
        may_attend=row.state == SessionState.PLANNED and row.attends_at is None,
        lines=tuple(line_row(line, row) for line in row.lines.all()) if held else (),
        may_confirm=held and row.confirmed_at is None,
        confirmed=say_short_instant(row.confirmed_at, tz) if row.confirmed_at else "",
    )


def _results(party: Party) -> tuple[str, ...]:
    """Return the results that concern this respondent; nobody else learns a result here."""
    if party.kind != PartyKind.RESPONDENT:
        return ()
    rows = AllegationResult.objects.filter(
        allegation__respondent=party,
        superseded_at__isnull=True,
        allegation__matter__state__in=[CaseState.DECIDED, CaseState.CLOSED],
    )
    found = rows.order_by("pk").values_list("outcome", flat=True)
    return tuple(dict.fromkeys(str(label(OutcomeClass(code))) for code in found))


def _decided(matter: Matter) -> str:
    decided = matter.state in {CaseState.DECIDED, CaseState.CLOSED} and matter.decided_at
    return say_instant(matter.decided_at, matter.office.tz) if decided and matter.decided_at else ""
