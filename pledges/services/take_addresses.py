"""The addresses that a roster brings: those of people without one are set, others are asked for.

What is staged are digests; the addresses themselves are read from the sealed file again, and only
those that are needed are sealed. Nobody's address is replaced: whoever could do that would be able
to sign for others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from django.db import connection, transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import Act, SubjectRef, record, record_many
from neutrality.law.clock import Clock
from neutrality.personnel.codes import ImportState
from neutrality.personnel.models import RosterImport
from neutrality.personnel.roster.addresses import email_in, phone_in
from neutrality.personnel.roster.comparing import AS_SETS
from neutrality.personnel.roster.fields import ADDRESSES
from neutrality.personnel.roster.figures import Figures
from neutrality.personnel.roster.layout import Layout
from neutrality.personnel.roster.staging import places_of
from neutrality.personnel.services.roster_file import rows_of_file
from neutrality.rows import give_keys, insert
from neutrality.vault.models import BlindIndex, Identity, IdentityKind
from neutrality.vault.services import IdentityData
from neutrality.vault.services.identities import new_identity
from pledges.models import Contact, ContactChange

_AT_ONCE: Final = 500
_SHOWN: Final = 50
REASON: Final = "Impor data pegawai"

# Rows that bring an address which is not the one in use. Neither is one that a second person has
# before them, or has declined.
_BROUGHT: Final = """
    FROM personnel_rosterrow said
    LEFT JOIN personnel_personnumber number ON number.digest = said.digest
      AND number.valid_until IS NULL
    LEFT JOIN pledges_contact contact ON contact.person_id = number.person_id
      AND contact.agency_id = %(agency)s AND contact.ended_at IS NULL
    WHERE said.import_id = %(import)s AND said.error = '' AND said.leaves_because = ''
      AND (length(said.email) > 0 OR length(said.phone) > 0)
      AND (contact.id IS NULL OR EXISTS (
            SELECT FROM (VALUES ('email', said.email), ('phone', said.phone)) given(use, digest)
            WHERE length(given.digest) > 0 AND NOT EXISTS (
                SELECT FROM vault_blindindex known WHERE known.identity_id = contact.identity_id
                  AND known.purpose = given.use AND known.digest = given.digest)
        ) AND NOT EXISTS (
            SELECT FROM pledges_contactchange change
            WHERE change.contact_id = contact.id AND (change.decided_at IS NULL
              OR NOT change.granted AND EXISTS (
                SELECT FROM vault_blindindex asked WHERE asked.identity_id = change.identity_id
                  AND asked.digest IN (said.email, said.phone)))))
"""
_COUNT: Final = f"SELECT count(*), count(contact.id) {_BROUGHT}"
_WRONG: Final = """
    SELECT count(*), (array_agg(row ORDER BY row))[:%(shown)s] FROM personnel_rosterrow
    WHERE import_id = %(import)s AND error = '' AND '' IN (email, phone)
"""
# Only of those whom the agency employs; the file is read side by side, so both go by the row.
_WANTED: Final = f"""
    SELECT wanted.row, person.id, person.name, wanted.contact_id FROM (
        SELECT said.row, number.person_id, contact.id AS contact_id {_BROUGHT}
    ) wanted
    JOIN personnel_person person ON person.id = wanted.person_id
    WHERE EXISTS (
        SELECT FROM personnel_employment post
        WHERE post.person_id = person.id AND post.agency_id = %(agency)s
          AND post.assignment = 'MAIN' AND post.valid_until IS NULL)
    ORDER BY wanted.row
