"""An import from the file to the roster: received, mapped, read, checked, confirmed, applied."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.law.clock import Clock
from neutrality.organisations.models import Agency, Unit
from neutrality.personnel.codes import FileKind, ImportSource, ImportState as S
from neutrality.personnel.models import AgencyRosterSettings, RosterImport
from neutrality.personnel.refusals import (
    AnotherImportRuns,
    ColumnsMissing,
    ColumnTwice,
    ImportMoved,
    NotFromTheFuture,
    NumberNotTyped,
    OlderThanApplied,
)
from neutrality.personnel.roster import excel
from neutrality.personnel.roster.applying import RosterChanged, write_difference
from neutrality.personnel.roster.comparing import Places, compare, judge
from neutrality.personnel.roster.errors import FileProblem, FileRefused
from neutrality.personnel.roster.fields import NEEDED, ONE_OF_THESE, Field
from neutrality.personnel.roster.figures import Figures, count
from neutrality.personnel.roster.layout import HEAD, Layout, Watch, kind_of_file, layout_of
from neutrality.personnel.roster.staging import Read, Reading, forget_rows, places_of, stage
from neutrality.personnel.roster.units import (
    Staying,
    Tree,
    UnknownUnit,
    named_units,
    propose,
    resolve,
)
from neutrality.personnel.services.roster_file import rows_of_file
from neutrality.vault.sealing import SealBroken
from neutrality.vault.services import BlobErased, seal_stream

log = logging.getLogger(__name__)
# Every day has begun in the east of the country when it has in Jakarta.
_EAST = ZoneInfo("Asia/Jayapura")

Pieces = Callable[[], Iterable[bytes]]
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What an agency hands in.

    Attributes:
        agency_id: Whose people.
        scope_id: The unit below which people can be missing; the whole agency without one.
        states_on: The day whose state the data shows.
        file_name: As the file was called.
        pieces: Gives the bytes, from the beginning each time it is called.
        token_id: The key of the system that sent it; none for a file.
        names_leavers: Nobody is missing: who leaves is named.
    """

    agency_id: int
    states_on: date
    file_name: str
    pieces: Pieces
    scope_id: int | None = None
    token_id: int | None = None
    names_leavers: bool = False


@transaction.atomic(durable=True)
def receive_roster(*, statement: Statement, actor: Actor, clock: Clock) -> RosterImport:
    """Seal the file, and find out what it is and which columns it has.

    Raises:
        FileRefused: It is no table that can be read.
        NotFromTheFuture: Its day has not come.
        OlderThanApplied: Later data was applied already.
    """
    _check_day(statement, clock)
    watch = Watch()
    blob = seal_stream(source=watch.over(statement.pieces()), clock=clock)
    kind = kind_of_file(watch.head)
    layout = _layout(kind, statement.pieces, watch)
    received = RosterImport.objects.create(
        agency_id=statement.agency_id,
        scope=_scope(statement),
        source=ImportSource.API if statement.token_id else ImportSource.FILE,
        token_id=statement.token_id,
        names_leavers=statement.names_leavers,
        states_on=statement.states_on,
        blob=blob,
        file_name=statement.file_name[:200],
        file_kind=kind,
        sha256=blob.sha256,
        layout=layout.as_json(),
        uploaded_at=clock.now,
        uploaded_by_id=actor.user_id,
    )
    _record("roster.received", received, actor, clock, sha256=blob.sha256, bytes=blob.size)
    return received


@transaction.atomic(durable=True)
def map_columns(
    *,
    import_id: int,
    columns: Mapping[str, str],
    takes_non_asn: bool,
    actor: Actor,
    clock: Clock,
    keep: bool = True,
) -> RosterImport:
    """Say which column is what and let the rows be read; kept for the agency's next file.

    Raises:
        ColumnsMissing, ColumnTwice: The mapping is not usable.
        ImportMoved: The import was mapped already.
    """
    place = _locked(import_id, S.UPLOADED)
    chosen = {Field(name).value: header for name, header in columns.items() if header}
    if not set(NEEDED) <= set(chosen) or not set(ONE_OF_THESE) & set(chosen):
        raise ColumnsMissing
    if len(set(chosen.values())) < len(chosen):
        raise ColumnTwice
    place.columns, place.state = chosen, S.READING
    place.layout = {**place.layout, "sample": []}
    place.save(update_fields=["columns", "state", "layout"])
    if keep:
        AgencyRosterSettings.objects.update_or_create(
            agency_id=place.agency_id,
            defaults={"columns": chosen, "takes_non_asn": takes_non_asn, "changed_at": clock.now},
        )
    _record("roster.mapped", place, actor, clock, **chosen)
    return place


