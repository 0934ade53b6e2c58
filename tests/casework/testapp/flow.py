"""The workflow of an errand: small, but with every kind of row that the engine knows."""

from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from neutrality.accounts.roles import Role
from neutrality.audit.actor import ActorKind, OrgRef
from neutrality.audit.record import SubjectRef
from neutrality.casework.adapter import BaseAdapter
from neutrality.casework.refusals import Refusal
from neutrality.casework.workflow import Transition, Workflow
from neutrality.documents.contents import PlainContent
from neutrality.documents.models import Classification
from neutrality.documents.services import DocumentDraft
from neutrality.law.calendar import ClosedDay, OfficeWeek, OpenHours, WorkCalendar
from neutrality.law.codes import CalendarKind, FormRole, PeriodCode, Regime, Unit
from neutrality.law.periods import PeriodRule
from neutrality.law.rulebook import Rulebook
from neutrality.notifications.services import Recipient
from neutrality.organisations.models import Office
from tests.casework.testapp.models import Errand, State

JAKARTA = ZoneInfo("Asia/Jakarta")
KEDIRI = OrgRef(kind="office", id=1, path="RI/35/35.71")
NOTICE = "errand_moved"
CORRECTED = "errand_corrected"
HOURS = OpenHours(opens=time(8), closes=time(16))
CALENDAR = WorkCalendar(
    tz=JAKARTA,
    weeks=(OfficeWeek(hours=dict.fromkeys(range(5), HOURS), working_weekdays=frozenset(range(5))),),
)


def closed(*days):
    """Return the calendar with these days as holidays by a decree."""
    holiday = ClosedDay(CalendarKind.NATIONAL_HOLIDAY, "Hari libur contoh", "SKB contoh")
    return WorkCalendar(tz=JAKARTA, weeks=CALENDAR.weeks, closed_days=dict.fromkeys(days, holiday))


def rule(code, amount, unit=Unit.WORKING_DAY):
    """Return a period of the errands' law."""
    return PeriodRule(code=code, amount=amount, unit=unit, legal_basis="aturan contoh")


RULES = [
    rule(PeriodCode.SERVICE, 1),
    rule(PeriodCode.INITIAL_REVIEW, 2),
    rule(PeriodCode.COMPLETION, 2),
    rule(PeriodCode.BACKDATE_TOLERANCE, 3, Unit.CALENDAR_DAY),
    rule(PeriodCode.CORRECTION, 24, Unit.HOUR),
]


class Action(models.TextChoices):
    """What can be done with an errand."""

    FILE = "FILE", "Ajukan"
    TAKE = "TAKE", "Ambil"
    ASK = "ASK", "Tanyakan"
    ANSWER = "ANSWER", "Jawab"
    DECIDE = "DECIDE", "Putuskan"
    DROP = "DROP", "Hentikan"
    PARK = "PARK", "Tunda"
    RESUME = "RESUME", "Lanjutkan"
    NOTE = "NOTE", "Catat"
    REOPEN = "REOPEN", "Buka kembali"
    REROUTE = "REROUTE", "Alihkan"


def not_blocked(errand, act):
    """Tugas tidak sedang diblokir."""
    return Refusal("blocked", "Tugas ini diblokir.") if errand.is_blocked else None


def outcome_is_named(errand, act):
    """Hasil keputusan disebutkan."""
    return None if act.data.get("outcome") else Refusal("no_outcome", "Sebutkan hasilnya.")


class ErrandAdapter(BaseAdapter[Errand]):
    """Errands of the office of Kediri under a law of five periods."""

    model = Errand
    calendar_now = CALENDAR

    def organisation(self, subject):
        return OrgRef(kind="office", id=1, path=subject.office_path)

    def excludes(self, subject, actor, clock):
        return actor.label == "Kerabat"

    def is_party(self, subject, actor):
        return actor.kind is ActorKind.SYSTEM or actor.party_ref == f"errand:{subject.pk}"

    def rulebook(self, subject, clock):
        empty: dict[Any, Any] = {}
        return Rulebook(
            regime=Regime.PEMILU,
            day=clock.today_in(JAKARTA),
            periods={row.code: row for row in RULES},
            forms=empty,
            requirement_rows=(),
            violations=empty,
            other_law_rows=(),
            quorums=empty,
            coordination=empty,
            routes=empty,
            sanctions=empty,
            retentions=empty,
            numbers=empty,
            policies=empty,
            stage_hours=empty,
        )

    def calendar(self, subject):
        return self.calendar_now

    def recipients(self, kind, subject):
        return [Recipient(address="loket@kantor.example")]

    def after(self, transition, subject, act):
        if transition.action == Action.DECIDE:
            return {"decided_at": act.occurred_at, "decided_by": act.actor.user_id}
        if transition.action == Action.REOPEN:
            return {"decided_at": None, "decided_by": None}
        if transition.action == Action.REROUTE:
            return {"office_path": act.data["office_path"]}
        return {}

    def document(self, transition, subject, act):
        content = PlainContent(introduction=("Tugas contoh selesai.",))
        return DocumentDraft(
            content=content.as_content(),
            role=FormRole.RECOMMENDATION,
            form_code="",
            classification=Classification.CASE,
            title="Pemberitahuan contoh",
            office=Office.objects.get(path=subject.office_path),
            subject=SubjectRef("errand", subject.pk),
            number="",
        )