"""  # noqa: S608  constants


@dataclass(frozen=True, slots=True, repr=False)
class _Brought:
    """What a row brings, and whose it is; `contact_id` is the address in use."""

    person_id: int
    contact_id: int | None
    data: IdentityData


def brings_addresses(place: RosterImport) -> bool:
    """Whether a column of addresses was mapped."""
    return any(field in place.columns for field in ADDRESSES)


@transaction.atomic(durable=True)
def count_addresses(*, import_id: int) -> None:
    """Note in a compared import how many addresses it brings; in two statements, for any size."""
    place = _locked(import_id)
    if place.state != ImportState.CHECKED or not brings_addresses(place):
        return
    brought, known = _ask(_COUNT, place)
    wrong, rows = _ask(_WRONG, place)
    counts = {"new": brought - known, "other": known, "wrong": wrong}
    _note(place, counts, wrong_rows=rows or [])


@transaction.atomic(durable=True)
def take_addresses(*, import_id: int, actor: Actor, clock: Clock) -> tuple[int, int]:
    """Set and ask for what an applied import brings; return how many were set and how many asked.

    All of it is one transaction, and it is done once: called again, it returns what it did. Asked
    in the name of who confirmed the import, or made the key that brought it; another officer
    decides.

    Raises:
        FileRefused: The file was erased, or cannot be read.
    """
    place = _locked(import_id)
    done = Figures.of(place).addresses
    if "set" in done:
        return done["set"], done["asked"]
    asks_as = place.confirmed_by_id or (place.token.created_by_id if place.token else None)
    set_, asked = 0, 0
    rows = _brought(place, actor, clock)
    while brought := list(islice(rows, _AT_ONCE)):
        new = [each for each in brought if each.contact_id is None]
        other = [each for each in brought if each.contact_id is not None and asks_as]
        set_ += _set(place, new, clock) if new else 0
        asked += _ask_for(place, other, asks_as or 0, actor, clock) if other else 0
    _note(place, {**Figures.of(place).addresses, "set": set_, "asked": asked})
    record(
        what="roster.addresses_taken",
        subject=place.ref(),
        actor=actor,
        clock=clock,
        organisation=place.agency.ref(),
        data={"set": set_, "asked": asked},
    )
    return set_, asked


@transaction.atomic(durable=True)
def give_addresses_up(*, import_id: int) -> None:
    """Note that none was taken: the file is gone, and nobody comes back to it."""
    place = _locked(import_id)
    _note(place, {"set": 0, "asked": 0, **Figures.of(place).addresses})


def _brought(place: RosterImport, actor: Actor, clock: Clock) -> Iterator[_Brought]:
    """Read the file beside the rows that are wanted of it."""
    layout = Layout.from_json(place.layout)
    columns = places_of(columns=place.columns, headers=layout.headers)
    email_at, phone_at = (columns.get(field) for field in ADDRESSES)
    with (
        connection.chunked_cursor() as wanted,
        rows_of_file(place=place, actor=actor, clock=clock) as rows,
    ):
        wanted.execute(_WANTED, _values(place))
        # Read on, the cursor brings rows by the thousand; asked for one, it would bring one.
        waiting: Iterator[tuple[int, int, str, int | None]] = iter(wanted)
        due = next(waiting, None)
        for number, row in rows:
            if due is None:
                return
            if number == due[0]:
                data = IdentityData(
                    name=due[2],
                    email=email_in(_cell(row, email_at)) or "",
                    phone=phone_in(_cell(row, phone_at)) or "",
                )
                yield _Brought(due[1], due[3], data)
                due = next(waiting, None)


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at] if at is not None and at < len(row) else ""


def _set(place: RosterImport, brought: Sequence[_Brought], clock: Clock) -> int:
    """Write first addresses; where somebody was faster, theirs stays."""
    sealed, indexes = _sealed(brought, clock)
    contacts = [
        Contact(
            person_id=each.person_id,
            agency_id=place.agency_id,
            identity=identity,
            set_at=clock.now,
            set_by_id=place.confirmed_by_id,
        )
        for each, identity in zip(brought, sealed, strict=True)
    ]
    insert(sealed, indexes)
    insert(contacts, or_leave=True)
    ids = [identity.pk for identity in sealed]
    kept = set(Contact.objects.filter(identity__in=ids).values_list("identity_id", flat=True))
    Identity.objects.filter(pk__in=set(ids) - kept).delete()
    return len(kept)


def _ask_for(
    place: RosterImport, brought: Sequence[_Brought], asks_as: int, actor: Actor, clock: Clock
) -> int:
    sealed, indexes = _sealed(brought, clock)
    asked = [
        ContactChange(
            contact_id=each.contact_id or 0,
            identity=identity,
            reason=f"{REASON}: {place.file_name}",
            asked_at=clock.now,
            asked_by_id=asks_as,
        )
        for each, identity in zip(brought, sealed, strict=True)
    ]
    give_keys(asked)
    insert(sealed, indexes, asked)
    acts = [
        Act(
            what="pledge_contact.change_asked",
            subject=SubjectRef("person", each.person_id),
            data={"change": change.pk, "agency": place.agency_id, "import": place.pk},
        )
        for each, change in zip(brought, asked, strict=True)
    ]
    record_many(acts=acts, actor=actor, clock=clock, organisation=place.agency.ref())
    return len(asked)


def _sealed(brought: Sequence[_Brought], clock: Clock) -> tuple[list[Identity], list[BlindIndex]]:
    """Seal each under a key of its own; the identities have their keys, nothing is written yet."""
    made = [new_identity(data=each.data, kind=IdentityKind.ASN, clock=clock) for each in brought]
    identities = [identity for identity, _indexes in made]
    give_keys(identities)
    return identities, [index for _identity, indexes in made for index in indexes]


def _ask(statement: str, place: RosterImport) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(place))
        return tuple(cursor.fetchone())


def _values(place: RosterImport) -> dict[str, int]:
    return {"import": place.pk, "agency": place.agency_id, "shown": _SHOWN}


def _note(
    place: RosterImport, counts: dict[str, int], *, wrong_rows: list[int] | None = None
) -> None:
    figures = Figures.of(place)
    rows = figures.wrong_addresses if wrong_rows is None else wrong_rows
    place.figures = replace(figures, addresses=counts, wrong_addresses=rows).as_json()
    place.save(update_fields=["figures"])


def _locked(import_id: int) -> RosterImport:
    """Hold the import, and let the planner join as sets: of staged rows it knows no number."""
    rows = RosterImport.objects.select_for_update(of=("self",))
    place = rows.select_related("agency", "token").get(pk=import_id)
    with connection.cursor() as cursor:
        cursor.execute(AS_SETS, ["off"])
    return place
