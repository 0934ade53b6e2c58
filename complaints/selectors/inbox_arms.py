"""What each kind of work is in the database: the reader's own, and nobody else's to do.

Every arm is a query of the same eleven columns, so that all of them are asked for at once. What
waits for another person (the reporter, a second person, a delegated office, the plenary) is in no
arm of this person. Work of an office is for those who hold the role at that very office.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, JSONObject, Left, NullIf

from complaints import access
from complaints.codes import (
    CaseState,
    Direction,
    HandlingRole,
    ItemOutcome,
    ReferralState,
    ReportState,
    SessionState,
    TipState,
)
from complaints.models import (
    AccountWording,
    AgendaItem,
    Assessment,
    ClarificationSession,
    ClockAlarm,
    DataRequest,
    Delivery,
    Derivative,
    DutyShift,
    Handling,
    InformationRequest,
    Matter,
    Message,
    OutsideTask,
    Recusal,
    Report,
    Tip,
    Vote,
)
from complaints.models.hearing import SESSION_OPEN
from complaints.services.plenary_rows import UNDECIDED
from neutrality.accounts.models import RoleGrant
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor, ActorKind
from neutrality.casework.models import ClockState, LegalClock, RequestState, SecondPersonRequest
from neutrality.law.codes import PeriodCode
from neutrality.organisations.models import ROOT_OFFICE

# More of one kind than this are counted as "more than".
CAP: Final = 99
# Stand for the present and the next day while the SQL is written; no row has such an instant.
NOW: Final = datetime(1, 1, 2, tzinfo=UTC)
SOON: Final = datetime(1, 1, 3, tzinfo=UTC)
COLUMNS: Final = (
    "kind", "key", "public", "name", "line", "person", "place", "due_at", "office", "version", "since",
)  # fmt: skip
_HANDLED: Final = (
    CaseState.REGISTERED,
    CaseState.CLARIFICATION,
    CaseState.ASSESSMENT,
    CaseState.DECIDED,
)
_HEARD: Final = (CaseState.REGISTERED, CaseState.CLARIFICATION, CaseState.ASSESSMENT)
_ASSESSED: Final = (CaseState.CLARIFICATION, CaseState.ASSESSMENT)
# What is looked into before anything is registered: somebody may be heard, or it may be referred.
_REVIEWED: Final = (
    ReportState.RECEIVED,
    ReportState.INITIAL_REVIEW,
    ReportState.AWAITING_COMPLETION,
)
_TRACED: Final = (TipState.RECORDED, TipState.TRACING)
USER: Final = ActorKind.USER
Arm = QuerySet[Any, Any]


class _Checked(Func):
    """A condition that is checked row by row: half of the country's files are nobody's.

    Without it the planner fetches all of them from the index of officers.
    """

    template = "((%(expressions)s) IS TRUE)"
    output_field = BooleanField()
    conditional = True


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, in which roles of which offices, on which day."""

    actor: Actor
    day: date
    roles: frozenset[str]

    @property
    def id(self) -> int:
        """The reader's account."""
        return self.actor.user_id or 0

    def paths(self) -> list[str]:
        """The offices where one of the roles is held, not those below."""
        held = [grant.at for grant in self.actor.grants if grant.role in self.roles]
        return sorted({ROOT_OFFICE if at.kind == "national" else at.path for at in held})

    def own(self, prefix: str = "") -> Q:
        """The condition that something lies at one of these offices."""
        return Q(**{f"{prefix}office_path__in": self.paths()})

    def mine(self, prefix: str = "") -> Q:
        """The same, and it is nobody else's."""
        nobody = Q(**{f"{prefix}assignee__isnull": True})
        free = nobody | Q(**{f"{prefix}assignee_id": self.id})
        return self.own(prefix) & Q(_Checked(ExpressionWrapper(free, BooleanField())))

    def seen(self, rows: QuerySet[Any], matter: str = "matter_id") -> QuerySet[Any]:
        """Leave out the files that a relation keeps from the reader."""
        return access.without_conflicts(rows, actor=self.actor, day=self.day, matter=matter)


