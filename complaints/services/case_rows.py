"""The rows of a new file: matter, handling, people, events, allegations, web evidence, code."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from complaints.act_words import UNNAMED_ACT
from complaints.codes import CodeHolder, EvidenceKind, EvidenceState, HandlingRole, PartyKind
from complaints.models import (
    AccessCode,
    Allegation,
    Evidence,
    Handling,
    Incident,
    Matter,
    Party,
    Report,
    Representation,
    Tally,
    Tip,
)
from complaints.models.base import ALPHABET
from complaints.services.lodging import Lodging, RespondentGiven, WebGiven
from complaints.services.text_keys import text_key
from neutrality.audit.actor import Actor, ActorKind
from neutrality.law.books import citizen_categories
from neutrality.law.clock import Clock
from neutrality.law.models import CitizenCategory
from neutrality.organisations.models import Region
from neutrality.rows import give_keys, insert
from neutrality.vault.models import BlindIndex, Identity, IdentityKind
from neutrality.vault.services import IdentityData, new_identity

ATTORNEY_SCOPE: Final = "Mendampingi dan mewakili pelapor dalam penanganan laporan ini"
REPORTER: Final = "Pelapor"
_TITLE_LENGTH: Final = 200
_LINE_LENGTH: Final = 300


@dataclass(slots=True)
class CaseRows:
    """Unsaved rows with their keys; `write` inserts them all in one round trip."""

    matter: Matter
    entry: Report | Tip
    handling: Handling
    tallies: list[Tally]
    identities: list[Identity] = field(default_factory=list)
    indexes: list[BlindIndex] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    representations: list[Representation] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    allegations: list[Allegation] = field(default_factory=list)
    web: list[Evidence] = field(default_factory=list)
    codes: list[AccessCode] = field(default_factory=list)

    def write(self) -> None:
        """Insert everything, those first that others point to."""
        insert(
            [self.matter],
            [self.handling],
            [self.entry],
            self.tallies,
            self.identities,
            self.indexes,
            self.parties,
            self.representations,
            self.incidents,
            self.allegations,
            self.web,
            self.codes,
        )

    @property
    def reporter(self) -> Party | None:
        """The reporter among the parties."""
        return next((row for row in self.parties if row.kind == PartyKind.REPORTER), None)

    def seal(self, *, data: IdentityData, kind: IdentityKind, clock: Clock) -> Identity:
        """Return a sealed identity that is inserted with the rest."""
        identity, indexes = new_identity(data=data, kind=kind, clock=clock)
        self.identities.append(identity)
        self.indexes += indexes
        return identity


def new_case(
    *,
    given: Lodging,
    model: type[Report] | type[Tip],
    columns: Mapping[str, Any],
    actor: Actor,
    clock: Clock,
) -> CaseRows:
    """Return the rows of a new file with an entry of `model`, with keys, to be written at once.

    The identities are sealed here. `columns` is what the entry holds beyond what reports and tips
    share.
    """
    received = given.received(clock)
    matter = _matter(given, received)
    entry = model(**_shared(given, received), **columns)
    rows = CaseRows(matter, entry, _handling(given, received), _tallies(given, model, received))
    rows.parties = _parties(given, rows, clock)
    rows.representations = _representations(given, rows, clock)
    rows.incidents = _incidents(given)
    give_keys(
        [matter], [entry], rows.identities, rows.parties, rows.representations, rows.incidents
    )
    rows.allegations = _allegations(given, rows)
    rows.web = [_web(each, rows, clock) for each in given.web]
    rows.codes = _codes(given, rows, actor, clock)
    _join(rows)
    return rows


def lines(given: Lodging) -> dict[str, str]:
    """Return the three short texts by which lists and searches show an entry."""
    people = (each.name or each.description for each in given.respondents)
    places = (", ".join(filter(None, (e.unit_text, e.agency_text))) for e in given.respondents)
    return {
        "respondent_line": _line(people, _LINE_LENGTH),
        "agency_line": _line(places, _LINE_LENGTH),
        "act_line": _line((row.label_id for row in _chosen(given)), _TITLE_LENGTH),
    }


def _matter(given: Lodging, clock: Clock) -> Matter:
    return Matter(
        title=_title(given),
        regime=given.contest.election.regime if given.contest else "",
        office=given.office,
        office_path=given.office.path,
        contest=given.contest,
        opened_at=clock.now,
    )


def _shared(given: Lodging, clock: Clock) -> dict[str, Any]:
    return {
        "office": given.office,
        "office_path": given.office.path,
        "contest": given.contest,
        "source": given.source,
        "language": given.language,
        "account": given.account,
        "known_on": given.known_on,
        "submitted_at": clock.now,
        "coworker": given.coworker,
        "text_key": text_key(given.account),
        "version": 1,
        **lines(given),
    }


def receipt_number(*, prefix: str, clock: Clock) -> str:
    """Return a receipt number that nobody mistakes for an official one: `S26-7K2M-Q0ZX`.

    The letter says what was sent (S: a report, sementara; I: informasi awal); then the year and 40
    random bits, so that it tells nothing of how many there are.
    """
    plain = "".join(secrets.choice(ALPHABET) for _ in range(8)).upper()
    return f"{prefix}{clock.now:%y}-{plain[:4]}-{plain[4:]}"


def _handling(given: Lodging, clock: Clock) -> Handling:
    return Handling(office=given.office, role=HandlingRole.RESPONSIBLE, from_at=clock.now)


def _tallies(given: Lodging, model: type[Report] | type[Tip], clock: Clock) -> list[Tally]:
    """Count the entry, its file and the people it names, at the office where it arrives."""
    amounts = {model.__name__.upper(): 1, "MATTER": 1, "PERSON": len(given.respondents)}
    month = clock.today_in(given.office.tz).replace(day=1)
    return [
        Tally(kind=kind, office=given.office, contest=given.contest, month=month, amount=amount)
        for kind, amount in amounts.items()
        if amount
    ]


def _parties(given: Lodging, rows: CaseRows, clock: Clock) -> list[Party]:
    respondents = [
        _respondent(each, f"Terlapor {place}") for place, each in enumerate(given.respondents, 1)
    ]
    witnesses = [
        Party(
            kind=PartyKind.WITNESS,
            alias=f"Saksi {place}",
            identity=rows.seal(data=data, kind=IdentityKind.WITNESS, clock=clock),
        )
        for place, data in enumerate(given.witnesses, 1)
    ]
    return [*_reporter(given, rows, clock), *respondents, *witnesses]


def _reporter(given: Lodging, rows: CaseRows, clock: Clock) -> list[Party]:
    if given.reporter is None:
        return []
    identity = rows.seal(data=given.reporter, kind=IdentityKind.REPORTER, clock=clock)
    return [Party(kind=PartyKind.REPORTER, alias=REPORTER, identity=identity)]


def _respondent(given: RespondentGiven, alias: str) -> Party:
    return Party(
        kind=PartyKind.RESPONDENT,
        alias=alias,
        name=given.name,
        description=given.description,
        subject_kind=given.subject_kind,
        agency_text=given.agency_text,
        unit_text=given.unit_text,
        agency_id=given.agency_id,
        unit_id=given.unit_id,
    )


def _representations(given: Lodging, rows: CaseRows, clock: Clock) -> list[Representation]:
    if given.attorney is None or rows.reporter is None:
        return []
    identity = rows.seal(data=given.attorney, kind=IdentityKind.ATTORNEY, clock=clock)
    return [
        Representation(
            party=rows.reporter,
            identity=identity,
            scope=ATTORNEY_SCOPE,
            power_of_attorney_id=given.power_of_attorney_id,
            from_on=clock.today_in(given.office.tz),
        )
    ]


def _incidents(given: Lodging) -> list[Incident]:
    regions = _region_ids(given)
    return [
        Incident(
            precision=each.precision,
            from_on=each.from_on,
            until_on=each.until_on,
            at_time=each.at_time,
            online=each.online,
            region_id=regions.get(each.region_code),
            place=each.place,
            platform=each.platform,
            account_name=each.account_name,
            url=each.url,
        )
        for each in given.incidents
    ]


def _region_ids(given: Lodging) -> dict[str, int]:
    """Return the regions of the incidents; that of the office needs no query."""
    own = given.office.region
    known = {own.code: own.pk} if own else {}
    wanted = {each.region_code for each in given.incidents if each.region_code} - set(known)
    return (
        known
        if not wanted
        else known | dict(Region.objects.filter(code__in=wanted).values_list("code", "pk"))
    )


def _allegations(given: Lodging, rows: CaseRows) -> list[Allegation]:
    return [
        Allegation(
            incident=incident,
            respondent=respondent,
            contest=given.contest,
            category=category,
        )
        for incident in rows.incidents
        for respondent in rows.parties
        if respondent.kind == PartyKind.RESPONDENT
        for category in given.categories
    ]


def _web(given: WebGiven, rows: CaseRows, clock: Clock) -> Evidence:
    return Evidence(
        kind=EvidenceKind.WEB,
        state=EvidenceState.CLEAN,
        party=rows.reporter,
        url=given.url,
        platform=given.platform,
        account_name=given.account_name,
        caption=given.caption,
        posted_on=given.posted_on,
        posted_at=given.posted_at,
        handed_in_at=clock.now,
    )


def _codes(given: Lodging, rows: CaseRows, actor: Actor, clock: Clock) -> list[AccessCode]:
    if not given.code_digest:
        return []
    entry = rows.entry
    power = next(iter(rows.representations), None)
    holder = CodeHolder.ATTORNEY if given.attorney else CodeHolder.REPORTER
    return [
        AccessCode(
            digest=given.code_digest,
            holder=holder,
            report=entry if isinstance(entry, Report) else None,
            tip=entry if isinstance(entry, Tip) else None,
            representation=power,
            staff_seen=actor.kind is ActorKind.USER,
            issued_at=clock.now,
            issued_by_id=actor.user_id,
        )
    ]


def _join(rows: CaseRows) -> None:
    """Hang everything on the file, and people and evidence on the entry they came with."""
    side = "report" if isinstance(rows.entry, Report) else "tip"
    rows.entry.matter = rows.handling.matter = rows.matter
    for incident in rows.incidents:
        incident.matter = rows.matter
    for allegation in rows.allegations:
        allegation.matter = rows.matter
    for party in rows.parties:
        party.matter = rows.matter
        setattr(party, side, rows.entry)
    for evidence in rows.web:
        evidence.matter = rows.matter
        setattr(evidence, side, rows.entry)


def _chosen(given: Lodging) -> list[CitizenCategory]:
    on = given.incidents[0].from_on if given.incidents else None
    known = citizen_categories(day=on) if on else []
    return [row for row in known if row.code in given.categories]


def _title(given: Lodging) -> str:
    act = next((row.label_id for row in _chosen(given)), UNNAMED_ACT)
    first = given.respondents[0] if given.respondents else RespondentGiven()
    where = first.unit_text or first.agency_text or given.office.name
    return _line([act, where], _TITLE_LENGTH, ": ")


def _line(parts: Iterable[str], length: int, joint: str = "; ") -> str:
    text = joint.join(part for part in parts if part)
    return text if len(text) <= length else f"{text[: length - 1]}…"