WORK = frozenset({State.OPEN, State.WAITING})
ERRAND = Workflow(
    name="errand",
    subject_kind="errand",
    title="Tugas",
    states=State,
    initial=State.NEW,
    terminal=frozenset({State.DONE, State.DROPPED}),
    correction_notice=CORRECTED,
    adapter=ErrandAdapter(),
    transitions=(
        Transition(
            action=Action.FILE,
            sources=frozenset(),
            target=State.NEW,
            actors=frozenset({ActorKind.CITIZEN, Role.INTAKE}),
            starts=(PeriodCode.SERVICE,),
            notifies=(NOTICE,),
            public_label="Tugas diajukan",
            basis="aturan contoh 1",
        ),
        Transition(
            action=Action.TAKE,
            sources=frozenset({State.NEW}),
            target=State.OPEN,
            actors=frozenset({Role.HANDLER}),
            guards=(not_blocked,),
            stops=(PeriodCode.SERVICE,),
            starts=(PeriodCode.INITIAL_REVIEW,),
            notifies=(NOTICE,),
            public_label="Tugas dikerjakan",
            basis="aturan contoh 2",
            main=True,
        ),
        Transition(
            action=Action.ASK,
            sources=frozenset({State.OPEN}),
            target=State.WAITING,
            actors=frozenset({Role.HANDLER}),
            stops=(PeriodCode.INITIAL_REVIEW,),
            starts=(PeriodCode.COMPLETION,),
            basis="aturan contoh 3",
            needs_reason=True,
        ),
        Transition(
            action=Action.ANSWER,
            sources=frozenset({State.WAITING}),
            target=State.OPEN,
            actors=frozenset({ActorKind.CITIZEN, Role.LIAISON}),
            recorders=frozenset({Role.HANDLER}),
            stops=(PeriodCode.COMPLETION,),
            starts=(PeriodCode.INITIAL_REVIEW,),
            basis="aturan contoh 4",
            main=True,
        ),
        Transition(
            action=Action.DECIDE,
            sources=frozenset({State.OPEN}),
            target=State.DONE,
            actors=frozenset({Role.COMMISSIONER}),
            guards=(not_blocked, outcome_is_named),
            stops=(PeriodCode.INITIAL_REVIEW,),
            form=FormRole.RECOMMENDATION,
            notifies=(NOTICE,),
            basis="aturan contoh 5",
            main=True,
        ),
        Transition(
            action=Action.DROP,
            sources=frozenset({State.WAITING}),
            target=State.DROPPED,
            actors=frozenset({Role.HANDLER}),
            stops=(PeriodCode.COMPLETION,),
            basis="aturan contoh 6",
            proposed_when_missed=PeriodCode.COMPLETION,
            correctable=False,
        ),
        Transition(
            action=Action.PARK,
            sources=WORK,
            target=State.PARKED,
            actors=frozenset({Role.HANDLER}),
            basis="aturan contoh 7",
        ),
        Transition(
            action=Action.RESUME,
            sources=frozenset({State.PARKED}),
            target=None,
            actors=frozenset({Role.HANDLER}),
            basis="aturan contoh 7",
            returns=True,
        ),
        Transition(
            action=Action.NOTE,
            sources=WORK,
            target=None,
            actors=frozenset({Role.HANDLER}),
            basis="aturan contoh 8",
        ),
        Transition(
            action=Action.REROUTE,
            sources=frozenset({State.NEW}),
            target=None,
            actors=frozenset({Role.SUPERVISOR}),
            basis="aturan contoh 10",
        ),
        Transition(
            action=Action.REOPEN,
            sources=frozenset({State.DONE}),
            target=State.OPEN,
            actors=frozenset({Role.COMMISSIONER}),
            starts=(PeriodCode.INITIAL_REVIEW,),
            basis="aturan contoh 9",
            needs_reason=True,
            reopens=True,
        ),
    ),
)