def submitted(reader: Reader) -> Arm:
    """Reports that came in and wait to be received.

    Who was chosen to handle one later does not receive it: then it is still everybody's here.
    """
    counter = RoleGrant.objects.on(reader.day).filter(
        user_id=OuterRef("assignee_id"), role=Role.INTAKE
    )
    rows = access.reports_for(actor=reader.actor, day=reader.day)
    rows = rows.filter(reader.own(), state=ReportState.SUBMITTED)
    # Asked in this order: most have nobody, and then nobody's roles are looked up.
    mine = Q(assignee__isnull=True) | Q(assignee_id=reader.id) | ~Exists(counter)
    return _numbered(rows.filter(mine))


def transferred(reader: Reader) -> Arm:
    """Reports that another office has handed over."""
    return _reports(reader, Q(state=ReportState.TRANSFERRED))


def reviewed(reader: Reader) -> tuple[Arm, ...]:
    """Reports in the initial review, unless the plenary has the word.

    By state, because each of them lies in the index by the end of its clock.
    """
    waits = AgendaItem.objects.filter(report=OuterRef("pk"), outcome=ItemOutcome.PENDING)
    states = (ReportState.RECEIVED, ReportState.INITIAL_REVIEW)
    return tuple(_reports(reader, Q(state=state) & ~Q(Exists(waits))) for state in states)


def not_completed(reader: Reader) -> Arm:
    """Reports whose time for completion is over: a step is to be chosen."""
    late = _open_clocks(PeriodCode.COMPLETION).filter(
        organisation_path__in=reader.paths(), due_at__lt=NOW
    )
    return _reports(reader, Q(state=ReportState.AWAITING_COMPLETION) & Q(Exists(late)))


def notices(reader: Reader) -> Arm:
    """Notices of incompleteness that must be sent, or whose arrival nobody has recorded.

    The time for completion runs from the proof of delivery only; until then no clock does.
    """
    to_be_sent = Exists(_open_clocks(PeriodCode.NOTIFY_INCOMPLETE))
    unknown = Q(due_at__isnull=True) | Q(to_be_sent)
    return _reports(reader, Q(state=ReportState.AWAITING_COMPLETION) & unknown)


def _open_clocks(code: PeriodCode) -> QuerySet[LegalClock]:
    return LegalClock.objects.filter(
        subject_kind="report", subject_id=OuterRef("pk"), code=code, state=ClockState.OPEN
    )


def traced(reader: Reader) -> Arm:
    """Tips to be looked into, unless another office does or the plenary has the word."""
    states = (TipState.RECORDED, TipState.TRACING, TipState.TRANSFERRED)
    waits = AgendaItem.objects.filter(tip=OuterRef("pk"), outcome=ItemOutcome.PENDING)
    away = Handling.objects.filter(
        matter=OuterRef("matter_id"), role=HandlingRole.DELEGATED, until_at__isnull=True
    )
    rows = access.tips_for(actor=reader.actor, day=reader.day)
    rows = rows.filter(reader.mine(), ~Exists(waits), ~Exists(away), state__in=states)
    return _entries(rows, "tip", F("receipt_number"))


def delegated(reader: Reader) -> Arm:
    """Tips whose tracing another office has delegated to this one."""
    here = Handling.objects.filter(
        matter=OuterRef("matter_id"),
        role=HandlingRole.DELEGATED,
        until_at__isnull=True,
        office__path__in=reader.paths(),
    )
    rows = access.delegated_tips_for(actor=reader.actor, day=reader.day).filter(Exists(here))
    return _entries(rows, "delegated_tip", F("receipt_number"))


def letters(reader: Reader) -> Arm:
    """Messages that nobody of the office has read."""
    rows = Message.objects.filter(direction=Direction.FROM_PARTY, read_at__isnull=True)
    rows = rows.annotate(
        whose=Coalesce("report__assignee", "tip__assignee", "party__matter__assignee"),
        where=Coalesce("report__office_path", "tip__office_path", "party__matter__office_path"),
        file=Coalesce("report__matter", "tip__matter", "party__matter"),
    )
    mine = Q(whose__isnull=True) | Q(whose=reader.id)
    rows = reader.seen(rows.filter(mine, where__in=reader.paths()), "file")
    public = Coalesce("report__public_id", "tip__public_id", "party__matter__public_id")
    name = Coalesce(
        NullIf("report__number", Value("")),
        "report__receipt_number",
        "tip__receipt_number",
        "party__matter__title",
    )
    kind = Case(
        When(report__isnull=False, then=Value("report_letter")),
        When(tip__isnull=False, then=Value("tip_letter")),
        default=Value("party_letter"),
        output_field=CharField(),
    )
    office = Coalesce("report__office_id", "tip__office_id", "party__matter__office_id")
    line = Coalesce("report__act_line", "tip__act_line", "party__alias")
    place = Coalesce("party__public_id", Value(""))
    return _arm(
        rows,
        kind=kind,
        public=public,
        name=name,
        line=line,
        place=place,
        office=office,
        since="sent_at",
    )


