"""The number register: the next free number, a block for paper, a typed one, a void one."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from django.db import IntegrityError, connection, transaction

from complaints.codes import NumberMode, NumberState
from complaints.models import Matter, NumberEntry
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.casework.refusals import Refused
from neutrality.elections.models import Contest
from neutrality.law.clock import Clock
from neutrality.law.codes import ContestKind, OfficeLevel, RegisterKind
from neutrality.law.numbering import (
    ReportNumber,
    format_number,
    parse_report_number,
    report_number,
)
from neutrality.organisations.models import Office

NEXT = """
    INSERT INTO complaints_numbercounter (kind, contest_code, office_code, year, last)
    VALUES (%(kind)s, %(contest)s, %(office)s, %(year)s, %(amount)s)
    ON CONFLICT (kind, contest_code, office_code, year)
    DO UPDATE SET last = complaints_numbercounter.last + %(amount)s
    RETURNING last
"""
RAISE = """
    INSERT INTO complaints_numbercounter (kind, contest_code, office_code, year, last)
    VALUES (%(kind)s, %(contest)s, %(office)s, %(year)s, %(amount)s)
    ON CONFLICT (kind, contest_code, office_code, year)
    DO UPDATE SET last = greatest(complaints_numbercounter.last, %(amount)s)
    RETURNING last