def read_roster(*, import_id: int, actor: Actor, clock: Clock, tell: Tell) -> RosterImport:
    """Read the rows and compare them, or stop at units that nobody knows, or fail visibly.

    May be called again for an import that was interrupted: it begins anew.
    """
    try:
        return _read(import_id=import_id, actor=actor, clock=clock, tell=tell)
    except FileRefused as refused:
        problem = refused.problem
    except (BlobErased, SealBroken):
        problem = FileProblem.FILE_GONE
    return fail_import(import_id=import_id, problem=problem, actor=actor, clock=clock)


@transaction.atomic(durable=True)
def _read(*, import_id: int, actor: Actor, clock: Clock, tell: Tell) -> RosterImport:
    place = _locked(import_id, S.READING)
    forget_rows(import_id=place.pk)
    read = _stage(place, actor, clock, tell)
    judge(place=place)
    places, unknown = _places(place)
    if unknown:
        place.units = [unit.as_json() for unit in unknown]
        place.figures = Figures(rows=read.rows).as_json()
        place.state = S.UNITS
        place.save(update_fields=["units", "figures", "state"])
        return place
    return _compare(place, places, rows=read.rows, actor=actor, clock=clock)


@transaction.atomic(durable=True)
def check_roster(*, import_id: int, actor: Actor, clock: Clock) -> RosterImport:
    """Compare the staged rows with the roster as it is now, after units were decided."""
    place = _locked(import_id, S.CHECKING)
    decided = [UnknownUnit.from_json(kept) for kept in place.units]
    named = named_units(import_id=place.pk)
    if not named and Figures.of(place).rows:  # a crash emptied the unlogged rows
        place.state, place.units = S.READING, []
        place.save(update_fields=["state", "units"])
        return place
    tree = Tree(agency=place.agency, day=place.states_on)
    places = Places(*resolve(named=named, tree=tree, decided=decided))
    return _compare(place, places, rows=Figures.of(place).rows, actor=actor, clock=clock)


@transaction.atomic(durable=True)
def compare_roster_again(*, import_id: int, actor: Actor, clock: Clock) -> RosterImport:
    """Let the file be read and compared anew: units or people were changed by hand since.

    Raises:
        ImportMoved: The import does not wait to be confirmed.
    """
    place = _locked(import_id, S.CHECKED)
    place.state, place.units = S.READING, []
    place.save(update_fields=["state", "units"])
    _record("roster.compared_again", place, actor, clock)
    return place


@transaction.atomic(durable=True)
def confirm_roster(*, import_id: int, typed: str, actor: Actor, clock: Clock) -> RosterImport:
    """Let the difference be applied; many leaving, or an emptied unit, needs the number typed.

    Raises:
        ImportMoved: The import does not wait for this.
        NumberNotTyped: The number that was typed is not that of those who leave.
        OlderThanApplied: Later data was applied meanwhile.
        AnotherImportRuns: The agency's roster is just being written.
    """
    place = _locked(import_id, S.CHECKED)
    figures = Figures.of(place)
    if figures.needs_typing and typed.strip().replace(".", "") != str(figures.leaving):
        raise NumberNotTyped
    # One confirmation of an agency's after the other: the later one sees what the first has begun.
    Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=place.agency_id)
    _check_order(place.agency_id, place.states_on)
    if RosterImport.objects.filter(agency_id=place.agency_id, state=S.APPLYING).exists():
        raise AnotherImportRuns
    place.state = S.APPLYING
    place.confirmed_at, place.confirmed_by_id = clock.now, actor.user_id
    place.save(update_fields=["state", "confirmed_at", "confirmed_by_id"])
    _record("roster.confirmed", place, actor, clock, leaving=figures.leaving)
    return place


def apply_roster(*, import_id: int, actor: Actor, clock: Clock) -> RosterImport:
    """Write the difference, all of it or nothing; compare again when the roster moved on.

    So too when the database refuses it: an import that cannot be written can be given up.
    """
    try:
        return _apply(import_id=import_id, actor=actor, clock=clock)
    except RosterChanged:
        return _compare_again(import_id=import_id)
    except IntegrityError:
        log.exception("Import %s cannot be written; it is compared again.", import_id)
        return _compare_again(import_id=import_id)


@transaction.atomic(durable=True)
def discard_roster(*, import_id: int, actor: Actor, clock: Clock) -> RosterImport:
    """Give the import up; nothing was changed by it.

    Raises:
        ImportMoved: It is being applied, or over.
    """
    waiting = (S.UPLOADED, S.READING, S.UNITS, S.CHECKING, S.CHECKED)
    place = _locked(import_id, *waiting)
    place.state, place.ended_at = S.DISCARDED, clock.now
    place.save(update_fields=["state", "ended_at"])
    forget_rows(import_id=place.pk)
    _record("roster.discarded", place, actor, clock)
    return place


