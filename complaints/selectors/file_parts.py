"""The parts that every file page shows: clocks with their count, history, papers, mailbox."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import JSONField, Model, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.codes import Direction
from complaints.models import Message, Report, Tip
from complaints.selectors.filing import DayRow, day_row
from neutrality.accounts.roles import Role
from neutrality.audit.record import SubjectRef
from neutrality.casework import registry
from neutrality.casework.clocks import explain, rule_of
from neutrality.casework.models import ClockState, LegalClock, Step, StepKind
from neutrality.documents.models import Classification, Document, DocumentState
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import Certainty, PeriodCode
from neutrality.law.labels import label
from neutrality.ui.dates import say_instant, say_short_day, say_short_instant
from neutrality.ui.due import DueWords, due_words
from neutrality.ui.parts import Change, TimelineEntry
from neutrality.ui.prepared import Prepared

M = TypeVar("M", bound=Model)

# A document's content and a step's former columns are long, and no list shows them.
_STEP: Final = (
    "subject_kind",
    "kind",
    "action",
    "target",
    "occurred_at",
    "recorded_at",
    "actor_label",
    "reason",
    "acting_party",
    "source_number",
    "source_dated_on",
    "confirmed_at",
    "voided_at",
    "document__title",
    "document__role",
    "second_person__name",
)
_PAPER: Final = (
    "public_id",
    "role",
    "title",
    "form_code",
    "number",
    "issued_at",
    "classification",
    "state",
    "subject_kind",
    "subject_id",
)
TONES: Final = {
    "SUBMITTED": "warning",
    "RECORDED": "warning",
    "TRANSFERRED": "warning",
    "RETURNED": "warning",
    "AWAITING_COMPLETION": "waiting",
    "NOT_REGISTERED": "neutral",
    "WITHDRAWN": "neutral",
    "CLOSED": "neutral",
    "CANCELLED": "neutral",
    "REGISTERED": "success",
    "FINDING": "success",
    "DECIDED": "success",
    "SANCTIONED": "success",
    "NOT_FOLLOWED_UP": "danger",
}
"""The tone of a state's badge; the words say it already. Everything else is in progress."""


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A period: until when, how it stands, by which rule, and the count day by day.

    `doubt` says how sure the rule is where no source was found for it, `note` why (in Indonesian).
    """

    title: str
    due: str
    words: DueWords
    started: str
    rule: str
    basis: str
    doubt: str
    note: str
    days: tuple[DayRow, ...]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A document of the file; a sealed one opens only after a reason was given."""

    public_id: str
    title: str
    form_code: str
    number: str
    at: str
    kind: str
    sealed: bool
    state: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One message of the mailbox as the office sees it."""

    from_office: bool
    body: str
    at: str
    by: str
    read: str
    files: tuple[tuple[str, str], ...] = ()


def tone_of(state: str) -> str:
    """Return the tone of the badge of a state."""
    return TONES.get(state, "info")


def open_clocks(*, refs: Collection[SubjectRef]) -> list[LegalClock]:
    """Return the running clocks of these subjects, soonest first; one query."""
    return asked(_open_clocks, refs)


def _open_clocks(about: Q) -> QuerySet[LegalClock]:
    return LegalClock.objects.filter(about, state=ClockState.OPEN).order_by("due_at", "pk")


def clock_rows(*, clocks: Iterable[LegalClock], tz: ZoneInfo, clock: Clock) -> tuple[ClockRow, ...]:
    """Return running clocks in words, each with the count of its days; no query."""
    return tuple(_clock_row(row, tz, clock) for row in clocks)


def history(*, refs: Collection[SubjectRef], tz: ZoneInfo) -> tuple[TimelineEntry, ...]:
    """Return what was done with these subjects, newest first; one query."""
    return tuple(step_entry(step, tz) for step in asked(_steps, refs))


def _steps(about: Q) -> QuerySet[Step]:
    rows = Step.objects.filter(about).select_related("document", "second_person")
    return rows.only(*_STEP).order_by("-recorded_at", "-pk")


def changes_since(*, ref: SubjectRef, version: int | None, tz: ZoneInfo) -> tuple[Change, ...]:
    """Return the steps that a page with this version has not shown; without one the last step."""
    steps = Step.objects.filter(_about([ref])).order_by("-sequence")
    shown = steps[:1] if version is None else steps.filter(sequence__gt=version)[:10]
    return tuple(
        Change(
            title=_title(step),
            at=say_short_instant(step.recorded_at, tz),
            by=step.actor_label,
        )
        for step in shown
    )


def papers(
    *, matter_id: int, tz: ZoneInfo, reads_identity: bool, refs: Collection[SubjectRef] = ()
) -> tuple[PaperRow, ...]:
    """Return the documents of a file, newest first; one query.

    Who may read identities sees the sealed ones instead of their nameless twins. With `refs`
    only those about these subjects.
    """
    read = _NAMED_PAPERS if reads_identity else _NAMELESS_PAPERS
    if not refs:
        return tuple(paper_row(row, tz) for row in read(matter=matter_id))
    wanted = {(ref.kind, ref.id) for ref in refs}
    rows = (row for row in read(matter=matter_id) if (row.subject_kind, row.subject_id) in wanted)
    return tuple(paper_row(row, tz) for row in rows)


def _papers(matter: int) -> QuerySet[Document]:
    rows = Document.objects.filter(matter_ref=matter).exclude(state=DocumentState.DRAFT)
    return rows.order_by("-issued_at", "-pk").only(*_PAPER)


_NAMED_PAPERS: Final = Prepared(lambda matter: _papers(matter).filter(twin_of__isnull=True))
_NAMELESS_PAPERS: Final = Prepared(
    lambda matter: _papers(matter).exclude(classification=Classification.IDENTITY)
)


def reads_identity(roles: Collection[str]) -> bool:
    """Whether one of these roles may open what names a reporter."""
    return bool({Role.INTAKE, Role.HANDLER, Role.COMMISSIONER} & set(roles))


def letters(*, entry: Report | Tip) -> tuple[LetterRow, ...]:
    """Return the mailbox of a report or tip, oldest first; one query."""
    side = Q(report=entry) if isinstance(entry, Report) else Q(tip=entry)
    rows = with_files(Message.objects.filter(side))
    return tuple(letter_row(row, entry.office.tz) for row in rows)


def with_files(rows: QuerySet[Message]) -> QuerySet[Message]:
    """Give messages their writer and files, oldest first."""
    file = JSONObject(name="evidence__original_name", id="evidence__public_id")
    files = JSONBAgg(file, filter=Q(evidence__isnull=False), default=Value([], JSONField()))
    return rows.select_related("sent_by").annotate(files=files).order_by("sent_at", "pk")


def _about(refs: Collection[SubjectRef]) -> Q:
    return _any_of((ref.kind, ref.id) for ref in refs)


def _any_of(pairs: Iterable[tuple[str, int]]) -> Q:
    condition = Q(pk__in=[])
    for kind, key in pairs:
        condition |= Q(subject_kind=kind, subject_id=key)
    return condition


def asked(make: Callable[[Q], QuerySet[M]], refs: Collection[SubjectRef]) -> list[M]:
    """Ask for what is about these subjects; the SQL is written once for their kinds and number."""
    keys = {f"key_{place}": ref.id for place, ref in enumerate(refs)}
    return _prepared(make, tuple(ref.kind for ref in refs))(**keys)


@lru_cache(maxsize=128)
def _prepared(make: Callable[[Q], QuerySet[M]], kinds: tuple[str, ...]) -> Prepared[M, M]:
    def about(**keys: int) -> QuerySet[M]:
        return make(_any_of(zip(kinds, keys.values(), strict=True)))

    return Prepared(about, names={f"key_{place}": int for place in range(len(kinds))})


def _clock_row(row: LegalClock, tz: ZoneInfo, clock: Clock) -> ClockRow:
    rule = rule_of(row)
    return ClockRow(
        title=label(PeriodCode(row.code)),
        due=say_instant(row.due_at, tz),
        words=due_words(due_at=row.due_at, now=clock.now, tz=tz),
        started=say_short_instant(row.started_at, tz),
        rule=f"{rule.amount} {label(rule.unit)}",
        basis=cited(rule.legal_basis),
        doubt="" if rule.certainty is Certainty.FOUND else label(rule.certainty),
        note=rule.note,
        days=tuple(day_row(each) for each in explain(row)),
    )


def step_entry(step: Step, tz: ZoneInfo) -> TimelineEntry:
    """Return one step as a history shows it; document and second person must be joined."""
    at, recorded = (say_short_instant(each, tz) for each in (step.occurred_at, step.recorded_at))
    return TimelineEntry(
        title=_title(step),
        at=at,
        body="\n".join(_lines(step)),
        by=step.actor_label,
        recorded=recorded if recorded != at else "",
        tone="neutral" if step.voided_at else tone_of(step.target),
        icon="cross" if step.voided_at else "history",
        machine_at=step.occurred_at,
    )


def _title(step: Step) -> str:
    workflow = registry.for_subject(step.subject_kind)
    row = workflow.by_action.get(step.action)
    title = row.label if row else step.action
    if step.kind == StepKind.CORRECTION:
        return _("Koreksi: %(step)s dibatalkan") % {"step": title}
    return _("%(step)s (dibatalkan)") % {"step": title} if step.voided_at else title


def _lines(step: Step) -> Iterator[str]:
    if step.reason:
        yield step.reason
    if step.acting_party:
        yield _("Dilakukan oleh %(party)s") % {"party": step.acting_party}
        yield from _confirmed(step)
    if step.source_number and step.source_dated_on:
        on = say_short_day(step.source_dated_on)
        yield _("Surat %(number)s tanggal %(on)s") % {"number": step.source_number, "on": on}
    if step.second_person:
        yield _("Disetujui %(person)s") % {"person": step.second_person.name}
    if step.document:
        yield _("Dokumen: %(title)s") % {"title": step.document.spoken_title}


def _confirmed(step: Step) -> Iterator[str]:
    """Say whether the authority whose act was written down has confirmed it, where it can."""
    row = registry.for_subject(step.subject_kind).by_action.get(step.action)
    if step.confirmed_at:
        yield _("Dicatat dari suratnya; sudah dikonfirmasi")
    elif row and row.confirmers and not step.voided_at:
        yield _("Dicatat dari suratnya; belum dikonfirmasi")


def paper_row(row: Document, tz: ZoneInfo) -> PaperRow:
    """Return one document as a list shows it; no query."""
    return PaperRow(
        public_id=str(row.public_id),
        title=row.spoken_title,
        form_code=row.form_code,
        number=row.number,
        at=say_short_instant(row.issued_at, tz),
        kind=str(Classification(row.classification).label),
        sealed=row.classification == Classification.IDENTITY,
        state="" if row.state == DocumentState.FINAL else str(DocumentState(row.state).label),
    )


def letter_row(row: Any, tz: ZoneInfo) -> LetterRow:  # noqa: ANN401  a message with its files
    """Return one message of `with_files`; no query."""
    return LetterRow(
        from_office=row.direction == Direction.FROM_OFFICE,
        body=row.body,
        at=say_short_instant(row.sent_at, tz),
        by=row.sent_by.name if row.sent_by else "",
        read=say_short_instant(row.read_at, tz) if row.read_at else "",
        files=tuple((each["name"], _file_url(each["id"])) for each in row.files),
    )


def _file_url(public_id: str) -> str:
    return reverse("staff:evidence", args=[public_id])