def sessions(reader: Reader) -> Arm:
    """Sessions that are near or over, whose invitation has no proof, or whose minutes are open.

    The next of each file: a case, or what is looked into before anything is registered.
    """
    proof = Delivery.objects.filter(document=OuterRef("invitation"), received_at__isnull=False)
    near = ~Q(state=SessionState.PLANNED) | Q(starts_at__lt=SOON) | ~Q(Exists(proof))
    rows = ClarificationSession.objects.filter(SESSION_OPEN, near)
    earlier = Q(starts_at__lt=OuterRef("starts_at"))
    earlier |= Q(starts_at=OuterRef("starts_at"), pk__lt=OuterRef("pk"))
    first = ~Exists(rows.filter(earlier, matter=OuterRef("matter")))
    free = Q(assignee__isnull=True) | Q(assignee_id=reader.id)
    rows = rows.filter(reader.own(), first, Q(_file(free & _runs(_HEARD, _REVIEWED, _TRACED))))
    told = JSONObject(public="public_id", party="party__alias", state="state")
    return _arm(
        reader.seen(rows),
        kind="session",
        public=F("matter__public_id"),
        name=F("matter__title"),
        place=Cast(told, TextField()),
        due_at=F("starts_at"),
        office=F("matter__office_id"),
        since="matter__opened_at",
    )


def _file(condition: Q) -> _Checked:
    """The row's file meets a condition: looked up for each row that the index has found.

    Joined, all files of the country would be read for the few of one office.
    """
    found = Matter.objects.filter(condition, pk=OuterRef("matter")).values(yes=Value(value=True))
    return _Checked(Subquery(found[:1]))


def _runs(
    cases: tuple[CaseState, ...], reports: tuple[ReportState, ...], tips: tuple[TipState, ...]
) -> Q:
    """The matter is a case in one of these states, or has a report or tip in one and is none."""
    early = Q(Exists(Report.objects.filter(matter=OuterRef("pk"), state__in=reports)))
    early |= Q(Exists(Tip.objects.filter(matter=OuterRef("pk"), state__in=tips)))
    return Q(state__in=cases) | (Q(state=CaseState.INTAKE) & early)