@transaction.atomic(durable=True)
def fail_import(
    *, import_id: int, problem: FileProblem, actor: Actor, clock: Clock
) -> RosterImport:
    """End an import whose file cannot be read."""
    place = _locked(import_id, S.READING, S.CHECKING)
    place.state, place.problem, place.ended_at = S.FAILED, problem.value, clock.now
    place.save(update_fields=["state", "problem", "ended_at"])
    forget_rows(import_id=place.pk)
    _record("roster.failed", place, actor, clock, problem=problem.value)
    return place


@transaction.atomic(durable=True)
def _apply(*, import_id: int, actor: Actor, clock: Clock) -> RosterImport:
    place = _locked(import_id, S.APPLYING)
    figures = Figures.of(place)
    write_difference(place=place, expected=figures.changing)
    place.state, place.ended_at = S.APPLIED, clock.now
    place.save(update_fields=["state", "ended_at"])
    changes = {kind.lower(): number for kind, number in figures.changes.items()}
    _record("roster.applied", place, actor, clock, sha256=place.sha256, **changes)
    return place


@transaction.atomic(durable=True)
def _compare_again(*, import_id: int) -> RosterImport:
    place = _locked(import_id, S.APPLYING)
    place.state, place.confirmed_at, place.confirmed_by_id = S.CHECKING, None, None
    place.save(update_fields=["state", "confirmed_at", "confirmed_by_id"])
    return place


def _check_day(statement: Statement, clock: Clock) -> None:
    if statement.states_on > clock.today_in(_EAST):
        raise NotFromTheFuture
    _check_order(statement.agency_id, statement.states_on)


def _check_order(agency_id: int, day: date) -> None:
    later = RosterImport.objects.filter(agency_id=agency_id, state=S.APPLIED, states_on__gt=day)
    if later.exists():
        raise OlderThanApplied


def _scope(statement: Statement) -> Unit | None:
    if statement.scope_id is None:
        return None
    return Unit.objects.get(pk=statement.scope_id, agency_id=statement.agency_id)


def _layout(kind: FileKind, pieces: Pieces, watch: Watch) -> Layout:
    if kind == FileKind.CSV:
        return layout_of(head=watch.head, is_utf8=watch.is_utf8)
    with excel.as_csv(pieces()) as table:
        head = table.read(HEAD)
    if not head:
        raise FileRefused(FileProblem.EMPTY)
    return layout_of(head=head, is_utf8=True, separator=",")


def _stage(place: RosterImport, actor: Actor, clock: Clock, tell: Tell) -> Read:
    layout = Layout.from_json(place.layout)
    kept = AgencyRosterSettings.objects.filter(agency_id=place.agency_id).first()
    reading = Reading(
        import_id=place.pk,
        columns=places_of(columns=place.columns, headers=layout.headers),
        states_on=place.states_on,
        takes_non_asn=kept.takes_non_asn if kept else False,
    )
    with rows_of_file(place=place, actor=actor, clock=clock) as rows:
        return stage(rows=rows, reading=reading, tell=tell)


def _places(place: RosterImport) -> tuple[Places, list[UnknownUnit]]:
    named = named_units(import_id=place.pk)
    tree = Tree(agency=place.agency, day=place.states_on)
    known, unknown = resolve(named=named, tree=tree)
    staying = Staying(
        units=frozenset(unit.pk for unit in known.values()),
        within=place.scope.path if place.scope else "",
        names_leavers=place.names_leavers,
    )
    proposed = propose(
        import_id=place.pk, agency=place.agency, unknown=unknown, rows=named, staying=staying
    )
    return Places(known, unknown), proposed


def _compare(
    place: RosterImport, places: Places, *, rows: int, actor: Actor, clock: Clock
) -> RosterImport:
    compare(place=place, places=places, rows=rows)
    figures = count(place=place, rows=rows)
    place.figures, place.state, place.checked_at = figures.as_json(), S.CHECKED, clock.now
    place.save(update_fields=["figures", "state", "checked_at"])
    _record("roster.checked", place, actor, clock, rows=rows, wrong=figures.wrong)
    return place


def _locked(import_id: int, *states: S) -> RosterImport:
    place = (
        RosterImport.objects.select_for_update(of=("self",))
        .select_related("agency", "scope")
        .get(pk=import_id)
    )
    if place.state not in states:
        raise ImportMoved
    return place


def _record(what: str, place: RosterImport, actor: Actor, clock: Clock, **data: str | int) -> None:
    record(
        what=what,
        subject=place.ref(),
        actor=actor,
        clock=clock,
        organisation=place.agency.ref(),
        data=data,
    )