"""
MOST_SKIPPED: Final = 999


class NumberTaken(ValueError):
    """The typed number stands in the register already."""


class NumberNotOfThisSeries(ValueError):
    """The typed number belongs to another office, register or contest."""


class NumberTooFar(ValueError):
    """The typed number would leave out more numbers than anybody leaves out on purpose."""


class NotReserved(ValueError):
    """The number is not a reserved, unused one of this office."""


@dataclass(frozen=True, slots=True)
class Series:
    """What a sequence of numbers is unique within, with the words that a number needs.

    Raises:
        ValueError: When the office has no official code; then there is no official number.
    """

    kind: RegisterKind
    office: Office
    contest: Contest

    def __post_init__(self) -> None:
        """Refuse an office without an official code."""
        if not self.office.code_bawaslu:
            raise ValueError("The office has no official code.")

    def numbered(self, sequence: int, given_on: date) -> ReportNumber:
        """Return the number with this sequence, given on this local day of the office."""
        return report_number(
            register=self.kind,
            sequence=sequence,
            contest=ContestKind(self.contest.kind),
            level=OfficeLevel(self.office.level),
            office_code=self.office.code_bawaslu or "",
            given_on=given_on,
        )


def give_number(
    *,
    kind: RegisterKind,
    office: Office,
    contest: Contest,
    matter: Matter,
    actor: Actor,
    clock: Clock,
) -> str:
    """Give the next free number of the series; concurrent callers queue, so there is no gap.

    Call it inside the transaction of the act that the number belongs to.
    """
    series = Series(kind, office, contest)
    given_on = _today(office, clock)
    number = series.numbered(_advance(series.numbered(1, given_on), 1), given_on)
    entry = _entry(series, number, clock, actor, matter=matter)
    entry.save(force_insert=True)
    return entry.text


def numbered(
    *, series: Series, matter: Matter, paper_number: str, reason: str, actor: Actor, clock: Clock
) -> str:
    """Give the next number, or enter the one that was written on paper while the power was out.

    A number of a reserved block is used up; another one is typed with the reason. Call it inside
    the transaction of the act that the number belongs to.

    Raises:
        Refused: The paper's number is of another series, taken, unreadable, far off, or has no
            reason.
    """
    text = paper_number.strip()
    if not text:
        return give_number(
            kind=series.kind,
            office=series.office,
            contest=series.contest,
            matter=matter,
            actor=actor,
            clock=clock,
        )
    try:
        return use_reserved(text=text, office=series.office, matter=matter)
    except NotReserved:
        if not reason.strip():
            raise Refused(refusals.NUMBER_NEEDS_REASON) from None
    try:
        return type_number(
            text=text, series=series, matter=matter, reason=reason, actor=actor, clock=clock
        )
    except NumberTooFar as error:
        raise Refused(refusals.NUMBER_TOO_FAR) from error
    except ValueError as error:
        raise Refused(refusals.NUMBER_UNUSABLE) from error


@transaction.atomic(durable=True)
def reserve_block(
    *,
    kind: RegisterKind,
    office: Office,
    contest: Contest,
    amount: int,
    reason: str,
    actor: Actor,
    clock: Clock,
) -> list[str]:
    """Reserve numbers for paper, for the hours without power; returns them in order."""
    series = Series(kind, office, contest)
    given_on = _today(office, clock)
    last = _advance(series.numbered(1, given_on), amount)
    entries = [
        _entry(
            series,
            series.numbered(sequence, given_on),
            clock,
            actor,
            state=NumberState.RESERVED,
            mode=NumberMode.BLOCK,
            reason=reason,
        )
        for sequence in range(last - amount + 1, last + 1)
    ]
    NumberEntry.objects.bulk_create(entries)
    _record("number.reserve", entries[0], actor, clock, amount=amount)
    return [entry.text for entry in entries]


def use_reserved(*, text: str, office: Office, matter: Matter) -> str:
    """Use a number of a reserved block for a matter, inside the caller's transaction.

    Raises:
        NotReserved: When it is not reserved for this office, or used already.
    """
    used = NumberEntry.objects.filter(text=text, office=office, state=NumberState.RESERVED).update(
        state=NumberState.ISSUED, matter=matter
    )
    if not used:
        raise NotReserved(text)
    return text


def type_number(
    *, text: str, series: Series, matter: Matter, reason: str, actor: Actor, clock: Clock
) -> str:
    """Enter a number that was given by hand, inside the caller's transaction.

    What it leaves out becomes void with the same reason, and can still be typed later.

    Raises:
        NotANumber: When the text cannot be read.
        NumberNotOfThisSeries: When it belongs elsewhere.
        NumberTaken: When it stands in the register.
        NumberTooFar: When it leaves out more than `MOST_SKIPPED`.
    """
    number = parse_report_number(text)
    month = date(number.year, number.month, 1)
    if number.uniqueness_scope() != series.numbered(1, month).uniqueness_scope():
        raise NumberNotOfThisSeries(text)
    # The counter's lock comes first, as for whoever is given the next number meanwhile.
    last = _advance(number, 0)
    if number.sequence - last - 1 > MOST_SKIPPED:
        raise NumberTooFar(text)
    entry = _entry(
        series, number, clock, actor, matter=matter, mode=NumberMode.TYPED, reason=reason
    )
    if not _filled(entry):
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
        except IntegrityError as error:
            raise NumberTaken(text) from error
    skipped = [series.numbered(each, month) for each in range(last + 1, number.sequence)]
    _leave_out(skipped, entry, series, actor, clock)
    _run(RAISE, number, number.sequence)
    return entry.text


def _filled(entry: NumberEntry) -> bool:
    """Write the typed number over the void line that another typed number left of it."""
    line = NumberEntry.objects.filter(
        kind=entry.kind,
        contest_code=entry.contest_code,
        office_code=entry.office_code,
        year=entry.year,
        sequence=entry.sequence,
        state=NumberState.VOID,
        mode=NumberMode.TYPED,
    )
    filled = line.update(
        state=entry.state,
        matter=entry.matter,
        text=entry.text,
        reason=entry.reason,
        given_at=entry.given_at,
        given_by=entry.given_by,
    )
    return filled > 0


def _leave_out(
    skipped: list[ReportNumber], typed: NumberEntry, series: Series, actor: Actor, clock: Clock
) -> None:
    """Void the numbers that a typed one leaves out, so that no gap is without its reason."""
    NumberEntry.objects.bulk_create(
        _entry(
            series,
            number,
            clock,
            actor,
            state=NumberState.VOID,
            mode=NumberMode.TYPED,
            reason=f"Dilompati oleh nomor {typed.text}: {typed.reason}"[:300],
        )
        for number in skipped
    )


@transaction.atomic(durable=True)
def void_number(*, text: str, office: Office, reason: str, actor: Actor, clock: Clock) -> None:
    """Void a reserved number that will not be used; the line stays with its reason.

    Raises:
        NotReserved: When it is not reserved for this office.
    """
    entry = (
        NumberEntry.objects.select_for_update()
        .filter(text=text, office=office, state=NumberState.RESERVED)
        .first()
    )
    if entry is None:
        raise NotReserved(text)
    entry.state, entry.reason = NumberState.VOID, reason
    entry.save(update_fields=["state", "reason"])
    _record("number.void", entry, actor, clock)


def _today(office: Office, clock: Clock) -> date:
    return clock.today_in(ZoneInfo(office.time_zone))


def _advance(number: ReportNumber, amount: int) -> int:
    return _run(NEXT, number, amount)


def _run(statement: str, number: ReportNumber, amount: int) -> int:
    kind, contest, office, year = number.uniqueness_scope()
    values: dict[str, str | int] = {
        "kind": kind,
        "contest": contest,
        "office": office,
        "year": year,
        "amount": amount,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])


def _entry(  # noqa: PLR0913  one argument per column of the line
    series: Series,
    number: ReportNumber,
    clock: Clock,
    actor: Actor,
    *,
    matter: Matter | None = None,
    state: NumberState = NumberState.ISSUED,
    mode: NumberMode = NumberMode.NEXT,
    reason: str = "",
) -> NumberEntry:
    kind, contest, office, year = number.uniqueness_scope()
    return NumberEntry(
        office=series.office,
        matter=matter,
        kind=kind,
        contest_code=contest,
        office_code=office,
        year=year,
        sequence=number.sequence,
        text=format_number(number),
        state=state,
        mode=mode,
        reason=reason,
        given_at=clock.now,
        given_by_id=actor.user_id,
    )


def _record(what: str, entry: NumberEntry, actor: Actor, clock: Clock, **data: int) -> None:
    subject = SubjectRef(kind="number", id=entry.pk)
    record(what=what, subject=subject, actor=actor, clock=clock, data=data)