def matters(reader: Reader) -> Arm:
    """Cases in hand, unless an assessment waits for the approval of a second person."""
    waits = Assessment.objects.filter(matter=OuterRef("pk")).order_by("-version")
    by_me = Subquery(
        waits.annotate(
            waits=Case(
                When(approved_at__isnull=True, written_by_id=reader.id, then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            )
        ).values("waits")[:1]
    )
    rows = access.matters_for(actor=reader.actor, day=reader.day)
    rows = rows.filter(reader.mine(), state__in=_HANDLED).annotate(waits=by_me)
    rows = rows.exclude(state=CaseState.ASSESSMENT, waits=1)
    return _arm(
        rows,
        kind="matter",
        name=F("title"),
        line=F("state"),
        due_at=F("due_at"),
        office=F("office_id"),
        version=F("version"),
        since="opened_at",
    )


def agenda(reader: Reader) -> Arm:
    """Items on which the reader has still a word: not voted, not stood aside."""
    voted = Vote.objects.filter(item=OuterRef("pk"), member_id=reader.id)
    aside = Recusal.objects.filter(item=OuterRef("pk"), member_id=reader.id)
    rows = access.agenda_for(actor=reader.actor, day=reader.day)
    rows = rows.filter(UNDECIDED, ~Exists(voted), ~Exists(aside), reader.own())
    return _arm(
        rows,
        kind="agenda_item",
        name=F("matter__title"),
        line=F("kind"),
        office=F("office_id"),
        since="proposed_at",
    )


def returned(reader: Reader) -> Arm:
    """Items that a body has sent back."""
    rows = access.items_for(actor=reader.actor, day=reader.day, side="office")
    rows = rows.filter(reader.own(), state=ReferralState.RETURNED)
    return _arm(
        rows,
        kind="referral_item",
        name=Coalesce(NullIf("respondent__name", Value("")), "respondent__alias"),
        line=Coalesce("body__name", "agency__name"),
        due_at=F("due_at"),
        office=F("office_id"),
        version=F("version"),
        since="sent_at",
    )


def assessments(reader: Reader) -> Arm:
    """The latest assessments of others that wait for a second person.

    Also of what is to be referred at once, without a case.
    """
    runs = _file(_runs(_ASSESSED, (ReportState.INITIAL_REVIEW,), (TipState.TRACING,)))
    newer = Assessment.objects.filter(matter=OuterRef("matter"), version__gt=OuterRef("version"))
    # Two stretches of the index instead of "not mine": who writes all of them passes none over.
    others = Q(written_by_id__lt=reader.id) | Q(written_by_id__gt=reader.id)
    rows = Assessment.objects.filter(reader.own(), others, Q(runs), approved_at__isnull=True)
    rows = reader.seen(rows.filter(~Exists(newer)))
    return _arm(
        rows,
        kind="assessment",
        key=F("matter_id"),
        public=F("matter__public_id"),
        name=F("matter__title"),
        line=Cast("version", TextField()),
        due_at=F("matter__due_at"),
        office=F("matter__office_id"),
        version=F("version"),
        since="matter__opened_at",
    )


def copies(reader: Reader) -> Arm:
    """Copies of evidence that somebody else has prepared for a recipient."""
    rows = Derivative.objects.filter(
        ~Q(audience="STAFF"),
        ~Q(made_by_id=reader.id),
        reader.own("evidence__matter__"),
        released_at__isnull=True,
        declined_at__isnull=True,
    )
    rows = reader.seen(rows, "evidence__matter_id")
    return _arm(
        rows,
        kind="derivative",
        name=F("evidence__matter__title"),
        line=F("audience"),
        office=F("evidence__matter__office_id"),
        since="made_at",
    )


def wordings(reader: Reader) -> Arm:
    """Wordings of an account that somebody else has written for a recipient."""
    rows = AccountWording.objects.filter(
        ~Q(made_by_id=reader.id),
        reader.own("matter__"),
        released_at__isnull=True,
        declined_at__isnull=True,
    )
    rows = reader.seen(rows)
    return _arm(
        rows,
        kind="account_wording",
        public=F("matter__public_id"),
        name=F("matter__title"),
        line=F("audience"),
        place=F("public_id"),
        office=F("matter__office_id"),
        since="made_at",
    )


def second_words(reader: Reader) -> Arm:
    """Corrections and acts dated back that somebody else has asked for."""
    rows = SecondPersonRequest.objects.filter(~Q(recorded_by_id=reader.id), state=RequestState.OPEN)
    rows = rows.annotate(about=_subject(reader)).filter(about__isnull=False)
    return _arm(
        rows,
        kind="second_word",
        person=F("subject_kind"),
        public=Value(""),
        name=Value(""),
        line=F("kind"),
        place=Cast("about", TextField()),
        office=Cast(Value(None), BigIntegerField()),
        since="recorded_at",
    )


def requests(reader: Reader) -> Arm:
    """Requests for information that wait for the answer of the office."""
    rows = access.register_for(
        InformationRequest.objects.filter(reader.own(), answer=""),
        actor=reader.actor,
        day=reader.day,
    )
    return _register(rows, "information_request", F("number"), F("standing"))


def tasks(reader: Reader) -> Arm:
    """What SBT, LAPOR! and other authorities ask of the office."""
    rows = access.register_for(
        OutsideTask.objects.filter(reader.own(), answer=""), actor=reader.actor, day=reader.day
    )
    return _register(rows, "outside_task", F("external_number"), F("sender"))


def data_requests(reader: Reader) -> Arm:
    """Wishes of people to have their data mended or erased."""
    rows = DataRequest.objects.filter(reader.own("matter__"), answered_at__isnull=True)
    rows = reader.seen(rows)
    return _arm(
        rows,
        kind="data_request",
        name=F("kind"),
        line=Value(""),
        due_at=F("due_at"),
        office=F("matter__office_id"),
        since="asked_at",
    )


def alarms(reader: Reader) -> Arm:
    """Clocks that end before the office opens: for who is on duty, and then for the heads."""
    duty = DutyShift.objects.filter(
        office=OuterRef("office_id"),
        user_id=reader.id,
        starts_on__lte=reader.day,
        ends_on__gte=reader.day,
    )
    heads = Reader(reader.actor, reader.day, frozenset({str(Role.SUPERVISOR)})).paths()
    to_me = Exists(duty) | Q(office__path__in=heads) & (
        Q(to_heads=True) | Q(escalated_at__isnull=False)
    )
    rows = ClockAlarm.objects.filter(
        to_me, taken_at__isnull=True, clock__state=ClockState.OPEN, clock__due_at=F("due_at")
    )
    rows = reader.seen(rows)
    return _arm(
        rows,
        kind="clock_alarm",
        public=F("public"),
        person=F("clock__subject_kind"),
        name=F("matter__title"),
        line=F("clock__code"),
        due_at=F("due_at"),
        office=F("office_id"),
        since="raised_at",
    )


def _reports(reader: Reader, which: Q) -> Arm:
    rows = access.reports_for(actor=reader.actor, day=reader.day)
    return _numbered(rows.filter(reader.mine() & which))


def _numbered(rows: QuerySet[Any]) -> Arm:
    return _entries(rows, "report", Coalesce(NullIf("number", Value("")), "receipt_number"))


def _entries(rows: QuerySet[Any], kind: str, number: Any) -> Arm:  # noqa: ANN401
    return _arm(
        rows,
        kind=kind,
        name=number,
        line=Coalesce(NullIf("act_line", Value("")), Left("account", 80)),
        person=F("respondent_line"),
        place=F("agency_line"),
        due_at=F("due_at"),
        office=F("office_id"),
        version=F("version"),
        since="submitted_at",
    )


def _register(rows: QuerySet[Any], kind: str, name: Any, line: Any) -> Arm:  # noqa: ANN401
    return _arm(
        rows,
        kind=kind,
        name=name,
        line=line,
        due_at=F("due_at"),
        office=F("office_id"),
        since="received_at",
    )


def _subject(reader: Reader) -> Case:
    """Return what a request is about, as far as the reader may see it: its address and name."""
    given: dict[str, Any] = {"actor": reader.actor, "day": reader.day}
    number = Coalesce(NullIf("number", Value("")), "receipt_number")
    person = Coalesce(NullIf("respondent__name", Value("")), "respondent__alias")
    known = {
        "report": (access.reports_for(**given), number),
        "tip": (access.tips_for(**given), F("receipt_number")),
        "matter": (access.matters_for(**given), F("title")),
        "referral_item": (access.items_for(**given, side="office"), person),
    }
    return Case(
        *(
            When(subject_kind=kind, then=Subquery(_told(rows.filter(reader.own()), name)))
            for kind, (rows, name) in known.items()
        ),
        default=Value(None, JSONField()),
        output_field=JSONField(),
    )


def _told(rows: QuerySet[Any], name: Any) -> QuerySet[Any, Any]:  # noqa: ANN401
    told = JSONObject(public="public_id", name=name)
    return rows.filter(pk=OuterRef("subject_id")).order_by().values(told=told)[:1]


_EMPTY: Final[dict[str, Any]] = {
    "key": F("pk"),
    "public": F("public_id"),
    "line": Value(""),
    "person": Value(""),
    "place": Value(""),
    "due_at": Cast(Value(None), DateTimeField()),
    "version": Value(0),
}


def _arm(
    rows: QuerySet[Any],
    *,
    kind: Any,  # noqa: ANN401
    since: str,
    order: str = "",
    **columns: Any,  # noqa: ANN401
) -> Arm:
    """Return the rows as the eleven columns, the soonest first, in the order of an index."""
    given = {**_EMPTY, **columns, "kind": Value(kind) if isinstance(kind, str) else kind}
    given["since"] = F(since)
    by = "w_due_at" if "due_at" in columns else "w_since"
    made = {f"w_{name}": given[name] for name in COLUMNS}
    named = rows.annotate(**made).order_by(order or by, "pk")
    arm: Arm = named.values_list(*made)
    return arm
